//! A ZIP archive (PKWARE APPNOTE), read within limits.

use std::borrow::Cow;
use std::io::{BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::Part;

/// Most files in an archive.
const MAX_FILES: u64 = 20_000;

/// Largest list of files, in bytes.
const MAX_LIST_BYTES: u64 = 8 * 1024 * 1024;

/// Largest part, once unpacked, in bytes.
const MAX_PART_BYTES: u64 = 32 * 1024 * 1024;

/// Bytes that are unpacked of one archive.
const MAX_UNPACKED: u64 = 128 * 1024 * 1024;

/// Where the end of an archive lies: its record and the longest comment (APPNOTE 4.3.16).
const MAX_END_BYTES: u64 = 22 + 65_535;

/// First bytes of the record at the end, and of the one for archives larger than any document.
const END: &[u8] = b"PK\x05\x06";
const LARGE_END: &[u8] = b"PK\x06\x07";

/// An archive.
pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
    unpacked: u64,
    /// Something was over a limit, or could not be read.
    pub(super) is_cut: bool,
}

impl<R: Read + Seek> Archive<R> {
    /// An archive whose list of files is not too long. `Ok(None)` for a file that has no end, which no program opens.
    pub(super) fn open(mut file: R) -> Result<Option<Archive<R>>, OverLimit> {
        let Some(end) = end_of(&mut file) else { return Ok(None) };
        let number = |at: usize, n_bytes| end.bytes.get(at..at + n_bytes).map_or(0, little_endian);
        if number(10, 2) > MAX_FILES || number(12, 4) > MAX_LIST_BYTES || end.is_large {
            return Err(OverLimit);
        }
        let zip = ZipArchive::new(file).map_err(|_| OverLimit)?;
        Ok(Some(Archive { zip, unpacked: 0, is_cut: false }))
    }

    /// The names of its files, in order.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.zip.file_names().filter_map(Result::ok).map(Cow::into_owned).collect();
        names.sort_by_key(|name| (name.len(), name.clone()));
        names
    }

    /// What `read` makes of a file of it, which is cut where it is too long.
    pub(super) fn read<T>(&mut self, name: &str, read: impl FnOnce(Part) -> T) -> Option<T> {
        let limit = MAX_PART_BYTES.min(MAX_UNPACKED.saturating_sub(self.unpacked));
        let Ok(file) = self.zip.by_name(name) else {
            self.is_cut = true;
            return None;
        };
        let mut limited = file.take(limit);
        let made = read(BufReader::new(&mut limited as &mut dyn Read));
        let n_read = limit - limited.limit();
        self.is_cut |= limited.limit() == 0;
        self.unpacked += n_read;
        Some(made)
    }
}

/// There is more in it than is looked through, or it is put together in another way than Office does.
pub(super) struct OverLimit;

/// The record at the end of an archive.
struct End {
    bytes: Vec<u8>,
    /// Another record stands before it, for archives larger than any document.
    is_large: bool,
}

fn end_of(file: &mut (impl Read + Seek)) -> Option<End> {
    let size = file.seek(SeekFrom::End(0)).ok()?;
    file.seek(SeekFrom::Start(size.saturating_sub(MAX_END_BYTES))).ok()?;
    let mut tail = Vec::new();
    file.take(MAX_END_BYTES).read_to_end(&mut tail).ok()?;
    let is_large = memchr::memmem::find(&tail, LARGE_END).is_some();
    Some(End { bytes: tail.split_off(memchr::memmem::rfind(&tail, END)?), is_large })
}

fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}
