//! Pages that are mostly one document: a disclosure, a post, a free page.

use serde::Serialize;

use super::{Head, View, document_at};
use crate::content::disclosure::Disclosure;
use crate::content::news::News;
use crate::content::page::Page;
use crate::render::markdown;
use crate::render::show::{DateView, FileView, Show};
use crate::site::url::UrlPath;

#[derive(Serialize)]
struct DocumentView {
    date: Option<DateView>,
    /// The year has nothing to disclose, and says so.
    is_none: bool,
    body: String,
    files: Vec<FileView>,
}

pub(super) fn disclosure(show: &Show, url: &UrlPath, at: usize) -> View {
    let (document, disclosure) = document_at::<Disclosure>(show, at);
    let mut head = Head::new(show, url, title(show, at)).of(show, document).under(show.page_url(&["oit"]), show.t("forms"));
    let year = show.site.fiscal_year();
    if document.year == Some(year) {
        let form = format!("{} {}", show.t("form_of"), show.number(year));
        head = head.under(show.page_url(&["oit", &year.to_string()]), form);
    }
    let page = DocumentView {
        date: disclosure.date.map(|date| show.date(date)),
        is_none: disclosure.none,
        body: markdown::html(show, document),
        files: show.files(document, &disclosure.attachments),
    };
    super::page(show, "pages/disclosure.html", &head, &page)
}

/// The title of a disclosure: its own, or that of its topic on the form.
pub(super) fn title(show: &Show, at: usize) -> String {
    let (document, disclosure) = document_at::<Disclosure>(show, at);
    let topic = disclosure.topic(&document.slug);
    let catalog = document.year.and_then(|year| show.site.catalogs.of(year));
    let item = catalog.and_then(|catalog| catalog.topic(topic));
    match (&disclosure.title, item) {
        (Some(title), _) => show.text(title),
        (None, Some(item)) => show.pick(&item.title),
        (None, None) => topic.to_owned(),
    }
}

pub(super) fn news(show: &Show, url: &UrlPath, at: usize) -> View {
    let (document, news) = document_at::<News>(show, at);
    let head = Head::new(show, url, show.text(&news.title)).of(show, document).under(show.page_url(&["news"]), show.t("news"));
    let page = DocumentView {
        date: Some(show.date(news.date)),
        is_none: false,
        body: markdown::html(show, document),
        files: show.files(document, &news.attachments),
    };
    super::page(show, "pages/news.html", &head, &page)
}

pub(super) fn free(show: &Show, url: &UrlPath, at: usize) -> View {
    let (document, content) = document_at::<Page>(show, at);
    let head = Head::new(show, url, show.text(&content.title)).of(show, document);
    let page = DocumentView {
        date: None,
        is_none: false,
        body: markdown::html(show, document),
        files: show.files(document, &content.attachments),
    };
    super::page(show, "pages/free.html", &head, &page)
}
