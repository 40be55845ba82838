//! `link-outside` (P120)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P120",
    name: "link-outside",
    severity: Severity::Error,
    explanation: Text {
        th: "ลิงก์ (symbolic link) ชี้ออกไปนอกโฟลเดอร์ content และ themes จึงไม่อ่านและไม่เผยแพร่ เพราะไฟล์ของเครื่องหรือของผู้อื่นอาจหลุดขึ้นเว็บโดยไม่มีใครตั้งใจ คัดลอกไฟล์จริงมาวางแทน",
        en: "A symbolic link leads out of the folders content/ and themes/. It is neither read nor published, for a file of the machine or of somebody else could end up on the web without anybody meaning it. Put a copy of the file in its place.",
    },
    bad: r#"
-- content/news/plan.pdf (link out) --
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
};

/// The link leads to a place that is not the site's.
pub(crate) fn report(path: &SourcePath, diagnostics: &mut Diagnostics) {
    let problem = RULE.at(Span::file(path), text!(th: "ลิงก์ชี้ออกไปนอกโฟลเดอร์ content และ themes", en: "the link leads out of content/ and themes/"));
    diagnostics.push(problem.help(text!(th: "วางไฟล์จริงแทนลิงก์นี้", en: "put the file itself in the place of the link")));
}
