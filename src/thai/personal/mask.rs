//! Masks: enough is left to find the place again, too little to find the person.

use std::borrow::Cow;

use super::{Found, Kind, find};

/// What is found, as it may be shown: `1-2xxx-xxxxx-xx-x`, `081-xxx-xxxx`, `sxxxx@gmail.com`, `นายส…`.
pub fn mask(kind: Kind, text: &str) -> String {
    match kind {
        Kind::NationalId => digits(text, 2),
        Kind::Phone | Kind::BankAccount => digits(text, 3),
        Kind::Address => digits(text, 0),
        Kind::Email => {
            let (name, host) = text.split_once('@').unwrap_or((text, ""));
            // Always as many, for the length says something, too.
            let first: String = name.chars().take(1).collect();
            format!("{first}xxxx@{host}")
        }
        Kind::Location => String::new(),
        Kind::Reporter | Kind::Author => {
            let title = super::person::title_of(text);
            let first = first_letter(text[title.len()..].trim_start());
            format!("{title}{first}…")
        }
    }
}

/// A name down to what is written first: a consonant, with the vowel before it.
fn first_letter(name: &str) -> &str {
    let is_leading_vowel = name.starts_with(|c| matches!(c, 'เ'..='ไ'));
    let end = name.char_indices().nth(if is_leading_vowel { 2 } else { 1 }).map_or(name.len(), |(end, _)| end);
    &name[..end]
}

/// All digits but the first few crossed out.
fn digits(text: &str, n_shown: usize) -> String {
    let mut n_seen = 0;
    let cross = |c: char| {
        if !c.is_ascii_digit() && !matches!(c, '๐'..='๙') {
            return c;
        }
        n_seen += 1;
        if n_seen <= n_shown { c } else { 'x' }
    };
    text.chars().map(cross).collect()
}

/// The text with what points at a person covered, byte for byte at the same place, so that it can be shown with a mark under it.
/// `also` is covered too, whatever it is.
pub fn veil(text: &str, also: Option<(usize, usize)>, kinds: impl Fn(Kind) -> bool) -> Cow<'_, str> {
    let mut ranges: Vec<(usize, usize)> = find(text)
        .into_iter()
        .filter(|Found { kind, .. }| kinds(*kind))
        .map(|found| (found.range.start, found.range.end))
        .collect();
    ranges.extend(also);
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    ranges.sort_unstable();
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (start, end) in ranges {
        let (start, end) = (text.floor_char_boundary(start).max(at), text.ceil_char_boundary(end));
        if start < end {
            out.push_str(&text[at..start]);
            out.extend(text[start..end].chars().map(cover));
            at = end;
        }
    }
    Cow::Owned(out + &text[at..])
}

/// What stands for a covered letter: as many bytes.
fn cover(c: char) -> Cow<'static, str> {
    if c.is_whitespace() || c.is_ascii_punctuation() {
        return Cow::Owned(c.to_string());
    }
    Cow::Borrowed(["x", "xx", "•", "xxxx"][c.len_utf8() - 1])
}
