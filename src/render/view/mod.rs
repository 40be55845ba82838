//! What a template sees: one struct per kind of page, with every decision taken.

mod answers;
mod contact;
mod data;
mod disclosure;
mod document;
mod executives;
pub(super) mod facts;
mod form;
mod gallery;
mod history;
mod home;
mod measures;
mod news;
mod progress;
mod results;
mod sealed;
mod search;
mod site_index;
mod survey;
mod trace;

use serde::Serialize;
use tera::Context;

use super::json_ld;
use super::memory::{Key, KeyMaker, Remembered};
use super::show::{DateView, LinkView, Show};
use super::typography::width;
use super::updated::updated_of;
use crate::content::channel::ChannelKind;
use crate::content::page::Page as FreePage;
use crate::diagnostic::Lang;
use crate::parse::Document;
use crate::site::url::{Page, UrlPath};
use crate::thai::FiscalYear;

pub(super) use answers::view as answers;
pub(super) use data::view as data;
pub(super) use disclosure::title_of as disclosure_title;
pub(super) use gallery::view as gallery;
pub(super) use site_index::view as site_index;

/// Letters that a title with the agency's name has fewer than, for search engines cut longer ones.
const MAX_TITLE: usize = 52;

/// Free pages that the foot of every page lists at most.
const MAX_FOOTER_PAGES: usize = 8;

/// A page to render.
pub(super) struct View {
    /// Its template.
    pub(super) template: &'static str,
    /// What the template sees: `site`, `page`, `view`, beside the theme's `t`.
    pub(super) context: Context,
    /// The page's title.
    pub(super) title: String,
    /// What stands for all that the page is made of.
    pub(super) key: Key,
    /// The page, when it was made of the same before; then the template sees nothing.
    pub(super) before: Option<Remembered>,
}

/// A head with its facts as text, the way from home among them; home itself has none.
#[derive(Serialize)]
struct PageView<'a> {
    #[serde(flatten)]
    head: &'a Head,
    nav: Vec<NavView<'a>>,
    json_ld: Option<String>,
}

/// What every page says about the site.
#[derive(Debug, Serialize)]
pub(super) struct SiteView {
    pub(super) name: String,
    name_en: String,
    seal: Option<String>,
    lang: &'static str,
    notice: Option<String>,
    home: String,
    /// What styles, fonts and icons are below.
    root: String,
    feed: String,
    report: String,
    search: String,
    history: Option<String>,
    index: String,
    /// The free pages, where they are few.
    pages: Vec<LinkView>,
    address: Option<String>,
    phone: Option<crate::fields::Contact>,
    email: Option<String>,
}

/// What every page says about itself.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Head {
    title: String,
    /// Whether the name of the agency fits beside the title in a tab or a list of results.
    names_site: bool,
    #[serde(skip)]
    url: UrlPath,
    canonical: String,
    /// Content security policy.
    policy: String,
    description: String,
    breadcrumbs: Vec<LinkView>,
    updated: Option<DateView>,
    unit: Option<String>,
    is_example: bool,
    /// Items of the form that the page answers.
    answers: Vec<LinkView>,
    /// Facts for search engines.
    #[serde(skip)]
    facts: Option<String>,
    /// What became of the page since it was first published.
    history: Option<LinkView>,
    /// The page in the other language.
    other_language: Option<OtherLanguage>,
}

/// The page in the other language.
#[derive(Debug, Clone, Serialize)]
struct OtherLanguage {
    url: String,
    absolute: String,
    lang: &'static str,
    name: &'static str,
}

#[derive(Debug, Serialize)]
struct NavView<'a> {
    #[serde(flatten)]
    link: &'a LinkView,
    is_current: bool,
}

