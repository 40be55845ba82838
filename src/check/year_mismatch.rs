//! `year-mismatch` (P401)

use crate::content::Content;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P401",
    name: "year-mismatch",
    severity: Severity::Error,
    explanation: Text {
        th: "ปีในไฟล์ไม่ตรงกับปีในชื่อไฟล์ ผู้ประเมินจะเห็นข้อมูลผิดปี แก้ให้ตรงกัน",
        en: "The year in the file is not that of its name, so a page would show the wrong year. Make them agree.",
    },
    bad: r#"
-- content/results/2565.toml --
fiscal_year = 2564
total = "91.81"
grade = "A"
"#,
    good: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for document in &site.documents {
        let (Some(named), Ok(content)) = (document.year, &document.content) else { continue };
        let written = match content {
            Content::Results(results) => Some(&results.fiscal_year),
            Content::Analysis(analysis) => Some(&analysis.fiscal_year),
            Content::Submission(submission) => Some(&submission.fiscal_year),
            Content::Disclosure(disclosure) => disclosure.fiscal_year.as_ref(),
            _ => None,
        };
        let Some(written) = written else { continue };
        if written.value != named {
            let year = written.value;
            let message = text!(th: "fiscal_year เป็น {year} แต่ชื่อไฟล์หรือโฟลเดอร์เป็นปี {named}", en: "fiscal_year is {year}, the name of its file or folder says {named}");
            let help = text!(th: "พิมพ์ fiscal_year = {named} หรือย้ายไฟล์", en: "type fiscal_year = {named}, or move the file");
            diagnostics.push(RULE.at(written.span.clone(), message).help(help));
        }
    }
}
