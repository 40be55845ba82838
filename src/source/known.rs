//! `Known`: what was found inside attachments and made of photos before, so that files that did not change are not opened again. What is found
//! does not depend on it.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::SourcePath;
use super::inside::Facts;
use super::photo::Photo;
use super::stamp::{self, Stamp};

/// SHA-256 of a file.
type Sum = [u8; 32];

/// What is known of attachments.
#[derive(Debug, Default)]
pub(super) struct Known {
    last: Record,
    /// What was found in this run.
    now: Mutex<Record>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    /// Another program may find something else.
    program: Option<Stamp>,
    /// When the stamps were taken.
    taken: SystemTime,
    facts: BTreeMap<String, (Stamp, Facts)>,
    photos: BTreeMap<String, (Stamp, Sum)>,
    /// Checksums of attachments, in hexadecimal.
    sums: BTreeMap<String, (Stamp, String)>,
    /// Decoding takes two tenths of a second a photo.
    made: BTreeMap<Sum, Arc<Photo>>,
}

impl Default for Record {
    fn default() -> Record {
        let (facts, photos, sums, made) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Record { program: None, taken: SystemTime::UNIX_EPOCH, facts, photos, sums, made }
    }
}

impl Known {
    /// What a run before wrote down; nothing when that was another program, or cannot be read.
    pub(super) fn from_bytes(bytes: &[u8]) -> Known {
        let record = postcard::from_bytes::<Record>(bytes).ok();
        let last = record.filter(|record| record.program.is_some() && record.program == stamp::of_program()).unwrap_or_default();
        Known { last, now: Mutex::default() }
    }

    /// Starts a run, in which everything is found anew or was known.
    pub(super) fn start(&mut self) {
        let now = self.now.get_mut().unwrap_or_else(PoisonError::into_inner);
        if now.program.is_some() {
            self.last = std::mem::take(now);
        }
        *now = Record { program: stamp::of_program(), taken: stamp::now(), ..Record::default() };
    }

    /// What is known, to be written down; `None` when it was known before.
    pub(super) fn to_bytes(&self) -> Option<Vec<u8>> {
        let now = self.now();
        let is_same = (&now.facts, &now.photos, &now.sums) == (&self.last.facts, &self.last.photos, &self.last.sums);
        let is_same = is_same && now.program == self.last.program;
        let (facts, photos, sums) = (now.facts.values(), now.photos.values(), now.sums.values());
        let mut stamps = facts.map(|(stamp, _)| stamp).chain(photos.map(|(stamp, _)| stamp)).chain(sums.map(|(stamp, _)| stamp));
        let is_settled = stamps.all(|stamp| stamp.is_settled(self.last.taken));
        if is_same && is_settled { None } else { postcard::to_stdvec(&*now).ok() }
    }

    /// What is inside an attachment, which `look` finds when it is not known.
    pub(super) fn facts<E>(
        &self,
        path: &SourcePath,
        data: &Metadata,
        look: impl FnOnce() -> Result<Facts, E>,
    ) -> Result<Facts, E> {
        let stamp = Stamp::of(data);
        let known = self.last.facts.get(path.as_str()).filter(|(known, _)| self.holds(known, stamp));
        let facts = known.map_or_else(look, |(_, facts)| Ok(facts.clone()))?;
        if facts.is_certain() {
            self.now().facts.insert(path.to_string(), (stamp, facts.clone()));
        }
        Ok(facts)
    }

    /// The checksum of a file, which `read` finds when it is not known.
    #[expect(clippy::disallowed_methods, reason = "of the stage that reads the disk")]
    pub(super) fn sum(&self, path: &SourcePath, file: &Path, read: impl FnOnce() -> io::Result<String>) -> io::Result<String> {
        let stamp = Stamp::of(&std::fs::metadata(file)?);
        let known = self.last.sums.get(path.as_str()).filter(|(known, _)| self.holds(known, stamp));
        let sum = known.map_or_else(read, |(_, sum)| Ok(sum.clone()))?;
        self.now().sums.insert(path.to_string(), (stamp, sum.clone()));
        Ok(sum)
    }

    /// What was made of a photo, without reading it.
    pub(super) fn photo(&self, path: &SourcePath, data: &Metadata) -> Option<Arc<Photo>> {
        let stamp = Stamp::of(data);
        let (_, sum) = self.last.photos.get(path.as_str()).filter(|(known, _)| self.holds(known, stamp))?;
        let photo = self.made(sum)?;
        self.keep_photo(path, data, *sum, &photo);
        Some(photo)
    }

    /// What was made of a photo with this checksum.
    pub(super) fn made(&self, sum: &Sum) -> Option<Arc<Photo>> {
        self.last.made.get(sum).cloned()
    }

    pub(super) fn keep_photo(&self, path: &SourcePath, data: &Metadata, sum: Sum, photo: &Arc<Photo>) {
        let mut now = self.now();
        now.photos.insert(path.to_string(), (Stamp::of(data), sum));
        now.made.insert(sum, Arc::clone(photo));
    }

    fn holds(&self, known: &Stamp, now: Stamp) -> bool {
        *known == now && known.is_settled(self.last.taken)
    }

    fn now(&self) -> std::sync::MutexGuard<'_, Record> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
