//! `qr-unreadable` (P602)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P602",
    name: "qr-unreadable",
    severity: Severity::Error,
    explanation: Text {
        th: "ระบบอ่าน QR code ที่สร้างขึ้นเองกลับมาไม่ได้ตรงกับลิงก์ จึงไม่เผยแพร่ ส่วนมากเพราะลิงก์ยาวเกินกว่าที่ QR code เก็บได้",
        en: "The build reads back every QR code it makes, and this one does not give the link again, so nothing is published. Most often the link is longer than a QR code can hold.",
    },
    bad: BAD,
    good: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[rules]
survey-url = "ignore"
-- content/surveys/eit-2566.toml --
fiscal_year = 2566
url = "https://itas.nacc.go.th/go/eit/sample"
"#,
};

/// A link longer than the 1,663 bytes of a QR code of level Q (ISO/IEC 18004), which no sentence could show.
const BAD: &str = concat!(
    r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[rules]
survey-url = "ignore"
-- content/surveys/eit-2566.toml --
fiscal_year = 2566
url = "https://itas.nacc.go.th/go/eit/"#,
    "sample?LONG\"\n"
);

/// The code of `url` cannot be made or does not read back.
pub(crate) fn report(url: &Span, problem: &str, diagnostics: &mut Diagnostics) {
    let message = text!(th: "QR code ของลิงก์นี้ใช้ไม่ได้: {problem}", en: "no QR code for this link: {problem}");
    diagnostics.push(RULE.at(url.clone(), message));
}
