//! The body of a document: Markdown with its links and anchors, each at its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::rules::{broken_table, indented_text, raw_html, too_deep, unread_link};
use crate::diagnostic::{Diagnostics, Span};
use crate::source::SourcePath;
use crate::thai::repair::repaired;

/// Ids of the theme on pages that show one body.
const RESERVED: [&str; 15] = [
    "main",
    "about-page",
    "data-date",
    "data-period",
    "data-plan",
    "data-signed",
    "data-months",
    "data-project",
    "data-risk",
    "data-manual",
    "data-purchase",
    "data-statistic",
    "data-problems",
    "data-recommendations",
    "data-spending",
];

/// The body of a document.
#[derive(Debug, Clone)]
pub struct Markdown {
    /// Its text, with the front matter before it.
    whole: Arc<str>,
    /// Where its text begins, in bytes.
    start: usize,
    /// Its links and images.
    pub links: Vec<Link>,
    /// Ids of its headings, without `#`.
    pub anchors: Vec<String>,
    /// Those that nothing stands under, before the next heading of the same level.
    pub empty_anchors: Vec<String>,
}

/// A link or picture of a body.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads, as written.
    pub target: String,
    /// The file that it leads to, of a link relative to its document: `plan.pdf`, `../news/a.md`.
    pub file: Option<SourcePath>,
    /// A picture, shown on the page.
    pub is_picture: bool,
    /// Where it is written.
    pub span: Span,
}

/// Pieces of text or HTML that follow each other, put together.
struct Run {
    is_html: bool,
    text: String,
    range: Range<usize>,
}

impl Default for Markdown {
    fn default() -> Markdown {
        Markdown { whole: Arc::from(""), start: 0, links: Vec::new(), anchors: Vec::new(), empty_anchors: Vec::new() }
    }
}

impl Markdown {
    /// Reads the body that starts `offset` bytes into the file; HTML and links that are none are reported.
    pub(super) fn scan(path: &SourcePath, whole: &Arc<str>, offset: usize, diagnostics: &mut Diagnostics) -> Markdown {
        let text = &whole[offset..];
        if too_deep::check(path, text, offset, diagnostics) {
            return Markdown::default();
        }
        let span = |range: Range<usize>| Span::range(path, range.start + offset..range.end + offset);
        let mut markdown = Markdown { whole: Arc::clone(whole), start: offset, ..Markdown::default() };
        let mut run: Option<Run> = None;
        let mut is_code = false;
        let mut sections = Sections::default();
        let mut n_columns = 0;
        for (event, range) in events(text) {
            sections.see(&event);
            if let Event::Start(tag) = &event {
                check_block(tag, text, &range, &mut n_columns, span, diagnostics);
            }
            let (is_html, piece) = match event {
                Event::Html(piece) | Event::InlineHtml(piece) => (true, piece),
                Event::Text(piece) if !is_code => (false, piece),
                event => {
                    check_run(run.take(), span, diagnostics);
                    match event {
                        Event::Start(Tag::CodeBlock(_)) => is_code = true,
                        Event::End(TagEnd::CodeBlock) => is_code = false,
                        event => markdown.note(event, path, span(range)),
                    }
                    continue;
                }
            };
            match &mut run {
                Some(run) if run.is_html == is_html && run.range.end == range.start => {
                    run.text.push_str(&piece);
                    run.range.end = range.end;
                }
                _ => {
                    check_run(run.replace(Run { is_html, text: piece.into_string(), range }), span, diagnostics);
                }
            }
        }
        check_run(run, span, diagnostics);
        markdown.empty_anchors = sections.empty();
        // Thousands of documents wait for each other.
        markdown.links.shrink_to_fit();
        markdown.anchors.shrink_to_fit();
        markdown
    }

    /// The same body of which all is known: its links, ids and those that are empty.
    pub(super) fn known(
        path: &SourcePath,
        whole: &Arc<str>,
        offset: usize,
        links: Vec<(String, bool, (usize, usize))>,
        (anchors, empty_anchors): (Vec<String>, Vec<String>),
    ) -> Markdown {
        let link = |(target, is_picture, (start, end))| Link::of(target, is_picture, path, Span::range(path, start..end));
        let links = links.into_iter().map(link).collect();
        Markdown { whole: Arc::clone(whole), start: offset, links, anchors, empty_anchors }
    }

