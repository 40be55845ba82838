//! Which page is where. URLs come from the topic and the year, never from an item's number, for those move every year.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::Site;
use super::rules::duplicate_url;
use crate::content::Content;
use crate::content::channel::ChannelKind;
use crate::content::survey::Survey;
use crate::diagnostic::Diagnostics;
use crate::parse::Document;
use crate::parse::markdown;
pub use crate::parse::markdown::{has_scheme, is_relative};
use crate::source::SourcePath;
use crate::thai::{Code, FiscalYear};

/// Path of a page from the site's root, with `/` at both ends: `/executives/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(String);

/// One HTML page to come. Documents are given by their index in `Site::documents`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// `/`
    Home,
    /// `/executives/`
    Executives,
    /// `/2565/results/`
    Results(usize),
    /// `/2566/integrity-measures/`
    Measures(FiscalYear),
    /// `/2566/integrity-measures/budget/`
    Measure(usize),
    /// `/2566/integrity-measures/traceability/`
    Trace(FiscalYear),
    /// `/2566/integrity-measures-progress/`
    Progress(FiscalYear),
    /// `/surveys/eit/2566/`; the latest up to the site's year also at `/surveys/eit/`.
    Survey(usize),
    /// `/surveys/eit/2566/poster/`
    Poster(usize),
    /// `/report-corruption/`
    Report,
    /// `/report-corruption/sealed/`, where keys are set.
    Sealed,
    /// `/contact/`
    Contact,
    /// `/oit/`
    Forms,
    /// `/oit/2566/`, of the site's year and of earlier ones that stay.
    Form(FiscalYear),
    /// `/oit/2566/o42/`
    Item(FiscalYear, Code),
    /// `/oit/2566/answers/`
    Answers(FiscalYear),
    /// `/data/`
    Data,
    /// `/2566/operating-plan/`
    Disclosure(usize),
    /// `/news/`
    NewsList,
    /// `/news/2566/`, `/news/2566/2/`: a year's posts, list by list from 1.
    NewsYear(FiscalYear, usize),
    /// `/news/flood-drill/`
    News(usize),
    /// `/about/`
    Free(usize),
    /// `/search/`
    Search,
    /// `/site-index/`
    SiteIndex,
    /// `/history/`: what was published when.
    History,
    /// `/history/executives/`: what became of a page that was edited after it was first published.
    HistoryOf(UrlPath),
}

impl UrlPath {
    /// A path made of parts: `["2566", "integrity-measures"]` → `/2566/integrity-measures/`.
    pub fn of(parts: &[&str]) -> UrlPath {
        let mut path = String::with_capacity(1 + parts.iter().map(|part| part.len() + 1).sum::<usize>());
        path.push('/');
        for part in parts {
            path.push_str(part);
            path.push('/');
        }
        UrlPath(path)
    }

    /// The page that a path leads to, with or without `/` or `index.html` at its end.
    pub fn at(path: &str) -> UrlPath {
        let page = path.strip_suffix("index.html").unwrap_or(path);
        let parts: Vec<&str> = page.split('/').filter(|part| !part.is_empty()).collect();
        UrlPath::of(&parts)
    }

