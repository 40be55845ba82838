//! `unsearched-file` (P915)

use super::used;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P915",
    name: "unsearched-file",
    severity: Severity::Warning,
    explanation: Text {
        th: "ไฟล์นี้ใหญ่หรือซับซ้อนเกินกว่าที่ระบบตรวจหาข้อมูลส่วนบุคคลได้ทั้งหมด (PDF และ Office ไม่เกิน 64 MB และ 10 วินาที) จึงไม่รู้ว่ามีเลขประจำตัวประชาชนหรือไม่ ให้คนอ่านตรวจก่อนเผยแพร่ หรือแบ่งไฟล์ให้เล็กลง ตรวจแล้วให้เพิ่ม [[privacy]] พร้อม file และ reason ใน site.toml",
        en: "The file is too large or too tangled to be searched for personal data as a whole (PDF and Office files up to 64 MB and for 10 seconds), so nobody knows whether there are numbers of citizens' cards in it. Have somebody read it before it is published, or split it. When that is done add [[privacy]] with file and a reason to site.toml.",
    },
    bad: r#"
-- content/news/notice.md --
+++
title = "ประกาศ"
date = "20 เมษายน 2566"
[[attachment]]
file = "annex.zip"
title = "ประกาศ"
+++
-- content/news/annex.zip (long zip) --
"#,
    good: r#"
-- content/news/notice.md --
+++
title = "ประกาศ"
date = "20 เมษายน 2566"
[[attachment]]
file = "notice.pdf"
title = "ประกาศ"
+++
-- content/news/notice.pdf (pdf) --
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for file in used::published(site) {
        let is_allowed = site.config.privacy.iter().any(|allowance| allowance.is_of_file(&file.path));
        if !file.asset.traces.is_partial() || is_allowed {
            continue;
        }
        let name = file.path.name();
        let message = text!(
            th: "{name} ตรวจหาข้อมูลส่วนบุคคลได้ไม่ครบ เพราะใหญ่หรือซับซ้อนเกินไป",
            en: "{name} was not searched for personal data as a whole: it is too large or too tangled"
        );
        let help = text!(
            th: "ให้คนอ่านตรวจ หรือแบ่งไฟล์ ตรวจแล้วให้เพิ่ม [[privacy]] พร้อม file และ reason ใน site.toml",
            en: "have somebody read it, or split it; then add [[privacy]] with file and a reason to site.toml"
        );
        diagnostics.push(RULE.at(file.span, message).help(help));
    }
}
