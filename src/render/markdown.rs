//! Markdown → HTML: links resolved, Thai lines joined, digits as the site shows them, no raw HTML.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, html};

use serde::Serialize;

use super::show::Show;
use crate::parse::markdown::events;
use crate::parse::{Document, Sum};
use crate::site::address::is_harmless;
use crate::site::{Edition, url};
use crate::thai::digits::Digits;

/// Level of the highest heading of a body that has a page to itself.
const OWN_LEVEL: usize = 2;

/// The body of a document that has a page to itself.
pub(super) fn html(show: &Show, document: &Document) -> String {
    html_at(show, document, OWN_LEVEL)
}

/// All that the body of a document is made of, where it has a page to itself.
#[derive(Serialize)]
pub(super) enum Source<'a> {
    /// Its file, the digits of the site, and where its links lead.
    Text { sum: &'a Sum, has_thai_digits: bool, prefix: String, links: Vec<String> },
    /// Of a translation, whose links are looked after elsewhere, itself.
    Html(String),
}

/// What [`html`] is made of.
pub(super) fn source<'a>(show: &Show, document: &'a Document) -> Source<'a> {
    if show.site.edition == Edition::English {
        return Source::Html(html(show, document));
    }
    let prefix = url::prefix(document);
    let place = Place { prefix: &prefix, level: OWN_LEVEL };
    let links = document.body.links.iter().map(|link| resolve(show, document, place, &link.target).into_string()).collect();
    let has_thai_digits = show.site.config.digits == Digits::Thai;
    Source::Text { sum: &document.sum, has_thai_digits, prefix, links }
}

/// The body of a document as a part of a page; `level` is that of its highest heading, 2–6.
pub(super) fn html_at(show: &Show, document: &Document, level: usize) -> String {
    let mut all = events(document.body.text());
    let prefix = url::prefix(document);
    let place = Place { prefix: &prefix, level };
    let mut kept: Vec<Event> = Vec::with_capacity(all.len());
    let mut is_code = false;
    for at in 0..all.len() {
        match std::mem::replace(&mut all[at].0, Event::Rule) {
            Event::Html(_) | Event::InlineHtml(_) => {}
            // A line break between two Thai letters would become a visible space.
            Event::SoftBreak if ends_thai(&kept) && starts_thai(&all[at + 1..]) => {}
            Event::Text(text) if is_code => kept.push(Event::Text(text)),
            event => {
                is_code = matches!(event, Event::Start(Tag::CodeBlock(_)));
                kept.push(convert(show, document, place, event));
            }
        }
    }
    let mut out = String::with_capacity(document.body.text().len() * 2);
    html::push_html(&mut out, kept.into_iter());
    // A table too wide for a phone scrolls by itself, which must work by keyboard too (WCAG 2.1.1). Raw HTML is never kept, so
    // every `<table>` is ours.
    if out.contains("<table>") { out.replace("<table>", "<table tabindex=\"0\">") } else { out }
}

/// Where a body is put.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// Put before its ids, where a page shows several bodies.
    prefix: &'a str,
    /// Level of its highest heading.
    level: usize,
}

fn convert<'a>(show: &Show, document: &Document, place: Place, event: Event<'a>) -> Event<'a> {
    match event {
        Event::Text(text) => match show.text_of(&text) {
            Cow::Borrowed(_) => Event::Text(text),
            Cow::Owned(shown) => Event::Text(shown.into()),
        },
        // Only the id: other attributes could carry style and scripts.
        Event::Start(Tag::Heading { level, id, .. }) => Event::Start(Tag::Heading {
            level: below(level, place),
            id: id.map(|id| if place.prefix.is_empty() { id } else { format!("{}{id}", place.prefix).into() }),
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level, place))),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = if link_type == LinkType::Email { dest_url } else { resolve(show, document, place, &dest_url) };
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            // The pages show nothing of other hosts.
            let is_here = url::is_relative(&dest_url);
            let dest_url = if is_here { resolve(show, document, place, &dest_url) } else { NOWHERE.into() };
            Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        // Labels become ids, which other bodies and the theme have too.
        Event::FootnoteReference(label) => Event::FootnoteReference(format!("{}fn-{label}", place.prefix).into()),
        Event::Start(Tag::FootnoteDefinition(label)) => {
            Event::Start(Tag::FootnoteDefinition(format!("{}fn-{label}", place.prefix).into()))
        }
        // Alignment is written as a style attribute, which the content security policy blocks.
        Event::Start(Tag::Table(columns)) => Event::Start(Tag::Table(vec![Alignment::None; columns.len()])),
        event => event,
    }
}

/// Authors start at level 1 or 2; the page's own headings come above.
fn below(level: HeadingLevel, place: Place) -> HeadingLevel {
    let level = (level as usize).max(2) + place.level - 2;
    HeadingLevel::try_from(level.min(6)).unwrap_or(HeadingLevel::H6)
}

/// What stands for an address that is not published. It is reported; a preview shows the rest of the text.
const NOWHERE: &str = "#";

fn resolve<'a>(show: &Show, document: &Document, place: Place, target: &str) -> CowStr<'a> {
    if !is_harmless(target) {
        return NOWHERE.into();
    }
    if let Some(anchor) = target.strip_prefix('#') {
        return format!("#{}{anchor}", place.prefix).into();
    }
    if url::is_relative(target)
        && let Some(path) = url::linked(document, target)
    {
        return match (show.site.document(&path), target.split_once('#')) {
            (Some(other), Some((_, anchor))) => {
                let page = show.href(url::of_document(other).0.as_str());
                format!("{page}#{}{anchor}", url::prefix(other)).into()
            }
            (Some(other), None) => show.document_url(other).into(),
            (None, Some((_, anchor))) => format!("{}#{anchor}", show.file_href(&path)).into(),
            (None, None) => show.file_href(&path).into(),
        };
    }
    if target.starts_with('/') { show.href(target).into() } else { target.to_owned().into() }
}

/// Whether the last letter before here is Thai; markup between is no letter.
fn ends_thai(kept: &[Event]) -> bool {
    let last = kept.iter().rev().find(|event| !is_inline_markup(event));
    matches!(last, Some(Event::Text(text)) if text.chars().next_back().is_some_and(is_thai))
}

/// Whether the next letter is Thai.
fn starts_thai(next: &[(Event, Range<usize>)]) -> bool {
    let first = next.iter().map(|(event, _)| event).find(|event| !is_inline_markup(event));
    matches!(first, Some(Event::Text(text)) if text.chars().next().is_some_and(is_thai))
}

fn is_inline_markup(event: &Event) -> bool {
    matches!(
        event,
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
    )
}

fn is_thai(c: char) -> bool {
    ('\u{e01}'..='\u{e5b}').contains(&c)
}
