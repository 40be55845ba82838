//! `statistic-sum` (P816)

use crate::content::disclosure::Disclosure;
use crate::content::rows::{RowField, RowKind};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::fields::labels;
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P816",
    name: "statistic-sum",
    severity: Severity::Warning,
    explanation: Text {
        th: "จำนวนที่แล้วเสร็จกับที่อยู่ระหว่างดำเนินการรวมกันต้องเท่ากับจำนวนทั้งหมด ตัวเลขที่ขัดกันทำให้ผู้ประเมินไม่เชื่อทั้งตาราง",
        en: "What is settled and what is in progress must add up to the whole. Figures that contradict each other make an assessor doubt the table.",
    },
    bad: r#"
-- content/disclosures/2566/complaints.md --
+++
title = "สถิติเรื่องร้องเรียน"

[[statistic]]
name = "เรื่องร้องเรียนการทุจริต"
total = 3
settled = 1
pending = 1
+++
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.5", indicator = 9, title = { th = "การส่งเสริมความโปร่งใส", en = "Transparency" }, confidence = "two" }]

[[item]]
id = "O29"
topic = "complaints"
title = { th = "สถิติเรื่องร้องเรียน", en = "Complaint statistics" }
sub = "9.5"
group = "เรื่องร้องเรียน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O29.1", text = { th = "จำนวนเรื่องทั้งหมด", en = "Number of complaints" }, confidence = "two", kind = "rows", rows = "statistic", fields = ["total"] },
]
"#,
    good: r#"
-- content/disclosures/2566/complaints.md --
+++
title = "สถิติเรื่องร้องเรียน"

[[statistic]]
name = "เรื่องร้องเรียนการทุจริต"
total = 3
settled = 2
pending = 1
+++
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.5", indicator = 9, title = { th = "การส่งเสริมความโปร่งใส", en = "Transparency" }, confidence = "two" }]

[[item]]
id = "O29"
topic = "complaints"
title = { th = "สถิติเรื่องร้องเรียน", en = "Complaint statistics" }
sub = "9.5"
group = "เรื่องร้องเรียน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O29.1", text = { th = "จำนวนเรื่องทั้งหมด", en = "Number of complaints" }, confidence = "two", kind = "rows", rows = "statistic", fields = ["total"] },
]
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let year = Some(site.fiscal_year());
    for (document, disclosure) in site.all::<Disclosure>() {
        for row in disclosure.rows(RowKind::Statistic) {
            for (whole, parts) in SUMS {
                let [first, second] = parts.map(|part| row.count(part));
                let (Some(total), Some(first), Some(second)) = (row.count(whole), first, second) else { continue };
                let (total, first, second) = (u64::from(total), u64::from(first), u64::from(second));
                if total == first + second {
                    continue;
                }
                let (name, sum) = (&row.name.value, first + second);
                let keys = [whole, parts[0], parts[1]].map(RowField::key);
                let [all, a, b] = keys.map(label);
                let (all_th, a_th, b_th) = (all.th, a.th, b.th);
                let (all_en, a_en, b_en) = (all.en, a.en, b.en);
                let message = text!(
                    th: "“{name}”: {a_th} {first} + {b_th} {second} = {sum} แต่{all_th}เป็น {total}",
                    en: "“{name}”: {a_en} {first} + {b_en} {second} = {sum}, but {all_en} is {total}"
                );
                let [all, a, b] = keys;
                let help = text!(th: "ตรวจ {a}, {b} และ {all}", en: "look at {a}, {b} and {all}");
                let problem = RULE.at(row.name.span.clone(), message).help(help);
                let is_ours = document.year == year;
                diagnostics.push(if is_ours { site.costing(disclosure.topic(&document.slug), problem) } else { problem });
            }
        }
    }
}

/// What a column is called.
fn label(key: &'static str) -> Text<&'static str> {
    labels::field("disclosures", &format!("statistic.{key}")).unwrap_or(Text { th: key, en: key })
}

/// Columns that add up to another.
const SUMS: [(RowField, [RowField; 2]); 2] = [
    (RowField::Total, [RowField::Settled, RowField::Pending]),
    (RowField::Total, [RowField::WalkIn, RowField::Online]),
];
