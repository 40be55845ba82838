//! `procedure-differs` (P906)

use crate::content::channel::Channel;
use crate::content::disclosure::Disclosure;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::parse::Document;
use crate::site::Site;
use crate::site::url;

use super::whistleblower;

pub(crate) static RULE: Rule = Rule {
    code: "P906",
    name: "procedure-differs",
    severity: Severity::Warning,
    explanation: Text {
        th: "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตกับช่องทางแจ้งเบาะแสไม่เชื่อมถึงกัน หรือระบุส่วนงานรับผิดชอบไม่ตรงกัน แบบ OIT ขอให้ช่องทางสอดคล้องกับแนวปฏิบัติ ใส่ลิงก์ /report-corruption/ ไว้ในแนวปฏิบัติ และพิมพ์ unit ให้ตรงกันทั้งสองที่",
        en: "The procedure for complaints of corruption and the channel for reporting it do not lead to each other, or name different units. The form asks that they agree: link to /report-corruption/ in the procedure, and type the same `unit` in both.",
    },
    bad: r#"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.5", indicator = 9, title = { th = "การป้องกันการทุจริต", en = "Preventing corruption" }, confidence = "two" }]

[[item]]
id = "O27"
topic = "complaint-procedure"
title = { th = "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริต", en = "Procedure for complaints of corruption" }
sub = "9.5"
group = "การจัดการเรื่องร้องเรียน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O27.1", text = { th = "เป็นคู่มือหรือแนวทาง", en = "It is a manual" }, confidence = "two", kind = "declared" },
]
-- content/disclosures/2566/complaint-procedure.md --
+++
[[covers]]
requirement = "O27.1"
+++

เจ้าหน้าที่รับเรื่องและตอบภายใน 15 วัน
-- content/channels/report.md --
+++
title = "แจ้งเบาะแสการทุจริต"
kind = "whistleblower"
protection = ["เก็บข้อมูลผู้แจ้งเป็นความลับ"]
+++
"#,
    good: r#"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.5", indicator = 9, title = { th = "การป้องกันการทุจริต", en = "Preventing corruption" }, confidence = "two" }]

[[item]]
id = "O27"
topic = "complaint-procedure"
title = { th = "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริต", en = "Procedure for complaints of corruption" }
sub = "9.5"
group = "การจัดการเรื่องร้องเรียน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O27.1", text = { th = "เป็นคู่มือหรือแนวทาง", en = "It is a manual" }, confidence = "two", kind = "declared" },
]
-- content/disclosures/2566/complaint-procedure.md --
+++
[[covers]]
requirement = "O27.1"
+++

แจ้งเรื่องที่[ช่องทางแจ้งเบาะแส](/report-corruption/) เจ้าหน้าที่รับเรื่องและตอบภายใน 15 วัน
-- content/channels/report.md --
+++
title = "แจ้งเบาะแสการทุจริต"
kind = "whistleblower"
protection = ["เก็บข้อมูลผู้แจ้งเป็นความลับ"]
+++
"#,
};

/// Topic of the item that asks for the procedure.
const PROCEDURE: &str = "complaint-procedure";

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let year = Some(site.fiscal_year());
    let Some((channel_document, channel)) = whistleblower::channels(site).next() else { return };
    for (document, disclosure) in site.all::<Disclosure>() {
        if document.year != year || disclosure.topic(&document.slug) != PROCEDURE || document.body.is_empty() {
            continue;
        }
        let is_linked = leads_to(site, document, channel_document)
            || leads_to(site, channel_document, document)
            || leads_to_form(document, channel);
        if !is_linked {
            let message = text!(
                th: "แนวปฏิบัตินี้กับช่องทางแจ้งเบาะแสไม่เชื่อมถึงกัน",
                en: "this procedure and the channel for reporting do not lead to each other"
            );
            let help = text!(th: "ใส่ลิงก์ [ช่องทางแจ้งเบาะแส](/report-corruption/)", en: "add the link [channel](/report-corruption/)");
            diagnostics.push(whistleblower::costs(site, PROCEDURE, RULE.at(document.end.clone(), message).help(help)));
        }
        if let (Some(unit), Some(other)) = (&document.common.unit, &channel_document.common.unit)
            && unit.trim() != other.trim()
        {
            let message = text!(
                th: "แนวปฏิบัติระบุ “{unit}” แต่ช่องทางแจ้งเบาะแสระบุ “{other}”",
                en: "the procedure names “{unit}”, the channel for reporting “{other}”"
            );
            let help = text!(th: "พิมพ์ unit ให้ตรงกันทั้งสองที่", en: "type the same `unit` in both");
            diagnostics.push(whistleblower::costs(site, PROCEDURE, RULE.at(document.end.clone(), message).help(help)));
        }
    }
}

/// Whether a body links to another document: to its file, or to its page with or without the site's address.
fn leads_to(site: &Site, from: &Document, to: &Document) -> bool {
    let page = url::of_document(to).0;
    let base = site.config.base_url.as_str().trim_end_matches('/');
    from.body.links.iter().any(|link| {
        let target = link.target.strip_prefix(base).unwrap_or(&link.target);
        let path = target.split(['#', '?']).next().unwrap_or(target).trim_end_matches("index.html");
        path.trim_end_matches('/') == page.as_str().trim_end_matches('/')
            || url::is_relative(&link.target) && url::linked(from, &link.target).as_ref() == Some(&to.path)
    })
}

/// Whether the procedure links to the channel's own form.
fn leads_to_form(document: &Document, channel: &Channel) -> bool {
    let form = channel.url.as_ref().map(|url| url.value.0.trim_end_matches('/'));
    document.body.links.iter().any(|link| Some(link.target.trim_end_matches('/')) == form)
}
