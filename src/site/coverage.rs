//! How far the site meets the form, requirement by requirement, with the place that answers each.

use super::Site;
use super::declared::Declarations;
use super::url::{self, UrlPath};
use crate::catalog::{
    AgencyField, AnalysisField, Audience, ChannelField, ExecutiveField, Item, MeasureField, Requirement, RequirementKind,
};
use crate::content::analysis::Analysis;
use crate::content::channel::{Channel, ChannelKind};
use crate::content::executive::{Executive, Group};
use crate::content::measure::Measure;
use crate::content::news::News;
use crate::content::results::Results;
use crate::diagnostic::{Span, Text, text};
use crate::parse::Document;
use crate::source::SourcePath;
use crate::thai::Code;

/// How far the site meets one item.
#[derive(Debug)]
pub struct ItemCoverage {
    /// The item.
    pub item: Code,
    /// Its requirements, in the form's order; those for other kinds of agency are left out.
    pub requirements: Vec<RequirementCoverage>,
    /// A document that could answer it is broken, so nothing is said about gaps.
    pub is_unsure: bool,
    /// Where the answer would go.
    pub home: Span,
}

/// How far the site meets one requirement.
#[derive(Debug)]
pub struct RequirementCoverage {
    /// Its id: `O2.4`.
    pub id: String,
    /// How far.
    pub coverage: Coverage,
}

/// How far a requirement is met.
#[derive(Debug)]
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
#[derive(Debug)]
pub struct Gap {
    /// Where it would go.
    pub span: Span,
    /// What is lacking.
    pub what: Text,
    /// Nothing at all is there, rather than a part.
    pub is_empty: bool,
}

/// How far the site meets an item as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Every requirement is verified, declared or not applicable.
    Complete,
    /// Some are.
    Partial,
    /// Nothing answers it.
    Missing,
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
            n if n == self.requirements.len() => Status::Complete,
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
    let home = home(site, item, &requirements);
    let requirements = requirements
        .into_iter()
        .map(|requirement| RequirementCoverage {
            id: requirement.id.clone(),
            coverage: of_requirement(site, item, requirement, declarations, &home),
        })
        .collect();
    ItemCoverage { item: item.id, requirements, is_unsure, home }
}

/// What the machine finds on typed content stands; where there is none, the author's word does.
fn of_requirement(site: &Site, item: &Item, requirement: &Requirement, declarations: &Declarations, home: &Span) -> Coverage {
    let found = match &requirement.kind {
        RequirementKind::Executives { fields, groups } => executives(site, fields, groups, home),
        RequirementKind::Agency { fields } => agency(site, fields),
        RequirementKind::News => news(site, home),
        RequirementKind::Channel { channel, fields } => channel_of(site, *channel, fields, home),
        RequirementKind::Analysis { fields } => analysis(site, fields, home),
        RequirementKind::Measures { fields } => measures(site, fields, home),
        RequirementKind::Progress => {
            let progress = site.progress(site.fiscal_year());
            let evidence = progress.into_iter().map(|(document, _)| Evidence::of(document)).collect();
            verified_or(evidence, home, text!(th: "ยังไม่มีรายงานความก้าวหน้า", en: "no progress is reported yet"))
        }
        RequirementKind::Survey => {
            let evidence = site.survey().map(|(document, _)| Evidence::of(document)).into_iter().collect();
            verified_or(evidence, home, text!(th: "ยังไม่มีแบบวัด EIT ของปีนี้", en: "there is no EIT survey of the year"))
        }
        RequirementKind::Declared => {
            return declarations.about(requirement).unwrap_or_else(|| declarations.silent(item, home));
        }
    };
    match found {
        Coverage::Missing(gaps) if gaps.iter().all(|gap| gap.is_empty) => {
            declarations.about(requirement).unwrap_or(Coverage::Missing(gaps))
        }
        found => found,
    }
}

