//! `scanned-pdf` (P211)

use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::source::PdfFacts;

use super::used;

pub(crate) static RULE: Rule = Rule {
    code: "P211",
    name: "scanned-pdf",
    severity: Severity::Warning,
    explanation: Text {
        th: "PDF นี้มีแต่ภาพ เช่น ภาพสแกน ไม่มีตัวหนังสือ จึงค้นหา คัดลอก หรือให้โปรแกรมอ่านหน้าจออ่านออกเสียงไม่ได้ และอ่านยากบนโทรศัพท์ ให้ส่งออกเป็น PDF จากโปรแกรมพิมพ์เอกสาร ถ้ามีแต่กระดาษให้สแกนแบบรู้จำตัวอักษร (OCR) หรือพิมพ์สาระสำคัญไว้ในหน้าเว็บ",
        en: "The PDF has pictures only, such as scans, and no text: it cannot be searched, copied or read aloud, and is hard to read on a phone. Export it from the word processor; where there is only paper, scan it with text recognition (OCR), or type what matters on the page.",
    },
    bad: r#"
-- content/news/order.md --
+++
title = "คำสั่งแต่งตั้งคณะทำงาน"
date = "20 เมษายน 2566"
[[attachment]]
file = "order.pdf"
title = "คำสั่ง"
+++
-- content/news/order.pdf (scanned pdf) --
"#,
    good: r#"
-- content/news/order.md --
+++
title = "คำสั่งแต่งตั้งคณะทำงาน"
date = "20 เมษายน 2566"
[[attachment]]
file = "order.pdf"
title = "คำสั่ง"
+++
-- content/news/order.pdf (pdf) --
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for file in used::files(site) {
        if !matches!(file.asset.pdf, Some(PdfFacts::Opens { has_text: Some(false), .. })) {
            continue;
        }
        let name = file.path.name();
        let message = text!(th: "{name} มีแต่ภาพ ค้นหาหรืออ่านออกเสียงไม่ได้", en: "{name} has pictures only: it cannot be searched or read aloud");
        let help = text!(
            th: "ส่งออกเป็น PDF จากโปรแกรมพิมพ์เอกสาร สแกนแบบ OCR หรือพิมพ์สาระสำคัญไว้ในหน้านี้",
            en: "export it from the word processor, run text recognition (OCR), or type what matters on the page"
        );
        diagnostics.push(RULE.at(file.span, message).help(help));
    }
}
