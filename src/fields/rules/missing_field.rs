//! `missing-field` (P102)

use crate::diagnostic::{Diagnostic, Rule, Severity, Span, Text, text};
use crate::fields::{FieldValue as _, labels};

pub(crate) static RULE: Rule = Rule {
    code: "P102",
    name: "missing-field",
    severity: Severity::Error,
    explanation: Text {
        th: "ข้อมูลนี้ต้องมี เพราะหน้าเว็บสร้างไม่ได้หากขาดไป ให้เพิ่มบรรทัดตามตัวอย่าง หรือพิมพ์ค่าระหว่างเครื่องหมายคำพูดที่ว่างอยู่",
        en: "The page cannot be made without this field. Add the line, or type a value between the empty quotation marks.",
    },
    bad: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
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

/// The key is absent.
pub(crate) fn problem(key: &'static str, expects: &Text<&str>, example: &str, at: Span) -> Diagnostic {
    RULE.at(at, text!(th: "ไม่มีข้อมูล `{key}`", en: "`{key}` is missing")).help(help(key, expects, example)).key(key)
}

/// The key is there, its value is empty.
pub(crate) fn empty(key: &str, expects: &Text<&str>, example: &str, at: Span) -> Diagnostic {
    RULE.at(at, text!(th: "`{key}` ว่างอยู่", en: "`{key}` is empty")).help(help(key, expects, example))
}

/// The table `key` is absent; `lines` are the fields that it needs.
pub(crate) fn table(key: &'static str, lines: &str, at: Span) -> Diagnostic {
    let help = text!(th: "พิมพ์ [{key}] บนบรรทัดของมันเอง แล้วข้างใต้: {lines}", en: "type [{key}] on a line of its own, and below it: {lines}");
    RULE.at(at, text!(th: "ไม่มีตาราง `[{key}]`", en: "there is no table `[{key}]`")).help(help).key(key)
}

/// The line `[key]` is absent above the fields of its table.
pub(crate) fn heading(key: &'static str, first: &str, at: Span) -> Diagnostic {
    let help = text!(th: "พิมพ์ [{key}] บนบรรทัดของมันเอง เหนือ {first}", en: "type [{key}] on a line of its own, above {first}");
    RULE.at(at, text!(th: "ไม่มีบรรทัด `[{key}]` เหนือ `{first}`", en: "there is no line `[{key}]` above `{first}`")).help(help).key(key)
}

fn help(key: &str, expects: &Text<&str>, example: &str) -> Text {
    let (example, th, en) = (shown(key, example), expects.th, expects.en);
    let (in_th, in_en) = (example.th, example.en);
    text!(th: "พิมพ์ {key} = {in_th} ({th})", en: "type {key} = {in_en} ({en})")
}

/// An example of a value that would be accepted: of words, what the field is called, for dots count as empty.
pub(crate) fn shown(key: &str, example: &str) -> Text {
    let label = labels::field("", key).filter(|_| example == String::EXAMPLE);
    match label {
        Some(Text { th, en }) => text!(th: "\"{th}\"", en: "\"{en}\""),
        None => Text { th: example.to_owned(), en: example.to_owned() },
    }
}
