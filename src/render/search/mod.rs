//! Search without a server: an index of the finished pages in two tiers, titles at once and texts in shards on demand.

mod page;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::Serialize;

use super::File;
use super::collect::Collector;
use super::finish::Finisher;
use super::memory::{Key, KeyMaker};
use super::show::Show;
use crate::content::news::News;
use crate::site::url::{self, Page, UrlPath};
use crate::thai::search::key;

pub(super) use page::{PageText, Reader, one_line};

/// Bytes of text that a shard has before it may end, about 80 KB as it travels; a page is never divided.
const MIN_SHARD: usize = 400_000;

/// Bytes of text at which it ends.
const MAX_SHARD: usize = 750_000;

/// One place of so many may begin a shard. Places decide, not sizes, so that one more page changes one shard and not all after it.
const PLACES: u32 = 64;

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
    /// The text, a block a line (`PageText::body`); `None` when its page was not made anew.
    body: Option<&'a str>,
    /// Bytes of the text.
    len: usize,
    found: &'a Found<'a>,
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
    let is_wanted =
        |page: &Page| !matches!(page, Page::Search | Page::SiteIndex | Page::Poster(_) | Page::NewsYear(..) | Page::HistoryOf(_));
    let wanted = show.site.pages.iter().filter(|(_, page)| is_wanted(page));
    let read = |(url, page): (&'a UrlPath, &'a Page)| Some(Found { url, page, text: Arc::clone(texts.get(&show.file_of(url))?) });
    let mut found: Vec<Found> = wanted.filter_map(read).collect();
    found.retain(|found| found.text.canonical == show.absolute(found.url.as_str()));
    found.sort_by_cached_key(|found| rank(show, found.url, found.page));
    found
}

/// Adds the files of the index.
pub(super) fn add_files(show: &Show, found: &[Found], all: &mut Collector) {
    let entries = entries(show, found);
    let shards = shards(&entries);
    let titles = Titles {
        shards: shards.len(),
        same: show.theme.words.same.iter().map(|set| folded(set)).collect(),
        skip: folded(&show.theme.words.skip),
        pages: entries.iter().map(|entry| (&*entry.place, &*entry.title, entry.keywords.as_str())).collect(),
    };
    let folder = show.folder();
    let titles = serde_json::to_vec(&titles).expect("texts always serialize");
    all.add(&format!("{folder}search/titles.json"), titles);
    let anew = OnceLock::new();
    let anew = || anew.get_or_init(|| show.anew());
    let make = |(n, shard): (usize, &[Entry])| {
        let path = format!("{folder}search/text-{n}.json");
        let key = key_of(show, shard, all);
        let file = match all.memory.shard(&path, &key) {
            Some(file) => File::Kept(file.clone()),
            None => all.keep(&path, text_of(anew, shard)),
        };
        (path, key, file)
    };
    let files: Vec<_> = shards.into_par_iter().enumerate().map(make).collect();
    for (path, key, file) in files {
        if let File::Kept(entry) = &file {
            all.shards.insert(path.clone(), (key, entry.clone()));
        }
        all.output.files.insert(path, file);
    }
}

/// The parts of the index; together they are all of it.
fn shards<'e, 'a>(mut entries: &'e [Entry<'a>]) -> Vec<&'e [Entry<'a>]> {
    let mut shards = Vec::new();
    loop {
        let mut size = 0;
        let end = entries.iter().position(|entry| {
            let is_full = size > 0 && size + entry.len > MAX_SHARD || size >= MIN_SHARD && may_begin(&entry.place);
            size += entry.len;
            is_full
        });
        let (shard, rest) = entries.split_at(end.unwrap_or(entries.len()));
        shards.push(shard);
        entries = rest;
        if entries.is_empty() {
            return shards;
        }
    }
}

/// Whether a shard may begin with a place: by its checksum (FNV-1a).
fn may_begin(place: &str) -> bool {
    place.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)).is_multiple_of(PLACES)
}

/// What stands for all that a shard is made of.
fn key_of(show: &Show, shard: &[Entry], all: &Collector) -> Key {
    let mut key = KeyMaker::default();
    for entry in shard {
        key.add(entry.place.as_bytes());
        match all.keys.get(&show.file_of(entry.found.url)) {
            Some(page) => key.add(page),
            None => key.add(entry.body.unwrap_or_default().as_bytes()),
        }
    }
    key.finish()
}

/// A shard as it is published: text by place. A page that was not made anew is rendered for it, as it was before.
fn text_of<'s, 'a: 's>(anew: impl Fn() -> &'s Show<'a>, shard: &[Entry]) -> Vec<u8> {
    let body = |entry: &Entry| {
        if let Some(body) = entry.body {
            return body.to_owned();
        }
        let view = super::view::of(anew(), entry.found.url, entry.found.page);
        let html = super::html(anew(), &view).unwrap_or_default();
        Finisher::text(&html).body.unwrap_or_default()
    };
    let texts: BTreeMap<&str, String> = shard.iter().map(|entry| (&*entry.place, body(entry))).collect();
    serde_json::to_vec(&texts).expect("texts always serialize")
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
            let body = page.text.section(&anchor).unwrap_or_default();
            let place = format!("{}#{anchor}", place(page.url)).into();
            entries.push(Entry {
                place,
                title: show.text(&person.name.value).into(),
                keywords: show.text(&person.position.value),
                body: Some(body),
                len: body.len(),
                found: page,
            });
        }
    }
    let of_page = |found: &'a Found| Entry {
        place: place(found.url).into(),
        title: found.text.title.as_str().into(),
        keywords: keywords(show, found),
        body: found.text.body.as_deref(),
        len: found.text.len,
        found,
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
