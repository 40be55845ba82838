//! `/news/`: posts, newest first.

use serde::Serialize;

use super::data::DataLinks;
use super::{Head, View};
use crate::content::news::News;
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
    pub(in crate::render) absolute: String,
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
    let mut posts: Vec<_> = show.site.all::<News>().collect();
    posts.sort_by(|(a, first), (b, second)| second.date.cmp(&first.date).then_with(|| a.path.cmp(&b.path)));
    let view = |(document, news): (&crate::parse::Document, &News)| PostView {
        title: show.text(&news.title),
        url: show.document_url(document),
        absolute: show.absolute(crate::site::url::of_document(document).0.as_str()),
        date: show.date(news.date),
        summary: news.summary.as_ref().map(|summary| show.text(summary)),
        is_example: document.common.example,
    };
    posts.into_iter().map(view).collect()
}
