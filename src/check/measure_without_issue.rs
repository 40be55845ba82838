//! `measure-without-issue` (P810)

use super::measure_without_weakness::idle;
use crate::content::Reference;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::site::weakness::Subject;

pub(crate) static RULE: Rule = Rule {
    code: "P810",
    name: "measure-without-issue",
    severity: Severity::Warning,
    explanation: Text {
        th: "บทวิเคราะห์มีประเด็นเร่งด่วน แต่มาตรการนี้ไม่ได้มาจากประเด็นเร่งด่วนหรือประเด็นที่ต้องพัฒนาข้อใด ผู้อ่านจะไม่เห็นที่มาของมาตรการ เพิ่มเรื่องนี้เป็นประเด็นเร่งด่วนหรือประเด็นที่ต้องพัฒนา แล้วระบุ urgent:N ในมาตรการ",
        en: "The analysis has urgent issues, but this measure takes up none of them, nor a point to develop, so readers cannot see where it comes from. Add the matter to the urgent issues or the points to develop, and name it in the measure (urgent:N).",
    },
    bad: r#"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
[[urgent_issue]]
text = "ประชาสัมพันธ์แผนการใช้จ่ายงบประมาณ"
[[remedy]]
about = "I14"
actions = ["ชี้แจงเกณฑ์การประเมินผลการปฏิบัติงาน"]
+++
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
addresses = ["urgent:1"]
+++
-- content/measures/2566/2-power.md --
+++
title = "มาตรการด้านการใช้อำนาจ"
addresses = ["I14"]
+++
"#,
    good: r#"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
[[urgent_issue]]
text = "ประชาสัมพันธ์แผนการใช้จ่ายงบประมาณ"
[[urgent_issue]]
text = "ชี้แจงเกณฑ์การประเมินผลการปฏิบัติงาน"
[[remedy]]
about = "I14"
actions = ["ชี้แจงเกณฑ์การประเมินผลการปฏิบัติงาน"]
+++
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
addresses = ["urgent:1"]
+++
-- content/measures/2566/2-power.md --
+++
title = "มาตรการด้านการใช้อำนาจ"
addresses = ["I14", "urgent:2"]
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let year = site.fiscal_year();
    if ["analysis", "results"].iter().any(|folder| site.has_broken(folder)) {
        return;
    }
    let Some((_, analysis)) = site.analysis(year) else { return };
    if analysis.urgent_issues.is_empty() {
        return;
    }
    let weaknesses = site.weaknesses(year);
    let points = weaknesses.iter().filter(|weakness| matches!(weakness.subject, Subject::Urgent(_) | Subject::Development(_)));
    let taking_up: Vec<usize> = points.flat_map(|point| point.addressed_by.iter().copied()).collect();
    // `measure-without-weakness` and `dangling-reference` report what is wrong about these.
    let idle = idle(site, year, analysis);
    for (document, measure) in site.measures(year) {
        let is_urgent = measure.addresses.iter().any(|reference| matches!(reference.value, Reference::Urgent(_)));
        let is_idle = idle.iter().any(|(other, _)| other.path == document.path);
        let is_taking_up = taking_up.iter().any(|at| site.documents[*at].path == document.path);
        if is_urgent || is_idle || is_taking_up {
            continue;
        }
        let n_issues = analysis.urgent_issues.len();
        let message = text!(
            th: "มาตรการนี้ไม่ได้มาจากประเด็นเร่งด่วน (มี {n_issues} ข้อ) หรือประเด็นที่ต้องพัฒนา",
            en: "the measure takes up no urgent issue (there are {n_issues}) and no point to develop"
        );
        let next = n_issues + 1;
        let help = text!(
            th: "เพิ่มเรื่องนี้ในบทวิเคราะห์เป็น [[urgent_issue]] แล้วระบุ \"urgent:{next}\" หรือเพิ่มเป็น [[development]]",
            en: "add the matter to the analysis as an [[urgent_issue]] and name it here as \"urgent:{next}\", or as a [[development]]"
        );
        diagnostics.push(RULE.at(measure.title.span.clone(), message).help(help));
    }
}
