//! `no-theme` (P603)

use crate::diagnostic::{Diagnostics, Rule, Severity, Spanned, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P603",
    name: "no-theme",
    severity: Severity::Error,
    explanation: Text {
        th: "ไม่มีชุดหน้าตาชื่อนี้ ชุด \"default\" มากับโปรแกรม ชุดอื่นต้องมีโฟลเดอร์อยู่ใน themes/",
        en: "There is no theme of this name. \"default\" comes with the program; any other needs a folder under themes/.",
    },
    bad: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566
theme = "blue"

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"
"#,
    good: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566
theme = "blue"

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"
-- themes/blue/base.css --
body { color: #003366 }
"#,
};

/// There is no folder `themes/<name>`.
pub(crate) fn report(name: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let theme = &name.value;
    let message = text!(th: "ไม่มีชุดหน้าตา `{theme}`", en: "there is no theme `{theme}`");
    let help = text!(th: "ใช้ \"default\" หรือวางชุดหน้าตาไว้ที่ themes/{theme}/", en: "use \"default\", or put the theme under themes/{theme}/");
    diagnostics.push(RULE.at(name.span.clone(), message).help(help));
}