    /// Keeps what other stages ask for: links, pictures, anchors.
    fn note(&mut self, event: Event, path: &SourcePath, span: Span) {
        match event {
            // `<name@example.go.th>` leads to an e-mail program.
            Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => {}
            Event::Start(Tag::Link { dest_url, .. }) => self.links.push(Link::of(dest_url.into_string(), false, path, span)),
            Event::Start(Tag::Image { dest_url, .. }) => self.links.push(Link::of(dest_url.into_string(), true, path, span)),
            Event::Start(Tag::Heading { id: Some(id), .. }) => self.anchors.push(id.into_string()),
            _ => {}
        }
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.whole[self.start..]
    }

    /// Where its text begins in the file, in bytes; `None` for a file without a body.
    pub(super) fn start(&self) -> Option<usize> {
        (!self.whole.is_empty()).then_some(self.start)
    }

    /// The same text, whose links are looked after elsewhere.
    pub(super) fn without_links(&self) -> Markdown {
        Markdown { links: Vec::new(), ..self.clone() }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.text().trim().is_empty()
    }
}

impl Link {
    fn of(target: String, is_picture: bool, path: &SourcePath, span: Span) -> Link {
        let file = if is_relative(&target) { linked(path, &target) } else { None };
        Link { target, file, is_picture, span }
    }
}

/// Whether a link is written relative to its document: `plan.pdf`, `../news/a.md`.
pub fn is_relative(link: &str) -> bool {
    !link.is_empty() && !link.starts_with(['/', '#', '?']) && !has_scheme(link)
}

/// Whether a link starts with a scheme such as `https:`.
pub fn has_scheme(link: &str) -> bool {
    link.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// The file that a link of the document at `from` leads to; links are URLs, with `%20` and `#anchor`.
pub fn linked(from: &SourcePath, link: &str) -> Option<SourcePath> {
    let name = link.split(['#', '?']).next().unwrap_or(link);
    from.sibling(&percent_decode_str(name).decode_utf8_lossy())
}

/// Which headings have something under them.
#[derive(Default)]
struct Sections {
    /// Headings that are still open, with their level: nothing was seen under them yet.
    bare: Vec<(String, HeadingLevel)>,
    empty: Vec<String>,
    is_heading: bool,
}

impl Sections {
    fn see(&mut self, event: &Event) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.is_heading = true;
                while let Some((bare, _)) = self.bare.pop_if(|(_, above)| *above >= *level) {
                    self.empty.push(bare);
                }
                self.bare.push((id.as_deref().unwrap_or_default().to_owned(), *level));
            }
            Event::End(TagEnd::Heading(_)) => self.is_heading = false,
            Event::Text(text) if !self.is_heading && !text.trim().is_empty() => self.bare.clear(),
            Event::Start(Tag::Image { .. }) | Event::Code(_) if !self.is_heading => self.bare.clear(),
            _ => {}
        }
    }

    fn empty(self) -> Vec<String> {
        self.empty.into_iter().chain(self.bare.into_iter().map(|(id, _)| id)).collect()
    }
}

/// Looks at a block that starts; `n_columns` are those of the table around it.
fn check_block(
    tag: &Tag,
    text: &str,
    range: &Range<usize>,
    n_columns: &mut usize,
    span: impl Fn(Range<usize>) -> Span,
    diagnostics: &mut Diagnostics,
) {
    let block = &text[range.clone()];
    match tag {
        Tag::Table(columns) => *n_columns = columns.len(),
        Tag::TableRow => broken_table::check_row(block, *n_columns, span(range.clone()), diagnostics),
        Tag::Paragraph if block.contains('|') => broken_table::check_paragraph(block, range, span, diagnostics),
        Tag::CodeBlock(CodeBlockKind::Indented) => indented_text::check(block, span(range.clone()), diagnostics),
        _ => {}
    }
}

fn check_run(run: Option<Run>, span: impl Fn(Range<usize>) -> Span, diagnostics: &mut Diagnostics) {
    match run {
        Some(Run { is_html: true, text, range }) => raw_html::check(&text, span(range), diagnostics),
        Some(Run { is_html: false, text, range }) => unread_link::check(&text, span(range), diagnostics),
        None => {}
    }
}

