//! Reads the content of a PDF page: its operators, whether it shows text, and the names of what it draws.

use std::collections::BTreeSet;

/// Longest name that is kept, in bytes (ISO 32000-1, annex C, allows 127).
const MAX_NAME_BYTES: usize = 255;

/// What a stream of content shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    /// It shows a string that is more than spaces.
    pub(super) has_text: bool,
    /// Names of the forms and pictures that it draws.
    pub(super) drawn: BTreeSet<Vec<u8>>,
}

/// Scans the operators of a stream of content (ISO 32000-1, 7.8.2); what is no operator is skipped, so any bytes can be scanned.
pub(super) fn scan(content: &[u8]) -> Shown {
    let mut scanner = Scanner::new(content);
    let mut shown = Shown::default();
    let (mut has_string, mut name) = (false, Vec::new());
    while let Some(token) = scanner.token() {
        match token {
            Token::String(bytes) => has_string |= bytes.into_iter().any(is_ink),
            Token::Name(found) => name = found,
            Token::Number(_) | Token::Open | Token::Close => {}
            Token::Operator(operator) => {
                match operator {
                    b"Tj" | b"TJ" | b"'" | b"\"" if has_string => {
                        shown.has_text = true;
                        return shown;
                    }
                    b"Do" if name.len() <= MAX_NAME_BYTES => {
                        shown.drawn.insert(name);
                    }
                    b"ID" => scanner.skip_picture(),
                    _ => {}
                }
                (has_string, name) = (false, Vec::new());
            }
        }
    }
    shown
}

/// A piece of content.
pub(super) enum Token<'a> {
    String(Vec<u8>),
    Name(Vec<u8>),
    Number(f32),
    /// The start of an array.
    Open,
    /// Its end.
    Close,
    Operator(&'a [u8]),
}

/// Cuts content into its pieces.
pub(super) struct Scanner<'a> {
    rest: &'a [u8],
}

impl<'a> Scanner<'a> {
    pub(super) fn new(content: &'a [u8]) -> Scanner<'a> {
        Scanner { rest: content }
    }

    pub(super) fn token(&mut self) -> Option<Token<'a>> {
        loop {
            let (&first, after) = self.rest.split_first()?;
            match first {
                b'%' => {
                    self.take_while(|b| b != b'\n' && b != b'\r');
                }
                b'(' => return Some(Token::String(self.literal())),
                // The start of a dictionary.
                b'<' if after.first() == Some(&b'<') => self.rest = &after[1..],
                b'<' => return Some(Token::String(self.hexadecimal())),
                b'/' => {
                    self.rest = after;
                    let name = self.take_while(is_regular);
                    return Some(Token::Name(unescape(name)));
                }
                b'[' | b']' => {
                    self.rest = after;
                    return Some(if first == b'[' { Token::Open } else { Token::Close });
                }
                _ if is_regular(first) => {
                    let word = self.take_while(is_regular);
                    let is_number = word.iter().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.'));
                    let number = || std::str::from_utf8(word).ok()?.parse().ok();
                    return Some(if is_number { Token::Number(number().unwrap_or(0.0)) } else { Token::Operator(word) });
                }
                // White space, and the brackets of dictionaries.
                _ => self.rest = after,
            }
        }
    }