/// The view of a page.
pub(super) fn of(show: &Show, url: &UrlPath, page: &Page) -> View {
    match page {
        Page::Home => home::view(show, url),
        Page::Executives => executives::view(show, url),
        Page::Results(at) => results::view(show, url, *at),
        Page::Measures(year) => measures::all(show, url, *year),
        Page::Measure(at) => measures::one(show, url, *at),
        Page::Trace(year) => trace::view(show, url, *year),
        Page::Progress(year) => progress::view(show, url, *year),
        Page::Survey(at) => survey::view(show, *at),
        Page::Poster(at) => survey::poster(show, url, *at),
        Page::Report => contact::report(show, url),
        Page::Sealed => sealed::view(show, url),
        Page::Contact => contact::view(show, url),
        Page::Forms => form::forms(show, url),
        Page::Form(year) => in_year(show, *year, |show| form::form(show, url)),
        Page::Item(year, code) => in_year(show, *year, |show| form::item(show, url, *code)),
        Page::Answers(year) => in_year(show, *year, |show| answers(show, url, &[])),
        Page::Data => data(show, url, &[]),
        Page::Disclosure(at) => disclosure::view(show, url, *at),
        Page::NewsList => news::list(show, url),
        Page::NewsYear(year, number) => news::year(show, url, *year, *number),
        Page::News(at) => document::news(show, url, *at),
        Page::Free(at) => document::free(show, url, *at),
        Page::Search => search::view(show, url),
        Page::SiteIndex => site_index(show, url, &[]),
        Page::History => history::all(show, url),
        Page::HistoryOf(page) => history::of_page(show, url, page),
    }
}

/// A page of the form of a year, which may be an earlier one.
fn in_year(show: &Show, year: FiscalYear, view: impl Fn(&Show) -> View) -> View {
    match show.past().iter().find(|site| site.fiscal_year() == year) {
        Some(site) => view(&show.of(site)),
        None => view(show),
    }
}

/// The page for addresses that lead nowhere.
pub(super) fn not_found(show: &Show) -> View {
    let head = Head::new(show, &UrlPath::of(&[]), show.t("not_found"));
    page(show, "pages/not_found.html", &head, &())
}

/// Puts a page together.
fn page<T: Serialize>(show: &Show, template: &'static str, head: &Head, view: &T) -> View {
    page_of(show, template, head, view, || view)
}

/// The same of a view that is made of `source` when it is needed.
fn page_of<S: Serialize, T: Serialize>(
    show: &Show,
    template: &'static str,
    head: &Head,
    source: &S,
    view: impl FnOnce() -> T,
) -> View {
    let breadcrumbs = head.breadcrumbs_of(show);
    let facts: Vec<&str> = head.facts.iter().chain(&breadcrumbs).map(String::as_str).collect();
    let page = PageView { head, nav: nav(show, &head.url), json_ld: json_ld::joined(&facts) };
    // The links of the menu are part of the look.
    let current: Vec<u8> = page.nav.iter().map(|link| u8::from(link.is_current)).collect();
    let facts = page.json_ld.as_deref().unwrap_or_default().as_bytes();
    let parts = [show.look(), template.as_bytes(), &json(head), &current, facts, &json(source)];
    let key = parts.into_iter().fold(KeyMaker::default(), KeyMaker::with).finish();
    let before = show.before(&head.url, &key);
    let mut context = Context::new();
    if before.is_none() {
        context.insert_value("site", show.site_view());
        context.insert("page", &page);
        context.insert("view", &view());
    }
    View { template, context, title: head.title.clone(), key, before }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("strings and numbers always serialize")
}

impl SiteView {
    pub(super) fn of(show: &Show) -> SiteView {
        let config = &show.site.config;
        let agency = &config.agency;
        SiteView {
            name: show.pick_agency(),
            name_en: agency.name_en.clone(),
            seal: agency.seal_path().filter(|path| show.site.assets.contains_key(path)).map(|path| show.file_href(&path)),
            lang: if show.lang() == Lang::Th { "th" } else { "en" },
            notice: config.notice.as_ref().map(|notice| show.pick(notice)),
            home: show.href("/"),
            root: show.href("/assets/").trim_end_matches("assets/").to_owned(),
            feed: show.href("/atom.xml"),
            report: show.page_url(&["report-corruption"]),
            search: show.page_url(&["search"]),
            history: (!show.site.history.is_empty()).then(|| show.page_url(&["history"])),
            index: show.page_url(&["site-index"]),
            pages: free_pages(show),
            address: agency.address.as_ref().map(|address| show.text(address)),
            phone: agency.phone.clone(),
            email: agency.email.as_ref().map(|email| email.0.clone()),
        }
    }
}

/// The free pages as links; of many, which need a way of their own, none.
fn free_pages(show: &Show) -> Vec<LinkView> {
    let pages = show.site.all::<FreePage>();
    let links: Vec<LinkView> = pages
        .take(MAX_FOOTER_PAGES + 1)
        .map(|(document, page)| LinkView { url: show.document_url(document), title: show.text(&page.title) })
        .collect();
    if links.len() > MAX_FOOTER_PAGES { Vec::new() } else { links }
}

