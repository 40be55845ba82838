//! `explain P103` and `docs/rules.md`: a rule's own words and examples, as Markdown.

use std::fmt::Write as _;

use super::{Lang, Rule, Severity, text};

/// A rule in one language: name, severity, explanation, a bad and a good example.
pub fn rule(rule: &Rule, lang: Lang) -> String {
    let severity = match rule.severity {
        Severity::Error => text!(th: "ข้อผิดพลาด (ไม่เผยแพร่จนกว่าจะแก้)", en: "error (nothing is published until it is fixed)"),
        Severity::Warning => text!(th: "คำเตือน (เผยแพร่ได้)", en: "warning (the site is published)"),
    };
    let words = text!(th: "ระดับ|ตัวอย่างที่ผิด|แก้แล้ว", en: "Severity|Wrong|Right");
    let mut words = words.get(lang).split('|');
    let mut next = || words.next().unwrap_or_default();
    let mut out = String::new();
    let _ = writeln!(out, "## {} `{}`\n", rule.code, rule.name);
    let _ = writeln!(out, "{}: {}\n\n{}\n", next(), severity.get(lang), rule.explanation.get(lang));
    for example in [rule.bad, rule.good].into_iter().filter(|example| !example.is_empty()) {
        let _ = writeln!(out, "{}:\n\n```text\n{}\n```\n", next(), example.trim());
    }
    out
}
