//! `Shelf`: the files of a preview in memory; those that did not change are taken over from the last one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::render::{Entry, File, Keep};

type Files = HashMap<String, (Entry, Arc<Vec<u8>>)>;

/// The files that were made, by path below the output folder.
#[derive(Default)]
pub(super) struct Shelf {
    last: Option<Arc<Shelf>>,
    files: Mutex<Files>,
}

impl Shelf {
    /// A shelf that takes over from another.
    pub(super) fn after(last: Arc<Shelf>) -> Shelf {
        Shelf { last: Some(last), files: Mutex::default() }
    }

    /// The same when all files are made: the other one is not needed any more.
    pub(super) fn alone(self) -> Shelf {
        Shelf { last: None, files: self.files }
    }

    /// A file.
    pub(super) fn get(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        self.files().get(path).map(|(_, bytes)| Arc::clone(bytes))
    }

    fn files(&self) -> std::sync::MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keep for Shelf {
    fn has(&self, path: &str, file: &Entry) -> bool {
        let known = self.last.as_ref().and_then(|last| last.files().get(path).filter(|(known, _)| known == file).cloned());
        let is_known = known.is_some();
        self.files().extend(known.map(|known| (path.to_owned(), known)));
        is_known
    }

    fn read(&self, path: &str, file: &Entry) -> Option<Vec<u8>> {
        let last = self.last.as_ref()?.files();
        last.get(path).filter(|(known, _)| known == file).map(|(_, bytes)| bytes.to_vec())
    }

    fn keep(&self, path: &str, bytes: Vec<u8>) -> File {
        let file = Entry::of(&bytes);
        self.files().insert(path.to_owned(), (file.clone(), Arc::new(bytes)));
        File::Kept(file)
    }
}
