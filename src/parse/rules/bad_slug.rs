//! `bad-slug` (P116)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P116",
    name: "bad-slug",
    severity: Severity::Error,
    explanation: Text {
        th: "ชื่อไฟล์เป็นส่วนหนึ่งของที่อยู่หน้าเว็บ ซึ่งต้องไม่เปลี่ยนและส่งต่อได้ จึงใช้ได้เฉพาะตัวอักษร ตัวเลข และขีด ไม่มีช่องว่าง จุดสองจุด หรือเครื่องหมายอื่น",
        en: "The file name becomes part of a URL that people pass on, so it has letters, digits and hyphens only: no spaces, double dots or other signs.",
    },
    bad: r#"
-- content/news/flood drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
};

/// Reports a file name that cannot be a URL.
pub(crate) fn check(path: &SourcePath, slug: &str, diagnostics: &mut Diagnostics) {
    if is_good(slug) {
        return;
    }
    let mut better: String = slug.chars().map(|c| if is_sign(c) { c } else { '-' }).collect();
    while better.contains("--") {
        better = better.replace("--", "-");
    }
    let (name, extension) = (path.name(), path.extension());
    let better = better.trim_matches('-');
    let better = if better.is_empty() { "name" } else { better };
    let message = text!(th: "ชื่อไฟล์ `{name}` ใช้เป็นที่อยู่หน้าเว็บไม่ได้", en: "the file name `{name}` cannot be a URL");
    let help = text!(th: "เปลี่ยนชื่อเป็น {better}.{extension}", en: "rename it to {better}.{extension}");
    diagnostics.push(RULE.at(Span::file(path), message).help(help));
}

/// Whether a name can be part of a URL.
pub(crate) fn is_good(slug: &str) -> bool {
    !slug.is_empty() && slug.chars().all(is_sign)
}

fn is_sign(c: char) -> bool {
    c.is_alphanumeric() || ('\u{e01}'..='\u{e5b}').contains(&c) || c == '-' || c == '_'
}

/// The name is not even UTF-8.
pub(crate) fn not_utf8(path: &SourcePath, diagnostics: &mut Diagnostics) {
    let message = text!(th: "ชื่อไฟล์อ่านไม่ได้", en: "the file name cannot be read");
    let help = text!(th: "เปลี่ยนชื่อไฟล์เป็นตัวอักษรอังกฤษหรือไทย", en: "rename the file in English or Thai letters");
    diagnostics.push(RULE.at(Span::file(path), message).help(help));
}
