//! `identity-demanded` (P903)

use crate::content::channel::Channel;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::parse::Document;
use crate::site::Site;
use crate::site::channels::WHISTLEBLOWER_CHANNEL;

use super::whistleblower;

pub(crate) static RULE: Rule = Rule {
    code: "P903",
    name: "identity-demanded",
    severity: Severity::Warning,
    explanation: Text {
        th: "ช่องทางแจ้งเบาะแสบังคับให้บอกชื่อหรือแนบสำเนาบัตรประชาชน ผู้ที่กลัวผลร้ายจึงไม่แจ้ง และสำเนาบัตรคือข้อมูลส่วนบุคคลที่ต้องเก็บรักษา แบบ OIT ขอให้คุ้มครองข้อมูลผู้แจ้ง ให้รับเรื่องที่ไม่บอกชื่อ (anonymous = true) แล้วขอชื่อเฉพาะผู้ที่ต้องการทราบผล",
        en: "The channel for reporting corruption demands a name or a copy of the identity card, so those who fear for themselves do not report, and the agency must guard the copies. The form asks that the reporter's data be protected: accept reports without a name (anonymous = true), and ask only those who want an answer.",
    },
    bad: r#"
-- content/channels/report.md --
+++
title = "แจ้งเบาะแสการทุจริต"
kind = "whistleblower"
anonymous = false
protection = ["เก็บข้อมูลผู้แจ้งเป็นความลับ"]
+++
"#,
    good: r#"
-- content/channels/report.md --
+++
title = "แจ้งเบาะแสการทุจริต"
kind = "whistleblower"
anonymous = true
protection = ["แจ้งได้โดยไม่ต้องแนบสำเนาบัตรประชาชน"]
+++
"#,
};

/// Phrases that demand who the reporter is, and nothing else; a name that must be given may be that of the accused.
const DEMANDS: [&str; 12] = [
    "แนบสำเนาบัตรประชาชน",
    "แนบสำเนาบัตรประจำตัวประชาชน",
    "พร้อมสำเนาบัตรประชาชน",
    "พร้อมสำเนาบัตรประจำตัวประชาชน",
    "ต้องระบุชื่อผู้ร้อง",
    "ต้องระบุชื่อผู้แจ้ง",
    "ต้องระบุชื่อ-สกุลผู้ร้อง",
    "ต้องระบุชื่อ-สกุลผู้แจ้ง",
    "ไม่รับเรื่องที่ไม่ระบุชื่อ",
    "ไม่รับพิจารณาเรื่องที่ไม่ระบุชื่อ",
    "ไม่รับบัตรสนเท่ห์",
    "ไม่รับพิจารณาบัตรสนเท่ห์",
];

/// Words beside a phrase that may turn it into its opposite or soften it.
const SOFTENERS: [&str; 10] = ["ไม่", "มิ", "ห้าม", "อย่า", "งด", "เว้นแต่", "ยกเว้น", "หาก", "ถ้า", "กรณี"];

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (document, channel) in whistleblower::channels(site) {
        let problem = match channel.anonymous.as_ref().filter(|anonymous| !anonymous.value) {
            Some(anonymous) => {
                RULE.at(anonymous.span.clone(), text!(th: "ช่องทางแจ้งเบาะแสไม่รับเรื่องที่ไม่บอกชื่อ", en: "reports without a name are not accepted"))
            }
            None => match demand(document, channel) {
                Some((phrase, span)) => {
                    RULE.at(span, text!(th: "ช่องทางแจ้งเบาะแสบังคับให้แสดงตัว: “{phrase}”", en: "the channel demands who the reporter is: “{phrase}”"))
                }
                None => continue,
            },
        };
        let help = text!(
            th: "รับเรื่องที่ไม่บอกชื่อ (anonymous = true) และไม่ขอสำเนาบัตรประชาชน",
            en: "accept reports without a name (anonymous = true), and ask for no copy of a card"
        );
        diagnostics.push(site.costing(WHISTLEBLOWER_CHANNEL, problem.help(help)));
    }
}

/// The first phrase that demands who the reporter is.
fn demand(document: &Document, channel: &Channel) -> Option<(&'static str, Span)> {
    let protection = channel.protection.iter().map(|text| (text.value.as_str(), text.span.clone()));
    let steps = channel.steps.iter().map(|step| (step.text.as_str(), document.end.clone()));
    let body = document.body.text().lines().map(|line| (line, document.end.clone()));
    protection.chain(steps).chain(body).find_map(|(text, span)| Some((demanded(text)?, span)))
}

/// The phrase of a line that demands; none when the rest of the line may soften it.
fn demanded(line: &str) -> Option<&'static str> {
    let phrase = DEMANDS.into_iter().find(|phrase| line.contains(phrase))?;
    let rest = line.replace(phrase, " ");
    (!SOFTENERS.iter().any(|word| rest.contains(word))).then_some(phrase)
}

#[cfg(test)]
mod tests {
    use super::demanded;

    #[test]
    fn only_plain_demands_are_found() {
        for line in ["โปรดแนบสำเนาบัตรประชาชน", "ต้องระบุชื่อผู้แจ้งและที่อยู่", "หน่วยงานไม่รับบัตรสนเท่ห์", "ยื่นหนังสือพร้อมสำเนาบัตรประจำตัวประชาชน"] {
            assert!(demanded(line).is_some(), "{line}");
        }
        for line in [
            "ไม่ต้องใช้สำเนาบัตรประชาชน",
            "ไม่ต้องแนบสำเนาบัตรประชาชน",
            "ต้องระบุชื่อผู้ถูกร้องเรียน",
            "ต้องระบุชื่อเจ้าหน้าที่",
            "ไม่รับบัตรสนเท่ห์ เว้นแต่ระบุพยานหลักฐานชัดแจ้ง",
            "แนบสำเนาบัตรประชาชนหรือไม่ก็ได้",
            "ท่านแจ้งเบาะแสได้โดยไม่ต้องบอกชื่อและไม่ต้องแสดงบัตรประชาชน",
            "หากต้องการให้แจ้งผล แนบสำเนาบัตรประชาชน",
        ] {
            assert_eq!(demanded(line), None, "{line}");
        }
    }
}
