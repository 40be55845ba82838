//! Reads one file that a command names, up to a limit.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// The bytes of a file; `None` when there are more than `limit`.
///
/// # Errors
/// When the disk fails.
#[expect(clippy::disallowed_methods, reason = "source reads the disk")]
pub fn read_named(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}
