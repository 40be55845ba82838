//! `step-unreported` (P813)

use crate::content::measure::Measure;
use crate::content::progress::{Progress, Status};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::parse::Document;
use crate::site::{Site, schedule};
use crate::thai::Period;

pub(crate) static RULE: Rule = Rule {
    code: "P813",
    name: "step-unreported",
    severity: Severity::Warning,
    explanation: Text {
        th: "ข้อ O43 ให้แสดงผลการดำเนินการตามมาตรการของ O42 มีรายงานความก้าวหน้าของปีนี้แล้ว แต่ขาดมาตรการหรือขั้นตอนที่เริ่มในรอบที่รายงาน หรือรายงานว่าแล้วเสร็จก่อนถึงเวลาเริ่ม เพิ่มรายงาน (status = \"not-started\" ก็ได้) หรือแก้ระยะเวลา",
        en: "O43 asks for what was done about the measures of O42. There are reports of the year, but none on a measure or on a step that begins in the time reported on; or a step is reported as done before it begins. Add a report (status = \"not-started\" is one too), or correct the period.",
    },
    bad: r#"
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
responsible = "กองคลัง"
[[step]]
text = "ประชาสัมพันธ์แผนการใช้จ่าย"
period = "ต.ค. 2565"
[[step]]
text = "ประชุมชี้แจงแผนการใช้จ่าย"
period = "พ.ย. 2565"
+++
-- content/progress/2566-h1/1-budget-1.md --
+++
measure = 1
step = 1
status = "done"
period = "ต.ค. 2565"
+++
"#,
    good: r#"
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
responsible = "กองคลัง"
[[step]]
text = "ประชาสัมพันธ์แผนการใช้จ่าย"
period = "ต.ค. 2565"
[[step]]
text = "ประชุมชี้แจงแผนการใช้จ่าย"
period = "พ.ย. 2565"
+++
-- content/progress/2566-h1/1-budget-1.md --
+++
measure = 1
step = 1
status = "done"
period = "ต.ค. 2565"
+++
-- content/progress/2566-h1/1-budget-2.md --
+++
measure = 1
step = 2
status = "done"
period = "พ.ย. 2565"
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let year = site.fiscal_year();
    let reports = site.progress(year);
    if reports.is_empty() || site.has_broken("progress") {
        return;
    }
    // The times reported on: those of the folders, or what the reports of a folder without half or quarter say themselves.
    let own = |progress: &Progress| Period::parse(&progress.period.value).ok();
    let times = reports.iter().filter_map(|(document, progress)| schedule::reported(document).or_else(|| own(progress)));
    let times: Vec<Period> = times.collect();
    let measures = site.measures(year);
    // A report on a measure or step that is not there may be meant for one that has none; `dangling-reference` reports it.
    let is_there = |progress: &Progress| {
        let measure = measures.iter().find(|(document, _)| document.number == Some(progress.measure.value.get()));
        measure.is_some_and(|(_, measure)| {
            progress.step.as_ref().is_none_or(|step| step.value.get() as usize <= measure.steps.len())
        })
    };
    if !reports.iter().all(|(_, progress)| is_there(progress)) {
        return;
    }
    for (document, measure) in &measures {
        let of_measure = reports.iter().filter(|(_, progress)| Some(progress.measure.value.get()) == document.number);
        let of_measure: Vec<&Progress> = of_measure.map(|(_, progress)| *progress).collect();
        check_measure(document, measure, &of_measure, &times, diagnostics);
        for progress in of_measure {
            check_done(measure, progress, diagnostics);
        }
    }
}

fn check_measure(document: &Document, measure: &Measure, reports: &[&Progress], times: &[Period], diagnostics: &mut Diagnostics) {
    let Some(number) = document.number else { return };
    let (is_due, last) = (|period: Period| times.iter().any(|time| time.from <= period.from && period.from <= time.to), end(times));
    if reports.is_empty() {
        let begins_later = |period: Option<Period>| period.is_some_and(|period| last.is_some_and(|last| last < period.from));
        let steps = &measure.steps;
        if !steps.is_empty() && steps.iter().all(|step| begins_later(schedule::of_step(measure, step))) {
            return;
        }
        let message = text!(
            th: "มาตรการที่ {number} ไม่มีรายงานความก้าวหน้า แต่มาตรการอื่นของปีนี้มีแล้ว",
            en: "measure {number} has no report of progress, others of the year do"
        );
        let help = text!(th: "เพิ่มรายงานที่มี measure = {number}", en: "add a report with measure = {number}");
        diagnostics.push(RULE.at(measure.title.span.clone(), message).help(help));
        return;
    }
    if reports.iter().any(|progress| progress.step.is_none()) {
        return;
    }
    for (at, step) in (1_u32..).zip(&measure.steps) {
        let Some(period) = schedule::of_step(measure, step).filter(|period| is_due(*period)) else { continue };
        if reports.iter().any(|progress| progress.step.as_ref().is_some_and(|step| step.value.get() == at)) {
            continue;
        }
        let (th, en) = (period.shown_th(), period.shown_en());
        let message = text!(
            th: "ขั้นตอนที่ {at} ({th}) อยู่ในรอบที่รายงานแล้ว แต่ไม่มีรายงานความก้าวหน้า",
            en: "step {at} ({en}) begins in the time reported on, but has no report"
        );
        let help = text!(
            th: "เพิ่มรายงานที่มี measure = {number} และ step = {at}",
            en: "add a report with measure = {number} and step = {at}"
        );
        diagnostics.push(RULE.at(step.text.span.clone(), message).help(help));
    }
}

fn end(times: &[Period]) -> Option<jiff::civil::Date> {
    times.iter().map(|time| time.to).max()
}

/// A step that is done is not done before it begins.
fn check_done(measure: &Measure, progress: &Progress, diagnostics: &mut Diagnostics) {
    let step = progress.step.as_ref().and_then(|step| measure.steps.get(step.value.get() as usize - 1));
    let planned = step.and_then(|step| schedule::of_step(measure, step)).filter(|_| progress.status.value == Status::Done);
    let Some(planned) = planned else { return };
    let reported = Period::parse(&progress.period.value).ok();
    let is_early = progress.date.is_some_and(|date| date < planned.from) || reported.is_some_and(|time| time.to < planned.from);
    if is_early {
        let (th, en) = (crate::thai::date::long_th(planned.from), crate::thai::date::long_en(planned.from));
        let message = text!(
            th: "รายงานว่าแล้วเสร็จ แต่ขั้นตอนนี้เริ่ม {th}",
            en: "reported as done, but the step begins on {en}"
        );
        let help = text!(th: "แก้ status, period หรือ date ของรายงาน หรือแก้ระยะเวลาของขั้นตอน", en: "correct the report's status, period or date, or the step's period");
        diagnostics.push(RULE.at(progress.status.span.clone(), message).help(help));
    }
}
