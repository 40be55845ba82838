//! `step-alignment` (P811)

use crate::catalog::MeasureField;
use crate::content::measure::{Measure, Step};
use crate::diagnostic::{Diagnostics, Rule, Severity, Spanned, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P811",
    name: "step-alignment",
    severity: Severity::Warning,
    explanation: Text {
        th: "ผู้อ่านต้องรู้ว่าใครทำขั้นตอนใดและเมื่อไร รายการ responsible และ periods ของมาตรการใช้ได้เมื่อมี 1 รายการ (ใช้กับทุกขั้นตอน) หรือเท่าจำนวนขั้นตอน กรณีอื่นให้ใส่ responsible และ period หรือ frequency ในแต่ละ [[step]]",
        en: "Readers are to see who does which step, and when. A measure's lists `responsible` and `periods` have one entry, for all steps, or as many as there are steps; otherwise give `responsible` and `period` or `frequency` in each [[step]].",
    },
    bad: r#"
-- content/measures/2566/1-power.md --
+++
title = "มาตรการด้านการใช้อำนาจ"
responsible = ["กองการเจ้าหน้าที่", "ทุกสำนัก/กอง"]
periods = ["ต.ค. 2565"]
[[step]]
text = "กำหนดเกณฑ์การประเมินผลการปฏิบัติงาน"
[[step]]
text = "ประชาสัมพันธ์เกณฑ์ให้บุคลากรทราบ"
[[step]]
text = "ชี้แจงเกณฑ์ในหน่วยงาน"
+++
"#,
    good: r#"
-- content/measures/2566/1-power.md --
+++
title = "มาตรการด้านการใช้อำนาจ"
responsible = ["กองการเจ้าหน้าที่", "กองการเจ้าหน้าที่", "ทุกสำนัก/กอง"]
periods = ["ต.ค. 2565"]
[[step]]
text = "กำหนดเกณฑ์การประเมินผลการปฏิบัติงาน"
[[step]]
text = "ประชาสัมพันธ์เกณฑ์ให้บุคลากรทราบ"
[[step]]
text = "ชี้แจงเกณฑ์ในหน่วยงาน"
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (document, measure) in site.all::<Measure>() {
        check_lists(measure, diagnostics);
        // Where the form asks for it, `missing-requirement` reports a measure without units.
        let is_asked = document.year == Some(site.fiscal_year()) && site.asks_of_measures(MeasureField::Responsible);
        if measure.responsible.is_empty() && !is_asked {
            let lacking = lacking(measure, |step| step.responsible.is_none());
            report(measure, &lacking, &text!(th: "ผู้รับผิดชอบ (responsible)", en: "unit responsible"), diagnostics);
        }
        if measure.periods.is_empty() {
            let lacking = lacking(measure, |step| step.period.is_none() && step.frequency.is_none());
            report(measure, &lacking, &text!(th: "ระยะเวลา (period หรือ frequency)", en: "period or frequency"), diagnostics);
        }
    }
}

/// Lists that neither go for all steps nor step by step.
fn check_lists(measure: &Measure, diagnostics: &mut Diagnostics) {
    let n_steps = measure.steps.len();
    let is_unclear = |list: &[Spanned<String>], is_own: fn(&Step) -> bool| {
        n_steps > 1 && list.len() > 1 && list.len() != n_steps && !measure.steps.iter().all(is_own)
    };
    let units = is_unclear(&measure.responsible, |step| step.responsible.is_some());
    let periods = is_unclear(&measure.periods, |step| step.period.is_some() || step.frequency.is_some());
    let (n_units, n_periods) = (measure.responsible.len(), measure.periods.len());
    let (lists, key) = match (units, periods) {
        (true, true) => {
            (text!(th: "ผู้รับผิดชอบ {n_units} และระยะเวลา {n_periods} รายการ", en: "{n_units} units and {n_periods} periods"), "responsible, period")
        }
        (true, false) => (text!(th: "ผู้รับผิดชอบ {n_units} รายการ", en: "{n_units} units"), "responsible"),
        (false, true) => (text!(th: "ระยะเวลา {n_periods} รายการ", en: "{n_periods} periods"), "period"),
        (false, false) => return,
    };
    let list = if units { &measure.responsible } else { &measure.periods };
    let (th, en) = (&lists.th, &lists.en);
    let message = text!(
        th: "มี {n_steps} ขั้นตอน แต่มี{th} จึงไม่รู้ว่ารายการใดเป็นของขั้นตอนใด",
        en: "there are {n_steps} steps but {en}, so it is not clear which belongs to which step"
    );
    let help = text!(th: "ใส่ {key} ในแต่ละ [[step]]", en: "put {key} into each [[step]]");
    diagnostics.push(RULE.at(list[0].span.clone(), message).help(help));
}

/// The numbers of the steps that lack something, from 1.
fn lacking(measure: &Measure, lacks: fn(&Step) -> bool) -> Vec<usize> {
    (1..).zip(&measure.steps).filter(|(_, step)| lacks(step)).map(|(number, _)| number).collect()
}

fn report(measure: &Measure, steps: &[usize], what: &Text, diagnostics: &mut Diagnostics) {
    let Some(first) = steps.first() else { return };
    let numbers: Vec<_> = steps.iter().map(usize::to_string).collect();
    let (numbers, th, en) = (numbers.join(", "), &what.th, &what.en);
    let message = text!(th: "ขั้นตอนที่ {numbers} ไม่มี{th}", en: "steps without {en}: {numbers}");
    diagnostics.push(RULE.at(measure.steps[first - 1].text.span.clone(), message));
}
