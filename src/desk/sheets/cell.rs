//! Cells → values of fields, the way officers fill them: Thai digits, dates of Excel, telephone numbers without their 0, words for choices.

use std::str::FromStr as _;

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::grid::{Cell, clean};
use super::heads::fold;
use crate::fields::{Asked, Shape, labels};
use crate::thai::date::{self, long_th};
use crate::thai::digits::to_arabic;
use crate::thai::{Period, phone};

/// Words that mean a choice, beside its own and its label.
const CHOICES: [(&str, &[&str]); 10] = [
    ("political", &["การเมือง", "ข้าราชการการเมือง", "ผู้บริหารฝ่ายการเมือง", "คณะผู้บริหาร"]),
    ("permanent", &["ประจำ", "ข้าราชการประจำ", "ข้าราชการ", "ผู้บริหารฝ่ายประจำ", "พนักงานส่วนท้องถิ่น"]),
    (
        "done",
        &[
            "เสร็จ",
            "เสร็จแล้ว",
            "เสร็จสิ้น",
            "ดำเนินการแล้ว",
            "ดำเนินการแล้วเสร็จ",
            "เรียบร้อยแล้ว",
            "เรียบร้อย",
            "completed",
            "complete",
            "finished",
        ],
    ),
    ("ongoing", &["อยู่ระหว่างดำเนินการ", "ระหว่างดำเนินการ", "ดำเนินการอยู่", "กำลังทำ", "in progress", "on going"]),
    ("not-started", &["ยังไม่ดำเนินการ", "ยังไม่ได้ดำเนินการ", "ยังไม่เริ่มดำเนินการ", "ยังไม่ได้เริ่ม", "pending"]),
    ("whistleblower", &["แจ้งเบาะแส", "ร้องเรียนการทุจริต", "แจ้งเรื่องทุจริต", "ร้องเรียนทุจริต"]),
    ("complaint", &["ร้องเรียน", "ร้องทุกข์", "เรื่องร้องเรียน"]),
    ("question", &["ถามตอบ", "q&a", "กระทู้ถาม"]),
    ("social", &["สื่อสังคมออนไลน์", "โซเชียล", "social media", "facebook", "line"]),
    ("contact", &["ติดต่อ", "ติดต่อสอบถาม"]),
];

const YES: [&str; 10] = ["true", "ใช่", "yes", "y", "มี", "✓", "✔", "☑", "√", "/"];
const NO: [&str; 9] = ["false", "ไม่ใช่", "no", "n", "ไม่มี", "✗", "✘", "☐", "ไม่"];

/// Days that a spreadsheet may have counted although the cell does not say that it is a date.
const SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=80_000.0;

/// What a cell says in a field, as a form would send it.
pub(super) fn value(cell: &Cell, asked: &Asked) -> Json {
    // A tick is no word, and says something.
    if asked.shape == Shape::Boolean
        && let Some(is_true) = truth(&cell.words())
    {
        return Json::Bool(is_true);
    }
    if cell.is_empty() {
        return Json::Null;
    }
    if asked.is_list {
        return Json::Array(lines(&cell.words(), asked).into_iter().map(Json::String).collect());
    }
    let words = in_lines(&cell.words(), asked);
    match (&asked.shape, cell) {
        (Shape::Date, Cell::Number(days)) if SERIALS.contains(days) => Json::String(counted(*days).map_or(words, long_th)),
        (Shape::Period, Cell::Date(day)) if day.day() == 1 => {
            Json::String(Period { from: *day, to: day.last_of_month() }.month_th())
        }
        (Shape::Score, Cell::Number(score)) => Json::String(printed(*score)),
        (Shape::Number(_) | Shape::Year | Shape::Score, _) => {
            let digits = to_arabic(&words).replace(' ', "");
            Json::String(if Decimal::from_str(&digits).is_ok() { digits } else { words })
        }
        (Shape::Phone, _) => Json::String(telephone(&words)),
        (Shape::Choice(known), _) => Json::String(choice(&words, known).map_or(words, str::to_owned)),
        (Shape::Email, _) => Json::String(words.strip_prefix("mailto:").unwrap_or(&words).to_owned()),
        _ => Json::String(words),
    }
}

