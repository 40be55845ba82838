//! Walks the site folder: the only place that reads the disk.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use walkdir::{DirEntry, WalkDir};

use super::inside::{Facts, Inside};
use super::known::Known;
use super::{
    ASSET_HEAD_BYTES, HISTORY, MAX_HISTORY_BYTES, MAX_TEXT_BYTES, PEOPLE, Photo, Source, SourcePath, Sources, checksum, pdf,
    photo,
};

/// The folders of a site that a build reads.
pub(crate) const FOLDERS: [&str; 2] = ["content", "themes"];

/// First bytes of a JPEG file (ISO/IEC 10918-1: start of image, marker).
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];

/// How much of a PDF is kept: readers accept some bytes before its mark.
const PDF_HEAD_BYTES: u64 = 1024;

/// How much more of a JPEG is read when its size does not come early, in bytes.
const MAX_PHOTO_HEAD_BYTES: u64 = 16 * 1024 * 1024;

/// Photos that are open at the same time; it bounds the memory that they take.
const MAX_PHOTOS_AT_ONCE: usize = 4;

/// Why a path of the site folder could not be read; reported by `parse`, so the other files are still checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiskProblem {
    /// A link that leads back to a folder above it.
    SymlinkLoop,
    /// A directory, pipe or device where a file is expected.
    NotAFile,
    /// A text file larger than [`MAX_TEXT_BYTES`]; its size in bytes.
    TooLarge(u64),
    /// A link that leads out of `content/` and `themes/`.
    Outside,
    /// The system's own words.
    Unreadable(String),
    /// A file name that is not UTF-8, or has a `\` in it.
    NameNotUtf8,
}

/// What a caller that discovers again and again keeps between. What is found does not depend on it.
#[derive(Debug, Default)]
pub struct Memory {
    known: Known,
    /// What was found last.
    sources: Option<Sources>,
}

impl Memory {
    /// What [`Memory::to_bytes`] gave in an earlier run; nothing when it cannot be read.
    pub fn from_bytes(bytes: &[u8]) -> Memory {
        Memory { known: Known::from_bytes(bytes), sources: None }
    }

    /// What is worth keeping for another run: what was found inside attachments and made of photos. `None` when nothing is new.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        self.known.to_bytes()
    }
}

/// Reads `content/` and `themes/` of the site folder `root`.
///
/// Files that cannot be read become [`DiskProblem`]s. Files of editors and systems (`.git`, `Thumbs.db`, `~$plan.docx`) are skipped.
///
/// # Errors
/// When `root` has no `content/` folder that can be listed.
pub fn discover(root: &Path) -> io::Result<Sources> {
    read_all(root, &mut Known::default())
}

/// The same for a caller that does it again and again. `changed` names the files that may have changed since the last time; with `None`
/// any may. Where they are documents, only they are read; photos that did not change are not decoded anew.
///
/// # Errors
/// When `root` has no `content/` folder that can be listed.
pub fn discover_again<'a>(root: &Path, changed: Option<&[PathBuf]>, memory: &'a mut Memory) -> io::Result<&'a Sources> {
    let known = memory.sources.take().zip(changed).and_then(|(sources, changed)| read_changed(root, changed, sources));
    let sources = match known {
        Some(sources) => sources,
        None => read_all(root, &mut memory.known)?,
    };
    Ok(memory.sources.insert(sources))
}

#[expect(clippy::disallowed_methods, reason = "discover is the stage that reads the disk")]
fn read_all(root: &Path, known: &mut Known) -> io::Result<Sources> {
    known.start();
    let mut sources = Sources::default();
    std::fs::read_dir(root.join("content"))?;
    for folder in FOLDERS {
        walk(root, folder, known, &mut sources);
    }
    sources.checksums.extend(checksum::of_attachments(root, &sources, known));
    read_history(root, &mut sources);
    read_photos(root, known, &mut sources);
    Ok(sources)
}

