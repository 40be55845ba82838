//! `windows-name` (P224)

use std::collections::HashSet;

use super::published;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P224",
    name: "windows-name",
    severity: Severity::Warning,
    explanation: Text {
        th: "Windows ไม่รับชื่อไฟล์นี้ เพราะมีเครื่องหมาย < > : \" | ? * หรือลงท้ายด้วยจุดหรือช่องว่าง หรือเป็นชื่อที่สงวนไว้ เช่น con, aux, nul, com1 เว็บไซต์จะสร้างหรือย้ายไปไว้บน Windows ไม่ได้ และผู้ที่ดาวน์โหลดไปเก็บไว้จะได้ชื่ออื่น",
        en: "Windows does not take this name: it has one of < > : \" | ? *, ends in a dot or a space, or is reserved, such as con, aux, nul, com1. The site can neither be built nor hosted there, and who downloads the file gets another name.",
    },
    bad: r#"
-- content/news/plan.md --
+++
title = "แผนดำเนินงาน"
date = "20 เมษายน 2566"

[[attachment]]
file = "แผน: ไตรมาส 1.pdf"
title = "แผนดำเนินงาน"
+++
-- content/news/แผน: ไตรมาส 1.pdf (pdf) --
"#,
    good: r#"
-- content/news/plan.md --
+++
title = "แผนดำเนินงาน"
date = "20 เมษายน 2566"

[[attachment]]
file = "แผน ไตรมาส 1.pdf"
title = "แผนดำเนินงาน"
+++
-- content/news/แผน ไตรมาส 1.pdf (pdf) --
"#,
};

/// Signs that no name on Windows has ("Naming Files, Paths, and Namespaces").
const SIGNS: [char; 7] = ['<', '>', ':', '"', '|', '?', '*'];

/// Names of devices, with any extension; `com` and `lpt` have a digit after them.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
const NUMBERED: [&str; 2] = ["com", "lpt"];

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut told = HashSet::new();
    for (place, owner) in published::places(site) {
        let Some(name) = published::names(&place).find(|name| is_refused(name)) else { continue };
        // A portrait is four files of one document.
        if !told.insert(owner) {
            continue;
        }
        let message = text!(th: "Windows ไม่รับชื่อ `{name}`", en: "Windows does not take the name `{name}`");
        let help = text!(
            th: "เปลี่ยนชื่อโดยใช้ตัวอักษร ตัวเลข และขีด แล้วแก้ชื่อในเอกสารที่อ้างถึง",
            en: "rename it with letters, digits and hyphens, and correct it in the documents that use it"
        );
        diagnostics.push(RULE.at(Span::file(owner), message).help(help));
    }
}

fn is_refused(name: &str) -> bool {
    let device = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let is_number = |rest: &str| matches!(rest, "¹" | "²" | "³") || rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit());
    let is_numbered = |word: &&str| device.strip_prefix(*word).is_some_and(is_number);
    let is_device = DEVICES.contains(&device.as_str()) || NUMBERED.iter().any(is_numbered);
    is_device || name.ends_with(['.', ' ']) || name.contains(SIGNS) || name.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::is_refused;

    #[test]
    fn what_windows_takes() {
        for name in ["con", "CON.pdf", "nul.tar.gz", "com1", "LPT9.txt", "com².pdf", "a.", "a ", "a:b", "a?.pdf", "a\tb"] {
            assert!(is_refused(name), "{name}");
        }
        for name in ["contact", "com", "com10", "console.pdf", "แผน 1.pdf", ".htaccess", "a.b", "aux-2.pdf"] {
            assert!(!is_refused(name), "{name}");
        }
    }
}
