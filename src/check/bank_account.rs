//! `bank-account` (P910)

use super::private::{self, Words};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text};
use crate::site::Site;
use crate::thai::personal::Kind;

pub(crate) static RULE: Rule = Rule {
    code: "P910",
    name: "bank-account",
    severity: Severity::Warning,
    explanation: Text {
        th: "เลขที่บัญชีธนาคารของบุคคลเป็นข้อมูลส่วนบุคคล พบบ่อยในใบสำคัญรับเงิน สัญญา และรายชื่อผู้รับเงินช่วยเหลือ ให้ปิดก่อนเผยแพร่ บัญชีที่มีชื่อหน่วยงานหรือบริษัทอยู่ข้าง ๆ ไม่นับ ถ้าบัญชีอื่นเผยแพร่ได้ ให้เพิ่ม [[privacy]] พร้อม allow และ reason ใน site.toml",
        en: "The number of a person's bank account is personal data. It slips out in receipts, contracts and lists of those who are paid. Black it out before publishing. Accounts beside the name of an agency or a company do not count. Where another may be published, add [[privacy]] with allow and a reason to site.toml.",
    },
    bad: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

โอนให้นายสมมุติ ตัวอย่าง เลขที่บัญชี 123-4-56789-0 ธนาคารกรุงไทย
"#,
    good: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

ชำระเข้าบัญชี เทศบาลตำบลตัวอย่าง เลขที่บัญชี 123-4-56789-0 ธนาคารกรุงไทย
"#,
};

/// What is said of it.
const WORDS: Words = Words {
    what: Text { th: "เลขที่บัญชีธนาคาร", en: "the number of a bank account" },
    in_text: Text {
        th: "ลบเลขนี้ออก ถ้าเผยแพร่ได้จริง ให้เพิ่ม [[privacy]] พร้อม reason ใน site.toml",
        en: "delete it; if it may be published, add [[privacy]] with a reason to site.toml",
    },
    in_file: Text {
        th: "ลบหรือปิดทับข้อมูลในไฟล์ต้นฉบับ แล้วส่งออกใหม่ (แถบดำที่วาดทับใน PDF ไม่ได้ลบตัวหนังสือ) ถ้าเผยแพร่ได้จริง ให้เพิ่ม [[privacy]] พร้อม reason ใน site.toml",
        en: "delete it in the original and export the file anew (a black bar drawn in a PDF leaves the text beneath); if it may be published, add [[privacy]] with a reason to site.toml",
    },
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    private::report(site, Kind::BankAccount, &RULE, &WORDS, diagnostics);
}