fn executives(site: &Site, fields: &[ExecutiveField], groups: &[Group], home: &Span) -> Coverage {
    let executives = site.executives();
    if executives.is_empty() {
        return nothing(home, text!(th: "ยังไม่มีข้อมูลผู้บริหาร", en: "there are no executives yet"));
    }
    let has = |executive: &Executive, field: &ExecutiveField| match field {
        // A document without name or position is not read at all.
        ExecutiveField::Name | ExecutiveField::Position => true,
        ExecutiveField::Photo => executive.photo.is_some(),
        ExecutiveField::Phone => executive.phone.is_some(),
    };
    let mut gaps = Vec::new();
    for (document, executive) in &executives {
        for field in fields.iter().filter(|field| !has(executive, field)) {
            let name = &executive.name.value;
            let what = match field {
                ExecutiveField::Photo => text!(th: "{name} ไม่มีรูปถ่าย (photo)", en: "{name} has no photo"),
                _ => text!(th: "{name} ไม่มีหมายเลขโทรศัพท์ (phone)", en: "{name} has no telephone number (phone)"),
            };
            gaps.push(Gap { span: document.end.clone(), what, is_empty: false });
        }
    }
    for group in groups.iter().filter(|group| !executives.iter().any(|(_, executive)| executive.group == **group)) {
        let what = match group {
            Group::Political => text!(th: "ไม่มีผู้บริหารฝ่ายการเมือง (political)", en: "no executive of the political side"),
            Group::Permanent => text!(th: "ไม่มีผู้บริหารฝ่ายประจำ (permanent)", en: "no executive of the permanent side"),
        };
        gaps.push(Gap { span: home.clone(), what, is_empty: false });
    }
    if gaps.is_empty() { Coverage::Verified(vec![Evidence::at(&UrlPath::of(&["executives"]))]) } else { Coverage::Missing(gaps) }
}

fn agency(site: &Site, fields: &[AgencyField]) -> Coverage {
    let agency = &site.config.agency;
    let lacks = fields.iter().filter_map(|field| match field {
        AgencyField::Address if agency.address.is_none() => Some("address"),
        AgencyField::Phone if agency.phone.is_none() => Some("phone"),
        AgencyField::Email if agency.email.is_none() => Some("email"),
        AgencyField::Map if agency.map.is_none() => Some("map"),
        _ => None,
    });
    let gaps: Vec<Gap> = lacks
        .map(|key| Gap {
            span: agency.span.clone(),
            what: text!(th: "[agency] ไม่มี {key}", en: "[agency] has no {key}"),
            is_empty: false,
        })
        .collect();
    if gaps.is_empty() { Coverage::Verified(vec![Evidence::at(&UrlPath::of(&["contact"]))]) } else { Coverage::Missing(gaps) }
}

fn news(site: &Site, home: &Span) -> Coverage {
    let year = site.fiscal_year();
    let has_post = site.all::<News>().any(|(_, news)| year.contains(news.date));
    let evidence = has_post.then(|| Evidence::at(&UrlPath::of(&["news"])));
    verified_or(
        evidence.into_iter().collect(),
        home,
        text!(th: "ยังไม่มีข่าวในปีงบประมาณ {year}", en: "no news dated in fiscal year {year}"),
    )
}

fn channel_of(site: &Site, kind: ChannelKind, fields: &[ChannelField], home: &Span) -> Coverage {
    let word = kind.word();
    let channels: Vec<_> = site.channels(kind).collect();
    if channels.is_empty() {
        return nothing(home, text!(th: "ยังไม่มีช่องทางชนิด {word}", en: "there is no channel of kind {word}"));
    }
    let lacking = |document: &Document, channel: &Channel| {
        fields.iter().find_map(|field| match field {
            ChannelField::Url if channel.url.is_none() => Some("url"),
            ChannelField::Protection if channel.protection.is_empty() => Some("protection"),
            ChannelField::Steps if channel.steps.is_empty() => Some("[[step]]"),
            ChannelField::Days if channel.steps.is_empty() || channel.steps.iter().any(|step| step.days.is_none()) => {
                Some("days")
            }
            ChannelField::Unit if document.common.unit.is_none() => Some("unit"),
            _ => None,
        })
    };
    let mut gaps = Vec::new();
    for (document, channel) in channels {
        match lacking(document, channel) {
            None => return Coverage::Verified(vec![Evidence::of(document)]),
            Some(key) => gaps.push(Gap {
                span: document.end.clone(),
                what: text!(th: "ช่องทางนี้ไม่มี {key}", en: "the channel has no {key}"),
                is_empty: false,
            }),
        }
    }
    Coverage::Missing(gaps)
}

fn analysis(site: &Site, fields: &[AnalysisField], home: &Span) -> Coverage {
    let year = site.fiscal_year();
    let Some((document, analysis)) = site.all::<Analysis>().find(|(document, _)| document.year == Some(year)) else {
        return nothing(home, text!(th: "ยังไม่มีบทวิเคราะห์ของปี {year}", en: "there is no analysis for {year}"));
    };
    let result = analysis.result.value;
    let has_result = site.all::<Results>().any(|(_, results)| results.fiscal_year.value == result);
    let lacks = fields.iter().filter_map(|field| match field {
        AnalysisField::Result if !has_result => {
            Some(text!(th: "ไม่มีผลการประเมินปี {result} บนเว็บไซต์", en: "the result of {result} is not on the site"))
        }
        AnalysisField::UrgentIssues if analysis.urgent_issues.is_empty() => {
            Some(text!(th: "ไม่มีประเด็นเร่งด่วน [[urgent_issue]]", en: "no [[urgent_issue]]"))
        }
        AnalysisField::Developments if analysis.developments.is_empty() => {
            Some(text!(th: "ไม่มีประเด็นที่ต้องพัฒนา [[development]]", en: "no [[development]]"))
        }
        _ => None,
    });
    let gaps: Vec<_> = lacks.map(|what| Gap { span: document.end.clone(), what, is_empty: false }).collect();
    if !gaps.is_empty() {
        return Coverage::Missing(gaps);
    }
    let place = fields.iter().map(|field| match field {
        AnalysisField::Result => "result",
        AnalysisField::UrgentIssues => "urgent",
        AnalysisField::Developments => "developments",
    });
    let page = Evidence::of(document).url;
    Coverage::Verified(place.map(|id| Evidence { url: format!("{page}#{id}"), page: None }).collect())
}

