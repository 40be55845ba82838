//! `duplicate-executive` (P814)

use std::collections::HashMap;

use crate::content::executive::Executive;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::parse::Document;
use crate::site::Site;
use crate::thai::fold;

pub(crate) static RULE: Rule = Rule {
    code: "P814",
    name: "duplicate-executive",
    severity: Severity::Warning,
    explanation: Text {
        th: "ชื่อเดียวกันอยู่ในสองไฟล์ อาจคัดลอกไฟล์แล้วลืมแก้ชื่อ ผู้บริหารคนหนึ่งจึงหายไปจากหน้า ถ้าเป็นผู้รักษาการ ให้เขียนในตำแหน่งว่ารักษาราชการแทน",
        en: "Two files have the same name. One was probably copied and the name left, so an executive is missing from the page. If the person is acting in the other position, say so in it (รักษาราชการแทน).",
    },
    bad: r#"
-- content/executives/01-mayor.md --
+++
name = "นางสมหญิง ใจดี"
position = "นายกเทศมนตรี"
group = "political"
+++
-- content/executives/02-deputy.md --
+++
name = "นางสมหญิง ใจดี"
position = "รองนายกเทศมนตรี"
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
-- content/executives/02-finance.md --
+++
name = "นางสมหญิง  ใจดี"
position = "ปลัดเทศบาล รักษาราชการแทนผู้อำนวยการกองคลัง"
group = "permanent"
+++
"#,
};

/// Words of a position that one holds beside one's own.
pub(super) const ACTING: [&str; 5] = ["รักษา", "รก.", "ปฏิบัติหน้าที่", "ปฏิบัติราชการแทน", "แทน"];

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let executives: Vec<(&Document, &Executive)> = site.all::<Executive>().collect();
    let is_acting = |executive: &Executive| ACTING.iter().any(|word| executive.position.value.contains(word));
    let mut first_of: HashMap<String, usize> = HashMap::new();
    for (at, (_, executive)) in executives.iter().enumerate() {
        let first = *first_of.entry(fold::name(&executive.name.value)).or_insert(at);
        let (first, other) = executives[first];
        if std::ptr::eq(other, *executive) {
            continue;
        }
        if is_acting(executive) || is_acting(other) {
            continue;
        }
        let (name, path) = (&executive.name.value, &first.path);
        let message = text!(th: "มีชื่อ {name} ซ้ำกัน", en: "{name} is listed twice");
        let help = text!(
            th: "มีอยู่ใน {path} แล้ว แก้ชื่อ ลบไฟล์ที่ซ้ำ หรือเขียนในตำแหน่งว่ารักษาราชการแทน",
            en: "{path} has it already: correct the name, delete one file, or write รักษาราชการแทน in the position"
        );
        let problem = RULE.at(executive.name.span.clone(), message).help(help);
        diagnostics.push(site.costing("executives", problem));
    }
}
