//! `home-address` (P911)

use super::private::{self, Words};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text};
use crate::site::Site;
use crate::thai::personal::Kind;

pub(crate) static RULE: Rule = Rule {
    code: "P911",
    name: "home-address",
    severity: Severity::Warning,
    explanation: Text {
        th: "ที่อยู่บ้านของบุคคลเป็นข้อมูลส่วนบุคคล พบบ่อยในสัญญา คำสั่ง และประกาศรายชื่อ ให้บอกเพียงตำบลหรืออำเภอ บ้านที่เป็นจุดเริ่มหรือจุดสิ้นสุดของงานก่อสร้าง (“จากบ้านเลขที่ … ถึง …”) ไม่นับ ถ้าที่อยู่ใดเผยแพร่ได้ ให้เพิ่ม [[privacy]] พร้อม file หรือ allow และ reason ใน site.toml",
        en: "Where a person lives is personal data. It slips out in contracts, orders and lists of names. The subdistrict says enough. Houses that a road or a pipe leads from or to do not count. Where an address may be published, add [[privacy]] with file or allow and a reason to site.toml.",
    },
    bad: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

นายสมมุติ ตัวอย่าง อยู่บ้านเลขที่ 12/3 หมู่ 4 ตำบลตัวอย่าง
"#,
    good: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

นายสมมุติ ตัวอย่าง ตำบลตัวอย่าง
"#,
};

/// What is said of it.
const WORDS: Words = Words {
    what: Text { th: "ที่อยู่บ้านของบุคคล", en: "where a person lives:" },
    in_text: Text {
        th: "ลบเลขที่บ้านและหมู่ที่ เหลือเพียงตำบล ถ้าเผยแพร่ได้จริง ให้เพิ่ม [[privacy]] พร้อม reason ใน site.toml",
        en: "delete the numbers of house and village, and keep the subdistrict; if it may be published, add [[privacy]] with a reason to site.toml",
    },
    in_file: Text {
        th: "ลบหรือปิดทับข้อมูลในไฟล์ต้นฉบับ แล้วส่งออกใหม่ (แถบดำที่วาดทับใน PDF ไม่ได้ลบตัวหนังสือ) ถ้าเผยแพร่ได้จริง ให้เพิ่ม [[privacy]] พร้อม reason ใน site.toml",
        en: "delete it in the original and export the file anew (a black bar drawn in a PDF leaves the text beneath); if it may be published, add [[privacy]] with a reason to site.toml",
    },
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    private::report(site, Kind::Address, &RULE, &WORDS, diagnostics);
}
