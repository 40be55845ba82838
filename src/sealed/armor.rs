//! The armour of an age file: base64 between two lines, for e-mail and paper.

use data_encoding::BASE64;

const BEGIN: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
const END: &[u8] = b"-----END AGE ENCRYPTED FILE-----";

/// Letters of a full line.
const LINE: usize = 64;

/// Whether a file is in armour, however it was pasted.
pub(super) fn is_armoured(file: &[u8]) -> bool {
    file.trim_ascii_start().starts_with(BEGIN)
}

/// What is inside; `None` when a line of it is not as it was written. Spaces around the whole are nothing, and so is CR before LF.
pub(super) fn dearmoured(file: &[u8]) -> Option<Vec<u8>> {
    let mut lines: Vec<&[u8]> = file.trim_ascii().split(|byte| *byte == b'\n').collect();
    for line in &mut lines {
        *line = line.strip_suffix(b"\r").unwrap_or(line);
    }
    let (first, rest) = lines.split_first()?;
    let (end, body) = rest.split_last()?;
    let Some((last, full)) = body.split_last() else { return (*first == BEGIN && *end == END).then(Vec::new) };
    if *first != BEGIN || *end != END || last.is_empty() || last.len() > LINE || full.iter().any(|line| line.len() != LINE) {
        return None;
    }
    BASE64.decode(&body.concat()).ok()
}