    /// The path as text, not percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// All pages of a site; a URL that two files claim is reported and goes to the first.
pub(super) fn pages(site: &Site, diagnostics: &mut Diagnostics) -> BTreeMap<UrlPath, Page> {
    let mut pages = Vec::new();
    let mut owners: HashMap<UrlPath, Option<SourcePath>> = HashMap::new();
    // Folders that hold files, not pages; and the page that the first publish makes, so that it is refused before.
    let coming = (site.config.keeps_history && site.history.is_empty()).then_some("history");
    for name in ["files", "assets", "en"].into_iter().chain(coming) {
        owners.insert(UrlPath::of(&[name]), None);
    }
    let mut claim = |url: UrlPath, page: Page, owner: Option<&Document>| {
        if let Some(first) = owners.get(&url) {
            if let Some(owner) = owner {
                duplicate_url::report(&owner.path, &url, first.as_ref(), diagnostics);
            }
            return;
        }
        owners.insert(url.clone(), owner.map(|document| document.path.clone()));
        pages.push((url, page));
    };
    for (url, page) in generated(site) {
        claim(url, page, None);
    }
    // Until the year has a survey, its address shows the last one, for links and posters lead there.
    let survey_years = site.all::<Survey>().map(|(_, survey)| survey.fiscal_year.value);
    let latest_survey = survey_years.filter(|year| *year <= site.fiscal_year()).max();
    for (at, document) in site.documents().enumerate() {
        let Ok(content) = &document.content else { continue };
        match content {
            Content::Survey(survey) => {
                let year = survey.fiscal_year.value;
                claim(of_document(document).0, Page::Survey(at), Some(document));
                claim(UrlPath::of(&["surveys", "eit", &year.to_string(), "poster"]), Page::Poster(at), None);
                if Some(year) == latest_survey {
                    claim(UrlPath::of(&["surveys", "eit"]), Page::Survey(at), None);
                }
            }
            Content::Channel(channel) if channel.kind == ChannelKind::Whistleblower => {
                claim(UrlPath::of(&["report-corruption"]), Page::Report, Some(document));
            }
            content => {
                if let Some(page) = own_page(content, at) {
                    claim(of_document(document).0, page, Some(document));
                }
            }
        }
    }
    let mut anchors: BTreeMap<String, &SourcePath> = BTreeMap::new();
    for document in site.documents().filter(|document| document.content.is_ok()) {
        if let Some(anchor) = anchor(document)
            && let Some(first) = anchors.insert(anchor, &document.path)
        {
            duplicate_url::report_name(&document.path, &document.slug, first, diagnostics);
        }
    }
    let mut pages: BTreeMap<UrlPath, Page> = pages.into_iter().collect();
    pages.entry(UrlPath::of(&["report-corruption"])).or_insert(Page::Report);
    pages
}

/// Where a document is shown: the page, and the id on it when the page shows several.
pub fn of_document(document: &Document) -> (UrlPath, Option<String>) {
    let year = document.year.map(|year| year.to_string()).unwrap_or_default();
    let slug = document.slug.as_str();
    match (document.folder.name, &document.content) {
        ("executives", _) => (UrlPath::of(&["executives"]), anchor(document)),
        ("results", _) => (UrlPath::of(&[&year, "results"]), None),
        ("analysis", _) => (UrlPath::of(&[&year, "integrity-measures"]), None),
        ("measures", _) => (UrlPath::of(&[&year, "integrity-measures", slug]), None),
        ("progress", _) => (UrlPath::of(&[&year, "integrity-measures-progress"]), anchor(document)),
        ("surveys", Ok(Content::Survey(survey))) => {
            (UrlPath::of(&["surveys", "eit", &survey.fiscal_year.value.to_string()]), None)
        }
        ("surveys", _) => (UrlPath::of(&["surveys", "eit"]), None),
        ("channels", Ok(Content::Channel(channel))) if channel.kind == ChannelKind::Whistleblower => {
            (UrlPath::of(&["report-corruption"]), None)
        }
        ("channels", _) => (UrlPath::of(&["contact"]), anchor(document)),
        ("disclosures", Ok(Content::Disclosure(disclosure))) => {
            let topic = disclosure.topic(slug);
            (UrlPath::of(&[&year, topic]), None)
        }
        ("news", _) => (UrlPath::of(&["news", slug]), None),
        ("submissions", _) => (UrlPath::of(&["oit", &year]), None),
        _ => (UrlPath::of(&[slug]), None),
    }
}

/// The id of a document on a page that shows several; with a word in front that no id of the theme has.
pub fn anchor(document: &Document) -> Option<String> {
    let slug = &document.slug;
    match (document.folder.name, document.path.parts().nth(2)) {
        ("executives", _) => Some(format!("person-{slug}")),
        ("channels", _) => Some(format!("channel-{slug}")),
        ("progress", Some(period)) => Some(format!("report-{period}-{slug}")),
        _ => None,
    }
}

/// What stands before the ids of headings in a document's body, where its page shows more than the body.
pub fn prefix(document: &Document) -> String {
    match (document.folder.name, anchor(document)) {
        // No id of the theme has two hyphens.
        (_, Some(anchor)) => format!("{anchor}--"),
        ("analysis" | "measures", None) => "text--".to_owned(),
        _ => String::new(),
    }
}

/// The file that a field of a document names, or `None` when the name leaves `content/`.
pub fn asset(document: &Document, name: &str) -> Option<SourcePath> {
    document.path.sibling(name)
}

/// The file that a link of a document leads to.
pub fn linked(document: &Document, link: &str) -> Option<SourcePath> {
    markdown::linked(&document.path, link)
}

/// Where a file is published: `/files/` and its path inside `content/`.
pub fn of_asset(path: &SourcePath) -> String {
    format!("/files/{}", path.as_str().strip_prefix("content/").unwrap_or(path.as_str()))
}

/// The same as a link: signs that mean something else in a URL are percent-encoded.
pub fn link_to_asset(path: &SourcePath) -> String {
    const SIGNS: &AsciiSet = &AsciiSet::EMPTY.add(b'%').add(b'#').add(b'?');
    utf8_percent_encode(&of_asset(path), SIGNS).to_string()
}

/// The place of an item's own page on the form of the site's year.
pub fn of_item(year: FiscalYear, item: Code) -> UrlPath {
    UrlPath::of(&["oit", &year.to_string(), &item.slug()])
}

/// Pages that are there whatever the folder holds, and those that gather several documents.
fn generated(site: &Site) -> Vec<(UrlPath, Page)> {
    let year = site.fiscal_year();
    let mut pages = vec![
        (UrlPath::of(&[]), Page::Home),
        (UrlPath::of(&["executives"]), Page::Executives),
        (UrlPath::of(&["contact"]), Page::Contact),
        (UrlPath::of(&["news"]), Page::NewsList),
        (UrlPath::of(&["data"]), Page::Data),
        (UrlPath::of(&["search"]), Page::Search),
        (UrlPath::of(&["site-index"]), Page::SiteIndex),
        (UrlPath::of(&["oit"]), Page::Forms),
        (UrlPath::of(&["oit", &year.to_string()]), Page::Form(year)),
    ];
    if site.config.sealed.is_some() {
        pages.push((UrlPath::of(&["report-corruption", "sealed"]), Page::Sealed));
    }
    pages.extend(super::news::lists(site));
    if !site.history.is_empty() {
        pages.push((UrlPath::of(&["history"]), Page::History));
    }
    for (page, _) in site.history.pages().filter(|(_, edits)| edits.len() > 1) {
        pages.extend(super::history::page_of(page).map(|url| (url, Page::HistoryOf(page.clone()))));
    }
    for form in site.catalog().into_iter().chain(site.past_forms()) {
        let year = form.fiscal_year;
        let url = |more: &[&str]| UrlPath::of(&[&["oit", &year.to_string()], more].concat());
        // That of the site's year is there whether its form is known or not.
        if year != site.fiscal_year() {
            pages.push((url(&[]), Page::Form(year)));
        }
        pages.push((url(&["answers"]), Page::Answers(year)));
        pages.extend(form.items.iter().map(|item| (of_item(year, item.id), Page::Item(year, item.id))));
    }
    let folders = ["analysis", "measures", "progress"].into_iter();
    let years: BTreeSet<FiscalYear> =
        folders.flat_map(|folder| site.in_folder(folder)).filter_map(|(_, document)| document.year).collect();
    for year in years {
        let text = year.to_string();
        pages.push((UrlPath::of(&[&text, "integrity-measures"]), Page::Measures(year)));
        pages.push((UrlPath::of(&[&text, "integrity-measures", "traceability"]), Page::Trace(year)));
        pages.push((UrlPath::of(&[&text, "integrity-measures-progress"]), Page::Progress(year)));
    }
    pages
}

/// The page that a document has to itself.
fn own_page(content: &Content, at: usize) -> Option<Page> {
    match content {
        Content::Results(_) => Some(Page::Results(at)),
        Content::Measure(_) => Some(Page::Measure(at)),
        Content::Disclosure(_) => Some(Page::Disclosure(at)),
        Content::News(_) => Some(Page::News(at)),
        Content::Page(_) => Some(Page::Free(at)),
        _ => None,
    }
}
