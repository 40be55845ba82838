//! `too-large` (P111)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::{MAX_TEXT_BYTES, SourcePath};

pub(crate) static RULE: Rule = Rule {
    code: "P111",
    name: "too-large",
    severity: Severity::Error,
    explanation: Text {
        th: "ไฟล์ข้อความใหญ่ผิดปกติ มักเป็นเพราะวางรูปภาพหรือข้อมูลอื่นลงไปในไฟล์ ไฟล์ .md และ .toml มีได้ไม่เกิน 2 MB ส่วนรูปและ PDF ให้วางเป็นไฟล์แยกไว้ข้างเอกสาร",
        en: "A text file of this size usually has a picture or other data pasted into it. Markdown and TOML files may have up to 2 MB; photos and PDFs go beside the document as files of their own.",
    },
    bad: r#"
-- content/news/flood-drill.md (5 MB) --
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
};

/// The file has `size` bytes.
pub(crate) fn report(path: &SourcePath, size: u64, diagnostics: &mut Diagnostics) {
    const MIB: u64 = 1024 * 1024;
    let (size, limit) = (size.div_ceil(MIB), MAX_TEXT_BYTES / MIB);
    let message = text!(th: "ไฟล์ข้อความใหญ่ {size} MB เกิน {limit} MB", en: "a text file of {size} MB; the limit is {limit} MB");
    let help = text!(th: "ย้ายรูปหรือข้อมูลไปเป็นไฟล์แยก แล้วอ้างถึงจากเอกสาร", en: "move pictures and data into files of their own and refer to them");
    diagnostics.push(RULE.at(Span::file(path), message).help(help));
}
