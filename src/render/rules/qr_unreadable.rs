//! `qr-unreadable` (P602)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P602",
    name: "qr-unreadable",
    severity: Severity::Error,
    explanation: Text {
        th: "ระบบอ่าน QR code ที่สร้างขึ้นกลับมาแล้วไม่ตรงกับลิงก์ จึงไม่เผยแพร่ เป็นความผิดพลาดของโปรแกรม โปรดแจ้งผู้พัฒนา",
        en: "The build reads back every QR code it makes, and this one does not give the link again, so nothing is published. That is a fault of the program; please report it.",
    },
    // No content leads here: only a survey's address of known length gets a code. `render::qr` tests what raises it.
    bad: "",
    good: "",
};

/// The code of `url` cannot be made or does not read back.
pub(crate) fn report(url: &Span, problem: &str, diagnostics: &mut Diagnostics) {
    let message = text!(th: "QR code ของลิงก์นี้ใช้ไม่ได้: {problem}", en: "no QR code for this link: {problem}");
    diagnostics.push(RULE.at(url.clone(), message));
}
