//! `not-utf8` (P109)

use crate::diagnostic::{Diagnostics, Reported, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P109",
    name: "not-utf8",
    severity: Severity::Error,
    explanation: Text {
        th: "ไฟล์ไม่ได้บันทึกเป็น UTF-8 ภาษาไทยจึงอ่านไม่ออก มักเกิดจากการบันทึกเป็น ANSI (windows-874, TIS-620) หรือ Unicode (UTF-16) ให้เปิดไฟล์แล้วสั่งบันทึกเป็น เลือกการเข้ารหัส UTF-8",
        en: "The file is not UTF-8, so its Thai cannot be read; often it was saved as ANSI (windows-874) or Unicode (UTF-16). Open it and save it again with the encoding UTF-8.",
    },
    bad: r#"
-- content/news/flood-drill.md (not utf-8) --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
};

/// The byte at `at` is not UTF-8.
pub(crate) fn report(path: &SourcePath, text: &str, at: usize, diagnostics: &mut Diagnostics) -> Reported {
    let at = text.floor_char_boundary(at);
    let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let problem = RULE.at(Span::range(path, at..end), text!(th: "ไฟล์ไม่ใช่ UTF-8", en: "the file is not UTF-8"));
    let help = text!(
        th: "บันทึกไฟล์ใหม่ เลือกการเข้ารหัส (Encoding) เป็น UTF-8",
        en: "save the file again with the encoding UTF-8"
    );
    diagnostics.push(problem.help(help))
}
