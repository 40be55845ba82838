//! `photo-location` (P913)

use super::private::{self, Words};
use crate::diagnostic::{Diagnostics, Rule, Severity, Text};
use crate::site::Site;
use crate::thai::personal::Kind;

pub(crate) static RULE: Rule = Rule {
    code: "P913",
    name: "photo-location",
    severity: Severity::Warning,
    explanation: Text {
        th: "กล้องหรือโทรศัพท์บันทึกพิกัดที่ถ่ายไว้ในภาพ ภาพที่ถ่ายที่บ้านของผู้ร้องเรียนหรือผู้รับความช่วยเหลือจึงบอกที่อยู่ของเขา รวมภาพที่อยู่ในไฟล์ PDF และ Office ด้วย ภาพผู้บริหารไม่ต้องทำอะไร ระบบทำใหม่โดยไม่มีพิกัด ส่วนภาพอื่นเผยแพร่ตามไฟล์เดิม ให้ลบพิกัด: Windows คลิกขวาที่ไฟล์ > คุณสมบัติ > รายละเอียด > ลบคุณสมบัติและข้อมูลส่วนบุคคล หรือส่งภาพผ่านโปรแกรมแก้ไขภาพแล้วบันทึกโดยไม่เก็บข้อมูลตำแหน่ง",
        en: "A camera or telephone notes in the picture where it was taken, so a photo from the home of a complainant tells where that is; this includes pictures inside PDF and Office files. Portraits of executives are made anew without it, other pictures are published as they are. Remove it: on Windows right-click the file > Properties > Details > Remove Properties and Personal Information; or save it from an image editor without location data.",
    },
    bad: r#"
-- content/news/visit.md --
+++
title = "ลงพื้นที่เยี่ยมบ้าน"
date = "20 เมษายน 2566"
+++

![เยี่ยมบ้าน](visit.jpg)
-- content/news/visit.jpg (located jpg) --
"#,
    good: r#"
-- content/news/visit.md --
+++
title = "ลงพื้นที่เยี่ยมบ้าน"
date = "20 เมษายน 2566"
+++

![เยี่ยมบ้าน](visit.png)
-- content/news/visit.png (png) --
"#,
};

/// What is said of it.
const WORDS: Words = Words {
    what: Text { th: "พิกัดของที่ที่ถ่ายภาพ", en: "the place where a picture was taken (GPS)" },
    in_text: Text { th: "", en: "" },
    in_file: Text {
        th: "Windows: คลิกขวาที่ไฟล์ภาพ > คุณสมบัติ > รายละเอียด > ลบคุณสมบัติและข้อมูลส่วนบุคคล ใน Word หรือ PDF ให้ใส่ภาพที่ลบพิกัดแล้วและส่งออกใหม่",
        en: "on Windows right-click the picture > Properties > Details > Remove Properties and Personal Information; in Word or PDF put in the cleaned picture and export anew",
    },
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    private::report(site, Kind::Location, &RULE, &WORDS, diagnostics);
}
