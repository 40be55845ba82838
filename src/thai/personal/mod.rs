//! What points at a private person in a text: numbers, addresses, the name of who reported. Found at its place, and masked where it is shown.

mod email;
mod mask;
mod number;
mod person;
mod words;

pub use mask::{mask, veil};
pub use words::is_generic;

use std::ops::Range;

use super::digits::has_thai;
use words::{Mark, Marks};

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Kind {
    /// เลขประจำตัวประชาชน: 13 digits of which the last is a checksum. Those that start with 0 are companies', and public.
    NationalId,
    /// A mobile telephone; lines of offices start otherwise.
    Phone,
    /// An address at a host where anybody may have one.
    Email,
    /// The number of an account at a bank, where no agency or company is named beside it.
    BankAccount,
    /// Where a person lives.
    Address,
    /// The name of a person beside words for one who reports.
    Reporter,
    /// Who wrote a file, in its properties; no text has it.
    Author,
    /// Where a picture was taken, as the camera noted it; no text has it.
    Location,
}

/// Something that points at a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Where, in bytes.
    pub range: Range<usize>,
    /// What it says, without ways of writing it: `0812345678`, `name@gmail.com`, given and family name.
    pub value: String,
}

/// Everything in a text that points at a person, in order; nothing overlaps.
pub fn find(text: &str) -> Vec<Found> {
    find_by(text, &Marks::of(text))
}

/// The same in a text that was taken out of a file for print, where marks above and below letters are often lost or exchanged.
pub fn find_worn(text: &str) -> Vec<Found> {
    find_by(text, &Marks::of_worn(text))
}

fn find_by(text: &str, marks: &Marks) -> Vec<Found> {
    let (has_digits, has_at) = prefilter(text);
    let mut found = Vec::new();
    if marks.has(Mark::Reporter) {
        found.extend(person::reporters(text, marks));
    }
    if has_digits {
        found.extend(person::addresses(text, marks));
        found.extend(number::find(text, marks));
    }
    if has_at {
        found.extend(email::find(text));
    }
    found.sort_by_key(|one| (one.range.start, one.kind));
    let mut end = 0;
    found.retain(|one| {
        let is_apart = one.range.start >= end;
        if is_apart {
            end = one.range.end;
        }
        is_apart
    });
    found
}

/// What a value given alone says, as [`Found::value`] has it: for a list of values that are fine. Every kind that it may be.
pub fn values(text: &str) -> Vec<String> {
    let mut values: Vec<String> = find(text).into_iter().map(|found| found.value).collect();
    values.extend(number::digits(text));
    values.extend(person::value(text));
    values.push(text.trim().to_lowercase());
    values
}

/// Whether a text may have numbers of six digits and more in it, however grouped, and whether it may have an e-mail address.
fn prefilter(text: &str) -> (bool, bool) {
    let bytes = text.as_bytes();
    (bytes.iter().any(u8::is_ascii_digit) || has_thai(text), memchr::memchr(b'@', bytes).is_some())
}

/// The text from `at` on, at most so many letters and never past a line that is empty.
fn ahead(text: &str, at: usize, n_letters: usize) -> &str {
    let rest = &text[at..];
    let end = rest.char_indices().nth(n_letters).map_or(rest.len(), |(end, _)| end);
    let rest = &rest[..end];
    rest.find("\n\n").map_or(rest, |end| &rest[..end])
}

/// The text up to `at`, at most so many letters and never past a line that is empty.
fn behind(text: &str, at: usize, n_letters: usize) -> &str {
    let before = &text[..at];
    let start = before.char_indices().rev().nth(n_letters.saturating_sub(1)).map_or(0, |(start, _)| start);
    let before = &before[start..];
    before.rfind("\n\n").map_or(before, |end| &before[end..])
}

#[cfg(test)]
mod tests;
