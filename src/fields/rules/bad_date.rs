//! `bad-date` (P106)

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::diagnostic::{Rule, Severity, Text, text};
use crate::fields::Mismatch;
use crate::thai::date::DateProblem;
use crate::thai::{Period, period};

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
pub(crate) fn period_mismatch(problem: DateProblem, typed: &str) -> Mismatch {
    let meant = match problem {
        DateProblem::Reversed(from, to) => a_year_earlier(from, to),
        _ => None,
    };
    let message = match problem {
        DateProblem::Reversed(..) => {
            text!(th: "ช่วงเวลา `{typed}` จบก่อนเริ่ม", en: "the period `{typed}` ends before it starts")
        }
        DateProblem::NoSuchDay => text!(th: "ไม่มีวันที่ในช่วงเวลา {typed} ในปฏิทิน", en: "a day of {typed} is not in the calendar"),
        _ => text!(th: "อ่านช่วงเวลา `{typed}` ไม่ออก", en: "`{typed}` is not a period"),
    };
    let help = match meant {
        Some(meant) => text!(th: "ดูปีที่เริ่ม น่าจะเป็น \"{meant}\"", en: "look at the year it starts in; did you mean \"{meant}\"?"),
        None => text!(
            th: "พิมพ์เช่น \"ต.ค. 2565 - มี.ค. 2566\", \"2566-2570\" หรือ \"ปีงบประมาณ 2566\"",
            en: "type it like \"ต.ค. 2565 - มี.ค. 2566\", \"2566-2570\" or \"ปีงบประมาณ 2566\""
        ),
    };
    Mismatch::Value(&RULE, message, Some(help))
}

/// `typed` is not one whole month; where it is a time in one month, that is probably meant.
pub(crate) fn month_mismatch(period: Option<Period>, typed: &str) -> Mismatch {
    let example = period::MONTH_EXAMPLE;
    let message = text!(th: "`{typed}` ไม่ใช่เดือนเดียวพร้อมปี พ.ศ.", en: "`{typed}` is not one month with its year");
    let help = match period.filter(|period| period.months().count() == 1) {
        Some(period) => {
            let month = period.month_th();
            text!(th: "พิมพ์เฉพาะเดือนกับปี: \"{month}\"", en: "type only month and year: \"{month}\"")
        }
        None => text!(th: "พิมพ์เดือนกับปี พ.ศ. เช่น {example}", en: "type the month and its year, like {example}"),
    };
    Mismatch::Value(&RULE, message, Some(help))
}

/// A period that ends before it starts, with the start a year earlier; `None` where it would still end before.
fn a_year_earlier(from: Date, to: Date) -> Option<String> {
    let earlier = Period { from: from.saturating_sub(1.year()), to };
    let last = Period { from: to.first_of_month(), to };
    let is_months = from == from.first_of_month() && last.is_month();
    let shown = || if is_months { format!("{} - {}", earlier.month_th(), last.month_th()) } else { earlier.shown_th() };
    (earlier.from <= to).then(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_the_start_is_the_slip() {
        for (text, meant) in [
            ("ต.ค. 2566 - มี.ค. 2566", Some("ตุลาคม 2565 - มีนาคม 2566")),
            ("1 ต.ค. 2566 ถึง 15 มี.ค. 2566", Some("1 ตุลาคม 2565 – 15 มีนาคม 2566")),
            ("2570-2566", None),
        ] {
            let Err(DateProblem::Reversed(from, to)) = Period::parse(text) else { panic!("{text}") };
            assert_eq!(a_year_earlier(from, to).as_deref(), meant, "{text}");
        }
    }
}
