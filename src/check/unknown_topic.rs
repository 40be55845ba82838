//! `unknown-topic` (P303)

use crate::content::disclosure::Disclosure;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::fields::rules::unknown_field::nearest;
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P303",
    name: "unknown-topic",
    severity: Severity::Warning,
    explanation: Text {
        th: "ชื่อเรื่อง (topic) ของเอกสารไม่ตรงกับข้อใดในแบบของปีนั้น เอกสารจึงขึ้นเว็บไซต์แต่ไม่นับเป็นคำตอบของข้อใด แก้ชื่อไฟล์หรือ topic",
        en: "The document's topic is none of the year's form, so it is published but answers no item. Correct the file name or `topic`.",
    },
    bad: r#"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.1", indicator = 9, title = { th = "ข้อมูลพื้นฐาน", en = "Basic information" }, confidence = "two" }]

[[item]]
id = "O6"
topic = "laws"
title = { th = "ข้อมูลผู้บริหาร", en = "Executives" }
sub = "9.1"
group = "ข้อมูลพื้นฐาน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O6.1", text = { th = "ทุกคนมีรูปถ่าย", en = "Everyone has a photo" }, confidence = "two", kind = "declared" },
]
-- content/disclosures/2566/laws.md --
+++
title = "กฎหมายที่เกี่ยวข้อง"
[[covers]]
requirement = "O6.1"
+++

พระราชบัญญัติเทศบาล พ.ศ. 2496
-- content/disclosures/2566/law.md --
+++
title = "กฎหมายอื่น"
+++
"#,
    good: r#"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.1", indicator = 9, title = { th = "ข้อมูลพื้นฐาน", en = "Basic information" }, confidence = "two" }]

[[item]]
id = "O6"
topic = "laws"
title = { th = "ข้อมูลผู้บริหาร", en = "Executives" }
sub = "9.1"
group = "ข้อมูลพื้นฐาน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O6.1", text = { th = "ทุกคนมีรูปถ่าย", en = "Everyone has a photo" }, confidence = "two", kind = "declared" },
]
-- content/disclosures/2566/laws.md --
+++
title = "กฎหมายที่เกี่ยวข้อง"
[[covers]]
requirement = "O6.1"
+++

พระราชบัญญัติเทศบาล พ.ศ. 2496
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (document, disclosure) in site.all::<Disclosure>() {
        let Some(catalog) = document.year.and_then(|year| site.catalogs.of(year)) else { continue };
        let (topic, span) = match &disclosure.topic {
            Some(topic) => (topic.value.0.as_str(), topic.span.clone()),
            None => (document.slug.as_str(), Span::file(&document.path)),
        };
        if catalog.topic(topic).is_some() {
            continue;
        }
        let year = catalog.fiscal_year;
        let known: Vec<&str> = catalog.items.iter().map(|item| item.topic.as_str()).collect();
        let problem = RULE.at(span, text!(th: "แบบปี {year} ไม่มีเรื่อง `{topic}`", en: "the form of {year} has no topic `{topic}`"));
        diagnostics.push(match nearest(topic, &known) {
            Some(near) => problem.help(text!(th: "น่าจะเป็น `{near}`", en: "did you mean `{near}`?")),
            None => problem,
        });
    }
}
