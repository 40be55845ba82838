//! The output folder on disk: whole files appear at once, or not at all.
#![expect(clippy::disallowed_methods, reason = "publish is the stage that writes the disk")]

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::render::Entry;
use crate::source::{Stamp, hex};

/// Ending of a file that is being written.
const PART: &str = ".prongsai-part";

/// The output folder.
pub(super) struct Folder {
    path: PathBuf,
    /// Folders in it that were made in this run.
    made: Mutex<HashSet<PathBuf>>,
}

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

impl Folder {
    /// Opens the folder, which is made when it is not there; then the second value is true.
    pub(super) fn open(path: &Path) -> io::Result<(Folder, bool)> {
        let is_new = fs::symlink_metadata(path).is_err();
        fs::create_dir_all(path).map_err(|error| at(&error, path))?;
        Ok((Folder::of_site(path), is_new))
    }

    /// The site folder, which is there.
    pub(super) fn of_site(root: &Path) -> Folder {
        Folder { path: root.to_owned(), made: Mutex::default() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn lock(&self, name: &str) -> io::Result<Lock> {
        let path = self.path.join(name);
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

    /// Whether something is at a path.
    pub(super) fn has(&self, path: &str) -> bool {
        fs::symlink_metadata(self.path.join(path)).is_ok()
    }

    /// Size and checksum of a file, `None` when it is not there.
    pub(super) fn entry(&self, path: &str) -> io::Result<Option<Entry>> {
        match entry_of(&self.path.join(path)) {
            Ok(entry) => Ok(Some(entry)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A JSON file of ours.
    pub(super) fn read_json<T: DeserializeOwned>(&self, name: &str) -> io::Result<Found<T>> {
        let path = self.path.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).map_or(Found::Foreign, Found::Ours)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
            Err(error) => Err(at(&error, &path)),
        }
    }

    pub(super) fn write_json<T: Serialize>(&self, name: &str, value: &T) -> io::Result<()> {
        self.write(name, &json(value)?)
    }

    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.replace(path, |mut part| part.write_all(bytes))
    }

    /// The first `limit` bytes of a file.
    pub(super) fn read(&self, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.path.join(path))?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes a file where none is. It appears half-written, so only for places that nobody reads.
    pub(super) fn write_new(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.path.join(path);
        self.make_folder_of(&file).and_then(|()| create(&file)?.write_all(bytes)).map_err(|error| at(&error, &file))
    }

    /// The same for a copy of a file.
    pub(super) fn copy_new(&self, path: &str, from: &Path) -> io::Result<()> {
        let file = self.path.join(path);
        let copy = || io::copy(&mut File::open(from)?, &mut create(&file)?).map(|_| ());
        self.make_folder_of(&file).and_then(|()| copy()).map_err(|error| at(&error, &file))
    }

    fn make_folder_of(&self, file: &Path) -> io::Result<()> {
        let Some(folder) = file.parent() else { return Ok(()) };
        let known = |made: &Mutex<HashSet<PathBuf>>| made.lock().is_ok_and(|made| made.contains(folder));
        if !known(&self.made) {
            fs::create_dir_all(folder)?;
            if let Ok(mut made) = self.made.lock() {
                made.insert(folder.to_owned());
            }
        }
        Ok(())
    }

    /// Moves files from the folder `from`, where they have the same paths, to places where none are. A folder that is not there yet
    /// is moved as a whole.
    pub(super) fn move_new<'a>(&self, from: &str, paths: impl Iterator<Item = &'a str>) -> io::Result<()> {
        let mut moved: HashSet<&str> = HashSet::new();
        for path in paths {
            let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
            let mut is_moved = false;
            for folder in folders {
                if moved.contains(folder) {
                    is_moved = true;
                    break;
                }
                if fs::symlink_metadata(self.path.join(folder)).is_err() {
                    self.move_over(from, folder)?;
                    moved.insert(folder);
                    is_moved = true;
                    break;
                }
            }
            if !is_moved {
                self.move_over(from, path)?;
            }
        }
        Ok(())
    }

    /// Moves a file or folder from the folder `from`; a file of the same path is replaced.
    pub(super) fn move_over(&self, from: &str, path: &str) -> io::Result<()> {
        self.refuse_links(path)?;
        let to = self.path.join(path);
        fs::rename(self.path.join(from).join(path), &to).map_err(|error| at(&error, &to))
    }

    /// Removes a folder of ours with all that is in it.
    pub(super) fn remove_tree(&self, path: &str) -> io::Result<()> {
        let folder = self.path.join(path);
        match fs::symlink_metadata(&folder) {
            Ok(data) if data.is_dir() => fs::remove_dir_all(&folder),
            Ok(_) => fs::remove_file(&folder),
            Err(_) => Ok(()),
        }
        .map_err(|error| at(&error, &folder))
    }

    /// Removes the folder itself when there is nothing in it but the file `name`.
    pub(super) fn remove_if_unused(&self, name: &str) {
        let is_unused = fs::read_dir(&self.path).is_ok_and(|mut all| all.all(|one| one.is_ok_and(|one| one.file_name() == name)));
        if is_unused {
            let _ = fs::remove_file(self.path.join(name)).and_then(|()| fs::remove_dir(&self.path));
        }
    }

    /// What the file system says of a file.
    pub(super) fn stamp(&self, path: &str) -> Option<Stamp> {
        stamp_of(&self.path.join(path))
    }

    /// A link inside the output folder may lead anywhere; nothing is written through it.
    fn refuse_links(&self, path: &str) -> io::Result<()> {
        let mut folder = self.path.clone();
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
        let file = self.path.join(path);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&error, &file)),
            _ => {}
        }
        let folders = file.ancestors().skip(1).take_while(|folder| **folder != self.path);
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
        rustix::fs::syncfs(File::open(&self.path)?)?;
        Ok(())
    }

    fn replace(&self, path: &str, fill: impl Fn(&File) -> io::Result<()>) -> io::Result<()> {
        let target = self.path.join(path);
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

/// The bytes of a JSON file of ours.
pub(super) fn json<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn create(file: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(file)
}

/// What the file system says of a file; `None` of what is no file.
pub(super) fn stamp_of(file: &Path) -> Option<Stamp> {
    fs::metadata(file).ok().filter(fs::Metadata::is_file).map(|data| Stamp::of(&data))
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

pub(super) fn at(error: &io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
