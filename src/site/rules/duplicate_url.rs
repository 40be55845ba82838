//! `duplicate-url` (P204)

use std::fmt::Display;

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P204",
    name: "duplicate-url",
    severity: Severity::Error,
    explanation: Text {
        th: "สองไฟล์ต้องการที่อยู่หน้าเว็บเดียวกัน ไฟล์หนึ่งจะหายไปจากเว็บไซต์ ให้เปลี่ยนชื่อไฟล์หนึ่ง ตัวเลขหน้าชื่อไฟล์ไม่นับ เช่น 1-plan.md กับ 2-plan.md ได้ที่อยู่เดียวกัน",
        en: "Two files claim one URL, so one of them would be lost. Rename one. The number in front of a file name does not count: 1-plan.md and 2-plan.md have the same URL.",
    },
    bad: r#"
-- content/news/1-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
-- content/news/2-drill.md --
+++
title = "ซ้อมแผนดับเพลิง"
date = "21 เมษายน 2566"
+++
"#,
    good: r#"
-- content/news/1-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
-- content/news/2-fire-drill.md --
+++
title = "ซ้อมแผนดับเพลิง"
date = "21 เมษายน 2566"
+++
"#,
};

/// `path` wants a URL that `first` has, or a page that every site has.
pub(crate) fn report(path: &SourcePath, url: &impl Display, first: Option<&SourcePath>, diagnostics: &mut Diagnostics) {
    let message = match first {
        Some(first) => text!(th: "ที่อยู่ {url} เป็นของ {first} แล้ว", en: "the URL {url} already belongs to {first}"),
        None => text!(th: "ที่อยู่ {url} เป็นของหน้าที่ระบบสร้าง", en: "the URL {url} belongs to a page that every site has"),
    };
    let help = match first {
        Some(_) => text!(th: "เปลี่ยนชื่อไฟล์นี้ หรือรวมเป็นไฟล์เดียว", en: "rename this file, or make one file of both"),
        None => text!(th: "เปลี่ยนชื่อไฟล์นี้", en: "rename this file"),
    };
    diagnostics.push(RULE.at(Span::file(path), message).help(help));
}

/// `path` has the name that `first` has on a page that shows both.
pub(crate) fn report_name(path: &SourcePath, slug: &str, first: &SourcePath, diagnostics: &mut Diagnostics) {
    let name = path.name();
    let message = text!(
        th: "ชื่อ `{slug}` เป็นของ {first} แล้ว เลขหน้าชื่อไฟล์ไม่นับ",
        en: "the name `{slug}` already belongs to {first}; the number in front does not count"
    );
    let help = text!(th: "เปลี่ยนชื่อหลังเลขของ {name} ไม่ให้ซ้ำ", en: "rename {name} so that what follows the number differs");
    diagnostics.push(RULE.at(Span::file(path), message).help(help));
}
