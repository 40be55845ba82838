//! Checksums of the files that a submission names, so that a build notices when one of them was exchanged.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use percent_encoding::percent_decode_str;
use sha2::{Digest as _, Sha256};

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

/// The checksums of the attachments whose addresses stand in a submission. One that cannot be read has none: it is a
/// `DiskProblem` or will be one when it is copied.
pub(super) fn of_submitted(root: &Path, sources: &Sources) -> Vec<(SourcePath, String)> {
    let submissions = sources.under("content/submissions").filter_map(|(_, source)| match source {
        Source::Text { text, .. } => Some(percent_decode_str(text).decode_utf8_lossy().into_owned()),
        Source::Asset { .. } => None,
    });
    let mut submissions: String = submissions.collect();
    if submissions.is_empty() {
        return Vec::new();
    }
    // A submitted file may have moved; the redirects say where to.
    submissions.push_str(
        &percent_decode_str(sources.text(&SourcePath::new("content/site.toml")).unwrap_or_default()).decode_utf8_lossy(),
    );
    let assets = sources.under("content").filter(|(_, source)| matches!(source, Source::Asset { .. })).map(|(path, _)| path);
    let named = assets.filter(|path| {
        path.as_str().strip_prefix("content/").is_some_and(|name| submissions.contains(&format!("/files/{name}")))
    });
    named.filter_map(|path| Some((path.clone(), sha256(root, path).ok()?))).collect()
}

/// SHA-256 of bytes, in hexadecimal.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal, as checksums are written.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
