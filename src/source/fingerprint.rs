//! `Fingerprint`: whether anything that a build reads changed since the last one, told from names, sizes and times alone.

use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::HISTORY;
use super::discover::{FOLDERS, entries};
use super::stamp::{self, Stamp};

/// What stands for everything that a build reads: SHA-256 of the stamps of all files, and of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of the site folder `root`. `None` when something cannot be told from stamps: a problem of the disk, a file that
    /// was changed so short a time ago that it may change again without its stamp doing so.
    #[expect(clippy::disallowed_methods, reason = "of the stage that reads the disk")]
    pub fn of(root: &Path) -> Option<Fingerprint> {
        let taken = stamp::now();
        let mut files: Vec<_> = FOLDERS.iter().flat_map(|folder| entries(root, folder)).collect::<Result<_, _>>().ok()?;
        // The history is written by the build itself; it is seen with what is published.
        let history = root.join(HISTORY);
        files.retain(|entry| !entry.file_type().is_dir() && entry.path() != history);
        let stamp_of = |entry: &walkdir::DirEntry| {
            let path = entry.path().strip_prefix(root).ok()?.to_str()?.to_owned();
            let data = std::fs::metadata(entry.path()).ok().filter(std::fs::Metadata::is_file)?;
            Some((path, Stamp::of(&data))).filter(|(_, stamp)| stamp.is_settled(taken))
        };
        let stamps: Option<Vec<_>> = files.par_iter().map(stamp_of).collect();
        let program = stamp::of_program()?;
        let all = (env!("CARGO_PKG_VERSION"), program, stamps?);
        Some(Fingerprint(Sha256::digest(postcard::to_stdvec(&all).ok()?).into()))
    }
}