/// The events of a Markdown text, each with its byte range; every heading has an id, unique in the text.
pub fn events(text: &str) -> Vec<(Event<'_>, Range<usize>)> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut events: Vec<_> = Parser::new_ext(text, options).into_offset_iter().collect();
    take_plain_html(&mut events);
    // How often each id was wanted; those of the page around the text are taken.
    let mut wanted_before: BTreeMap<String, usize> = BTreeMap::new();
    let is_taken = |wanted: &BTreeMap<String, usize>, id: &str| wanted.contains_key(id) || RESERVED.contains(&id);
    for at in 0..events.len() {
        let Event::Start(Tag::Heading { id, .. }) = &events[at].0 else { continue };
        let wanted = id.as_ref().map_or_else(|| anchor(&heading_text(&events[at..])), ToString::to_string);
        let mut unique = wanted.clone();
        let mut n = wanted_before.get(&wanted).copied().unwrap_or(usize::from(RESERVED.contains(&wanted.as_str())));
        while is_taken(&wanted_before, &unique) {
            n += 1;
            unique = format!("{wanted}-{n}");
        }
        wanted_before.insert(wanted, n.max(1));
        wanted_before.insert(unique.clone(), 1);
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[at].0 {
            *id = Some(unique.into());
        }
    }
    events
}

/// The HTML that an author may write becomes what Markdown itself has: `<br>`, which cells of a table need, and `<sup>` and `<sub>` around
/// plain text (`ม<sup>2</sup>`). So no tag of an author is ever published, and what is open is closed.
fn take_plain_html(events: &mut [(Event<'_>, Range<usize>)]) {
    for at in 0..events.len() {
        let Event::InlineHtml(tag) = &events[at].0 else { continue };
        let (close, start, end) = match tag.as_ref() {
            "<br>" | "<br/>" | "<br />" => {
                events[at].0 = Event::HardBreak;
                continue;
            }
            "<sup>" => ("</sup>", Tag::Superscript, TagEnd::Superscript),
            "<sub>" => ("</sub>", Tag::Subscript, TagEnd::Subscript),
            _ => continue,
        };
        let n_texts = events[at + 1..].iter().take_while(|(event, _)| matches!(event, Event::Text(_))).count();
        let last = at + 1 + n_texts;
        if n_texts > 0 && matches!(events.get(last), Some((Event::InlineHtml(tag), _)) if tag.as_ref() == close) {
            events[at].0 = Event::Start(start);
            events[last].0 = Event::End(end);
        }
    }
}

fn heading_text(events: &[(Event<'_>, Range<usize>)]) -> String {
    let inside = events.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))));
    inside
        .filter_map(|(event, _)| match event {
            Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect()
}

/// An id made of a heading's words; Thai letters and marks stay.
fn anchor(text: &str) -> String {
    let is_thai = |c: char| ('\u{e01}'..='\u{e5b}').contains(&c);
    let text = repaired(text);
    let mut anchor = String::with_capacity(text.len());
    for c in text.trim().to_lowercase().chars() {
        if is_thai(c) || c.is_alphanumeric() {
            anchor.push(c);
        } else if !anchor.is_empty() && !anchor.ends_with('-') {
            anchor.push('-');
        }
    }
    let anchor = anchor.trim_end_matches('-');
    if anchor.is_empty() { "section".to_owned() } else { anchor.to_owned() }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::html;

    use super::events;

    fn page(text: &str) -> String {
        let mut out = String::new();
        html::push_html(&mut out, events(text).into_iter().map(|(event, _)| event));
        out
    }

    #[test]
    fn what_little_html_is_taken() {
        assert_eq!(page("ม<sup>2</sup> H<sub>2</sub>O"), "<p>ม<sup>2</sup> H<sub>2</sub>O</p>\n");
        assert_eq!(page("| a |\n|---|\n| b<br>c<br/>d |").matches("<br />").count(), 2);
        // `InlineHtml` is left out of pages and reported.
        for text in [
            "a<sup>2",
            "a</sup>",
            "<sup><sup>2</sup></sup>",
            "a<sup onclick=a>2</sup>",
            "a<SUP>2</SUP>",
            "a<br x>",
            "a<sup>*2</sup>*",
            "a<sup></sup>",
        ] {
            assert!(events(text).iter().any(|(event, _)| matches!(event, super::Event::InlineHtml(_))), "{text}");
        }
    }
}
