//! `dangling-reference` (P205)

use crate::catalog::ita;
use crate::content::Reference;
use crate::content::analysis::Analysis;
use crate::content::disclosure::Disclosure;
use crate::content::measure::Measure;
use crate::content::progress::Progress;
use crate::content::submission::Submission;
use crate::diagnostic::{Diagnostics, Rule, Severity, Spanned, Text, text};
use crate::parse::Document;
use crate::site::Site;
use crate::thai::code::Series;
use crate::thai::{Code, FiscalYear};

pub(crate) static RULE: Rule = Rule {
    code: "P205",
    name: "dangling-reference",
    severity: Severity::Error,
    explanation: Text {
        th: "เอกสารอ้างถึงสิ่งที่ไม่มี เช่น มาตรการแก้ประเด็นเร่งด่วนข้อที่ไม่มีในบทวิเคราะห์ ความก้าวหน้าของมาตรการหรือขั้นตอนที่ไม่มี หรือข้อกำหนดที่ไม่มีในแบบของปีนั้น",
        en: "The document refers to something that is not there: an urgent issue the analysis does not have, progress of a measure or step that does not exist, a requirement that is not on the year's form.",
    },
    bad: r#"
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
addresses = ["indicator:11"]
[[step]]
text = "ประชาสัมพันธ์แผนการใช้จ่าย"
responsible = "กองคลัง"
period = "ต.ค. 2565"
+++
"#,
    good: r#"
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
addresses = ["indicator:2"]
[[step]]
text = "ประชาสัมพันธ์แผนการใช้จ่าย"
responsible = "กองคลัง"
period = "ต.ค. 2565"
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (document, measure) in site.all::<Measure>() {
        for reference in &measure.addresses {
            check_reference(site, document.year, reference, diagnostics);
        }
    }
    for (document, analysis) in site.all::<Analysis>() {
        for reference in analysis.references() {
            check_reference(site, document.year, reference, diagnostics);
        }
    }
    check_progress(site, diagnostics);
    check_form_references(site, diagnostics);
}

fn check_reference(site: &Site, year: Option<FiscalYear>, reference: &Spanned<Reference>, diagnostics: &mut Diagnostics) {
    let message = match &reference.value {
        Reference::Instrument(_) => return,
        Reference::Indicator(number) => {
            if ita().indicators.iter().any(|indicator| indicator.number == *number) {
                return;
            }
            text!(th: "ไม่มีตัวชี้วัดที่ {number}", en: "there is no indicator {number}")
        }
        Reference::Code(code) => {
            if is_known(*code) || !ita().knows_questions_of(analysed(site, year)) {
                return;
            }
            text!(th: "ไม่มีข้อ {code}", en: "there is no {code}")
        }
        Reference::Urgent(number) => {
            let Some((_, analysis)) = year.and_then(|year| site.analysis(year)) else {
                if !site.has_broken("analysis") {
                    let message = text!(th: "ยังไม่มีบทวิเคราะห์ของปีนี้ จึงไม่มีประเด็นเร่งด่วน", en: "there is no analysis of the year, so no urgent issue");
                    diagnostics.push(RULE.at(reference.span.clone(), message));
                }
                return;
            };
            let n_issues = analysis.urgent_issues.len();
            if (1..=n_issues).contains(&(*number as usize)) {
                return;
            }
            text!(
                th: "บทวิเคราะห์มีประเด็นเร่งด่วน {n_issues} ข้อ ไม่มีข้อ {number}",
                en: "the analysis has {n_issues} urgent issues, none with number {number}"
            )
        }
    };
    diagnostics.push(RULE.at(reference.span.clone(), message));
}

/// The year whose result a reference is about.
fn analysed(site: &Site, year: Option<FiscalYear>) -> FiscalYear {
    let analysis = year.and_then(|year| site.analysis(year));
    analysis.map_or_else(|| year.unwrap_or(site.fiscal_year()).previous(), |(_, analysis)| analysis.result.value)
}

/// Questions of the indicators; items of a form have no fixed range over the years.
fn is_known(code: Code) -> bool {
    let asked = ita().indicators.iter().filter_map(|indicator| indicator.questions.as_ref());
    let mut asked = asked.filter(|questions| questions.first.series == code.series);
    code.series == Series::O || asked.any(|questions| questions.first <= code && code <= questions.last)
}

