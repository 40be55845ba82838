//! Checksums of attachments, so that a build notices when one of them was exchanged.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::known::Known;
use super::{Source, SourcePath, Sources};

/// SHA-256 of a file of the site folder, in hexadecimal.
///
/// # Errors
/// When the disk fails.
#[expect(clippy::disallowed_methods, reason = "discover is the stage that reads the disk")]
pub fn sha256(root: &Path, path: &SourcePath) -> io::Result<String> {
    let mut file = File::open(root.join(path.as_str()))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(&buffer[..n]);
    }
}

/// The checksums of all files that may be copied: attachments, and those of themes. One that cannot be read has none: it is a `DiskProblem` or will be one when it is copied.
pub(super) fn of_attachments(root: &Path, sources: &Sources, known: &Known) -> Vec<(SourcePath, String)> {
    let is_copied = |path: &SourcePath, source: &Source| path.is_under("themes") || matches!(source, Source::Asset { .. });
    let assets = sources.files.iter().filter(|(path, source)| is_copied(path, source));
    let paths: Vec<&SourcePath> = assets.map(|(path, _)| path).collect();
    let sum =
        |path: &&SourcePath| Some(((*path).clone(), known.sum(path, &root.join(path.as_str()), || sha256(root, path)).ok()?));
    paths.par_iter().filter_map(sum).collect()
}

/// SHA-256 of bytes, in hexadecimal.
pub fn sha256_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal, as checksums are written.
pub(crate) fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
