//! `unknown-code` (P807)

use crate::catalog::{Catalog, Questions, ita};
use crate::content::Reference;
use crate::content::analysis::Analysis;
use crate::content::measure::Measure;
use crate::content::results::Results;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Spanned, Text, text};
use crate::site::Site;
use crate::thai::code::Series;
use crate::thai::{Code, FiscalYear};

pub(crate) static RULE: Rule = Rule {
    code: "P807",
    name: "unknown-code",
    severity: Severity::Warning,
    explanation: Text {
        th: "รหัสนี้ไม่มีในแบบวัดหรือแบบตรวจของปีนั้น เช่น E16 (EIT มี E1–E15) หรือ O44 ในแบบที่มี 43 ข้อ มักเกิดจากอ่านเลขหรือตัวอักษรผิด หรือใช้แบบของปีอื่น",
        en: "No questionnaire or form of the year has this code: E16 where EIT has E1–E15, or O44 on a form of 43 items. Usually a digit or letter was misread, or the form is that of another year.",
    },
    bad: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[question]]
code = "E16"
indicator = 8
text = "หน่วยงานที่ท่านติดต่อ มีการปรับปรุงการดำเนินงานให้มีความโปร่งใสมากขึ้น มากน้อยเพียงใด"
score = "88.89"
"#,
    good: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[question]]
code = "E15"
indicator = 8
text = "หน่วยงานที่ท่านติดต่อ มีการปรับปรุงการดำเนินงานให้มีความโปร่งใสมากขึ้น มากน้อยเพียงใด"
score = "88.89"
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (_, results) in site.all::<Results>().filter(|(_, results)| ita().is_frame_of(results.fiscal_year.value)) {
        check_questions(results, diagnostics);
        check_form(form(site, results.fiscal_year.value), results, diagnostics);
        for row in results.indicators.iter().filter(|row| ita().indicator(row.number.value).is_none()) {
            let (number, n_indicators) = (row.number.value, ita().indicators.len());
            let message = text!(th: "ไม่มีตัวชี้วัดที่ {number}", en: "there is no indicator {number}");
            let help = text!(th: "ตัวชี้วัดมี 1–{n_indicators}", en: "there are indicators 1–{n_indicators}");
            diagnostics.push(RULE.at(row.number.span.clone(), message).help(help));
        }
    }
    for (_, analysis) in site.all::<Analysis>() {
        let years = [analysis.result.value, analysis.fiscal_year.value];
        check_references(site, years, &mut analysis.references(), diagnostics);
    }
    for (document, measure) in site.all::<Measure>() {
        let Some(year) = document.year else { continue };
        let analysis = site.analysis(year);
        let result = analysis.map_or(year.previous(), |(_, analysis)| analysis.result.value);
        check_references(site, [result, year], &mut measure.addresses.iter(), diagnostics);
    }
}

/// A form that says something: an empty one stands in for a form that is still to be written.
fn form(site: &Site, year: FiscalYear) -> Option<&Catalog> {
    site.catalogs.of(year).filter(|form| !site.catalogs.is_broken && !form.items.is_empty())
}

fn check_questions(results: &Results, diagnostics: &mut Diagnostics) {
    let is_known = ita().knows_questions_of(results.fiscal_year.value);
    for row in &results.questions {
        let code = row.code.value;
        if code.series == Series::O {
            let message = text!(th: "{code} ไม่ใช่ข้อคำถาม", en: "{code} is not a question");
            let help = text!(th: "เขียนใต้ [[item]] แทน [[question]]", en: "write it under [[item]], not [[question]]");
            diagnostics.push(RULE.at(row.code.span.clone(), message).help(help));
        } else if is_known && ita().asking(code).is_none() {
            let Some((first, last)) = ita().questions(code.series) else { continue };
            let message = text!(th: "ไม่มีข้อคำถาม {code}", en: "there is no question {code}");
            let is_new = |likely: &Code| !results.questions.iter().any(|other| other.code.value == *likely);
            let number = row.indicator.value;
            let own = ita().indicator(number).and_then(|indicator| indicator.questions.as_ref());
            let help = match (ita().likely(code, number).filter(is_new), own) {
                (Some(likely), _) => text!(th: "น่าจะเป็น \"{likely}\"", en: "probably \"{likely}\""),
                (None, Some(Questions { first, last })) => text!(
                    th: "ข้อคำถามของตัวชี้วัดที่ {number} คือ {first}–{last}",
                    en: "the questions of indicator {number} are {first}–{last}"
                ),
                (None, None) => text!(th: "ข้อคำถามมี {first}–{last}", en: "the questions are {first}–{last}"),
            };
            diagnostics.push(RULE.at(row.code.span.clone(), message).help(help));
        }
    }
}

/// Items and sub-indicators of the year's form.
fn check_form(form: Option<&Catalog>, results: &Results, diagnostics: &mut Diagnostics) {
    for row in &results.items {
        let code = row.code.value;
        if code.series != Series::O {
            let message = text!(th: "{code} ไม่ใช่ข้อในแบบตรวจ", en: "{code} is not an item of a form");
            let help = text!(th: "เขียนใต้ [[question]] แทน [[item]]", en: "write it under [[question]], not [[item]]");
            diagnostics.push(RULE.at(row.code.span.clone(), message).help(help));
        } else if let Some(form) = form.filter(|form| form.item(code).is_none()) {
            let titled = form.items.iter().find(|item| item.title.th == row.text).map(|item| item.id);
            report_item(form, code, titled, &row.code.span, diagnostics);
        }
    }
    let Some(form) = form else { return };
    for row in results.subs.iter().filter(|row| !form.groups.iter().any(|group| group.id == row.id.value)) {
        let (id, year) = (&row.id.value, form.fiscal_year);
        let message = text!(th: "แบบปี {year} ไม่มีตัวชี้วัดย่อยที่ {id}", en: "the form of {year} has no sub-indicator {id}");
        let known: Vec<_> = form.groups.iter().map(|group| group.id.as_str()).collect();
        let known = known.join(", ");
        let help = text!(th: "ตัวชี้วัดย่อยมี {known}", en: "the sub-indicators are {known}");
        diagnostics.push(RULE.at(row.id.span.clone(), message).help(help));
    }
}

/// Items that neither the form of the result nor that of the measures has. `dangling-reference` reports questions.
fn check_references(
    site: &Site,
    years: [FiscalYear; 2],
    references: &mut dyn Iterator<Item = &Spanned<Reference>>,
    diagnostics: &mut Diagnostics,
) {
    let [Some(first), Some(second)] = years.map(|year| form(site, year)) else { return };
    for reference in references {
        let Reference::Code(code) = reference.value else { continue };
        if code.series == Series::O && first.item(code).is_none() && second.item(code).is_none() {
            report_item(second, code, None, &reference.span, diagnostics);
        }
    }
}

fn report_item(form: &Catalog, code: Code, likely: Option<Code>, span: &Span, diagnostics: &mut Diagnostics) {
    let year = form.fiscal_year;
    let message = text!(th: "แบบปี {year} ไม่มีข้อ {code}", en: "the form of {year} has no item {code}");
    let codes = || form.items.iter().map(|item| item.id);
    let help = match (likely, codes().min(), codes().max()) {
        (Some(likely), ..) => text!(th: "ข้อความนี้เป็นชื่อข้อ {likely}", en: "the text is the title of {likely}"),
        (_, Some(first), Some(last)) => text!(th: "แบบมีข้อ {first}–{last}", en: "the form has items {first}–{last}"),
        _ => return,
    };
    diagnostics.push(RULE.at(span.clone(), message).help(help));
}
