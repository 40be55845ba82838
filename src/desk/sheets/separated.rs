//! CSV files → a grid: encoding and separator are found out, for every office saves them otherwise.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_874};

use super::grid::{Cell, Grid};
use crate::diagnostic::{Text, text};

/// Characters that separate cells.
const SEPARATORS: [u8; 4] = *b",;\t|";

/// Reads a CSV file.
///
/// # Errors
/// What to tell.
pub(super) fn read(bytes: &[u8]) -> Result<Grid, Text> {
    let text = decode(bytes)?;
    let (text, named) = match text.split_once('\n') {
        // Excel's own way to say what separates: a first line `sep=;`.
        Some((first, rest)) if first.trim_end().len() == 5 && first.starts_with("sep=") => {
            (rest.to_owned(), first.as_bytes().get(4).copied())
        }
        _ => (text, None),
    };
    let separator = named.unwrap_or_else(|| separator(&text));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut grid = Grid::default();
    // Lines that are empty count, so that rows have the numbers that a spreadsheet gives them.
    let (mut last_line, mut row) = (1, 0);
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            text!(th: "อ่าน CSV ไม่ได้ที่บรรทัด {line}", en: "the CSV file cannot be read at line {line}")
        })?;
        let line = record.position().map_or(last_line, csv::Position::line);
        row += usize::try_from(line.saturating_sub(last_line)).unwrap_or(0);
        for (column, typed) in record.iter().enumerate() {
            grid.put(row, column, Cell::of_text(typed))?;
        }
        row += 1;
        let n_breaks: usize = record.iter().map(|typed| typed.matches('\n').count()).sum();
        last_line = line + 1 + u64::try_from(n_breaks).unwrap_or(0);
    }
    Ok(grid)
}

/// The text, with `\n` at the end of every line.
fn decode(bytes: &[u8]) -> Result<String, Text> {
    let decoded = if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        str::from_utf8(rest).ok().map(str::to_owned)
    } else if bytes.starts_with(b"\xFF\xFE") {
        UTF_16LE.decode_without_bom_handling_and_without_replacement(&bytes[2..]).map(Into::into)
    } else if bytes.starts_with(b"\xFE\xFF") {
        UTF_16BE.decode_without_bom_handling_and_without_replacement(&bytes[2..]).map(Into::into)
    } else if let Ok(text) = str::from_utf8(bytes) {
        Some(text.to_owned())
    } else {
        // TIS-620 is Windows-874 without its few signs.
        WINDOWS_874.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
    };
    let text = decoded.filter(|text| !text.contains('\0')).ok_or_else(|| {
        text!(
            th: "ไฟล์นี้ไม่ใช่ CSV ที่อ่านออก ให้บันทึกเป็น CSV UTF-8 หรือ .xlsx",
            en: "this is no CSV file that can be read; save it as CSV UTF-8 or .xlsx"
        )
    })?;
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The separator that stands most often outside of quotation marks in the first lines.
fn separator(text: &str) -> u8 {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut is_quoted = false;
    for byte in text.lines().take(20).flat_map(|line| line.bytes().chain(*b"\n")) {
        if byte == b'"' {
            is_quoted = !is_quoted;
        } else if let (false, Some(at)) = (is_quoted, SEPARATORS.iter().position(|separator| *separator == byte)) {
            counts[at] += 1;
        }
    }
    let best = (0..SEPARATORS.len()).rev().max_by_key(|at| counts[*at]).unwrap_or(0);
    SEPARATORS[best]
}