/// Reads documents that were there before and still are; `None` when something else changed, on which other files may depend.
#[expect(clippy::disallowed_methods, reason = "discover is the stage that reads the disk")]
fn read_changed(root: &Path, changed: &[PathBuf], mut sources: Sources) -> Option<Sources> {
    let folders = real_folders(root);
    let read = |file: &PathBuf| {
        let path = source_path(root, file).filter(|path| path.is_under("content") && path.is_text() && !path.is_under(PEOPLE))?;
        let is_plain = sources.files.contains_key(&path) && !path.is_under("content/submissions") && !is_outside(&folders, file);
        is_plain.then(|| read_file(file, &path, &Known::default()).ok()?.ok()).flatten().map(|source| (path, Arc::new(source)))
    };
    // An editor may write beside a file and rename: what is gone again and was never known is nothing.
    let is_nothing = |file: &&PathBuf| {
        std::fs::symlink_metadata(file).is_err() && source_path(root, file).is_some_and(|path| !sources.files.contains_key(&path))
    };
    let read: Option<Vec<_>> = changed.iter().filter(|file| !is_nothing(file)).map(read).collect();
    sources.files.extend(read?);
    Some(sources)
}

/// Text of a file: UTF-8 with or without byte order mark, any line ends.
pub(super) fn decode(bytes: &[u8]) -> Source {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (text, invalid) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), None),
        Err(error) => (String::from_utf8_lossy(bytes), Some(error.valid_up_to())),
    };
    // Windows writes \r\n. Places are given by line and column, which do not change.
    let invalid_at = invalid.map(|at| at - text[..at].matches("\r\n").count());
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { Arc::from(&*text) };
    Source::Text { text, invalid_at }
}

/// Something in a folder that is not read.
pub(super) enum Unread {
    /// What the walk says.
    Failed(walkdir::Error),
    /// A link that leads out of the folders that are read: what is there was not meant to be published.
    Outside(PathBuf),
}

/// Everything in a folder of the site, in order of name; nothing when it is not there. Links are followed where they
/// lead to another place of the folders that are read.
#[expect(clippy::disallowed_methods, reason = "discover is the stage that reads the disk")]
pub(super) fn entries(root: &Path, folder: &str) -> impl Iterator<Item = Result<DirEntry, Unread>> + use<> {
    let real = real_folders(root);
    let folder = root.join(folder);
    let walk = folder.is_dir().then(|| WalkDir::new(folder).follow_links(true).sort_by_file_name());
    let mut walk = walk.map(|walk| walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !is_clutter(entry)));
    std::iter::from_fn(move || {
        let entry = match walk.as_mut()?.next()? {
            Ok(entry) => entry,
            Err(error) => return Some(Err(Unread::Failed(error))),
        };
        if entry.path_is_symlink() && is_outside(&real, entry.path()) {
            if entry.file_type().is_dir() {
                walk.as_mut()?.skip_current_dir();
            }
            return Some(Err(Unread::Outside(entry.into_path())));
        }
        Some(Ok(entry))
    })
}

/// Where the folders that are read really are; one that is elsewhere than in the site folder is none of them.
fn real_folders(root: &Path) -> Vec<PathBuf> {
    let Ok(root) = std::fs::canonicalize(root) else { return Vec::new() };
    let real = FOLDERS.iter().filter_map(|folder| std::fs::canonicalize(root.join(folder)).ok());
    real.filter(|folder| folder.starts_with(&root)).collect()
}

fn is_outside(real: &[PathBuf], path: &Path) -> bool {
    std::fs::canonicalize(path).map_or(true, |path| !real.iter().any(|folder| path.starts_with(folder)))
}

