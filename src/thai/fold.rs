//! Names as they are compared: spaces, digits and ways of typing do not make another name.

use super::digits::to_arabic;
use super::repair::repaired;

/// A name folded for comparison: Arabic digits, no spaces or invisible letters, sara am in one letter, no brackets and what is in
/// them, no `โครงการ` in front.
pub fn name(text: &str) -> String {
    let text = to_arabic(&repaired(text)).into_owned();
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    // `(นายสมมุติ ตัวอย่าง)` under a signature is all in brackets.
    let kept = if bare.trim().is_empty() { text.replace(['(', ')'], "") } else { bare };
    let is_seen = |c: &char| !c.is_whitespace() && !('\u{200b}'..='\u{200f}').contains(c) && *c != '\u{feff}';
    let folded: String = kept.chars().filter(is_seen).collect();
    folded.strip_prefix("โครงการ").filter(|rest| !rest.is_empty()).map_or(folded.clone(), str::to_owned)
}

/// Whether two names are the same after folding.
pub fn same_name(a: &str, b: &str) -> bool {
    name(a) == name(b)
}

/// Whether a text says nothing: no letter and no digit, as in `-` or an invisible space.
pub fn is_blank(text: &str) -> bool {
    // The table of Unicode is slow for the letters that are asked about most.
    !text.chars().any(|c| ('ก'..='ฮ').contains(&c) || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_typing_are_no_other_name() {
        for (a, b) in [
            ("ถนน หมู่ที่ ๓", "โครงการถนน หมู่ที่3"),
            ("นาย สมมุติ ตัวอย่าง", "(นายสมมุติ ตัวอย่าง)"),
            ("นายสมมุติ ตัวอย่าง (นายก อบต.)", "นายสมมุติ\u{200b} ตัวอย่าง"),
            ("น้ำประปา", "น้\u{e4d}าประปา"),
        ] {
            assert!(same_name(a, b), "{a} {b}");
        }
        assert!(!same_name("หมู่ที่ 3", "หมู่ที่ 5") && !same_name("โครงการ", "ถนน"));
        assert!(is_blank("-") && is_blank(" … ") && is_blank("\u{200b}") && !is_blank("ก") && !is_blank("0"));
    }
}
