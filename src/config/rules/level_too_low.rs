//! `level-too-low` (P705)

use crate::diagnostic::{Diagnostics, Rule, Severity, Spanned, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P705",
    name: "level-too-low",
    severity: Severity::Error,
    explanation: Text {
        th: "[rules] ยกคำเตือนเป็นข้อผิดพลาดได้ หรือปิดคำเตือนได้ แต่ลดข้อผิดพลาดไม่ได้ เพราะหน้าที่มีข้อผิดพลาดจะหายไปจากเว็บไซต์โดยไม่มีใครรู้",
        en: "[rules] can raise a warning to an error, or silence it. It cannot lower an error: the page that has it would leave the site without a word.",
    },
    bad: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[rules]
broken-toml = "ignore"
"#,
    good: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[rules]
unused-file = "ignore"
missing-item = "error"
"#,
};

/// `key` names a rule that is always an error.
pub(crate) fn report(key: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let name = &key.value;
    let message = text!(th: "ลดระดับของ `{name}` ไม่ได้ เพราะเป็นข้อผิดพลาดเสมอ", en: "`{name}` is always an error and cannot be lowered");
    diagnostics.push(RULE.at(key.span.clone(), message).help(text!(th: "ลบบรรทัดนี้", en: "delete this line")));
}