fn walk(root: &Path, folder: &str, known: &Known, sources: &mut Sources) {
    let mut files: Vec<(PathBuf, SourcePath)> = Vec::new();
    for entry in entries(root, folder) {
        match entry {
            Ok(entry) => files.extend(file_at(root, entry, sources)),
            Err(Unread::Outside(path)) => {
                let path = source_path(root, &path).unwrap_or_else(|| SourcePath::new(folder));
                sources.problems.push((path, DiskProblem::Outside));
            }
            Err(Unread::Failed(error)) => {
                let path = error.path().and_then(|path| source_path(root, path)).unwrap_or_else(|| SourcePath::new(folder));
                let problem = if error.loop_ancestor().is_some() {
                    DiskProblem::SymlinkLoop
                } else {
                    let io = error.into_io_error();
                    // A link to itself: the system counts links and gives up (ELOOP).
                    match io.as_ref().and_then(io::Error::raw_os_error) {
                        Some(40) if cfg!(target_os = "linux") => DiskProblem::SymlinkLoop,
                        Some(62) if cfg!(target_os = "macos") => DiskProblem::SymlinkLoop,
                        _ => DiskProblem::Unreadable(io.map_or_else(String::new, |io| io.to_string())),
                    }
                };
                sources.problems.push((path, problem));
            }
        }
    }
    let read = |(file, path): &(PathBuf, SourcePath)| read_file(file, path, known);
    let read: Vec<_> = files.par_iter().map(read).collect();
    for ((_, path), source) in files.into_iter().zip(read) {
        match source {
            Ok(Ok(source)) => drop(sources.files.insert(path, Arc::new(source))),
            Ok(Err(problem)) => sources.problems.push((path, problem)),
            Err(error) => sources.problems.push((path, DiskProblem::Unreadable(error.to_string()))),
        }
    }
}

/// The file that an entry is; what is none is a problem, or a folder.
fn file_at(root: &Path, entry: DirEntry, sources: &mut Sources) -> Option<(PathBuf, SourcePath)> {
    let Some(path) = source_path(root, entry.path()) else {
        let shown = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_string_lossy();
        sources.problems.push((SourcePath::new(&shown), DiskProblem::NameNotUtf8));
        return None;
    };
    let kind = entry.file_type();
    if path.as_str() == HISTORY {
        return None;
    }
    if kind.is_file() {
        return Some((entry.into_path(), path));
    }
    if !kind.is_dir() || path.is_text() {
        sources.problems.push((path, DiskProblem::NotAFile));
    }
    None
}

#[expect(clippy::disallowed_methods, reason = "discover is the stage that reads the disk")]
fn read_file(file: &Path, path: &SourcePath, known: &Known) -> io::Result<Result<Source, DiskProblem>> {
    let file = File::open(file)?;
    let data = file.metadata()?;
    let size = data.len();
    if path.is_text() && size > MAX_TEXT_BYTES {
        return Ok(Err(DiskProblem::TooLarge(size)));
    }
    // Room for all of it, so that the system is asked twice and not ten times.
    let limit = if path.is_text() { MAX_TEXT_BYTES } else { PDF_HEAD_BYTES };
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(limit)).unwrap_or_default() + 1);
    if path.is_text() {
        file.take(MAX_TEXT_BYTES).read_to_end(&mut bytes)?;
        return Ok(Ok(decode(&bytes)));
    }
    (&file).take(PDF_HEAD_BYTES).read_to_end(&mut bytes)?;
    if !bytes.starts_with(pdf::SIGNATURE) {
        (&file).take(ASSET_HEAD_BYTES - PDF_HEAD_BYTES).read_to_end(&mut bytes)?;
    }
    // A phone may put a preview of a megabyte before the size of its photo.
    if bytes.starts_with(JPEG) && imagesize::blob_size(&bytes).is_err() {
        (&file).take(MAX_PHOTO_HEAD_BYTES).read_to_end(&mut bytes)?;
    }
    let Facts { pdf, traces } = match Inside::of(path, &bytes) {
        Some(inside) => known.facts(path, &data, || inside.look(file, size))?,
        None => Facts::default(),
    };
    Ok(Ok(Source::Asset { size, head: bytes, pdf, traces }))
}

