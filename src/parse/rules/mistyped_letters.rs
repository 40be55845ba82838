//! `mistyped-letters` (P501)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;
use crate::thai::repair::{Fault, Found, faults};

pub(crate) static RULE: Rule = Rule {
    code: "P501",
    name: "mistyped-letters",
    severity: Severity::Warning,
    explanation: Text {
        th: "ตัวอักษรไทยบางตัวดูเหมือนถูกแต่พิมพ์ผิด เช่น ํ กับ า แทน ำ หรือ เ สองตัวแทน แ หรือมีอักขระที่มองไม่เห็นติดมาจากการคัดลอก PDF และหน้าเว็บ ผู้อ่านค้นหาคำนั้นไม่พบ โปรแกรมอ่านออกเสียงอ่านผิด หน้าเว็บแสดงตัวที่ถูกให้แล้ว แต่ควรแก้ในไฟล์",
        en: "Some Thai letters look right and are not: ํ and า for ำ, two เ for แ, or letters without width that came with text copied from a PDF or a web page. Nobody finds the word by searching, and screen readers misread it. The pages show the right letters; mend the file too.",
    },
    bad: r#"
-- content/pages/about.md --
+++
title = "อํานาจหน้าที่"
+++

เเผนงานของเทศบาล
"#,
    good: r#"
-- content/pages/about.md --
+++
title = "อำนาจหน้าที่"
+++

แผนงานของเทศบาล
"#,
};

/// Reports each kind of fault once a file, at its first place.
pub(crate) fn check(path: &SourcePath, text: &str, diagnostics: &mut Diagnostics) {
    let found = faults(text);
    for fault in [Fault::SplitSaraAm, Fault::DoubleSaraE, Fault::Invisible] {
        let of_kind: Vec<&Found> = found.iter().filter(|found| found.fault == fault).collect();
        let Some(first) = of_kind.first() else { continue };
        let n = of_kind.len();
        let message = match fault {
            Fault::SplitSaraAm => text!(th: "พิมพ์ ํ กับ า แทน ำ {n} แห่ง", en: "ํ and า typed for ำ: {n} places"),
            Fault::DoubleSaraE => text!(th: "พิมพ์ เ สองตัวแทน แ {n} แห่ง", en: "two เ typed for แ: {n} places"),
            Fault::Invisible => text!(th: "มีอักขระที่มองไม่เห็น {n} แห่ง", en: "letters that cannot be seen: {n} places"),
        };
        let right = first.right;
        let help = match fault {
            Fault::Invisible => text!(th: "ลบคำนี้แล้วพิมพ์ใหม่ ไม่คัดลอก", en: "delete the word and type it anew instead of pasting it"),
            _ => text!(
                th: "ใช้คำสั่งค้นหาและแทนที่ของโปรแกรมแก้ข้อความ พิมพ์ `{right}` แทน",
                en: "find and replace in your editor: type `{right}` instead"
            ),
        };
        let span = around(path, text, first);
        diagnostics.push(RULE.at(span, message).help(help));
    }
}

/// The fault with the letter before it: a mark alone cannot be pointed at.
fn around(path: &SourcePath, text: &str, found: &Found) -> Span {
    let before = text[..found.range.start].chars().next_back().filter(|letter| !letter.is_whitespace());
    Span::range(path, found.range.start - before.map_or(0, char::len_utf8)..found.range.end)
}
