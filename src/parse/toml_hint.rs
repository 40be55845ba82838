//! What to type in place of a line that is not TOML.

use crate::diagnostic::{Text, text};

/// Where a list is opened that is not closed before the next field, table or end, in the TOML that starts at `offset`.
pub(super) fn open_bracket(text: &str, offset: usize) -> Option<usize> {
    let mut open: Option<usize> = None;
    let mut depth = 0_i32;
    let mut start = offset;
    for line in text[offset..].split('\n') {
        let is_end = line.trim_end() == "+++";
        if open.is_some() && (is_end || field(line, '=').is_some() || is_heading(line)) {
            return open;
        }
        if is_end {
            return None;
        }
        let outside: Vec<(usize, char)> = outside_quotes(line);
        if open.is_none() {
            let value = line.find('=').filter(|_| field(line, '=').is_some());
            open = value.and_then(|at| outside.iter().find(|(place, c)| *place > at && *c == '[')).map(|(at, _)| start + at);
            depth = 0;
        }
        depth += outside.iter().map(|(_, c)| i32::from(*c == '[') - i32::from(*c == ']')).sum::<i32>();
        // A quotation mark that is not closed hides the bracket; that is the mistake then.
        if depth <= 0 || line.matches('"').count() % 2 == 1 {
            open = None;
        }
        start += line.len() + 1;
    }
    open
}

/// What to type in place of a line; `words` are those of the reader of TOML.
pub(super) fn of(line: &str, words: &str) -> Text {
    let line = line.trim();
    if line.contains(['“', '”', '‘', '’']) {
        return text!(
            th: "เปลี่ยนเครื่องหมายคำพูดโค้ง “ ” เป็นแบบตรง \"…\"",
            en: "replace the curly quotation marks “ ” by straight ones: \"…\""
        );
    }
    if let Some(hint) = of_key(line, words) {
        return hint;
    }
    match line.split_once('=') {
        Some((key, value)) => of_value(key.trim(), value.trim()),
        None => text!(th: "แต่ละบรรทัดเขียนว่า ชื่อ = \"ข้อความ\"", en: "each line reads: name = \"text\""),
    }
}

/// What is wrong before the value.
fn of_key(line: &str, words: &str) -> Option<Text> {
    let key = line.split('=').next().unwrap_or(line).trim();
    if words.contains("duplicate key") {
        return Some(
            text!(th: "มี `{key}` อยู่แล้วเหนือบรรทัดนี้ ลบบรรทัดหนึ่ง", en: "`{key}` is there already, above; delete one of the lines"),
        );
    }
    if let Some((_, hidden)) = outside_quotes(line).into_iter().find(|(_, c)| is_hidden(*c)) {
        let (code, plain) = (format!("U+{:04X}", u32::from(hidden)), without_hidden(line));
        return Some(text!(
            th: "ลบช่องว่างพิเศษที่มองไม่เห็น ({code}) ออก หรือพิมพ์บรรทัดนี้ใหม่: {plain}",
            en: "delete the invisible special space ({code}), or type the line anew: {plain}"
        ));
    }
    if let Some((key, value)) = field(line, ':').filter(|(_, value)| !value.starts_with("//")) {
        let is_plain = value.starts_with('"') || value.parse::<u64>().is_ok() || matches!(value, "true" | "false");
        let value = if is_plain { value.to_owned() } else { format!("\"{value}\"") };
        return Some(text!(th: "ใช้ = แทน : คือ {key} = {value}", en: "use = in place of : as in {key} = {value}"));
    }
    (key.contains(is_thai) && !key.contains('"'))
        .then(|| text!(th: "ชื่อข้อมูลต้องเป็นภาษาอังกฤษ: `{key}`", en: "names of fields are English words, not `{key}`"))
}

fn of_value(key: &str, value: &str) -> Text {
    let digits = value.replace(',', "");
    match value {
        "" => text!(th: "พิมพ์ค่าหลังเครื่องหมาย =", en: "type a value after the ="),
        "True" | "TRUE" | "Yes" | "yes" | "YES" | "ใช่" => {
            text!(th: "พิมพ์ตัวเล็กทั้งหมด ไม่มีเครื่องหมายคำพูด: {key} = true", en: "type it in small letters, without quotation marks: {key} = true")
        }
        "False" | "FALSE" | "No" | "no" | "NO" | "ไม่ใช่" => {
            text!(th: "พิมพ์ตัวเล็กทั้งหมด ไม่มีเครื่องหมายคำพูด: {key} = false", en: "type it in small letters, without quotation marks: {key} = false")
        }
        _ if value.starts_with(('๐'..='๙').collect::<Vec<_>>().as_slice()) => text!(
            th: "เลขไทยต้องอยู่ในเครื่องหมายคำพูด: \"{value}\"",
            en: "Thai digits go in quotation marks: \"{value}\""
        ),
        _ if value.ends_with("\",") => {
            text!(th: "ลบจุลภาคท้ายบรรทัด", en: "delete the comma at the end of the line")
        }
        _ if value.contains(',') && !digits.starts_with('0') && digits.parse::<u64>().is_ok() => {
            text!(th: "ลบจุลภาคในตัวเลข: {key} = {digits}", en: "delete the commas in the number: {key} = {digits}")
        }
        _ if value.starts_with('"') && value.contains('\\') => text!(
            th: "เครื่องหมาย \\ ให้พิมพ์ / แทน",
            en: "type / in place of \\"
        ),
        _ if value.matches('"').count() % 2 == 1 => {
            text!(th: "ปิดเครื่องหมายคำพูดที่ท้ายข้อความ: \"…\"", en: "close the quotation mark at the end of the text: \"…\"")
        }
        _ if value.starts_with('"') && value.ends_with('"') && value.matches('"').count() > 2 && !value.contains('\'') => {
            let inner = value.trim_matches('"');
            let closes = if value.ends_with("\"\"") { "\"" } else { "" };
            text!(
                th: "ข้อความมีเครื่องหมายคำพูดอยู่ข้างใน ให้คร่อมทั้งหมดด้วย ' แทน: {key} = '{inner}{closes}'",
                en: "the text has quotation marks inside: put ' around it instead: {key} = '{inner}{closes}'"
            )
        }
        _ if value.contains(is_thai) && !value.contains('"') || value.starts_with(char::is_alphabetic) => {
            text!(th: "ใส่เครื่องหมายคำพูดคร่อมข้อความ: \"{value}\"", en: "put the text in quotation marks: \"{value}\"")
        }
        _ if value.starts_with('0') => text!(
            th: "ตัวเลขที่ขึ้นต้นด้วย 0 ต้องอยู่ในเครื่องหมายคำพูด: \"{value}\"",
            en: "a number that starts with 0 goes in quotation marks: \"{value}\""
        ),
        _ => text!(th: "แต่ละบรรทัดเขียนว่า ชื่อ = \"ข้อความ\"", en: "each line reads: name = \"text\""),
    }
}

