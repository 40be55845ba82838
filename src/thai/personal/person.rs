//! Names of people as they stand in a sentence, and what is said of them: that they report, where they live.

use super::super::fold;
use super::super::name;
use super::words::{Mark, Marks, bare, is_public};
use super::{Found, Kind, ahead, behind};

/// Longest name that is looked at, in letters.
const MAX_NAME: usize = 80;

/// How far from the number of a house the name of who lives there may stand, in letters.
const AROUND: usize = 80;

/// Titles of people, as they begin; `นาย` is looked at more closely.
const TITLES: [&str; 44] = [
    "นางสาว",
    "นาย",
    "นาง",
    "น.ส.",
    "น.ส ",
    "ด.ช.",
    "ด.ญ.",
    "เด็กชาย",
    "เด็กหญิง",
    "ว่าที่",
    "ดร.",
    "พล.ต",
    "พล.ท",
    "พล.อ",
    "พ.ต.",
    "พ.ท.",
    "พ.อ.",
    "พ.จ.",
    "ร.ต.",
    "ร.ท.",
    "ร.อ.",
    "จ.ส.",
    "จ.อ.",
    "จ.ท.",
    "จ.ต.",
    "ส.ต.",
    "ส.ท.",
    "ส.อ.",
    "ด.ต.",
    "นพ.",
    "พญ.",
    "ผศ.",
    "รศ.",
    "ม.ร.ว.",
    "ม.ล.",
    "พันตรี",
    "พันโท",
    "พันเอก",
    "พันตำรวจ",
    "ร้อยตรี",
    "ร้อยโท",
    "ร้อยเอก",
    "ร้อยตำรวจ",
    "จ่าสิบ",
];

/// What follows นาย or นาง in the name of an office.
const OFFICES: [&str; 21] = [
    "กเทศ",
    "กองค์",
    "กรัฐ",
    "กสมาคม",
    "กสโมสร",
    "กสภา",
    "กเมือง",
    "กอบ",
    "ก ",
    "ก.",
    "กฯ",
    "ก)",
    "อำเภอ",
    "ทะเบียน",
    "ช่าง",
    "จ้าง",
    "หน้า",
    "ตรวจ",
    "ทหาร",
    "ตำรวจ",
    "พยาบาล",
];

/// Words that may stand between a word for one who reports and the name.
const BETWEEN: [&str; 13] =
    ["ชื่อ-นามสกุล", "ชื่อ-สกุล", "ชื่อสกุล", "ชื่อ", "คือ", "ได้แก่", "รายชื่อ", "ราย", "นามว่า", "ในฐานะ", "ซึ่งเป็น", "เป็น", "ได้"];

/// Words before one for who reports, where no one person is meant.
const GENERAL: [&str; 9] = ["คุ้มครอง", "ปกป้อง", "ช่วยเหลือ", "แนะนำ", "สำหรับ", "อำนวยความสะดวก", "แก่", "รักษาความลับ", "ดูแล"];

/// Words before the number of a house that is a place and not where somebody lives: a road leads from it, a pipe ends at it.
const PLACES: [&str; 14] =
    ["จาก", "ถึง", "หน้า", "ข้าง", "หลัง", "สาย", "บริเวณ", "ตรงข้าม", "ใกล้", "ตั้ง", "ตั้งอยู่", "ตั้งอยู่ที่", "ทาง", "เชื่อม"];

/// Words for living somewhere.
const LIVES: [&str; 6] = ["อยู่", "อยู่ที่", "อาศัย", "ภูมิลำเนา", "ทะเบียนบ้าน", "พัก"];

/// Parts of an address after the number of a house.
const PARTS: [&str; 9] = ["หมู่", "ม.", "ซอย", "ซ.", "ถนน", "ถ.", "ตำบล", "ต.", "แขวง"];

/// A name in a sentence.
struct Person<'a> {
    /// Title and name, as written.
    whole: &'a str,
    /// Given and family name, folded.
    value: String,
}

/// Names beside words for one who reports.
pub(super) fn reporters(text: &str, marks: &Marks) -> Vec<Found> {
    let mut found = Vec::new();
    for (start, end) in marks.all(Mark::Reporter) {
        let before = bare(behind(text, start, MAX_NAME));
        let is_general = GENERAL.iter().any(|word| before.trim_end().ends_with(&bare(word)));
        let person = if is_general { None } else { after(text, end) };
        if let Some((at, person)) = person.or_else(|| before_word(text, start)) {
            found.push(Found { kind: Kind::Reporter, range: at..at + person.whole.len(), value: person.value });
        }
    }
    found.dedup_by(|a, b| a.range == b.range);
    found
}

/// The person right after a word for one who reports.
fn after(text: &str, end: usize) -> Option<(usize, Person<'_>)> {
    let rest = ahead(text, end, MAX_NAME);
    let mut name = rest;
    loop {
        let trimmed = name.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || ":：-–().,“\"|*_".contains(c));
        let next = BETWEEN.iter().find_map(|word| trimmed.strip_prefix(word)).unwrap_or(trimmed);
        if next.len() == name.len() {
            break;
        }
        name = next;
    }
    // One line may end between them, as above a signature.
    let skipped = &rest[..rest.len() - name.len()];
    let at = end + skipped.len();
    let person = person(ahead(text, at, MAX_NAME))?;
    (skipped.matches('\n').count() <= 1).then_some((at, person))
}

