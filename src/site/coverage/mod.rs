//! How far the site meets the form, requirement by requirement, with the place that answers each.

mod disclosed;
mod typed;

pub(crate) use disclosed::fits;

use serde::Serialize;

use super::Site;
use super::declared::Declarations;
use super::url::{self, UrlPath};
use crate::catalog::{Audience, Item, Requirement, RequirementKind, Scope};
use crate::diagnostic::{Diagnostics, Span, Text, text};
use crate::fields::labels;
use crate::parse::Document;
use crate::source::SourcePath;
use crate::thai::Code;

/// How far the site meets one item.
#[derive(Debug, Clone)]
pub struct ItemCoverage {
    /// The item.
    pub item: Code,
    /// Its requirements, in the form's order; those for other kinds of agency are left out.
    pub requirements: Vec<RequirementCoverage>,
    /// Problems elsewhere that cost the item.
    pub charges: Vec<Charge>,
    /// A document that could answer it is broken, so nothing is said about gaps.
    pub is_unsure: bool,
    /// Where the answer would go.
    pub home: Span,
}

/// A problem that costs an item although its requirements are answered, such as a link that leads nowhere.
#[derive(Debug, Clone)]
pub struct Charge {
    /// Code of the rule.
    pub code: &'static str,
    /// What is wrong.
    pub what: Text,
    /// Where.
    pub span: Span,
}

/// How far the site meets one requirement.
#[derive(Debug, Clone)]
pub struct RequirementCoverage {
    /// Its id: `O2.4`.
    pub id: String,
    /// How far.
    pub coverage: Coverage,
}

/// How far a requirement is met.
#[derive(Debug, Clone)]
pub enum Coverage {
    /// Checked by the machine on typed content.
    Verified(Vec<Evidence>),
    /// The author's word that the place answers.
    Declared(Vec<Evidence>),
    /// Not met: what is lacking, and where it would go.
    Missing(Vec<Gap>),
    /// Does not apply, for a reason that is published.
    NotApplicable(Text, Evidence),
}

/// A place that answers a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// From the site's root, with `#anchor` where the page has several answers.
    pub url: String,
    /// Page of a file, from 1.
    pub page: Option<u32>,
}

/// Something lacking.
#[derive(Debug, Clone)]
pub struct Gap {
    /// Where it would go.
    pub span: Span,
    /// What is lacking, in words for who reads the page.
    pub what: Text,
    /// What the webmaster types; no page says it.
    pub write: Option<Text>,
    /// Nothing at all is there, rather than a part.
    pub is_empty: bool,
    /// A rule of its own says it, so that missing-requirement need not.
    pub is_reported: bool,
}

/// What typed content says of a requirement.
enum Found {
    /// It is met, or not.
    Said(Coverage),
    /// Nothing, so the author's word counts; without it, this is lacking.
    Silent(Gap),
}

/// How far the site meets an item as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Every requirement is verified, declared or not applicable.
    Complete,
    /// Some are.
    Partial,
    /// Nothing answers it.
    Missing,
}

impl Status {
    /// Its word in data and in the stylesheet.
    pub fn word(self) -> &'static str {
        match self {
            Status::Complete => "complete",
            Status::Partial => "partial",
            Status::Missing => "missing",
        }
    }

    /// Its name for people.
    pub fn title(self) -> Text {
        match self {
            Status::Complete => text!(th: "ครบถ้วน", en: "complete"),
            Status::Partial => text!(th: "ยังไม่ครบ", en: "partial"),
            Status::Missing => text!(th: "ยังขาด", en: "missing"),
        }
    }
}

impl Coverage {
    /// Its word in data and in the stylesheet.
    pub fn word(&self) -> &'static str {
        match self {
            Coverage::Verified(_) => "verified",
            Coverage::Declared(_) => "declared",
            Coverage::Missing(_) => "missing",
            Coverage::NotApplicable(..) => "not-applicable",
        }
    }

    /// Its name for people.
    pub fn title(&self) -> Text {
        match self {
            Coverage::Verified(_) => text!(th: "ระบบตรวจแล้ว", en: "verified"),
            Coverage::Declared(_) => text!(th: "ระบุไว้", en: "declared"),
            Coverage::Missing(_) => text!(th: "ยังขาด", en: "missing"),
            Coverage::NotApplicable(..) => text!(th: "ไม่เกี่ยวข้อง", en: "not applicable"),
        }
    }
}

