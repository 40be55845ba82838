//! `missing-field` (P102)

use crate::diagnostic::{Diagnostic, Rule, Severity, Span, Text, text};

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

fn help(key: &str, expects: &Text<&str>, example: &str) -> Text {
    let (th, en) = (expects.th, expects.en);
    text!(th: "พิมพ์ {key} = {example} ({th})", en: "type {key} = {example} ({en})")
}
