//! `empty-file` (P110)

use crate::diagnostic::{Diagnostics, Reported, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P110",
    name: "empty-file",
    severity: Severity::Error,
    explanation: Text {
        th: "ไฟล์ว่างเปล่า อาจสร้างไว้แล้วลืมกรอก หรือการคัดลอกไม่สำเร็จ ให้ใส่เนื้อหา หรือลบไฟล์",
        en: "There is nothing in the file; it was made and forgotten, or a copy failed. Fill it in or delete it.",
    },
    bad: r#"
-- content/news/flood-drill.md --
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
};

/// The file is empty.
pub(crate) fn report(path: &SourcePath, diagnostics: &mut Diagnostics) -> Reported {
    let problem = RULE.at(Span::file(path), text!(th: "ไฟล์ว่างเปล่า", en: "the file is empty"));
    diagnostics.push(problem.help(text!(th: "ใส่เนื้อหา หรือลบไฟล์นี้", en: "fill it in, or delete it")))
}
