//! Changes of content files, all or none, which can be taken back: what `new`, `import`, `year` and the studio do.
#![expect(clippy::disallowed_methods, reason = "publish is the stage that writes the disk")]

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk::{Folder, Lock};
use super::{ASIDE, Problem};
use crate::diagnostic::{Text, text};
use crate::source::{SourcePath, sha256_of};

/// Where what was before is kept, inside the program's own folder.
const UNDO: &str = "undo";

/// How many of the last sets of changes can be taken back.
const N_KEPT: usize = 50;

/// Largest file that is changed, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A file that is made, changed or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where, seen from the site folder.
    pub path: SourcePath,
    /// What has to be there, for else somebody else changed it meanwhile; `None` when nothing is to be there.
    pub before: Option<Vec<u8>>,
    /// What is there afterwards; `None` to remove it.
    pub after: Option<Vec<u8>>,
}

/// A file that is not as it was when the change was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict(pub SourcePath);

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// What had been done.
    pub what: Text,
    /// The files that are now as they were before it.
    pub paths: Vec<SourcePath>,
}

/// What is kept of a set of changes.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    what: Text,
    files: Vec<Kept>,
}

/// What is kept of a change; the bytes of before lie beside, under the number of the change.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    path: String,
    had: Option<String>,
    has: Option<String>,
}

/// The bytes of a file of the site folder; `None` when it is not there.
///
/// # Errors
/// When the disk fails, or a link stands where the file or a folder of it is to be.
pub fn read_source(root: &Path, path: &SourcePath) -> io::Result<Option<Vec<u8>>> {
    check_place(root, path)?;
    match Folder::of_site(root).read(path.as_str(), MAX_BYTES) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(super::disk::at(&error, &root.join(path.as_str()))),
    }
}

/// Carries changes out, when every file is as it was when they were made; what was before can be brought back with [`undo`].
///
/// # Errors
/// When the disk fails, or a file is read-only. Then all is as it was, or what was done already can be taken back.
pub fn carry_out(root: &Path, what: &Text, changes: &[Change]) -> io::Result<Result<(), Conflict>> {
    let folder = Folder::of_site(root);
    let _lock = lock(&folder)?;
    let changes: Vec<&Change> = changes.iter().filter(|change| change.before != change.after).collect();
    for change in &changes {
        check_writable(root, &change.path)?;
        if read_source(root, &change.path)? != change.before {
            return Ok(Err(Conflict(change.path.clone())));
        }
    }
    if changes.is_empty() {
        return Ok(Ok(()));
    }
    let kept = keep(&folder, what, &changes)?;
    for (number, change) in changes.iter().enumerate() {
        if let Err(error) = put(&folder, &change.path, change.after.as_deref()) {
            // Nothing was done that could be taken back, unless the disk does not even let us do that.
            let is_back = changes[..number].iter().all(|done| put(&folder, &done.path, done.before.as_deref()).is_ok());
            if is_back {
                folder.remove_tree(&kept)?;
            }
            return Err(error);
        }
    }
    Ok(Ok(()))
}

/// Takes the last set of changes back, when no file was changed since; `None` when there is none to take back.
///
/// # Errors
/// When the disk fails.
pub fn undo(root: &Path) -> io::Result<Option<Result<Undone, Conflict>>> {
    let folder = Folder::of_site(root);
    let _lock = lock(&folder)?;
    let Some((name, entry)) = last(root)? else { return Ok(None) };
    let mut files = Vec::new();
    for (number, kept) in entry.files.iter().enumerate() {
        let path = SourcePath::new(&kept.path);
        let now = read_source(root, &path)?.map(|bytes| sha256_of(&bytes));
        // A set that was interrupted half-way left some as they were.
        if now != kept.has && now != kept.had {
            return Ok(Some(Err(Conflict(path))));
        }
        let had = match kept.had {
            Some(_) => Some(folder.read(&format!("{ASIDE}/{UNDO}/{name}/{number}"), MAX_BYTES)?),
            None => None,
        };
        check_writable(root, &path)?;
        files.push((path, now != kept.had, had));
    }
    for (path, is_other, had) in &files {
        if *is_other {
            put(&folder, path, had.as_deref())?;
        }
    }
    folder.remove_tree(&format!("{ASIDE}/{UNDO}/{name}"))?;
    Ok(Some(Ok(Undone { what: entry.what, paths: files.into_iter().map(|(path, ..)| path).collect() })))
}

