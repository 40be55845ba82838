//! Stage 6, publish: makes the output folder equal to `Output`, touching only what changed. The only place that writes the disk.

mod disk;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::render::{File, Output};
use crate::source::hex;
use disk::{Folder, Found};

/// The list of published files; written last, so that it never promises what is not there.
const MANIFEST: &str = "manifest.json";

/// The files a publish is about to write; lets the next run tell its own leftovers from foreign files.
const PENDING: &str = ".prongsai-pending.json";

/// Held while publishing, so that two builds never write at once.
const LOCK: &str = ".prongsai-lock";

/// The program's own folder inside the site folder, for what it wants to know the next time.
const ASIDE: &str = ".prongsai";

/// Largest file of that folder that is read, in bytes.
const MAX_ASIDE_BYTES: u64 = 32 * 1024 * 1024;

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
}

/// A published file, as `manifest.json` lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// Size in bytes.
    size: u64,
    /// SHA-256 in hexadecimal.
    sha256: String,
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

/// Makes `public` equal to `output`; copies come from the site folder `root`.
///
/// New files are written first, for nothing links to them yet; then files are replaced, each by renaming a complete one over it; then
/// the manifest; deletions last. A run that was interrupted is completed by the next. Files of others in `public` stay.
///
/// # Errors
/// When the disk fails, another build is publishing, or a foreign file stands where one is to be written.
pub fn publish(output: &Output, root: &Path, public: &Path) -> io::Result<Published> {
    let folder = Folder::open(public)?;
    let _lock = folder.lock(LOCK)?;
    let before = match folder.read_json::<Manifest>(MANIFEST)? {
        Found::Ours(manifest) => manifest,
        Found::Nothing => Manifest::default(),
        Found::Foreign => return Err(foreign(public, MANIFEST)),
    };
    let pending = match folder.read_json::<Manifest>(PENDING)? {
        Found::Ours(manifest) => manifest,
        Found::Nothing | Found::Foreign => Manifest::default(),
    };
    let mut after = Manifest::default();
    let (mut new, mut changed, mut n_same) = (Vec::new(), Vec::new(), 0);
    for (path, file) in &output.files {
        if !is_inside(path) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{path}: outside the output folder")));
        }
        let entry = entry(file, root)?;
        match folder.entry(path)? {
            None => new.push(path),
            Some(known) if known == entry => n_same += 1,
            Some(_) if before.files.contains_key(path) || pending.files.contains_key(path) => changed.push(path),
            Some(_) => return Err(foreign(public, path)),
        }
        after.files.insert(path.clone(), entry);
    }
    // Only what is still as we wrote it: a file that somebody changed since is theirs.
    let mut gone: BTreeSet<&String> = BTreeSet::new();
    for (path, known) in before.files.iter().chain(&pending.files) {
        if is_inside(path) && !after.files.contains_key(path) && folder.entry(path)?.as_ref() == Some(known) {
            gone.insert(path);
        }
    }
    let published = Published { n_new: new.len(), n_changed: changed.len(), n_same, n_removed: gone.len() };
    if new.is_empty() && changed.is_empty() && gone.is_empty() && before.files == after.files && pending.files.is_empty() {
        return Ok(published);
    }
    folder.write_json(PENDING, &everything(&after, &before, &pending))?;
    for path in new.iter().chain(&changed) {
        match &output.files[*path] {
            File::Bytes(bytes) => folder.write(path, bytes)?,
            File::CopyOf(source) => folder.copy(path, &root.join(source.as_str()))?,
        }
    }
    folder.sync()?;
    folder.write_json(MANIFEST, &after)?;
    for path in gone {
        folder.remove(path)?;
    }
    folder.remove(PENDING)?;
    Ok(published)
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
    let folder = Folder::of_site(root);
    folder.write(&format!("{ASIDE}/.gitignore"), b"*\n")?;
    folder.write(&format!("{ASIDE}/{name}"), bytes)
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

/// All files that are ours while this publish goes on: those to come, those to go, and what an interrupted one left.
fn everything(after: &Manifest, before: &Manifest, pending: &Manifest) -> Manifest {
    let mut files = pending.files.clone();
    files.extend(before.files.clone());
    files.extend(after.files.clone());
    Manifest { generator: Generator::Prongsai, files }
}

fn entry(file: &File, root: &Path) -> io::Result<Entry> {
    match file {
        File::Bytes(bytes) => Ok(Entry { size: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) }),
        File::CopyOf(source) => disk::entry_of(&root.join(source.as_str())),
    }
}

/// Whether a path stays below the output folder.
fn is_inside(path: &str) -> bool {
    !path.contains('\\') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn foreign(public: &Path, path: &str) -> io::Error {
    let path = public.join(path);
    let path = path.display();
    io::Error::new(
        io::ErrorKind::AlreadyExists,
        format!(
            "มีไฟล์ที่ prongsai ไม่ได้สร้างอยู่ที่ {path} ย้ายไฟล์นั้นออกก่อน / a file that prongsai did not make is at {path}; move it away first"
        ),
    )
}