/// Key and value of a line, when its first sign after a name is `sign`.
fn field(line: &str, sign: char) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(sign)?;
    let key = key.trim();
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    is_key.then_some((key, value.trim()))
}

/// Whether a line starts a table.
fn is_heading(line: &str) -> bool {
    let name = line.trim().trim_start_matches('[').trim_end_matches(']');
    line.starts_with('[') && !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '.'))
}

/// The signs of a line that stand outside of texts and comments, each with its place.
fn outside_quotes(line: &str) -> Vec<(usize, char)> {
    let mut quote = None;
    let mut outside = Vec::new();
    for (at, c) in line.char_indices() {
        match quote {
            None if c == '#' => break,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => outside.push((at, c)),
            Some(open) if c == open => quote = None,
            Some(_) => {}
        }
    }
    outside
}

fn is_thai(c: char) -> bool {
    ('\u{e01}'..='\u{e5b}').contains(&c)
}

/// Spaces that TOML does not take for one, and signs that nobody sees.
fn is_hidden(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// A line with plain spaces outside of its texts.
fn without_hidden(line: &str) -> String {
    let hidden: Vec<usize> = outside_quotes(line).into_iter().filter(|(_, c)| is_hidden(*c)).map(|(at, _)| at).collect();
    let plain: String = line.char_indices().map(|(at, c)| if hidden.contains(&at) { ' ' } else { c }).collect();
    match plain.split_once('=') {
        Some((key, value)) => format!("{} = {}", key.trim(), value.trim()),
        None => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::{of, open_bracket};

    #[test]
    fn usual_slips_are_named() {
        for (line, words, hint) in [
            ("name: นายสมชาย", "", "ใช้ = แทน : คือ name = \"นายสมชาย\""),
            ("days: 3", "", "ใช้ = แทน : คือ days = 3"),
            ("name =\u{a0}\"ก\"", "", "ลบช่องว่างพิเศษที่มองไม่เห็น (U+00A0) ออก หรือพิมพ์บรรทัดนี้ใหม่: name = \"ก\""),
            (
                "title = \"ประวัติ \"อบต.\" โคก\"",
                "",
                "ข้อความมีเครื่องหมายคำพูดอยู่ข้างใน ให้คร่อมทั้งหมดด้วย ' แทน: title = 'ประวัติ \"อบต.\" โคก'",
            ),
            ("title = \"เรื่อง \"ก\"\"", "", "ข้อความมีเครื่องหมายคำพูดอยู่ข้างใน ให้คร่อมทั้งหมดด้วย ' แทน: title = 'เรื่อง \"ก\"'"),
            ("title = \"ก\"", "duplicate key", "มี `title` อยู่แล้วเหนือบรรทัดนี้ ลบบรรทัดหนึ่ง"),
            ("total = 1,234", "", "ลบจุลภาคในตัวเลข: total = 1234"),
            ("none = True", "", "พิมพ์ตัวเล็กทั้งหมด ไม่มีเครื่องหมายคำพูด: none = true"),
            ("none = ไม่ใช่", "", "พิมพ์ตัวเล็กทั้งหมด ไม่มีเครื่องหมายคำพูด: none = false"),
            ("ชื่อ = \"ก\"", "", "ชื่อข้อมูลต้องเป็นภาษาอังกฤษ: `ชื่อ`"),
            ("title = แผน: ระยะยาว", "", "ใส่เครื่องหมายคำพูดคร่อมข้อความ: \"แผน: ระยะยาว\""),
        ] {
            assert_eq!(of(line, words).th, hint, "{line}");
        }
    }

    #[test]
    fn a_list_that_is_not_closed_is_found_where_it_opens() {
        for text in ["a = [\"ก\"\nb = \"ข\"\n", "a = [\n  \"ก\",\n[[step]]\n", "a = [\"ก\",\n+++\n] ", "a = [\"ก\""] {
            assert_eq!(open_bracket(text, 0), Some(4), "{text}");
        }
        for text in ["a = [\"ก\"]\nb = 1", "a = [\n  \"ก = [\",\n]\nb = 1", "a = \"[\"\nb = 1", "a = [\"ก]\nb = 1", "[a]\nb = 1"]
        {
            assert_eq!(open_bracket(text, 0), None, "{text}");
        }
    }
}
