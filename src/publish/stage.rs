//! `Stage`: files on their way to the output folder. They are written beside it while the build goes on, and moved into it at the end,
//! whole folders at once where they are new.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::disk::{Folder, Found, Lock, folders_of};
use super::places::keep_apart;
use super::problem::Problem;
use super::seen::{Built, Seen};
use super::{LOCK, Manifest, PENDING, Pending, Published, STAGE, foreign, text};
use crate::history::LOG;
use crate::history::sums::{self, MANIFEST};
use crate::render::{Entry, File, Keep, Output};
use crate::signing::Tool;
use crate::source::{HISTORY, MAX_HISTORY_BYTES};

/// The output folder and what is to become of it. Dropped before it is published, it leaves everything as it was.
pub struct Stage {
    root: PathBuf,
    folder: Folder,
    /// Whether the output folder was not there.
    is_new: bool,
    before: Manifest,
    pending: Pending,
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
        keep_apart(root, public)?;
        let (folder, is_new) = Folder::open(public)?;
        let lock = folder.lock(LOCK)?;
        folder.remove_tree(STAGE)?;
        let (before, is_new) = match folder.read_json::<Manifest>(MANIFEST)? {
            Found::Ours(manifest) => (manifest, false),
            Found::Nothing => (Manifest::default(), is_new),
            Found::Foreign => return Err(foreign(public, MANIFEST)),
        };
        let is_ours = !before.files.is_empty() || folder.has(PENDING);
        if let Some(name) = super::unlisted().find(|name| !is_ours && folder.has(name)) {
            return Err(foreign(public, &name));
        }
        let pending = match folder.read_json::<Pending>(PENDING)? {
            Found::Ours(pending) => pending,
            Found::Nothing | Found::Foreign => Pending::default(),
        };
        let seen = Seen::read(root);
        let root = root.to_owned();
        Ok(Stage { root, folder, is_new, before, pending, seen, plan: Mutex::default(), _lock: lock })
    }

    /// Makes the output folder equal to `output`, most of which was kept here.
    ///
    /// New files come first, for nothing links to them yet, and of them pages last; then files are replaced, each by renaming a
    /// complete one over it; then the manifest; deletions last, and of them pages first. A run that was interrupted is completed by the
    /// next. Files of others in the folder stay.
    ///
    /// # Errors
    /// When the disk fails, or a foreign file stands where one is to be written.
    pub fn publish(self, output: &Output, built: Option<Built>) -> io::Result<Published> {
        let untouched = |error| Problem::untouched(&error);
        if let Some(path) = output.files.keys().find(|path| !super::is_inside(path)) {
            let words = text!(th: "{path}: ออกไปนอกโฟลเดอร์ที่เผยแพร่", en: "{path}: outside the output folder");
            return Err(untouched(Problem::error(io::ErrorKind::InvalidInput, words)));
        }
        let entries: io::Result<Vec<_>> =
            output.files.par_iter().map(|(path, file)| Ok((path.clone(), self.entry(path, file)?))).collect();
        let after = Manifest { files: entries.map_err(untouched)?.into_iter().collect(), ..Manifest::default() };
        let Plan { mut fates, error } = std::mem::take(&mut *self.plan());
        if let Some(error) = error {
            return Err(untouched(error));
        }
        fates.retain(|path, _| after.files.contains_key(path));
        if let Some((path, _)) = fates.iter().find(|(_, fate)| **fate == Fate::Foreign) {
            return Err(untouched(foreign(self.folder.path(), path)));
        }
        let count = |fate| fates.values().filter(|known| **known == fate).count();
        let gone = self.gone(&after).map_err(untouched)?;
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
        self.goes_on(output).map_err(untouched)?;
        let is_same = published.n_new + published.n_changed + published.n_removed == 0;
        if !is_same || !is_listed || self.before.files != after.files || self.folder.has(PENDING) {
            let in_the_way = self.prepare(&fates, &after, &gone, (output, &list)).map_err(untouched)?;
            self.carry_out(&fates, &gone, &in_the_way).map_err(|error| Problem::halfway(&error))?;
        }
        // What was seen saves work the next time, no more.
        let is_same = |path: &str| fates.get(path) == Some(&Fate::Same);
        let _ = self.seen.write(&self.root, &self.folder, &after, is_same, built);
        Ok(published)
    }

    /// Whether the history goes on where the published one stops.
    fn goes_on(&self, output: &Output) -> io::Result<()> {
        match &output.history {
            Some(history) if self.before.files.contains_key(LOG) => {
                super::goes_on(&self.folder.read(LOG, MAX_HISTORY_BYTES).unwrap_or_default(), history)
            }
            _ => Ok(()),
        }
    }

    /// Writes the history into the site folder, before anything of it is published: what is noted and not yet there is published by
    /// the next build, while what was published without a note would be noted a second time.
    fn keep_history(&self, output: &Output) -> io::Result<()> {
        let Some(history) = &output.history else { return Ok(()) };
        let site = Folder::of_site(&self.root);
        let is_kept = site.read(HISTORY, MAX_HISTORY_BYTES).is_ok_and(|known| known == *history);
        if is_kept { Ok(()) } else { site.write(HISTORY, history) }
    }

    /// Brings everything onto the disk that is to be moved, and finds what would stop the moves. Gives what is in the way.
    fn prepare(
        &self,
        fates: &BTreeMap<String, Fate>,
        after: &Manifest,
        gone: &BTreeSet<&String>,
        (output, list): (&Output, &str),
    ) -> io::Result<BTreeSet<String>> {
        let moved = fates.iter().filter(|(_, fate)| matches!(fate, Fate::New | Fate::Changed)).map(|(path, _)| path.as_str());
        let places = moved.chain(gone.iter().map(|path| path.as_str())).chain([MANIFEST, PENDING, sums::FILE]);
        let in_the_way = self.folder.check_places(places, gone)?;
        self.folder.write_new_json(&format!("{STAGE}/{MANIFEST}"), after)?;
        self.folder.write_new(&format!("{STAGE}/{}", sums::FILE), list.as_bytes())?;
        self.folder.write_new_json(&format!("{STAGE}/{PENDING}"), &self.pending.with(after, &self.before))?;
        if self.folder.has(PENDING) {
            // After a power cut the old list is as precious as the new one.
            self.folder.sync()?;
        }
        self.folder.move_over(STAGE, PENDING)?;
        self.keep_history(output)?;
        self.folder.sync()?;
        Ok(in_the_way)
    }

    /// Moves and removes. Everything that is moved is on the disk by now, and a journal keeps the order of what is done to names: after
    /// a power cut the first so many steps are done, as after a kill. The second sync is for disks that do not keep it: there a file
    /// must not go before the pages that name it.
    fn carry_out(
        &self,
        fates: &BTreeMap<String, Fate>,
        gone: &BTreeSet<&String>,
        in_the_way: &BTreeSet<String>,
    ) -> io::Result<()> {
        let of = |fate, pages| {
            let of_kind = move |(path, known): &(&String, &Fate)| **known == fate && is_page(path) == pages;
            fates.iter().filter(of_kind).map(|(path, _)| path.as_str())
        };
        for path in in_the_way {
            self.folder.remove(path)?;
        }
        let waiting: HashSet<&str> = of(Fate::New, true).flat_map(folders_of).collect();
        self.folder.move_new(STAGE, of(Fate::New, false), &waiting)?;
        self.folder.move_new(STAGE, of(Fate::New, true), &HashSet::new())?;
        for path in of(Fate::Changed, false).chain(of(Fate::Changed, true)) {
            self.folder.move_over(STAGE, path)?;
        }
        // What was signed is there no more.
        for tool in Tool::ALL {
            self.folder.remove(&super::signature(tool))?;
        }
        self.folder.move_over(STAGE, MANIFEST)?;
        self.folder.move_over(STAGE, sums::FILE)?;
        if !gone.is_empty() {
            self.folder.sync()?;
        }
        let left = gone.iter().copied().filter(|path| !in_the_way.contains(*path));
        let (pages, files): (Vec<&String>, Vec<&String>) = left.partition(|path| is_page(path));
        for path in pages.into_iter().chain(files) {
            self.folder.remove(path)?;
        }
        // An interrupted publish may have stopped between a file and its folder.
        for path in self.pending.files.keys().filter(|path| super::is_inside(path)) {
            self.folder.remove_empty_folders(path);
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
                self.place(path, &entry, |folder, staged| folder.copy_new(staged, &from, &entry))?;
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
        let before = self.before.files.iter();
        let known = before.chain(self.pending.files.iter().flat_map(|(path, all)| all.iter().map(move |entry| (path, entry))));
        let mut gone = BTreeSet::new();
        for (path, known) in known {
            let is_gone = super::is_inside(path) && !after.files.contains_key(path);
            if is_gone && self.folder.entry(path)?.as_ref() == Some(known) {
                gone.insert(path);
            }
        }
        if !gone.is_empty() {
            // Where capitals do not count, the old name of a file that was renamed is the new one.
            let lower: HashMap<String, &String> = after.files.keys().map(|path| (path.to_lowercase(), path)).collect();
            gone.retain(|path| lower.get(&path.to_lowercase()).is_none_or(|new| !self.folder.is_one_file(path, new)));
        }
        Ok(gone)
    }

    fn plan(&self) -> std::sync::MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keep for Stage {
    fn has(&self, path: &str, file: &Entry) -> bool {
        let is_same = super::is_inside(path) && matches!(self.fate(path, file), Ok(Fate::Same));
        if is_same {
            self.plan().fates.insert(path.to_owned(), Fate::Same);
        }
        is_same
    }

    fn read(&self, path: &str, file: &Entry) -> Option<Vec<u8>> {
        let bytes = super::is_inside(path).then(|| self.folder.read(path, file.size).ok())??;
        (Entry::of(&bytes) == *file).then_some(bytes)
    }

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

/// Whether a file is one that names others, which have to be there as long as it is.
fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}
