//! `Show`: how this site writes dates, numbers, addresses and texts. Every view is made with it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::{OnceLock, RwLock};

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::data;
use super::english;
use super::json_ld::text_of;
use super::memory::{Key, KeyMaker, Memory, Remembered};
use super::policy::Policy;
use super::qr::{self, Qr};
use super::theme::Theme;
use super::view::{self, SiteView};
use crate::catalog::Item;
use crate::content::results::Results;
use crate::content::{Attachment, Content};
use crate::diagnostic::{Lang, Text};
use crate::parse::Document;
use crate::parse::asset::AssetKind;
use crate::site::coverage::{Coverage, Evidence};
use crate::site::url::{self, UrlPath};
use crate::site::{Edition, Site};
use crate::source::SourcePath;
use crate::thai::repair::repaired;
use crate::thai::{Code, FiscalYear, date, digits};

/// How this site writes things.
pub(super) struct Show<'a> {
    pub(super) site: &'a Site,
    pub(super) theme: &'a Theme,
    /// QR codes of the surveys, by year.
    qrs: &'a BTreeMap<FiscalYear, Qr>,
    /// Year of the latest result.
    pub(super) latest_result: Option<FiscalYear>,
    /// Items that each page answers.
    answers: BTreeMap<String, Vec<Code>>,
    /// What all pages say, made once.
    site_view: OnceLock<tera::Value>,
    main_pages: OnceLock<Vec<(UrlPath, LinkView)>>,
    past: OnceLock<Vec<Site>>,
    publisher: OnceLock<String>,
    policy: OnceLock<String>,
    look: OnceLock<Key>,
    /// Titles of pages that the history tells of, each of many times.
    pub(super) titles: RwLock<BTreeMap<UrlPath, String>>,
    /// Pages that were made before.
    memory: Option<&'a Memory>,
}

/// A day.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DateView {
    /// `2023-04-20`.
    pub(super) iso: String,
    /// `20 เมษายน 2566`.
    pub(super) shown: String,
}

/// A link.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LinkView {
    pub(super) url: String,
    pub(super) title: String,
}

/// A score.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ScoreView {
    /// Two decimals, half up.
    pub(super) shown: String,
    /// Below the pass line of its year.
    pub(super) is_below: bool,
}

/// A file to download.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FileView {
    pub(super) url: String,
    pub(super) title: String,
    /// `PDF`.
    pub(super) kind: String,
    /// `245 KB`.
    pub(super) size: String,
    /// Number of pages of a PDF that opens: `3`.
    pub(super) pages: Option<String>,
}

/// The survey's QR code and its link.
#[derive(Debug, Clone, Serialize)]
pub(super) struct QrView {
    pub(super) url: String,
    pub(super) size: usize,
    pub(super) path: String,
    pub(super) svg: String,
    pub(super) png: String,
    pub(super) page: String,
    pub(super) opens: Option<DateView>,
    pub(super) closes: Option<DateView>,
    pub(super) year: String,
    pub(super) is_example: bool,
}

