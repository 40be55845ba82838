//! `wrong-group` (P817)

use super::duplicate_executive::ACTING;
use crate::content::executive::{Executive, Group};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::fields::labels;
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P817",
    name: "wrong-group",
    severity: Severity::Warning,
    explanation: Text {
        th: "ตำแหน่งกับกลุ่มไม่ตรงกัน ในองค์กรปกครองส่วนท้องถิ่น นายก รองนายก เลขานุการและที่ปรึกษานายกเป็นฝ่ายการเมือง ส่วนปลัด ผู้อำนวยการกองและหัวหน้าสำนักเป็นฝ่ายประจำ แบบ OIT ให้แสดงทั้งสองฝ่าย",
        en: "Position and group do not agree. In a local government the mayor (นายก), deputies, secretary and advisers are the political side; the clerk (ปลัด), directors and heads are permanent officials. The form asks for both sides.",
    },
    bad: r#"
-- content/executives/01-clerk.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "political"
+++
"#,
    good: r#"
-- content/executives/01-clerk.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
+++
"#,
};

/// How positions of the political side start (พ.ร.บ. เทศบาล พ.ศ. 2496, พ.ร.บ. สภาตำบลและ อบต. พ.ศ. 2537).
const POLITICAL: [&str; 4] = ["นายก", "รองนายก", "เลขานุการนายก", "ที่ปรึกษานายก"];

/// How positions of permanent officials start.
const PERMANENT: [&str; 6] = ["ปลัด", "รองปลัด", "ผู้อำนวยการ", "หัวหน้าสำนัก", "หัวหน้าฝ่าย", "หัวหน้าส่วน"];

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    if !site.config.agency.kind.is_local() {
        return;
    }
    for (_, executive) in site.all::<Executive>() {
        let position = executive.position.value.as_str();
        let starts = |words: &[&str]| words.iter().any(|word| position.starts_with(word));
        let (is_wrong, right) = match executive.group {
            Group::Political => (starts(&PERMANENT), Group::Permanent),
            Group::Permanent => (starts(&POLITICAL), Group::Political),
        };
        // Who acts for the other side stands with either.
        if is_wrong && !ACTING.iter().any(|word| position.contains(word)) {
            let (word, group) = (executive.group.word(), right.word());
            let label = labels::word(word).unwrap_or(Text { th: word, en: word });
            let (th, en) = (label.th, label.en);
            let message = text!(th: "{position} ไม่ใช่{th}", en: "{position} is not of the {en} side");
            let problem = RULE.at(executive.position.span.clone(), message);
            let problem = problem.help(text!(th: "พิมพ์ group = \"{group}\"", en: "type group = \"{group}\""));
            diagnostics.push(site.costing("executives", problem));
        }
    }
}
