//! `SHA256SUMS`, as `sha256sum -c` reads it: a line a file, its checksum and its path.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::LOG;
use crate::source::hex;

/// The name of the file, in the output folder.
pub const FILE: &str = "SHA256SUMS";

/// The list of published files with their sizes, which is also a file.
pub const MANIFEST: &str = "manifest.json";

/// Files that are made last, for they know of all others.
pub const LAST: [&str; 3] = [LOG, FILE, MANIFEST];

/// The lines of files in order of path, each path with its checksum in hexadecimal.
pub fn write<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut lines = String::new();
    for (path, sum) in files {
        // GNU coreutils: a line with an escaped name begins with a backslash.
        let (mark, path) = if path.contains(['\\', '\n', '\r']) {
            ("\\", path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r"))
        } else {
            ("", path.to_owned())
        };
        let _ = writeln!(lines, "{mark}{sum}  {path}");
    }
    lines
}

/// Path and checksum of each line.
///
/// # Errors
/// The first line, from 1, that is none.
pub fn read(text: &str) -> Result<BTreeMap<String, String>, usize> {
    let mut files = BTreeMap::new();
    for (number, line) in (1..).zip(text.split_terminator('\n')) {
        let (is_escaped, rest) = line.strip_prefix('\\').map_or((false, line), |rest| (true, rest));
        let (sum, path) = rest.split_once("  ").ok_or(number)?;
        let is_sum = sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        let path = if is_escaped { unescaped(path) } else { path.to_owned() };
        if !is_sum || path.is_empty() || files.insert(path, sum.to_owned()).is_some() {
            return Err(number);
        }
    }
    Ok(files)
}

/// The checksum of all published files: SHA-256 of their lines, without those of the history and of the list, which know of it.
pub fn published<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let lines = write(files.filter(|(path, _)| !matches!(*path, LOG | MANIFEST)));
    hex(&Sha256::digest(lines))
}

fn unescaped(path: &str) -> String {
    let mut whole = String::new();
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        match (letter == '\\').then(|| letters.next()).flatten() {
            Some('n') => whole.push('\n'),
            Some('r') => whole.push('\r'),
            Some(other) => whole.push(other),
            None => whole.push(letter),
        }
    }
    whole
}
