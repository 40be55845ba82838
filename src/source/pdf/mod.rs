//! What a PDF is: its number of pages, whether it needs a password, whether it has text. Never trusts the file.

mod cmap;
mod content;
mod font;
mod glyph;
mod page_text;
mod search;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic;

use lopdf::encryption::DecryptionError;
use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId, Stream};

use super::traces::Traces;
use super::{bounded, picture};
use content::{Shown, scan};

/// First bytes of a PDF (ISO 32000-1, 7.5.2).
pub const SIGNATURE: &[u8] = b"%PDF-";

/// Largest PDF that is looked into, in bytes.
pub const MAX_PDF_BYTES: u64 = 64 * 1024 * 1024;

/// Pages that are looked at for text, spread over the file.
pub const MAX_PAGES_READ: usize = 20;

/// Largest number of pages that is believed.
pub const MAX_PAGES: usize = 100_000;

/// Levels of a page tree that are followed.
pub const MAX_TREE_DEPTH: usize = 64;

/// Largest stream of objects, or of one page's content, once unpacked, in bytes.
pub const MAX_STREAM_BYTES: usize = 8 * 1024 * 1024;

/// Streams of content that are read in all.
pub const MAX_STREAMS: usize = 500;

/// Bytes of streams that are read, per byte of the file; the streams of an honest file do not overlap.
const MAX_OVERLAP: usize = 4;

/// What objects may take in memory, streams aside, in bytes.
pub const MAX_OBJECT_BYTES: usize = 512 * 1024 * 1024;

/// Bytes of the file outside its streams; they take up to 60 times as much in memory.
pub const MAX_PLAIN_BYTES: usize = 16 * 1024 * 1024;

/// Nodes of the page tree that are visited.
const MAX_NODES: usize = 4 * MAX_PAGES;

/// What is known of a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum PdfFacts {
    /// It opens without a password.
    Opens {
        /// Number of pages.
        pages: u32,
        /// Whether a page shows text as text, so that it can be searched and read aloud; `None` when that cannot be told.
        has_text: Option<bool>,
    },
    /// It opens with a password only (one that merely forbids printing or changing does not count).
    Locked,
    /// It does not open.
    Broken(Damage),
    /// It is larger than [`MAX_PDF_BYTES`], so it was not looked into.
    TooLarge,
    /// It could not be told within the limits; nothing is said about it.
    Unknown,
}

/// Why a PDF does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Damage {
    /// Its objects cannot be found.
    Structure,
    /// It has no page.
    NoPages,
    /// Its end is missing, as after an interrupted download.
    Cut,
}

/// What is said of a file while it is looked into.
enum Said {
    Facts(PdfFacts),
    Traces(Traces),
}

/// Looks into a whole file that starts with [`SIGNATURE`]: what it is, and what it says of people.
pub(super) fn probe(bytes: Vec<u8>) -> (PdfFacts, Traces) {
    if bytes.len() as u64 > MAX_PDF_BYTES {
        return (PdfFacts::TooLarge, Traces { is_cut: true, ..Traces::default() });
    }
    let answers = bounded::start(move |say| {
        let (facts, document) = look(&bytes);
        drop(bytes);
        say(Said::Facts(facts));
        // What is over a limit was not searched; what is broken or locked others report.
        let unknown = Traces { is_cut: facts == PdfFacts::Unknown, ..Traces::default() };
        say(Said::Traces(document.map_or(unknown, |document| search::search(&document, LOCATED.get()))));
    });
    let Some(Said::Facts(facts)) = answers.next() else {
        return (PdfFacts::Unknown, Traces { is_late: true, ..Traces::default() });
    };
    match answers.next() {
        Some(Said::Traces(traces)) => (facts, traces),
        _ => (facts, Traces { is_late: true, ..Traces::default() }),
    }
}

/// What a file is, and what is in it when it opens.
fn look(bytes: &[u8]) -> (PdfFacts, Option<Document>) {
    LOCATED.set(false);
    if is_tangled(bytes) || plain_bytes(bytes) > MAX_PLAIN_BYTES {
        return (PdfFacts::Unknown, None);
    }
    let mut loaded = load(bytes, false);
    let is_empty = |document: &Document| pages(document).is_some_and(|pages| pages.is_empty());
    if loaded.as_ref().is_ok_and(|document| !document.trailer.has(b"Encrypt") && is_empty(document)) {
        // The table may point beside the objects: look for them one by one.
        loaded = load(bytes, true);
    }
    let document = match loaded {
        Ok(document) => document,
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => return (PdfFacts::Unknown, None),
        Err(_) => return (PdfFacts::Broken(if has_end(bytes) { Damage::Structure } else { Damage::Cut }), None),
    };
    if document.trailer.has(b"Encrypt") {
        return (locked(&document), None);
    }
    if document.xref_recovery.is_some() && !has_end(bytes) {
        return (PdfFacts::Broken(Damage::Cut), None);
    }
    let Some(pages) = pages(&document) else { return (PdfFacts::Unknown, None) };
    match u32::try_from(pages.len()) {
        Ok(0) => (PdfFacts::Broken(Damage::NoPages), None),
        Ok(n_pages) => (PdfFacts::Opens { pages: n_pages, has_text: has_text(&document, &pages) }, Some(document)),
        Err(_) => (PdfFacts::Unknown, None),
    }
}

