//! `moved-link` (P216)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P216",
    name: "moved-link",
    severity: Severity::Warning,
    explanation: Text {
        th: "หน้าปลายทางของลิงก์ย้ายที่ถาวรแล้ว ตอนนี้ยังส่งต่อให้ แต่เมื่อเว็บปลายทางเลิกส่งต่อ ลิงก์จะเสีย ให้แก้เป็นที่อยู่ใหม่ ตรวจเมื่อสั่ง prongsai check --external เท่านั้น",
        en: "The page has moved for good. Its host still redirects; the day it stops, the link is dead. Type the new address. Asked only by prongsai check --external.",
    },
    // No content leads here: it takes another host's answer. `tests/suite/net.rs` plays those.
    bad: "",
    good: "",
};

/// A link to `url`, which is now at `to`.
pub(crate) fn report(url: &str, to: &str, span: &Span, diagnostics: &mut Diagnostics) {
    let message = text!(th: "หน้า {url} ย้ายถาวรแล้ว", en: "the page {url} has moved for good");
    let help = text!(
        th: "เปิดดูว่าเป็นหน้าเดิม แล้วแก้เป็น {to}",
        en: "see whether it is the same page, then type {to}"
    );
    diagnostics.push(RULE.at(span.clone(), message).help(help));
}
