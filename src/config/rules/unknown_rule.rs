//! `unknown-rule` (P702)

use crate::diagnostic::{Diagnostics, Rule, Severity, Spanned, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P702",
    name: "unknown-rule",
    severity: Severity::Error,
    explanation: Text {
        th: "ใน [rules] ตั้งระดับของกฎที่ไม่มีอยู่ จึงไม่มีผลอะไร ดูชื่อกฎทั้งหมดด้วยคำสั่ง prongsai explain",
        en: "[rules] sets the level of a rule that does not exist, so it has no effect. `prongsai explain` lists all rules.",
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
mising-item = "error"
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
missing-item = "error"
"#,
};

/// `key` names no rule; `near` is the one it was probably meant to be.
pub(crate) fn report(key: &Spanned<String>, near: Option<&str>, diagnostics: &mut Diagnostics) {
    let name = &key.value;
    let problem = RULE.at(key.span.clone(), text!(th: "ไม่มีกฎชื่อ `{name}`", en: "there is no rule `{name}`"));
    let help = match near {
        Some(near) => text!(th: "น่าจะเป็น `{near}`", en: "did you mean `{near}`?"),
        None => text!(th: "ดูชื่อกฎทั้งหมดด้วยคำสั่ง prongsai explain", en: "`prongsai explain` lists all rules"),
    };
    diagnostics.push(problem.help(help));
}
