//! `procedure-differs` (P906)

use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Severity, Text, text};
use crate::parse::Document;
use crate::site::Site;
use crate::site::channels::WHISTLEBLOWER_CHANNEL;
use crate::site::channels::Difference;

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

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (channel_document, channel) in whistleblower::channels(site) {
        for document in site.procedures() {
            for difference in site.differences(document, channel_document, channel) {
                let problem = match difference {
                    Difference::NotLinked => not_linked(document),
                    Difference::Unit => other_unit(document, channel_document),
                };
                diagnostics.push(site.costing(WHISTLEBLOWER_CHANNEL, problem));
            }
        }
    }
}

fn not_linked(document: &Document) -> Diagnostic {
    let message = text!(
        th: "แนวปฏิบัตินี้กับช่องทางแจ้งเบาะแสไม่เชื่อมถึงกัน",
        en: "this procedure and the channel for reporting do not lead to each other"
    );
    let help = text!(th: "ใส่ลิงก์ [ช่องทางแจ้งเบาะแส](/report-corruption/)", en: "add the link [channel](/report-corruption/)");
    RULE.at(document.end.clone(), message).help(help)
}

fn other_unit(document: &Document, channel_document: &Document) -> Diagnostic {
    let named = |document: &Document| document.common.unit.as_ref().map(|unit| unit.value.clone()).unwrap_or_default();
    let (unit, other) = (named(document), named(channel_document));
    let message = text!(
        th: "แนวปฏิบัติระบุ “{unit}” แต่ช่องทางแจ้งเบาะแสระบุ “{other}”",
        en: "the procedure names “{unit}”, the channel for reporting “{other}”"
    );
    let help = text!(th: "พิมพ์ unit ให้ตรงกันทั้งสองที่", en: "type the same `unit` in both");
    RULE.at(document.end.clone(), message).help(help)
}
