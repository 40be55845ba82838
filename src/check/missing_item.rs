//! `missing-item` (P301)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::site::Site;
use crate::site::coverage::Status;

pub(crate) static RULE: Rule = Rule {
    code: "P301",
    name: "missing-item",
    severity: Severity::Warning,
    explanation: Text {
        th: "แบบ OIT ของปีนี้ถามข้อนี้ แต่เว็บไซต์ยังไม่มีคำตอบเลย ข้อที่ไม่มีคำตอบได้ 0 คะแนน สร้างไฟล์ตามที่บอก หากไม่มีเรื่องให้เปิดเผยต้องเขียนว่าไม่มี ดูข้อกำหนดด้วย prongsai explain ตามด้วยรหัสข้อ",
        en: "The year's form asks for this item and nothing on the site answers it; it scores 0. Make the file named here. Where there is nothing to disclose, say so. `prongsai explain` and the item's code lists what is asked.",
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
    for coverage in site.audit.iter().filter(|coverage| coverage.status() == Status::Missing && !coverage.is_unsure) {
        let Some(item) = catalog.item(coverage.item) else { continue };
        let (id, th, en, path) = (item.id, &item.title.th, &item.title.en, &coverage.home.path);
        let message = text!(th: "ข้อ {id} {th} ยังไม่มีคำตอบ", en: "nothing answers item {id}, {en}");
        let draft = site.draft_of(&item.topic, path.as_str());
        let place = draft.map_or_else(|| coverage.home.clone(), Span::file);
        let help = match draft {
            Some(draft) => text!(th: "กรอกฉบับร่าง {draft} ให้ครบ แล้วลบบรรทัด draft = true", en: "finish the draft {draft} and remove its line draft = true"),
            None => text!(th: "สร้าง {path}", en: "create {path}"),
        };
        diagnostics.push(RULE.at(place, message).help(help).item(item.id));
    }
}
