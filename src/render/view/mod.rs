//! What a template sees: one struct per kind of page, with every decision taken.

mod answers;
mod contact;
mod data;
mod disclosure;
mod document;
mod executives;
mod facts;
mod form;
mod gallery;
mod home;
mod measures;
mod news;
mod progress;
mod results;
mod search;
mod site_index;
mod survey;
mod trace;

use serde::Serialize;
use tera::Context;

use super::json_ld;
use super::policy;
use super::show::{DateView, LinkView, Show};
use super::updated::updated_of;
use crate::content::channel::ChannelKind;
use crate::diagnostic::Lang;
use crate::parse::Document;
use crate::site::url::{Page, UrlPath};

pub(super) use answers::view as answers;
pub(super) use data::view as data;
pub(super) use disclosure::title_of as disclosure_title;
pub(super) use gallery::view as gallery;
pub(super) use site_index::view as site_index;

/// A page to render.
pub(super) struct View {
    /// Its template.
    pub(super) template: &'static str,
    /// What the template sees: `site`, `page`, `view`, beside the theme's `t`.
    pub(super) context: Context,
    /// The page's title.
    pub(super) title: String,
}

#[derive(Serialize)]
struct Whole<'a, T> {
    site: SiteView,
    page: &'a Head,
    view: &'a T,
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
    index: String,
    address: Option<String>,
    phone: Option<crate::fields::Contact>,
    email: Option<String>,
}

/// What every page says about itself.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Head {
    title: String,
    canonical: String,
    /// Content security policy.
    policy: String,
    description: String,
    breadcrumbs: Vec<LinkView>,
    nav: Vec<NavView>,
    updated: Option<DateView>,
    unit: Option<String>,
    is_example: bool,
    /// Items of the form that the page answers.
    answers: Vec<LinkView>,
    /// Facts for search engines, as the text of a data block.
    json_ld: Option<String>,
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

#[derive(Debug, Clone, Serialize)]
struct NavView {
    url: String,
    title: String,
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
        Page::Contact => contact::view(show, url),
        Page::Forms => form::forms(show, url),
        Page::Form => form::form(show, url),
        Page::Item(code) => form::item(show, url, *code),
        Page::Answers => answers(show, url, &[]),
        Page::Data => data(show, url, &[]),
        Page::Disclosure(at) => disclosure::view(show, url, *at),
        Page::NewsList => news::list(show, url),
        Page::News(at) => document::news(show, url, *at),
        Page::Free(at) => document::free(show, url, *at),
        Page::Search => search::view(show, url),
        Page::SiteIndex => site_index(show, url, &[]),
    }
}

/// The page for addresses that lead nowhere.
pub(super) fn not_found(show: &Show) -> View {
    let head = Head::new(show, &UrlPath::of(&[]), show.t("not_found"));
    page(show, "pages/not_found.html", &head, &())
}

/// Puts a page together.
fn page<T: Serialize>(show: &Show, template: &'static str, page: &Head, view: &T) -> View {
    let head = page.with_breadcrumbs(show);
    let whole = Whole { site: SiteView::of(show), page: &head, view };
    let context = Context::from_serialize(&whole).expect("views are structs of plain values");
    View { template, context, title: head.title }
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
            index: show.page_url(&["site-index"]),
            address: agency.address.as_ref().map(|address| show.text(address)),
            phone: agency.phone.clone(),
            email: agency.email.as_ref().map(|email| email.0.clone()),
        }
    }
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
        let description = format!("{title} · {}", show.pick_agency());
        Head {
            canonical: show.absolute(url.as_str()),
            policy: policy::meta(url.as_str()),
            description: show.text(&description),
            breadcrumbs: vec![LinkView { url: show.href("/"), title: show.t("home") }],
            nav: nav(show, url),
            updated: updated_of(show.site, url).map(|date| show.date(date)),
            // Where no unit of its own is named, the agency answers for the page.
            unit: Some(show.pick_agency()),
            is_example: false,
            answers: show.answers(url),
            other_language: OtherLanguage::of(show, url),
            json_ld: None,
            title,
        }
    }

    /// The page shows this document.
    fn of(mut self, show: &Show, document: &Document) -> Head {
        if let Some(unit) = &document.common.unit {
            self.unit = Some(show.text(&unit.value));
        }
        self.is_example = document.common.example;
        self
    }

    /// The same with the way from home among its facts; home itself has none.
    fn with_breadcrumbs(&self, show: &Show) -> Head {
        if self.breadcrumbs.is_empty() {
            return self.clone();
        }
        let mut host = show.site.config.base_url.clone();
        host.set_path("");
        let host = host.as_str().trim_end_matches('/');
        let mut links: Vec<_> = self.breadcrumbs.iter().map(|link| (link.title.clone(), format!("{host}{}", link.url))).collect();
        links.push((self.title.clone(), self.canonical.clone()));
        Head { json_ld: Some(json_ld::joined(self.json_ld.as_deref(), json_ld::breadcrumbs(&links))), ..self.clone() }
    }

    /// A page between this one and home.
    fn under(mut self, url: String, title: String) -> Head {
        self.breadcrumbs.push(LinkView { url, title });
        self
    }
}

/// The main pages, in the order a citizen asks for them.
fn nav(show: &Show, current: &UrlPath) -> Vec<NavView> {
    let year = show.site.fiscal_year().to_string();
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
    // The progress of the measures lies beside them, at `…-progress/`.
    let is_under = |url: &UrlPath| current.as_str().starts_with(url.as_str().trim_end_matches('/'));
    pages
        .into_iter()
        .map(|(url, key)| NavView { is_current: is_under(&url), url: show.href(url.as_str()), title: show.t(key) })
        .collect()
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
