//! Names of Thai people: title, given name and family name, where they can be told apart.

/// The parts of a name. They are empty when they cannot be told; then the whole is the given name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    /// Titles before the name: `นาย`, `ว่าที่ร้อยตรี ดร.`
    pub prefix: &'a str,
    /// Given name.
    pub given: &'a str,
    /// Family name; what follows the first space: `เทพหัสดิน ณ อยุธยา`.
    pub family: &'a str,
}

/// Titles that are written out, a longer one before those it starts with. `คุณ` is left out: it is no title in documents, and begins names.
const TITLES: [&str; 48] = [
    "ผู้ช่วยศาสตราจารย์",
    "รองศาสตราจารย์",
    "ศาสตราจารย์",
    "นายสัตวแพทย์",
    "สัตวแพทย์หญิง",
    "ทันตแพทย์หญิง",
    "ทันตแพทย์",
    "นายแพทย์",
    "แพทย์หญิง",
    "เภสัชกรหญิง",
    "เภสัชกร",
    "หม่อมราชวงศ์",
    "หม่อมหลวง",
    "ว่าที่",
    "พลตำรวจตรี",
    "พลตำรวจโท",
    "พลตำรวจเอก",
    "พันตำรวจตรี",
    "พันตำรวจโท",
    "พันตำรวจเอก",
    "ร้อยตำรวจตรี",
    "ร้อยตำรวจโท",
    "ร้อยตำรวจเอก",
    "จ่าสิบตำรวจ",
    "จ่าสิบตรี",
    "จ่าสิบโท",
    "จ่าสิบเอก",
    "พันจ่าตรี",
    "พันจ่าโท",
    "พันจ่าเอก",
    "พลตรี",
    "พลโท",
    "พลเอก",
    "พันตรี",
    "พันโท",
    "พันเอก",
    "ร้อยตรี",
    "ร้อยโท",
    "ร้อยเอก",
    "เรือตรี",
    "เรือโท",
    "เรือเอก",
    "จ่าตรี",
    "จ่าโท",
    "จ่าเอก",
    "สิบตรี",
    "สิบโท",
    "สิบเอก",
];

/// Titles of everybody; only an academic title follows them: นายพลเอก is Mr Phon-ek.
const CIVIL: [&str; 3] = ["นางสาว", "นาง", "นาย"];

/// Titles in Latin letters.
const LATIN: [&str; 6] = ["Mrs", "Miss", "Mr", "Ms", "Dr", "Prof"];

/// Most letters of one part of an abbreviated title: `ทพญ.`
const MAX_ABBREVIATED: usize = 4;

/// Splits a name; what is not sure stays in the given name.
pub fn split(whole: &str) -> Name<'_> {
    let whole = whole.trim();
    let mut rest = whole;
    let mut is_civil = false;
    while let Some(after) = after_title(rest, &mut is_civil) {
        rest = after;
    }
    let (given, family) = rest.split_once(char::is_whitespace).map_or((rest, ""), |(given, family)| (given, family.trim()));
    // One word after a title may be a part of the title or of the name.
    if family.is_empty() && rest != whole && !is_civil {
        return Name { prefix: "", given: whole, family: "" };
    }
    let prefix = whole.strip_suffix(rest).unwrap_or_default().trim_end();
    Name { prefix, given, family }
}

fn after_title<'a>(text: &'a str, is_civil: &mut bool) -> Option<&'a str> {
    if let Some(rest) = after_abbreviation(text).or_else(|| after_latin(text)) {
        return Some(rest);
    }
    if *is_civil {
        return None;
    }
    if let Some(rest) = TITLES.iter().find_map(|title| text.strip_prefix(title)) {
        return after_woman(rest);
    }
    let rest = CIVIL.iter().find_map(|title| text.strip_prefix(title)).map(str::trim_start).filter(|rest| starts_name(rest))?;
    *is_civil = true;
    Some(rest)
}

/// What follows `พ.ต.อ.`, `ผศ.ดร.`, `นพ.`
fn after_abbreviation(text: &str) -> Option<&str> {
    let (letters, rest) = text.split_once('.')?;
    let is_short = !letters.is_empty() && letters.chars().count() <= MAX_ABBREVIATED && letters.chars().all(is_thai);
    if is_short { after_woman(rest) } else { None }
}

