//! Repairs of Thai text: vowels that were put together out of others, and letters that cannot be seen.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// What is wrong at a place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// `ํ` and `า`, which look like `ำ` but are found by nobody who searches for it.
    SplitSaraAm,
    /// Two `เ`, which look like `แ`.
    DoubleSaraE,
    /// A letter without width: a trace of a word processor or of a web page.
    Invisible,
}

/// A fault, with the bytes it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What is wrong.
    pub fault: Fault,
    /// Where, in bytes.
    pub range: Range<usize>,
    /// What belongs there.
    pub right: &'static str,
}

/// Letters without width: zero width space, joiners, word joiner, soft hyphen, marks of direction, byte order mark.
const INVISIBLE: [char; 10] =
    ['\u{00ad}', '\u{200b}', '\u{200c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{2060}', '\u{2066}', '\u{feff}'];

/// The faults of a text, in order. Tone marks may stand inside a split `ำ`: `นํ้า` is `น้ำ`.
pub fn faults(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    if !may_have_faults(text.as_bytes()) {
        return found;
    }
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let mut add = |fault, len: usize, right| found.push(Found { fault, range: at..at + len, right });
        match letter {
            '\u{0e4d}' => {
                if let Some((len, right)) = split_sara_am(&text[at..]) {
                    add(Fault::SplitSaraAm, len, right);
                    while letters.next_if(|(next, _)| *next < at + len).is_some() {}
                }
            }
            'เ' if letters.next_if(|(_, next)| *next == 'เ').is_some() => add(Fault::DoubleSaraE, 2 * 'เ'.len_utf8(), "แ"),
            letter if INVISIBLE.contains(&letter) => add(Fault::Invisible, letter.len_utf8(), ""),
            _ => {}
        }
    }
    found
}

static CIRCLE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\u{0e4d}"));
static DOUBLE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("เเ"));

/// Whether a text has bytes that faults begin with: `ํ`, two `เ`, or those of the letters without width.
fn may_have_faults(bytes: &[u8]) -> bool {
    memchr::memchr3(0xC2, 0xE2, 0xEF, bytes).is_some() || CIRCLE.find(bytes).is_some() || DOUBLE.find(bytes).is_some()
}

/// The text with its faults mended.
pub fn repaired(text: &str) -> Cow<'_, str> {
    let faults = faults(text);
    if faults.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Found { range, right, .. } in faults {
        out.push_str(&text[at..range.start]);
        out.push_str(right);
        at = range.end;
    }
    Cow::Owned(out + &text[at..])
}

/// Bytes of a split `ำ` at the start of a text, and what belongs there.
fn split_sara_am(text: &str) -> Option<(usize, &'static str)> {
    const SPLIT: [(&str, &str); 5] = [
        ("\u{0e4d}\u{0e32}", "\u{0e33}"),
        ("\u{0e4d}\u{0e48}\u{0e32}", "\u{0e48}\u{0e33}"),
        ("\u{0e4d}\u{0e49}\u{0e32}", "\u{0e49}\u{0e33}"),
        ("\u{0e4d}\u{0e4a}\u{0e32}", "\u{0e4a}\u{0e33}"),
        ("\u{0e4d}\u{0e4b}\u{0e32}", "\u{0e4b}\u{0e33}"),
    ];
    SPLIT.iter().find(|(split, _)| text.starts_with(split)).map(|(split, right)| (split.len(), *right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_right_becomes_right() {
        for (typed, right) in [
            ("กําหนด", "กำหนด"),
            ("นํ้า", "น้ำ"),
            ("เเผน", "แผน"),
            ("การ\u{200b}ประเมิน", "การประเมิน"),
            ("\u{feff}โปร่งใส", "โปร่งใส"),
            ("น้ำ แผน plan", "น้ำ แผน plan"),
        ] {
            assert_eq!(repaired(typed), right);
            assert_eq!(repaired(right), right, "twice is once");
        }
        // A tone mark before the circle: `น้ํา`.
        assert_eq!(repaired("น้\u{0e4d}\u{0e32}"), "น้ำ");
        // A circle alone is Pali: `สํ`.
        assert_eq!(repaired("สํฆ"), "สํฆ");
    }

    #[test]
    fn a_fault_says_where() {
        let found = faults("ที่ กําหนด");
        assert_eq!(&"ที่ กําหนด"[found[0].range.clone()], "\u{0e4d}\u{0e32}");
        assert_eq!((found.len(), found[0].fault), (1, Fault::SplitSaraAm));
    }
}
