//! Stage 1, discover: the site folder on disk → `Sources` in memory.

pub mod bounded;
mod checksum;
mod discover;
mod fingerprint;
mod inside;
mod known;
mod named;
mod office;
mod path;
pub mod pdf;
pub mod photo;
mod picture;
mod sample;
pub mod stamp;
pub mod traces;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use inside::{Facts, Inside};
use jiff::civil::Date;

pub(crate) use checksum::hex;
pub use checksum::{sha256, sha256_of};
pub(crate) use discover::FOLDERS;
pub use discover::{DiskProblem, Memory, discover, discover_again};
pub use fingerprint::Fingerprint;
pub use named::read_named;
pub use path::SourcePath;
pub use pdf::PdfFacts;
pub use photo::{Photo, Portrait};
pub use stamp::Stamp;
pub use traces::Traces;

/// Where the site folder keeps what was published when; written by `publish`.
pub const HISTORY: &str = "content/history.jsonl";

/// Largest history that is read, in bytes: some hundred thousand changes.
pub const MAX_HISTORY_BYTES: u64 = 256 * 1024 * 1024;

/// Largest Markdown, TOML or template file that is read, in bytes.
pub const MAX_TEXT_BYTES: u64 = 2 * 1024 * 1024;

/// How much of an attachment is read: enough for its type and the size of a picture, in bytes.
pub const ASSET_HEAD_BYTES: u64 = 256 * 1024;

/// The folder of the people whose photos become portraits.
const PEOPLE: &str = "content/executives";

/// Everything a build reads: the files of `content/` and `themes/`, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: BTreeMap<SourcePath, Arc<Source>>,
    problems: Vec<(SourcePath, DiskProblem)>,
    checksums: BTreeMap<SourcePath, String>,
    photos: BTreeMap<SourcePath, Arc<Photo>>,
    history: Option<Arc<[u8]>>,
    /// The day on which the site is published.
    today: Option<Date>,
}

/// One file as it was read.
#[derive(Debug, Clone)]
pub enum Source {
    /// A file for people to write: `.md`, `.toml`, and a theme's `.html`, `.css`, `.svg`, `.xml`, `.txt`.
    Text {
        /// Text without byte order mark, line ends made `\n`; what is not UTF-8 is replaced by U+FFFD.
        text: Arc<str>,
        /// Byte offset of the first byte that is not UTF-8.
        invalid_at: Option<usize>,
    },
    /// A picture, PDF or other file beside a document; copied, never held in memory as a whole.
    Asset {
        /// Size of the whole file in bytes.
        size: u64,
        /// The first [`ASSET_HEAD_BYTES`] bytes.
        head: Vec<u8>,
        /// What was found in the whole of it, when it starts as a PDF does.
        pdf: Option<PdfFacts>,
        /// What it says of people.
        traces: Arc<Traces>,
    },
}

impl Sources {
    /// Sources made of a text: `-- path --` lines, each followed by the file's text.
    ///
    /// A note after the path stands for what a text cannot show: `(not utf-8)`, `(5 MB)`, `(unreadable)`, `(symlink loop)`,
    /// `(link out)`, `(directory)`, `(png)`; `(pdf)` and `(pdf 3 pages)` have text, `(scanned pdf)` is a picture, `(locked pdf)` needs a
    /// password, `(signed pdf)` names its author, `(located jpg)` says where it was taken, `(long zip)` lists more files than are
    /// looked through. Attachments get the bytes of their text. Used by rule examples and tests, which never touch the disk.
    pub fn from_fixture(fixture: &str) -> Sources {
        let mut sources = Sources::default();
        let mut current: Option<(String, String)> = None;
        for line in fixture.trim_start_matches('\n').split_inclusive('\n') {
            let header = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
            match (header, &mut current) {
                (Some(path), _) => {
                    if let Some((path, text)) = current.replace((path.to_owned(), String::new())) {
                        sources.insert_fixture(&path, &text);
                    }
                }
                (None, Some((_, text))) => text.push_str(line),
                (None, None) => {}
            }
        }
        if let Some((path, text)) = current {
            sources.insert_fixture(&path, &text);
        }
        sources
    }

