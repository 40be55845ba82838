//! `PageText`: what a finished page says, as a search shows it: words that tags divide are whole, headings know their place.

use html5gum::{Token, Tokenizer};

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

/// A page being read.
#[derive(Default)]
struct Reader {
    page: PageText,
    /// The line so far.
    line: String,
    /// The heading that the line is.
    heading: Option<Heading>,
    /// The last id that no heading has taken.
    id: String,
    is_main: bool,
    /// Name and depth of the element that is skipped.
    skipped: Option<(Vec<u8>, usize)>,
}

/// The heading that a line is.
enum Heading {
    Title,
    Place(String),
}

impl PageText {
    /// Reads a finished page.
    pub(in crate::render) fn read(html: &str) -> PageText {
        let mut reader = Reader::default();
        for token in Tokenizer::new(html).flatten() {
            match token {
                Token::StartTag(tag) => {
                    let attribute = |name: &str| tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value));
                    if attribute("rel").as_deref() == Some("canonical") {
                        reader.page.canonical = attribute("href").unwrap_or_default().into_owned();
                    }
                    reader.open(&tag.name, attribute("id").as_deref(), tag.self_closing);
                }
                Token::String(text) if reader.is_main && reader.skipped.is_none() => {
                    reader.line.push_str(&String::from_utf8_lossy(&text));
                }
                Token::EndTag(tag) => reader.close(&tag.name),
                _ => {}
            }
        }
        reader.page
    }

    /// What stands below the heading at an id, up to the next heading.
    pub(in crate::render) fn section(&self, id: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("\t{id}\t"))?;
        let (_, below) = rest.split_once('\n')?;
        Some(below.split("\n\t").next().unwrap_or(below)).filter(|below| !below.starts_with('\t'))
    }
}

impl Reader {
    fn open(&mut self, name: &[u8], id: Option<&str>, is_empty: bool) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(skipped == name && !is_empty);
            return;
        }
        if name == b"main" {
            self.is_main = true;
        }
        if !self.is_main {
            return;
        }
        if is_one_of(name, &SKIPPED) {
            self.skipped = (!is_empty).then(|| (name.to_vec(), 1));
            return;
        }
        if !is_one_of(name, &INLINE) {
            self.end_line();
        }
        if let Some(id) = id.filter(|_| name != b"main") {
            id.clone_into(&mut self.id);
        }
        if name == b"h1" {
            self.heading = Some(Heading::Title);
        } else if is_one_of(name, &HEADINGS) {
            self.heading = Some(Heading::Place(std::mem::take(&mut self.id)));
        }
    }

    fn close(&mut self, name: &[u8]) {
        if let Some((skipped, depth)) = &mut self.skipped {
            if skipped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        if !is_one_of(name, &INLINE) {
            self.end_line();
        }
        if name == b"h1" || is_one_of(name, &HEADINGS) {
            self.heading = None;
        }
        if name == b"main" {
            self.is_main = false;
        }
    }

    /// Puts the line away, with one space for white space of any kind.
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return;
        }
        let words = repaired(&words).into_owned();
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

fn is_one_of(name: &[u8], names: &[&str]) -> bool {
    names.iter().any(|one| one.as_bytes() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_do_not_part_words_and_blocks_do() {
        let html = "<link rel=canonical href='https://a.go.th/x/'><nav>เมนู</nav><main id=main><h1>แผน<wbr>งาน</h1>\
            <nav><a href='#a'>ก</a></nav><section id=a><h2>ข้อ&nbsp;<b>ก</b></h2><p>การ<span>ประ</span>เมิน<br>ปี\u{a0}\n 2566</p>\
            <svg><title>รูป</title><svg></svg>x</svg><ul><li>หนึ่ง<li>กํา</ul></section></main><footer>ท้าย</footer>";
        let page = PageText::read(html);
        assert_eq!(page.body, "\ta\tข้อ ก\nการประเมิน\nปี 2566\nหนึ่ง\nกำ");
        assert_eq!((page.title.as_str(), page.headings.as_slice()), ("แผนงาน", ["ข้อ ก".to_owned()].as_slice()));
        assert_eq!((page.section("a"), page.section("b")), (Some("การประเมิน\nปี 2566\nหนึ่ง\nกำ"), None));
        assert_eq!(page.canonical, "https://a.go.th/x/");
    }
}
