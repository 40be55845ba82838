//! `private-email` (P909)

use super::private::{self, Words};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text};
use crate::site::Site;
use crate::thai::personal::Kind;

pub(crate) static RULE: Rule = Rule {
    code: "P909",
    name: "private-email",
    severity: Severity::Warning,
    explanation: Text {
        th: "อีเมลของผู้ให้บริการฟรี เช่น gmail.com เป็นของบุคคล ไม่ใช่ของหน่วยงาน เมื่อเจ้าของย้ายไป เรื่องที่ประชาชนส่งมาก็หายไปด้วย ใช้อีเมลของหน่วยงาน (เช่น @….go.th) อีเมลที่อยู่ในช่อง email ของหน่วยงาน ผู้บริหาร หรือช่องทางติดต่อถือว่าเปิดเผยแล้ว พิมพ์ที่ใดก็ได้ ถ้าอีเมลอื่นเผยแพร่ได้ ให้เพิ่ม [[privacy]] พร้อม allow และ reason ใน site.toml",
        en: "An address at a host of free mail such as gmail.com is a person's, not the agency's: when the person moves, what citizens wrote goes along. Use one of the agency (such as @….go.th). Addresses in a field email, of the agency, an executive or a channel, are public and may stand anywhere. Where another may be published, add [[privacy]] with allow and a reason to site.toml.",
    },
    bad: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

ส่งเอกสารที่ sommut.tuayang@gmail.com
"#,
    good: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

ส่งเอกสารที่ saraban@example.go.th
"#,
};

/// What is said of it.
const WORDS: Words = Words {
    what: Text { th: "อีเมลส่วนตัว", en: "a private e-mail address" },
    in_text: Text {
        th: "ใช้อีเมลของหน่วยงาน ถ้าเผยแพร่ได้จริง ให้เพิ่ม [[privacy]] พร้อม reason ใน site.toml",
        en: "use an address of the agency; if it may be published, add [[privacy]] with a reason to site.toml",
    },
    in_file: Text {
        th: "ลบหรือปิดทับข้อมูลในไฟล์ต้นฉบับ แล้วส่งออกใหม่ (แถบดำที่วาดทับใน PDF ไม่ได้ลบตัวหนังสือ) ถ้าเผยแพร่ได้จริง ให้เพิ่ม [[privacy]] พร้อม reason ใน site.toml",
        en: "delete it in the original and export the file anew (a black bar drawn in a PDF leaves the text beneath); if it may be published, add [[privacy]] with a reason to site.toml",
    },
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    private::report(site, Kind::Email, &RULE, &WORDS, diagnostics);
}
