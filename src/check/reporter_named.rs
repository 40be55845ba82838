//! `reporter-named` (P912)

use super::private::{self, Words};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text};
use crate::site::Site;
use crate::thai::personal::Kind;

pub(crate) static RULE: Rule = Rule {
    code: "P912",
    name: "reporter-named",
    severity: Severity::Error,
    explanation: Text {
        th: "ข้อความนี้บอกชื่อผู้ร้องเรียนหรือผู้แจ้งเบาะแส ผู้ที่ถูกแจ้งอาจตามไปทำร้าย และจะไม่มีใครกล้าแจ้งอีก กฎหมายให้ปกปิดชื่อไว้เป็นความลับ ให้ใช้คำว่า “ผู้ร้องเรียน” หรือรหัสเรื่องแทนชื่อ ชื่อผู้บริหารของเว็บไซต์นี้ไม่นับ ถ้าเจ้าตัวเปิดเผยเองแล้วและยินยอม ให้เพิ่ม [[privacy]] พร้อม allow และ reason ใน site.toml",
        en: "The text names a person who complained or reported. The accused may take revenge, and nobody will dare to report again; the law keeps the name secret. Write “the complainant” or the number of the case. Names of this site's executives do not count. Where the person went public and agrees, add [[privacy]] with allow and a reason to site.toml.",
    },
    bad: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

ผู้ร้องเรียน นายสมมุติ ตัวอย่าง แจ้งว่าถนนชำรุด
"#,
    good: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

ผู้ร้องเรียนแจ้งว่าถนนชำรุด (เรื่องที่ 12/2566)
"#,
};

/// What is said of it.
const WORDS: Words = Words {
    what: Text { th: "ชื่อผู้ร้องเรียนหรือผู้แจ้งเบาะแส", en: "the name of a person who reported," },
    in_text: Text {
        th: "ลบชื่อออก ใช้คำว่า “ผู้ร้องเรียน” หรือรหัสเรื่องแทน",
        en: "delete the name; write “the complainant” or the number of the case",
    },
    in_file: Text {
        th: "ลบชื่อออกจากไฟล์ต้นฉบับ แล้วส่งออกใหม่ (แถบดำที่วาดทับใน PDF ไม่ได้ลบตัวหนังสือ)",
        en: "delete the name in the original and export the file anew (a black bar drawn in a PDF leaves the text beneath)",
    },
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    private::report(site, Kind::Reporter, &RULE, &WORDS, diagnostics);
}
