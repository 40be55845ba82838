//! What is found inside an attachment: what a PDF is, and what any file says of people.

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::panic::UnwindSafe;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, UTF_16LE, WINDOWS_874};
use serde::{Deserialize, Serialize};

use super::traces::Traces;
use super::{PdfFacts, SourcePath, bounded, office, pdf, picture};

/// Largest file of plain text or of an old Office that is searched, in bytes.
const MAX_PLAIN_BYTES: u64 = 32 * 1024 * 1024;

/// First bytes of a ZIP archive (PKWARE APPNOTE, 4.3.7).
const ZIP: &[u8] = b"PK\x03\x04";

/// First bytes of a compound file ([MS-CFB] 2.2): Office before 2007.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Files that are plain text, or nearly.
const PLAIN: [&str; 9] = ["csv", "tsv", "txt", "html", "htm", "xml", "rtf", "vcf", "eml"];

/// What is known of the inside of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    /// What it is, when it starts as a PDF does.
    pub(super) pdf: Option<PdfFacts>,
    /// What it says of people.
    pub(super) traces: Arc<Traces>,
}

impl Facts {
    /// Whether they would be the same another time: it may have been late because the machine was busy.
    pub(super) fn is_certain(&self) -> bool {
        self.pdf != Some(PdfFacts::Unknown) && !self.traces.is_late
    }
}

/// How a file is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    Pdf,
    Zip,
    Picture,
    Plain,
    OldOffice,
}

impl Inside {
    /// By its first bytes, and its name where these say nothing. `None` for a film, or what else is not looked into.
    pub(super) fn of(path: &SourcePath, head: &[u8]) -> Option<Inside> {
        use imagesize::ImageType::{Heif, Jpeg, Png, Tiff, Webp};
        Some(match imagesize::image_type(head) {
            _ if head.starts_with(pdf::SIGNATURE) => Inside::Pdf,
            _ if head.starts_with(ZIP) => Inside::Zip,
            _ if head.starts_with(COMPOUND) => Inside::OldOffice,
            Ok(Jpeg | Png | Webp | Tiff | Heif(_)) => Inside::Picture,
            _ if PLAIN.contains(&path.extension().as_str()) => Inside::Plain,
            _ => return None,
        })
    }

    /// Looks into a file of so many bytes.
    pub(super) fn look(self, file: impl Read + Seek + Send + UnwindSafe + 'static, size: u64) -> io::Result<Facts> {
        let (pdf, traces) = match self {
            Inside::Pdf if size > pdf::MAX_PDF_BYTES => (Some(PdfFacts::TooLarge), too_large()),
            Inside::Pdf => {
                let (facts, traces) = pdf::probe(whole(file, pdf::MAX_PDF_BYTES)?);
                (Some(facts), traces)
            }
            Inside::Zip if size > office::MAX_OFFICE_BYTES => (None, too_large()),
            Inside::Plain | Inside::OldOffice if size > MAX_PLAIN_BYTES => (None, too_large()),
            Inside::Zip => (None, in_time(move || office::look(file))),
            Inside::Picture => (None, in_time(move || picture::look(BufReader::new(file)))),
            Inside::Plain => {
                let bytes = whole(file, MAX_PLAIN_BYTES)?;
                (None, in_time(move || plain(&bytes)))
            }
            Inside::OldOffice => {
                let bytes = whole(file, MAX_PLAIN_BYTES)?;
                (None, in_time(move || old_office(&bytes)))
            }
        };
        Ok(Facts { pdf, traces: Arc::new(traces) })
    }
}

fn too_large() -> Traces {
    Traces { is_cut: true, ..Traces::default() }
}

fn in_time(work: impl FnOnce() -> Traces + Send + UnwindSafe + 'static) -> Traces {
    let answers = bounded::start(move |say| say(work()));
    answers.next().unwrap_or_else(|| Traces { is_late: true, ..Traces::default() })
}

fn whole(mut file: impl Read + Seek, limit: u64) -> io::Result<Vec<u8>> {
    let size = file.seek(SeekFrom::End(0))?.min(limit);
    // One more, for the end of the file is seen by reading on.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    file.seek(SeekFrom::Start(0))?;
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Text in UTF-8, in UTF-16 with its mark, or as Windows in Thai wrote it.
fn plain(bytes: &[u8]) -> Traces {
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = encoding.unwrap_or(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_874 });
    let mut traces = Traces::default();
    traces.read(&encoding.decode(bytes).0, None);
    traces
}

/// Old Office keeps text in pieces, each in UTF-16 or in the letters of Windows; what lies between them is skipped.
fn old_office(bytes: &[u8]) -> Traces {
    let mut traces = Traces::default();
    for encoding in [UTF_16LE, WINDOWS_874] {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        traces.read(&text, None);
    }
    traces
}
