//! What authors say of requirements in their disclosures: `[[covers]]`, `[[not_applicable]]`, `none = true`.

use std::collections::BTreeMap;

use super::Site;
use super::coverage::{Coverage, Evidence, Gap};
use super::url;
use crate::catalog::{Item, Requirement};
use crate::content::disclosure::{Covers, Disclosure, NotApplicable};
use crate::diagnostic::{Text, text};
use crate::parse::Document;

/// The disclosures of the site's fiscal year, by requirement and by topic.
#[derive(Default)]
pub(super) struct Declarations<'a> {
    covers: BTreeMap<&'a str, Vec<(&'a Document, &'a Covers)>>,
    not_applicable: BTreeMap<&'a str, (&'a Document, &'a NotApplicable)>,
    topics: BTreeMap<&'a str, Vec<(&'a Document, &'a Disclosure)>>,
}

impl<'a> Declarations<'a> {
    pub(super) fn of(site: &'a Site) -> Declarations<'a> {
        let mut declarations = Declarations::default();
        let year = Some(site.fiscal_year());
        for (document, disclosure) in site.all::<Disclosure>().filter(|(document, _)| document.year == year) {
            for covers in &disclosure.covers {
                declarations.covers.entry(&covers.requirement.value.0).or_default().push((document, covers));
            }
            for row in &disclosure.not_applicable {
                declarations.not_applicable.entry(&row.requirement.value.0).or_insert((document, row));
            }
            declarations.topics.entry(disclosure.topic(&document.slug)).or_default().push((document, disclosure));
        }
        declarations
    }

    /// What is said about a requirement, on whatever page.
    pub(super) fn about(&self, requirement: &Requirement) -> Option<Coverage> {
        let id = requirement.id.as_str();
        let covers = self.covers.get(id);
        if let (Some((_, row)), Some(_)) = (self.not_applicable.get(id), covers) {
            let what = text!(
                th: "บอกไว้ทั้งว่ามีคำตอบและว่าไม่เกี่ยวข้อง",
                en: "it is said both to be answered and not to apply"
            );
            let gap = Gap::part(&row.requirement.span, what).typed("[[covers]] / [[not_applicable]]");
            return Some(Coverage::Missing(vec![gap]));
        }
        if let Some((document, row)) = self.not_applicable.get(id) {
            let reason = Text { th: row.reason.clone(), en: row.reason.clone() };
            return Some(Coverage::NotApplicable(reason, Evidence::of(document)));
        }
        let covers = covers?;
        let empty = covers.iter().filter(|(document, covers)| is_empty(document, covers));
        let gaps: Vec<Gap> = empty
            .map(|(_, covers)| {
                let span = covers.at.as_ref().map_or(&covers.requirement.span, |at| &at.span);
                Gap::part(span, text!(th: "ที่ที่ชี้ไว้ไม่มีข้อความ", en: "the place pointed at says nothing"))
            })
            .collect();
        if !gaps.is_empty() {
            return Some(Coverage::Missing(gaps));
        }
        Some(Coverage::Declared(covers.iter().map(|(document, covers)| place(document, covers)).collect()))
    }

    /// Nothing is said about a requirement of this item but, perhaps, that there is nothing to say.
    pub(super) fn silent(&self, item: &Item, gap: Gap) -> Coverage {
        match self.topic(&item.topic) {
            Some((document, disclosure)) if disclosure.none && !item.may_be_none => {
                let what = text!(
                    th: "ประกาศว่าไม่มี แต่ข้อนี้ในแบบไม่มีกรณีที่ตอบว่าไม่มี",
                    en: "it is said that there is none, but the form has no such case for this item"
                );
                Coverage::Missing(vec![Gap::part(&document.end, what).typed("none = true")])
            }
            Some((document, disclosure)) if disclosure.none => {
                let reason = text!(
                    th: "หน่วยงานประกาศในหน้านี้ว่าไม่มีเรื่องให้เปิดเผยในปีนี้",
                    en: "the agency says on this page that the year has nothing to disclose"
                );
                Coverage::NotApplicable(reason, Evidence::of(document))
            }
            _ => Coverage::Missing(vec![gap]),
        }
    }

    /// The disclosure of a topic.
    pub(super) fn topic(&self, topic: &str) -> Option<(&'a Document, &'a Disclosure)> {
        self.topics.get(topic)?.first().copied()
    }
}

/// Whether the place that an author points at is a heading without a text, or a page without anything.
fn is_empty(document: &Document, covers: &Covers) -> bool {
    match (&covers.file, &covers.at) {
        (Some(_), _) => false,
        (None, Some(at)) => document.body.empty_anchors.iter().any(|id| id == at.value.trim_start_matches('#')),
        (None, None) => document.body.is_empty() && document.files.is_empty(),
    }
}

fn place(document: &Document, covers: &Covers) -> Evidence {
    if let Some(path) = covers.file.as_ref().and_then(|file| url::asset(document, &file.value)) {
        let page = covers.page.map(|page| format!("#page={page}")).unwrap_or_default();
        return Evidence {
            url: format!("{}{page}", url::link_to_asset(&path)),
            page: covers.page.map(std::num::NonZeroU32::get),
        };
    }
    let page = Evidence::of(document);
    match &covers.at {
        Some(at) => Evidence { url: format!("{}#{}", page.url, at.value.trim_start_matches('#')), page: None },
        None => page,
    }
}
