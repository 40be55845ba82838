//! `unused-file` (P207)

use super::used;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::parse::rules::misplaced_file;
use crate::site::Site;

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
    let unused = || site.assets.iter().filter(|(path, _)| !used::is_used(site, path));
    for (path, asset) in unused() {
        if let Some(name) = &asset.document {
            misplaced_file::saved_as_text(path, name, diagnostics);
        }
    }
    // The document that names it may be the one that cannot be read.
    if site.documents().any(|document| document.content.is_err()) {
        return;
    }
    for (path, _) in unused().filter(|(_, asset)| asset.document.is_none()) {
        let message = text!(th: "ไม่มีเอกสารใดใช้ไฟล์นี้ จึงไม่เผยแพร่", en: "no document uses this file, so it is not published");
        diagnostics.push(RULE.at(Span::file(path), message));
    }
}
