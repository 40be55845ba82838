//! `author-metadata` (P914)

use super::private::{self, Words};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text};
use crate::site::Site;
use crate::thai::personal::Kind;

pub(crate) static RULE: Rule = Rule {
    code: "P914",
    name: "author-metadata",
    severity: Severity::Warning,
    explanation: Text {
        th: "คุณสมบัติของไฟล์บอกชื่อบุคคลที่เขียนหรือแก้ไข ซึ่งมักเป็นชื่อผู้ใช้เครื่อง ไม่ใช่ผู้ลงนาม ประชาชนที่ไม่พอใจเอกสารจึงตามหาเจ้าหน้าที่คนนั้นได้ ชื่อหน่วยงาน ชื่อเครื่อง และชื่อผู้บริหารของเว็บไซต์นี้ไม่นับ ให้ลบ: Word, Excel, PowerPoint ไปที่ ไฟล์ > ข้อมูล > ตรวจหาปัญหา > ตรวจสอบเอกสาร > เอาออกทั้งหมด แล้วบันทึกหรือส่งออกเป็น PDF ใหม่ LibreOffice ไปที่ ไฟล์ > คุณสมบัติ > รีเซ็ตคุณสมบัติ",
        en: "The properties of the file name a person who wrote or changed it, mostly the user of the computer and not who signed, so that anyone who dislikes the paper can find the officer. Names of agencies, of computers and of this site's executives do not count. Remove it: in Word, Excel or PowerPoint File > Info > Check for Issues > Inspect Document > Remove All, then save, or export to PDF anew; in LibreOffice File > Properties > Reset Properties.",
    },
    bad: r#"
-- content/news/notice.md --
+++
title = "ประกาศ"
date = "20 เมษายน 2566"
[[attachment]]
file = "notice.pdf"
title = "ประกาศ"
+++
-- content/news/notice.pdf (signed pdf) --
"#,
    good: r#"
-- content/news/notice.md --
+++
title = "ประกาศ"
date = "20 เมษายน 2566"
[[attachment]]
file = "notice.pdf"
title = "ประกาศ"
+++
-- content/news/notice.pdf (pdf) --
"#,
};

/// What is said of it.
const WORDS: Words = Words {
    what: Text { th: "ชื่อผู้เขียนในคุณสมบัติไฟล์:", en: "its properties name an author," },
    in_text: Text { th: "", en: "" },
    in_file: Text {
        th: "Word: ไฟล์ > ข้อมูล > ตรวจหาปัญหา > ตรวจสอบเอกสาร > เอาออกทั้งหมด แล้วบันทึกหรือส่งออกเป็น PDF ใหม่",
        en: "in Word: File > Info > Check for Issues > Inspect Document > Remove All, then save or export to PDF anew",
    },
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    private::report(site, Kind::Author, &RULE, &WORDS, diagnostics);
}
