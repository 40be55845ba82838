//! Stage 3, assemble: documents and settings → `Site`, with a URL for every page and the coverage of every item.

pub mod address;
mod chain;
pub(crate) mod changed;
pub mod channels;
pub mod coverage;
mod declared;
pub(crate) mod elsewhere;
pub mod history;
pub mod news;
pub mod people;
pub(crate) mod rules;
pub mod schedule;
pub mod scores;
pub mod url;
pub mod weakness;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::catalog::{Catalog, Catalogs, MeasureField, RequirementKind};
use crate::config::Config;
use crate::content::analysis::Analysis;
use crate::content::channel::{Channel, ChannelKind};
use crate::content::executive::Executive;
use crate::content::measure::Measure;
use crate::content::progress::Progress;
use crate::content::results::Results;
use crate::content::survey::Survey;
use crate::content::{Content, ContentType};
use crate::diagnostic::{Diagnostic, Diagnostics, Lang};
use crate::history::Broken;
use crate::parse::asset::Asset;
use crate::parse::{Document, Parsed};
use crate::source::{SourcePath, Sources};
use crate::thai::{Code, FiscalYear};
use coverage::ItemCoverage;
use history::{History, Past};
use url::{Page, UrlPath};

/// A whole site, resolved. Inert: nothing changes it after `assemble`.
#[derive(Debug, Clone)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The forms.
    pub catalogs: Catalogs,
    /// The documents, in order of path.
    pub documents: Vec<Arc<Document>>,
    /// Documents that are not finished, which no page shows.
    pub drafts: Vec<SourcePath>,
    /// The files beside them.
    pub assets: BTreeMap<SourcePath, Asset>,
    /// Files that a document refers to, by the URL they are published at. Others are not published.
    pub files: BTreeMap<String, SourcePath>,
    /// Files made of executives, by URL, each with the document that it is made of: portraits and contact cards.
    pub made: BTreeMap<String, SourcePath>,
    /// Indices of the posts among the documents, newest first.
    pub news: Vec<usize>,
    /// Fiscal years that have lists of their own, newest first, each with its part of `news`.
    pub news_years: Vec<(FiscalYear, std::ops::Range<usize>)>,
    /// The newest day on which a document was changed, as far as they say.
    pub newest: Option<Date>,
    /// The pages, by URL.
    pub pages: BTreeMap<UrlPath, Page>,
    /// The year whose form is answered: the site's own, but in [`Site::in_year`].
    pub form_year: FiscalYear,
    /// How far the site meets the form of its fiscal year, item by item.
    pub audit: Vec<ItemCoverage>,
    /// The same of earlier years whose forms stay on the site, by what is on it now.
    pub past: Vec<(FiscalYear, Vec<ItemCoverage>)>,
    /// What was published when.
    pub history: History,
    /// Which of its languages this is.
    pub edition: Edition,
}

/// The languages that a site is published in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// One language.
    Only,
    /// Thai, with English below `/en/`.
    Thai,
    /// English below `/en/`.
    English,
}

/// Puts the documents together; `sources` are what they were read from, `past` is the history among them.
pub fn assemble(
    parsed: Parsed,
    (config, catalogs): (Config, Catalogs),
    (sources, past): (&Sources, Result<Past, Broken>),
    diagnostics: &mut Diagnostics,
) -> Site {
    let Parsed { documents, assets, drafts } = parsed;
    let has_english = config.language == Lang::Th && documents.iter().any(|document| document.english.is_some());
    let news = news::order(&documents);
    let news_years = news::years(&documents, &news);
    let newest = changed::newest(&documents);
    let mut site = Site {
        form_year: config.fiscal_year.value,
        past: Vec::new(),
        config,
        catalogs,
        documents,
        drafts,
        assets,
        files: BTreeMap::new(),
        made: BTreeMap::new(),
        news,
        news_years,
        newest,
        pages: BTreeMap::new(),
        audit: Vec::new(),
        history: History::default(),
        edition: if has_english { Edition::Thai } else { Edition::Only },
    };
    site.history = History::of(sources, past, &site, diagnostics);
    let (used, (pages, found)) = rayon::join(
        || used_assets(&site),
        || {
            let mut found = Diagnostics::default();
            (url::pages(&site, &mut found), found)
        },
    );
    site.files = used.into_iter().map(|path| (url::of_asset(&path), path)).collect();
    site.made = people::files(&site, diagnostics);
    site.pages = pages;
    diagnostics.append(found);
    let past: Vec<FiscalYear> = site.past_forms().map(|form| form.fiscal_year).collect();
    for year in past {
        site.form_year = year;
        let audit = coverage::audit(&site);
        site.past.push((year, audit));
    }
    site.form_year = site.config.fiscal_year.value;
    site.audit = coverage::audit(&site);
    site
}

