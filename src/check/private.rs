//! What the rules about people share: what was found in documents and in the files that are published, without what the site makes
//! public itself and what its settings allow.

use std::collections::BTreeSet;

use super::used;
use crate::content::ContentType as _;
use crate::content::executive::Executive;
use crate::diagnostic::{Diagnostics, Rule, Span, Text, text};
use crate::site::Site;
use crate::source::SourcePath;
use crate::source::traces::{Place, Trace, sum};
use crate::thai::personal::{self, Kind};

/// Something that points at a person, at a place that is published.
pub(super) struct Finding<'a> {
    pub(super) kind: Kind,
    pub(super) sum: u64,
    /// Masked.
    shown: &'a str,
    /// Where it is written, or where the file is named.
    span: Span,
    /// The file that has it.
    pub(super) path: SourcePath,
    /// Where in an attachment.
    inside: Option<&'a Trace>,
}

/// What a rule says of a finding: what it is, what to do in a text, what to do about a file.
pub(super) struct Words {
    pub(super) what: Text<&'static str>,
    pub(super) in_text: Text<&'static str>,
    pub(super) in_file: Text<&'static str>,
}

/// Reports everything of a kind that is published and not allowed. Of a file that has many, the first.
pub(super) fn report(site: &Site, kind: Kind, rule: &'static Rule, words: &Words, diagnostics: &mut Diagnostics) {
    let is_allowed = |one: &Finding| site.config.privacy.iter().any(|allowance| allowance.covers(one.kind, one.sum, &one.path));
    let mut rest: &[Finding] = &findings(site).into_iter().filter(|one| one.kind == kind && !is_allowed(one)).collect::<Vec<_>>();
    while let Some((first, others)) = rest.split_first() {
        let n_more = others.iter().take_while(|one| one.inside.is_some() && one.path == first.path).count();
        rest = &others[n_more..];
        let (th, en) = (words.what.th, words.what.en);
        let shown = if first.shown.is_empty() { String::new() } else { format!(" {}", first.shown) };
        let (message, help) = match first.inside {
            None => (text!(th: "{th}{shown}", en: "{en}{shown}"), &words.in_text),
            Some(trace) => {
                let (name, place, more) = (first.path.name(), place(trace.place.as_ref()), more(n_more));
                let message = Text {
                    th: format!("{name}{} มี{th}{shown}{}", place.th, more.th),
                    en: format!("{name}{}: {en}{shown}{}", place.en, more.en),
                };
                (message, &words.in_file)
            }
        };
        let problem = rule.at(first.span.clone(), message).help(help.owned());
        diagnostics.push(if first.inside.is_none() { problem.secret() } else { problem });
    }
}

fn place(place: Option<&Place>) -> Text {
    match place {
        Some(Place::Page(number)) => text!(th: " หน้า {number}", en: ", page {number}"),
        Some(Place::Slide(number)) => text!(th: " สไลด์ {number}", en: ", slide {number}"),
        Some(Place::Sheet(name)) => text!(th: " แผ่นงาน {name}", en: ", sheet {name}"),
        None => Text::default(),
    }
}

fn more(n_more: usize) -> Text {
    match n_more {
        0 => Text::default(),
        n => text!(th: " และอีก {n} แห่ง", en: ", and {n} more"),
    }
}

/// Everything that points at a person and is not made public by a field of the site; in order of the documents, a file's together.
pub(super) fn findings(site: &Site) -> Vec<Finding<'_>> {
    let said = site.texts().flat_map(|document| {
        let path = &document.path;
        document.personal.found.iter().map(move |said| (said, path.clone()))
    });
    let said = said.map(|(said, path)| Finding {
        kind: said.kind,
        sum: said.sum,
        shown: &said.shown,
        span: said.span.clone(),
        path,
        inside: None,
    });
    // Most sites have no file that says anything, and every kind asks.
    let has_traces = site.assets.values().any(|asset| !asset.traces.found.is_empty());
    let files = if has_traces { used::published(site) } else { Vec::new() };
    let files = files.into_iter().flat_map(|file| {
        let traces = &file.asset.traces.found;
        traces.iter().map(move |trace| Finding {
            kind: trace.kind,
            sum: trace.sum,
            shown: &trace.shown,
            span: file.span.clone(),
            path: file.path.clone(),
            inside: Some(trace),
        })
    });
    let mut findings: Vec<Finding> = said.chain(files).collect();
    if !findings.is_empty() {
        let public = public(site);
        findings.retain(|one| !public.contains(&one.sum));
    }
    findings
}

/// The sums of what the site makes public itself: telephones and e-mails in fields, names of executives.
fn public(site: &Site) -> BTreeSet<u64> {
    let mut public: BTreeSet<u64> = site.texts().flat_map(|document| &document.personal.public).copied().collect();
    let agency = &site.config.agency;
    let phone = agency.phone.as_ref().map(|phone| phone.shown.as_str());
    let fields = [phone, agency.email.as_ref().map(|email| email.0.as_str()), agency.address.as_deref()];
    let security = site.config.security.as_ref().map(|security| security.contact.0.as_str());
    for text in fields.into_iter().chain([security]).flatten() {
        public.extend(personal::find(text).into_iter().map(|found| sum(found.kind, &found.value)));
    }
    let executives = site.texts().filter_map(|document| Executive::of(document.content.as_ref().ok()?));
    let names = executives.map(|executive| executive.name.value.as_str());
    for value in names.chain([agency.name.as_str(), agency.name_en.as_str()]).flat_map(personal::values) {
        public.extend([Kind::Reporter, Kind::Author].map(|kind| sum(kind, &value)));
    }
    public
}
