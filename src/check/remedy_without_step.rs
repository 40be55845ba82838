//! `remedy-without-step` (P815)

use crate::content::Reference;
use crate::content::analysis::Remedy;
use crate::content::measure::{Measure, Step};
use crate::diagnostic::{Diagnostics, Rule, Severity, Spanned, Text, text};
use crate::site::Site;
use crate::thai::FiscalYear;
use crate::thai::digits::to_arabic;
use crate::thai::resemblance::percent;

pub(crate) static RULE: Rule = Rule {
    code: "P815",
    name: "remedy-without-step",
    severity: Severity::Warning,
    explanation: Text {
        th: "แนวทางแก้ไขในบทวิเคราะห์ไม่ตรงกับขั้นตอนใดของมาตรการที่แก้ข้อนั้น หรือขั้นตอนที่ตรงกันตัดความถี่ออก (เช่น รายเดือน) ระบบเทียบจากถ้อยคำ ถ้าขั้นตอนทำเรื่องเดียวกันด้วยถ้อยคำอื่น ให้ใช้ถ้อยคำเดียวกันเพื่อให้ผู้อ่านเห็นความเชื่อมโยง",
        en: "An action of the analysis is not among the steps of the measures that address its question, or the step leaves out how often (every month). The wording is compared: where a step does the same in other words, use the same words, so that readers see the connection.",
    },
    bad: r#"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
[[remedy]]
about = "I24"
actions = [
  "กำกับ ตรวจสอบ และสุ่มตรวจการขอใช้ทรัพย์สินของราชการ",
  "แจ้งเวียนแนวทางขั้นตอนการขออนุญาตยืมทรัพย์สินให้บุคลากรทราบ",
]
+++
-- content/measures/2566/1-assets.md --
+++
title = "มาตรการด้านทรัพย์สินของราชการ"
addresses = ["I24"]
responsible = "สำนักปลัด"
periods = ["ต.ค. 2565"]
[[step]]
text = "แจ้งเวียนแนวทางขั้นตอนการขออนุญาตยืมทรัพย์สินให้บุคลากรทราบ"
+++
"#,
    good: r#"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
[[remedy]]
about = "I24"
actions = [
  "กำกับ ตรวจสอบ และสุ่มตรวจการขอใช้ทรัพย์สินของราชการ",
  "แจ้งเวียนแนวทางขั้นตอนการขออนุญาตยืมทรัพย์สินให้บุคลากรทราบ",
]
+++
-- content/measures/2566/1-assets.md --
+++
title = "มาตรการด้านทรัพย์สินของราชการ"
addresses = ["I24"]
responsible = "สำนักปลัด"
periods = ["ต.ค. 2565"]
[[step]]
text = "แจ้งเวียนแนวทางขั้นตอนการขออนุญาตยืมทรัพย์สินให้บุคลากรทราบ"
[[step]]
text = "กำกับ ตรวจสอบ และสุ่มตรวจการขอใช้ทรัพย์สินของราชการ"
+++
"#,
};

/// Least resemblance of an action and the step that does it, in percent. In the memo of Udon Thani that the example site transcribes,
/// those that do the same have 76 and more, the others 56 and less.
const ALIKE: usize = 65;

/// Words for how often.
const INTERVALS: [&str; 8] = ["รายวัน", "รายสัปดาห์", "รายเดือน", "รายไตรมาส", "รายปี", "ทุกวัน", "ทุกสัปดาห์", "ทุกเดือน"];

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let year = site.fiscal_year();
    let Some((_, analysis)) = site.analysis(year) else { return };
    if site.has_broken("measures") {
        return;
    }
    for remedy in &analysis.remedies {
        let measures = addressing(site, year, &remedy.about.value);
        // Without a measure, `weakness-without-measure` reports it.
        if measures.iter().any(|(_, measure)| !measure.steps.is_empty()) {
            check_remedy(remedy, &measures, diagnostics);
        }
    }
}

/// The measures of a year that address something, with their numbers.
fn addressing<'a>(site: &'a Site, year: FiscalYear, about: &Reference) -> Vec<(u32, &'a Measure)> {
    let places = site.addressing(year, about);
    let is_at = |path: &_| places.iter().any(|at| site.documents[*at].path == *path);
    let measures = site.measures(year).into_iter().filter(|(document, _)| is_at(&document.path));
    measures.filter_map(|(document, measure)| Some((document.number?, measure))).collect()
}

fn check_remedy(remedy: &Remedy, measures: &[(u32, &Measure)], diagnostics: &mut Diagnostics) {
    let Reference::Code(code) = remedy.about.value else { return };
    let steps = || measures.iter().flat_map(|(_, measure)| measure.steps.iter().map(move |step| (*measure, step)));
    // The step most like an action, how alike they are; `None` where the texts are too short to tell.
    let nearest = |action: &str| -> Option<(usize, &Measure, &Step)> {
        let alike: Option<Vec<_>> =
            steps().map(|(measure, step)| Some((percent(action, &step.text.value)?, measure, step))).collect();
        alike?.into_iter().max_by_key(|(percent, ..)| *percent)
    };
    let numbers = measures.iter().map(|(number, _)| number.to_string()).collect::<Vec<_>>().join(", ");
    let mut missing: Vec<&Spanned<String>> = Vec::new();
    for action in &remedy.actions {
        match nearest(&action.value) {
            Some((percent, ..)) if percent < ALIKE => missing.push(action),
            Some((_, measure, step)) => {
                if let Some(interval) = dropped(&action.value, measure, step) {
                    let message = text!(
                        th: "แนวทางของข้อ {code} ให้ทำ{interval} แต่ขั้นตอนในมาตรการที่ {numbers} ไม่ได้ระบุ",
                        en: "the remedy for {code} says how often ({interval}), the step in measure {numbers} does not"
                    );
                    let help = text!(
                        th: "เพิ่ม frequency = \"{interval}\" ในขั้นตอนนั้น",
                        en: "add frequency = \"{interval}\" to the step"
                    );
                    diagnostics.push(RULE.at(action.span.clone(), message).help(help));
                }
            }
            None => {}
        }
    }
    let Some(first) = missing.first() else { return };
    let (n_missing, n_actions) = (missing.len(), remedy.actions.len());
    let message = text!(
        th: "มาตรการที่ {numbers} ไม่มีขั้นตอนที่ตรงกับแนวทางของข้อ {code} ({n_missing} จาก {n_actions} ข้อ)",
        en: "measure {numbers} has no step for {n_missing} of the {n_actions} actions named for {code}"
    );
    let help = text!(
        th: "เพิ่มแนวทางเป็น [[step]] ในมาตรการ หรือถ้ามีขั้นตอนนั้นแล้ว ให้ใช้ถ้อยคำเดียวกัน",
        en: "add it as a [[step]] to the measure, or, where it is one, use the same words"
    );
    diagnostics.push(RULE.at(first.span.clone(), message).help(help));
}

/// How often an action is to be done, when its step does not say how often at all.
fn dropped(action: &str, measure: &Measure, step: &Step) -> Option<&'static str> {
    let says = |text: &str| {
        let text = to_arabic(text);
        INTERVALS.iter().any(|interval| text.contains(interval)) || text.contains("ทุก 3 เดือน")
    };
    let periods = step.period.iter().chain(&measure.periods).map(|period| period.value.as_str());
    let own = [step.text.value.as_str()].into_iter().chain(periods).any(says) || step.frequency.is_some();
    INTERVALS.into_iter().find(|interval| !own && action.contains(interval))
}