    fn insert_fixture(&mut self, header: &str, text: &str) {
        let (path, note) = header.split_once(" (").map_or((header, ""), |(path, note)| (path, note.trim_end_matches(')')));
        let path = SourcePath::new(path);
        let problem = match note {
            "5 MB" => DiskProblem::TooLarge(5 * 1024 * 1024),
            "unreadable" => DiskProblem::Unreadable("Permission denied".to_owned()),
            "symlink loop" => DiskProblem::SymlinkLoop,
            "link out" => DiskProblem::Outside,
            "directory" => DiskProblem::NotAFile,
            "png" => return self.insert_bytes(path, sample::TINY_PNG),
            "pdf" => return self.insert_bytes(path, &sample::text_pdf(1)),
            "pdf 3 pages" => return self.insert_bytes(path, &sample::text_pdf(3)),
            "scanned pdf" => return self.insert_bytes(path, &sample::scanned_pdf()),
            "signed pdf" => return self.insert_bytes(path, &sample::signed_pdf()),
            "located jpg" => return self.insert_bytes(path, &sample::located_jpeg()),
            "long zip" => return self.insert_bytes(path, sample::LONG_ZIP),
            "locked pdf" => return self.insert_bytes(path, &sample::locked_pdf()),
            "not utf-8" => return self.insert_bytes(path, &[text.as_bytes(), b"\xff\n"].concat()),
            _ => return self.insert_bytes(path, text.as_bytes()),
        };
        self.problems.push((path, problem));
    }

    /// Adds a file from its bytes, as `discover` would have read it.
    pub fn insert_bytes(&mut self, path: SourcePath, bytes: &[u8]) {
        if path.as_str() == HISTORY {
            self.history = Some(bytes.into());
            return;
        }
        if path.is_under("themes") || !path.is_text() {
            self.checksums.insert(path.clone(), sha256_of(bytes));
        }
        let source = if path.is_text() {
            discover::decode(bytes)
        } else {
            let head = bytes.len().min(usize::try_from(ASSET_HEAD_BYTES).unwrap_or(usize::MAX));
            let size = bytes.len() as u64;
            let inside = Inside::of(&path, bytes).and_then(|inside| inside.look(Cursor::new(bytes.to_vec()), size).ok());
            let Facts { pdf, traces } = inside.unwrap_or_default();
            if path.is_under(PEOPLE) && photo::is_picture(bytes) {
                self.photos.insert(path.clone(), Arc::new(photo::make(bytes)));
            }
            Source::Asset { size, head: bytes[..head].to_vec(), pdf, traces }
        };
        self.files.insert(path, Arc::new(source));
    }

    /// Files whose path starts with `folder/`, in order of path.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a SourcePath, &'a Source)> {
        self.shared(folder).map(|(path, source)| (path, &**source))
    }

    /// The same, to be held on to.
    pub(crate) fn shared<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a SourcePath, &'a Arc<Source>)> {
        let first = SourcePath::new(&format!("{folder}/"));
        self.files.range(first..).take_while(move |(path, _)| path.is_under(folder))
    }

    /// The file at `path`.
    pub fn get(&self, path: &SourcePath) -> Option<&Source> {
        self.files.get(path).map(Arc::as_ref)
    }

    /// The text of the file at `path`, when it is a text file.
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        match &**self.files.get(path)? {
            Source::Text { text, .. } => Some(text),
            Source::Asset { .. } => None,
        }
    }

    /// The same on the day on which they are published, which the history notes. Without one, nothing is added to it.
    #[must_use]
    pub fn published_on(mut self, day: Date) -> Sources {
        self.today = Some(day);
        self
    }

    /// The day on which the site is published.
    pub fn today(&self) -> Option<Date> {
        self.today
    }

    /// What was published when, as it is written; `None` when there is nothing yet.
    pub fn history(&self) -> Option<&Arc<[u8]>> {
        self.history.as_ref()
    }

    /// SHA-256 of an attachment or of a theme's file, in hexadecimal.
    pub fn checksum(&self, path: &SourcePath) -> Option<&str> {
        self.checksums.get(path).map(String::as_str)
    }

    /// What was made of a picture; known of those that a document of an executive names.
    pub fn photo(&self, path: &SourcePath) -> Option<&Arc<Photo>> {
        self.photos.get(path)
    }

    /// What could not be read, and why.
    pub fn problems(&self) -> &[(SourcePath, DiskProblem)] {
        &self.problems
    }
}
