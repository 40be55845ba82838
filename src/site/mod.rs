//! Stage 3, assemble: documents and settings → `Site`, with a URL for every page and the coverage of every item.

pub mod coverage;
mod declared;
pub(crate) mod rules;
pub mod url;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Catalogs};
use crate::config::Config;
use crate::content::channel::{Channel, ChannelKind};
use crate::content::disclosure::Disclosure;
use crate::content::executive::Executive;
use crate::content::measure::Measure;
use crate::content::progress::Progress;
use crate::content::survey::Survey;
use crate::content::{Content, ContentType};
use crate::diagnostic::Diagnostics;
use crate::parse::asset::Asset;
use crate::parse::{Document, Parsed};
use crate::source::SourcePath;
use crate::thai::FiscalYear;
use coverage::ItemCoverage;
use url::{Page, UrlPath};

/// Topic of the page that says how complaints of corruption are handled.
pub const COMPLAINT_PROCEDURE: &str = "complaint-procedure";

/// Topic of the channel for reports of corruption.
pub const WHISTLEBLOWER_CHANNEL: &str = "whistleblower-channel";

/// A whole site, resolved. Inert: nothing changes it after `assemble`.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The forms.
    pub catalogs: Catalogs,
    /// The documents, in order of path.
    pub documents: Vec<Document>,
    /// The files beside them.
    pub assets: BTreeMap<SourcePath, Asset>,
    /// Files that a document refers to, by the URL they are published at. Others are not published.
    pub files: BTreeMap<String, SourcePath>,
    /// The pages, by URL.
    pub pages: BTreeMap<UrlPath, Page>,
    /// How far the site meets the form of its fiscal year, item by item.
    pub audit: Vec<ItemCoverage>,
}

/// Puts the documents together.
pub fn assemble(parsed: Parsed, config: Config, catalogs: Catalogs, diagnostics: &mut Diagnostics) -> Site {
    let Parsed { documents, assets } = parsed;
    let mut site =
        Site { config, catalogs, documents, assets, files: BTreeMap::new(), pages: BTreeMap::new(), audit: Vec::new() };
    site.files = used_assets(&site).into_iter().map(|path| (url::of_asset(&path), path)).collect();
    site.pages = url::pages(&site, diagnostics);
    site.audit = coverage::audit(&site);
    site
}

impl Site {
    /// Lets the audit know of the problems that cost an item.
    pub(crate) fn charge(&mut self, diagnostics: &Diagnostics) {
        coverage::charge(&mut self.audit, diagnostics);
    }

    /// The documents of a content type, with their content, in order of path.
    pub fn all<T: ContentType>(&self) -> impl Iterator<Item = (&Document, &T)> {
        self.documents.iter().filter_map(|document| {
            let content: &Content = document.content.as_ref().ok()?;
            T::of(content).map(|content| (document, content))
        })
    }

    /// Whether a folder has a document that could not be read.
    pub fn has_broken(&self, folder: &str) -> bool {
        self.documents.iter().any(|document| document.folder.name == folder && document.content.is_err())
    }

    /// The document of this path.
    pub fn document(&self, path: &SourcePath) -> Option<&Document> {
        let at = self.documents.binary_search_by(|document| document.path.cmp(path)).ok()?;
        self.documents.get(at)
    }

    /// The year whose form the site answers.
    pub fn fiscal_year(&self) -> FiscalYear {
        self.config.fiscal_year.value
    }

    /// Whether settings or form could not be read, so that nothing is said about the form.
    pub fn is_formless(&self) -> bool {
        self.config.is_stand_in || self.catalogs.is_broken
    }

    /// Its form, when there is one.
    pub fn catalog(&self) -> Option<&Catalog> {
        self.catalogs.of(self.fiscal_year()).filter(|_| !self.is_formless())
    }

    /// Executives by group and rank.
    pub fn executives(&self) -> Vec<(&Document, &Executive)> {
        let mut executives: Vec<_> = self.all::<Executive>().collect();
        executives.sort_by_key(|(document, executive)| {
            (executive.group, executive.order.or(document.number).unwrap_or(u32::MAX), document.path.clone())
        });
        executives
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
        self.all::<Survey>().find(|(_, survey)| survey.fiscal_year.value == self.fiscal_year())
    }

    /// Channels for general complaints that share address, e-mail or telephone with this one.
    pub fn sharing<'a>(&'a self, channel: &'a Channel) -> impl Iterator<Item = (&'a Document, &'a Channel)> {
        let is_same = |other: &Channel| {
            let same_url = channel.url.is_some() && channel.url == other.url;
            let same_email = channel.email.is_some() && channel.email == other.email;
            same_url || same_email || channel.phone.is_some() && channel.phone == other.phone
        };
        self.channels(ChannelKind::Complaint).filter(move |(_, other)| is_same(other))
    }

    /// Whether the year's page of the complaint procedure leads to the channel for reports; where there is no such page, whether
    /// the channel has steps itself.
    pub fn has_procedure(&self, channel: &Channel) -> bool {
        let year = Some(self.fiscal_year());
        let mut pages = self
            .all::<Disclosure>()
            .filter(|(document, disclosure)| document.year == year && disclosure.topic(&document.slug) == COMPLAINT_PROCEDURE);
        match pages.next() {
            Some((document, _)) => document.body.links.iter().any(|link| {
                let is_page = link.target.split('#').next() == Some("/report-corruption/");
                let other = url::linked(document, &link.target).and_then(|path| self.document(&path));
                is_page || other.is_some_and(|other| url::of_document(other).0.as_str() == "/report-corruption/")
            }),
            None => !channel.steps.is_empty(),
        }
    }

    /// Channels of a kind.
    pub fn channels(&self, kind: ChannelKind) -> impl Iterator<Item = (&Document, &Channel)> {
        self.all::<Channel>().filter(move |(_, channel)| channel.kind == kind)
    }
}

/// Files that a document refers to: photos, attachments, linked files.
fn used_assets(site: &Site) -> BTreeSet<SourcePath> {
    let of_document = |document: &Document| -> Vec<SourcePath> {
        let links = document.body.links.iter().filter(|link| url::is_relative(&link.target));
        let linked = links.filter_map(|link| url::linked(document, &link.target));
        let named = document.files.iter().filter_map(|file| url::asset(document, &file.value));
        linked.chain(named).collect()
    };
    let used = site.documents.iter().flat_map(of_document);
    used.filter(|path| site.assets.contains_key(path)).collect()
}
