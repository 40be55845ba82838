//! `wrong-grade` (P804)

use rust_decimal::Decimal;

use crate::catalog::{GradeBand, ita};
use crate::content::results::Results;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P804",
    name: "wrong-grade",
    severity: Severity::Warning,
    explanation: Text {
        th: "ระดับผลการประเมินต้องตรงกับเกณฑ์ของปีนั้น จนถึงปี 2565 ใช้คะแนนรวมอย่างเดียว (AA ถึง F) ตั้งแต่ปี 2566 แบบวัดทั้งสามต้องถึงเกณฑ์ด้วย เช่น ผ่านดี ต้องได้ 85 ทั้งคะแนนรวม IIT EIT และ OIT",
        en: "The grade is that of the year's scheme: up to 2565 by the total alone (AA to F); from 2566 each of the three instruments counts too, so ผ่านดี takes 85 in the total, IIT, EIT and OIT.",
    },
    bad: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "AA"
"#,
    good: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (_, results) in site.all::<Results>() {
        let (year, total) = (results.fiscal_year.value, results.total.value);
        let Some(scheme) = ita().grade_scheme(year) else { continue };
        let scores = |unknown: Decimal| -> Vec<Decimal> {
            let printed = |code: &str| results.instruments.iter().find(|row| row.code.value == code);
            let codes = ita().instruments.iter().map(|instrument| instrument.code.as_str());
            codes.map(|code| printed(code).map_or(unknown, |row| row.score.value)).collect()
        };
        // Instruments that are not printed leave several grades possible.
        let (best, worst) = (scheme.band(total, &scores(Decimal::ONE_HUNDRED)), scheme.band(total, &scores(Decimal::ZERO)));
        let printed = plain(&results.grade.value);
        if scheme.bands[best..=worst].iter().any(|band| plain(&band.grade) == printed) {
            continue;
        }
        let (right, typed) = (&scheme.bands[best], &results.grade.value);
        let grade = &right.grade;
        let message = text!(
            th: "คะแนนรวม {total} ของปี {year} ได้ระดับ {grade} ไม่ใช่ {typed}",
            en: "in {year}, a total of {total} is graded {grade}, not {typed}"
        );
        let missed = scheme.bands[..best].iter().find(|band| plain(&band.grade) == printed);
        let help = match missed {
            Some(band) => why_not(band, total, results),
            None => takes(right),
        };
        diagnostics.push(RULE.at(results.grade.span.clone(), message).help(help));
    }
}

/// What a better grade takes that the scores do not reach.
fn why_not(band: &GradeBand, total: Decimal, results: &Results) -> Text {
    let (grade, least) = (&band.grade, band.instrument);
    let low = results.instruments.iter().find(|row| row.score.value < least);
    match low.filter(|_| total >= band.total) {
        Some(row) => {
            let (code, score) = (&row.code.value, row.score.value);
            text!(th: "{grade} ต้องได้ {code} ตั้งแต่ {least} แต่ได้ {score}", en: "{grade} takes {least} in {code}, which has {score}")
        }
        None => takes(band),
    }
}

fn takes(band: &GradeBand) -> Text {
    let (grade, total, least) = (&band.grade, band.total, band.instrument);
    if least.is_zero() {
        return text!(th: "ระดับ {grade}: คะแนนรวมตั้งแต่ {total}", en: "{grade} takes a total of {total}");
    }
    text!(
        th: "ระดับ {grade}: คะแนนรวมตั้งแต่ {total} และ IIT, EIT, OIT แต่ละชุดตั้งแต่ {least}",
        en: "{grade} takes a total of {total}, and {least} in each of IIT, EIT and OIT"
    )
}

/// A grade as it is compared: `ระดับ A`, `a`, `A (85.00–94.99)` and `A` are one.
fn plain(grade: &str) -> String {
    let grade = grade.split('(').next().unwrap_or(grade);
    let grade: String = grade.chars().filter(|c| !c.is_whitespace()).collect();
    grade.trim_start_matches("ระดับ").to_uppercase()
}
