//! The output folder on disk: whole files appear at once, or not at all.
#![expect(clippy::disallowed_methods, reason = "publish is the stage that writes the disk")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::Entry;
use crate::source::hex;

/// Ending of a file that is being written.
const PART: &str = ".prongsai-part";

/// The output folder.
pub(super) struct Folder<'a>(&'a Path);

/// What is at the place of a JSON file of ours.
pub(super) enum Found<T> {
    /// It.
    Ours(T),
    /// Something else.
    Foreign,
    /// Nothing.
    Nothing,
}

/// Keeps other builds out until it is dropped. Its file stays: a lock on a file that another process just removed protects nothing.
pub(super) struct Lock(#[expect(dead_code, reason = "the open file is the lock")] File);

impl<'a> Folder<'a> {
    pub(super) fn open(path: &'a Path) -> io::Result<Folder<'a>> {
        fs::create_dir_all(path).map_err(|error| at(&error, path))?;
        Ok(Folder(path))
    }

    /// The site folder, which is there.
    pub(super) fn of_site(root: &'a Path) -> Folder<'a> {
        Folder(root)
    }

    pub(super) fn lock(&self, name: &str) -> io::Result<Lock> {
        let path = self.0.join(name);
        if fs::symlink_metadata(&path).is_ok_and(|data| !data.is_file()) {
            return Err(at(&io::Error::from(io::ErrorKind::AlreadyExists), &path));
        }
        let file = OpenOptions::new().create(true).append(true).open(&path).map_err(|error| at(&error, &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(fs::TryLockError::WouldBlock) => Err(io::Error::new(
                io::ErrorKind::WouldBlock,
                "มี prongsai อีกตัวกำลังเผยแพร่อยู่ รอให้เสร็จแล้วสั่งใหม่ / another prongsai is publishing; wait for it and try again",
            )),
            Err(fs::TryLockError::Error(error)) => Err(at(&error, &path)),
        }
    }

    /// Size and checksum of a file, `None` when it is not there.
    pub(super) fn entry(&self, path: &str) -> io::Result<Option<Entry>> {
        match entry_of(&self.0.join(path)) {
            Ok(entry) => Ok(Some(entry)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A JSON file of ours.
    pub(super) fn read_json<T: DeserializeOwned>(&self, name: &str) -> io::Result<Found<T>> {
        let path = self.0.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).map_or(Found::Foreign, Found::Ours)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
            Err(error) => Err(at(&error, &path)),
        }
    }

    pub(super) fn write_json<T: Serialize>(&self, name: &str, value: &T) -> io::Result<()> {
        let mut bytes = serde_json::to_vec_pretty(value)?;
        bytes.push(b'\n');
        self.write(name, &bytes)
    }

    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.replace(path, |mut part| part.write_all(bytes))
    }

    /// The first `limit` bytes of a file.
    pub(super) fn read(&self, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.0.join(path))?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn copy(&self, path: &str, from: &Path) -> io::Result<()> {
        self.replace(path, |mut part| io::copy(&mut File::open(from)?, &mut part).map(|_| ()))
    }

    /// A link inside the output folder may lead anywhere; nothing is written through it.
    fn refuse_links(&self, path: &str) -> io::Result<()> {
        let mut folder = self.0.to_path_buf();
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        for part in parts {
            folder.push(part);
            if fs::symlink_metadata(&folder).is_ok_and(|data| data.file_type().is_symlink()) {
                let folder = folder.display();
                let words = format!("{folder} เป็นลิงก์ ให้ลบลิงก์นั้นก่อน / {folder} is a symbolic link; remove it first");
                return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
            }
        }
        Ok(())
    }

    /// Removes a file, and the folders that it leaves empty.
    pub(super) fn remove(&self, path: &str) -> io::Result<()> {
        self.refuse_links(path)?;
        let file = self.0.join(path);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&error, &file)),
            _ => {}
        }
        let folders = file.ancestors().skip(1).take_while(|folder| *folder != self.0);
        for folder in folders {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Hands everything written so far to the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        rustix::fs::syncfs(File::open(self.0)?)?;
        Ok(())
    }

    fn replace(&self, path: &str, fill: impl Fn(&File) -> io::Result<()>) -> io::Result<()> {
        let target = self.0.join(path);
        let mut part = target.clone().into_os_string();
        part.push(PART);
        let part = PathBuf::from(part);
        let write = || {
            self.refuse_links(path)?;
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder)?;
            }
            // What an interrupted publish left there; a new file, so that nothing is written through a link.
            match fs::remove_file(&part) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            fill(&OpenOptions::new().write(true).create_new(true).open(&part)?)?;
            fs::rename(&part, &target)
        };
        write().map_err(|error| {
            // What is left of an attempt is of no use; the first error is the one to tell.
            let _ = fs::remove_file(&part);
            at(&error, &target)
        })
    }
}

/// Size and checksum of a file, read piece by piece.
pub(super) fn entry_of(path: &Path) -> io::Result<Entry> {
    let mut file = File::open(path).map_err(|error| at(&error, path))?;
    let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        let n = file.read(&mut piece).map_err(|error| at(&error, path))?;
        if n == 0 {
            return Ok(Entry { size, sha256: hex(&hash.finalize()) });
        }
        hash.update(&piece[..n]);
        size += n as u64;
    }
}

fn at(error: &io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
