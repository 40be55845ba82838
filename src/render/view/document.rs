//! Pages that are mostly one document: a post, a free page.

use serde::Serialize;

use super::{Head, View, document_at, facts};
use crate::content::news::News;
use crate::content::page::Page;
use crate::render::markdown;
use crate::render::show::{DateView, FileView, Show};
use crate::site::url::UrlPath;

/// A document, or what it is made of: there may be thousands, and most were made before.
#[derive(Serialize)]
struct DocumentView<B> {
    date: Option<DateView>,
    files: Vec<FileView>,
    body: B,
}

pub(super) fn news(show: &Show, url: &UrlPath, at: usize) -> View {
    let (document, news) = document_at::<News>(show, at);
    let mut head =
        Head::new(show, url, show.text(&news.title)).of(show, document).under(show.page_url(&["news"]), show.t("news"));
    if let Some(summary) = &news.summary {
        head = head.about(show, &show.text(summary));
    }
    head.facts = facts::news(show, document, news);
    let (date, files) = (Some(show.date(news.date)), show.files(document, &news.attachments));
    let source = DocumentView { date, files, body: markdown::source(show, document) };
    super::page_of(show, "pages/news.html", &head, &source, || {
        let DocumentView { date, files, .. } = &source;
        DocumentView { date: date.clone(), files: files.clone(), body: markdown::html(show, document) }
    })
}

pub(super) fn free(show: &Show, url: &UrlPath, at: usize) -> View {
    let (document, content) = document_at::<Page>(show, at);
    let head = Head::new(show, url, show.text(&content.title)).of(show, document);
    let page =
        DocumentView { date: None, body: markdown::html(show, document), files: show.files(document, &content.attachments) };
    super::page(show, "pages/free.html", &head, &page)
}
