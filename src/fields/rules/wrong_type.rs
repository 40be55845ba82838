//! `wrong-type` (P104)

use super::missing_field;
use crate::diagnostic::{Diagnostic, Rule, Severity, Span, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P104",
    name: "wrong-type",
    severity: Severity::Error,
    explanation: Text {
        th: "ค่านี้เป็นคนละชนิดกับที่ต้องใช้ เช่น ต้องเป็นข้อความในเครื่องหมายคำพูด แต่พิมพ์เป็นตัวเลข",
        en: "The value is of another kind than the field needs: a number where text in quotation marks is expected, for example.",
    },
    bad: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = 5
group = "permanent"
+++
"#,
    good: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
+++
"#,
};

/// The value of `key` is of another kind.
pub(crate) fn problem(key: &str, expects: &Text<&str>, example: &str, at: Span) -> Diagnostic {
    let (example, th, en) = (missing_field::shown(key, example), expects.th, expects.en);
    let (in_th, in_en) = (example.th, example.en);
    RULE.at(at, text!(th: "`{key}` ต้องเป็น{th}", en: "`{key}` must be {en}"))
        .help(text!(th: "พิมพ์เช่น {key} = {in_th}", en: "type it like {key} = {in_en}"))
}

/// The value of `key` is no table.
pub(crate) fn table(key: &str, at: Span) -> Diagnostic {
    RULE.at(at, text!(th: "`{key}` ต้องเป็นตาราง", en: "`{key}` must be a table"))
        .help(text!(th: "พิมพ์ [{key}] หรือ [[{key}]] บนบรรทัดของมันเอง แล้วข้อมูลในบรรทัดถัดไป", en: "type [{key}] or [[{key}]] on a line of its own, the fields below it"))
}

/// The table `key` is there more than once.
pub(crate) fn one_table(key: &str, at: Span) -> Diagnostic {
    RULE.at(at, text!(th: "มีตาราง [{key}] มากกว่าหนึ่ง", en: "the table [{key}] is there more than once"))
        .help(text!(th: "เหลือไว้ตารางเดียว", en: "keep one of them"))
}