/// Reads what was published when.
#[expect(clippy::disallowed_methods, reason = "discover is the stage that reads the disk")]
fn read_history(root: &Path, sources: &mut Sources) {
    let read = || -> io::Result<Result<Vec<u8>, DiskProblem>> {
        let file = File::open(root.join(HISTORY))?;
        let size = file.metadata()?.len();
        let mut bytes = Vec::new();
        file.take(MAX_HISTORY_BYTES).read_to_end(&mut bytes)?;
        Ok(if size > MAX_HISTORY_BYTES { Err(DiskProblem::TooLarge(size)) } else { Ok(bytes) })
    };
    match read() {
        Ok(Ok(bytes)) => sources.history = Some(plain_lines(bytes).into()),
        Ok(Err(problem)) => sources.problems.push((SourcePath::new(HISTORY), problem)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => sources.problems.push((SourcePath::new(HISTORY), DiskProblem::Unreadable(error.to_string()))),
    }
}

/// The lines as they were written: git of Windows may check them out with `\r\n`, and editors add an empty line at the end. No line
/// has such bytes in it, for JSON writes them as `\\r` and `\\n`.
fn plain_lines(mut lines: Vec<u8>) -> Vec<u8> {
    if lines.contains(&b'\r') {
        lines.retain(|byte| *byte != b'\r');
    }
    while lines.ends_with(b"\n\n") || lines == b"\n" {
        lines.pop();
    }
    lines
}

/// Makes portraits of the photos of people, or takes those that were made before; the photos themselves are not kept.
fn read_photos(root: &Path, known: &Known, sources: &mut Sources) {
    for some in photos(sources).chunks(MAX_PHOTOS_AT_ONCE) {
        let made: Vec<_> = some.par_iter().map(|path| (path.clone(), read_photo(root, path, known))).collect();
        for (path, photo) in made {
            match photo {
                Ok(photo) => drop(sources.photos.insert(path, photo)),
                Err(error) => sources.problems.push((path, DiskProblem::Unreadable(error.to_string()))),
            }
        }
    }
}

/// The pictures that documents of executives name.
fn photos(sources: &Sources) -> Vec<SourcePath> {
    let texts: Vec<&str> = sources.under(PEOPLE).filter_map(|(path, _)| sources.text(path)).collect();
    // A name may be written with escapes: `\u0E01.jpg`.
    let is_named =
        |path: &SourcePath| texts.iter().any(|text| text.contains(path.name()) || text.contains("\\u") || text.contains("\\U"));
    let is_picture = |source: &Source| matches!(source, Source::Asset { head, .. } if photo::is_picture(head));
    let pictures = sources.under("content").filter(|(path, source)| is_picture(source) && is_named(path));
    pictures.map(|(path, _)| path.clone()).collect()
}

/// What was made of a photo. One that is too large is not read.
#[expect(clippy::disallowed_methods, reason = "discover is the stage that reads the disk")]
fn read_photo(root: &Path, path: &SourcePath, known: &Known) -> io::Result<Arc<Photo>> {
    let file = File::open(root.join(path.as_str()))?;
    let data = file.metadata()?;
    if data.len() > photo::MAX_PHOTO_BYTES {
        return Ok(Arc::new(Photo::TooLarge));
    }
    if let Some(photo) = known.photo(path, &data) {
        return Ok(photo);
    }
    let mut bytes = Vec::new();
    file.take(photo::MAX_PHOTO_BYTES).read_to_end(&mut bytes)?;
    let sum: [u8; 32] = Sha256::digest(&bytes).into();
    let photo = known.made(&sum).unwrap_or_else(|| Arc::new(photo::make(&bytes)));
    known.keep_photo(path, &data, sum, &photo);
    Ok(photo)
}

/// `None` for a name that is not UTF-8, or has a `\` where that is a letter: it would stand for a folder later.
fn source_path(root: &Path, path: &Path) -> Option<SourcePath> {
    let path = path.strip_prefix(root).ok()?.to_str()?;
    (cfg!(windows) || !path.contains('\\')).then(|| SourcePath::new(path))
}

fn is_clutter(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || name == "Thumbs.db" || name == "desktop.ini"
}
