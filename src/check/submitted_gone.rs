//! `submitted-gone` (P217)

use super::broken_link::is_published;
use crate::content::submission::Submission;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P217",
    name: "submitted-gone",
    severity: Severity::Error,
    explanation: Text {
        th: "ที่อยู่นี้ยื่นไว้ในแบบ OIT แล้ว แต่เว็บไซต์ที่สร้างไม่มีหน้านี้ ผู้ประเมินดูเฉพาะที่อยู่ที่ยื่นไว้เดิม แม้ในช่วงทักท้วง ถ้าหน้าย้ายที่ ให้ใส่ [redirects] ใน site.toml",
        en: "This address was handed in, and the site no longer has it. Assessors look at the address that was submitted, even when a score is contested. If the page moved, put it under [redirects] in site.toml.",
    },
    bad: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.1", indicator = 9, title = { th = "ข้อมูลพื้นฐาน", en = "Basic information" }, confidence = "two" }]

[[item]]
id = "O2"
topic = "executives"
title = { th = "ข้อมูลผู้บริหาร", en = "Executives" }
sub = "9.1"
group = "ข้อมูลพื้นฐาน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O2.1", text = { th = "ทุกคนมีชื่อ", en = "Everyone has a name" }, confidence = "two", kind = "executives", fields = ["name"] },
]
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
+++
-- content/submissions/2566.toml --
fiscal_year = 2566
date = "28 เมษายน 2566"

[[answer]]
item = "O2"
url = "https://example.go.th/about-us/"
"#,
    good: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[redirects]
"/about-us/" = "/executives/"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.1", indicator = 9, title = { th = "ข้อมูลพื้นฐาน", en = "Basic information" }, confidence = "two" }]

[[item]]
id = "O2"
topic = "executives"
title = { th = "ข้อมูลผู้บริหาร", en = "Executives" }
sub = "9.1"
group = "ข้อมูลพื้นฐาน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O2.1", text = { th = "ทุกคนมีชื่อ", en = "Everyone has a name" }, confidence = "two", kind = "executives", fields = ["name"] },
]
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
+++
-- content/submissions/2566.toml --
fiscal_year = 2566
date = "28 เมษายน 2566"

[[answer]]
item = "O2"
url = "https://example.go.th/about-us/"
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    // The page of a broken document is missing for a reason that is already reported.
    if site.is_formless() || site.documents().any(|document| document.content.is_err()) {
        return;
    }
    for answer in site.all::<Submission>().flat_map(|(_, submission)| &submission.answers) {
        // What lies on another host is not made here.
        let Some(path) = site.inside(&answer.url.value).map(|target| target.path) else { continue };
        if is_published(site, &path) {
            continue;
        }
        let item = answer.item.value;
        let message = text!(th: "ข้อ {item} ยื่นที่อยู่ {path} ไว้ แต่ไม่มีหน้านี้แล้ว", en: "{item} was answered with {path}, which is no longer there");
        let help = text!(
            th: "คืนหน้าเดิม หรือใส่ใน site.toml ใต้ [redirects]: \"{path}\" = \"/ที่อยู่ใหม่/\"",
            en: "bring the page back, or type under [redirects] in site.toml: \"{path}\" = \"/new-place/\""
        );
        diagnostics.push(RULE.at(answer.url.span.clone(), message).help(help).item(item));
    }
}