/// Fields that are one line, however a cell breaks it.
const ONE_LINE: [&str; 8] = ["name", "position", "title", "unit", "responsible", "period", "frequency", "grade"];

/// The words of a cell on one line, where its field is one.
fn in_lines(words: &str, asked: &Asked) -> String {
    match asked.shape {
        Shape::Phone => words.split('\n').collect::<Vec<_>>().join(", "),
        Shape::Text if !ONE_LINE.contains(&asked.key) => words.to_owned(),
        _ => words.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// What a period is that a spreadsheet took for a date: `ต.ค. 65` typed into Excel is the first day of the month.
pub(super) fn month_or_words(cell: &Cell) -> String {
    match cell {
        Cell::Date(day) if day.day() == 1 => Period { from: *day, to: day.last_of_month() }.month_th(),
        cell => cell.words(),
    }
}

/// Whether two values of a field say the same: other spaces, another way to write a date, a number or a telephone number is no change.
pub(super) fn same(asked: &Asked, old: &Json, new: &Json) -> bool {
    if asked.is_list {
        return all_lines(old, asked) == all_lines(new, asked);
    }
    let (old, new) = match (old, new) {
        (Json::String(old), Json::String(new)) => (in_lines(&clean(old), asked), in_lines(&clean(new), asked)),
        (old, new) => return plain(old) == plain(new),
    };
    if old == new {
        return true;
    }
    let alike =
        |read: &dyn Fn(&str) -> Option<String>| read(&old).is_some_and(|value| read(&new).is_some_and(|new| new == value));
    match &asked.shape {
        Shape::Date => alike(&|typed| date::parse(typed).ok().map(|date| date.to_string())),
        Shape::Number(_) | Shape::Year | Shape::Score => {
            alike(&|typed| Some(Decimal::from_str(&to_arabic(typed)).ok()?.normalize().to_string()))
        }
        Shape::Phone => alike(&|typed| Some(to_arabic(typed).chars().filter(|c| c.is_alphanumeric()).collect())),
        _ => false,
    }
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => clean(text),
        Json::Null => String::new(),
        value => value.to_string(),
    }
}

/// The lines of a list, with what numbers them taken away.
fn lines(words: &str, asked: &Asked) -> Vec<String> {
    let is_reference = asked.shape == Shape::Text && asked.key == "addresses";
    let split: Vec<&str> = words.split(|c| c == '\n' || is_reference && matches!(c, ',' | ';')).collect();
    split.into_iter().map(|line| clean(without_mark(&clean(line)))).filter(|line| !line.is_empty()).collect()
}

fn all_lines(value: &Json, asked: &Asked) -> Vec<String> {
    let texts = match value {
        Json::Array(list) => list.iter().filter_map(Json::as_str).collect(),
        value => value.as_str().into_iter().collect::<Vec<_>>(),
    };
    texts.into_iter().flat_map(|text| lines(text, asked)).collect()
}

/// A line of a list without its dash, dot or number.
fn without_mark(line: &str) -> &str {
    let rest = line.strip_prefix(['-', '–', '•', '*']).filter(|rest| rest.starts_with(' '));
    unnumbered(rest.map_or(line, str::trim_start))
}

/// A text without the number in front of it: `1. ก`, `๑) ก`, `(1) ก`, `1.2 ก`.
pub(super) fn unnumbered(text: &str) -> &str {
    let is_digit = |c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c);
    let rest = text.strip_prefix('(').unwrap_or(text);
    let after = rest.trim_start_matches(is_digit);
    if after.len() == rest.len() {
        return text;
    }
    let after = after.strip_prefix('.').map_or(after, |more| more.trim_start_matches(is_digit));
    let is_mark = |c: char| c == ')' || c == '.';
    let bare = after.trim_start_matches(is_mark);
    // A number with nothing after it is no number of a list: `1 ครั้ง`, `2566`.
    let has_mark = rest.len() - bare.len() > rest.len() - rest.trim_start_matches(is_digit).len();
    if has_mark && bare.starts_with(char::is_whitespace) { bare.trim_start() } else { text }
}

