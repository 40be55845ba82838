//! `long-name` (P223)

use std::collections::HashSet;

use super::published;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P223",
    name: "long-name",
    severity: Severity::Error,
    explanation: Text {
        th: "ชื่อไฟล์หรือโฟลเดอร์ยาวเกิน 255 ไบต์ ซึ่งดิสก์ของเครื่องแม่ข่ายส่วนใหญ่ไม่รับ อักษรไทยตัวละ 3 ไบต์ จึงได้ราว 80 ตัว Windows ยอมให้ยาวกว่านี้ แต่จะอัปโหลดขึ้นเครื่องแม่ข่ายไม่ได้ ชื่อของภาพและบัตรติดต่อของผู้บริหารมาจากชื่อเอกสาร และยาวกว่าเล็กน้อย ให้ตั้งชื่อสั้น ๆ ส่วนชื่อเต็มเขียนไว้ใน title",
        en: "A file or folder has a name of more than 255 bytes, which the disks of most servers do not take. A Thai letter is 3 bytes, so there is room for about 80. Windows allows longer names, but they cannot be uploaded. Portraits and contact cards are named after the document, with a few letters more. Choose a short name; the full one belongs in the title.",
    },
    bad: r#"
-- content/news/plan.md --
+++
title = "แผนปฏิบัติการ"
date = "20 เมษายน 2566"

[[attachment]]
file = "แผนปฏิบัติการป้องกันการทุจริตและส่งเสริมคุณธรรมจริยธรรมของเทศบาลตำบลตัวอย่างประจำปีงบประมาณพุทธศักราชนี้.pdf"
title = "แผนปฏิบัติการ"
+++
-- content/news/แผนปฏิบัติการป้องกันการทุจริตและส่งเสริมคุณธรรมจริยธรรมของเทศบาลตำบลตัวอย่างประจำปีงบประมาณพุทธศักราชนี้.pdf (pdf) --
"#,
    good: r#"
-- content/news/plan.md --
+++
title = "แผนปฏิบัติการ"
date = "20 เมษายน 2566"

[[attachment]]
file = "plan.pdf"
title = "แผนปฏิบัติการ"
+++
-- content/news/plan.pdf (pdf) --
"#,
};

/// Longest name on the file systems of servers (ext4, XFS, ZFS, NTFS by way of Samba), in bytes.
const MAX_NAME_BYTES: usize = 255;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut told = HashSet::new();
    for (place, owner) in published::places(site) {
        let Some(name) = published::names(&place).find(|name| name.len() > MAX_NAME_BYTES) else { continue };
        // A portrait is four files of one document.
        if !told.insert(owner) {
            continue;
        }
        let n_bytes = name.len();
        let message = text!(
            th: "ชื่อ {name} ยาว {n_bytes} ไบต์ เกิน {MAX_NAME_BYTES} ไบต์ เครื่องแม่ข่ายไม่รับ",
            en: "the name {name} has {n_bytes} bytes; servers take {MAX_NAME_BYTES}"
        );
        let help = text!(
            th: "ตั้งชื่อให้สั้นลง (อักษรไทยไม่เกินราว 80 ตัว) แล้วแก้ชื่อในเอกสารที่อ้างถึง",
            en: "choose a shorter name (some 80 Thai letters) and correct it in the documents that use it"
        );
        diagnostics.push(RULE.at(Span::file(owner), message).help(help));
    }
}