fn measures(site: &Site, fields: &[MeasureField], home: &Span) -> Coverage {
    let year = site.fiscal_year();
    let measures = site.measures(year);
    if measures.is_empty() {
        return nothing(home, text!(th: "ยังไม่มีมาตรการของปี {year}", en: "there are no measures for {year}"));
    }
    let lacks = |measure: &Measure, field: &MeasureField| match field {
        MeasureField::Responsible => (!measure.has_responsible()).then_some("responsible"),
        MeasureField::Steps => measure.steps.is_empty().then_some("[[step]]"),
        MeasureField::Reporting => measure.reporting.is_empty().then_some("reporting"),
        MeasureField::Addresses => measure.addresses.is_empty().then_some("addresses"),
    };
    let mut gaps = Vec::new();
    for (document, measure) in &measures {
        for key in fields.iter().filter_map(|field| lacks(measure, field)) {
            let what = text!(th: "มาตรการนี้ไม่มี {key}", en: "the measure has no {key}");
            gaps.push(Gap { span: document.end.clone(), what, is_empty: false });
        }
    }
    let page = UrlPath::of(&[&year.to_string(), "integrity-measures"]);
    let evidence = Evidence { url: format!("{page}#measure-1"), page: None };
    if gaps.is_empty() { Coverage::Verified(vec![evidence]) } else { Coverage::Missing(gaps) }
}

impl Evidence {
    fn at(url: &UrlPath) -> Evidence {
        Evidence { url: url.to_string(), page: None }
    }

    pub(super) fn of(document: &Document) -> Evidence {
        let (url, anchor) = url::of_document(document);
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        Evidence { url: format!("{url}{anchor}"), page: None }
    }
}

fn verified_or(evidence: Vec<Evidence>, home: &Span, what: Text) -> Coverage {
    if evidence.is_empty() { nothing(home, what) } else { Coverage::Verified(evidence) }
}

fn nothing(home: &Span, what: Text) -> Coverage {
    Coverage::Missing(vec![Gap { span: home.clone(), what, is_empty: true }])
}

/// The folders whose documents can answer a requirement.
fn folders(kind: &RequirementKind) -> Vec<&'static str> {
    let mut folders = vec!["disclosures"];
    match kind {
        RequirementKind::Executives { .. } => folders.push("executives"),
        RequirementKind::News => folders.push("news"),
        RequirementKind::Channel { .. } => folders.push("channels"),
        RequirementKind::Analysis { .. } => folders.extend(["analysis", "results"]),
        RequirementKind::Measures { .. } => folders.push("measures"),
        RequirementKind::Progress => folders.push("progress"),
        RequirementKind::Survey => folders.push("surveys"),
        RequirementKind::Agency { .. } | RequirementKind::Declared => {}
    }
    folders
}

/// Where the answer to an item would go: the file to write.
fn home(site: &Site, item: &Item, requirements: &[&Requirement]) -> Span {
    let year = site.fiscal_year();
    let typed = requirements.iter().find_map(|requirement| match &requirement.kind {
        RequirementKind::Executives { .. } => Some("content/executives/01-name.md".to_owned()),
        RequirementKind::Agency { .. } => Some(crate::config::PATH.to_owned()),
        RequirementKind::News => Some("content/news/name.md".to_owned()),
        RequirementKind::Channel { channel, .. } => Some(format!("content/channels/{}.md", channel.word())),
        RequirementKind::Analysis { .. } => Some(format!("content/analysis/{year}.md")),
        RequirementKind::Measures { .. } => Some(format!("content/measures/{year}/1-name.md")),
        RequirementKind::Progress => Some(format!("content/progress/{year}-h1/1-name.md")),
        RequirementKind::Survey => Some(format!("content/surveys/eit-{year}.toml")),
        RequirementKind::Declared => None,
    });
    let path = typed.unwrap_or_else(|| format!("content/disclosures/{year}/{}.md", item.topic));
    Span::file(&SourcePath::new(&path))
}
