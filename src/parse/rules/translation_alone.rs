//! `translation-alone` (P119)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P119",
    name: "translation-alone",
    severity: Severity::Error,
    explanation: Text {
        th: "ไฟล์ที่ลงท้ายด้วย .en.md เป็นคำแปลภาษาอังกฤษของไฟล์ชื่อเดียวกันที่ลงท้ายด้วย .md ในโฟลเดอร์เดียวกัน คำแปลอยู่ลำพังไม่ได้ ใส่เฉพาะข้อมูลที่แปล ส่วนที่เหลือใช้ของไฟล์ภาษาไทย",
        en: "A file that ends in .en.md is the English translation of the file of the same name that ends in .md, in the same folder. It cannot stand alone. Write only the fields that you translate; the others are those of the Thai file.",
    },
    bad: r#"
-- content/pages/about.en.md --
+++
title = "About us"
+++
"#,
    good: r#"
-- content/pages/about.md --
+++
title = "เกี่ยวกับเรา"
+++

เทศบาลตั้งอยู่ริมน้ำ
-- content/pages/about.en.md --
+++
title = "About us"
+++

The municipality lies on the river.
"#,
};

/// Reports a translation without its original.
pub(crate) fn report(path: &SourcePath, original: &SourcePath, diagnostics: &mut Diagnostics) {
    let message = text!(th: "ไม่มีไฟล์ภาษาไทย {original}", en: "there is no Thai file {original}");
    let help = text!(
        th: "เขียน {original} ก่อน หรือแก้ชื่อไฟล์นี้ให้ตรงกัน",
        en: "write {original} first, or give this file the same name"
    );
    diagnostics.push(RULE.at(Span::file(path), message).help(help));
}
