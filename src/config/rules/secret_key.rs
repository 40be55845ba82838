//! `secret-key` (P706)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::fields::Mismatch;

pub(crate) static RULE: Rule = Rule {
    code: "P706",
    name: "secret-key",
    severity: Severity::Error,
    explanation: Text {
        th: "กุญแจลับ (AGE-SECRET-KEY-…) เปิดอ่านเรื่องที่ประชาชนปิดผนึกไว้ได้ทุกเรื่อง ต้องอยู่กับผู้ตรวจสอบเท่านั้น กุญแจที่เคยอยู่ในโฟลเดอร์ของเว็บไซต์อาจถูกสำรองหรือส่งต่อไปแล้ว จึงต้องสร้างใหม่ ใน site.toml ใส่เฉพาะกุญแจสาธารณะที่ขึ้นต้นด้วย age1",
        en: "A secret key (AGE-SECRET-KEY-…) opens every report that citizens sealed for it, so only the inspector may have it. One that has been in the site folder may have been copied or handed on already: make a new one. The settings have public keys only, which start with age1.",
    },
    bad: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[sealed]
recipients = ["AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQEXAMPLE"]
"#,
    good: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[sealed]
recipients = ["age168k6z9mfga796lwg7y9q25q4rxdnrkeg2m3fzp0a04ha6qfh95aqkeq28m"]
"#,
};

/// A secret key in place of a public one.
pub(crate) fn mismatch() -> Mismatch {
    let (message, help) = words();
    Mismatch::Value(&RULE, message, Some(help))
}

/// A secret key anywhere else.
pub(crate) fn report(span: Span, diagnostics: &mut Diagnostics) {
    let (message, help) = words();
    diagnostics.push(RULE.at(span, message).help(help));
}

fn words() -> (Text, Text) {
    let message = text!(th: "นี่คือกุญแจลับ ห้ามอยู่ในโฟลเดอร์ของเว็บไซต์", en: "this is a secret key, which may not be in the site folder");
    let help = text!(
        th: "ลบออก เลิกใช้กุญแจนี้ สร้างใหม่ด้วย prongsai keys new แล้วใส่เฉพาะบรรทัดที่ขึ้นต้นด้วย age1",
        en: "delete it and stop using this key; make a new one with prongsai keys new and paste only the line that starts with age1"
    );
    (message, help)
}
