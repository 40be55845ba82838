//! `submitted-changed` (P218)

use std::collections::BTreeMap;

use crate::content::submission::{Answer, Submission};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::site::url::UrlPath;
use crate::source::Sources;

pub(crate) static RULE: Rule = Rule {
    code: "P218",
    name: "submitted-changed",
    severity: Severity::Warning,
    explanation: Text {
        th: "หน้าหรือไฟล์นี้ยื่นไว้ในแบบ OIT แล้ว และเนื้อหาต่างจากวันที่ยื่น ผู้ประเมินดูสิ่งที่เปิดเผย ณ ที่อยู่ที่ยื่นไว้ จนสิ้นสุดช่วงทักท้วง ถ้าแก้โดยตั้งใจและยื่นใหม่ได้ ให้สั่ง prongsai submit --replace",
        en: "This page or file was handed in, and what it says is not what it said that day. Assessors look at the submitted address until scores can no longer be contested. If the change is meant and you may submit anew, run prongsai submit --replace.",
    },
    bad: r#"
-- content/pages/about.md --
+++
title = "เกี่ยวกับเรา"
+++

ข้อความที่แก้หลังยื่น
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.1", indicator = 9, title = { th = "ข้อมูลพื้นฐาน", en = "Basic information" }, confidence = "two" }]

[[item]]
id = "O1"
topic = "organisation-structure"
title = { th = "โครงสร้าง", en = "Organisation structure" }
sub = "9.1"
group = "ข้อมูลพื้นฐาน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O1.1", text = { th = "มีแผนผังโครงสร้าง", en = "There is a chart" }, confidence = "two", kind = "declared" },
]
-- content/disclosures/2566/organisation-structure.md --
+++
[[covers]]
requirement = "O1.1"
+++

แผนผังโครงสร้าง
-- content/submissions/2566.toml --
fiscal_year = 2566
date = "28 เมษายน 2566"

[[answer]]
item = "O1"
url = "https://example.go.th/about/"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
"#,
    good: r#"
-- content/pages/about.md --
+++
title = "เกี่ยวกับเรา"
+++

ข้อความที่แก้หลังยื่น
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.1", indicator = 9, title = { th = "ข้อมูลพื้นฐาน", en = "Basic information" }, confidence = "two" }]

[[item]]
id = "O1"
topic = "organisation-structure"
title = { th = "โครงสร้าง", en = "Organisation structure" }
sub = "9.1"
group = "ข้อมูลพื้นฐาน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O1.1", text = { th = "มีแผนผังโครงสร้าง", en = "There is a chart" }, confidence = "two", kind = "declared" },
]
-- content/disclosures/2566/organisation-structure.md --
+++
[[covers]]
requirement = "O1.1"
+++

แผนผังโครงสร้าง
-- content/submissions/2566.toml --
fiscal_year = 2566
date = "28 เมษายน 2566"

[[answer]]
item = "O1"
url = "https://example.go.th/about/"
"#,
};

/// What was handed in still says what it said that day.
pub(in crate::render) fn check(site: &Site, sources: &Sources, checksums: &BTreeMap<String, String>, diagnostics: &mut Diagnostics) {
    for (_, submission) in site.all::<Submission>() {
        for answer in &submission.answers {
            let (Some(then), Some(now)) = (&answer.sha256, now(site, sources, checksums, answer)) else { continue };
            if now.eq_ignore_ascii_case(then.trim()) {
                continue;
            }
            let (item, date) = (answer.item.value, &submission.date);
            let (th, en) = (crate::thai::date::long_th(*date), crate::thai::date::long_en(*date));
            let message = text!(
                th: "ข้อ {item}: เนื้อหาที่ที่อยู่นี้ไม่ตรงกับที่ยื่นเมื่อ {th}",
                en: "{item}: what this address shows is not what was handed in on {en}"
            );
            diagnostics.push(RULE.at(answer.url.span.clone(), message));
        }
    }
}

/// The checksum of what an answer's address shows now, after the redirects of the site.
fn now(site: &Site, sources: &Sources, checksums: &BTreeMap<String, String>, answer: &Answer) -> Option<String> {
    let path = site.settled(&site.inside(&answer.url.value)?.path)?;
    if let Some(known) = checksums.get(&path).or_else(|| checksums.get(UrlPath::at(&path).as_str())) {
        return Some(known.clone());
    }
    sources.checksum(site.files.get(&path)?).map(str::to_owned)
}
