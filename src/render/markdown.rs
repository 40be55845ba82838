//! Markdown → HTML: links resolved, Thai lines joined, digits as the site shows them, no raw HTML.

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Tag, TagEnd, html};

use super::show::Show;
use crate::parse::Document;
use crate::parse::markdown::events;
use crate::site::url;

/// The body of a document as HTML.
pub(super) fn html(show: &Show, document: &Document) -> String {
    let all = events(&document.body.text);
    let mut kept: Vec<Event> = Vec::with_capacity(all.len());
    for (at, (event, _)) in all.iter().enumerate() {
        let next = all.get(at + 1).map(|(event, _)| event);
        if let Some(event) = convert(show, document, event, kept.last(), next) {
            kept.push(event);
        }
    }
    let mut out = String::new();
    html::push_html(&mut out, kept.into_iter());
    out
}

fn convert<'a>(
    show: &Show,
    document: &Document,
    event: &Event<'a>,
    before: Option<&Event>,
    next: Option<&Event>,
) -> Option<Event<'a>> {
    let event = match event {
        Event::Html(_) | Event::InlineHtml(_) => return None,
        Event::Text(text) => Event::Text(show.text(text).into()),
        // A line break between two Thai letters would become a visible space.
        Event::SoftBreak if ends_thai(before) && starts_thai(next) => return None,
        Event::Start(Tag::Heading { level, id, classes, attrs }) => Event::Start(Tag::Heading {
            level: below_title(*level),
            id: id.clone(),
            classes: classes.clone(),
            attrs: attrs.clone(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below_title(*level))),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
            link_type: *link_type,
            dest_url: resolve(show, document, dest_url),
            title: title.clone(),
            id: id.clone(),
        }),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
            link_type: *link_type,
            dest_url: resolve(show, document, dest_url),
            title: title.clone(),
            id: id.clone(),
        }),
        // Alignment is written as a style attribute, which the content security policy blocks.
        Event::Start(Tag::Table(columns)) => Event::Start(Tag::Table(vec![Alignment::None; columns.len()])),
        event => event.clone(),
    };
    Some(event)
}

/// The page's title is its only first-level heading.
fn below_title(level: HeadingLevel) -> HeadingLevel {
    if level == HeadingLevel::H1 { HeadingLevel::H2 } else { level }
}

fn resolve<'a>(show: &Show, document: &Document, target: &str) -> CowStr<'a> {
    if url::is_relative(target)
        && let Some(path) = url::asset(document, target)
    {
        let anchor = target.split_once('#').map(|(_, anchor)| format!("#{anchor}")).unwrap_or_default();
        return match show.site.document(&path) {
            Some(other) => format!("{}{anchor}", show.document_url(other)).into(),
            None => format!("{}{anchor}", show.file_href(&path)).into(),
        };
    }
    if target.starts_with('/') { show.href(target).into() } else { target.to_owned().into() }
}

fn ends_thai(event: Option<&Event>) -> bool {
    matches!(event, Some(Event::Text(text)) if text.chars().next_back().is_some_and(is_thai))
}

fn starts_thai(event: Option<&Event>) -> bool {
    matches!(event, Some(Event::Text(text)) if text.chars().next().is_some_and(is_thai))
}

fn is_thai(c: char) -> bool {
    ('\u{e01}'..='\u{e5b}').contains(&c)
}
