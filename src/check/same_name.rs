//! `same-name` (P220)

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;

use super::published;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::site::Site;
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P220",
    name: "same-name",
    severity: Severity::Error,
    explanation: Text {
        th: "สองชื่อต่างกันแค่ตัวพิมพ์ใหญ่กับตัวพิมพ์เล็ก หรือต่างกันแค่ลำดับการพิมพ์สระกับวรรณยุกต์ บน Windows และ macOS ถือเป็นชื่อเดียวกัน ไฟล์หนึ่งจะทับอีกไฟล์เมื่อสร้างหรือย้ายเว็บไซต์ไปไว้ที่นั่น ให้เปลี่ยนชื่อไฟล์หนึ่ง",
        en: "Two names differ only in capitals, or in the order in which vowels and tone marks were typed. To Windows and macOS they are one name, so that one file takes the place of the other where the site is built or hosted. Rename one.",
    },
    bad: r#"
-- content/news/plan.md --
+++
title = "แผนดำเนินงาน"
date = "20 เมษายน 2566"

[[attachment]]
file = "plan.pdf"
title = "แผนดำเนินงาน"

[[attachment]]
file = "Plan.pdf"
title = "แผนดำเนินงาน ฉบับแก้ไข"
+++
-- content/news/plan.pdf (pdf) --
-- content/news/Plan.pdf (pdf) --
"#,
    good: r#"
-- content/news/plan.md --
+++
title = "แผนดำเนินงาน"
date = "20 เมษายน 2566"

[[attachment]]
file = "plan.pdf"
title = "แผนดำเนินงาน"

[[attachment]]
file = "plan-2.pdf"
title = "แผนดำเนินงาน ฉบับแก้ไข"
+++
-- content/news/plan.pdf (pdf) --
-- content/news/plan-2.pdf (pdf) --
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let places = published::places(site);
    let mut first: HashMap<String, (&str, &SourcePath)> = HashMap::new();
    // Many places lie in the same folders.
    let mut known_as: HashMap<&str, (&str, &SourcePath)> = HashMap::new();
    for (place, owner) in &places {
        // The folders count too: below one of two that are the same, a link with the other name leads nowhere on a host that tells them apart.
        let ends = place.match_indices('/').map(|(end, _)| end).chain([place.len()]).filter(|end| *end > 0);
        for part in ends.map(|end| &place[..end]) {
            let (known, other) =
                *known_as.entry(part).or_insert_with(|| *first.entry(folded(part)).or_insert((part, owner)));
            if known != part {
                let message = text!(
                    th: "{part} กับ {known} (จาก {other}) เป็นชื่อเดียวกันบน Windows และ macOS",
                    en: "{part} and {known} (of {other}) are one name to Windows and macOS"
                );
                let help = text!(th: "เปลี่ยนชื่อไฟล์หรือโฟลเดอร์หนึ่งให้ต่างกันชัดเจน", en: "rename one of the files or folders");
                diagnostics.push(RULE.at(Span::file(owner), message).help(help));
                break;
            }
        }
    }
}

/// A name as disks compare it that do not tell capitals, nor the order of marks.
fn folded(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { name.nfc().collect::<String>().to_lowercase().nfc().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_marks_does_not_count() {
        let (vowel_first, tone_first) = ("ก\u{e38}\u{e48}ง", "ก\u{e48}\u{e38}ง");
        assert_ne!(vowel_first, tone_first);
        assert_eq!(folded(vowel_first), folded(tone_first));
        assert_eq!(folded("Cafe\u{301}.PDF"), folded("CAF\u{c9}.pdf"));
        assert_ne!(folded("แผน"), folded("แผ่น"));
    }
}