    fn take_while(&mut self, is_in: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.rest.iter().position(|b| !is_in(*b)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// The bytes of `(…)`, with brackets inside (ISO 32000-1, 7.3.4.2); none when it has no end.
    fn literal(&mut self) -> Vec<u8> {
        let (mut depth, mut bytes) = (0_usize, Vec::new());
        let mut at = 0;
        while let Some(&b) = self.rest.get(at) {
            at += 1;
            match b {
                b'\\' => {
                    let (byte, length) = escaped(&self.rest[at..]);
                    bytes.extend(byte);
                    at += length;
                }
                b'(' if depth == 0 => depth = 1,
                b')' if depth == 1 => {
                    self.rest = &self.rest[at..];
                    return bytes;
                }
                b => {
                    depth = if b == b'(' { depth + 1 } else { depth - usize::from(b == b')') };
                    bytes.push(b);
                }
            }
        }
        self.rest = &[];
        Vec::new()
    }

    /// The bytes of `<…>`.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let end = self.rest.iter().position(|b| *b == b'>').unwrap_or(self.rest.len());
        let digits: Vec<u8> =
            self.rest[..end].iter().filter_map(|b| char::from(*b).to_digit(16)).filter_map(|d| u8::try_from(d).ok()).collect();
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        digits.chunks(2).map(|pair| (pair[0] << 4) | pair.get(1).copied().unwrap_or(0)).collect()
    }

    /// Skips the bytes of a picture that stands in the content, up to `EI` between white space.
    pub(super) fn skip_picture(&mut self) {
        let is_end = |window: &[u8]| is_space(window[0]) && &window[1..3] == b"EI" && (is_space(window[3]) || window[3] == b'Q');
        let end = self.rest.windows(4).position(is_end).map(|at| at + 3);
        self.rest = end.map(|end| &self.rest[end..]).unwrap_or_default();
    }
}

/// Whether a byte of a string can put something on the page: a space is 32, or 3 in most fonts that Office embeds (0003).
fn is_ink(b: u8) -> bool {
    !matches!(b, 0 | 3) && !b.is_ascii_whitespace()
}

fn is_space(b: u8) -> bool {
    matches!(b, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_regular(b: u8) -> bool {
    !is_space(b) && !matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// The byte after a backslash, if it is one, and how many it is written with.
fn escaped(rest: &[u8]) -> (Option<u8>, usize) {
    let Some(&first) = rest.first() else { return (None, 0) };
    match first {
        b'n' => (Some(b'\n'), 1),
        b'r' => (Some(b'\r'), 1),
        b't' => (Some(b'\t'), 1),
        b'b' => (Some(8), 1),
        b'f' => (Some(12), 1),
        // A line that goes on.
        b'\r' => (None, if rest.get(1) == Some(&b'\n') { 2 } else { 1 }),
        b'\n' => (None, 1),
        b'0'..=b'7' => {
            let digits = rest.iter().take(3).take_while(|b| matches!(b, b'0'..=b'7'));
            let (value, length) = digits.fold((0_u32, 0), |(value, n), b| (value << 3 | u32::from(b - b'0'), n + 1));
            (Some(value.to_le_bytes()[0]), length)
        }
        other => (Some(other), 1),
    }
}

/// `A#20B` → `A B`.
fn unescape(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut at = 0;
    while let Some(&b) = name.get(at) {
        let digit = |at: usize| name.get(at).and_then(|b| char::from(*b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        if let (b'#', Some(high), Some(low)) = (b, digit(at + 1), digit(at + 2)) {
            plain.push((high << 4) | low);
            at += 3;
        } else {
            plain.push(b);
            at += 1;
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::scan;

    #[test]
    fn text_is_found_wherever_it_can_be() {
        for content in [
            "BT (ok) Tj ET",
            "BT [(o) -20 <6b>] TJ ET",
            "BT (o\\)k) ' ET",
            "BT 1 2 (ok)\" ET",
            "BI /W 1 ID \x01EI x\nEI Q BT (ok) Tj ET",
            "/P <</MCID 0>> BDC BT(ok)Tj ET",
            "% (note\n(ok)Tj",
            "BT ((o)k) Tj ET",
        ] {
            assert!(scan(content.as_bytes()).has_text, "{content}");
        }
        for content in ["", "BT () Tj ET", "BT ( ) Tj <0003> Tj ET", "(ok) pop", "% (ok) Tj", "BI ID (ok) Tj", "(((", "<6b"] {
            assert!(!scan(content.as_bytes()).has_text, "{content}");
        }
    }

    #[test]
    fn names_that_are_drawn() {
        let shown = scan(b"q 1 0 0 1 0 0 cm /Im#201 Do Q /Fm Do");
        assert_eq!(shown.drawn.into_iter().collect::<Vec<_>>(), [b"Fm".to_vec(), b"Im 1".to_vec()]);
    }
}
