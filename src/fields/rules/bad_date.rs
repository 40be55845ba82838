//! `bad-date` (P106)

use crate::diagnostic::{Rule, Severity, Text, text};
use crate::fields::Mismatch;
use crate::thai::date::DateProblem;

pub(crate) static RULE: Rule = Rule {
    code: "P106",
    name: "bad-date",
    severity: Severity::Error,
    explanation: Text {
        th: "อ่านเป็นวันที่หรือปีไม่ได้ พิมพ์วันที่แบบที่ใช้ในหนังสือราชการได้ เช่น \"20 เมษายน 2566\", \"๒๐ เม.ย. ๖๖\" หรือ \"20/4/2566\"",
        en: "This cannot be read as a date or year. Type it as official letters do: \"20 เมษายน 2566\", \"๒๐ เม.ย. ๖๖\", \"20/4/2566\", or ISO 8601: \"2023-04-20\".",
    },
    bad: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "เมื่อวาน"
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

/// `typed` is not a date.
pub(crate) fn mismatch(problem: DateProblem, typed: &str) -> Mismatch {
    let message = if problem == DateProblem::NoSuchDay {
        text!(th: "ไม่มีวันที่ {typed} ในปฏิทิน", en: "there is no such day as {typed}")
    } else {
        text!(th: "อ่าน `{typed}` เป็นวันที่หรือปีไม่ได้", en: "`{typed}` is not a date or year")
    };
    let help = text!(th: "พิมพ์เช่น \"20 เมษายน 2566\"", en: "type it like \"20 เมษายน 2566\" or \"2023-04-20\"");
    Mismatch::Value(&RULE, message, Some(help))
}

/// `typed` is not a period.
pub(crate) fn period_mismatch(typed: &str) -> Mismatch {
    let message = text!(th: "อ่านช่วงเวลา `{typed}` ไม่ออก", en: "`{typed}` is not a period");
    let help = text!(
        th: "พิมพ์เช่น \"ต.ค. 2565 - มี.ค. 2566\", \"2566-2570\" หรือ \"ปีงบประมาณ 2566\"",
        en: "type it like \"ต.ค. 2565 - มี.ค. 2566\", \"2566-2570\" or \"ปีงบประมาณ 2566\""
    );
    Mismatch::Value(&RULE, message, Some(help))
}
