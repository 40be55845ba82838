//! `national-id` (P907)

use super::private::{self, Words};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text};
use crate::site::Site;
use crate::thai::personal::Kind;

pub(crate) static RULE: Rule = Rule {
    code: "P907",
    name: "national-id",
    severity: Severity::Error,
    explanation: Text {
        th: "เลขประจำตัวประชาชนเป็นข้อมูลส่วนบุคคล ใครได้ไปก็ใช้สวมรอยเปิดบัญชีหรือกู้เงินได้ หน่วยงานต้องไม่เผยแพร่ (พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล) ระบบหาเลข 13 หลักที่หลักตรวจสอบถูกต้อง ทั้งในข้อความ ในข้อมูลของเอกสาร และในไฟล์ PDF, Office, CSV ที่แนบ เลขที่ขึ้นต้นด้วย 0 เป็นเลขนิติบุคคล จึงไม่นับ รายงานแสดงเพียงสองหลักแรก ภาพสแกนที่ไม่มีตัวหนังสือตรวจไม่ได้ ถ้าเลขใดเผยแพร่ได้จริง ให้เพิ่ม [[privacy]] พร้อม allow หรือ file และ reason ใน site.toml",
        en: "The number of a citizen's card is personal data: whoever has it can open an account or take a loan in another's name. An agency must not publish it (Personal Data Protection Act). Looked for are 13 digits whose checksum is right, in texts, in fields, and in attached PDF, Office and CSV files. Numbers that start with 0 are companies' and do not count. A report shows two digits. Scans without text cannot be searched. Where a number may be published, add [[privacy]] with allow or file and a reason to site.toml.",
    },
    bad: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

นายสมมุติ ตัวอย่าง เลขประจำตัวประชาชน 1-2345-67890-12-1
"#,
    good: r#"
-- content/news/notice.md --
+++
title = "ประกาศผู้ได้รับคัดเลือก"
date = "20 เมษายน 2566"
+++

นายสมมุติ ตัวอย่าง เลขประจำตัวผู้สมัคร 012
"#,
};

/// What is said of it.
const WORDS: Words = Words {
    what: Text { th: "เลขประจำตัวประชาชน", en: "the number of a citizen's card" },
    in_text: Text {
        th: "ลบเลขนี้ออก ใช้เลขลำดับหรือเลขทะเบียนของหน่วยงานแทน",
        en: "delete it; a number of the agency's own does as well",
    },
    in_file: Text {
        th: "ลบเลขออกจากไฟล์ต้นฉบับ แล้วส่งออกใหม่ (แถบดำที่วาดทับใน PDF ไม่ได้ลบตัวหนังสือ)",
        en: "delete it in the original and export the file anew (a black bar drawn in a PDF leaves the text beneath)",
    },
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    private::report(site, Kind::NationalId, &RULE, &WORDS, diagnostics);
}
