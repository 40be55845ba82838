//! `/news/`: posts, newest first.

use serde::Serialize;

use super::data::DataLinks;
use super::{Head, View};
use crate::content::news::News;
use crate::render::feed;
use crate::render::show::{DateView, Show};
use crate::site::url::UrlPath;

#[derive(Serialize)]
struct NewsView {
    posts: Vec<PostView>,
    data: DataLinks,
}

/// One post in a list.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render) struct PostView {
    pub(in crate::render) title: String,
    pub(in crate::render) url: String,
    pub(in crate::render) date: DateView,
    pub(in crate::render) summary: Option<String>,
    is_example: bool,
}

pub(super) fn list(show: &Show, url: &UrlPath) -> View {
    let head = Head::new(show, url, show.t("news"));
    super::page(
        show,
        "pages/news_list.html",
        &head,
        &NewsView { posts: posts(show), data: DataLinks::of(show, "news", show.t("news")) },
    )
}

/// All posts, newest first.
pub(in crate::render) fn posts(show: &Show) -> Vec<PostView> {
    let view = |(document, news): (&crate::parse::Document, &News)| PostView {
        title: show.text(&news.title),
        url: show.document_url(document),
        date: show.date(news.date),
        summary: news.summary.as_ref().map(|summary| show.text(summary)),
        is_example: document.common.example,
    };
    feed::posts(show.site).into_iter().map(view).collect()
}
