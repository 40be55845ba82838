//! `PageText`: what a finished page says, as a search shows it: words that tags divide are whole, headings know their place.

use std::borrow::Cow;

use crate::render::html::{Attributes, Token, Tokens, decode};
use crate::thai::repair::repaired;

/// Elements inside a line; the ends of all others part words.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
];

/// Elements that are no text of the page: pictures, and lists of links to what the page says below.
const SKIPPED: [&str; 6] = ["svg", "nav", "script", "style", "template", "noscript"];

const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

/// What a page says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::render) struct PageText {
    /// The address that the page gives itself.
    pub(in crate::render) canonical: String,
    /// Its `<h1>`.
    pub(in crate::render) title: String,
    /// The other headings.
    pub(in crate::render) headings: Vec<String>,
    /// The rest of its `<main>`, a block a line. A heading's line is a tab, the id of its place, a tab, and its words: no text has a tab.
    pub(in crate::render) body: String,
}

/// Reads what a page says, token by token.
#[derive(Default)]
pub(in crate::render) struct Reader<'a> {
    page: PageText,
    /// The line so far.
    line: String,
    /// The heading that the line is.
    heading: Option<Heading>,
    /// The last id that no heading has taken.
    id: String,
    is_main: bool,
    /// Name and depth of the element that is skipped.
    skipped: Option<(&'a str, usize)>,
}

/// The heading that a line is.
enum Heading {
    Title,
    Place(String),
}

impl PageText {
    /// What stands below the heading at an id, up to the next heading.
    pub(in crate::render) fn section(&self, id: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("\t{id}\t"))?;
        let (_, below) = rest.split_once('\n')?;
        Some(below.split("\n\t").next().unwrap_or(below)).filter(|below| !below.starts_with('\t'))
    }
}

impl<'a> Reader<'a> {
    pub(in crate::render) fn token(&mut self, token: &Token<'a>, attributes: &Attributes<'a>) {
        match token {
            Token::Open(tag) => {
                if attributes.rel == Some("canonical") {
                    self.page.canonical = decode(attributes.href.unwrap_or_default()).into_owned();
                }
                self.open(tag.name, attributes.id, tag.is_closed());
            }
            Token::Text(text) | Token::Raw(text) if self.is_main && self.skipped.is_none() => {
                self.line.push_str(&decode(text));
            }
            Token::Close(name, _) => self.close(name),
            _ => {}
        }
    }

    /// What the page says.
    pub(in crate::render) fn finish(mut self) -> PageText {
        // Thousands of pages wait to be searched.
        self.page.body.shrink_to_fit();
        self.page
    }

    /// The address that a page gives itself in its head.
    pub(in crate::render) fn head(&mut self, head: &'a str) {
        for (at, _) in head.match_indices("canonical") {
            let tag = head[..at].rfind('<').and_then(|start| Tokens::new(&head[start..]).next());
            if let Some(token) = tag {
                self.token(&token, &Attributes::of(&token));
            }
        }
    }

    fn open(&mut self, name: &'a str, id: Option<&str>, is_empty: bool) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(*skipped == name && !is_empty);
            return;
        }
        if name == "main" {
            self.is_main = true;
        }
        if !self.is_main {
            return;
        }
        if SKIPPED.contains(&name) {
            self.skipped = (!is_empty).then_some((name, 1));
            return;
        }
        if !INLINE.contains(&name) {
            self.end_line();
        }
        if let Some(id) = id.filter(|_| name != "main") {
            self.id = decode(id).into_owned();
        }
        if name == "h1" {
            self.heading = Some(Heading::Title);
        } else if HEADINGS.contains(&name) {
            self.heading = Some(Heading::Place(std::mem::take(&mut self.id)));
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipped {
            if *skipped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        if !INLINE.contains(&name) {
            self.end_line();
        }
        if name == "h1" || HEADINGS.contains(&name) {
            self.heading = None;
        }
        if name == "main" {
            self.is_main = false;
        }
    }

    /// Puts the line away, with one space for white space of any kind.
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let words = one_line(&line);
        if words.is_empty() {
            return;
        }
        let words = match repaired(&words) {
            Cow::Borrowed(_) => words,
            Cow::Owned(mended) => mended,
        };
        if matches!(self.heading, Some(Heading::Title)) {
            self.page.title = words;
            return;
        }
        if !self.page.body.is_empty() {
            self.page.body.push('\n');
        }
        match &self.heading {
            Some(Heading::Place(id)) => {
                self.page.headings.push(words.clone());
                self.page.body.extend(["\t", id, "\t"]);
            }
            Some(Heading::Title) | None => {}
        }
        self.page.body.push_str(&words);
    }
}

/// A text with one space for white space of any kind, and none around it.
pub(in crate::render) fn one_line(text: &str) -> String {
    let text = text.trim();
    // Most have only single spaces.
    let is_one = |text: &str| memchr::memchr3(b'\n', b'\t', b'\r', text.as_bytes()).is_none() && !text.contains("  ");
    if is_one(text) && !text.bytes().any(|byte| matches!(byte, 0xC2 | 0xE2 | 0xE3 | 0x0B | 0x0C)) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_do_not_part_words_and_blocks_do() {
        let html = "<link rel=canonical href='https://a.go.th/x/'><nav>เมนู</nav><main id=main><h1>แผน<wbr>งาน</h1>\
            <nav><a href='#a'>ก</a></nav><section id=a><h2>ข้อ&nbsp;<b>ก</b></h2><p>การ<span>ประ</span>เมิน<br>ปี\u{a0}\n 2566</p>\
            <svg><title>รูป</title><svg></svg>x</svg><ul><li>หนึ่ง<li>กํา</ul></section></main><footer>ท้าย</footer>";
        let mut reader = Reader::default();
        Tokens::new(html).for_each(|token| reader.token(&token, &Attributes::of(&token)));
        let page = reader.finish();
        assert_eq!(page.body, "\ta\tข้อ ก\nการประเมิน\nปี 2566\nหนึ่ง\nกำ");
        assert_eq!((page.title.as_str(), page.headings.as_slice()), ("แผนงาน", ["ข้อ ก".to_owned()].as_slice()));
        assert_eq!((page.section("a"), page.section("b")), (Some("การประเมิน\nปี 2566\nหนึ่ง\nกำ"), None));
        assert_eq!(page.canonical, "https://a.go.th/x/");
    }
}
