//! `measure-without-weakness` (P809)

use std::collections::BTreeSet;

use crate::catalog::MeasureField;
use crate::content::Reference;
use crate::content::analysis::Analysis;
use crate::content::measure::Measure;
use crate::content::results::Results;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::parse::Document;
use crate::site::Site;
use crate::thai::FiscalYear;

pub(crate) static RULE: Rule = Rule {
    code: "P809",
    name: "measure-without-weakness",
    severity: Severity::Warning,
    explanation: Text {
        th: "มาตรการนี้ไม่ระบุว่าแก้จุดอ่อนใด หรือสิ่งที่ระบุใน addresses ไม่ใช่จุดอ่อนของผลการประเมินที่วิเคราะห์ แบบ OIT ให้มาตรการสอดคล้องกับผลการวิเคราะห์ ระบุจุดอ่อน หรือเพิ่มเรื่องนี้ในบทวิเคราะห์",
        en: "The measure does not say which weakness it mends, or what it names is none of the analysed result. O42 asks for measures in line with the analysis: name the weakness, or take the matter up in the analysis.",
    },
    bad: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[indicator]]
number = 10
name = "การป้องกันการทุจริต"
instrument = "OIT"
score = "100.00"
[[item]]
code = "O2"
indicator = 9
text = "ข้อมูลผู้บริหาร"
score = "0.00"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
+++
-- content/measures/2566/1-executives.md --
+++
title = "มาตรการด้านข้อมูลผู้บริหาร"
addresses = ["O2"]
+++
-- content/measures/2566/2-prevention.md --
+++
title = "มาตรการป้องกันการทุจริต"
addresses = ["indicator:10"]
+++
"#,
    good: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[indicator]]
number = 10
name = "การป้องกันการทุจริต"
instrument = "OIT"
score = "100.00"
[[item]]
code = "O2"
indicator = 9
text = "ข้อมูลผู้บริหาร"
score = "0.00"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
+++
-- content/measures/2566/1-executives.md --
+++
title = "มาตรการด้านข้อมูลผู้บริหาร"
addresses = ["O2"]
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let year = site.fiscal_year();
    if ["analysis", "results"].iter().any(|folder| site.has_broken(folder)) {
        return;
    }
    let Some((_, analysis)) = site.analysis(year) else { return };
    let result = analysis.result.value;
    for (document, measure) in idle(site, year, analysis) {
        if measure.addresses.is_empty() {
            // Where the form asks for it, `missing-requirement` reports it.
            if site.asks_of_measures(MeasureField::Addresses) {
                continue;
            }
            let message = text!(th: "มาตรการนี้ไม่ระบุจุดอ่อนที่แก้", en: "the measure does not say which weakness it mends");
            let help = text!(
                th: "พิมพ์ addresses = [\"indicator:2\"] (ตัวชี้วัด), [\"I20\"] (ข้อคำถาม) หรือ [\"urgent:1\"] (ประเด็นเร่งด่วน)",
                en: "type addresses = [\"indicator:2\"], [\"I20\"] or [\"urgent:1\"]"
            );
            diagnostics.push(RULE.at(document.end.clone(), message).help(help));
        } else if site.all::<Results>().any(|(_, results)| results.fiscal_year.value == result) {
            let message = text!(
                th: "สิ่งที่มาตรการนี้แก้ไม่ใช่จุดอ่อนของผลปี {result} และไม่อยู่ในบทวิเคราะห์",
                en: "what the measure addresses is no weakness of the result of {result}, nor in the analysis"
            );
            let help = text!(
                th: "แก้ addresses หรือเพิ่มเรื่องนี้ในบทวิเคราะห์",
                en: "correct `addresses`, or take the matter up in the analysis"
            );
            diagnostics.push(RULE.at(measure.addresses[0].span.clone(), message).help(help));
        }
    }
}

/// The measures of a year that address nothing weak and nothing the analysis speaks of.
pub(super) fn idle<'a>(site: &'a Site, year: FiscalYear, analysis: &Analysis) -> Vec<(&'a Document, &'a Measure)> {
    let spoken_of = analysis.references().flat_map(|reference| site.addressing(year, &reference.value));
    let weak = site.weaknesses(year).into_iter().flat_map(|weakness| weakness.addressed_by);
    let addressing: BTreeSet<usize> = weak.chain(spoken_of).collect();
    let is_idle = |document: &Document, measure: &Measure| {
        let is_urgent = measure.addresses.iter().any(|reference| matches!(reference.value, Reference::Urgent(_)));
        !is_urgent && !addressing.iter().any(|at| site.documents[*at].path == document.path)
    };
    site.measures(year).into_iter().filter(|(document, measure)| is_idle(document, measure)).collect()
}
