//! `past-form` (P708)

use std::collections::BTreeSet;

use crate::content::disclosure::Disclosure;
use crate::content::submission::Submission;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::thai::FiscalYear;

pub(crate) static RULE: Rule = Rule {
    code: "P708",
    name: "past-form",
    severity: Severity::Warning,
    explanation: Text {
        th: "เว็บไซต์ยังมีข้อมูลที่เปิดเผยของปีก่อน แต่ไม่แสดงแบบ OIT ของปีนั้นแล้ว หน้ารายข้อและลิงก์ที่ยื่นไว้จะเปิดไม่ได้ มักเกิดจากแก้ fiscal_year ด้วยมือ ใส่ปีนั้นใน past_years หรือขึ้นปีใหม่ด้วยคำสั่ง prongsai year ซึ่งใส่ให้",
        en: "The site still has what was disclosed in an earlier year, but no longer that year's form: the pages of its items, and links that were handed in, lead nowhere. It happens when fiscal_year is changed by hand. Name the year in past_years; the command `prongsai year` does so itself.",
    },
    bad: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2567

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"
-- content/catalog/fy2567.toml --
fiscal_year = 2567
item_count = 0
sub = []
-- content/disclosures/2566/operating-plan.md --
+++
+++
แผนดำเนินงานประจำปี
"#,
    good: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2567
past_years = [2566]

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"
-- content/catalog/fy2567.toml --
fiscal_year = 2567
item_count = 0
sub = []
-- content/disclosures/2566/operating-plan.md --
+++
+++
แผนดำเนินงานประจำปี
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    if site.is_formless() {
        return;
    }
    let config = &site.config;
    let named: BTreeSet<FiscalYear> = config.past_years.iter().map(|year| year.value).collect();
    let disclosed = site.all::<Disclosure>().filter_map(|(document, _)| document.year);
    let submitted = site.all::<Submission>().map(|(_, submission)| submission.fiscal_year.value);
    let is_lost =
        |year: &FiscalYear| *year < config.fiscal_year.value && !named.contains(year) && site.catalogs.of(*year).is_some();
    let lost: BTreeSet<FiscalYear> = disclosed.chain(submitted).filter(is_lost).collect();
    if lost.is_empty() {
        return;
    }
    let joined = |years: &BTreeSet<FiscalYear>| years.iter().map(FiscalYear::to_string).collect::<Vec<_>>().join(", ");
    let years = joined(&lost);
    let message = text!(th: "มีข้อมูลของปี {years} แต่เว็บไซต์ไม่แสดงแบบของปีนั้นแล้ว", en: "there is content of {years}, but no longer that year's form");
    let all = joined(&lost.union(&named).copied().collect());
    let help = text!(th: "พิมพ์ past_years = [{all}]", en: "type past_years = [{all}]");
    diagnostics.push(RULE.at(config.fiscal_year.span.clone(), message).help(help));
}
