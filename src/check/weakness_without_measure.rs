//! `weakness-without-measure` (P808)

use crate::catalog::ita;
use crate::content::Reference;
use crate::content::analysis::Analysis;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::site::weakness::{GradeLoss, Subject, Weakness};

pub(crate) static RULE: Rule = Rule {
    code: "P808",
    name: "weakness-without-measure",
    severity: Severity::Warning,
    explanation: Text {
        th: "แบบ OIT ให้กำหนดมาตรการที่สอดคล้องกับผลการวิเคราะห์ จุดอ่อนนี้ (แบบวัดหรือตัวชี้วัดต่ำกว่าเกณฑ์ ข้อที่ไม่ได้ 100 ข้อคำถามที่วิเคราะห์ ประเด็นเร่งด่วน ประเด็นที่ต้องพัฒนา หรือข้อค้นพบ) ยังไม่มีมาตรการใดระบุใน addresses มาตรการของตัวชี้วัดนับรวมข้อคำถามของตัวชี้วัดนั้น แบบวัดที่ต่ำกว่าเกณฑ์และทำให้ระดับผลลดลงต้องระบุแบบวัดนั้นเองด้วย",
        en: "The OIT form asks for measures in line with the analysis. No measure names this weakness in `addresses`: an instrument or indicator below the line, an item below 100, an analysed question, an urgent issue, a point to develop or a finding. A measure for an indicator counts for its questions too. An instrument below the line that costs a grade is to be named itself.",
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
[[indicator]]
number = 4
name = "การใช้ทรัพย์สินของราชการ"
instrument = "IIT"
score = "81.94"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
[[remedy]]
about = "I10"
actions = ["รายงานผลการใช้จ่ายเป็นรายไตรมาส"]
[[remedy]]
about = "I20"
actions = ["แจ้งเวียนขั้นตอนการยืมทรัพย์สิน"]
+++
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
addresses = ["indicator:2"]
[[step]]
text = "รายงานผลการใช้จ่ายเป็นรายไตรมาส"
responsible = "กองคลัง"
frequency = "ทุก 3 เดือน"
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
[[indicator]]
number = 4
name = "การใช้ทรัพย์สินของราชการ"
instrument = "IIT"
score = "81.94"
-- content/analysis/2566.md --
+++
title = "การวิเคราะห์ผลการประเมิน"
fiscal_year = 2566
result = 2565
[[remedy]]
about = "I10"
actions = ["รายงานผลการใช้จ่ายเป็นรายไตรมาส"]
[[remedy]]
about = "I20"
actions = ["แจ้งเวียนขั้นตอนการยืมทรัพย์สิน"]
+++
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
addresses = ["indicator:2"]
[[step]]
text = "รายงานผลการใช้จ่ายเป็นรายไตรมาส"
responsible = "กองคลัง"
frequency = "ทุก 3 เดือน"
+++
-- content/measures/2566/2-assets.md --
+++
title = "มาตรการด้านทรัพย์สินของราชการ"
addresses = ["I20"]
[[step]]
text = "แจ้งเวียนขั้นตอนการยืมทรัพย์สิน"
responsible = "สำนักปลัด"
period = "ต.ค. 2565"
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let year = site.fiscal_year();
    if ["measures", "analysis", "results"].iter().any(|folder| site.has_broken(folder)) || site.measures(year).is_empty() {
        return;
    }
    let Some((_, analysis)) = site.analysis(year) else { return };
    let pass_line = ita().pass_line(analysis.result.value).normalize().to_string();
    let weaknesses = site.weaknesses(year);
    // What is already said to have no measure: two points may be about the same things, and a question is a part of its indicator.
    let mut said: Vec<Reference> = Vec::new();
    for weakness in &weaknesses {
        let open: Vec<Reference> = weakness.open.iter().filter(|open| !said.contains(open)).cloned().collect();
        let loss = weakness.loss.as_ref().filter(|loss| !loss.is_named);
        let is_open = match &weakness.subject {
            Subject::Instrument(code) => {
                loss.is_some() || weakness.addressed_by.is_empty() && !weaknesses.iter().any(|part| is_open_part(part, code))
            }
            Subject::Question(_) => {
                weakness.addressed_by.is_empty() && !weakness.part_of.as_ref().is_some_and(|whole| said.contains(whole))
            }
            Subject::Development(_) => !open.is_empty(),
            _ => weakness.addressed_by.is_empty(),
        };
        if !is_open {
            continue;
        }
        let message = match loss {
            Some(loss) => costly(weakness, loss, analysis),
            None => uncovered(weakness, &open, &pass_line, analysis),
        };
        diagnostics.push(RULE.at(weakness.span.clone(), message).help(help(weakness, &open)));
        if let Subject::Indicator(number) = weakness.subject {
            said.push(Reference::Indicator(number));
        }
        said.extend(open);
    }
}

/// An indicator of the instrument that no measure addresses: it has a report of its own.
fn is_open_part(weakness: &Weakness, instrument: &str) -> bool {
    let is_part = matches!(&weakness.part_of, Some(Reference::Instrument(code)) if code == instrument);
    is_part && matches!(weakness.subject, Subject::Indicator(_)) && weakness.addressed_by.is_empty()
}

/// An instrument that costs a grade under the scheme of the measures' year.
fn costly(weakness: &Weakness, loss: &GradeLoss, analysis: &Analysis) -> Text {
    let name = name(weakness);
    let (code, year) = (&name.th, analysis.fiscal_year.value);
    let score = weakness.score.map(|score| score.to_string()).unwrap_or_default();
    let (grade, missed, least, total) = (loss.grade, loss.missed, loss.least.normalize(), loss.total);
    text!(
        th: "{code} ได้ {score} แต่ไม่มีมาตรการหรือประเด็นใดระบุ {code} เกณฑ์ปี {year} ให้ทุกแบบวัดถึง {least} คะแนนรวม {total} จึงจะได้ {grade} ไม่ใช่ {missed}",
        en: "{code} has {score}, and no measure or issue names {code}: {year} asks {least} of each instrument, so a total of {total} would be {grade}, not {missed}"
    )
}

fn uncovered(weakness: &Weakness, open: &[Reference], pass_line: &str, analysis: &Analysis) -> Text {
    let Text { th, en } = name(weakness);
    let score = weakness.score.map(|score| score.to_string()).unwrap_or_default();
    match (&weakness.subject, score.as_str()) {
        (Subject::Instrument(_) | Subject::Indicator(_), score) => text!(
            th: "{th} ได้ {score} ต่ำกว่าเกณฑ์ {pass_line} แต่ไม่มีมาตรการรองรับ",
            en: "{en} has {score}, below {pass_line}, and no measure addresses it"
        ),
        (Subject::Development(_), _) => {
            let (parts, parts_en) = (list(open, |text| &text.th, "และ"), list(open, |text| &text.en, " and "));
            text!(th: "{th}กล่าวถึง{parts} แต่ไม่มีมาตรการรองรับ", en: "{en} is about {parts_en}, and no measure addresses that")
        }
        (Subject::Finding(number), _) => {
            let finding = (*number as usize).checked_sub(1).and_then(|at| analysis.findings.get(at));
            let about: Vec<_> = finding.into_iter().flat_map(|finding| &finding.about).map(|about| about.value.clone()).collect();
            let (about, about_en) = (list(&about, |text| &text.th, "และ"), list(&about, |text| &text.en, " and "));
            text!(
                th: "{th}เรื่อง {about} ไม่มีประเด็นเร่งด่วน ประเด็นที่ต้องพัฒนา หรือมาตรการรองรับ",
                en: "no issue, point to develop or measure takes up {en} on {about_en}"
            )
        }
        (_, "") => text!(th: "{th}ไม่มีมาตรการรองรับ", en: "no measure addresses {en}"),
        (_, score) => text!(th: "{th} ได้ {score} แต่ไม่มีมาตรการรองรับ", en: "{en} has {score}, and no measure addresses it"),
    }
}

/// What to type, and where.
fn help(weakness: &Weakness, open: &[Reference]) -> Text {
    let word = match &weakness.subject {
        Subject::Instrument(code) => code.clone(),
        Subject::Indicator(number) => format!("indicator:{number}"),
        Subject::Item(code) | Subject::Question(code) => code.to_string(),
        Subject::Urgent(number) => format!("urgent:{number}"),
        Subject::Development(_) => match open.first() {
            Some(Reference::Indicator(number)) => format!("indicator:{number}"),
            Some(Reference::Code(code)) => code.to_string(),
            Some(Reference::Instrument(code)) => code.clone(),
            Some(Reference::Urgent(number)) => format!("urgent:{number}"),
            None => String::new(),
        },
        Subject::Finding(_) => {
            return text!(
                th: "เพิ่มมาตรการหรือประเด็นเร่งด่วนที่แก้เรื่องนี้ แล้วระบุใน addresses",
                en: "add a measure or an urgent issue about it, and name it in `addresses`"
            );
        }
    };
    text!(
        th: "เพิ่ม \"{word}\" ใน addresses ของมาตรการที่แก้เรื่องนี้ หรือเขียนมาตรการใหม่",
        en: "add \"{word}\" to `addresses` of the measure that mends it, or write a new measure"
    )
}

fn name(weakness: &Weakness) -> Text {
    let text = &weakness.text;
    match &weakness.subject {
        Subject::Instrument(code) => text!(th: "{code}", en: "{code}"),
        Subject::Indicator(number) => label(&Reference::Indicator(*number)),
        Subject::Item(code) => text!(th: "ข้อ {code} {text}", en: "{code} ({text})"),
        Subject::Question(code) => text!(th: "ข้อ {code}", en: "{code}"),
        Subject::Urgent(number) => text!(th: "ประเด็นเร่งด่วนที่ {number} ", en: "urgent issue {number}"),
        Subject::Development(number) => text!(th: "ประเด็นที่ต้องพัฒนาข้อ {number} ", en: "point to develop {number}"),
        Subject::Finding(number) => text!(th: "ข้อค้นพบที่ {number} ", en: "finding {number}"),
    }
}

/// A reference in words: `ตัวชี้วัดที่ 2 การใช้งบประมาณ`.
fn label(reference: &Reference) -> Text {
    match reference {
        Reference::Instrument(code) => text!(th: "{code}", en: "{code}"),
        Reference::Code(code) => text!(th: "ข้อ {code}", en: "{code}"),
        Reference::Urgent(number) => text!(th: "ประเด็นเร่งด่วนที่ {number}", en: "urgent issue {number}"),
        Reference::Indicator(number) => {
            let title = ita().indicator(*number).map(|indicator| indicator.title.clone());
            let (th, en) = title.map(|title| (title.th, title.en)).unwrap_or_default();
            text!(th: "ตัวชี้วัดที่ {number} {th}", en: "indicator {number} ({en})")
        }
    }
}

fn list(references: &[Reference], of: fn(&Text) -> &String, and: &str) -> String {
    references.iter().map(|reference| of(&label(reference)).clone()).collect::<Vec<_>>().join(and)
}
