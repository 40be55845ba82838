//! Search without a server: an index of the finished pages in two tiers, titles at once and texts in shards on demand.

mod page;
mod texts;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::collect::Collector;
use super::show::Show;
use crate::content::news::News;
use crate::site::url::{self, Page, UrlPath};
use crate::thai::search::key;

pub(super) use page::{Body, PageText, Reader, one_line};
pub(super) use texts::Texts;

/// The first tier: what is searched at once, and where the rest is.
#[derive(Serialize)]
struct Titles<'a> {
    /// Number of shards, `text-0.json` and on.
    shards: usize,
    /// Words that mean the same, folded, the longest of a set first.
    same: Vec<Vec<String>>,
    /// Words that only ask, folded.
    skip: Vec<String>,
    /// Place, title and keywords of each entry.
    pages: Vec<(&'a str, &'a str, &'a str)>,
}

/// What can be a result: a page, or a person on the page of executives.
struct Entry<'a> {
    /// Address from the site's root without the `/` in front: `executives/`, `executives/#person-mayor`.
    place: Cow<'a, str>,
    title: Cow<'a, str>,
    /// Codes of items, the unit, headings; a person's position. One a line.
    keywords: String,
}

/// A page that can be found: its place, what it is, what it says.
pub(super) struct Found<'a> {
    pub(super) url: &'a UrlPath,
    pub(super) page: &'a Page,
    pub(super) text: Arc<PageText>,
}

/// The pages that can be found, most useful first: the main pages, then documents by year, then the form, then news. A page that
/// repeats another, and what is only for printing or searching, is left out.
pub(super) fn pages<'a>(show: &Show<'a>, texts: &BTreeMap<String, Arc<PageText>>) -> Vec<Found<'a>> {
    let read = |(url, page): (&'a UrlPath, &'a Page)| found(show, url, page, texts);
    let mut found: Vec<Found> = show.site.pages.iter().filter_map(read).collect();
    found.sort_by_cached_key(|found| rank(show, found.url, found.page));
    found
}

/// A page, when it can be found.
fn found<'a>(show: &Show, url: &'a UrlPath, page: &'a Page, texts: &BTreeMap<String, Arc<PageText>>) -> Option<Found<'a>> {
    if matches!(page, Page::Search | Page::SiteIndex | Page::Poster(_) | Page::NewsYear(..) | Page::HistoryOf(_)) {
        return None;
    }
    let text = texts.get(&show.file_of(url))?;
    (text.canonical == show.absolute(url.as_str())).then(|| Found { url, page, text: Arc::clone(text) })
}

/// Adds the files of the index, given the texts that are handed on so far.
pub(super) fn add_files(show: &Show, found: &[Found], texts: Texts, all: &mut Collector) {
    let entries = entries(show, found);
    let titles = Titles {
        shards: texts.finish(show, all),
        same: show.theme.words.same.iter().map(|set| folded(set)).collect(),
        skip: folded(&show.theme.words.skip),
        pages: entries.iter().map(|entry| (&*entry.place, &*entry.title, entry.keywords.as_str())).collect(),
    };
    let titles = serde_json::to_vec(&titles).expect("texts always serialize");
    all.add(&format!("{}search/titles.json", show.folder()), titles);
}

fn folded(words: &[String]) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|word| key(word)).filter(|word| !word.is_empty()).collect();
    words.sort_by_key(|word| Reverse(word.chars().count()));
    words
}

/// One result to be: every executive, then every page.
fn entries<'a>(show: &Show, found: &'a [Found]) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    if let Some(page) = found.iter().find(|found| *found.page == Page::Executives) {
        for (document, person) in show.site.executives() {
            let Some(anchor) = url::anchor(document) else { continue };
            entries.push(Entry {
                place: format!("{}#{anchor}", place(page.url)).into(),
                title: show.text(&person.name.value).into(),
                keywords: show.text(&person.position.value),
            });
        }
    }
    let of_page = |found: &'a Found| Entry {
        place: place(found.url).into(),
        title: found.text.title.as_str().into(),
        keywords: keywords(show, found),
    };
    entries.par_extend(found.par_iter().map(of_page));
    entries
}

fn place(url: &UrlPath) -> &str {
    &url.as_str()[1..]
}

/// Where a page stands among equal ones.
fn rank(show: &Show, url: &UrlPath, page: &Page) -> impl Ord + use<> {
    let year = place(url).split('/').find_map(|part| part.parse::<u16>().ok()).unwrap_or(u16::MAX);
    let (kind, date) = match page {
        Page::Item(..) | Page::Answers(_) | Page::Forms | Page::Trace(_) => (2, None),
        Page::News(at) => (3, show.site.documents[*at].content.as_ref().ok().and_then(news_date)),
        Page::Results(_) | Page::Measures(_) | Page::Measure(_) | Page::Progress(_) | Page::Disclosure(_) => (1, None),
        _ => (0, None),
    };
    (kind, Reverse(date), Reverse(year), url.clone())
}

fn news_date(content: &crate::content::Content) -> Option<jiff::civil::Date> {
    <News as crate::content::ContentType>::of(content).map(|news| news.date)
}

/// Codes of the items that the page answers, the unit in charge, and its headings, each once and none that the title says.
fn keywords(show: &Show, found: &Found) -> String {
    let document = match found.page {
        Page::Results(at) | Page::Measure(at) | Page::Survey(at) | Page::Disclosure(at) | Page::News(at) | Page::Free(at) => {
            show.site.documents.get(*at)
        }
        _ => None,
    };
    let unit = document.and_then(|document| document.common.unit.as_ref()).map(|unit| unit.value.clone());
    let words = show.answers_of(found.url).map(|code| code.to_string()).chain(unit).chain(found.text.headings.iter().cloned());
    let title = key(&found.text.title);
    let mut known: Vec<String> = Vec::new();
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        let folded = key(&word);
        if !folded.is_empty() && !title.contains(&folded) && !known.contains(&folded) {
            known.push(folded);
            kept.push(word);
        }
    }
    kept.join("\n")
}
