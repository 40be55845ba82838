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

use super::problem::Problem;
use crate::diagnostic::text;
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
    ///
    /// A link at the place of the folder itself is followed, for hosts are set up like that: its target is what is published to.
    pub(super) fn open(path: &Path) -> io::Result<(Folder, bool)> {
        let (entry, shown) = (fs::symlink_metadata(path), path.display());
        if entry.as_ref().is_ok_and(fs::Metadata::is_symlink) && fs::metadata(path).is_err() {
            let words = text!(
                th: "{shown} เป็นลิงก์ไปโฟลเดอร์ที่ไม่มี สร้างโฟลเดอร์ปลายทาง หรือลบลิงก์นั้น แล้วสั่งใหม่",
                en: "{shown} is a link to a folder that is not there; make that folder or delete the link, and try again"
            );
            return Err(Problem::error(io::ErrorKind::NotFound, words));
        }
        if entry.is_ok() && !fs::metadata(path).is_ok_and(|data| data.is_dir()) {
            return Err(Problem::at(&io::ErrorKind::NotADirectory.into(), path));
        }
        fs::create_dir_all(path).map_err(|error| Problem::at(&error, path))?;
        Ok((Folder::of_site(path), entry.is_err()))
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
            // A build that made the folder in vain removes it again with its lock.
            Ok(()) if stamp_of(&path).is_some_and(|stamp| file.metadata().is_ok_and(|data| Stamp::of(&data) == stamp)) => {
                Ok(Lock(file))
            }
            Ok(()) | Err(fs::TryLockError::WouldBlock) => Err(Problem::error(
                io::ErrorKind::WouldBlock,
                text!(
                    th: "มี prongsai อีกตัวกำลังเผยแพร่อยู่ รอให้เสร็จแล้วสั่งใหม่",
                    en: "another prongsai is publishing; wait for it and try again"
                ),
            )),
            Err(fs::TryLockError::Error(error)) => Err(at(&error, &path)),
        }
    }

    /// Size and checksum of a file; `None` when it is not there, or a folder is, or a file is where its folder would be.
    pub(super) fn entry(&self, path: &str) -> io::Result<Option<Entry>> {
        use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
        match entry_of(&self.path.join(path)) {
            Ok(entry) => Ok(Some(entry)),
            Err(error) if matches!(error.kind(), NotFound | NotADirectory | IsADirectory) => Ok(None),
            // Windows does not open folders.
            Err(_) if self.path.join(path).is_dir() => Ok(None),
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

    /// Writes a JSON file where none is.
    pub(super) fn write_new_json<T: Serialize>(&self, path: &str, value: &T) -> io::Result<()> {
        self.write_new(path, &json(value)?)
    }

    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.replace(path, |mut part| part.write_all(bytes))
    }

    /// The same, with the permissions of the file that is replaced.
    pub(super) fn write_over(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let known = fs::metadata(self.path.join(path)).ok().map(|data| data.permissions());
        self.replace(path, |mut part| {
            known.iter().try_for_each(|known| part.set_permissions(known.clone()))?;
            part.write_all(bytes)
        })
    }

    /// The first `limit` bytes of a file.
    pub(super) fn read(&self, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        let file = File::open(self.path.join(path))?;
        let size = file.metadata()?.len().min(limit);
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes a file where none is. It appears half-written, so only for places that nobody reads.
    pub(super) fn write_new(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.path.join(path);
        let write = || {
            let mut file = create(&file)?;
            file.write_all(bytes)?;
            hand_over(&file)
        };
        self.make_folder_of(&file).and_then(|()| write()).map_err(|error| at(&error, &file))
    }

    /// The same for a copy of a file, which has to be `entry`: somebody may be writing it just now.
    pub(super) fn copy_new(&self, path: &str, from: &Path, entry: &Entry) -> io::Result<()> {
        let file = self.path.join(path);
        let mut copy = self.make_folder_of(&file).and_then(|()| create(&file)).map_err(|error| at(&error, &file))?;
        let copied = read_through(from, |piece| copy.write_all(piece).map_err(|error| at(&error, &file)))?;
        hand_over(&copy).map_err(|error| at(&error, &file))?;
        if copied == *entry {
            return Ok(());
        }
        let from = from.display();
        let words = text!(
            th: "{from} เปลี่ยนไประหว่างสร้างเว็บไซต์ รอให้บันทึกเสร็จแล้วสั่งใหม่",
            en: "{from} changed while the site was being built; wait until it is saved and try again"
        );
        Err(Problem::error(io::ErrorKind::InvalidData, words))
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
    /// is moved as a whole, unless it is one of those that others are still `waiting` in.
    pub(super) fn move_new<'a>(
        &self,
        from: &str,
        paths: impl Iterator<Item = &'a str>,
        waiting: &HashSet<&str>,
    ) -> io::Result<()> {
        let mut moved: HashSet<&str> = HashSet::new();
        for path in paths {
            let mut is_moved = false;
            for folder in folders_of(path) {
                if !moved.contains(folder) && fs::symlink_metadata(self.path.join(folder)).is_err() {
                    if waiting.contains(folder) {
                        self.refuse_links(folder)?;
                        let folder = self.path.join(folder);
                        fs::create_dir(&folder).map_err(|error| at(&error, &folder))?;
                        continue;
                    }
                    self.move_over(from, folder)?;
                    moved.insert(folder);
                }
                is_moved = moved.contains(folder);
                if is_moved {
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

    /// Whether something is at `path`.
    pub(super) fn has(&self, path: &str) -> bool {
        fs::symlink_metadata(self.path.join(path)).is_ok()
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
                return Err(is_link(&folder));
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
        self.remove_empty_folders(path);
        Ok(())
    }

    /// Removes the folders of a file that are empty without it.
    pub(super) fn remove_empty_folders(&self, path: &str) {
        if self.refuse_links(path).is_err() {
            return;
        }
        for folder in self.path.join(path).ancestors().skip(1).take_while(|folder| **folder != self.path) {
            match fs::remove_dir(folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => break,
                _ => {}
            }
        }
    }

    /// Hands everything written so far to the disk. Elsewhere each new file is handed over by itself.
    pub(super) fn sync(&self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        File::open(&self.path).and_then(|folder| Ok(rustix::fs::syncfs(folder)?)).map_err(|error| at(&error, &self.path))?;
        Ok(())
    }

    /// Puts a file in the place of another, whole or not at all.
    pub(super) fn replace(&self, path: &str, fill: impl Fn(&File) -> io::Result<()>) -> io::Result<()> {
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
    read_through(path, |_| Ok(()))
}

/// The same, with each piece given to `take`.
fn read_through(path: &Path, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<Entry> {
    let mut file = File::open(path).map_err(|error| at(&error, path))?;
    let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        let n = file.read(&mut piece).map_err(|error| at(&error, path))?;
        if n == 0 {
            return Ok(Entry { size, sha256: hex(&hash.finalize()) });
        }
        hash.update(&piece[..n]);
        size += n as u64;
        take(&piece[..n])?;
    }
}

/// Linux hands all new files to the disk at once, see [`Folder::sync`].
fn hand_over(file: &File) -> io::Result<()> {
    if cfg!(target_os = "linux") { Ok(()) } else { file.sync_data() }
}

/// The folders that a path lies in, from the outermost on.
pub(super) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// A link inside the output folder may lead anywhere.
pub(super) fn is_link(path: &Path) -> io::Error {
    let path = path.display();
    let words = text!(th: "{path} เป็นลิงก์ ให้ลบลิงก์นั้นก่อน", en: "{path} is a symbolic link; remove it first");
    Problem::error(io::ErrorKind::InvalidInput, words)
}

pub(super) fn at(error: &io::Error, path: &Path) -> io::Error {
    Problem::at(error, path)
}
