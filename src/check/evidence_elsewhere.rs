//! `evidence-elsewhere` (P213)

use std::collections::BTreeMap;

use crate::catalog::RequirementKind;
use crate::content::Content;
use crate::content::channel::{Channel, ChannelKind};
use crate::content::submission::Submission;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Severity, Span, Text, text};
use crate::parse::Document;
use crate::site::Site;
use crate::site::elsewhere::{Place, place};

pub(crate) static RULE: Rule = Rule {
    code: "P213",
    name: "evidence-elsewhere",
    severity: Severity::Warning,
    explanation: Text {
        th: "ลิงก์พาออกไปยังที่ซึ่งหน่วยงานไม่ได้ดูแลเอง เช่น Google Drive, Facebook, ลิงก์ย่อ หรือเครื่องภายใน แบบ OIT ให้เปิดเผยบนเว็บไซต์หลักของหน่วยงาน และผู้ประเมินดูสิ่งที่อยู่ปลายลิงก์ที่ส่งไว้ ไม่มีข้อห้ามเป็นลายลักษณ์อักษร แต่เสี่ยงว่าจะเปิดไม่ได้ ต้องเข้าสู่ระบบ ถูกย้าย หรือหายไป ให้วางไฟล์ไว้ข้างเอกสาร หรือพิมพ์สาระสำคัญไว้ในหน้านี้",
        en: "The link leads to a place that is not the agency's own: a cloud drive, Facebook, a shortened link, a machine inside the office. The form asks for disclosure on the agency's main website, and the assessor looks at what is at the link that was handed in. Nothing official forbids it, but such a place may ask to sign in, move or disappear. Put the file beside the document, or type what matters on the page.",
    },
    bad: r#"
-- content/news/plan.md --
+++
title = "แผนดำเนินงาน"
date = "20 เมษายน 2566"
+++

ดาวน์โหลด[แผนดำเนินงาน](https://bit.ly/3plan66)
"#,
    good: r#"
-- content/news/plan.md --
+++
title = "แผนดำเนินงาน"
date = "20 เมษายน 2566"
+++

ดาวน์โหลด[แผนดำเนินงาน](plan.pdf)
-- content/news/plan.pdf (pdf) --
"#,
};

/// Folders whose documents answer the form.
const EVIDENCE: [&str; 4] = ["disclosures", "progress", "measures", "analysis"];

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for document in &site.documents {
        let is_evidence = EVIDENCE.contains(&document.folder.name);
        let links = document.body.links.iter().filter(|link| !link.is_picture);
        let places = links.filter_map(|link| Some((place(site, &link.target)?, &link.span)));
        let allowed = |place: Place| is_wrong(place, is_evidence) && !(place == Place::Social && is_about_social(site, document));
        report(places.filter(|(place, _)| allowed(*place)), diagnostics);
    }
    for (_, channel) in site.all::<Channel>() {
        let place = channel.url.as_ref().and_then(|url| Some((place(site, &url.value.0)?, &url.span)));
        report(place.into_iter().filter(|(place, _)| is_wrong(*place, false)), diagnostics);
    }
    for (_, submission) in site.all::<Submission>() {
        let places = submission.answers.iter().filter_map(|answer| Some((place(site, &answer.url.value)?, &answer.url.span)));
        report(places, diagnostics);
    }
}

/// Whether a link there is a risk; drives and social networks only where the document answers the form.
fn is_wrong(place: Place, is_evidence: bool) -> bool {
    match place {
        Place::Drive | Place::Form | Place::Social => is_evidence,
        Place::Shortener | Place::Staging | Place::Private => true,
    }
}

/// Whether the form itself asks this document for links to social networks, or for a chat where questions are answered.
fn is_about_social(site: &Site, document: &Document) -> bool {
    let Ok(Content::Disclosure(disclosure)) = &document.content else { return false };
    let catalog = document.year.and_then(|year| site.catalogs.of(year));
    let item = catalog.and_then(|catalog| catalog.topic(disclosure.topic(&document.slug)));
    let is_social = |kind: &RequirementKind| {
        matches!(kind, RequirementKind::Channel { channel: ChannelKind::Social | ChannelKind::Question, .. })
    };
    item.is_some_and(|item| item.requirements.iter().any(|requirement| is_social(&requirement.kind)))
}

/// Reports each kind of place once a document, at its first link.
fn report<'a>(places: impl Iterator<Item = (Place, &'a Span)>, diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<Place, (&Span, usize)> = BTreeMap::new();
    for (place, span) in places {
        first.entry(place).or_insert((span, 0)).1 += 1;
    }
    for (place, (span, n_links)) in first {
        diagnostics.push(problem(place, span.clone(), n_links));
    }
}

fn problem(place: Place, span: Span, n_links: usize) -> Diagnostic {
    let message = match place {
        Place::Drive => text!(
            th: "ลิงก์ไปที่เก็บไฟล์ออนไลน์ อาจต้องขอสิทธิ์ ถูกย้าย หรือถูกลบ",
            en: "the link leads to a cloud drive, which may ask to sign in, and where files are moved or deleted"
        ),
        Place::Form => text!(
            th: "ลิงก์ไปแบบฟอร์มหรือเว็บในบัญชีของบริษัทอื่น ซึ่งหายไปพร้อมบัญชีของผู้ทำ",
            en: "the link leads to a form or site in a company's account, which ends with the account of whoever made it"
        ),
        Place::Social => text!(
            th: "ลิงก์ไปสื่อสังคมออนไลน์ ซึ่งอาจต้องเข้าสู่ระบบ และโพสต์เลื่อนหาย",
            en: "the link leads to a social network, which may ask to sign in, and where posts sink"
        ),
        Place::Shortener => text!(
            th: "เป็นลิงก์ย่อ ผู้อ่านไม่รู้ว่าจะไปที่ใด และผู้ให้บริการอาจเลิก",
            en: "this is a shortened link: readers do not see where it leads, and the service may end"
        ),
        Place::Staging => text!(th: "ลิงก์ไปเว็บไซต์ทดสอบ ซึ่งอาจถูกปิด", en: "the link leads to a test site, which may be switched off"),
        Place::Private => text!(
            th: "ลิงก์ไปเครื่องภายใน คนนอกหน่วยงานเปิดไม่ได้",
            en: "the link leads to a machine inside the office, which nobody else reaches"
        ),
    };
    let message = match n_links {
        1 => message,
        n => Text { th: format!("{} ({n} ลิงก์ในเอกสารนี้)", message.th), en: format!("{} ({n} links in this document)", message.en) },
    };
    let help = match place {
        Place::Shortener => text!(th: "ใช้ที่อยู่เต็ม หรือวางไฟล์ไว้ข้างเอกสาร", en: "use the full address, or put the file beside the document"),
        Place::Staging | Place::Private => {
            text!(th: "ใช้ที่อยู่ของเว็บไซต์จริง", en: "use the address of the public site")
        }
        _ => text!(
            th: "วางไฟล์ไว้ข้างเอกสารแล้วลิงก์ด้วยชื่อไฟล์ หรือพิมพ์สาระสำคัญไว้ในหน้านี้",
            en: "put the file beside the document and link it by its name, or type what matters on the page"
        ),
    };
    RULE.at(span, message).help(help)
}
