//! What the codes of a font mean (ISO 32000-1, 9.10.3, `ToUnicode`). Ranges stay ranges, so that a small table cannot become a large one.

use super::content::{Scanner, Token};

/// Most ranges that are kept of one table.
const MAX_RANGES: usize = 100_000;

/// Letters of Thai that fonts keep in the private area, for marks that stand aside; from U+F700 on.
const PRIVATE: &str = "\u{e10}\u{e34}\u{e35}\u{e36}\u{e37}\u{e48}\u{e49}\u{e4a}\u{e4b}\u{e4c}\u{e48}\u{e49}\u{e4a}\u{e4b}\
    \u{e4c}\u{e0d}\u{e31}\u{e4d}\u{e47}\u{e48}\u{e49}\u{e4a}\u{e4b}\u{e4c}\u{e38}\u{e39}\u{e3a}";

/// What codes mean.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// In order of the first code.
    ranges: Vec<Range>,
}

/// Codes that follow each other, and so does what they mean.
#[derive(Debug)]
struct Range {
    first: u32,
    last: u32,
    /// What the first means; of the others the last letter is so many further.
    text: String,
}

impl CMap {
    /// Reads a table; what is not understood is skipped.
    pub(super) fn parse(bytes: &[u8]) -> CMap {
        let mut scanner = Scanner::new(bytes);
        let mut ranges = Vec::new();
        let mut strings: Vec<Vec<u8>> = Vec::new();
        let mut is_range = false;
        // Inside brackets: the code that comes next.
        let mut listed: Option<u32> = None;
        while let Some(token) = scanner.token() {
            match token {
                Token::Operator(b"beginbfchar" | b"begincodespacerange" | b"begincidrange" | b"beginnotdefrange") => {
                    (is_range, strings) = (false, Vec::new());
                }
                Token::Operator(b"beginbfrange") => (is_range, strings) = (true, Vec::new()),
                Token::Operator(b"endbfchar") => {
                    let pairs = strings.chunks_exact(2);
                    ranges.extend(pairs.map(|pair| Range {
                        first: code(&pair[0]),
                        last: code(&pair[0]),
                        text: decode(&pair[1]),
                    }));
                    strings.clear();
                }
                Token::Open if is_range => listed = strings.first().map(|first| code(first)),
                Token::Close => {
                    listed = None;
                    strings.clear();
                }
                Token::String(bytes) => match &mut listed {
                    Some(next) => {
                        ranges.push(Range { first: *next, last: *next, text: decode(&bytes) });
                        *next = next.saturating_add(1);
                    }
                    None => strings.push(bytes),
                },
                _ => {}
            }
            if let (true, None, [first, last, text]) = (is_range, &listed, &strings[..]) {
                ranges.push(Range { first: code(first), last: code(last), text: decode(text) });
                strings.clear();
            }
            if ranges.len() > MAX_RANGES {
                break;
            }
        }
        ranges.sort_by_key(|range| range.first);
        CMap { ranges }
    }

    /// Adds what a code means; whether it is known.
    pub(super) fn push(&self, code: u32, out: &mut String) -> bool {
        let after = self.ranges.partition_point(|range| range.first <= code);
        let Some(range) = after.checked_sub(1).and_then(|at| self.ranges.get(at)).filter(|range| code <= range.last) else {
            return false;
        };
        let mut letters = range.text.chars();
        let last = letters.next_back();
        out.extend(letters.map(common));
        out.extend(last.and_then(|last| char::from_u32(u32::from(last).checked_add(code - range.first)?)).map(common));
        true
    }
}

/// A letter in the place that it has in all fonts.
fn common(c: char) -> char {
    let at = u32::from(c).checked_sub(0xF700).and_then(|at| usize::try_from(at).ok());
    at.and_then(|at| PRIVATE.chars().nth(at)).unwrap_or(c)
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// UTF-16, big end first.
fn decode(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::CMap;

    fn read(table: &str, code: u32) -> Option<String> {
        let mut out = String::new();
        CMap::parse(table.as_bytes()).push(code, &mut out).then_some(out)
    }

    #[test]
    fn codes_and_ranges() {
        let table =
            "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003> <0020> <0041> <0E010E33> endbfchar
            3 beginbfrange <0010> <0019> <0030> <0020> <0022> [<0E01> <F70A> <D83DDE00>] <0030> <0039> <0E50> endbfrange";
        for (code, text) in [
            (3, Some(" ")),
            (0x41, Some("กำ")),
            (0x10, Some("0")),
            (0x19, Some("9")),
            (0x1A, None),
            (0x20, Some("ก")),
            (0x21, Some("่")),
            (0x22, Some("😀")),
            (0x35, Some("๕")),
            (0, None),
        ] {
            assert_eq!(read(table, code).as_deref(), text, "{code:x}");
        }
    }

    #[test]
    fn a_range_of_all_codes_stays_small() {
        let table = "1 beginbfrange <00000000> <FFFFFFFF> <0030> endbfrange";
        assert_eq!(CMap::parse(table.as_bytes()).ranges.len(), 1);
        assert_eq!(read(table, 5).as_deref(), Some("5"));
        assert_eq!(read(table, u32::MAX), Some(String::new()), "beyond the last letter");
    }

    #[test]
    fn nonsense_is_survived() {
        for table in ["", "beginbfrange <", "beginbfrange [ <00> ] endbfrange", "beginbfchar <00> endbfchar", "]][[<>"] {
            let _ = read(table, 0);
        }
    }
}
