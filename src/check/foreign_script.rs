//! `foreign-script` (P818)

use crate::content::executive::Executive;
use crate::content::measure::Measure;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P818",
    name: "foreign-script",
    severity: Severity::Warning,
    explanation: Text {
        th: "ชื่อไทยมีตัวอักษรของภาษาอื่นปนอยู่ เช่น เทวนาครี ลาว หรือตัว c กลางคำไทย มักเกิดจากการสแกนหรือคัดลอกจาก PDF ทำให้ค้นหาชื่อไม่พบ พิมพ์ชื่อใหม่ให้ตรงกับเอกสาร",
        en: "Letters of another script stand inside a Thai name: Devanagari, Lao, or a Latin c in the middle of a Thai word. They come from scanning or copying out of a PDF, and the name cannot be found by searching. Type the name anew.",
    },
    bad: r#"
-- content/executives/01-mayor.md --
+++
name = "นายชन्द्र พุทธิรักษ์"
position = "นายกเทศมนตรี"
group = "political"
+++
"#,
    good: r#"
-- content/executives/01-mayor.md --
+++
name = "นายสมมุติ พุทธิรักษ์"
position = "นายกเทศมนตรี"
group = "political"
+++
"#,
};

/// Scripts that are mistaken for Thai or for Latin, and their neighbours. Source of the ranges: Unicode, Blocks.txt.
const SCRIPTS: [(std::ops::RangeInclusive<char>, Text<&str>); 12] = [
    ('\u{370}'..='\u{3ff}', Text { th: "กรีก", en: "Greek" }),
    ('\u{400}'..='\u{52f}', Text { th: "ซีริลลิก", en: "Cyrillic" }),
    ('\u{590}'..='\u{5ff}', Text { th: "ฮีบรู", en: "Hebrew" }),
    ('\u{600}'..='\u{6ff}', Text { th: "อาหรับ", en: "Arabic" }),
    ('\u{900}'..='\u{97f}', Text { th: "เทวนาครี", en: "Devanagari" }),
    ('\u{980}'..='\u{dff}', Text { th: "อินเดีย", en: "an Indian script" }),
    ('\u{e80}'..='\u{eff}', Text { th: "ลาว", en: "Lao" }),
    ('\u{1000}'..='\u{109f}', Text { th: "พม่า", en: "Burmese" }),
    ('\u{1780}'..='\u{17ff}', Text { th: "เขมร", en: "Khmer" }),
    ('\u{3040}'..='\u{30ff}', Text { th: "ญี่ปุ่น", en: "Japanese" }),
    ('\u{4e00}'..='\u{9fff}', Text { th: "จีน", en: "Chinese" }),
    ('\u{ac00}'..='\u{d7af}', Text { th: "เกาหลี", en: "Korean" }),
];

/// Letters of the Latin script end before this one (Unicode, Blocks.txt: Latin-1 Supplement, Latin Extended-A and -B).
const AFTER_LATIN: char = '\u{250}';

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut report = |name: &str, is_person: bool, span: &Span| {
        let Some((letters, script)) = foreign(name, is_person) else { return };
        let (th, en) = (script.th, script.en);
        let message = text!(th: "`{name}` มีตัวอักษร{th}ปนอยู่: {letters}", en: "`{name}` has letters of another script in it ({en}): {letters}");
        let help = text!(th: "พิมพ์ชื่อใหม่ตามเอกสารต้นฉบับ ไม่คัดลอกจากไฟล์สแกน", en: "type the name anew from the original instead of copying it from a scan");
        diagnostics.push(RULE.at(span.clone(), message).help(help));
    };
    report(&site.config.agency.name, false, &site.config.agency.span);
    for (_, executive) in site.all::<Executive>() {
        report(&executive.name.value, true, &executive.name.span);
        report(&executive.position.value, false, &executive.position.span);
    }
    for unit in site.documents().filter_map(|document| document.common.unit.as_ref()) {
        report(&unit.value, false, &unit.span);
    }
    for (_, measure) in site.all::<Measure>() {
        let of_steps = measure.steps.iter().filter_map(|step| step.responsible.as_ref());
        for unit in measure.responsible.iter().chain(of_steps) {
            report(&unit.value, false, &unit.span);
        }
    }
}

/// The letters of a Thai name that do not belong in it, and their script.
fn foreign(name: &str, is_person: bool) -> Option<(String, Text<&'static str>)> {
    let is_plain = |c: char| is_thai(c) || c.is_ascii() && !c.is_ascii_alphabetic();
    if !name.contains(is_thai) || name.chars().all(is_plain) {
        return None;
    }
    let of_script = |c: char| SCRIPTS.iter().find(|(range, _)| range.contains(&c)).map(|(_, script)| script);
    let is_other = |c: char| !c.is_ascii() && !is_thai(c) && (of_script(c).is_some() || c.is_alphabetic() && !is_latin(c));
    if let Some(first) = name.chars().find(|c| is_other(*c)) {
        let script = of_script(first).map_or(Text { th: "ภาษาอื่น", en: "not Thai" }, |script| Text { th: script.th, en: script.en });
        return Some((listed(&name.chars().filter(|c| is_other(*c)).collect::<Vec<_>>()), script));
    }
    let mixed = name.split(|c| !is_thai(c) && !is_latin(c)).find_map(|word| mixed_in(word, is_person))?;
    Some((mixed, Text { th: "อังกฤษ", en: "Latin" }))
}

/// Latin letters in a Thai word. A unit may have an abbreviation for a part of its name (`กองICT`, `ฝ่ายITและแผน`), but not one letter
/// between Thai ones; a person has none.
fn mixed_in(word: &str, is_person: bool) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let is_mixed = |at: usize| {
        let thai = |near: Option<usize>| near.and_then(|near| letters.get(near)).is_some_and(|c| is_thai(*c));
        let (before, after) = (thai(at.checked_sub(1)), thai(at.checked_add(1)));
        is_latin(letters[at]) && (before && after || is_person && (before || after))
    };
    let mixed: Vec<char> = (0..letters.len()).filter(|at| is_mixed(*at)).map(|at| letters[at]).collect();
    (!mixed.is_empty()).then(|| listed(&mixed))
}

fn listed(letters: &[char]) -> String {
    let mut letters = letters.to_vec();
    letters.sort_unstable();
    letters.dedup();
    letters.iter().map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter))).collect::<Vec<_>>().join(", ")
}

fn is_thai(c: char) -> bool {
    ('\u{e00}'..='\u{e7f}').contains(&c)
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && c < AFTER_LATIN || ('\u{1e00}'..='\u{1eff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_do_not_belong() {
        for (name, is_person) in [
            ("นายชन्द्र พุทธิรักษ์", true),
            ("นายสมcชาย", true),
            ("นายสมชายc ใจดี", true),
            ("กองยุทธศาสຕร์", false),
            ("สำนัкปลัด", false),
            ("กองcลัง", false),
        ] {
            assert!(foreign(name, is_person).is_some(), "{name}");
        }
        for (name, is_person) in [
            ("นายสมมุติ ตัวอย่าง", true),
            ("Mr Somchai Jaidee", true),
            ("นายสมชาย (Somchai) ใจดี", true),
            ("กอง ICT", false),
            ("กองICT", false),
            ("ศูนย์ITและแผนงาน", false),
            ("ฝ่าย Café/ร้าน", false),
            ("สำนักคลัง/ กองยุทธศาสตร์ ฯ", false),
            ("ทุกสำนัก/กอง", false),
            ("山田", true),
        ] {
            assert_eq!(foreign(name, is_person).map(|(letters, _)| letters), None, "{name}");
        }
    }
}
