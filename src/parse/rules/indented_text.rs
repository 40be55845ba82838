//! `indented-text` (P123)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P123",
    name: "indented-text",
    severity: Severity::Warning,
    explanation: Text {
        th: "บรรทัดขึ้นต้นด้วยแท็บหรือเว้นวรรคสี่เคาะ Markdown ถือว่าเป็นโค้ดของโปรแกรม หน้าเว็บจึงแสดงย่อหน้าในกรอบด้วยตัวอักษรอีกแบบ และไม่ตัดบรรทัด ให้ลบช่องว่างหน้าบรรทัด ย่อหน้าใหม่ขึ้นด้วยบรรทัดว่าง",
        en: "The line starts with a tab or four spaces, which Markdown takes for the code of a program: the page shows the paragraph in a box, in other letters, and does not break its lines. Delete the spaces; an empty line starts a new paragraph.",
    },
    bad: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++

    เทศบาลซ้อมแผนรับน้ำท่วมที่หน้าตลาด
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++

เทศบาลซ้อมแผนรับน้ำท่วมที่หน้าตลาด
"#,
};

/// Reports a paragraph of Thai that is indented; `block` is all of it.
pub(crate) fn check(block: &str, at: Span, diagnostics: &mut Diagnostics) {
    if !block.contains(|c: char| ('\u{e01}'..='\u{e3a}').contains(&c)) {
        return;
    }
    let message = text!(
        th: "บรรทัดนี้ขึ้นต้นด้วยแท็บหรือเว้นวรรคสี่เคาะ หน้าเว็บจะแสดงเป็นโค้ด",
        en: "the line starts with a tab or four spaces, so the page will show it as code"
    );
    let help = text!(th: "ลบช่องว่างหน้าบรรทัด", en: "delete the spaces in front of it");
    diagnostics.push(RULE.at(at, message).help(help));
}