/// What [`undo`] would take back.
pub fn to_undo(root: &Path) -> Option<Text> {
    last(root).ok().flatten().map(|(_, entry)| entry.what)
}

fn lock(folder: &Folder) -> io::Result<Lock> {
    folder.write(&format!("{ASIDE}/.gitignore"), b"*\n")?;
    folder.lock(&format!("{ASIDE}/edits.lock"))
}

fn put(folder: &Folder, path: &SourcePath, bytes: Option<&[u8]>) -> io::Result<()> {
    match bytes {
        Some(bytes) => folder.write_over(path.as_str(), bytes),
        None if folder.has(path.as_str()) => folder.remove(path.as_str()),
        None => Ok(()),
    }
}

/// Keeps what is before the changes, and says where.
fn keep(folder: &Folder, what: &Text, changes: &[&Change]) -> io::Result<String> {
    let names = names(folder.path())?;
    let next = names.last().and_then(|name| name.parse::<u64>().ok()).unwrap_or(0) + 1;
    let place = format!("{ASIDE}/{UNDO}/{next:08}");
    let sum = |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|bytes| sha256_of(bytes));
    let mut files = Vec::new();
    for (number, change) in changes.iter().enumerate() {
        if let Some(bytes) = &change.before {
            folder.write(&format!("{place}/{number}"), bytes)?;
        }
        files.push(Kept { path: change.path.to_string(), had: sum(&change.before), has: sum(&change.after) });
    }
    // Last, for without it the folder counts for nothing.
    folder.write(&format!("{place}/entry.json"), &super::disk::json(&Entry { what: what.clone(), files })?)?;
    for old in names.iter().rev().skip(N_KEPT - 1) {
        folder.remove_tree(&format!("{ASIDE}/{UNDO}/{old}"))?;
    }
    Ok(place)
}

fn names(root: &Path) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = match fs::read_dir(root.join(ASIDE).join(UNDO)) {
        Ok(entries) => entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    names.retain(|name| name.len() == 8 && name.bytes().all(|byte| byte.is_ascii_digit()));
    names.sort();
    Ok(names)
}

fn last(root: &Path) -> io::Result<Option<(String, Entry)>> {
    let folder = Folder::of_site(root);
    let read = |name: &String| {
        let bytes = folder.read(&format!("{ASIDE}/{UNDO}/{name}/entry.json"), MAX_BYTES).ok()?;
        Some((name.clone(), serde_json::from_slice(&bytes).ok()?))
    };
    Ok(names(root)?.iter().rev().find_map(read))
}

/// Renaming over a file would not ask whether it may be written.
fn check_writable(root: &Path, path: &SourcePath) -> io::Result<()> {
    if fs::metadata(root.join(path.as_str())).is_ok_and(|data| data.permissions().readonly()) {
        let words = text!(
            th: "{path} ตั้งไว้ให้อ่านได้อย่างเดียว เปิดสิทธิ์เขียนที่ไฟล์นี้ก่อน แล้วสั่งใหม่",
            en: "{path} is read-only; allow writing to it and try again"
        );
        return Err(Problem::error(io::ErrorKind::PermissionDenied, words));
    }
    Ok(())
}

/// A place inside the site folder, which no link leads out of.
fn check_place(root: &Path, path: &SourcePath) -> io::Result<()> {
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(':');
    if path.parts().any(|part| !is_plain(part)) || path.is_under(ASIDE) {
        let words = text!(th: "{path} อยู่นอกโฟลเดอร์ของเว็บไซต์", en: "{path} is outside of the site folder");
        return Err(Problem::error(io::ErrorKind::InvalidInput, words));
    }
    let mut place = root.to_owned();
    for part in path.parts() {
        place.push(part);
        match fs::symlink_metadata(&place) {
            Ok(data) if data.is_symlink() => return Err(super::disk::is_link(&place)),
            Ok(_) => {}
            Err(_) => break,
        }
    }
    Ok(())
}
