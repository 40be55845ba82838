//! `measure-number` (P208)

use std::collections::{BTreeMap, BTreeSet};

use crate::content::measure::Measure;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P208",
    name: "measure-number",
    severity: Severity::Error,
    explanation: Text {
        th: "เลขหน้าชื่อไฟล์คือเลขมาตรการ รายงานความก้าวหน้าอ้างถึงเลขนี้ จึงต้องมีทุกไฟล์และไม่ซ้ำกันในปีเดียวกัน",
        en: "The number in front of the file name is the measure's own; progress reports refer to it. Every measure of a year has one, and no two the same.",
    },
    bad: r#"
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
+++
-- content/measures/2566/1-power.md --
+++
title = "มาตรการด้านการใช้อำนาจ"
+++
"#,
    good: r#"
-- content/measures/2566/1-budget.md --
+++
title = "มาตรการด้านงบประมาณ"
+++
-- content/measures/2566/2-power.md --
+++
title = "มาตรการด้านการใช้อำนาจ"
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let numbers = site.all::<Measure>().filter_map(|(document, _)| Some((document.year, document.number?)));
    let mut taken: BTreeSet<_> = numbers.collect();
    let mut first_of = BTreeMap::new();
    for (document, _) in site.all::<Measure>() {
        let message = match document.number {
            None => text!(th: "ไฟล์มาตรการไม่มีเลขนำหน้า", en: "the measure has no number in front of its file name"),
            Some(number) => match first_of.get(&(document.year, number)) {
                None => {
                    first_of.insert((document.year, number), document.path.name());
                    continue;
                }
                Some(first) => text!(th: "เลข {number} เป็นของ {first} แล้ว", en: "the number {number} already belongs to {first}"),
            },
        };
        // Inserting says whether the number was free, and keeps it from the next file.
        let free = (1..=u32::MAX).find(|number| taken.insert((document.year, *number))).expect("fewer files than numbers");
        let slug = &document.slug;
        let help = text!(th: "เปลี่ยนชื่อไฟล์เป็น {free}-{slug}.md", en: "rename it to {free}-{slug}.md");
        diagnostics.push(RULE.at(Span::file(&document.path), message).help(help));
    }
}
