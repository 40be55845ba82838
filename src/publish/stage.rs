//! `Stage`: files on their way to the output folder. They are written beside it while the build goes on, and moved into it at the end,
//! whole folders at once where they are new.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::disk::{Folder, Found, Lock};
use super::seen::{Built, Seen};
use super::{LOCK, Manifest, PENDING, Published, foreign};
use crate::history::LOG;
use crate::history::sums::{self, MANIFEST};
use crate::render::{Entry, File, Keep, Output};
use crate::signing::Tool;
use crate::source::{HISTORY, MAX_HISTORY_BYTES};

/// Where files are until they are published, inside the output folder: only within one file system can they be moved.
const STAGE: &str = ".prongsai-stage";

/// The output folder and what is to become of it. Dropped before it is published, it leaves everything as it was.
pub struct Stage {
    root: PathBuf,
    folder: Folder,
    /// Whether the output folder was not there.
    is_new: bool,
    before: Manifest,
    pending: Manifest,
    seen: Seen,
    plan: Mutex<Plan>,
    _lock: Lock,
}

/// What happens to the files, by path.
#[derive(Default)]
struct Plan {
    fates: BTreeMap<String, Fate>,
    /// The first thing that went wrong.
    error: Option<io::Error>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    New,
    Changed,
    Same,
    /// Somebody else's file is there.
    Foreign,
}

impl Stage {
    /// Opens the output folder `public` of the site folder `root`; keeps other builds out until it is dropped.
    ///
    /// # Errors
    /// When the disk fails, another build is publishing, or the list of files is not ours.
    pub fn open(root: &Path, public: &Path) -> io::Result<Stage> {
        let (folder, is_new) = Folder::open(public)?;
        let lock = folder.lock(LOCK)?;
        folder.remove_tree(STAGE)?;
        let before = match folder.read_json::<Manifest>(MANIFEST)? {
            Found::Ours(manifest) => manifest,
            Found::Nothing => Manifest::default(),
            Found::Foreign => return Err(foreign(public, MANIFEST)),
        };
        let is_ours = !before.files.is_empty() || folder.has(PENDING);
        if let Some(name) = super::unlisted().find(|name| !is_ours && folder.has(name)) {
            return Err(foreign(public, &name));
        }
        let pending = match folder.read_json::<Manifest>(PENDING)? {
            Found::Ours(manifest) => manifest,
            Found::Nothing | Found::Foreign => Manifest::default(),
        };
        let seen = Seen::read(root);
        let root = root.to_owned();
        Ok(Stage { root, folder, is_new, before, pending, seen, plan: Mutex::default(), _lock: lock })
    }

