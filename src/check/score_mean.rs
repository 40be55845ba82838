//! `score-mean` (P801)

use rust_decimal::Decimal;

use crate::catalog::ita;
use crate::content::results::{Question, Results};
use crate::diagnostic::{Diagnostics, Rule, Severity, Spanned, Text, text};
use crate::site::Site;
use crate::site::scores::{self, Bounds, shown};

pub(crate) static RULE: Rule = Rule {
    code: "P801",
    name: "score-mean",
    severity: Severity::Warning,
    explanation: Text {
        th: "คะแนนของแบบวัดเป็นค่าเฉลี่ยของตัวชี้วัด คะแนนตัวชี้วัดของ OIT เป็นค่าเฉลี่ยของตัวชี้วัดย่อย ตัวชี้วัดย่อยเป็นค่าเฉลี่ยของข้อ และข้อคำถามเป็นค่าเฉลี่ยของข้อย่อย ยอมให้ต่างกัน 0.01 เพราะการปัดเศษ ถ้าต่างมากกว่านั้น แสดงว่าคัดลอกตัวเลขผิด ข้อที่ไม่ได้แสดงคะแนนคิดเป็น 0 ถึง 100",
        en: "An instrument's score is the mean of its indicators, an OIT indicator's that of its sub-indicators, a sub-indicator's that of its items, a question's that of its parts. Rounding explains a difference of 0.01; a greater one means that a number was copied wrongly. What is not printed counts as anything from 0 to 100.",
    },
    bad: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[instrument]]
code = "OIT"
name = "แบบตรวจการเปิดเผยข้อมูลสาธารณะ"
score = "98.98"
[[indicator]]
number = 9
name = "การเปิดเผยข้อมูล"
instrument = "OIT"
score = "97.78"
[[indicator]]
number = 10
name = "การป้องกันการทุจริต"
instrument = "OIT"
score = "100.00"
"#,
    good: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[instrument]]
code = "OIT"
name = "แบบตรวจการเปิดเผยข้อมูลสาธารณะ"
score = "98.89"
[[indicator]]
number = 9
name = "การเปิดเผยข้อมูล"
instrument = "OIT"
score = "97.78"
[[indicator]]
number = 10
name = "การป้องกันการทุจริต"
instrument = "OIT"
score = "100.00"
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (_, results) in site.all::<Results>() {
        let tolerance = scores::tolerance(results);
        let mut compare = |whole: Text, printed: &Spanned<Decimal>, bounds: Option<Bounds>, parts: Text| {
            let Some(bounds) = bounds.filter(|bounds| !bounds.admits(printed.value, tolerance)) else { return };
            let help = text!(
                th: "เทียบตัวเลขเหล่านี้กับเอกสารต้นฉบับ มีตัวหนึ่งคัดลอกผิด",
                en: "compare these numbers with the original: one is copied wrongly"
            );
            diagnostics.push(RULE.at(printed.span.clone(), message(&whole, printed.value, bounds, &parts)).help(help));
        };
        for row in &results.instruments {
            let code = &row.code.value;
            let parts = text!(th: "ตัวชี้วัดของ {code}", en: "the indicators of {code}");
            let mean = scores::of_instrument(results, code).map(Bounds::exact);
            compare(text!(th: "{code}", en: "{code}"), &row.score, mean, parts);
        }
        for row in &results.questions {
            let code = row.code.value;
            compare(text!(th: "{code}", en: "{code}"), &row.score, of_parts(row), text!(th: "ข้อย่อย", en: "its parts"));
        }
        let Some(form) = site.catalogs.of(results.fiscal_year.value).filter(|_| !site.catalogs.is_broken) else { continue };
        for row in results.indicators.iter().filter(|row| is_of_oit(row.number.value)) {
            let number = row.number.value;
            let whole = text!(th: "ตัวชี้วัดที่ {number}", en: "indicator {number}");
            let bounds = scores::of_oit_indicator(results, form, number);
            compare(whole, &row.score, bounds, text!(th: "ตัวชี้วัดย่อย", en: "its sub-indicators"));
        }
        for row in &results.subs {
            let id = &row.id.value;
            let whole = text!(th: "ตัวชี้วัดย่อยที่ {id}", en: "sub-indicator {id}");
            compare(whole, &row.score, scores::of_sub(results, form, id), text!(th: "ข้อในแบบ", en: "its items"));
        }
    }
}

fn message(whole: &Text, printed: Decimal, bounds: Bounds, parts: &Text) -> Text {
    let (whole_th, whole_en, parts_th, parts_en) = (&whole.th, &whole.en, &parts.th, &parts.en);
    if bounds.is_exact() {
        let mean = shown(bounds.low);
        return text!(
            th: "{whole_th} พิมพ์ไว้ {printed} แต่ค่าเฉลี่ยของ{parts_th} คือ {mean}",
            en: "{whole_en} is printed as {printed}, the mean of {parts_en} is {mean}"
        );
    }
    let (low, high) = (shown(bounds.low), shown(bounds.high));
    if printed > bounds.high {
        return text!(
            th: "{whole_th} พิมพ์ไว้ {printed} แต่ตามคะแนนของ{parts_th}ที่แสดงไว้ ได้ไม่เกิน {high}",
            en: "{whole_en} is printed as {printed}, with the printed scores of {parts_en} it is at most {high}"
        );
    }
    text!(
        th: "{whole_th} พิมพ์ไว้ {printed} แต่ตามคะแนนของ{parts_th}ที่แสดงไว้ ได้ไม่ต่ำกว่า {low}",
        en: "{whole_en} is printed as {printed}, with the printed scores of {parts_en} it is at least {low}"
    )
}

fn of_parts(question: &Question) -> Option<Bounds> {
    Bounds::mean(&question.parts.iter().map(|part| Bounds::exact(part.score)).collect::<Vec<_>>())
}

fn is_of_oit(number: u32) -> bool {
    ita().indicator(number).is_some_and(|indicator| indicator.instrument == "OIT")
}