/// The person right before a word for one who reports.
fn before_word(text: &str, start: usize) -> Option<(usize, Person<'_>)> {
    let before = behind(text, start, MAX_NAME);
    let mut line = before.rsplit('\n').next().unwrap_or(before);
    loop {
        let trimmed = line.trim_end_matches(|c: char| c.is_whitespace() || ":-–(,“\"|*_".contains(c));
        let next = BETWEEN.iter().find_map(|word| trimmed.strip_suffix(word)).unwrap_or(trimmed);
        if next.len() == line.len() {
            break;
        }
        line = next;
    }
    let line_start = start - before.len() + (before.rfind('\n').map_or(0, |at| at + 1));
    // The nearest title whose name reaches up to here.
    let titles = TITLES.iter().flat_map(|title| line.rmatch_indices(title).map(|(at, _)| at));
    let mut starts: Vec<usize> = titles.collect();
    starts.sort_unstable();
    starts.into_iter().find_map(|at| {
        let person = person(&line[at..]).filter(|person| at + person.whole.len() == line.len())?;
        // `Person` lives as long as the text, not as long as the line.
        let at = line_start + at;
        Some((at, Person { whole: &text[at..at + person.whole.len()], value: person.value }))
    })
}

/// Numbers of houses in which somebody lives.
pub(super) fn addresses(text: &str, marks: &Marks) -> Vec<Found> {
    marks.all(Mark::House).filter_map(|(start, end)| address(text, start, end)).collect()
}

fn address(text: &str, start: usize, end: usize) -> Option<Found> {
    let rest = ahead(text, end, AROUND);
    let rest = rest.split('\n').next().unwrap_or(rest);
    let blank = rest.len() - rest.trim_start_matches([' ', '\u{a0}', ':']).len();
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '๐'..='๙') || c == '/';
    let number: String = rest[blank..].chars().take_while(|c| is_number(*c)).collect();
    let (after, number_end) = (&rest[blank + number.len()..], end + blank + number.len());
    let plain = bare(after);
    if !number.starts_with(|c| c != '/') || !PARTS.iter().any(|part| plain.contains(&bare(part))) {
        return None;
    }
    let near = behind(text, start, AROUND);
    let (before, word) = (bare(near), bare(&text[start..end]));
    let before = before.trim_end_matches([' ', '\u{a0}', ':', '(']);
    let ends_with_one = |words: &[&str]| words.iter().any(|word| before.ends_with(&bare(word)));
    let (is_living, is_place) = (ends_with_one(&LIVES) || word.starts_with("อย"), ends_with_one(&PLACES));
    let is_whole = word.starts_with("บาน") && ["ตำบล", "ต.", "แขวง"].iter().any(|part| plain.contains(&bare(part)));
    let is_private = is_named(near) || !is_public(near) && (is_living || is_whole);
    if is_place || !is_private {
        return None;
    }
    let (village, length) = village(after);
    let range = start..number_end + length;
    let value = super::super::digits::to_arabic(&format!("{number}|{village}")).into_owned();
    Some(Found { kind: Kind::Address, range, value })
}

/// The number of a village where it comes next, and how long that is: ` หมู่ที่ 4`.
fn village(after: &str) -> (String, usize) {
    let rest = after.trim_start();
    let Some(rest) = ["หมู่ที่", "หมู่", "ม."].iter().find_map(|word| rest.strip_prefix(word)) else {
        return (String::new(), 0);
    };
    let rest = rest.trim_start();
    let number: String = rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '๐'..='๙')).collect();
    if number.is_empty() {
        return (number, 0);
    }
    let length = after.len() - rest.len() + number.len();
    (number, length)
}

/// Whether a text names a person.
pub(super) fn is_named(text: &str) -> bool {
    TITLES.iter().any(|title| text.match_indices(title).any(|(at, _)| person(&text[at..]).is_some()))
}

/// The name alone, as [`Found::value`] has it.
pub(super) fn value(text: &str) -> Option<String> {
    let name = name::split(text);
    (!name.family.is_empty()).then(|| fold::name(&format!("{}{}", name.given, name.family)))
}

/// The title that a name begins with, as written.
pub(super) fn title_of(whole: &str) -> &str {
    let prefix = name::split(whole).prefix;
    if prefix.is_empty() { TITLES.iter().find(|title| whole.starts_with(**title)).copied().unwrap_or("") } else { prefix }
}

/// The person a text begins with: title, given and family name.
fn person(text: &str) -> Option<Person<'_>> {
    let title = TITLES.iter().find(|title| text.starts_with(**title))?;
    let after = &text[title.len()..];
    if matches!(*title, "นาย" | "นาง") && OFFICES.iter().any(|office| after.starts_with(office)) {
        return None;
    }
    let line = text.split('\n').next().unwrap_or(text);
    // A title may stand apart: `นาย สมชาย ใจดี`, `ว่าที่ ร.ต. สมชาย ใจดี`.
    let ends: Vec<usize> = line
        .char_indices()
        .filter(|(at, c)| c.is_whitespace() && line[..*at].ends_with(|c: char| !c.is_whitespace()))
        .map(|(at, _)| at)
        .chain([line.len()])
        .take(5)
        .collect();
    ends.into_iter().find_map(|end| {
        let is_letter = |c: char| matches!(c, 'ก'..='ฺ' | 'เ'..='๎') && c != '฿';
        let whole = line[..end].trim_end_matches(|c: char| !is_letter(c));
        let child = ["เด็กชาย", "เด็กหญิง"].iter().find_map(|title| whole.strip_prefix(title));
        let name = name::split(child.unwrap_or(whole));
        let is_word = |word: &str| word.chars().all(is_letter) && word.chars().filter(|c| matches!(c, 'ก'..='ฮ')).count() > 1;
        let is_name = (child.is_some() || !name.prefix.is_empty()) && is_word(name.given) && is_word(name.family);
        is_name.then(|| Person { whole, value: fold::name(&format!("{}{}", name.given, name.family)) })
    })
}