impl OtherLanguage {
    fn of(show: &Show, page: &UrlPath) -> Option<OtherLanguage> {
        let url = show.site.href_of_other_language(page)?;
        let (lang, name) = if show.lang() == Lang::Th { ("en", "English") } else { ("th", "ไทย") };
        Some(OtherLanguage { absolute: show.site.with_host(&url), url, lang, name })
    }
}

impl Head {
    fn new(show: &Show, url: &UrlPath, title: String) -> Head {
        let names_site = width(&title) + width(&show.pick_agency()) < MAX_TITLE;
        let description = format!("{title} · {}", show.pick_agency());
        Head {
            canonical: show.absolute(url.as_str()),
            policy: show.policy(url.as_str()),
            description: show.text(&description),
            breadcrumbs: vec![LinkView { url: show.href("/"), title: show.t("home") }],
            url: url.clone(),
            updated: updated_of(show.site, url).map(|date| show.date(date)),
            // Where no unit of its own is named, the agency answers for the page.
            unit: Some(show.pick_agency()),
            is_example: false,
            answers: show.answers(url),
            history: history::link(show, url),
            other_language: OtherLanguage::of(show, url),
            facts: None,
            names_site,
            title,
        }
    }

    /// What the page has, for lists of results: more than its title.
    fn about(mut self, show: &Show, what: &str) -> Head {
        self.description = format!("{what} · {}", show.pick_agency());
        self
    }

    /// The page shows this document.
    fn of(mut self, show: &Show, document: &Document) -> Head {
        if let Some(unit) = &document.common.unit {
            self.unit = Some(show.text(&unit.value));
        }
        self.is_example = document.common.example;
        self
    }

    /// The way from home as facts; home itself has none.
    fn breadcrumbs_of(&self, show: &Show) -> Option<String> {
        if self.breadcrumbs.is_empty() {
            return None;
        }
        let mut links: Vec<_> =
            self.breadcrumbs.iter().map(|link| (link.title.as_str(), show.site.with_host(&link.url))).collect();
        links.push((&self.title, self.canonical.clone()));
        Some(json_ld::breadcrumbs(&links))
    }

    /// A page between this one and home.
    fn under(mut self, url: String, title: String) -> Head {
        self.breadcrumbs.push(LinkView { url, title });
        self
    }
}

/// The main pages, in the order a citizen asks for them.
fn nav<'a>(show: &'a Show, current: &UrlPath) -> Vec<NavView<'a>> {
    // The progress of the measures lies beside them, at `…-progress/`.
    let is_under = |url: &UrlPath| current.as_str().starts_with(url.as_str().trim_end_matches('/'));
    show.main_pages().iter().map(|(url, link)| NavView { is_current: is_under(url), link }).collect()
}

/// The main pages with their links.
pub(super) fn main_pages(show: &Show) -> Vec<(UrlPath, LinkView)> {
    // Those of this year, on pages of earlier years too.
    let year = show.site.config.fiscal_year.value.to_string();
    let results = show.latest_result.map(|year| year.to_string());
    let mut pages = vec![(UrlPath::of(&["executives"]), "executives")];
    if let Some(results) = &results {
        pages.push((UrlPath::of(&[results, "results"]), "results"));
    }
    let measures = UrlPath::of(&[&year, "integrity-measures"]);
    if show.site.pages.contains_key(&measures) {
        pages.push((measures, "measures"));
    }
    pages.push((UrlPath::of(&["oit", &year]), "disclosure"));
    pages.push((UrlPath::of(&["news"]), "news"));
    pages.push((UrlPath::of(&["contact"]), "contact"));
    let link = |(url, key): (UrlPath, &str)| {
        let link = LinkView { url: show.href(url.as_str()), title: show.t(key) };
        (url, link)
    };
    pages.into_iter().map(link).collect()
}

/// The document at an index of `Site::documents`, with its content.
fn document_at<'a, T: crate::content::ContentType>(show: &Show<'a>, at: usize) -> (&'a Document, &'a T) {
    let document = &show.site.documents[at];
    let content = document.content.as_ref().ok().and_then(T::of);
    (document, content.expect("pages are made of documents of their type"))
}

/// Whether the agency has a channel of its own for reports of corruption.
fn has_report_channel(show: &Show) -> bool {
    show.site.channels(ChannelKind::Whistleblower).next().is_some()
}
