//! `no-form` (P704)

use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P704",
    name: "no-form",
    severity: Severity::Error,
    explanation: Text {
        th: "โปรแกรมไม่มีแบบ OIT ของปีงบประมาณนี้ จึงตรวจและสร้างหน้ารายข้อไม่ได้ ใช้ปีที่มี หรือเพิ่มแบบของปีนั้นที่ content/catalog/",
        en: "The program has no form for this fiscal year, so nothing can be checked against it. Use a year it knows, or add the form under content/catalog/.",
    },
    bad: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2599

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"
"#,
    good: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let year = &site.config.fiscal_year;
    if site.catalog().is_some() || site.is_formless() {
        return;
    }
    let known = site.catalogs.years().map(|year| year.to_string()).collect::<Vec<_>>().join(", ");
    let value = year.value;
    let problem = RULE.at(year.span.clone(), text!(th: "ไม่มีแบบ OIT ของปี {value}", en: "there is no form for {value}"));
    diagnostics.push(problem.help(text!(th: "ปีที่มี: {known}", en: "known years: {known}")));
}