impl Site {
    /// Lets the audit know of the problems that cost an item.
    pub(crate) fn charge(&mut self, diagnostics: &Diagnostics) {
        coverage::charge(&mut self.audit, diagnostics);
    }

    /// A problem, said to cost the item of a topic where the year's form has one.
    pub(crate) fn costing(&self, topic: &str, problem: Diagnostic) -> Diagnostic {
        match self.catalog().and_then(|catalog| catalog.topic(topic)) {
            Some(item) => problem.item(item.id),
            None => problem,
        }
    }

    /// The item of the year's form that a document answers.
    pub(crate) fn answered_by(&self, document: &Document) -> Option<Code> {
        let is_ours = document.year == Some(self.fiscal_year());
        let topic = match (document.folder.name, document.content.as_ref().ok()?) {
            ("disclosures", Content::Disclosure(disclosure)) if is_ours => disclosure.topic(&document.slug),
            ("executives", _) => "executives",
            ("analysis" | "measures", _) if is_ours => "integrity-measures",
            ("progress", _) if is_ours => "integrity-measures-progress",
            ("surveys", Content::Survey(survey)) if survey.fiscal_year.value == self.fiscal_year() => {
                "integrity-measures-progress"
            }
            ("channels", Content::Channel(channel)) if channel.kind == ChannelKind::Whistleblower => {
                channels::WHISTLEBLOWER_CHANNEL
            }
            _ => return None,
        };
        self.catalog()?.topic(topic).map(|item| item.id)
    }

    /// The documents of a content type, with their content, in order of path.
    pub fn all<T: ContentType>(&self) -> impl Iterator<Item = (&Document, &T)> {
        self.in_folder(T::FOLDER).filter_map(|(_, document)| {
            let content: &Content = document.content.as_ref().ok()?;
            T::of(content).map(|content| (document, content))
        })
    }

    /// The documents of a folder of `content/`, each with its place in [`Site::documents`].
    pub fn in_folder(&self, folder: &str) -> impl Iterator<Item = (usize, &Document)> {
        // Documents are in order of path, so those of a folder are side by side.
        let start = format!("content/{folder}/");
        let first = self.documents.partition_point(|document| *document.path.as_str() < *start);
        let documents = self.documents[first..].iter().take_while(move |document| document.path.as_str().starts_with(&start));
        (first..).zip(documents.map(Arc::as_ref))
    }

    /// The documents and their translations.
    pub fn texts(&self) -> impl Iterator<Item = &Document> {
        self.documents().flat_map(|document| std::iter::once(document).chain(document.english.as_deref()))
    }

    /// The site in English, where anything is translated; what is not stays Thai. The answer sheet is for assessors, and Thai only.
    pub fn in_english(&self) -> Option<Site> {
        if self.edition != Edition::Thai {
            return None;
        }
        let mut english = Site { edition: Edition::English, ..self.clone() };
        english.config.language = Lang::En;
        let agency = &mut english.config.agency;
        agency.address = agency.address_en.take().or_else(|| agency.address.take());
        english.pages.retain(|_, page| !matches!(page, Page::Answers(_)));
        for document in &mut english.documents {
            if let Some(translated) = &document.english {
                // References name the Thai file.
                *document = Arc::new(Document { path: document.path.clone(), ..(**translated).clone() });
            }
        }
        english.newest = changed::newest(&english.documents);
        Some(english)
    }

    /// The documents, in order of path.
    pub fn documents(&self) -> impl Iterator<Item = &Document> + Clone {
        self.documents.iter().map(Arc::as_ref)
    }

    /// Whether a folder has a document that could not be read.
    pub fn has_broken(&self, folder: &str) -> bool {
        self.in_folder(folder).any(|(_, document)| document.content.is_err())
    }

    /// The document of this path.
    pub fn document(&self, path: &SourcePath) -> Option<&Document> {
        let at = self.documents.binary_search_by(|document| document.path.cmp(path)).ok()?;
        self.documents.get(at).map(Arc::as_ref)
    }

    /// The draft that waits for an item: its file `home`, the page of its topic, or one in the folder where it would be written.
    pub fn draft_of(&self, topic: &str, home: &str) -> Option<&SourcePath> {
        let file = format!("/{}/{topic}.md", self.fiscal_year());
        let folder = home.rsplit_once('/').map_or("content", |(folder, _)| folder);
        let is_its = |path: &&SourcePath| path.as_str() == home || path.as_str().ends_with(&file);
        let is_beside = |path: &&SourcePath| !path.is_under("content/disclosures") && path.is_under(folder);
        self.drafts.iter().find(is_its).or_else(|| self.drafts.iter().find(is_beside))
    }

    /// The year whose form the site answers.
    pub fn fiscal_year(&self) -> FiscalYear {
        self.form_year
    }

