//! Letters by the names that fonts give them, as far as numbers and addresses need them.

/// Names of glyphs that are not the letter itself (Adobe Glyph List).
const NAMES: [(&[u8], char); 23] = [
    (b"zero", '0'),
    (b"one", '1'),
    (b"two", '2'),
    (b"three", '3'),
    (b"four", '4'),
    (b"five", '5'),
    (b"six", '6'),
    (b"seven", '7'),
    (b"eight", '8'),
    (b"nine", '9'),
    (b"space", ' '),
    (b"hyphen", '-'),
    (b"minus", '-'),
    (b"endash", '–'),
    (b"period", '.'),
    (b"comma", ','),
    (b"colon", ':'),
    (b"slash", '/'),
    (b"parenleft", '('),
    (b"parenright", ')'),
    (b"at", '@'),
    (b"underscore", '_'),
    (b"plus", '+'),
];

/// The letter of a glyph: `zero`, `A`, `uni0E01`, `u0E01`.
pub(super) fn letter(name: &[u8]) -> Option<char> {
    if let [letter] = name {
        return Some(char::from(*letter));
    }
    if let Some((_, letter)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(*letter);
    }
    let digits = name.strip_prefix(b"uni").or_else(|| name.strip_prefix(b"u"))?;
    let digits = std::str::from_utf8(digits.get(..digits.len().min(6))?).ok()?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn names_of_glyphs() {
        for (name, expected) in [
            ("zero", Some('0')),
            ("A", Some('A')),
            ("uni0E01", Some('ก')),
            ("u0E01", Some('ก')),
            ("g12", None),
            ("unix", None),
            ("", None),
        ] {
            assert_eq!(letter(name.as_bytes()), expected, "{name}");
        }
    }
}
