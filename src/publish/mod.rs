//! Stage 6, publish: makes the output folder equal to `Output`, touching only what changed. The only place that writes the disk.

mod disk;
pub mod edits;
mod note;
mod places;
mod private;
mod problem;
mod seen;
mod stage;
pub mod verify;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diagnostic::text;
use crate::history::LOG;
use crate::history::sums::{self, MANIFEST};
use crate::render::{Entry, Output};
use crate::signing::Tool;
use crate::source::{Fingerprint, HISTORY, MAX_HISTORY_BYTES};
use disk::Folder;
pub use note::{read_note, write_note};
pub use private::{is_in_site, make_private_folder, write_private};
pub use problem::Problem;
pub use seen::Built;
use seen::Seen;
pub use stage::Stage;

/// The files a publish is about to write; lets the next run tell its own leftovers from foreign files.
const PENDING: &str = ".prongsai-pending.json";

/// Where files are until they are published, inside the output folder: only within one file system can they be moved.
const STAGE: &str = ".prongsai-stage";

/// Held while publishing, so that two builds never write at once.
const LOCK: &str = ".prongsai-lock";

/// The program's own folder inside the site folder, for what it wants to know the next time.
const ASIDE: &str = ".prongsai";

/// Largest list of checksums that is read, in bytes.
const MAX_SUMS_BYTES: u64 = 256 * 1024 * 1024;

/// Largest file of that folder that is read, in bytes.
const MAX_ASIDE_BYTES: u64 = 512 * 1024 * 1024;

/// What a publish did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Files that were not there before.
    pub n_new: usize,
    /// Files with new contents.
    pub n_changed: usize,
    /// Files left as they were.
    pub n_same: usize,
    /// Files that are gone.
    pub n_removed: usize,
    /// Whether there was a signature of what is not published any more; it was removed.
    pub lost_signature: bool,
}

/// The published files; `generator` tells our list from a `manifest.json` of somebody else.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    generator: Generator,
    files: BTreeMap<String, Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Generator {
    #[serde(rename = "prongsai")]
    Prongsai,
}

impl Default for Manifest {
    fn default() -> Manifest {
        Manifest { generator: Generator::Prongsai, files: BTreeMap::new() }
    }
}

/// All files that are ours while a publish goes on: those to come, those to go, and what interrupted ones left. A file that several of
/// them were to write may be as any of them made it.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Pending {
    files: BTreeMap<String, Vec<Entry>>,
}

impl Pending {
    /// The same for the next publish.
    fn with(&self, after: &Manifest, before: &Manifest) -> Pending {
        let mut files = self.files.clone();
        for (path, entry) in before.files.iter().chain(&after.files) {
            let all = files.entry(path.clone()).or_default();
            if !all.contains(entry) {
                all.push(entry.clone());
            }
        }
        Pending { files }
    }
}

/// Makes `public` equal to `output`, which is all in memory; copies come from the site folder `root`. See [`Stage::publish`].
///
/// # Errors
/// When the disk fails, another build is publishing, or a foreign file stands where one is to be written.
pub fn publish(output: &Output, root: &Path, public: &Path) -> io::Result<Published> {
    Stage::open(root, public)?.publish(output, None)
}

/// What was published last in `public` by the site folder `root`, when it was built of `inputs` and is still as it was written: how
/// many files, and what was said of it. Nothing is written, so other builds need not wait.
pub fn unchanged(root: &Path, public: &Path, inputs: Fingerprint) -> Option<(Published, Built)> {
    let folder = Folder::of_site(public);
    let is_whole = || !folder.has(PENDING) && !folder.has(STAGE);
    let (n_same, built) = is_whole().then(|| Seen::read(root).unchanged(root, &folder, inputs))??;
    Some((Published { n_new: 0, n_changed: 0, n_same, n_removed: 0, lost_signature: false }, built))
}

/// What a file of the program's own folder inside the site folder holds; `None` when it cannot be read.
pub fn read_aside(root: &Path, name: &str) -> Option<Vec<u8>> {
    Folder::of_site(root).read(&format!("{ASIDE}/{name}"), MAX_ASIDE_BYTES).ok()
}

