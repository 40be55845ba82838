//! Contact cards: vCard 3.0 (RFC 2426), the version that every telephone reads, in UTF-8.

/// Longest line of a card in bytes, its end not counted (RFC 2426, 2.6).
const MAX_LINE: usize = 75;

/// Letters of base64 (RFC 4648, section 4).
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A card to be: lines of properties, folded as they are added.
#[derive(Debug)]
pub(super) struct Card(String);

impl Card {
    pub(super) fn new() -> Card {
        let mut card = Card(String::new());
        card.line("BEGIN:VCARD");
        card.line("VERSION:3.0");
        card
    }

    /// A property of one text: `FN`, `TEL;TYPE=WORK,VOICE`.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.line(&format!("{name}:{}", escape(text)));
    }

    /// A property of several parts: `N`, `ADR`.
    pub(super) fn parts(&mut self, name: &str, parts: &[&str]) {
        let parts: Vec<String> = parts.iter().map(|part| escape(part)).collect();
        self.line(&format!("{name}:{}", parts.join(";")));
    }

    /// A property whose value has signs of its own: an address on the web (RFC 2426, 3.6.8: no escapes).
    pub(super) fn uri(&mut self, name: &str, uri: &str) {
        self.line(&format!("{name}:{uri}"));
    }

    /// A JPEG inside the card (RFC 2426, 3.1.4).
    pub(super) fn jpeg(&mut self, bytes: &[u8]) {
        self.line(&format!("PHOTO;ENCODING=b;TYPE=JPEG:{}", base64(bytes)));
    }

    pub(super) fn finish(mut self) -> String {
        self.line("END:VCARD");
        self.0
    }

    /// Adds a line, folded: what is longer goes on in the next line after a space. No letter of UTF-8 is cut in two, and no Thai
    /// letter from its marks, for whoever opens the file in an editor.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let n_marks: usize = rest.chars().skip(1).take_while(|c| is_mark(*c)).map(char::len_utf8).sum();
            // A heap of marks that fills a line is cut all the same.
            let size = Some(first.len_utf8() + n_marks).filter(|size| *size < MAX_LINE).unwrap_or(first.len_utf8());
            if length + size > MAX_LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            let (letter, after) = rest.split_at(size);
            self.0.push_str(letter);
            length += size;
            rest = after;
        }
        self.0.push_str("\r\n");
    }
}

/// Vowels and tones above and below a Thai letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

/// Signs that part values are escaped; a line end becomes `\n`, other control characters go (RFC 2426, 4).
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ',' | ';' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (at, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let letter = BASE64[(group >> shift & 0x3F) as usize];
            text.push(if at > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Card, base64};

    /// Reads a card as a telephone does: lines joined, escapes undone.
    fn read(card: &str, name: &str) -> Vec<String> {
        let unfolded = card.replace("\r\n ", "");
        let line = unfolded.split("\r\n").find_map(|line| line.strip_prefix(&format!("{name}:"))).expect("the property");
        let (mut parts, mut chars) = (vec![String::new()], line.chars());
        while let Some(c) = chars.next() {
            match c {
                ';' => parts.push(String::new()),
                '\\' => {
                    let escaped = chars.next().map(|c| if c == 'n' { '\n' } else { c });
                    parts.last_mut().expect("a part").extend(escaped);
                }
                c => parts.last_mut().expect("a part").push(c),
            }
        }
        parts
    }

    #[test]
    fn base64_as_in_the_rfc() {
        for (plain, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(parts in proptest::collection::vec("[ก-๛a-zA-Z0-9 \\\\,;:\n\"😀é]{0,60}", 5)) {
            let mut card = Card::new();
            let borrowed: Vec<&str> = parts.iter().map(String::as_str).collect();
            card.parts("N", &borrowed);
            card.text("FN", &parts[0]);
            let card = card.finish();
            for line in card.split("\r\n") {
                prop_assert!(line.len() <= 75, "{} bytes: {line}", line.len());
                prop_assert!(!line.contains(['\r', '\n']), "{line}");
                let is_cut = line.strip_prefix(' ').and_then(|rest| rest.chars().next()).is_some_and(super::is_mark);
                prop_assert!(!is_cut || line.chars().filter(|c| super::is_mark(*c)).count() > 10, "a mark alone: {line}");
            }
            prop_assert!(card.ends_with("END:VCARD\r\n"));
            prop_assert_eq!(read(&card, "N"), parts.clone());
            prop_assert_eq!(read(&card, "FN"), vec![parts[0].clone()]);
        }

        #[test]
        fn no_text_breaks_a_card(text in "\\PC{0,100}|[\u{0}-\u{1f}\r\nB:]{0,20}") {
            let mut card = Card::new();
            card.text("NOTE", &text);
            let card = card.finish();
            prop_assert_eq!(card.matches("\r\nEND:VCARD").count(), 1);
            prop_assert_eq!(card.replace("\r\n ", "").matches("\r\n").count(), 4);
        }
    }
}