impl<'a> Show<'a> {
    pub(super) fn new(site: &'a Site, theme: &'a Theme, qrs: &'a BTreeMap<FiscalYear, Qr>) -> Show<'a> {
        let latest_result = site.all::<Results>().map(|(_, results)| results.fiscal_year.value).max();
        let (site_view, main_pages, past) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        let (publisher, policy, look, titles) = (OnceLock::new(), OnceLock::new(), OnceLock::new(), RwLock::default());
        let memory = None;
        let answers = answers(site);
        Show { site, theme, qrs, latest_result, answers, site_view, main_pages, past, publisher, policy, look, titles, memory }
    }

    /// The same after pages were made that some of the site's are.
    #[must_use]
    pub(super) fn after(mut self, memory: &'a Memory) -> Show<'a> {
        self.memory = Some(memory);
        self
    }

    /// The same as if nothing was made before.
    pub(super) fn anew(&self) -> Show<'a> {
        Show::new(self.site, self.theme, self.qrs)
    }

    /// The page at `url`, when it was made of the same before.
    pub(super) fn before(&self, url: &UrlPath, key: &Key) -> Option<Remembered> {
        self.memory?.page(&self.file_of(url), key).cloned()
    }

    /// The site as it answers the forms of earlier years that stay on it.
    pub(super) fn past(&self) -> &[Site] {
        self.past.get_or_init(|| self.site.past.iter().map(|(year, _)| self.site.in_year(*year)).collect())
    }

    /// How the same site writes things as it answers the form of another year.
    pub(super) fn of<'b>(&'b self, site: &'b Site) -> Show<'b> {
        Show { memory: self.memory, ..Show::new(site, self.theme, self.qrs) }
    }

    /// What every page says about the site.
    pub(super) fn site_view(&self) -> tera::Value {
        self.site_view.get_or_init(|| tera::Value::from_serializable(&SiteView::of(self))).clone()
    }

    /// What stands for all that pages of the site have in common: theme, strings, the site itself.
    pub(super) fn look(&self) -> &[u8] {
        self.look.get_or_init(|| {
            let site = serde_json::to_vec(&SiteView::of(self)).expect("strings always serialize");
            let base = self.site.config.base_url.path();
            let menu: Vec<&LinkView> = self.main_pages().iter().map(|(_, link)| link).collect();
            let menu = serde_json::to_vec(&menu).expect("strings always serialize");
            [&self.theme.digest, &*site, base.as_bytes(), &menu].into_iter().fold(KeyMaker::default(), KeyMaker::with).finish()
        })
    }

    /// Who publishes the site, as pages tell search engines.
    pub(super) fn publisher(&self) -> &str {
        self.publisher.get_or_init(|| text_of(view::facts::publisher(self)))
    }

    /// The content security policy of a page, given its path from the site's root.
    pub(super) fn policy(&self, path: &str) -> String {
        let policy = Policy::of(&self.site.config);
        if policy.is_special(path) { policy.meta(path) } else { self.policy.get_or_init(|| policy.meta(path)).clone() }
    }

    /// The main pages, each with its link.
    pub(super) fn main_pages(&self) -> &[(UrlPath, LinkView)] {
        self.main_pages.get_or_init(|| view::main_pages(self))
    }

    pub(super) fn lang(&self) -> Lang {
        self.site.config.language
    }

    /// A text of both languages in the site's.
    pub(super) fn pick(&self, text: &Text) -> String {
        self.text(text.get(self.lang()))
    }

    /// The agency's name in the site's language.
    pub(super) fn pick_agency(&self) -> String {
        let agency = &self.site.config.agency;
        self.text(if self.lang() == Lang::Th { &agency.name } else { &agency.name_en })
    }

    /// A string of the theme.
    pub(super) fn t(&self, key: &str) -> String {
        self.theme.string(key, self.lang())
    }

    /// A text with the digits of the site, its letters mended.
    pub(super) fn text(&self, text: &str) -> String {
        self.text_of(text).into_owned()
    }

    /// The same without a copy of a text that is right already.
    pub(super) fn text_of<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match repaired(text) {
            Cow::Borrowed(text) => digits::show(text, self.site.config.digits),
            Cow::Owned(text) => Cow::Owned(digits::show(&text, self.site.config.digits).into_owned()),
        }
    }

    /// Anything with a number in it, with the digits of the site.
    pub(super) fn number(&self, number: impl Display) -> String {
        self.text(&number.to_string())
    }

    /// A score with two decimals, half up, as the commission prints it.
    pub(super) fn score(&self, score: Decimal, pass_line: Decimal) -> ScoreView {
        let mut rounded = score.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        rounded.rescale(2);
        ScoreView { shown: self.number(rounded), is_below: score < pass_line }
    }

    pub(super) fn date(&self, date: Date) -> DateView {
        let shown = match self.lang() {
            Lang::Th => date::long_th(date),
            Lang::En => date::long_en(date),
        };
        DateView { iso: date.to_string(), shown: self.text(&shown) }
    }

    /// An address inside the site, from the root of its host: `/ita/executives/#mayor`.
    pub(super) fn href(&self, path: &str) -> String {
        self.site.href(path)
    }

    /// Where a file is published.
    pub(super) fn file_href(&self, path: &SourcePath) -> String {
        self.href(&url::link_to_asset(path))
    }

    /// The same as an absolute URL.
    pub(super) fn absolute(&self, path: &str) -> String {
        self.site.absolute(path)
    }

    /// Where a table of data is published; one file for all languages.
    pub(super) fn data_href(&self, name: &str, extension: &str) -> String {
        self.href(&format!("/{}", data::path(name, extension)))
    }

    pub(super) fn page_url(&self, parts: &[&str]) -> String {
        self.href(UrlPath::of(parts).as_str())
    }

