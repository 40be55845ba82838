//! `no-protection` (P904)

use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::site::channels::WHISTLEBLOWER_CHANNEL;

use super::whistleblower;

pub(crate) static RULE: Rule = Rule {
    code: "P904",
    name: "no-protection",
    severity: Severity::Warning,
    explanation: Text {
        th: "ช่องทางแจ้งเบาะแสไม่บอกว่าผู้แจ้งได้รับการคุ้มครองอย่างไร ผู้ที่รู้เห็นจึงไม่กล้าแจ้ง พิมพ์ protection หนึ่งข้อต่อหนึ่งประโยค เฉพาะสิ่งที่หน่วยงานทำได้จริง",
        en: "The channel for reporting corruption does not say how the reporter is protected, so those who know something do not dare. Type `protection`, a sentence each, of what the agency really does.",
    },
    bad: r#"
-- content/channels/report.md --
+++
title = "แจ้งเบาะแสการทุจริต"
kind = "whistleblower"
phone = "0 4212 3456"
+++
"#,
    good: r#"
-- content/channels/report.md --
+++
title = "แจ้งเบาะแสการทุจริต"
kind = "whistleblower"
phone = "0 4212 3456"
protection = ["เก็บข้อมูลผู้แจ้งเป็นความลับ"]
+++
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (document, _) in whistleblower::channels(site).filter(|(_, channel)| !channel.is_protected()) {
        let message = text!(
            th: "ช่องทางแจ้งเบาะแสไม่บอกว่าคุ้มครองผู้แจ้งอย่างไร",
            en: "the channel for reporting corruption does not say how the reporter is protected"
        );
        let help = text!(
            th: "พิมพ์เช่น protection = [\"เก็บชื่อและข้อมูลติดต่อของผู้แจ้งเป็นความลับ\"]",
            en: "type it like protection = [\"The reporter's name is kept secret\"]"
        );
        diagnostics.push(site.costing(WHISTLEBLOWER_CHANNEL, RULE.at(document.end.clone(), message).help(help)));
    }
}
