//! Files for one person's eyes, such as keys and opened reports: never over another file, never where a site is published from.
#![expect(clippy::disallowed_methods, reason = "publish is the stage that writes the disk")]

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Folders of a site folder that are published, or handed on with it.
const SITE_FOLDERS: [&str; 3] = ["content", "public", "themes"];

/// Whether a path lies in a folder of a site, whichever way it leads there. The path itself need not be there yet.
pub fn is_in_site(path: &Path) -> bool {
    let start = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    // Links in the part that is there are followed; `..` in the rest leads nowhere else, for that part is not there.
    let real = start.ancestors().find_map(|folder| folder.canonicalize().ok().map(|real| (real, folder)));
    let Some((real, folder)) = real else { return false };
    let whole = start.strip_prefix(folder).map_or_else(|_| real.clone(), |rest| real.join(rest));
    whole.ancestors().any(|folder| {
        let is_named = folder.file_name().is_some_and(|name| SITE_FOLDERS.iter().any(|known| name == *known));
        is_named && folder.with_file_name("content").join("site.toml").is_file()
    })
}

/// Writes a file where none is, which only its owner can read.
///
/// # Errors
/// When something is there already, or the disk fails.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|error| super::disk::at(&error, path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| {
        // Half a key is worse than none.
        let _ = fs::remove_file(path);
        super::disk::at(&error, path)
    })
}

/// Makes a folder where nothing is, which only its owner can open.
///
/// # Errors
/// When something is there already, or the disk fails.
pub fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| super::disk::at(&error, path))
}
