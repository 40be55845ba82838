//! `unreadable` (P112)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P112",
    name: "unreadable",
    severity: Severity::Error,
    explanation: Text {
        th: "ระบบไม่ยอมให้อ่านไฟล์ อาจไม่มีสิทธิ์ เป็นลิงก์ที่ไม่มีปลายทาง หรือโปรแกรมอื่นเปิดไฟล์ค้างไว้",
        en: "The system does not let the file be read: no permission, a link to nowhere, or another program holds it.",
    },
    bad: r#"
-- content/news/flood-drill.md (unreadable) --
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
};

/// The system gave `reason`.
pub(crate) fn report(path: &SourcePath, reason: &str, diagnostics: &mut Diagnostics) {
    let problem = RULE.at(Span::file(path), text!(th: "อ่านไฟล์ไม่ได้: {reason}", en: "cannot read the file: {reason}"));
    let help = text!(th: "ตรวจสิทธิ์ของไฟล์ หรือลบลิงก์ที่ไม่มีปลายทาง", en: "check the file's permissions, or delete the link to nowhere");
    diagnostics.push(problem.help(help));
}
