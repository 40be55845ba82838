//! `no-front-matter` (P108)

use crate::diagnostic::{Diagnostics, Reported, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P108",
    name: "no-front-matter",
    severity: Severity::Error,
    explanation: Text {
        th: "ไฟล์ .md ทุกไฟล์ขึ้นต้นด้วยส่วนหัว คือข้อมูลระหว่างบรรทัด +++ สองบรรทัด แล้วจึงเป็นเนื้อความ",
        en: "Every .md file starts with front matter: TOML between two lines of +++. The text follows.",
    },
    bad: r#"
-- content/news/flood-drill.md --
ซ้อมแผนรับน้ำท่วมวันนี้
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
ซ้อมแผนรับน้ำท่วมวันนี้
"#,
};

/// The file does not start with `+++`.
pub(crate) fn no_opening(path: &SourcePath, first: &str, diagnostics: &mut Diagnostics) -> Reported {
    let problem = RULE.at(Span::range(path, 0..first.len()), text!(th: "ไฟล์ไม่ขึ้นต้นด้วย +++", en: "the file does not start with +++"));
    let help = if first.trim() == "---" {
        text!(
            th: "เปลี่ยน --- ทั้งสองบรรทัดเป็น +++ และเขียนข้อมูลเป็น ชื่อ = \"ข้อความ\"",
            en: "use +++ for both lines of ---, and write fields as name = \"text\""
        )
    } else {
        text!(th: "เริ่มไฟล์ด้วยบรรทัด +++ ข้อมูล แล้วบรรทัด +++", en: "start the file with a line +++, the fields, and another line +++")
    };
    diagnostics.push(problem.help(help))
}

/// There is no second `+++`.
pub(crate) fn no_closing(path: &SourcePath, diagnostics: &mut Diagnostics) -> Reported {
    let problem = RULE.at(Span::range(path, 0..3), text!(th: "ไม่มีบรรทัด +++ ปิดส่วนหัว", en: "the front matter is not closed by a line +++"));
    let help = text!(th: "เพิ่มบรรทัด +++ หลังข้อมูลบรรทัดสุดท้าย", en: "add a line +++ after the last field");
    diagnostics.push(problem.help(help))
}