/// Writes a file of the program's own folder inside the site folder, whole or not at all. It is no part of the site, and the folder
/// tells git so.
///
/// # Errors
/// When the disk fails, or the folder is a link.
pub fn write_aside(root: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    with_aside(root)?.write(&format!("{ASIDE}/{name}"), bytes)
}

/// The site folder, with the program's own folder in it.
fn with_aside(root: &Path) -> io::Result<Folder> {
    let folder = Folder::of_site(root);
    folder.write(&format!("{ASIDE}/.gitignore"), b"*\n")?;
    Ok(folder)
}

/// Writes a file that the user asked for, whole or not at all; one of that name is replaced.
///
/// # Errors
/// When the disk fails.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().and_then(|name| name.to_str()).ok_or(io::ErrorKind::InvalidFilename)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Folder::of_site(folder).write(name, bytes)
}

/// Signs the list of what is published in `public`: `sign` makes the signature file of its bytes, which is put beside it.
///
/// # Errors
/// When the disk fails, nothing is published yet, another build is publishing, or `sign` fails.
pub fn sign(public: &Path, tool: Tool, sign: impl FnOnce(&[u8]) -> io::Result<String>) -> io::Result<()> {
    let folder = Folder::of_site(public);
    let list = folder.read(sums::FILE, MAX_SUMS_BYTES)?;
    let _lock = folder.lock(LOCK)?;
    folder.write(&signature(tool), sign(&list)?.as_bytes())
}

/// The name of the signature of a tool.
pub fn signature(tool: Tool) -> String {
    format!("{}.{}", sums::FILE, tool.extension())
}

/// The lines of `SHA256SUMS`: all published files, and the list of them.
fn sums_of(manifest: &Manifest) -> io::Result<String> {
    let list = Entry::of(&disk::json(manifest)?).sha256;
    let files = manifest.files.iter().map(|(path, entry)| (path.as_str(), entry.sha256.as_str()));
    let mut all: BTreeMap<&str, &str> = files.collect();
    all.insert(MANIFEST, &list);
    Ok(sums::write(all.into_iter()))
}

/// Names in the output folder that are ours, though no list has them.
fn unlisted() -> impl Iterator<Item = String> {
    [MANIFEST, sums::FILE].into_iter().map(str::to_owned).chain(Tool::ALL.map(signature))
}

/// Whether the history of a site folder goes on where the one published in `public` stops; it does when nothing is published.
pub fn history_goes_on(public: &Path, now: &[u8]) -> bool {
    Folder::of_site(public).read(LOG, MAX_HISTORY_BYTES).map_or(true, |published| now.starts_with(&published))
}

/// Whether a history goes on where another stopped. What was published once is never taken back.
fn goes_on(published: &[u8], now: &[u8]) -> io::Result<()> {
    if now.starts_with(published) {
        return Ok(());
    }
    let words = text!(
        th: "{HISTORY} ไม่ต่อจากประวัติที่เผยแพร่แล้ว ให้คัดลอก public/{LOG} ไปทับ {HISTORY} แล้วสั่งใหม่",
        en: "{HISTORY} does not go on where the published history stops; copy public/{LOG} over {HISTORY} and build again"
    );
    Err(Problem::error(io::ErrorKind::InvalidData, words))
}

/// Whether a path stays below the output folder.
fn is_below(path: &str) -> bool {
    !path.contains('\\') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Whether a path stays below the output folder, and is none of the names that the publisher has for itself.
fn is_inside(path: &str) -> bool {
    let is_own = |first: &str| [PENDING, STAGE, LOCK].contains(&first) || unlisted().any(|name| name == first);
    is_below(path) && !path.split('/').next().is_some_and(is_own)
}

fn foreign(public: &Path, path: &str) -> io::Error {
    let path = public.join(path);
    let path = path.display();
    let words = text!(
        th: "มีไฟล์ที่ prongsai ไม่ได้สร้างอยู่ที่ {path} ย้ายไฟล์นั้นออกก่อน",
        en: "a file that prongsai did not make is at {path}; move it away first"
    );
    Problem::error(io::ErrorKind::AlreadyExists, words)
}
