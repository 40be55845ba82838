//! `wrong-indicator` (P806)

use crate::catalog::ita;
use crate::content::results::{ItemScore, Question, Results};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::thai::FiscalYear;
use crate::thai::code::Series;

pub(crate) static RULE: Rule = Rule {
    code: "P806",
    name: "wrong-indicator",
    severity: Severity::Warning,
    explanation: Text {
        th: "ข้อคำถามหรือข้อในแบบตรวจพิมพ์ไว้ใต้ตัวชี้วัดที่ไม่ใช่ของข้อนั้น เช่น I14 อยู่ในตัวชี้วัดที่ 3 (I13–I18) และ O2 อยู่ในตัวชี้วัดที่ 9 แก้เลขตัวชี้วัด หรือแก้รหัสข้อถ้าตัวอักษร I ถูกอ่านเป็นเลข ๑",
        en: "A question or item stands under an indicator it does not belong to: I14 belongs to indicator 3 (I13–I18), O2 to indicator 9. Correct the indicator, or the code where the letter I was read as a one.",
    },
    bad: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[question]]
code = "I14"
indicator = 4
text = "ท่านได้รับการประเมินผลการปฏิบัติงานจากผู้บังคับบัญชาอย่างเป็นธรรม มากน้อยเพียงใด"
score = "79.84"
"#,
    good: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[question]]
code = "I14"
indicator = 3
text = "ท่านได้รับการประเมินผลการปฏิบัติงานจากผู้บังคับบัญชาอย่างเป็นธรรม มากน้อยเพียงใด"
score = "79.84"
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (_, results) in site.all::<Results>().filter(|(_, results)| ita().is_frame_of(results.fiscal_year.value)) {
        let year = results.fiscal_year.value;
        if ita().knows_questions_of(year) {
            results.questions.iter().for_each(|row| check_question(row, diagnostics));
        }
        results.items.iter().for_each(|row| check_item(site, year, row, diagnostics));
    }
}

fn check_question(row: &Question, diagnostics: &mut Diagnostics) {
    let (code, printed) = (row.code.value, row.indicator.value);
    let Some(right) = ita().asking(code).filter(|right| right.number != printed) else { return };
    let (number, title) = (right.number, &right.title);
    let (th, en) = (&title.th, &title.en);
    let message = text!(
        th: "{code} เป็นข้อของตัวชี้วัดที่ {number} {th} ไม่ใช่ตัวชี้วัดที่ {printed}",
        en: "{code} belongs to indicator {number} ({en}), not to indicator {printed}"
    );
    let help = match ita().likely(code, printed) {
        Some(likely) => text!(
            th: "พิมพ์ indicator = {number} หรือ code = \"{likely}\" ถ้าหมายถึงข้อนั้น",
            en: "type indicator = {number}, or code = \"{likely}\" if that is the question"
        ),
        None => text!(th: "พิมพ์ indicator = {number}", en: "type indicator = {number}"),
    };
    diagnostics.push(RULE.at(row.indicator.span.clone(), message).help(help));
}

/// Where the form of the year is not known, only that an item is under an indicator of OIT.
fn check_item(site: &Site, year: FiscalYear, row: &ItemScore, diagnostics: &mut Diagnostics) {
    let (code, printed) = (row.code.value, row.indicator.value);
    let form = site.catalogs.of(year).filter(|_| !site.catalogs.is_broken);
    let problem = if form.is_some() {
        let Some(number) = site.indicator_of(year, code).filter(|number| *number != printed) else { return };
        let title = ita().indicator(number).map(|indicator| indicator.title.clone());
        let (th, en) = title.map(|title| (title.th, title.en)).unwrap_or_default();
        let message = text!(
            th: "{code} เป็นข้อของตัวชี้วัดที่ {number} {th} ไม่ใช่ตัวชี้วัดที่ {printed}",
            en: "{code} belongs to indicator {number} ({en}), not to indicator {printed}"
        );
        RULE.at(row.indicator.span.clone(), message).help(text!(th: "พิมพ์ indicator = {number}", en: "type indicator = {number}"))
    } else {
        let oit = ita().instrument("OIT").map(|oit| oit.indicators.as_slice()).unwrap_or_default();
        if code.series != Series::O || oit.contains(&printed) {
            return;
        }
        let named = |of: fn(&Text) -> &String| {
            let titles = oit.iter().filter_map(|number| Some(format!("{number} {}", of(&ita().indicator(*number)?.title))));
            titles.collect::<Vec<_>>()
        };
        let (th, en) = (named(|title| &title.th).join(" หรือ "), named(|title| &title.en).join(" or "));
        let message = text!(
            th: "{code} เป็นข้อของ OIT จึงไม่อยู่ในตัวชี้วัดที่ {printed}",
            en: "{code} is an item of OIT, so not one of indicator {printed}"
        );
        RULE.at(row.indicator.span.clone(), message).help(match likely_indicator(site, row) {
            Some((number, year)) => text!(
                th: "น่าจะเป็น indicator = {number} ซึ่งเป็นของข้อนี้ในแบบปี {year}",
                en: "probably indicator = {number}, as on the form of {year}"
            ),
            None => text!(th: "ตัวชี้วัดของ OIT คือ {th}", en: "the indicators of OIT are {en}"),
        })
    };
    diagnostics.push(problem);
}

/// The indicator of the item with the same code and title on a form of another year.
fn likely_indicator(site: &Site, row: &ItemScore) -> Option<(u32, FiscalYear)> {
    let forms = site.catalogs.years().filter_map(|year| site.catalogs.of(year));
    forms.into_iter().find_map(|form| {
        let item = form.item(row.code.value).filter(|item| item.title.th == row.text)?;
        let group = form.groups.iter().find(|group| group.id == item.sub)?;
        Some((group.indicator, form.fiscal_year))
    })
}
