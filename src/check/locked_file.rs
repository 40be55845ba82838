//! `locked-file` (P210)

use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::parse::asset::Signature;
use crate::site::Site;
use crate::source::PdfFacts;

use super::used;

pub(crate) static RULE: Rule = Rule {
    code: "P210",
    name: "locked-file",
    severity: Severity::Error,
    explanation: Text {
        th: "ไฟล์ที่แนบหรือลิงก์ไว้ต้องใช้รหัสผ่านจึงเปิดได้ ประชาชนและผู้ประเมินจึงอ่านไม่ได้ ให้ส่งออกใหม่โดยไม่ตั้งรหัสผ่านสำหรับเปิด การห้ามพิมพ์หรือห้ามแก้ไขโดยไม่ต้องใช้รหัสเปิดไม่เป็นไร",
        en: "A file that is attached or linked opens with a password only, so neither citizens nor assessors can read it. Export it without a password for opening; merely forbidding to print or to change it does no harm.",
    },
    bad: r#"
-- content/news/plan.md --
+++
title = "แผนดำเนินงาน"
date = "20 เมษายน 2566"
[[attachment]]
file = "plan.pdf"
title = "แผนดำเนินงาน"
+++
-- content/news/plan.pdf (locked pdf) --
"#,
    good: r#"
-- content/news/plan.md --
+++
title = "แผนดำเนินงาน"
date = "20 เมษายน 2566"
[[attachment]]
file = "plan.pdf"
title = "แผนดำเนินงาน"
+++
-- content/news/plan.pdf (pdf) --
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for file in used::files(site) {
        let is_office = ["docx", "xlsx", "pptx"].contains(&file.path.extension().as_str());
        let is_locked_office = is_office && file.asset.signature == Signature::Compound;
        if file.asset.pdf != Some(PdfFacts::Locked) && !is_locked_office {
            continue;
        }
        let name = file.path.name();
        let message = text!(th: "{name} ต้องใช้รหัสผ่านจึงเปิดได้", en: "{name} needs a password to open");
        let help = text!(
            th: "บันทึกหรือส่งออกใหม่โดยไม่ตั้งรหัสผ่านสำหรับเปิดไฟล์",
            en: "save or export it without a password for opening"
        );
        diagnostics.push(RULE.at(file.span, message).help(help));
    }
}
