//! `private-phone` (P908)

use super::private::{self, Words};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text};
use crate::site::Site;
use crate::thai::personal::Kind;

pub(crate) static RULE: Rule = Rule {
    code: "P908",
    name: "private-phone",
    severity: Severity::Warning,
    explanation: Text {
        th: "หมายเลขโทรศัพท์มือถือมักเป็นของบุคคล ไม่ใช่ของหน่วยงาน เมื่อเผยแพร่แล้วเรียกคืนไม่ได้ ใช้หมายเลขสำนักงานแทน หมายเลขที่อยู่ในช่อง phone ของหน่วยงาน ผู้บริหาร หรือช่องทางติดต่อถือว่าเปิดเผยแล้ว พิมพ์ที่ใดก็ได้ ถ้าหมายเลขอื่นเผยแพร่ได้ ให้เพิ่ม [[privacy]] พร้อม allow และ reason ใน site.toml",
        en: "A mobile number is mostly a person's, not the agency's, and once published it cannot be taken back. Use a number of the office. Numbers in a field phone, of the agency, an executive or a channel, are public and may stand anywhere. Where another may be published, add [[privacy]] with allow and a reason to site.toml.",
    },
    bad: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

สอบถามนายสมมุติ ตัวอย่าง โทร. 08 1234 5678
"#,
    good: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

สอบถามสำนักปลัดเทศบาล โทร. 0 4212 3456
"#,
};

/// What is said of it.
const WORDS: Words = Words {
    what: Text { th: "หมายเลขมือถือ", en: "a mobile number" },
    in_text: Text {
        th: "ใช้หมายเลขสำนักงาน ถ้าเผยแพร่ได้จริง ให้เพิ่ม [[privacy]] พร้อม reason ใน site.toml",
        en: "use a number of the office; if it may be published, add [[privacy]] with a reason to site.toml",
    },
    in_file: Text {
        th: "ลบหรือปิดทับข้อมูลในไฟล์ต้นฉบับ แล้วส่งออกใหม่ (แถบดำที่วาดทับใน PDF ไม่ได้ลบตัวหนังสือ) ถ้าเผยแพร่ได้จริง ให้เพิ่ม [[privacy]] พร้อม reason ใน site.toml",
        en: "delete it in the original and export the file anew (a black bar drawn in a PDF leaves the text beneath); if it may be published, add [[privacy]] with a reason to site.toml",
    },
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    private::report(site, Kind::Phone, &RULE, &WORDS, diagnostics);
}
