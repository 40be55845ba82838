//! `plan-after-steps` (P403)

use crate::content::analysis::Analysis;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::{Site, schedule};
use crate::thai::date::{long_en, long_th};

pub(crate) static RULE: Rule = Rule {
    code: "P403",
    name: "plan-after-steps",
    severity: Severity::Warning,
    explanation: Text {
        th: "บทวิเคราะห์ที่เป็นที่มาของมาตรการลงวันที่หลังระยะเวลาของขั้นตอนสิ้นสุดแล้ว จึงเท่ากับทำแผนหลังจากลงมือแล้ว ตรวจวันที่ หรือปรับระยะเวลาของขั้นตอน",
        en: "The analysis that the measures rest on is dated after steps were already due: the plan was written after the fact. Check the date, or the periods of the steps.",
    },
    bad: r#"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
date = "20 เมษายน 2566"
[[urgent_issue]]
text = "ประชาสัมพันธ์แผนการใช้จ่ายงบประมาณ"
+++
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
addresses = ["urgent:1"]
[[step]]
text = "ประชาสัมพันธ์แผนการใช้จ่าย"
responsible = "กองคลัง"
period = "ต.ค. 2565"
+++
"#,
    good: r#"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
date = "20 ตุลาคม 2565"
[[urgent_issue]]
text = "ประชาสัมพันธ์แผนการใช้จ่ายงบประมาณ"
+++
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
addresses = ["urgent:1"]
[[step]]
text = "ประชาสัมพันธ์แผนการใช้จ่าย"
responsible = "กองคลัง"
period = "ต.ค. 2565"
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (document, analysis) in site.all::<Analysis>() {
        let (Some(year), Some(date)) = (document.year, &analysis.date) else { continue };
        let measures = site.measures(year);
        let steps = measures.iter().flat_map(|(document, measure)| {
            (1..).zip(&measure.steps).map(move |(number, step)| (document.number, number, schedule::of_step(measure, step)))
        });
        let due: Vec<(u32, usize, _)> = steps
            .filter_map(|(measure, step, period)| Some((measure?, step, period.filter(|period| period.to < date.value)?)))
            .collect();
        let Some((measure, step, period)) = due.iter().min_by_key(|(_, _, period)| period.to) else { continue };
        let n_due = due.len();
        let (written_th, written_en, due_th, due_en) =
            (long_th(date.value), long_en(date.value), long_th(period.to), long_en(period.to));
        let message = text!(
            th: "บทวิเคราะห์ลงวันที่ {written_th} แต่มี {n_due} ขั้นตอนที่ครบกำหนดก่อนแล้ว แรกสุดคือมาตรการที่ {measure} ขั้นตอนที่ {step} ({due_th})",
            en: "steps were due before the date of the analysis, {written_en}: {n_due}, the first of them step {step} of measure {measure} ({due_en})"
        );
        let help = text!(
            th: "ตรวจวันที่ของบทวิเคราะห์ หรือปรับระยะเวลาของขั้นตอน",
            en: "check the date of the analysis, or the periods of the steps"
        );
        diagnostics.push(RULE.at(date.span.clone(), message).help(help));
    }
}
