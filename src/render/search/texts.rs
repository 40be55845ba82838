//! `Texts`: the second tier, in parts that are handed on as soon as they are full, so that what a site says is never all in memory.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::page::section;
use super::{Body, found, place};
use crate::render::collect::Collector;
use crate::render::finish::Finisher;
use crate::render::memory::{Key, KeyMaker};
use crate::render::show::Show;
use crate::render::{File, html, view};
use crate::site::url::{self, Page, UrlPath};

/// Bytes of text that a part has before it may end, about 80 KB as it travels; a page is never divided.
const MIN_PART: usize = 400_000;

/// Bytes of text at which it ends.
const MAX_PART: usize = 750_000;

/// One place of so many may begin a part. Places decide, not sizes, so that one more page changes one part and not all after it.
const PLACES: u32 = 64;

/// The parts so far.
#[derive(Default)]
pub(in crate::render) struct Texts<'a> {
    /// Parts that were handed on.
    n_parts: usize,
    /// Parts that are full.
    full: Vec<Vec<Piece<'a>>>,
    /// The part that is not yet.
    open: Vec<Piece<'a>>,
    /// Bytes of its text.
    size: usize,
}

/// The text of one result.
struct Piece<'a> {
    /// As in the first tier: `executives/#person-mayor`.
    place: String,
    at: (&'a UrlPath, &'a Page),
    /// What its page was made of, when that is known.
    key: Option<Key>,
    /// `None` when its page was made before.
    body: Option<Body>,
    /// Bytes of the text.
    len: usize,
}

impl<'a> Texts<'a> {
    /// Takes the texts of these pages that were made, and hands on what is full.
    pub(in crate::render) fn add(
        &mut self,
        show: &Show<'a>,
        pages: impl Iterator<Item = (&'a UrlPath, &'a Page)>,
        all: &mut Collector,
    ) {
        for (url, page) in pages {
            let file = show.file_of(url);
            let Some(body) = all.bodies.remove(&file) else { continue };
            let Some(found) = found(show, url, page, &all.texts) else { continue };
            let (at, key) = ((url, page), all.keys.get(&file).copied());
            if let (Page::Executives, Some(body)) = (page, &body) {
                for anchor in show.site.executives().into_iter().filter_map(|(document, _)| url::anchor(document)) {
                    let body = section(body, &anchor).unwrap_or_default().to_owned();
                    self.push(Piece { place: format!("{}#{anchor}", place(url)), at, key, len: body.len(), body: Some(body) });
                }
            }
            self.push(Piece { place: place(url).to_owned(), at, key, len: found.text.len, body });
        }
        self.hand_on(show, all);
    }

    /// Takes what is left of the site's pages, and hands on the rest; gives the number of parts.
    pub(super) fn finish(mut self, show: &Show<'a>, all: &mut Collector) -> usize {
        self.add(show, show.site.pages.iter(), all);
        if !self.open.is_empty() || self.n_parts == 0 {
            self.full.push(self.open);
            self.open = Vec::new();
            self.hand_on(show, all);
        }
        self.n_parts
    }

    fn push(&mut self, piece: Piece<'a>) {
        let Texts { size, open, .. } = self;
        if *size > 0 && *size + piece.len > MAX_PART || *size >= MIN_PART && may_begin(&piece.place) {
            self.full.push(std::mem::take(open));
            *size = 0;
        }
        *size += piece.len;
        open.push(piece);
    }

    fn hand_on(&mut self, show: &Show<'a>, all: &mut Collector) {
        let anew = OnceLock::new();
        let anew = || anew.get_or_init(|| show.anew());
        let make = |(n, part): (usize, Vec<Piece>)| {
            let path = format!("{}search/text-{n}.json", show.folder());
            let key = key_of(&part);
            let file = match all.memory.shard(&path) {
                Some((known, file)) if *known == key => File::Kept(file.clone()),
                last => {
                    let bytes = last.and_then(|(_, file)| all.read(&path, file));
                    all.keep(&path, text_of(anew, part, before(bytes)))
                }
            };
            (path, key, file)
        };
        let full = std::mem::take(&mut self.full);
        let parts = (self.n_parts..).zip(full).collect::<Vec<_>>();
        self.n_parts += parts.len();
        let files: Vec<_> = parts.into_par_iter().map(make).collect();
        for (path, key, file) in files {
            if let File::Kept(entry) = &file {
                all.shards.insert(path.clone(), (key, entry.clone()));
            }
            all.output.files.insert(path, file);
        }
    }
}

/// Whether a part may begin with a place: by its checksum (FNV-1a).
fn may_begin(place: &str) -> bool {
    place.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)).is_multiple_of(PLACES)
}

/// What stands for all that a part is made of.
fn key_of(part: &[Piece]) -> Key {
    let mut key = KeyMaker::default();
    for piece in part {
        key.add(piece.place.as_bytes());
        match &piece.key {
            Some(page) => key.add(page),
            None => key.add(piece.body.as_deref().unwrap_or_default().as_bytes()),
        }
    }
    key.finish()
}

/// The texts of a part that was published before: of the pages that were made before, what they said then.
fn before(bytes: Option<Vec<u8>>) -> HashMap<String, Body> {
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// A part as it is published: text by place. A page that was made before, and was in another part, is rendered for it once more.
fn text_of<'s, 'a: 's>(anew: impl Fn() -> &'s Show<'a>, part: Vec<Piece>, mut before: HashMap<String, Body>) -> Vec<u8> {
    let render = |(url, page)| Finisher::body(&html(anew(), &view::of(anew(), url, page)).unwrap_or_default());
    let text = |Piece { place, at, body, .. }| {
        let body = body.or_else(|| before.remove(&place)).unwrap_or_else(|| render(at));
        (place, body)
    };
    let texts: BTreeMap<String, Body> = part.into_iter().map(text).collect();
    serde_json::to_vec(&texts).expect("texts always serialize")
}
