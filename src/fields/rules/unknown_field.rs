//! `unknown-field` (P103)

use std::collections::HashMap;

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P103",
    name: "unknown-field",
    severity: Severity::Error,
    explanation: Text {
        th: "ไม่มีข้อมูลชื่อนี้ในแบบของโฟลเดอร์นี้ ส่วนมากพิมพ์ผิด ค่าที่พิมพ์ไว้จึงไม่ขึ้นหน้าเว็บ ให้แก้ชื่อ หรือลบบรรทัดนั้น",
        en: "The folder's content type has no field of this name; most often it is a typing error, and the value would not reach the site. Correct the name or delete the line.",
    },
    bad: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
phnoe = "0 4212 3456"
+++
"#,
    good: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
phone = "0 4212 3456"
+++
"#,
};

/// Reports `key`, which is none of `known`; returns the one it was probably meant to be.
pub(crate) fn report<'a>(key: &str, known: &[&'a str], at: Span, diagnostics: &mut Diagnostics) -> Option<&'a str> {
    let list = known.join(", ");
    let meant = nearest(key, known);
    let help = match meant {
        Some(near) => text!(th: "น่าจะเป็น `{near}`", en: "did you mean `{near}`?"),
        None => text!(th: "ใช้ได้: {list}", en: "known here: {list}"),
    };
    diagnostics.push(RULE.at(at, text!(th: "ไม่รู้จัก `{key}`", en: "unknown field `{key}`")).help(help));
    meant
}

/// What is said of the known field `key` below the line of a table, where it is read as part of that: it belongs above `first`.
pub(crate) fn below_table(key: &str, table: &str, first: &str) -> (Text, Text) {
    let message = text!(th: "`{key}` อยู่ใต้ `{table}` จึงอ่านเป็นส่วนหนึ่งของตารางนั้น", en: "`{key}` is below `{table}`, so it is read as part of that");
    (message, text!(th: "ย้ายบรรทัดนี้ขึ้นไปไว้เหนือ {first} แรก", en: "move this line above the first {first}"))
}

/// The word of `known` that `typed` was probably meant to be.
pub(crate) fn nearest<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let scored = known.iter().map(|word| (strsim::jaro_winkler(&typed, &word.to_lowercase()), *word));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(score, _)| *score > 0.8).map(|(_, word)| word)
}

/// Mistakes for which it is asked what may be meant: a page that moved may leave ten thousand dead links among ten thousand pages.
const MAX_ASKED: usize = 100;

/// What may be meant by texts of which there may be thousands, each asked once.
#[derive(Default)]
pub(crate) struct Meant<'a> {
    /// By what tells one mistake from another.
    asked: HashMap<String, Option<&'a str>>,
}

impl<'a> Meant<'a> {
    /// The known word nearest to `typed`, for as many mistakes `key` as anybody reads.
    pub(crate) fn nearest(&mut self, key: &str, typed: &str, known: impl FnOnce() -> Vec<&'a str>) -> Option<&'a str> {
        if let Some(meant) = self.asked.get(key) {
            return *meant;
        }
        if self.asked.len() == MAX_ASKED {
            return None;
        }
        let meant = nearest(typed, &known());
        self.asked.insert(key.to_owned(), meant);
        meant
    }
}
