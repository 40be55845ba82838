//! The body of a document: Markdown with its links and anchors, each at its place.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::rules::raw_html;
use crate::diagnostic::{Diagnostics, Span, Spanned};
use crate::source::SourcePath;

/// The body of a document.
#[derive(Debug, Clone, Default)]
pub struct Markdown {
    /// Its text.
    pub text: String,
    /// Destinations of its links and images, as written.
    pub links: Vec<Spanned<String>>,
    /// Ids of its headings, without `#`.
    pub anchors: Vec<String>,
}

impl Markdown {
    /// Reads the body that starts `offset` bytes into the file; raw HTML is reported.
    pub(super) fn scan(path: &SourcePath, text: &str, offset: usize, diagnostics: &mut Diagnostics) -> Markdown {
        let span = |range: Range<usize>| Span::range(path, range.start + offset..range.end + offset);
        let mut markdown = Markdown { text: text.to_owned(), ..Markdown::default() };
        let mut html: Option<(String, Range<usize>)> = None;
        for (event, range) in events(text) {
            match event {
                Event::Html(piece) | Event::InlineHtml(piece) => match &mut html {
                    // A block comes in one piece per line.
                    Some((block, whole)) if whole.end == range.start => {
                        block.push_str(&piece);
                        whole.end = range.end;
                    }
                    html => {
                        if let Some((block, whole)) = html.replace((piece.into_string(), range)) {
                            raw_html::check(&block, span(whole), diagnostics);
                        }
                    }
                },
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    markdown.links.push(Spanned { value: dest_url.into_string(), span: span(range) });
                }
                Event::Start(Tag::Heading { id: Some(id), .. }) => markdown.anchors.push(id.into_string()),
                _ => {}
            }
        }
        if let Some((block, whole)) = html {
            raw_html::check(&block, span(whole), diagnostics);
        }
        markdown
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The events of a Markdown text, each with its byte range; every heading has an id, unique in the text.
pub fn events(text: &str) -> Vec<(Event<'_>, Range<usize>)> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut events: Vec<_> = Parser::new_ext(text, options).into_offset_iter().collect();
    let mut taken = BTreeSet::new();
    for at in 0..events.len() {
        let Event::Start(Tag::Heading { id, .. }) = &events[at].0 else { continue };
        let wanted = id.as_ref().map_or_else(|| anchor(&heading_text(&events[at..])), ToString::to_string);
        let mut unique = wanted.clone();
        for n in 2.. {
            if !taken.contains(&unique) {
                break;
            }
            unique = format!("{wanted}-{n}");
        }
        taken.insert(unique.clone());
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[at].0 {
            *id = Some(unique.into());
        }
    }
    events
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
    let mut anchor = String::new();
    for c in text.trim().to_lowercase().chars() {
        if c.is_alphanumeric() || is_thai(c) {
            anchor.push(c);
        } else if !anchor.is_empty() && !anchor.ends_with('-') {
            anchor.push('-');
        }
    }
    let anchor = anchor.trim_end_matches('-');
    if anchor.is_empty() { "section".to_owned() } else { anchor.to_owned() }
}
