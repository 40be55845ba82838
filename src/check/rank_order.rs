//! `rank-order` (P803)

use crate::catalog::ita;
use crate::content::results::{Indicator, Results};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P803",
    name: "rank-order",
    severity: Severity::Warning,
    explanation: Text {
        th: "อันดับของตัวชี้วัดต้องเรียงตามคะแนนจากสูงสุด ตัวชี้วัดที่คะแนนเท่ากันใช้อันดับเดียวกันหรือเรียงต่อกันก็ได้ ถ้าไม่เรียง แสดงว่าอันดับหรือคะแนนคัดลอกผิด",
        en: "The ranks of the indicators follow their scores, the best first; equal scores may share a rank or follow each other. Otherwise a rank or a score was copied wrongly.",
    },
    bad: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[indicator]]
number = 1
name = "การปฏิบัติหน้าที่"
instrument = "IIT"
score = "90.62"
rank = 2
[[indicator]]
number = 2
name = "การใช้งบประมาณ"
instrument = "IIT"
score = "80.83"
rank = 1
"#,
    good: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[indicator]]
number = 1
name = "การปฏิบัติหน้าที่"
instrument = "IIT"
score = "90.62"
rank = 1
[[indicator]]
number = 2
name = "การใช้งบประมาณ"
instrument = "IIT"
score = "80.83"
rank = 2
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (_, results) in site.all::<Results>() {
        let rows = &results.indicators;
        let is_complete = ita().indicators.iter().all(|indicator| {
            rows.iter().any(|row| row.number.value == indicator.number && row.rank.is_some())
        });
        if is_complete { check_complete(rows, diagnostics) } else { check_pairs(rows, diagnostics) }
    }
}

/// All are ranked, so that the right rank of each is known.
fn check_complete(rows: &[Indicator], diagnostics: &mut Diagnostics) {
    for row in rows {
        let Some(rank) = &row.rank else { continue };
        let score = row.score.value;
        let mut above: Vec<_> = rows.iter().map(|other| other.score.value).filter(|other| *other > score).collect();
        let last = rows.iter().filter(|other| other.score.value >= score).count();
        let first = above.len() + 1;
        // Where equal scores share a rank, the next may follow without a gap: 1, 1, 2.
        above.sort_unstable();
        above.dedup();
        if (above.len() + 1..=last).contains(&(rank.value as usize)) {
            continue;
        }
        let (number, value) = (row.number.value, rank.value);
        let message = text!(
            th: "ตัวชี้วัดที่ {number} ได้ {score} อยู่อันดับ {first} ไม่ใช่ {value}",
            en: "indicator {number} with {score} is number {first}, not {value}"
        );
        let help = text!(th: "พิมพ์ rank = {first} หรือแก้คะแนน", en: "type rank = {first}, or correct the score");
        diagnostics.push(RULE.at(rank.span.clone(), message).help(help));
    }
}

/// Only some are ranked: no score may stand before a higher one. One report, for one wrong number puts many out of order.
fn check_pairs(rows: &[Indicator], diagnostics: &mut Diagnostics) {
    for row in rows {
        let Some(rank) = &row.rank else { continue };
        let is_before_better = |other: &&Indicator| {
            other.score.value > row.score.value && other.rank.as_ref().is_some_and(|above| above.value >= rank.value)
        };
        let Some(better) = rows.iter().find(is_before_better) else { continue };
        let (number, score, better, best) = (row.number.value, row.score.value, better.number.value, better.score.value);
        let message = text!(
            th: "ตัวชี้วัดที่ {number} ({score}) อันดับไม่ต่ำกว่าตัวชี้วัดที่ {better} ที่ได้คะแนนสูงกว่า ({best})",
            en: "indicator {number} ({score}) is not ranked below indicator {better}, which scored more ({best})"
        );
        diagnostics.push(RULE.at(rank.span.clone(), message));
        return;
    }
}
