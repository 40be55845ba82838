//! `unsafe-link` (P221)

use crate::content::submission::Submission;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::site::Site;
use crate::site::address::is_harmless;

pub(crate) static RULE: Rule = Rule {
    code: "P221",
    name: "unsafe-link",
    severity: Severity::Error,
    explanation: Text {
        th: "ลิงก์ขึ้นต้นด้วยสิ่งที่ไม่ใช่ https:, http:, mailto: หรือ tel: เช่น javascript: ซึ่งสั่งให้เบราว์เซอร์ของผู้อ่านทำงาน file: หรือ C:\\ ซึ่งชี้ไปยังเครื่องของผู้เขียน หรือ // ซึ่งพาไปเว็บไซต์อื่นโดยไม่บอก ลิงก์เช่นนี้ไม่ขึ้นหน้าเว็บ",
        en: "A link starts with something other than https:, http:, mailto: or tel:. It may be javascript:, which makes the reader's browser run a program; file: or C:\\, which is a place on the author's own computer; or //, which leads to another site without saying so. Such a link is never published.",
    },
    bad: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++

ดูรายละเอียดที่ [แผน](javascript:alert)
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++

ดูรายละเอียดที่ [แผน](https://plan.example/)
"#,
};

/// How much of an address is shown, in letters of ASCII.
const MAX_SHOWN: usize = 60;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let links = site.texts().flat_map(|document| &document.body.links).map(|link| (link.target.as_str(), &link.span));
    let answers = site.all::<Submission>().flat_map(|(_, submission)| &submission.answers);
    let answers = answers.map(|answer| (answer.url.value.as_str(), &answer.url.span));
    for (address, span) in links.chain(answers).filter(|(address, _)| !is_harmless(address)) {
        report(address, span, diagnostics);
    }
}

fn report(address: &str, span: &Span, diagnostics: &mut Diagnostics) {
    let shown: String = address.escape_debug().take_while(char::is_ascii).take(MAX_SHOWN).collect();
    let start = address.trim_start().to_ascii_lowercase();
    let (scheme, _) = start.split_once(':').unwrap_or(("", ""));
    let help = if start.starts_with(['/', '\\']) {
        text!(th: "พิมพ์ https:// นำหน้าชื่อเว็บไซต์ หรือ / ตัวเดียวถ้าเป็นหน้าในเว็บไซต์นี้", en: "type https:// before the name of the site, or one / for a page of this one")
    } else if scheme == "file" || scheme.len() == 1 {
        text!(th: "วางไฟล์ไว้ข้างเอกสาร แล้วพิมพ์เฉพาะชื่อไฟล์", en: "put the file beside the document and type its name only")
    } else {
        text!(th: "ใช้ https:, http:, mailto: หรือ tel:", en: "use https:, http:, mailto: or tel:")
    };
    let message = text!(th: "ลิงก์ `{shown}` ไม่ปลอดภัย จึงไม่เผยแพร่", en: "the link `{shown}` is not safe and is not published");
    diagnostics.push(RULE.at(span.clone(), message).help(help));
}