fn check_progress(site: &Site, diagnostics: &mut Diagnostics) {
    if site.has_broken("measures") {
        return;
    }
    for (document, progress) in site.all::<Progress>() {
        let Some(year) = document.year else { continue };
        let number = progress.measure.value.get();
        let measures = site.measures(year);
        let Some((_, measure)) = measures.iter().find(|(document, _)| document.number == Some(number)) else {
            let message = text!(th: "ปี {year} ไม่มีมาตรการที่ {number}", en: "{year} has no measure {number}");
            let help = text!(
                th: "เลขมาตรการคือเลขหน้าชื่อไฟล์ใน content/measures/{year}/",
                en: "the number of a measure is in front of its file name in content/measures/{year}/"
            );
            diagnostics.push(RULE.at(progress.measure.span.clone(), message).help(help));
            continue;
        };
        let n_steps = measure.steps.len();
        if let Some(step) = progress.step.as_ref().filter(|step| !(1..=n_steps).contains(&(step.value.get() as usize))) {
            let message = text!(th: "มาตรการที่ {number} มี {n_steps} ขั้นตอน", en: "measure {number} has {n_steps} steps");
            diagnostics.push(RULE.at(step.span.clone(), message));
        }
    }
}

/// A place that the author declares must be there; that it answers is the author's word.
fn check_places(document: &Document, disclosure: &Disclosure, diagnostics: &mut Diagnostics) {
    for covers in disclosure.covers.iter().filter(|covers| covers.page.is_some() && covers.file.is_none()) {
        let message = text!(th: "บอกหน้า (page) แต่ไม่บอกไฟล์ (file)", en: "there is a page, but no file it is of");
        diagnostics.push(RULE.at(covers.requirement.span.clone(), message));
    }
    let months = disclosure.months.iter().filter_map(|month| month.at.as_ref());
    for at in disclosure.covers.iter().filter_map(|covers| covers.at.as_ref()).chain(months) {
        let anchor = at.value.trim_start_matches('#');
        if !document.body.anchors.iter().any(|id| id == anchor) {
            let message = text!(th: "ในหน้านี้ไม่มีหัวข้อ #{anchor}", en: "this page has no heading #{anchor}");
            let help = text!(
                th: "ใส่ {{#{anchor}}} ท้ายหัวข้อที่ตอบ เช่น ## งบประมาณ {{#{anchor}}}",
                en: "put {{#{anchor}}} after the heading that answers, such as ## Budget {{#{anchor}}}"
            );
            diagnostics.push(RULE.at(at.span.clone(), message).help(help));
        }
    }
}

fn check_form_references(site: &Site, diagnostics: &mut Diagnostics) {
    for (document, disclosure) in site.all::<Disclosure>() {
        check_places(document, disclosure, diagnostics);
        let Some(catalog) = document.year.and_then(|year| site.catalogs.of(year)) else { continue };
        let year = catalog.fiscal_year;
        let covers = disclosure.covers.iter().map(|covers| &covers.requirement);
        let ids = covers.chain(disclosure.not_applicable.iter().map(|row| &row.requirement));
        let known = |id: &str| catalog.items.iter().flat_map(|item| &item.requirements).any(|requirement| requirement.id == id);
        for id in ids.filter(|id| !known(&id.value.0)) {
            let value = &id.value.0;
            let message = text!(th: "แบบปี {year} ไม่มีข้อกำหนด `{value}`", en: "the form of {year} has no requirement `{value}`");
            let help = text!(th: "ดูข้อกำหนดด้วยคำสั่ง prongsai explain แล้วตามด้วยรหัสข้อ", en: "`prongsai explain` and the item's code lists them");
            diagnostics.push(RULE.at(id.span.clone(), message).help(help));
        }
    }
    for (_, submission) in site.all::<Submission>() {
        let Some(catalog) = site.catalogs.of(submission.fiscal_year.value) else { continue };
        for answer in submission.answers.iter().filter(|answer| catalog.item(answer.item.value).is_none()) {
            let (year, item) = (catalog.fiscal_year, answer.item.value);
            let message = text!(th: "แบบปี {year} ไม่มีข้อ {item}", en: "the form of {year} has no item {item}");
            diagnostics.push(RULE.at(answer.item.span.clone(), message));
        }
    }
}
