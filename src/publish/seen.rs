//! `Seen`: what files were when they were last read or written, so that those that did not change need not be read again.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::disk::{self, Folder};
use super::{Manifest, read_note, unlisted, write_note};
use crate::render::Entry;
use crate::render::audit::Counts;
use crate::source::{Fingerprint, HISTORY, Stamp, stamp};

/// The file that it is kept in, inside the program's own folder. It can be deleted at any time.
const FILE: &str = "seen";

/// Goes up when the file is written in another way.
const VERSION: u32 = 3;

/// What was seen.
#[derive(Debug)]
pub(super) struct Seen {
    last: Record,
    /// Sources seen in this run.
    now: Mutex<BTreeMap<String, (Stamp, Entry)>>,
    started: SystemTime,
    /// Whether a published file is not as it was seen last.
    is_touched: AtomicBool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Record {
    version: u32,
    /// When the stamps were taken.
    taken: SystemTime,
    /// Files of the output folder, as we wrote them.
    published: BTreeMap<String, Stamp>,
    /// Sources that were copied there.
    sources: BTreeMap<String, (Stamp, Entry)>,
    /// The history in the site folder; it is written by the build that reads it.
    history: Option<Stamp>,
    /// Number of files that are listed.
    n_files: usize,
    /// What was built.
    built: Option<Built>,
}

/// A build that was published, by what it read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    /// What stands for everything that was read.
    pub inputs: Fingerprint,
    /// Warnings that it gave.
    pub n_warnings: usize,
    /// How far the site met the form of its year, where there is one.
    pub form: Option<Counts>,
}

impl Default for Record {
    fn default() -> Record {
        Record {
            version: VERSION,
            taken: SystemTime::UNIX_EPOCH,
            published: BTreeMap::new(),
            sources: BTreeMap::new(),
            history: None,
            n_files: 0,
            built: None,
        }
    }
}

impl Seen {
    /// What the last publish of the site folder `root` saw; nothing when that cannot be read.
    pub(super) fn read(root: &Path) -> Seen {
        let record = read_note(root, FILE).and_then(|bytes| postcard::from_bytes::<Record>(&bytes).ok());
        let last = record.filter(|record| record.version == VERSION).unwrap_or_default();
        Seen { last, now: Mutex::default(), started: stamp::now(), is_touched: AtomicBool::new(false) }
    }

    /// How many files are published, and what was built, when they were built of `inputs` and nobody touched them since.
    pub(super) fn unchanged(&self, root: &Path, folder: &Folder, inputs: Fingerprint) -> Option<(usize, Built)> {
        let built = self.last.built.filter(|built| built.inputs == inputs)?;
        let is_same = |(path, stamp): (&String, &Stamp)| stamp.is_settled(self.last.taken) && folder.stamp(path) == Some(*stamp);
        let history = disk::stamp_of(&root.join(HISTORY));
        let is_known = history == self.last.history && history.is_none_or(|stamp| stamp.is_settled(self.last.taken));
        (is_known && self.last.published.par_iter().all(is_same)).then_some((self.last.n_files, built))
    }

    /// Size and checksum of a published file, `None` when it is not there. `known` are those that the manifest lists: they hold while
    /// the file is as we left it.
    pub(super) fn published(&self, folder: &Folder, path: &str, known: Option<&Entry>) -> io::Result<Option<Entry>> {
        if let (Some(known), Some(stamp)) = (known, self.last.published.get(path)) {
            match folder.stamp(path) {
                Some(now) if now == *stamp && stamp.is_settled(self.last.taken) => return Ok(Some(known.clone())),
                _ => self.is_touched.store(true, Ordering::Relaxed),
            }
        }
        folder.entry(path)
    }

    /// Size and checksum of a source.
    pub(super) fn source(&self, path: &str, file: &Path) -> io::Result<Entry> {
        let stamp = disk::stamp_of(file);
        let known = self.last.sources.get(path).filter(|(known, _)| Some(*known) == stamp && known.is_settled(self.last.taken));
        let entry = match known {
            Some((_, entry)) => entry.clone(),
            None => disk::entry_of(file)?,
        };
        if let Some(stamp) = stamp.filter(|stamp| stamp.is_settled(self.started)) {
            let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
            now.insert(path.to_owned(), (stamp, entry.clone()));
        }
        Ok(entry)
    }

    /// Writes down what is published now; `is_same` says of which files it was just seen that they are as they were. Nothing is
    /// written when nothing changed.
    pub(super) fn write(
        &self,
        root: &Path,
        folder: &Folder,
        after: &Manifest,
        is_same: impl Fn(&str) -> bool + Sync,
        built: Option<Built>,
    ) -> io::Result<()> {
        let is_touched = self.is_touched.load(Ordering::Relaxed);
        let known = |path: &String| self.last.published.get(path).filter(|_| !is_touched && is_same(path)).copied();
        let sources = std::mem::take(&mut *self.now.lock().unwrap_or_else(PoisonError::into_inner));
        let stamps = || {
            let own: Vec<String> = unlisted().collect();
            let names = after.files.par_iter().map(|(path, _)| path).chain(own.par_iter());
            let stamp = |path: &String| Some((path.clone(), known(path).or_else(|| folder.stamp(path))?));
            names.filter_map(stamp).collect::<BTreeMap<String, Stamp>>()
        };
        let n_files = after.files.len();
        let (mut published, history) = (stamps(), disk::stamp_of(&root.join(HISTORY)));
        let is_settled = published.values().chain(&history).all(|stamp| stamp.is_settled(self.last.taken));
        let is_same = (&published, &sources, &history) == (&self.last.published, &self.last.sources, &self.last.history);
        if is_settled && is_same && built == self.last.built {
            return Ok(());
        }
        // A file that was written within the tick before its stamp is taken would be in doubt the next time.
        let now = stamp::now();
        let wait = published.values().chain(&history).map(|stamp| stamp.unsettled_for(now)).max().unwrap_or_default();
        std::thread::sleep(wait);
        let taken = stamp::now();
        // Those that were in doubt are looked at again.
        for (path, stamp) in published.iter_mut().filter(|(_, stamp)| !stamp.is_settled(now)) {
            *stamp = folder.stamp(path).unwrap_or(*stamp);
        }
        let record = Record { version: VERSION, taken, published, sources, history, n_files, built };
        let bytes = postcard::to_stdvec(&record).map_err(io::Error::other)?;
        write_note(root, FILE, |out| out.write_all(&bytes))
    }
}
