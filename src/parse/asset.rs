//! What a photo, PDF or other file is, by its first bytes.

use std::sync::Arc;

use super::svg;
use crate::source::{PdfFacts, Photo, SourcePath, Traces};

/// A file that lies beside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Size in bytes.
    pub size: u64,
    /// What its bytes say it is.
    pub kind: AssetKind,
    /// How its first bytes mark it.
    pub signature: Signature,
    /// Width and height in pixels, for pictures.
    pub dimensions: Option<(usize, usize)>,
    /// What was found inside, for a file that starts as a PDF does.
    pub pdf: Option<PdfFacts>,
    /// What it says of people.
    pub traces: Arc<Traces>,
    /// What was made of it, for the photo of a person.
    pub photo: Option<Arc<Photo>>,
    /// What does more than draw, in an SVG: the start of it.
    pub harm: Option<String>,
    /// What it should be called, for a document that was saved as a text file: `02-deputy.md` of `02-deputy.md.txt`.
    pub document: Option<String>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssetKind {
    /// JPEG, PNG or WebP: pictures every browser shows.
    Picture,
    /// PDF.
    Pdf,
    /// Anything else.
    Other,
}

/// The mark that programs put at the start of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// PDF (ISO 32000-1, 7.5.2).
    Pdf,
    /// JPEG, PNG or WebP.
    Picture,
    /// HEIC or AVIF: what phones make.
    PhonePicture,
    /// GIF or TIFF.
    OtherPicture,
    /// ZIP (PKWARE APPNOTE, 4.3.7): an archive, or a file of Microsoft Office since 2007, an open document.
    Zip,
    /// A file of Microsoft Office before 2007, in a compound file ([MS-CFB] 2.2).
    OldOffice,
    /// A compound file without the parts of an old Office file: what Office makes when a password is set ([MS-OFFCRYPTO] 2.3).
    Compound,
    /// A web page.
    Html,
    /// RAR or 7-Zip.
    OtherArchive,
    /// No mark that is known.
    None,
}

/// First bytes of a compound file ([MS-CFB] 2.2).
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Names of the parts that hold the content of old Office files ([MS-DOC] 2.1, [MS-XLS] 2.1, [MS-PPT] 2.1); Excel 95 has `Book`.
const OLD_PARTS: [&str; 4] = ["WordDocument", "Workbook", "Book", "PowerPoint Document"];

impl Asset {
    pub(crate) fn of(
        path: &SourcePath,
        size: u64,
        head: &[u8],
        (pdf, traces): (Option<PdfFacts>, Arc<Traces>),
        photo: Option<Arc<Photo>>,
    ) -> Asset {
        let signature = Signature::of(head);
        let dimensions = imagesize::blob_size(head).ok().filter(|_| signature == Signature::Picture);
        let dimensions = dimensions.map(|size| (size.width, size.height));
        let is_broken = photo.as_deref() == Some(&Photo::Broken);
        let kind = match dimensions {
            Some(_) if is_broken => AssetKind::Other,
            Some(_) => AssetKind::Picture,
            None if head.starts_with(b"%PDF-") => AssetKind::Pdf,
            None => AssetKind::Other,
        };
        let harm = if path.extension() == "svg" { harm(size, head) } else { None };
        let document = document_name(path, head);
        Asset { size, kind, signature, dimensions, pdf, traces, photo, harm, document }
    }

    /// Number of pages of a PDF that opens.
    pub fn n_pages(&self) -> Option<u32> {
        match self.pdf {
            Some(PdfFacts::Opens { pages, .. }) => Some(pages),
            _ => None,
        }
    }
}

impl Signature {
    fn of(head: &[u8]) -> Signature {
        use imagesize::ImageType;
        // Readers of PDF accept some bytes before the mark.
        let start = &head[..head.len().min(1024)];
        let text = String::from_utf8_lossy(start).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
        match imagesize::image_type(head) {
            Ok(ImageType::Jpeg | ImageType::Png | ImageType::Webp) => Signature::Picture,
            _ if start.windows(5).any(|window| window == b"%PDF-") => Signature::Pdf,
            _ if [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK\x07\x08"].iter().any(|mark| head.starts_with(mark)) => Signature::Zip,
            _ if head.starts_with(COMPOUND) => {
                if OLD_PARTS.iter().any(|part| has_part(head, part)) {
                    Signature::OldOffice
                } else {
                    Signature::Compound
                }
            }
            _ if head.starts_with(b"Rar!\x1A\x07") || head.starts_with(b"7z\xBC\xAF\x27\x1C") => Signature::OtherArchive,
            _ if ["<!doctype html", "<html"].iter().any(|mark| text.starts_with(mark)) => Signature::Html,
            Ok(ImageType::Heif(_)) => Signature::PhonePicture,
            Ok(ImageType::Gif | ImageType::Tiff) => Signature::OtherPicture,
            _ => Signature::None,
        }
    }
}

/// The name of the document that a text file is: editors of Windows add `.txt` and do not show it.
fn document_name(path: &SourcePath, head: &[u8]) -> Option<String> {
    let stem = path.stem();
    let is_named = [".md", ".toml"].iter().any(|ending| stem.to_ascii_lowercase().ends_with(ending));
    let has_fields = || head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).starts_with(b"+++");
    match path.extension().as_str() {
        "txt" if is_named => Some(stem.to_owned()),
        "txt" if has_fields() => Some(format!("{stem}.md")),
        _ => None,
    }
}

/// What in an SVG does more than draw. One that is too large was not read whole.
fn harm(size: u64, head: &[u8]) -> Option<String> {
    if size > svg::MAX_SVG_BYTES {
        return Some(format!("> {} KB", svg::MAX_SVG_BYTES / 1024));
    }
    std::str::from_utf8(head).map_or_else(|_| Some("UTF-8?".to_owned()), svg::harm)
}

/// Whether a compound file names a part: in its directory, in UTF-16, ended by a zero.
fn has_part(head: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = format!("{name}\0").encode_utf16().flat_map(u16::to_le_bytes).collect();
    head.windows(wide.len()).any(|window| window == wide)
}
