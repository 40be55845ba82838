//! Notes: what a build writes down for the next, with its checksum. They are not brought onto the disk before a build ends, so after a
//! power cut one may be torn; then it is none.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{ASIDE, read_aside, with_aside};

/// Bytes of a checksum, which stands at the end.
const SUM: usize = 32;

/// What a note in the program's own folder inside the site folder says; `None` when it is not as it was written.
pub fn read_note(root: &Path, name: &str) -> Option<Vec<u8>> {
    let mut bytes = read_aside(root, name)?;
    let (text, sum) = bytes.split_last_chunk::<SUM>()?;
    let is_whole = Sha256::digest(text).as_slice() == sum;
    bytes.truncate(bytes.len() - SUM);
    is_whole.then_some(bytes)
}

/// Writes a note, which `fill` says piece by piece.
///
/// # Errors
/// When the disk fails, or the folder is a link.
pub fn write_note(root: &Path, name: &str, fill: impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    with_aside(root)?.replace(&format!("{ASIDE}/{name}"), |part| {
        let mut out = Summed { out: BufWriter::new(part), sum: Sha256::new() };
        fill(&mut out)?;
        let Summed { mut out, sum } = out;
        out.write_all(&sum.finalize())?;
        out.flush()
    })
}

/// Adds up what goes through.
struct Summed<W> {
    out: W,
    sum: Sha256,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.sum.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test tears a file")]
    fn a_torn_note_is_none() {
        let site = tempfile::tempdir().expect("a folder");
        write_note(site.path(), "a", |out| out.write_all(b"one").and_then(|()| out.write_all(b" two"))).expect("written");
        assert_eq!(read_note(site.path(), "a").as_deref(), Some(b"one two".as_slice()));
        let file = site.path().join(ASIDE).join("a");
        let whole = std::fs::read(&file).expect("a note");
        for torn in [&whole[..whole.len() - 1], &whole[..3], &[0; 39], &[]] {
            std::fs::write(&file, torn).expect("torn");
            assert_eq!(read_note(site.path(), "a"), None);
        }
    }
}
