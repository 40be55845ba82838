//! Thai telephone numbers as officers type them, as they are dialled (RFC 3966).

/// Words before the number of a desk.
const EXTENSION_WORDS: [&str; 6] = ["ต่อภายใน", "ต่อ", "กด", "#", "ext", "Ext"];

/// Most digits of an extension.
const MAX_EXTENSION: usize = 6;

/// The first number of a text, as it is dialled: `0 4212 3456-7` leads to `+6642123456`, `042123456 ต่อ 12` to `+6642123456;ext=12`.
///
/// Numbers of 06, 08 and 09 have 10 digits, others 9, toll-free ones are 1800 and six more; short numbers stand together. What
/// follows a complete number after a hyphen is a range.
pub fn dialled(text: &str) -> Option<String> {
    let text: String = text.trim().chars().map(|c| if ('\u{2010}'..='\u{2013}').contains(&c) { '-' } else { c }).collect();
    let short: String = text.chars().take_while(char::is_ascii_digit).collect();
    let after_short = text[short.len()..].chars().next();
    if (3..=5).contains(&short.len()) && !short.starts_with('0') && after_short.is_none_or(|c| c != '-' && c != '.') {
        let is_toll_free = short == "1800" && text[4..].trim_start().starts_with(|c: char| c.is_ascii_digit());
        if !is_toll_free {
            return Some(short);
        }
    }
    let text = text.replacen("+66", "0", 1).replacen("0 0", "0", usize::from(text.starts_with("+66 0")));
    let length = match text.chars().filter(char::is_ascii_digit).take(4).collect::<String>().as_str() {
        "1800" => 10,
        start if ["06", "08", "09"].iter().any(|mobile| start.starts_with(mobile)) => 10,
        start if start.starts_with('0') => 9,
        _ => return None,
    };
    let (mut digits, mut last) = (String::new(), ' ');
    let mut chars = text.chars();
    let mut rest = text.as_str();
    while let Some(c) = chars.next() {
        match c {
            '0'..='9' if digits.len() < length => digits.push(c),
            // One digit too many is a mistake, unless it ends a range.
            '0'..='9' if last != '-' => return None,
            ' ' | '-' | '.' | '\u{a0}' => {}
            '(' | ')' if digits.len() < length => {}
            _ => break,
        }
        rest = chars.as_str();
        if digits.len() == length && c != '-' && !c.is_ascii_digit() && c != ' ' {
            break;
        }
        last = c;
    }
    let number =
        (digits.len() == length).then(|| digits.strip_prefix('0').map_or(digits.clone(), |national| format!("+66{national}")))?;
    Some(match extension(rest) {
        Some(extension) => format!("{number};ext={extension}"),
        None => number,
    })
}

/// The number without the desk: what a telephone's book of contacts can keep.
pub fn without_extension(dialled: &str) -> &str {
    dialled.split(';').next().unwrap_or(dialled)
}

/// The number of a desk, where it comes right after the telephone number or its range: ` ต่อ 12`, `-7 (ext. 12)`.
fn extension(rest: &str) -> Option<String> {
    let after_range = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = after_range.trim_start_matches([' ', '(', ',', '\u{a0}']);
    let rest = EXTENSION_WORDS.iter().find_map(|word| rest.strip_prefix(word))?;
    let digits: String = rest.trim_start_matches([' ', '.', ':', '\u{a0}']).chars().take_while(char::is_ascii_digit).collect();
    (1..=MAX_EXTENSION).contains(&digits.len()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::dialled;

    #[test]
    fn numbers_as_officers_type_them() {
        for (typed, tel) in [
            ("0 4212 3456", "+6642123456"),
            ("042-123456", "+6642123456"),
            ("(042) 123 456", "+6642123456"),
            ("0-4212-3456-7", "+6642123456"),
            ("02-123-4567-9", "+6621234567"),
            ("042123456 ถึง 8", "+6642123456"),
            ("0 4222 1122 #12", "+6642221122;ext=12"),
            ("042123456 ต่อ 12", "+6642123456;ext=12"),
            ("0 4212 3456-7 ต่อ 101, 102", "+6642123456;ext=101"),
            ("0 4212 3456 (ext. 9)", "+6642123456;ext=9"),
            ("0-4212-3456 ต่อภายใน 12", "+6642123456;ext=12"),
            ("0 4212 3456 ต่อเนื่อง 12", "+6642123456"),
            ("0 4212 3456-7, 0 4212 9999 ต่อ 3", "+6642123456"),
            ("0 4212 3456 ต่อ 1234567", "+6642123456"),
            ("0 4212 3456 โทรสาร 0 4212 3457", "+6642123456"),
            ("0 4212 3456 หรือ 1567", "+6642123456"),
            ("08 1234 5678", "+66812345678"),
            ("+66 42 123 456", "+6642123456"),
            ("0 4212 3456 (5 คู่สาย)", "+6642123456"),
            ("0–4212–3456", "+6642123456"),
            ("1800-123-456", "1800123456"),
            ("1669 (24 ชม.)", "1669"),
            ("1205", "1205"),
        ] {
            assert_eq!(dialled(typed).as_deref(), Some(tel), "{typed}");
        }
        for typed in ["", "12", "0 4212", "08 1234 567", "0421234567", "+1 202 555 0100", "โทร", "1.2.3", "1-5 9"] {
            assert_eq!(dialled(typed), None, "{typed}");
        }
    }
}
