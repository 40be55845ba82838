//! How the channel for reports of corruption stands to the other channels and to the page of the procedure.

use super::{Site, url as place};
use crate::content::channel::{Channel, ChannelKind};
use crate::content::disclosure::Disclosure;
use crate::diagnostic::{Span, Text};
use crate::parse::Document;
use crate::thai::fold;

/// Topic of the channel for reports of corruption.
pub const WHISTLEBLOWER_CHANNEL: &str = "whistleblower-channel";

/// Topic of the page that says how complaints of corruption are handled.
pub const COMPLAINT_PROCEDURE: &str = "complaint-procedure";

/// How a procedure and a channel differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// Neither leads to the other.
    NotLinked,
    /// They name different units.
    Unit,
}

impl Site {
    /// What a channel for reports shares with another that must be separate, and where that is written. A form must be so from
    /// every channel for everybody; e-mail and telephone from the one for complaints, for a small agency has one mailbox and one
    /// number for contact.
    pub fn shared(&self, channel: &Channel, other: &Channel) -> Vec<(Text<&'static str>, Span)> {
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
        let main = self.config.agency.phone.as_ref().map(|phone| phone.tel.as_str());
        if let (Some(own), Some(phone)) = (&channel.phone, &other.phone)
            && is_complaint
            && own.value.tel == phone.value.tel
            // With an extension (ต่อ 12) it may be another desk.
            && digits(&own.value.shown) == digits(&phone.value.shown)
            && main != Some(own.value.tel.as_str())
        {
            shared.push((Text { th: "หมายเลขโทรศัพท์", en: "telephone number" }, own.span.clone()));
        }
        shared
    }

    /// Whether a channel for reports shares something with any other.
    pub(super) fn shares(&self, channel: &Channel) -> bool {
        self.all::<Channel>().any(|(_, other)| !std::ptr::eq(channel, other) && !self.shared(channel, other).is_empty())
    }

    /// The pages of the year that say how complaints of corruption are handled.
    pub fn procedures(&self) -> impl Iterator<Item = &Document> {
        let year = Some(self.fiscal_year());
        let is_procedure = move |document: &Document, disclosure: &Disclosure| {
            document.year == year && disclosure.topic(&document.slug) == COMPLAINT_PROCEDURE && !document.body.is_empty()
        };
        self.all::<Disclosure>()
            .filter(move |(document, disclosure)| is_procedure(document, disclosure))
            .map(|(document, _)| document)
    }

    /// How a page of the procedure differs from a channel for reports.
    pub fn differences(&self, procedure: &Document, document: &Document, channel: &Channel) -> Vec<Difference> {
        let form = channel.url.as_ref().map(|url| page(&url.value.0));
        let leads_to_form = procedure.body.links.iter().any(|link| Some(page(&link.target)) == form);
        let is_linked = self.leads_to(procedure, document) || self.leads_to(document, procedure) || leads_to_form;
        let unit = |document: &'_ Document| document.common.unit.as_ref().map(|unit| unit.value.trim().to_owned());
        let units = (unit(procedure), unit(document));
        // One may name the bureau above it, too.
        let differ = |unit: &str, other: &str| {
            let (unit, other) = (fold::name(unit), fold::name(other));
            !unit.contains(&other) && !other.contains(&unit)
        };
        let mut differences = Vec::new();
        if !is_linked {
            differences.push(Difference::NotLinked);
        }
        if matches!(&units, (Some(unit), Some(other)) if differ(unit, other)) {
            differences.push(Difference::Unit);
        }
        differences
    }

    /// Whether the channel agrees with the procedure; where there is no page of it, whether the channel has steps itself.
    pub(super) fn agrees_with_procedure(&self, document: &Document, channel: &Channel) -> bool {
        let mut pages = self.procedures().peekable();
        if pages.peek().is_none() {
            return !channel.steps.is_empty();
        }
        pages.all(|procedure| self.differences(procedure, document, channel).is_empty())
    }

    /// Whether a body links to another document: to its file, or to its page with or without the site's address.
    fn leads_to(&self, from: &Document, to: &Document) -> bool {
        let there = place::of_document(to).0;
        let base = self.config.base_url.as_str().trim_end_matches('/');
        from.body.links.iter().any(|link| {
            let target = link.target.strip_prefix(base).unwrap_or(&link.target);
            let path = target.split(['#', '?']).next().unwrap_or(target).trim_end_matches("index.html");
            path.trim_end_matches('/') == there.as_str().trim_end_matches('/')
                || place::is_relative(&link.target) && place::linked(from, &link.target).as_ref() == Some(&to.path)
        })
    }
}

/// An address as it is compared: without scheme, `www.`, the name of an index file, place on the page and `/` at its end.
fn page(url: &str) -> String {
    let Ok(url) = url::Url::parse(url) else { return url.to_owned() };
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let path = url.path().trim_end_matches("index.html").trim_end_matches("index.php").trim_end_matches('/');
    format!("{host}{path}?{}", url.query().unwrap_or_default())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
