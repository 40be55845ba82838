//! The places in the output folder where something is to be moved or removed: whatever would stop that is found before the first move.
#![expect(clippy::disallowed_methods, reason = "publish looks at the output folder")]

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::disk::{Folder, folders_of, is_link};
use super::foreign;
use super::problem::Problem;
use crate::diagnostic::text;
use crate::source::FOLDERS;

impl Folder {
    /// Looks at the places of `paths`: no link, no other disk, no folder that cannot be written, nothing of others in the way. Gives
    /// those of our own files `gone` that lie where a folder is to be, or inside a folder where a file is to be.
    pub(super) fn check_places<'a>(
        &self,
        paths: impl Iterator<Item = &'a str>,
        gone: &BTreeSet<&String>,
    ) -> io::Result<BTreeSet<String>> {
        let mut in_the_way = BTreeSet::new();
        let mut known: HashSet<&str> = HashSet::new();
        let disk = fs::metadata(self.path()).map_err(|error| Problem::at(&error, self.path()))?;
        check_folder(self.path(), &disk, &disk)?;
        let gone: HashSet<&str> = gone.iter().map(|path| path.as_str()).collect();
        for path in paths {
            let mut is_free = true;
            for folder in folders_of(path) {
                let place = self.path().join(folder);
                let Ok(data) = fs::symlink_metadata(&place) else { break };
                if data.is_dir() {
                    if known.insert(folder) {
                        check_folder(&place, &data, &disk)?;
                    }
                } else if data.is_symlink() {
                    return Err(is_link(&place));
                } else if gone.contains(folder) {
                    in_the_way.insert(folder.to_owned());
                    is_free = false;
                    break;
                } else {
                    return Err(foreign(self.path(), folder));
                }
            }
            if is_free && fs::symlink_metadata(self.path().join(path)).is_ok_and(|data| data.is_dir()) {
                self.empty(path, &gone, &mut in_the_way)?;
            }
        }
        Ok(in_the_way)
    }

    /// Adds all that is in a folder, each of which has to be one of `gone`.
    fn empty(&self, folder: &str, gone: &HashSet<&str>, files: &mut BTreeSet<String>) -> io::Result<()> {
        let place = self.path().join(folder);
        let mut is_empty = true;
        for entry in fs::read_dir(&place).map_err(|error| Problem::at(&error, &place))? {
            let entry = entry.map_err(|error| Problem::at(&error, &place))?;
            is_empty = false;
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.empty(&path, gone, files)?;
            } else if gone.contains(path.as_str()) {
                files.insert(path);
            } else {
                return Err(foreign(self.path(), &path));
            }
        }
        if is_empty { Err(foreign(self.path(), folder)) } else { Ok(()) }
    }

    /// Whether two names are one file, as on a disk that does not tell capitals.
    pub(super) fn is_one_file(&self, a: &str, b: &str) -> bool {
        let (a, b) = (self.path().join(a), self.path().join(b));
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let of = |path: &Path| fs::symlink_metadata(path).ok().map(|data| (data.dev(), data.ino()));
            of(&a).is_some() && of(&a) == of(&b)
        }
        #[cfg(not(unix))]
        {
            fs::canonicalize(a).ok().zip(fs::canonicalize(b).ok()).is_some_and(|(a, b)| a == b)
        }
    }
}

/// What is published must not be read as a source the next time, and the sources, drafts among them, must not be published.
pub(super) fn keep_apart(root: &Path, public: &Path) -> io::Result<()> {
    let output = real(public);
    for folder in FOLDERS {
        let Ok(sources) = fs::canonicalize(root.join(folder)) else { continue };
        if output.starts_with(&sources) || sources.starts_with(&output) {
            let (public, sources) = (public.display(), sources.display());
            let words = text!(
                th: "ที่เผยแพร่ {public} กับโฟลเดอร์ต้นฉบับ {sources} ซ้อนกัน ไฟล์ร่างอาจหลุดออกไป ให้ย้ายให้อยู่แยกกัน แล้วสั่งใหม่",
                en: "{public} and the folder of sources {sources} lie in one another, so drafts could be published; move one elsewhere and try again"
            );
            return Err(Problem::error(ErrorKind::InvalidInput, words));
        }
    }
    Ok(())
}

/// The path without links, also of a folder that is not there yet.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    there.map_or_else(|| path.clone(), |(above, real)| real.join(path.strip_prefix(above).unwrap_or(Path::new(""))))
}

/// Files can only be moved within one disk, and into folders that can be written.
#[cfg(unix)]
fn check_folder(place: &Path, data: &fs::Metadata, disk: &fs::Metadata) -> io::Result<()> {
    use rustix::fs::{Access, AtFlags, CWD};
    use std::os::unix::fs::MetadataExt as _;
    if data.dev() != disk.dev() {
        return Err(Problem::at(&ErrorKind::CrossesDevices.into(), place));
    }
    let access = rustix::fs::accessat(CWD, place, Access::WRITE_OK | Access::EXEC_OK, AtFlags::EACCESS);
    match access.map_err(io::Error::from) {
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
            Err(Problem::at(&error, place))
        }
        // A system that cannot tell may still let files be moved.
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn check_folder(_: &Path, _: &fs::Metadata, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}