/// The number in front of a text, or all of it: `มาตรการที่ 2 …`, `๒. …`, `2`.
pub(super) fn leading_number(text: &str, words: &[&str]) -> Option<u32> {
    let text = to_arabic(text.trim()).into_owned();
    let rest = words.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text).trim_start();
    let rest = rest.strip_prefix("ที่").unwrap_or(rest).trim_start();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let after = rest[digits.len()..].chars().next();
    let ends = after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ')' | ':'));
    digits.parse().ok().filter(|_| ends)
}

/// The day that a spreadsheet counts from the last of 1899.
fn counted(days: f64) -> Option<Date> {
    #[expect(clippy::cast_possible_truncation, reason = "the number lies within the days of a century")]
    let span: Span = (days as i64).days();
    Date::constant(1899, 12, 30).checked_add(span).ok()
}

/// A score with two decimals, as it is printed, where it has no more.
fn printed(score: f64) -> String {
    let hundredths = score * 100.0;
    if (hundredths - hundredths.round()).abs() < 1e-6 { format!("{score:.2}") } else { Cell::Number(score).words() }
}

/// A telephone number; a spreadsheet takes the 0 in front of a number away.
fn telephone(words: &str) -> String {
    let arabic = to_arabic(words);
    let digits: String = arabic.chars().filter(|c| *c != '-' && *c != ' ').collect();
    let is_cut = matches!(digits.len(), 8 | 9) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    let whole = format!("0{arabic}");
    if is_cut && phone::dialled(&arabic).is_none() && phone::dialled(&whole).is_some() { whole } else { words.to_owned() }
}

fn truth(words: &str) -> Option<bool> {
    let words = words.to_lowercase();
    let is = |list: &[&str]| list.contains(&words.as_str());
    if is(&YES) { Some(true) } else { is(&NO).then_some(false) }
}

/// The word of a choice that a text means.
pub(super) fn choice(words: &str, known: &[&'static str]) -> Option<&'static str> {
    let folded = fold(words);
    let means = |word: &&&str| {
        let label = labels::word(word);
        let others = CHOICES.iter().find(|(choice, _)| choice == *word).map(|(_, others)| *others).unwrap_or_default();
        let mut names =
            [**word].into_iter().chain(label.into_iter().flat_map(|label| [label.th, label.en])).chain(others.iter().copied());
        names.any(|name| fold(name) == folded)
    };
    known.iter().find(means).copied()
}

/// What a choice is called, in Thai, for an export.
pub(super) fn label(word: &str) -> &str {
    labels::word(word).map_or(word, |label| label.th)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_front_are_told_from_numbers_that_count() {
        for (text, rest) in [
            ("1. ประชุม", "ประชุม"),
            ("๑) ประชุม", "ประชุม"),
            ("(2) ประชุม", "ประชุม"),
            ("1.2 ประชุม", "ประชุม"),
            ("1.2. ประชุม", "ประชุม"),
            ("2 ครั้งต่อปี", "2 ครั้งต่อปี"),
            ("12", "12"),
            ("ประชุม 1. ก", "ประชุม 1. ก"),
        ] {
            assert_eq!(unnumbered(text), rest);
        }
        assert_eq!(leading_number("มาตรการที่ ๒ การใช้อำนาจ", &["มาตรการ"]), Some(2));
        assert_eq!(leading_number("3", &[]), Some(3));
        assert_eq!(leading_number("2ครั้ง", &[]), None);
    }

    #[test]
    fn a_tick_is_a_yes() {
        let asked = crate::content::Folder::named("channels").expect("a folder").asked();
        let asked = asked.iter().find(|asked| asked.key == "anonymous").expect("a field of channels");
        for (typed, said) in [
            ("✓", Json::Bool(true)),
            ("/", Json::Bool(true)),
            ("ไม่", Json::Bool(false)),
            ("-", Json::Null),
            ("2", Json::from("2")),
        ] {
            assert_eq!(value(&Cell::Text(typed.to_owned()), asked), said, "{typed}");
        }
    }

    #[test]
    fn the_0_of_a_telephone_number_comes_back() {
        for (typed, whole) in [
            ("812345678", "0812345678"),
            ("42123456", "042123456"),
            ("42-123-456", "042-123-456"),
            ("0 4212 3456", "0 4212 3456"),
            ("1567", "1567"),
            ("12345678", "012345678"),
        ] {
            assert_eq!(telephone(typed), whole);
        }
    }
}
