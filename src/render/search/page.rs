//! `PageText`: what a finished page says, as a search shows it: words that tags divide are whole, headings know their place.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

use crate::render::html::{Attributes, Token, Tokens, decode};
use crate::thai::repair::repaired;

/// Elements inside a line; the ends of all others part words.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "wbr"
    )
}

/// Elements that are no text of the page: pictures, and lists of links to what the page says below.
fn is_skipped(name: &str) -> bool {
    matches!(name, "svg" | "nav" | "script" | "style" | "template" | "noscript")
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h2" | "h3" | "h4" | "h5" | "h6")
}

/// What a page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::render) struct PageText {
    /// The address that the page gives itself.
    pub(in crate::render) canonical: String,
    /// Its `<h1>`.
    pub(in crate::render) title: String,
    /// The other headings.
    pub(in crate::render) headings: Vec<String>,
    /// Bytes of its body.
    pub(in crate::render) len: usize,
}

/// What else a page says: the rest of its `<main>`, a block a line. A heading's line is a tab, the id of its place, a tab, and its
/// words: no text has a tab.
pub(in crate::render) type Body = String;

/// Reads what a page says, token by token.
#[derive(Default)]
pub(in crate::render) struct Reader<'a> {
    page: PageText,
    body: Body,
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

/// What stands below the heading at an id, up to the next heading.
pub(super) fn section<'b>(body: &'b str, id: &str) -> Option<&'b str> {
    let (_, rest) = body.split_once(&format!("\t{id}\t"))?;
    let (_, below) = rest.split_once('\n')?;
    Some(below.split("\n\t").next().unwrap_or(below)).filter(|below| !below.starts_with('\t'))
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
    pub(in crate::render) fn finish(self) -> (PageText, Body) {
        (PageText { len: self.body.len(), ..self.page }, self.body)
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
        if is_skipped(name) {
            self.skipped = (!is_empty).then_some((name, 1));
            return;
        }
        if !is_inline(name) {
            self.end_line();
        }
        if let Some(id) = id.filter(|_| name != "main") {
            self.id = decode(id).into_owned();
        }
        if name == "h1" {
            self.heading = Some(Heading::Title);
        } else if is_heading(name) {
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
        if !is_inline(name) {
            self.end_line();
        }
        if name == "h1" || is_heading(name) {
            self.heading = None;
        }
        if name == "main" {
            self.is_main = false;
        }
    }

    /// Puts the line away, with one space for white space of any kind.
    fn end_line(&mut self) {
        if self.line.is_empty() {
            return;
        }
        let mut line = std::mem::take(&mut self.line);
        self.add_line(&repaired(&one_line(&line)));
        // Its room serves the next line.
        line.clear();
        self.line = line;
    }

    fn add_line(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if matches!(self.heading, Some(Heading::Title)) {
            words.clone_into(&mut self.page.title);
            return;
        }
        if !self.body.is_empty() {
            self.body.push('\n');
        }
        match &self.heading {
            Some(Heading::Place(id)) => {
                self.page.headings.push(words.to_owned());
                self.body.extend(["\t", id, "\t"]);
            }
            Some(Heading::Title) | None => {}
        }
        self.body.push_str(words);
    }
}

static TWO_SPACES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("  "));

/// A text with one space for white space of any kind, and none around it.
pub(in crate::render) fn one_line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    // Most have only single spaces. Other white space is one of five control characters, or begins with one of three bytes.
    let bytes = text.as_bytes();
    let has_others = memchr::memchr3(b'\n', b'\t', b'\r', bytes).is_some()
        || memchr::memchr2(0x0B, 0x0C, bytes).is_some()
        || memchr::memchr3(0xC2, 0xE2, 0xE3, bytes).is_some();
    if !has_others && TWO_SPACES.find(bytes).is_none() {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
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
        let (page, body) = reader.finish();
        assert_eq!(body, "\ta\tข้อ ก\nการประเมิน\nปี 2566\nหนึ่ง\nกำ");
        assert_eq!((page.title.as_str(), page.headings.as_slice()), ("แผนงาน", ["ข้อ ก".to_owned()].as_slice()));
        assert_eq!((section(&body, "a"), section(&body, "b")), (Some("การประเมิน\nปี 2566\nหนึ่ง\nกำ"), None));
        assert_eq!(page.canonical, "https://a.go.th/x/");
    }
}
