//! `symlink-loop` (P113)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P113",
    name: "symlink-loop",
    severity: Severity::Error,
    explanation: Text {
        th: "ลิงก์ (symbolic link) ชี้กลับไปยังตัวเองหรือโฟลเดอร์ที่อยู่เหนือขึ้นไป จึงอ่านวนไม่จบ",
        en: "A symbolic link leads back to itself or to a folder above it, so reading would never end.",
    },
    bad: r#"
-- content/news/again (symlink loop) --
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
};

/// The link leads back to a folder above it.
pub(crate) fn report(path: &SourcePath, diagnostics: &mut Diagnostics) {
    let problem = RULE.at(Span::file(path), text!(th: "ลิงก์ชี้วนกลับมาที่เดิม", en: "the link leads back to where it is"));
    diagnostics.push(problem.help(text!(th: "ลบลิงก์นี้ หรือวางไฟล์จริงแทน", en: "delete the link, or put the real file in its place")));
}
