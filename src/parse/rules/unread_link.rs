//! `unread-link` (P118)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P118",
    name: "unread-link",
    severity: Severity::Error,
    explanation: Text {
        th: "ลิงก์นี้จะขึ้นบนหน้าเว็บเป็นตัวอักษร [ชื่อ](ที่อยู่) และกดไม่ได้ ส่วนมากเพราะชื่อไฟล์มีช่องว่าง ให้ใส่เครื่องหมาย < > คร่อมชื่อไฟล์ หรือเปลี่ยนชื่อไฟล์ไม่ให้มีช่องว่าง",
        en: "The page would show the letters [name](address) instead of a link, most often because the file name has spaces. Put < > around the file name, or rename the file without spaces.",
    },
    bad: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
[[attachment]]
file = "plan 1.png"
title = "แผน"
+++

ดู [แผน](plan 1.png)
-- content/news/plan 1.png (png) --
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
[[attachment]]
file = "plan 1.png"
title = "แผน"
+++

ดู [แผน](<plan 1.png>)
-- content/news/plan 1.png (png) --
"#,
};

/// Reports a piece of text that was meant to be a link.
pub(crate) fn check(piece: &str, at: Span, diagnostics: &mut Diagnostics) {
    // Most pieces have none.
    let Some((name, rest)) = memchr::memchr(b']', piece.as_bytes()).and_then(|_| piece.split_once("](")) else { return };
    // An author who writes \\[ means the bracket itself.
    if !name.contains('[') {
        return;
    }
    let target = rest.split(')').next().unwrap_or(rest);
    let message = text!(th: "ลิงก์ไปยัง `{target}` อ่านเป็นลิงก์ไม่ได้", en: "the link to `{target}` cannot be read as one");
    diagnostics.push(RULE.at(at, message).help(text!(th: "พิมพ์ [ชื่อ](<{target}>)", en: "type [name](<{target}>)")));
}
