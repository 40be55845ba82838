//! `not-a-file` (P114)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P114",
    name: "not-a-file",
    severity: Severity::Error,
    explanation: Text {
        th: "ชื่อนี้ควรเป็นไฟล์ แต่กลับเป็นโฟลเดอร์หรือสิ่งอื่นที่อ่านไม่ได้",
        en: "The name is that of a file, but a folder, pipe or device stands there.",
    },
    bad: r#"
-- content/news/flood-drill.md (directory) --
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
};

/// A folder, pipe or device.
pub(crate) fn report(path: &SourcePath, diagnostics: &mut Diagnostics) {
    let problem = RULE.at(Span::file(path), text!(th: "ควรเป็นไฟล์ แต่เป็นโฟลเดอร์หรือสิ่งอื่น", en: "a folder, or something else that is not a file"));
    let help = text!(th: "เปลี่ยนชื่อโฟลเดอร์ไม่ให้ลงท้ายด้วย .md หรือ .toml", en: "rename the folder so that it does not end in .md or .toml");
    diagnostics.push(problem.help(help));
}
