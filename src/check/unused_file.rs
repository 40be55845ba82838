//! `unused-file` (P207)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::site::Site;
use crate::site::url;
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P207",
    name: "unused-file",
    severity: Severity::Warning,
    explanation: Text {
        th: "ไม่มีเอกสารใดอ้างถึงไฟล์นี้ จึงไม่เผยแพร่ อาจลืมแนบ หรือพิมพ์ชื่อผิด เพิ่มเป็น photo หรือ [[attachment]] หรือลิงก์ในเนื้อความ ถ้าไม่ใช้แล้วให้ลบ",
        en: "No document refers to the file, so it is not published. Name it as a photo, an [[attachment]] or a link in the text, or delete it.",
    },
    bad: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
+++
-- content/executives/01-somying.png (png) --
"#,
    good: r#"
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
    // The document that names it may be the one that cannot be read.
    if site.documents().any(|document| document.content.is_err()) {
        return;
    }
    let is_used = |path: &SourcePath| site.files.contains_key(&url::of_asset(path)) || site.is_photo(path);
    for path in site.assets.keys().filter(|path| !is_used(path)) {
        let message = text!(th: "ไม่มีเอกสารใดใช้ไฟล์นี้ จึงไม่เผยแพร่", en: "no document uses this file, so it is not published");
        diagnostics.push(RULE.at(Span::file(path), message));
    }
}