thread_local! {
    /// What may still be read: bytes of streams, and bytes of memory for other objects.
    static LEFT: Cell<(usize, usize)> = const { Cell::new((0, 0)) };

    /// A picture says where it was taken.
    static LOCATED: Cell<bool> = const { Cell::new(false) };
}

fn load(bytes: &[u8], force_reconstruct: bool) -> lopdf::Result<Document> {
    LEFT.set((bytes.len().saturating_mul(MAX_OVERLAP), MAX_OBJECT_BYTES));
    let options = LoadOptions {
        password: None,
        filter: Some(keep),
        strict: false,
        max_decompressed_size: Some(MAX_STREAM_BYTES),
        force_reconstruct,
    };
    Document::load_mem_with_options(bytes, options)
}

/// Leaves out pictures, and stops a file that names the same bytes again and again or unpacks to too many objects.
fn keep(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let (streams, objects) = LEFT.get();
    let left = match object {
        Object::Stream(stream) => streams.checked_sub(stream.content.len()).map(|streams| (streams, objects)),
        _ => objects.checked_sub(memory(object)).map(|objects| (streams, objects)),
    };
    match left {
        Some(left) => LEFT.set(left),
        None => panic::resume_unwind(Box::new("over the limit")),
    }
    let Object::Stream(stream) = object else { return Some((id, object.clone())) };
    let is_picture = has_subtype(stream, b"Image");
    // Pictures are put into a PDF as they are, with what the camera wrote into them.
    LOCATED.set(LOCATED.get() || is_picture && picture::is_located(&stream.content));
    // The stream stays where it is; what is returned counts only for objects without one.
    (!is_picture).then_some((id, Object::Null))
}

/// About what an object takes in memory, in bytes; the parser bounds its depth.
fn memory(object: &Object) -> usize {
    let inside: usize = match object {
        Object::Array(items) => items.iter().map(memory).sum(),
        Object::Dictionary(dict) => dict.iter().map(|(key, value)| key.len() + memory(value)).sum(),
        Object::String(bytes, _) | Object::Name(bytes) => bytes.len(),
        _ => 0,
    };
    size_of::<Object>() + inside
}

/// Whether reading its objects one by one would read the same bytes again and again, as an encrypted file is read.
fn is_tangled(bytes: &[u8]) -> bool {
    if !contains(bytes, b"/Encrypt") {
        return false;
    }
    let (mut n_open, mut starts, mut cost) = (0_usize, 0_usize, 0_usize);
    for (at, window) in bytes.windows(6).enumerate() {
        if window == b"endobj" {
            cost = cost.saturating_add((n_open.saturating_mul(at)).saturating_sub(starts));
            (n_open, starts) = (0, 0);
        } else if window.starts_with(b" obj") {
            n_open += 1;
            starts = starts.saturating_add(at);
        }
    }
    cost > bytes.len().saturating_mul(MAX_OVERLAP)
}

/// How many bytes stand outside streams.
fn plain_bytes(bytes: &[u8]) -> usize {
    let (mut rest, mut n_plain) = (bytes, 0);
    while let Some(start) = find(rest, b"stream") {
        n_plain += start;
        let inside = &rest[start..];
        let Some(end) = find(inside, b"endstream") else { return n_plain };
        rest = &inside[end + b"endstream".len()..];
    }
    n_plain + rest.len()
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    find(bytes, word).is_some()
}

/// Whether the mark of the end is near the end; mail programs append a few lines.
fn has_end(bytes: &[u8]) -> bool {
    contains(&bytes[bytes.len().saturating_sub(2048)..], b"%%EOF")
}

/// A file that stayed encrypted: the empty password does not open it, or nothing is known of its encryption.
fn locked(document: &Document) -> PdfFacts {
    match document.authenticate_password("") {
        Err(Error::Decryption(DecryptionError::IncorrectPassword)) => PdfFacts::Locked,
        _ => PdfFacts::Unknown,
    }
}

