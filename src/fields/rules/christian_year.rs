//! `christian-year` (P107)

use crate::diagnostic::{Rule, Severity, Text, text};
use crate::fields::Mismatch;
use crate::thai::date::BUDDHIST_ERA;

pub(crate) static RULE: Rule = Rule {
    code: "P107",
    name: "christian-year",
    severity: Severity::Error,
    explanation: Text {
        th: "ปีที่พิมพ์เป็น ค.ศ. ในที่ที่ต้องเป็น พ.ศ. หากปล่อยไว้ วันที่จะผิดไป 543 ปี และผู้ประเมินจะเห็นว่าเป็นข้อมูลผิดปี (พิมพ์แบบ ISO เช่น 2023-04-20 ได้)",
        en: "A year of the Christian Era stands where the Buddhist Era is meant, so the date would be 543 years wrong. ISO dates such as 2023-04-20 may use it.",
    },
    bad: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2023"
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

/// `year` is a Christian year.
pub(crate) fn mismatch(year: i16) -> Mismatch {
    let buddhist = year + BUDDHIST_ERA;
    let message = text!(th: "{year} เป็นปี ค.ศ. ที่นี่ต้องเป็น พ.ศ.", en: "{year} is a year of the Christian Era; this field takes พ.ศ.");
    let help = text!(th: "พิมพ์ {buddhist}", en: "type {buddhist}");
    Mismatch::Value(&RULE, message, Some(help))
}