/// What follows a title and, in ranks, `หญิง`: ร้อยตรีหญิง. Where only one word would be left it is the given name: ดร.หญิง ใจดี.
fn after_woman(rest: &str) -> Option<&str> {
    let is_name = |rest: &&str| starts_name(rest) && rest.split_whitespace().count() > 1;
    let rest = rest.strip_prefix("หญิง").filter(is_name).unwrap_or(rest);
    Some(rest.trim_start()).filter(|rest| starts_name(rest))
}

fn after_latin(text: &str) -> Option<&str> {
    let rest = LATIN.iter().find_map(|title| text.strip_prefix(title))?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
}

/// Whether a word can start here: นายิกา is a name, not นาย and ิกา.
fn starts_name(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    let is_first = |c: char| matches!(c, 'ก'..='ฮ' | 'เ'..='ไ') || c.is_ascii_alphabetic();
    letters.next().is_some_and(is_first) && letters.next().is_some()
}

fn is_thai(c: char) -> bool {
    matches!(c, 'ก'..='๎')
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn titles_are_told_from_names() {
        for (whole, prefix, given, family) in [
            ("นายสมชาย ใจดี", "นาย", "สมชาย", "ใจดี"),
            ("นางสาวสมหญิง ใจดี", "นางสาว", "สมหญิง", "ใจดี"),
            ("นาง สมหญิง  ใจดี", "นาง", "สมหญิง", "ใจดี"),
            ("น.ส.สมหญิง ใจดี", "น.ส.", "สมหญิง", "ใจดี"),
            ("ว่าที่ร้อยตรี สมชาย ใจดี", "ว่าที่ร้อยตรี", "สมชาย", "ใจดี"),
            ("ว่าที่ ร.ต.หญิง สมหญิง ใจดี", "ว่าที่ ร.ต.หญิง", "สมหญิง", "ใจดี"),
            ("ร้อยตรีหญิงสมหญิง ใจดี", "ร้อยตรีหญิง", "สมหญิง", "ใจดี"),
            ("ว่าที่พันตรี ดร.สมชาย ใจดี", "ว่าที่พันตรี ดร.", "สมชาย", "ใจดี"),
            ("พ.ต.อ. สมชาย ใจดี", "พ.ต.อ.", "สมชาย", "ใจดี"),
            ("ผศ.ดร.สมชาย ใจดี", "ผศ.ดร.", "สมชาย", "ใจดี"),
            ("ดร. สมชาย เทพหัสดิน ณ อยุธยา", "ดร.", "สมชาย", "เทพหัสดิน ณ อยุธยา"),
            ("นายแพทย์สมชาย ใจดี", "นายแพทย์", "สมชาย", "ใจดี"),
            ("แพทย์หญิง สมหญิง ใจดี", "แพทย์หญิง", "สมหญิง", "ใจดี"),
            ("จ่าสิบเอกสมชาย ใจดี", "จ่าสิบเอก", "สมชาย", "ใจดี"),
            ("ม.ร.ว.สมชาย ใจดี", "ม.ร.ว.", "สมชาย", "ใจดี"),
            // Names that begin like titles.
            ("นายพลเอก ใจดี", "นาย", "พลเอก", "ใจดี"),
            ("นายหญิง ใจดี", "นาย", "หญิง", "ใจดี"),
            ("นายิกา ใจดี", "", "นายิกา", "ใจดี"),
            ("คุณธรรม ใจดี", "", "คุณธรรม", "ใจดี"),
            ("สมชาย ใจดี", "", "สมชาย", "ใจดี"),
            ("พลเอก ใจดี", "", "พลเอก ใจดี", ""),
            ("นางสมหญิง", "นาง", "สมหญิง", ""),
            ("นาย", "", "นาย", ""),
            ("Mr. Somchai Jaidee", "Mr.", "Somchai", "Jaidee"),
            ("Dr Somying Jaidee", "Dr", "Somying", "Jaidee"),
            ("Drew Jaidee", "", "Drew", "Jaidee"),
            ("", "", "", ""),
        ] {
            let name = split(whole);
            assert_eq!((name.prefix, name.given, name.family), (prefix, given, family), "{whole}");
        }
    }
}
