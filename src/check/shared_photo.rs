//! `shared-photo` (P225)

use std::collections::BTreeMap;

use crate::content::executive::Executive;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::site::url;
use crate::thai::fold;

pub(crate) static RULE: Rule = Rule {
    code: "P225",
    name: "shared-photo",
    severity: Severity::Warning,
    explanation: Text {
        th: "ผู้บริหารสองคนใช้รูปไฟล์เดียวกัน หน้าเว็บจึงแสดงใบหน้าผิดคน อาจคัดลอกไฟล์แล้วลืมแก้ photo ให้วางรูปของแต่ละคนแล้วพิมพ์ชื่อไฟล์ให้ตรงกับคน คนเดียวที่มีสองตำแหน่งใช้รูปเดียวกันได้",
        en: "Two executives have the same photo, so the page shows a wrong face. A file was probably copied and its photo left. Give each person a photo of their own; one person in two positions may have one photo.",
    },
    bad: r#"
-- content/executives/01-mayor.md --
+++
name = "นางสมหญิง ใจดี"
position = "นายกเทศมนตรี"
group = "political"
photo = "01-mayor.png"
+++
-- content/executives/02-deputy.md --
+++
name = "นายสมชาย ดีมาก"
position = "รองนายกเทศมนตรี"
group = "political"
photo = "01-mayor.png"
+++
-- content/executives/01-mayor.png (png) --
"#,
    good: r#"
-- content/executives/01-mayor.md --
+++
name = "นางสมหญิง ใจดี"
position = "นายกเทศมนตรี"
group = "political"
photo = "01-mayor.png"
+++
-- content/executives/02-deputy.md --
+++
name = "นายสมชาย ดีมาก"
position = "รองนายกเทศมนตรี"
group = "political"
photo = "02-deputy.png"
+++
-- content/executives/01-mayor.png (png) --
-- content/executives/02-deputy.png (png) --
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut first_of = BTreeMap::new();
    for (document, executive) in site.all::<Executive>() {
        let Some(photo) = &executive.photo else { continue };
        let Some(path) = url::asset(document, &photo.value) else { continue };
        let (first, other) = *first_of.entry(path).or_insert((document, executive));
        if fold::name(&other.name.value) == fold::name(&executive.name.value) {
            continue;
        }
        let (name, path) = (&photo.value, &first.path);
        let message = text!(th: "รูป {name} เป็นของ {path} แล้ว", en: "the photo {name} is that of {path} already");
        let help = text!(th: "วางรูปของคนนี้ไว้ข้างเอกสาร แล้วพิมพ์ชื่อไฟล์ของรูปนั้น", en: "put this person's photo beside the document and type its name");
        diagnostics.push(RULE.at(photo.span.clone(), message).help(help));
    }
}
