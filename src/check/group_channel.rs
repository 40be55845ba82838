//! `group-channel` (P902)

use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::site::channels::WHISTLEBLOWER_CHANNEL;

use crate::site::elsewhere::{Place, place};
use super::whistleblower;

pub(crate) static RULE: Rule = Rule {
    code: "P902",
    name: "group-channel",
    severity: Severity::Warning,
    explanation: Text {
        th: "ช่องทางแจ้งเบาะแสเป็นกลุ่มหรือบัญชี LINE, Facebook หรือแบบฟอร์มในบัญชีของบริษัทอื่น คนอื่นเห็นชื่อบัญชีของผู้แจ้ง สมาชิกอื่นอาจเห็นเรื่อง และหน่วยงานคุ้มครองข้อมูลไม่ได้ แบบ OIT ขอให้เป็นช่องทางออนไลน์ของหน่วยงานเอง ใช้แบบฟอร์มบนเว็บไซต์ของหน่วยงาน หรือโทรศัพท์ ไปรษณีย์ และรับด้วยตนเอง",
        en: "The channel for reporting corruption is a LINE or Facebook group or account, or a form in a company's account: the reporter's own account shows, others may read along, and the agency cannot protect the data. The form asks for an online channel of the agency's own: use a form on the agency's site.",
    },
    bad: r#"
-- content/channels/report.md --
+++
title = "แจ้งเบาะแสการทุจริต"
kind = "whistleblower"
url = "https://line.me/R/ti/g/sample"
protection = ["เก็บข้อมูลผู้แจ้งเป็นความลับ"]
+++
"#,
    good: r#"
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
        let Some(url) = &channel.url else { continue };
        let message = match place(site, &url.value.0) {
            Some(Place::Social) => text!(
                th: "ช่องทางแจ้งเบาะแสเป็นสื่อสังคมออนไลน์ ชื่อบัญชีของผู้แจ้งจะปรากฏ และคนอื่นอาจเห็น",
                en: "reports of corruption go to a social network, where the reporter's account shows and others may read along"
            ),
            Some(Place::Form | Place::Drive) => text!(
                th: "ช่องทางแจ้งเบาะแสอยู่ในบัญชีของบริษัทอื่น ไม่ใช่ของหน่วยงาน",
                en: "reports of corruption go to a company's account, not to the agency"
            ),
            _ => continue,
        };
        let help = text!(
            th: "ใช้แบบฟอร์มบนเว็บไซต์ของหน่วยงาน หรือให้ช่องทางอื่นที่แยกต่างหาก เช่น โทรศัพท์ ไปรษณีย์",
            en: "use a form on the agency's own site, or give telephone, post or a room instead"
        );
        diagnostics.push(site.costing(WHISTLEBLOWER_CHANNEL, RULE.at(url.span.clone(), message).help(help)));
    }
}