    /// The folder of this language's pages in the output: `en/`, or none.
    pub(super) fn folder(&self) -> &'static str {
        if self.site.edition == Edition::English { english::FOLDER } else { "" }
    }

    /// Where a page lies in the output: `executives/index.html`.
    pub(super) fn file_of(&self, url: &UrlPath) -> String {
        format!("{}{}", self.folder(), super::file_of(url))
    }

    /// Where a document is shown.
    pub(super) fn document_url(&self, document: &Document) -> String {
        let (url, anchor) = url::of_document(document);
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        self.href(&format!("{url}{anchor}"))
    }

    /// The same as an absolute URL.
    pub(super) fn absolute_url_of(&self, document: &Document) -> String {
        let (url, anchor) = url::of_document(document);
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        self.absolute(&format!("{url}{anchor}"))
    }

    /// The items that a page answers.
    pub(super) fn answers_of(&self, url: &UrlPath) -> impl Iterator<Item = Code> {
        self.answers.get(url.as_str()).into_iter().flatten().copied()
    }

    /// The items that a page answers, as links to their place on the form.
    pub(super) fn answers(&self, url: &UrlPath) -> Vec<LinkView> {
        let items = self.answers.get(url.as_str()).map(Vec::as_slice).unwrap_or_default();
        let catalog = self.site.catalog();
        let known = items.iter().filter_map(|code| catalog.and_then(|catalog| catalog.item(*code)));
        known.map(|item| self.item_link(item)).collect()
    }

    /// `O42 มาตรการ…`, leading to the item's page.
    pub(super) fn item_link(&self, item: &Item) -> LinkView {
        let url = self.href(url::of_item(self.site.fiscal_year(), item.id).as_str());
        LinkView { url, title: self.text(&format!("{} {}", item.id, item.title.get(self.lang()))) }
    }

    /// What a file is called by the document that attaches it, given its place from the site's root; `None` for pages.
    pub(super) fn file_title(&self, place: &str) -> Option<String> {
        if !place.starts_with("/files/") {
            return None;
        }
        let named = super::audit::documents(self.site, place).into_iter().find_map(|document| {
            let is_it = |attachment: &&Attachment| {
                url::asset(document, &attachment.file.value).is_some_and(|path| url::link_to_asset(&path) == place)
            };
            attachments(document).iter().find(is_it).map(|attachment| self.text(&attachment.title))
        });
        named.or_else(|| place.rsplit('/').next().map(str::to_owned))
    }

    /// The files of a document.
    pub(super) fn files(&self, document: &Document, attachments: &[Attachment]) -> Vec<FileView> {
        let view = |attachment: &Attachment| {
            let path = url::asset(document, &attachment.file.value)?;
            let asset = self.site.assets.get(&path)?;
            let kind = if asset.kind == AssetKind::Pdf { "PDF".to_owned() } else { path.extension().to_uppercase() };
            let (url, title, size) = (self.file_href(&path), self.text(&attachment.title), self.size(asset.size));
            let pages = asset.n_pages().map(|n_pages| self.number(n_pages));
            Some(FileView { url, title, kind, size, pages })
        };
        attachments.iter().filter_map(view).collect()
    }

    /// `245 KB`; kilobytes of 1,024 bytes, rounded up.
    pub(super) fn size(&self, bytes: u64) -> String {
        const KIB: u64 = 1024;
        let kib = bytes.div_ceil(KIB);
        if kib < KIB { self.text(&format!("{kib} KB")) } else { self.text(&format!("{}.{} MB", kib / KIB, kib % KIB * 10 / KIB)) }
    }

    /// The QR code of a year's survey.
    pub(super) fn qr(&self, year: FiscalYear) -> Option<QrView> {
        let (document, survey) = self.site.survey_of(year)?;
        let qr = self.qrs.get(&year)?;
        Some(QrView {
            url: survey.url.value.0.clone(),
            size: qr.size,
            path: qr.path.clone(),
            svg: self.href(&format!("/{}", qr::svg_path(year))),
            png: self.href(&format!("/{}", qr::png_path(year))),
            page: self.document_url(document),
            opens: survey.opens.as_ref().map(|date| self.date(date.value)),
            closes: survey.closes.as_ref().map(|date| self.date(date.value)),
            year: self.number(year),
            is_example: document.common.example,
        })
    }
}

/// The items that each page or file answers: where an answer is in a file, the page that has the file, too.
fn answers(site: &Site) -> BTreeMap<String, Vec<Code>> {
    let mut answers: BTreeMap<String, Vec<Code>> = BTreeMap::new();
    for coverage in &site.audit {
        for place in coverage.requirements.iter().flat_map(|requirement| places(&requirement.coverage)) {
            let page = place.page();
            let is_file = page.starts_with("/files/");
            let behind = if is_file { super::audit::documents(site, page) } else { Vec::new() };
            let behind = behind.into_iter().map(|document| url::of_document(document).0.to_string());
            for page in behind.chain([page.to_owned()]) {
                let items = answers.entry(page).or_default();
                if !items.contains(&coverage.item) {
                    items.push(coverage.item);
                }
            }
        }
    }
    answers
}

/// The attachments of a document.
pub(super) fn attachments(document: &Document) -> &[Attachment] {
    match &document.content {
        Ok(Content::Disclosure(disclosure)) => &disclosure.attachments,
        Ok(Content::News(news)) => &news.attachments,
        Ok(Content::Page(page)) => &page.attachments,
        Ok(Content::Progress(progress)) => &progress.attachments,
        _ => &[],
    }
}

/// The places that answer a requirement.
pub(super) fn places(coverage: &Coverage) -> &[Evidence] {
    match coverage {
        Coverage::Verified(places) | Coverage::Declared(places) => places,
        Coverage::NotApplicable(_, place) => std::slice::from_ref(place),
        Coverage::Missing(_) => &[],
    }
}
