//! What a PDF says of people: in the text of its pages, and in its properties.

use lopdf::{Document, Object};

use super::super::office::authors_of;
use super::super::traces::{Place, Traces};
use super::page_text::Reader;
use super::{dictionary, pages};

/// Largest description (XMP) that is read, once unpacked, in bytes.
const MAX_XMP_BYTES: usize = 1024 * 1024;

/// Searches a document that opens; `is_located` says whether a picture in it tells where it was taken.
pub(super) fn search(document: &Document, is_located: bool) -> Traces {
    let mut traces = Traces::default();
    let mut reader = Reader::new(document);
    for (number, page) in (1..).zip(pages(document).unwrap_or_default()) {
        traces.read(&reader.page(&page), Some(&Place::Page(number)));
    }
    if let Some(author) =
        dictionary(document, &document.trailer, b"Info").and_then(|info| info.get_deref(b"Author", document).ok())
        && let Ok(author) = lopdf::decode_text_string(author)
    {
        traces.author(&author);
    }
    let described = document.catalog().ok().and_then(|catalog| catalog.get(b"Metadata").ok());
    if let Some(described) = described.filter(|object| matches!(object, Object::Reference(_))) {
        let xmp = reader.unpack(described, MAX_XMP_BYTES);
        traces.authors(&authors_of(&xmp[..]));
    }
    if is_located {
        traces.location();
    }
    traces.is_cut |= reader.is_cut;
    traces
}
