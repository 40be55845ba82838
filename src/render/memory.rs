//! `Memory`: files that were made before, by what they were made of. What is made of them again is the same, so it need not be.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::collect::url_of;
use super::finish::Finisher;
use super::search::PageText;
use super::walk::{Ids, Link, PageFacts, Walk};
use super::{Entry, File, Keep, Output};
use crate::site::Site;
use crate::source::Stamp;

/// What stands for everything that a file is made of: its SHA-256.
pub(super) type Key = [u8; 32];

/// What a render keeps for the next.
#[derive(Debug, Default)]
pub struct Memory {
    /// By path below the output folder: `executives/index.html`.
    pages: BTreeMap<String, Remembered>,
    /// Files of the search, by the same.
    shards: BTreeMap<String, (Key, Entry)>,
}

/// A finished page.
#[derive(Debug, Clone)]
pub(super) struct Remembered {
    pub(super) key: Key,
    pub(super) file: Entry,
    pub(super) facts: Arc<PageFacts>,
    pub(super) text: Arc<PageText>,
}

/// The memory as it is written: pages have most links in common.
#[derive(Serialize, Deserialize)]
struct Record<'a> {
    /// Another program may make something else.
    program: Option<Stamp>,
    links: Vec<Cow<'a, Link>>,
    pages: Vec<Row<'a>>,
    shards: Cow<'a, BTreeMap<String, (Key, Entry)>>,
}

#[derive(Serialize, Deserialize)]
struct Row<'a> {
    path: Cow<'a, str>,
    key: Key,
    file: Cow<'a, Entry>,
    text: Cow<'a, PageText>,
    ids: Cow<'a, Ids>,
    /// Places in the record's list.
    links: Vec<u32>,
}

impl Memory {
    /// What [`Memory::write_to`] gave in an earlier run of the same program; nothing when it cannot be read.
    pub fn from_bytes(bytes: &[u8], program: Option<Stamp>) -> Memory {
        let record = postcard::from_bytes::<Record>(bytes).ok();
        let Some(record) = record.filter(|record| program.is_some() && record.program == program) else {
            return Memory::default();
        };
        let links: Vec<Arc<Link>> = record.links.into_iter().map(|link| Arc::new(link.into_owned())).collect();
        let page = |row: Row| {
            let its: Option<Vec<_>> = row.links.iter().map(|at| links.get(*at as usize).cloned()).collect();
            let facts = Arc::new(PageFacts { ids: row.ids.into_owned(), links: its? });
            let (file, text) = (row.file.into_owned(), Arc::new(row.text.into_owned()));
            Some((row.path.into_owned(), Remembered { key: row.key, file, facts, text }))
        };
        Memory { pages: record.pages.into_iter().filter_map(page).collect(), shards: record.shards.into_owned() }
    }

    /// Writes down what is worth keeping for another run.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_to(&self, program: Option<Stamp>, out: impl io::Write) -> io::Result<()> {
        let mut places: HashMap<usize, u32> = HashMap::new();
        let mut links: Vec<&Link> = Vec::new();
        for link in self.pages.values().flat_map(|page| &page.facts.links) {
            places.entry(Arc::as_ptr(link).addr()).or_insert_with(|| {
                links.push(link);
                u32::try_from(links.len() - 1).unwrap_or(u32::MAX)
            });
        }
        let rows = self.pages.iter().map(|(path, page)| Row {
            path: Cow::Borrowed(path),
            key: page.key,
            file: Cow::Borrowed(&page.file),
            text: Cow::Borrowed(&page.text),
            ids: Cow::Borrowed(&page.facts.ids),
            links: page.facts.links.iter().map(|link| places[&Arc::as_ptr(link).addr()]).collect(),
        });
        let pages = rows.collect();
        let links = links.into_iter().map(Cow::Borrowed).collect();
        let record = Record { program, links, pages, shards: Cow::Borrowed(&self.shards) };
        postcard::to_io(&record, out).map(drop).map_err(io::Error::other)
    }

    /// What of it still holds: the files that are as they were made.
    pub(super) fn still(self, site: &Site, keep: &dyn Keep) -> Memory {
        // Of pages that were handed in more is asked than is kept.
        let finisher = Finisher::new(site);
        let holds = |path: &str, file: &Entry| keep.has(path, file) && !finisher.is_submitted(&url_of(path));
        let pages = self.pages.into_par_iter().filter(|(path, page)| holds(path, &page.file)).collect();
        let shards = self.shards.into_iter().filter(|(path, (_, file))| keep.has(path, file)).collect();
        Memory { pages, shards }
    }

    /// The page that was made of the same.
    pub(super) fn page(&self, path: &str, key: &Key) -> Option<&Remembered> {
        self.pages.get(path).filter(|page| page.key == *key)
    }

    /// The part of the search that was at a path, and what it was made of.
    pub(super) fn shard(&self, path: &str) -> Option<&(Key, Entry)> {
        self.shards.get(path)
    }

    /// Every link of its pages.
    pub(super) fn links(&self) -> impl Iterator<Item = &Arc<Link>> {
        self.pages.values().flat_map(|page| &page.facts.links)
    }

    /// What is to be kept of a render: pages and parts of the search, by what they were made of.
    pub(super) fn of(
        keys: BTreeMap<String, Key>,
        shards: BTreeMap<String, (Key, Entry)>,
        output: &Output,
        texts: &BTreeMap<String, Arc<PageText>>,
        walk: &Walk,
    ) -> Memory {
        let page = |(path, key): (String, Key)| {
            let Some(File::Kept(file)) = output.files.get(&path) else { return None };
            let (file, facts, text) = (file.clone(), Arc::clone(walk.facts(&url_of(&path))?), Arc::clone(texts.get(&path)?));
            Some((path, Remembered { key, file, facts, text }))
        };
        Memory { pages: keys.into_par_iter().filter_map(page).collect(), shards }
    }
}

/// Makes a key of parts, each of which is told from the next.
#[derive(Default)]
pub(super) struct KeyMaker(Sha256);

impl KeyMaker {
    /// Adds a part.
    #[must_use]
    pub(super) fn with(mut self, part: &[u8]) -> KeyMaker {
        self.add(part);
        self
    }

    /// The same in place.
    pub(super) fn add(&mut self, part: &[u8]) {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// The key of all parts.
    pub(super) fn finish(self) -> Key {
        self.0.finalize().into()
    }
}