    /// The forms of earlier years that stay on the site, newest first.
    pub fn past_forms(&self) -> impl Iterator<Item = &Catalog> {
        let current = self.config.fiscal_year.value;
        let years: BTreeSet<FiscalYear> =
            self.config.past_years.iter().map(|year| year.value).filter(|year| *year < current).collect();
        let years = if self.is_formless() { BTreeSet::new() } else { years };
        years.into_iter().rev().filter_map(|year| self.catalogs.of(year))
    }

    /// The coverage of the form of a year, this one or one that stays.
    pub fn audit_of(&self, year: FiscalYear) -> &[ItemCoverage] {
        let past = || self.past.iter().find(|(known, _)| *known == year).map(|(_, audit)| audit.as_slice());
        if year == self.fiscal_year() { &self.audit } else { past().unwrap_or_default() }
    }

    /// The site as it answers the form of an earlier year that stays on it.
    pub(crate) fn in_year(&self, year: FiscalYear) -> Site {
        Site { form_year: year, audit: self.audit_of(year).to_vec(), ..self.clone() }
    }

    /// Whether settings or form could not be read, so that nothing is said about the form.
    pub fn is_formless(&self) -> bool {
        self.config.is_stand_in || self.catalogs.is_broken
    }

    /// Its form, when there is one.
    pub fn catalog(&self) -> Option<&Catalog> {
        self.catalogs.of(self.fiscal_year()).filter(|_| !self.is_formless())
    }

    /// Whether the form asks a field of every measure, so that the audit reports one that lacks it.
    pub fn asks_of_measures(&self, field: MeasureField) -> bool {
        let items = self.catalog().map(|catalog| catalog.items.as_slice()).unwrap_or_default();
        let mut kinds = items.iter().flat_map(|item| &item.requirements).map(|requirement| &requirement.kind);
        kinds.any(|kind| matches!(kind, RequirementKind::Measures { fields } if fields.contains(&field)))
    }

    /// Executives by group and rank.
    pub fn executives(&self) -> Vec<(&Document, &Executive)> {
        let mut executives: Vec<_> = self.all::<Executive>().collect();
        executives.sort_by_key(|(document, executive)| {
            (executive.group, executive.order.or(document.number).unwrap_or(u32::MAX), document.path.clone())
        });
        executives
    }

    /// The analysis that a year's measures rest on.
    pub fn analysis(&self, year: FiscalYear) -> Option<(&Document, &Analysis)> {
        self.all::<Analysis>().find(|(document, _)| document.year == Some(year))
    }

    /// The result of a year.
    pub fn results_of(&self, year: FiscalYear) -> Option<(&Document, &Results)> {
        self.all::<Results>().find(|(_, results)| results.fiscal_year.value == year)
    }

    /// Measures of a year by number.
    pub fn measures(&self, year: FiscalYear) -> Vec<(&Document, &Measure)> {
        let mut measures: Vec<_> = self.all::<Measure>().filter(|(document, _)| document.year == Some(year)).collect();
        measures.sort_by_key(|(document, _)| document.number);
        measures
    }

    /// Reports of progress of a year, in order of path.
    pub fn progress(&self, year: FiscalYear) -> Vec<(&Document, &Progress)> {
        self.all::<Progress>().filter(|(document, _)| document.year == Some(year)).collect()
    }

    /// The EIT survey of the site's fiscal year.
    pub fn survey(&self) -> Option<(&Document, &Survey)> {
        self.survey_of(self.fiscal_year())
    }

    /// The EIT survey of a year.
    pub fn survey_of(&self, year: FiscalYear) -> Option<(&Document, &Survey)> {
        self.all::<Survey>().find(|(_, survey)| survey.fiscal_year.value == year)
    }

    /// Channels of a kind.
    pub fn channels(&self, kind: ChannelKind) -> impl Iterator<Item = (&Document, &Channel)> {
        self.all::<Channel>().filter(move |(_, channel)| channel.kind == kind)
    }
}

/// Files that a document refers to: attachments, linked files. Photos of people are not among them: only their portraits are published.
fn used_assets(site: &Site) -> BTreeSet<SourcePath> {
    let mut used: BTreeSet<&SourcePath> = BTreeSet::new();
    let mut add = |path: &SourcePath| used.extend(site.assets.get_key_value(path).map(|(path, _)| path));
    for document in site.texts() {
        assets_of(document).iter().for_each(&mut add);
    }
    site.config.agency.seal_path().iter().for_each(add);
    used.into_iter().cloned().collect()
}

/// The files that a document refers to, whether they are there or not; without the photo of a person.
fn assets_of(document: &Document) -> Vec<SourcePath> {
    let linked = document.body.links.iter().filter_map(|link| link.file.clone());
    let photo = people::photo_name(document);
    let named = document.files.iter().filter(|file| Some(file.value.as_str()) != photo);
    linked.chain(named.filter_map(|file| url::asset(document, &file.value))).collect()
}
