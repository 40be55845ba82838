//! What collects the files of a site while they are made: finished pages with what is in them, and everything else.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::finish::Finisher;
use super::memory::{Key, Memory, Remembered};
use super::search::{Body, PageText};
use super::walk::PageFacts;
use super::{Entry, File, Keep, Output};
use crate::diagnostic::Lang;

/// The name of a page's file in its folder.
const INDEX: &str = "index.html";

/// The files so far.
pub(super) struct Collector<'a> {
    pub(super) output: Output,
    /// What pages have, by path from the site's root: `/executives/`.
    pub(super) facts: BTreeMap<String, Arc<PageFacts>>,
    /// What pages say of themselves, by file.
    pub(super) texts: BTreeMap<String, Arc<PageText>>,
    /// What else they say, of those that are not yet in the index of the search, by file; `None` of a page that was made before.
    pub(super) bodies: BTreeMap<String, Option<Body>>,
    /// What pages were made of, of those that need not be made again, by file.
    pub(super) keys: BTreeMap<String, Key>,
    /// The same of the parts of the search.
    pub(super) shards: BTreeMap<String, (Key, Entry)>,
    /// What was made before.
    pub(super) memory: &'a Memory,
    /// Checksums of what pages say, of those that were handed in, by path from the site's root.
    pub(super) checksums: BTreeMap<String, String>,
    /// Pages of which something was left out, by path from the site's root.
    pub(super) harmful: Vec<String>,
    keep: &'a dyn Keep,
    finisher: Finisher,
}

/// A finished page that is not yet among the others.
pub(super) struct Made {
    path: String,
    file: File,
    facts: Arc<PageFacts>,
    text: Arc<PageText>,
    body: Option<Body>,
    key: Option<Key>,
    checksum: Option<String>,
    is_harmful: bool,
}

/// A file that is no page and not yet among the others.
pub(super) struct Other {
    path: String,
    file: File,
    checksum: Option<String>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(finisher: Finisher, keep: &'a dyn Keep, memory: &'a Memory) -> Collector<'a> {
        Collector {
            output: Output::default(),
            facts: BTreeMap::new(),
            texts: BTreeMap::new(),
            bodies: BTreeMap::new(),
            keys: BTreeMap::new(),
            shards: BTreeMap::new(),
            memory,
            checksums: BTreeMap::new(),
            harmful: Vec::new(),
            keep,
            finisher,
        }
    }

    /// Finishes a page, whose file lies below the output folder at `path`: `executives/index.html`.
    pub(super) fn page(&self, path: String, html: &str, lang: Lang) -> Made {
        let url = url_of(&path);
        let finished = self.finisher.finish(html, &url, lang);
        let file = self.keep.keep(&path, finished.html);
        let (facts, text, body) = (Arc::new(finished.facts), Arc::new(finished.text), Some(finished.body));
        Made { path, file, facts, text, body, key: None, checksum: finished.checksum, is_harmful: finished.is_harmful }
    }

    /// Puts a finished page among the others.
    pub(super) fn take(&mut self, made: Made) {
        let url = url_of(&made.path);
        self.harmful.extend(made.is_harmful.then(|| url.clone()));
        self.checksums.extend(made.checksum.map(|checksum| (url.clone(), checksum)));
        self.facts.insert(url, made.facts);
        self.texts.insert(made.path.clone(), made.text);
        self.bodies.insert(made.path.clone(), made.body);
        self.keys.extend(made.key.map(|key| (made.path.clone(), key)));
        self.output.files.insert(made.path, made.file);
    }

    /// Finishes and adds a page.
    pub(super) fn add_page(&mut self, path: String, html: &str, lang: Lang) {
        let made = self.page(path, html, lang);
        self.take(made);
    }

    /// Hands on a file that is not yet among the others.
    pub(super) fn keep(&self, path: &str, bytes: Vec<u8>) -> File {
        self.keep.keep(path, bytes)
    }

    /// The bytes of a file that was there before.
    pub(super) fn read(&self, path: &str, file: &Entry) -> Option<Vec<u8>> {
        self.keep.read(path, file)
    }

    /// Adds any other file.
    pub(super) fn add(&mut self, path: &str, bytes: Vec<u8>) {
        let made = self.other(path.to_owned(), bytes);
        self.take_other(made);
    }

    /// Hands on any other file, which is not yet among the others.
    pub(super) fn other(&self, path: String, bytes: Vec<u8>) -> Other {
        let checksum = self.finisher.checksum(&format!("/{path}"), &bytes);
        let file = self.keep.keep(&path, bytes);
        Other { path, file, checksum }
    }

    /// Puts any other file among the others.
    pub(super) fn take_other(&mut self, Other { path, file, checksum }: Other) {
        self.checksums.extend(checksum.map(|checksum| (format!("/{path}"), checksum)));
        self.output.files.insert(path, file);
    }

    /// Adds a file; HTML that is no page of the site has its text set, too.
    pub(super) fn add_other(&mut self, path: &str, bytes: Vec<u8>, lang: Lang) {
        match std::str::from_utf8(&bytes) {
            Ok(html) if path.ends_with(INDEX) => self.add_page(path.to_owned(), html, lang),
            Ok(html) if is_html(path) => self.add(path, self.finisher.set(html, lang)),
            _ => self.add(path, bytes),
        }
    }
}

impl Other {
    /// Size and checksum of the file.
    pub(super) fn entry(&self) -> Entry {
        match &self.file {
            File::Kept(entry) => entry.clone(),
            File::Bytes(bytes) => Entry::of(bytes),
            File::CopyOf(_) => unreachable!("it was made"),
        }
    }
}

impl Made {
    /// A page that was made before.
    pub(super) fn again(path: String, page: Remembered) -> Made {
        let Remembered { key, file, facts, text } = page;
        Made { path, file: File::Kept(file), facts, text, body: None, key: Some(key), checksum: None, is_harmful: false }
    }

    /// The same page, which need not be made again of what stands for the same `key`; what is said of some pages is not kept.
    #[must_use]
    pub(super) fn of(self, key: Key) -> Made {
        let is_kept = self.checksum.is_none() && !self.is_harmful && matches!(self.file, File::Kept(_));
        Made { key: is_kept.then_some(key), ..self }
    }
}

/// The address of a page, from the site's root, whose file lies below the output folder at `path`.
pub(super) fn url_of(path: &str) -> String {
    format!("/{}", path.strip_suffix(INDEX).unwrap_or(path))
}

fn is_html(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".htm")
}
