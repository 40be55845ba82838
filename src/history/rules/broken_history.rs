//! `broken-history` (P819)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::history::{Broken, LOG};
use crate::source::{HISTORY, SourcePath};

pub(crate) static RULE: Rule = Rule {
    code: "P819",
    name: "broken-history",
    severity: Severity::Error,
    explanation: Text {
        th: "content/history.jsonl บันทึกว่าเผยแพร่อะไรเมื่อใด โปรแกรมเขียนเอง แต่ละบรรทัดผูกกับบรรทัดก่อนหน้า ถ้าไฟล์หายหรือมีใครแก้ ผู้ตรวจจะเห็นว่าประวัติไม่ต่อกัน จึงไม่เผยแพร่จนกว่าจะนำไฟล์เดิมกลับมา",
        en: "content/history.jsonl tells what was published when. The program writes it, and each line is tied to the one before. Once it is lost or somebody edits it, an auditor sees that it does not hold together, so nothing is published until the old file is back.",
    },
    bad: r#"
-- content/history.jsonl --
{"number":1,"date":"2023-04-20","before":"edited","published":"","changes":[]}
"#,
    good: r#"
-- content/history.jsonl --
{"number":1,"date":"2023-04-20","before":"0000000000000000000000000000000000000000000000000000000000000000","published":"","changes":[]}
"#,
};

pub(crate) fn report(broken: &Broken, diagnostics: &mut Diagnostics) {
    let (line, Text { th, en }) = (broken.line, &broken.why);
    let message = text!(th: "ประวัติการเผยแพร่ไม่ต่อกันที่บรรทัด {line}: {th}", en: "the history does not hold together at line {line}: {en}");
    push(message, diagnostics);
}

/// The history of the site folder does not go on where the published one stops.
pub(crate) fn report_lost(diagnostics: &mut Diagnostics) {
    let message = text!(
        th: "ประวัติการเผยแพร่หายไปหรือถูกแก้ ไม่ต่อจากที่เผยแพร่แล้ว",
        en: "the history is lost or was edited: it does not go on where the published one stops"
    );
    push(message, diagnostics);
}

fn push(message: Text, diagnostics: &mut Diagnostics) {
    let help = text!(
        th: "คัดลอก public/{LOG} ไปทับ {HISTORY} หรือนำมาจากสำเนาสำรอง",
        en: "copy public/{LOG} over {HISTORY}, or take it from your backup"
    );
    diagnostics.push(RULE.at(Span::file(&SourcePath::new(HISTORY)), message).help(help));
}
