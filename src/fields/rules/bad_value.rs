//! `bad-value` (P105)

use super::unknown_field::nearest;
use crate::diagnostic::{Rule, Severity, Text, text};
use crate::fields::Mismatch;

pub(crate) static RULE: Rule = Rule {
    code: "P105",
    name: "bad-value",
    severity: Severity::Error,
    explanation: Text {
        th: "ค่าที่พิมพ์ไม่อยู่ในค่าที่ใช้ได้ เช่น ฝ่ายของผู้บริหารมีเพียง \"political\" (ฝ่ายการเมือง) กับ \"permanent\" (ฝ่ายประจำ) หรือคะแนนอยู่นอกช่วง 0–100",
        en: "The value is none of those the field can have: executives are \"political\" or \"permanent\", scores lie between 0 and 100, and so on.",
    },
    bad: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanant"
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

/// `typed` is none of `words`.
pub(crate) fn choice(typed: &str, words: &[&str]) -> Mismatch {
    let list = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
    let message = text!(th: "ใช้ค่า `{typed}` ที่นี่ไม่ได้", en: "`{typed}` is not a value for this field");
    let help = match nearest(typed, words) {
        Some(near) => text!(th: "น่าจะเป็น \"{near}\" (ใช้ได้: {list})", en: "did you mean \"{near}\"? (known: {list})"),
        None => text!(th: "ใช้ได้: {list}", en: "known: {list}"),
    };
    Mismatch::Value(&RULE, message, Some(help))
}
