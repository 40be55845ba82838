//! `shared-channel` (P901)

use crate::content::channel::Channel;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::site::channels::WHISTLEBLOWER_CHANNEL;

use super::whistleblower;

pub(crate) static RULE: Rule = Rule {
    code: "P901",
    name: "shared-channel",
    severity: Severity::Warning,
    explanation: Text {
        th: "ช่องทางแจ้งเบาะแสใช้ที่อยู่เว็บ อีเมล หรือโทรศัพท์เดียวกับช่องทางร้องเรียนทั่วไป แบบ OIT ขอให้แยกจากกัน เพื่อให้เรื่องทุจริตไปถึงเฉพาะผู้ที่รับผิดชอบและคุ้มครองผู้แจ้ง ใช้แบบฟอร์ม อีเมล หรือหมายเลขของตนเอง เบอร์กลางของหน่วยงานใช้ร่วมได้",
        en: "The channel for reporting corruption shares its address, e-mail or telephone with the one for general complaints. The form asks for a separate one, so that a report reaches only those who answer for it, and the reporter is protected. Give it a form, e-mail or number of its own; the agency's main number may be shared.",
    },
    bad: r#"
-- content/channels/complaint.md --
+++
title = "ร้องเรียนทั่วไป"
kind = "complaint"
url = "https://eservice.example.go.th/complaint"
+++
-- content/channels/report.md --
+++
title = "แจ้งเบาะแสการทุจริต"
kind = "whistleblower"
url = "https://eservice.example.go.th/complaint"
protection = ["เก็บข้อมูลผู้แจ้งเป็นความลับ"]
+++
"#,
    good: r#"
-- content/channels/complaint.md --
+++
title = "ร้องเรียนทั่วไป"
kind = "complaint"
url = "https://eservice.example.go.th/complaint"
+++
-- content/channels/report.md --
+++
title = "แจ้งเบาะแสการทุจริต"
kind = "whistleblower"
url = "https://eservice.example.go.th/corruption"
protection = ["เก็บข้อมูลผู้แจ้งเป็นความลับ"]
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (_, channel) in whistleblower::channels(site) {
        for (_, other) in site.all::<Channel>() {
            for (what, span) in site.shared(channel, other) {
                let (title, th, en) = (&other.title, what.th, what.en);
                let message = text!(
                    th: "{th}เดียวกับช่องทาง “{title}” ผู้แจ้งเบาะแสต้องมีช่องทางแยก",
                    en: "the channel “{title}” has the same {en}; reports of corruption need their own"
                );
                let help = text!(th: "ใช้{th}ที่มีไว้รับเรื่องทุจริตโดยเฉพาะ", en: "give it its own {en}");
                diagnostics.push(site.costing(WHISTLEBLOWER_CHANNEL, RULE.at(span, message).help(help)));
            }
        }
    }
}
