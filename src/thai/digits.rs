//! Thai and Arabic digits: read either, show the one a site chose.

use std::borrow::Cow;

/// Which digits a site shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Digits {
    /// 0–9.
    #[default]
    Arabic,
    /// ๐–๙.
    Thai,
}

/// `text` with Arabic digits.
pub fn to_arabic(text: &str) -> Cow<'_, str> {
    if !has_thai(text) {
        return Cow::Borrowed(text);
    }
    map(text, |c| match c {
        '๐'..='๙' => Some(char::from(b'0' + u8::try_from(u32::from(c) - u32::from('๐')).unwrap_or(0))),
        _ => None,
    })
}

/// `text` with the digits a site shows; web and e-mail addresses stay as they are.
pub fn show(text: &str, digits: Digits) -> Cow<'_, str> {
    let convert = |word: &str| -> String {
        match digits {
            Digits::Arabic => to_arabic(word).into_owned(),
            Digits::Thai => {
                map(word, |c| c.to_digit(10).filter(|_| c.is_ascii()).and_then(|digit| char::from_u32(u32::from('๐') + digit)))
                    .into_owned()
            }
        }
    };
    let has_others = match digits {
        Digits::Arabic => has_thai(text),
        Digits::Thai => text.bytes().any(|byte| byte.is_ascii_digit()),
    };
    if !has_others {
        return Cow::Borrowed(text);
    }
    if !(text.contains("://") || text.contains('@') || text.contains("www.")) {
        return Cow::Owned(convert(text));
    }
    let is_address = |word: &str| word.contains("://") || word.contains('@') || word.contains("www.");
    let words = text.split_inclusive(' ').map(|word| if is_address(word) { word.to_owned() } else { convert(word) });
    Cow::Owned(words.collect())
}

/// Whether a text has Thai digits, in UTF-8 E0 B9 90 to E0 B9 99.
pub(super) fn has_thai(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |(at, byte): (usize, &u8)| matches!(byte, 0x90..=0x99) && at >= 2 && bytes[at - 2..at] == [0xE0, 0xB9];
    bytes.iter().enumerate().any(is_digit)
}

fn map(text: &str, change: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if text.chars().all(|c| change(c).is_none()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| change(c).unwrap_or(c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        assert_eq!(to_arabic("O๔๒ ปี ๒๕๖๖"), "O42 ปี 2566");
        assert_eq!(show("ได้ 91.81 คะแนน", Digits::Thai), "ได้ ๙๑.๘๑ คะแนน");
        assert_eq!(show("๒๕๖๖", Digits::Arabic), "2566");
    }

    #[test]
    fn addresses_keep_their_digits() {
        assert_eq!(show("ปี 2566 https://a.go.th/2566", Digits::Thai), "ปี ๒๕๖๖ https://a.go.th/2566");
        assert_eq!(show("โทร 1 ถึง a1@b.th", Digits::Thai), "โทร ๑ ถึง a1@b.th");
    }
}