    /// Makes the output folder equal to `output`, most of which was kept here.
    ///
    /// New files come first, for nothing links to them yet; then files are replaced, each by renaming a complete one over it; then
    /// the manifest; deletions last. A run that was interrupted is completed by the next. Files of others in the folder stay.
    ///
    /// # Errors
    /// When the disk fails, or a foreign file stands where one is to be written.
    pub fn publish(self, output: &Output, built: Option<Built>) -> io::Result<Published> {
        if let Some(path) = output.files.keys().find(|path| !super::is_inside(path)) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{path}: outside the output folder")));
        }
        let entries: io::Result<Vec<_>> =
            output.files.par_iter().map(|(path, file)| Ok((path.clone(), self.entry(path, file)?))).collect();
        let after = Manifest { files: entries?.into_iter().collect(), ..Manifest::default() };
        let Plan { mut fates, error } = std::mem::take(&mut *self.plan());
        if let Some(error) = error {
            return Err(error);
        }
        fates.retain(|path, _| after.files.contains_key(path));
        if let Some((path, _)) = fates.iter().find(|(_, fate)| **fate == Fate::Foreign) {
            return Err(foreign(self.folder.path(), path));
        }
        let count = |fate| fates.values().filter(|known| **known == fate).count();
        let gone = self.gone(&after)?;
        let mut published = Published {
            n_new: count(Fate::New),
            n_changed: count(Fate::Changed),
            n_same: count(Fate::Same),
            n_removed: gone.len(),
            lost_signature: false,
        };
        let list = super::sums_of(&after)?;
        let is_listed = self.folder.read(sums::FILE, super::MAX_SUMS_BYTES).is_ok_and(|known| known == list.as_bytes());
        published.lost_signature = !is_listed && Tool::ALL.iter().any(|tool| self.folder.has(&super::signature(*tool)));
        self.keep_history(output)?;
        let is_same = published.n_new + published.n_changed + published.n_removed == 0;
        if !is_same || !is_listed || self.before.files != after.files || !self.pending.files.is_empty() {
            self.write(&fates, &after, &gone, &list)?;
        }
        // What was seen saves work the next time, no more.
        let _ = self.seen.write(&self.root, &self.folder, &after, built);
        Ok(published)
    }

    /// Writes the history into the site folder, before anything of it is published: what is noted and not yet there is published by
    /// the next build, while what was published without a note would be noted a second time.
    fn keep_history(&self, output: &Output) -> io::Result<()> {
        let Some(history) = &output.history else { return Ok(()) };
        if self.before.files.contains_key(LOG) && !self.is_new {
            super::goes_on(&self.folder.read(LOG, MAX_HISTORY_BYTES).unwrap_or_default(), history)?;
        }
        let site = Folder::of_site(&self.root);
        let is_kept = site.read(HISTORY, MAX_HISTORY_BYTES).is_ok_and(|known| known == *history);
        if is_kept { Ok(()) } else { site.write(HISTORY, history) }
    }

    fn write(&self, fates: &BTreeMap<String, Fate>, after: &Manifest, gone: &BTreeSet<&String>, list: &str) -> io::Result<()> {
        let of = |fate| fates.iter().filter(move |(_, known)| **known == fate).map(|(path, _)| path.as_str());
        self.folder.write_json(PENDING, &super::everything(after, &self.before, &self.pending))?;
        self.folder.sync()?;
        self.folder.move_new(STAGE, of(Fate::New))?;
        for path in of(Fate::Changed) {
            self.folder.move_over(STAGE, path)?;
        }
        // What was signed is there no more.
        for tool in Tool::ALL {
            self.folder.remove(&super::signature(tool))?;
        }
        self.folder.write_json(MANIFEST, after)?;
        self.folder.write(sums::FILE, list.as_bytes())?;
        for path in gone {
            self.folder.remove(path)?;
        }
        self.folder.remove(PENDING)
    }

    /// Size and checksum of a file, which is brought here when it is not here yet.
    fn entry(&self, path: &str, file: &File) -> io::Result<Entry> {
        match file {
            File::Kept(entry) => Ok(entry.clone()),
            File::Bytes(bytes) => {
                let entry = Entry::of(bytes);
                self.place(path, &entry, |folder, staged| folder.write_new(staged, bytes))?;
                Ok(entry)
            }
            File::CopyOf(source) => {
                let from = self.root.join(source.as_str());
                let entry = self.seen.source(source.as_str(), &from)?;
                self.place(path, &entry, |folder, staged| folder.copy_new(staged, &from))?;
                Ok(entry)
            }
        }
    }

    /// Decides what becomes of a file, and writes it here when it is to be published.
    fn place(&self, path: &str, entry: &Entry, write: impl Fn(&Folder, &str) -> io::Result<()>) -> io::Result<()> {
        let fate = self.fate(path, entry)?;
        if matches!(fate, Fate::New | Fate::Changed) {
            write(&self.folder, &format!("{STAGE}/{path}"))?;
        }
        self.plan().fates.insert(path.to_owned(), fate);
        Ok(())
    }

    fn fate(&self, path: &str, entry: &Entry) -> io::Result<Fate> {
        let is_ours = || self.before.files.contains_key(path) || self.pending.files.contains_key(path);
        if self.is_new {
            return Ok(Fate::New);
        }
        Ok(match self.seen.published(&self.folder, path, self.before.files.get(path))? {
            None => Fate::New,
            Some(known) if known == *entry => Fate::Same,
            Some(_) if is_ours() => Fate::Changed,
            Some(_) => Fate::Foreign,
        })
    }

    /// Only what is still as we wrote it: a file that somebody changed since is theirs.
    fn gone(&self, after: &Manifest) -> io::Result<BTreeSet<&String>> {
        let mut gone = BTreeSet::new();
        for (path, known) in self.before.files.iter().chain(&self.pending.files) {
            let is_gone = super::is_inside(path) && !after.files.contains_key(path);
            if is_gone && self.folder.entry(path)?.as_ref() == Some(known) {
                gone.insert(path);
            }
        }
        Ok(gone)
    }

    fn plan(&self) -> std::sync::MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keep for Stage {
    fn keep(&self, path: &str, bytes: Vec<u8>) -> File {
        if !super::is_inside(path) {
            return File::Bytes(bytes);
        }
        let entry = Entry::of(&bytes);
        match self.place(path, &entry, |folder, staged| folder.write_new(staged, &bytes)) {
            Ok(()) => {}
            Err(error) => drop(self.plan().error.get_or_insert(error)),
        }
        File::Kept(entry)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What is left is of no use, and the next build removes what cannot be removed now.
        let _ = self.folder.remove_tree(STAGE);
        if self.is_new {
            self.folder.remove_if_unused(LOCK);
        }
    }
}
