//! `weak-indicator-unexamined` (P812)

use crate::catalog::ita;
use crate::content::Reference;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::thai::Code;

pub(crate) static RULE: Rule = Rule {
    code: "P812",
    name: "weak-indicator-unexamined",
    severity: Severity::Warning,
    explanation: Text {
        th: "ตัวชี้วัดต่ำกว่าเกณฑ์ แต่ไม่มีข้อคำถามใดของตัวชี้วัดนั้นในผลการประเมินหรือในบทวิเคราะห์ จึงไม่รู้ว่าต่ำเพราะเรื่องใด และไม่มีที่มาของมาตรการ เพิ่มข้อคำถามที่ได้คะแนนต่ำใน [[question]] หรือ [[remedy]]",
        en: "An indicator is below the line, but neither result nor analysis looks at one of its questions, so nobody sees what made it low or where its measure comes from. Add the questions that scored low, as [[question]] or [[remedy]].",
    },
    bad: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[indicator]]
number = 2
name = "การใช้งบประมาณ"
instrument = "IIT"
score = "80.83"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
+++
"#,
    good: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[indicator]]
number = 2
name = "การใช้งบประมาณ"
instrument = "IIT"
score = "80.83"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
[[remedy]]
about = "I10"
actions = ["รายงานผลการใช้จ่ายงบประมาณเป็นรายไตรมาส"]
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let year = site.fiscal_year();
    let Some((_, analysis)) = site.analysis(year) else { return };
    let Some((_, results)) = site.results_of(analysis.result.value) else {
        return;
    };
    let (result, pass_line) = (analysis.result.value, ita().pass_line(analysis.result.value));
    for row in results.indicators.iter().filter(|row| row.score.value < pass_line) {
        let number = row.number.value;
        let Some(questions) = ita().indicator(number).and_then(|indicator| indicator.questions.as_ref()) else { continue };
        let is_printed = results.questions.iter().any(|question| question.indicator.value == number);
        // Of years whose questions are not known, a remedy about any question of the questionnaire may be about this indicator.
        let is_its = |code: Code| {
            if ita().knows_questions_of(result) { questions.holds(code) } else { code.series == questions.first.series }
        };
        let is_asked = results.questions.iter().any(|question| ita().knows_questions_of(result) && questions.holds(question.code.value));
        let is_remedied = analysis.remedies.iter().any(|remedy| match remedy.about.value {
            Reference::Code(code) => is_its(code),
            Reference::Indicator(about) => about == number,
            _ => false,
        });
        if is_printed || is_asked || is_remedied {
            continue;
        }
        let (name, score, line) = (&row.name.value, row.score.value, pass_line.normalize());
        let range = if ita().knows_questions_of(result) { format!(" ({}–{})", questions.first, questions.last) } else { String::new() };
        let message = text!(
            th: "ตัวชี้วัดที่ {number} {name} ได้ {score} ต่ำกว่าเกณฑ์ {line} แต่ไม่ได้วิเคราะห์ข้อคำถามใดของตัวชี้วัดนี้{range}",
            en: "indicator {number} has {score}, below {line}, but none of its questions{range} is analysed"
        );
        let help = text!(
            th: "เพิ่มข้อคำถามที่ได้คะแนนต่ำเป็น [[question]] ที่นี่ และ [[remedy]] ในบทวิเคราะห์",
            en: "add the questions that scored low as [[question]] here, and as [[remedy]] to the analysis"
        );
        diagnostics.push(RULE.at(row.score.span.clone(), message).help(help));
    }
}
