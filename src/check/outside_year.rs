//! `outside-year` (P402)

use crate::content::measure::Measure;
use crate::content::progress::Progress;
use crate::content::survey::Survey;
use crate::diagnostic::{Diagnostics, Rule, Severity, Spanned, Text, text};
use crate::site::{Site, schedule};
use crate::thai::date::{long_en, long_th};
use crate::thai::{FiscalYear, Period};

pub(crate) static RULE: Rule = Rule {
    code: "P402",
    name: "outside-year",
    severity: Severity::Warning,
    explanation: Text {
        th: "ช่วงเวลาอยู่นอกปีงบประมาณ (1 ตุลาคม ถึง 30 กันยายน) ของโฟลเดอร์ หรือรายงานอยู่นอกรอบของโฟลเดอร์ (h1 = ตุลาคม–มีนาคม) ผู้ประเมินนับเฉพาะการดำเนินการในปีนั้น แก้ช่วงเวลา หรือย้ายไปไว้ในปีหรือรอบที่ถูก",
        en: "A period lies outside the fiscal year (1 October to 30 September) of its folder, or a report outside the half or quarter (h1 is October to March). Assessors count only what is done in the year. Correct the period, or move it to the right year or half.",
    },
    bad: r#"
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
[[step]]
text = "ประชาสัมพันธ์แผนการใช้จ่าย"
responsible = "กองคลัง"
period = "ก.ย. 2565"
+++
"#,
    good: r#"
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
[[step]]
text = "ประชาสัมพันธ์แผนการใช้จ่าย"
responsible = "กองคลัง"
period = "ต.ค. 2565"
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (document, measure) in site.all::<Measure>() {
        let Some(year) = document.year else { continue };
        for period in measure.steps.iter().filter_map(|step| step.period.as_ref()).chain(&measure.periods) {
            check_period(year, period, diagnostics);
        }
    }
    for (document, progress) in site.all::<Progress>() {
        let Some(year) = document.year else { continue };
        let is_inside = check_period(year, &progress.period, diagnostics);
        let times = schedule::reported(document).zip(Period::parse(&progress.period.value).ok()).filter(|_| is_inside);
        // A report of the second half may cover the whole year, so only its end counts.
        if let Some((folder, period)) = times.filter(|(folder, period)| !(folder.from..=folder.to).contains(&period.to)) {
            let (th, en) = (folder.shown_th(), folder.shown_en());
            let (ends_th, ends_en) = (long_th(period.to), long_en(period.to));
            let message = text!(
                th: "ช่วงเวลาสิ้นสุด {ends_th} แต่โฟลเดอร์เป็นรอบ {th}",
                en: "the period ends on {ends_en}, the folder is for {en}"
            );
            let help = text!(th: "แก้ period หรือย้ายไฟล์ไปโฟลเดอร์ของรอบนั้น", en: "correct `period`, or move the file to the folder of that time");
            diagnostics.push(RULE.at(progress.period.span.clone(), message).help(help));
        }
    }
    for (_, survey) in site.all::<Survey>() {
        check_survey(survey, diagnostics);
    }
}

/// Whether a period lies in the year; a plan of several years that includes it does, and what is no period is not judged.
fn check_period(year: FiscalYear, typed: &Spanned<String>, diagnostics: &mut Diagnostics) -> bool {
    let whole = Period::of_year(year);
    let outside = Period::parse(&typed.value).ok().filter(|period| !whole.covers(*period) && !period.covers(whole));
    let Some(period) = outside else { return true };
    let typed_as = &typed.value;
    let message = if whole.meets(period) {
        text!(th: "`{typed_as}` มีส่วนอยู่นอกปีงบประมาณ {year}", en: "a part of `{typed_as}` is outside fiscal year {year}")
    } else {
        text!(th: "`{typed_as}` อยู่นอกปีงบประมาณ {year}", en: "`{typed_as}` is outside fiscal year {year}")
    };
    let (th, en) = (whole.shown_th(), whole.shown_en());
    let help = text!(th: "ปีงบประมาณ {year} คือ {th}", en: "fiscal year {year} is {en}");
    diagnostics.push(RULE.at(typed.span.clone(), message).help(help));
    false
}

fn check_survey(survey: &Survey, diagnostics: &mut Diagnostics) {
    let year = survey.fiscal_year.value;
    if let (Some(opens), Some(closes)) = (&survey.opens, &survey.closes)
        && closes.value < opens.value
    {
        let (th, en) = (long_th(opens.value), long_en(opens.value));
        let message = text!(th: "วันปิดอยู่ก่อนวันเปิด ({th})", en: "it closes before it opens ({en})");
        diagnostics.push(RULE.at(closes.span.clone(), message));
        return;
    }
    for day in [&survey.opens, &survey.closes].into_iter().flatten().filter(|day| !year.contains(day.value)) {
        let (th, en) = (long_th(day.value), long_en(day.value));
        let message = text!(th: "{th} อยู่นอกปีงบประมาณ {year}", en: "{en} is outside fiscal year {year}");
        diagnostics.push(RULE.at(day.span.clone(), message));
    }
}
