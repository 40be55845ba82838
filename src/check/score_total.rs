//! `score-total` (P802)

use crate::catalog::ita;
use crate::content::results::Results;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::site::scores::{self, shown};

pub(crate) static RULE: Rule = Rule {
    code: "P802",
    name: "score-total",
    severity: Severity::Warning,
    explanation: Text {
        th: "คะแนนรวมคือผลรวมของแบบวัดทั้งสามตามน้ำหนักของปีนั้น ยอมให้ต่างกัน 0.01 เพราะการปัดเศษ และไม่ปัดเศษแบบวัดก่อนถ่วงน้ำหนัก ถ้าต่างมากกว่านั้น แสดงว่าคัดลอกตัวเลขผิด",
        en: "The total is the sum of the three instruments by the year's weights. Rounding explains a difference of 0.01, and instruments are not rounded before they are weighted; a greater difference means that a number was copied wrongly.",
    },
    bad: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.18"
grade = "A"
[[instrument]]
code = "IIT"
name = "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน"
score = "84.83"
[[instrument]]
code = "EIT"
name = "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก"
score = "89.34"
[[instrument]]
code = "OIT"
name = "แบบตรวจการเปิดเผยข้อมูลสาธารณะ"
score = "98.89"
"#,
    good: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[instrument]]
code = "IIT"
name = "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน"
score = "84.83"
[[instrument]]
code = "EIT"
name = "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก"
score = "89.34"
[[instrument]]
code = "OIT"
name = "แบบตรวจการเปิดเผยข้อมูลสาธารณะ"
score = "98.89"
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (_, results) in site.all::<Results>() {
        let (year, printed, tolerance) = (results.fiscal_year.value, results.total.value, scores::tolerance(results));
        let totals = scores::totals(results);
        let Some(total) = totals.first().filter(|_| totals.iter().all(|total| (*total - printed).abs() > tolerance)) else {
            continue;
        };
        let total = shown(*total);
        let weigh = |code: &str| ita().weight(year, code).map(|weight| format!("{code}×{weight}%"));
        let sum: Vec<_> = ita().instruments.iter().filter_map(|instrument| weigh(&instrument.code)).collect();
        let sum = sum.join(" + ");
        let message = text!(
            th: "คะแนนรวมพิมพ์ไว้ {printed} แต่คำนวณจากแบบวัดได้ {total}",
            en: "the total is printed as {printed}, the instruments give {total}"
        );
        let help = text!(
            th: "คะแนนรวม = {sum} เทียบกับเอกสารต้นฉบับ มีตัวเลขหนึ่งคัดลอกผิด",
            en: "the total is {sum}; compare with the original: one number is copied wrongly"
        );
        diagnostics.push(RULE.at(results.total.span.clone(), message).help(help));
    }
}
