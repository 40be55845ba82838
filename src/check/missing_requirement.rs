//! `missing-requirement` (P302)

use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::site::coverage::{Coverage, Status};

pub(crate) static RULE: Rule = Rule {
    code: "P302",
    name: "missing-requirement",
    severity: Severity::Warning,
    explanation: Text {
        th: "ข้อนี้มีคำตอบแล้วแต่ขาดองค์ประกอบหนึ่ง ผู้ประเมินให้ 100 หรือ 0 ต่อข้อ ขาดอย่างเดียวก็ได้ 0 เช่น ผู้บริหารคนเดียวไม่มีรูปถ่ายหรือหมายเลขโทรศัพท์",
        en: "The item is answered, but one component is missing. An item scores 100 or 0, so a single gap loses it: one executive without a photo or telephone number is enough.",
    },
    bad: r#"
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
  { id = "O2.1", text = { th = "ทุกคนมีรูปถ่าย", en = "Everyone has a photo" }, confidence = "two", kind = "executives", fields = ["photo"] },
]
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
+++
"#,
    good: r#"
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
  { id = "O2.1", text = { th = "ทุกคนมีรูปถ่าย", en = "Everyone has a photo" }, confidence = "two", kind = "executives", fields = ["photo"] },
]
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
photo = "01-somying.png"
+++
-- content/executives/01-somying.png (png) --
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let Some(catalog) = site.catalog() else { return };
    for coverage in site.audit.iter().filter(|coverage| coverage.status() == Status::Partial && !coverage.is_unsure) {
        let Some(item) = catalog.item(coverage.item) else { continue };
        for requirement in &coverage.requirements {
            let Coverage::Missing(gaps) = &requirement.coverage else { continue };
            let Some(form) = item.requirements.iter().find(|form| form.id == requirement.id) else { continue };
            for gap in gaps.iter().filter(|gap| !gap.is_reported) {
                let (id, what) = (&requirement.id, gap.for_webmaster());
                let (th, en) = (what.th, what.en);
                let message = text!(th: "ข้อ {id}: {th}", en: "{id}: {en}");
                let (th, en) = (&form.text.th, &form.text.en);
                let help = text!(th: "แบบกำหนดว่า: {th}", en: "the form asks: {en}");
                diagnostics.push(RULE.at(gap.span.clone(), message).help(help).item(item.id));
            }
        }
    }
}
