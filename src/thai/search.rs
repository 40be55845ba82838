//! How words are compared in a search: `ปี ๒๕๖๖`, `ปี 2566` and `ปี-2566` are the same.

use super::digits::to_arabic;
use super::repair::repaired;

/// The text as a search compares it: repaired, in lower case, with Arabic digits, and one space for whatever is no letter, mark or
/// digit; `ฯ` and `ๆ` count as punctuation. `fold` of the theme's `search.js` does the same, held by `tests/search/vectors.json`.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in to_arabic(&repaired(text)).to_lowercase().chars() {
        if is_written(c) {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// Letters, vowels and digits are alphanumeric in Unicode; the tone marks of Thai are not.
fn is_written(c: char) -> bool {
    match c {
        'ฯ' | 'ๆ' => false,
        // The table of Unicode is slow for the letters that are asked about most.
        '\u{0e01}'..='\u{0e3a}' | '\u{0e40}'..='\u{0e45}' | '\u{0e47}'..='\u{0e4e}' => true,
        c => c.is_alphanumeric(),
    }
}
