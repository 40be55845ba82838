//! `History`: what was published when, by page, and what changed since.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::url::{self, UrlPath};
use super::{Site, assets_of, people};
use crate::config;
use crate::diagnostic::Diagnostics;
use crate::history::rules::broken_history;
use crate::history::{self, Broken, Change, Kind, Publish, State};
use crate::parse::Document;
use crate::source::{SourcePath, Sources, hex, sha256_of};

/// What was published when.
#[derive(Debug, Clone, Default)]
pub struct History {
    log: Option<Arc<[u8]>>,
    publishes: Arc<Vec<Publish>>,
    /// What this build adds: its day, and what changed since the last publish. Nothing where nobody asked for it.
    coming: Option<(Date, Vec<Change>)>,
    /// What became of each page, oldest first.
    pages: Arc<Pages>,
}

/// What became of a page in one publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The day.
    pub date: Date,
    /// Which publish, from 0; the coming one is the last.
    pub at: usize,
    /// What became of it.
    pub kind: Kind,
    /// Its sources that changed.
    pub files: Vec<SourcePath>,
    /// Items that it answered.
    pub items: Vec<String>,
}

/// What a history says, read.
#[derive(Debug, Clone, Default)]
pub struct Past {
    publishes: Arc<Vec<Publish>>,
    /// Sources by page, after the last publish.
    state: Arc<State>,
    pages: Arc<Pages>,
}

type Pages = BTreeMap<UrlPath, Vec<Edit>>;

impl Past {
    /// Reads a history.
    ///
    /// # Errors
    /// The first line that does not follow from those before it.
    pub fn read(log: &[u8]) -> Result<Past, Broken> {
        let publishes = history::read(log)?;
        let (mut state, mut pages) = (State::new(), Pages::new());
        for (at, publish) in publishes.iter().enumerate() {
            for change in &publish.changes {
                note(&mut pages, &mut state, (at, publish.date), change);
            }
        }
        Ok(Past { publishes: Arc::new(publishes), state: Arc::new(state), pages: Arc::new(pages) })
    }
}

/// Notes what became of a page in a publish.
fn note(pages: &mut Pages, state: &mut State, (at, date): (usize, Date), change: &Change) {
    let kind = history::apply(state, change);
    let files = change.files.iter().map(|(file, _)| SourcePath::new(file)).collect();
    let edit = Edit { date, at, kind, files, items: change.items.clone() };
    pages.entry(UrlPath::at(&change.page)).or_default().push(edit);
}

impl History {
    /// Takes the history as it was read, and compares it with what the site is made of now.
    pub(super) fn of(sources: &Sources, past: Result<Past, Broken>, site: &Site, diagnostics: &mut Diagnostics) -> History {
        if !site.config.keeps_history {
            return History::default();
        }
        let Past { publishes, state, mut pages } = match past {
            Ok(past) => past,
            Err(broken) => {
                broken_history::report(&broken, diagnostics);
                return History::default();
            }
        };
        let coming = sources.today().map(|today| {
            let date = publishes.last().map_or(today, |last| last.date.max(today));
            let (now, items) = now(sources, site);
            let items = |page: &str| items.get(page).cloned().unwrap_or_default();
            (date, history::changes(&state, &now, items))
        });
        if let Some((date, changes)) = coming.as_ref().filter(|(_, changes)| !changes.is_empty()) {
            let of_page = |change: &Change| Some((change.page.clone(), state.get(&change.page)?.clone()));
            let mut state: State = changes.iter().filter_map(of_page).collect();
            let pages = Arc::make_mut(&mut pages);
            for change in changes {
                note(pages, &mut state, (publishes.len(), *date), change);
            }
        }
        History { log: sources.history().cloned(), publishes, coming, pages }
    }

    /// Whether there is a history, or one begins with this build.
    pub fn is_kept(&self) -> bool {
        self.log.is_some() || self.coming.is_some()
    }

    /// Whether anything was published, or is to be.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// What became of every page, oldest first.
    pub fn pages(&self) -> impl Iterator<Item = (&UrlPath, &[Edit])> {
        self.pages.iter().map(|(page, edits)| (page, edits.as_slice()))
    }

    /// What became of a page, oldest first.
    pub fn of_page(&self, page: &UrlPath) -> &[Edit] {
        self.pages.get(page).map(Vec::as_slice).unwrap_or_default()
    }

    /// The history after files of this checksum ([`history::sums::published`]) are published; `None` where none is kept.
    pub fn with(&self, published: String) -> Option<Vec<u8>> {
        let mut log = self.log.as_deref().unwrap_or_default().to_vec();
        if let Some((date, changes)) = &self.coming {
            let is_same = self.publishes.last().is_some_and(|last| last.published == published);
            if !is_same || !changes.is_empty() {
                log.extend(history::next(&log, &self.publishes, *date, published, changes.clone()).into_bytes());
            }
        }
        (!log.is_empty()).then_some(log)
    }
}

/// The place of the history of a page; home has none of its own.
pub fn page_of(page: &UrlPath) -> Option<UrlPath> {
    (page.as_str() != "/").then(|| UrlPath::at(&format!("/history{page}")))
}

/// The sources of every page, and the items that it answers.
fn now(sources: &Sources, site: &Site) -> (State, BTreeMap<String, Vec<String>>) {
    let documents: Vec<&Document> = site.documents().collect();
    let of_document = |document: &&Document| {
        let (page, _) = url::of_document(document);
        let texts = std::iter::once(*document).chain(document.english.as_deref());
        let texts = texts.map(|document| (document.path.to_string(), hex(&document.sum)));
        let all = std::iter::once(*document).chain(document.english.as_deref());
        let photo = people::photo_name(document).and_then(|name| url::asset(document, name));
        let files = all.flat_map(assets_of).chain(photo);
        let files = files.filter_map(|path| Some((path.to_string(), sources.checksum(&path)?.to_owned())));
        (page, texts.chain(files).collect::<Vec<_>>(), site.answered_by(document))
    };
    let found: Vec<_> = documents.par_iter().map(of_document).collect();
    let (mut state, mut items) = (State::new(), BTreeMap::<String, Vec<String>>::new());
    for (page, files, item) in found {
        state.entry(page.to_string()).or_default().extend(files);
        let items = items.entry(page.to_string()).or_default();
        items.extend(item.map(|item| item.to_string()).filter(|item| !items.contains(item)));
    }
    let mut add = |page: &str, path: &SourcePath| {
        if let Some(text) = sources.text(path) {
            state.entry(page.to_owned()).or_default().insert(path.to_string(), sha256_of(text.as_bytes()));
        }
    };
    add("/", &SourcePath::new(config::PATH));
    sources.under("content/catalog").for_each(|(path, _)| add("/oit/", path));
    (state, items)
}