impl ItemCoverage {
    /// How far the site meets the item as a whole.
    pub fn status(&self) -> Status {
        let met = |coverage: &&RequirementCoverage| !matches!(coverage.coverage, Coverage::Missing(_));
        let n_met = self.requirements.iter().filter(met).count();
        let has_content = self.requirements.iter().any(|requirement| match &requirement.coverage {
            Coverage::Missing(gaps) => gaps.iter().any(|gap| !gap.is_empty),
            _ => true,
        });
        match n_met {
            n if n == self.requirements.len() && self.charges.is_empty() => Status::Complete,
            0 if !has_content => Status::Missing,
            _ => Status::Partial,
        }
    }
}

/// The coverage of every item of the year's form.
pub(super) fn audit(site: &Site) -> Vec<ItemCoverage> {
    let items = site.catalog().map(|catalog| catalog.items.as_slice()).unwrap_or_default();
    let declarations = Declarations::of(site);
    items.iter().map(|item| of_item(site, item, &declarations)).collect()
}

fn of_item(site: &Site, item: &Item, declarations: &Declarations) -> ItemCoverage {
    let is_local = site.config.agency.kind.is_local();
    let applies = |requirement: &&Requirement| requirement.audience == Audience::All || is_local;
    let requirements: Vec<_> = item.requirements.iter().filter(applies).collect();
    let folders = requirements.iter().flat_map(|requirement| folders(&requirement.kind));
    let is_unsure = folders.into_iter().any(|folder| site.has_broken(folder));
    let home = home(site, item, requirements.first().unwrap_or(&&item.requirements[0]));
    let requirements = requirements
        .into_iter()
        .map(|requirement| RequirementCoverage {
            id: requirement.id.clone(),
            coverage: of_requirement(site, item, requirement, declarations),
        })
        .collect();
    ItemCoverage { item: item.id, requirements, charges: Vec::new(), is_unsure, home }
}

/// Keeps the problems that cost an item; gaps are in the coverage already.
pub(super) fn charge(audit: &mut [ItemCoverage], diagnostics: &Diagnostics) {
    for coverage in &mut *audit {
        coverage.charges.clear();
    }
    for diagnostic in diagnostics {
        let Some(coverage) = audit.iter_mut().find(|coverage| diagnostic.item == Some(coverage.item)) else { continue };
        // P3 rules report what the coverage lacks.
        if !diagnostic.rule.code.starts_with("P3") {
            let (code, what, span) = (diagnostic.rule.code, diagnostic.message.clone(), diagnostic.span.clone());
            coverage.charges.push(Charge { code, what, span });
        }
    }
}

/// What the machine finds on typed content stands; where there is none, the author's word does.
fn of_requirement(site: &Site, item: &Item, requirement: &Requirement, declarations: &Declarations) -> Coverage {
    let home = &home(site, item, requirement);
    let disclosed = || disclosed::Disclosed::of(site, item, declarations, home);
    let found = match &requirement.kind {
        RequirementKind::Executives { fields, groups } => typed::executives(site, fields, groups, home),
        RequirementKind::Agency { fields } => typed::agency(site, fields),
        RequirementKind::News => typed::news(site, home),
        RequirementKind::Channel { channel, fields } => typed::channel(site, *channel, fields, home),
        RequirementKind::Analysis { fields } => typed::analysis(site, fields, home),
        RequirementKind::Measures { fields } => typed::measures(site, fields, home),
        RequirementKind::Progress => typed::progress(site, item.scope, home),
        RequirementKind::Survey => typed::survey(site, home),
        RequirementKind::Dated { scope } => disclosed().dated(scope.unwrap_or(item.scope)),
        RequirementKind::Duration { years } => disclosed().duration(*years),
        RequirementKind::Months => {
            let asks_each = item.requirements.iter().any(|other| matches!(other.kind, RequirementKind::EmptyMonths));
            disclosed().months(item.scope, asks_each)
        }
        RequirementKind::EmptyMonths => disclosed().empty_months(),
        RequirementKind::Rows { rows, fields, plan } => disclosed().rows(*rows, fields, *plan),
        RequirementKind::ReportsOn { plan } => disclosed().reports_on(*plan),
        RequirementKind::Stated { fields } => disclosed().stated(fields),
        RequirementKind::Signed => disclosed().signed(),
        RequirementKind::Declared { .. } => disclosed().unanswered(),
    };
    match found {
        Found::Said(coverage) => coverage,
        Found::Silent(gap) => declarations.about(requirement).unwrap_or_else(|| declarations.silent(item, gap)),
    }
}

