//! `shared-channel` (P901)

use crate::content::channel::{Channel, ChannelKind};
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::site::Site;

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
            for (what, span) in shared(site, channel, other) {
                let (title, th, en) = (&other.title, what.th, what.en);
                let message = text!(
                    th: "{th}เดียวกับช่องทาง “{title}” ผู้แจ้งเบาะแสต้องมีช่องทางแยก",
                    en: "the channel “{title}” has the same {en}; reports of corruption need their own"
                );
                let help = text!(th: "ใช้{th}ที่มีไว้รับเรื่องทุจริตโดยเฉพาะ", en: "give it its own {en}");
                diagnostics.push(whistleblower::costs(site, whistleblower::TOPIC, RULE.at(span, message).help(help)));
            }
        }
    }
}

/// What two channels share that must be separate. A form must be so from every channel for everybody; e-mail and telephone from
/// the one for complaints, for a small agency has one mailbox and one number for contact.
fn shared(site: &Site, channel: &Channel, other: &Channel) -> Vec<(Text<&'static str>, Span)> {
    let is_complaint = other.kind == ChannelKind::Complaint;
    let mut shared = Vec::new();
    if let (Some(own), Some(url)) = (&channel.url, &other.url)
        && (is_complaint || matches!(other.kind, ChannelKind::Question | ChannelKind::Contact))
        && page(&own.value.0) == page(&url.value.0)
    {
        shared.push((Text { th: "ที่อยู่เว็บ", en: "address" }, own.span.clone()));
    }
    if let (Some(own), Some(email)) = (&channel.email, &other.email)
        && is_complaint
        && own.value.0.eq_ignore_ascii_case(&email.value.0)
    {
        shared.push((Text { th: "อีเมล", en: "e-mail address" }, own.span.clone()));
    }
    let main = site.config.agency.phone.as_ref().map(|phone| phone.tel.as_str());
    if let (Some(own), Some(phone)) = (&channel.phone, &other.phone)
        && is_complaint
        && own.value.tel == phone.value.tel
        // With an extension (ต่อ 12) it may be another desk.
        && own.value.shown == phone.value.shown
        && main != Some(own.value.tel.as_str())
    {
        shared.push((Text { th: "หมายเลขโทรศัพท์", en: "telephone number" }, own.span.clone()));
    }
    shared
}

/// An address without its place on the page and the `/` at its end.
fn page(url: &str) -> &str {
    url.split('#').next().unwrap_or(url).trim_end_matches('/')
}