/// A page, with the resources that it has or inherits.
struct Page<'a> {
    dict: &'a Dictionary,
    resources: Option<&'a Dictionary>,
}

/// The pages in order; `None` when there are more than are believed. Every node of the tree counts once, so a loop ends.
fn pages(document: &Document) -> Option<Vec<Page<'_>>> {
    let mut pages = Vec::new();
    let mut seen = BTreeSet::new();
    let root = document.catalog().ok().and_then(|catalog| catalog.get(b"Pages").ok());
    let mut open: Vec<(&Object, Option<&Dictionary>, usize)> = root.map(|root| (root, None, 0)).into_iter().collect();
    let mut n_nodes = 0;
    while let Some((object, inherited, depth)) = open.pop() {
        let Ok((id, Object::Dictionary(dict))) = document.dereference(object) else { continue };
        if depth > MAX_TREE_DEPTH || id.is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        let resources = dictionary(document, dict, b"Resources").or(inherited);
        match dict.get_deref(b"Kids", document) {
            Ok(Object::Array(kids)) => {
                n_nodes += kids.len();
                if n_nodes > MAX_NODES {
                    return None;
                }
                open.extend(kids.iter().rev().map(|kid| (kid, resources, depth + 1)));
            }
            _ if dict.has_type(b"Pages") => {}
            _ => pages.push(Page { dict, resources }),
        }
    }
    (pages.len() <= MAX_PAGES).then_some(pages)
}

/// Whether one of the pages shows text; `None` when none that could be read does, and some could not.
fn has_text(document: &Document, pages: &[Page]) -> Option<bool> {
    let step = pages.len().div_ceil(MAX_PAGES_READ).max(1);
    let mut reading = Reading { document, n_streams: 0, seen: BTreeSet::new(), is_unsure: false };
    for page in pages.iter().step_by(step) {
        if reading.page_has_text(page) {
            return Some(true);
        }
    }
    if reading.is_unsure { None } else { Some(false) }
}

/// Reads content until it finds text.
struct Reading<'a> {
    document: &'a Document,
    n_streams: usize,
    seen: BTreeSet<ObjectId>,
    /// Some content could not be read.
    is_unsure: bool,
}

impl<'a> Reading<'a> {
    fn page_has_text(&mut self, page: &Page<'a>) -> bool {
        let mut parts: Vec<&Object> = match page.dict.get_deref(b"Contents", self.document) {
            Ok(Object::Array(parts)) => parts.iter().collect(),
            Ok(part) => vec![part],
            Err(_) => Vec::new(),
        };
        parts.truncate(MAX_STREAMS);
        let mut content = Vec::new();
        for part in parts {
            content.extend(self.unpack(part, MAX_STREAM_BYTES.saturating_sub(content.len())));
            content.push(b'\n');
        }
        // A page may draw forms, which may draw others.
        let mut open = vec![(content, page.resources)];
        while let Some((content, resources)) = open.pop() {
            let Shown { has_text, drawn } = scan(&content);
            if has_text {
                return true;
            }
            let forms = resources.and_then(|resources| dictionary(self.document, resources, b"XObject"));
            for name in drawn {
                let Some(object) = forms.and_then(|forms| forms.get(&name).ok()) else { continue };
                open.extend(self.form(object, resources));
            }
        }
        false
    }

    /// The content of a form that was not read yet, and its resources.
    fn form(&mut self, object: &'a Object, inherited: Option<&'a Dictionary>) -> Option<(Vec<u8>, Option<&'a Dictionary>)> {
        let (Some(id), form @ Object::Stream(stream)) = self.document.dereference(object).ok()? else { return None };
        if !has_subtype(stream, b"Form") || !self.seen.insert(id) {
            return None;
        }
        let resources = dictionary(self.document, &stream.dict, b"Resources").or(inherited);
        Some((self.unpack(form, MAX_STREAM_BYTES), resources))
    }

    fn unpack(&mut self, object: &Object, limit: usize) -> Vec<u8> {
        self.n_streams += 1;
        let unpacked = match self.document.dereference(object) {
            Ok((_, Object::Stream(stream))) if self.n_streams <= MAX_STREAMS => stream.get_plain_content_with_limit(limit).ok(),
            Ok((_, Object::Null)) => Some(Vec::new()),
            _ => None,
        };
        self.is_unsure |= unpacked.is_none();
        unpacked.unwrap_or_default()
    }
}

fn has_subtype(stream: &Stream, subtype: &[u8]) -> bool {
    stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == subtype)
}

fn dictionary<'a>(document: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    dict.get_deref(key, document).and_then(Object::as_dict).ok()
}

#[cfg(test)]
mod tests;