impl Gap {
    /// Nothing at all is there.
    fn empty(home: &Span, what: Text) -> Gap {
        Gap { is_empty: true, ..Gap::part(home, what) }
    }

    /// A part is lacking.
    pub(super) fn part(span: &Span, what: Text) -> Gap {
        Gap { span: span.clone(), what, write: None, is_empty: false, is_reported: false }
    }

    /// `subject` does not give a field of a folder's documents, which is named as forms and tables name it.
    fn without(span: &Span, subject: &Text, folder: &str, key: &str) -> Gap {
        let label = labels::field(folder, key).unwrap_or(Text { th: key, en: key });
        let (who, th, en) = (subject, label.th, label.en);
        let (who_th, who_en) = (&who.th, &who.en);
        let what = text!(th: "{who_th}ยังไม่ได้ระบุ “{th}”", en: "{who_en} does not give “{en}”");
        Gap::part(span, what).typed(key)
    }

    /// The same, with what is typed to mend it: a key, or a key and its value.
    pub(super) fn typed(self, key: &str) -> Gap {
        self.advised(text!(th: "{key}", en: "{key}"))
    }

    /// The same, with how it is mended, in words.
    fn advised(self, write: Text) -> Gap {
        Gap { write: Some(write), ..self }
    }

    /// What is lacking, and what to type.
    pub fn for_webmaster(&self) -> Text {
        self.what.noted(self.write.as_ref())
    }
}

impl Found {
    /// Met at these places when nothing is lacking.
    fn unless(gaps: Vec<Gap>, places: impl FnOnce() -> Vec<Evidence>) -> Found {
        Found::Said(if gaps.is_empty() { Coverage::Verified(places()) } else { Coverage::Missing(gaps) })
    }
}

impl Evidence {
    /// The page or file it is on.
    pub fn page(&self) -> &str {
        self.url.split('#').next().unwrap_or(&self.url)
    }

    fn at(url: &UrlPath) -> Evidence {
        Evidence { url: url.to_string(), page: None }
    }

    /// A part of a document's page.
    fn part(document: &Document, id: &str) -> Evidence {
        Evidence { url: format!("{}#{id}", url::of_document(document).0), page: None }
    }

    pub(super) fn of(document: &Document) -> Evidence {
        let (url, anchor) = url::of_document(document);
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        Evidence { url: format!("{url}{anchor}"), page: None }
    }
}

/// The folders whose documents can answer a requirement.
fn folders(kind: &RequirementKind) -> Vec<&'static str> {
    let mut folders = vec!["disclosures"];
    match kind {
        RequirementKind::Executives { .. } | RequirementKind::Signed => folders.push("executives"),
        RequirementKind::News => folders.push("news"),
        RequirementKind::Channel { .. } => folders.push("channels"),
        RequirementKind::Analysis { .. } => folders.extend(["analysis", "results"]),
        RequirementKind::Measures { .. } => folders.push("measures"),
        RequirementKind::Progress => folders.push("progress"),
        RequirementKind::Survey => folders.push("surveys"),
        _ => {}
    }
    folders
}

/// Where the answer to a requirement would go: the file to write.
fn home(site: &Site, item: &Item, requirement: &Requirement) -> Span {
    let year = site.fiscal_year();
    let path = match &requirement.kind {
        RequirementKind::Executives { .. } => "content/executives/01-name.md".to_owned(),
        RequirementKind::Agency { .. } => crate::config::PATH.to_owned(),
        RequirementKind::News => "content/news/name.md".to_owned(),
        RequirementKind::Channel { channel, .. } => format!("content/channels/{}.md", channel.word()),
        RequirementKind::Analysis { .. } => format!("content/analysis/{year}.md"),
        RequirementKind::Measures { .. } => format!("content/measures/{year}/1-name.md"),
        RequirementKind::Progress if item.scope == Scope::Previous => {
            let year = year.previous();
            format!("content/progress/{year}-h2/measure-1.md")
        }
        RequirementKind::Progress => format!("content/progress/{year}-h1/measure-1.md"),
        RequirementKind::Survey => format!("content/surveys/eit-{year}.toml"),
        _ => format!("content/disclosures/{year}/{}.md", item.topic),
    };
    Span::file(&SourcePath::new(&path))
}
