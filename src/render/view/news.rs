//! `/news/`: the newest posts; `/news/2566/`: those of a year, list by list.

use serde::Serialize;

use super::data::DataLinks;
use super::{Head, View};
use crate::content::news::News;
use crate::parse::Document;
use crate::render::show::{DateView, LinkView, Show};
use crate::site::news::{POSTS_A_LIST, of_list};
use crate::site::url::UrlPath;
use crate::thai::FiscalYear;

#[derive(Serialize)]
struct NewsView {
    posts: Vec<PostView>,
    /// The lists of the year, when it has more than one; the years that have lists of their own, newest first.
    menus: Vec<Menu>,
    data: DataLinks,
}

/// Links to other lists.
#[derive(Serialize)]
struct Menu {
    id: &'static str,
    title: String,
    links: Vec<ListLink>,
}

/// A link to a list.
#[derive(Serialize)]
struct ListLink {
    #[serde(flatten)]
    link: LinkView,
    is_current: bool,
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
    view(show, &head, show.site.posts().take(POSTS_A_LIST), None, Vec::new())
}

pub(super) fn year(show: &Show, url: &UrlPath, year: FiscalYear, number: usize) -> View {
    let n_lists = show.site.n_lists(year);
    let title = format!("{} {}", show.t("news_in"), show.number(year));
    let list = |at| ListLink { link: link(show, year, at, show.number(at)), is_current: at == number };
    let mut head = Head::new(
        show,
        url,
        if number == 1 { title.clone() } else { format!("{title} {} {}", show.t("list"), show.number(number)) },
    );
    head = head.under(show.page_url(&["news"]), show.t("news"));
    if number > 1 {
        head = head.under(show.href(of_list(year, 1).as_str()), title);
    }
    let lists = if n_lists > 1 { (1..=n_lists).map(list).collect() } else { Vec::new() };
    view(show, &head, show.site.posts_of(year, number), Some(year), lists)
}

fn view<'a>(
    show: &Show,
    head: &Head,
    posts: impl Iterator<Item = (&'a Document, &'a News)>,
    current: Option<FiscalYear>,
    lists: Vec<ListLink>,
) -> View {
    let year_link = |year| ListLink { link: link(show, year, 1, show.number(year)), is_current: current == Some(year) };
    let years = show.site.news_years.iter().map(|(year, _)| year_link(*year)).collect();
    let menus = [
        Menu { id: "news-lists", title: show.t("news_lists"), links: lists },
        Menu { id: "news-years", title: show.t("news_years"), links: years },
    ];
    let view = NewsView {
        posts: posts.map(|item| post(show, item)).collect(),
        menus: menus.into_iter().filter(|menu| !menu.links.is_empty()).collect(),
        data: DataLinks::of(show, "news", show.t("news")),
    };
    super::page(show, "pages/news_list.html", head, &view)
}

fn link(show: &Show, year: FiscalYear, number: usize, title: String) -> LinkView {
    LinkView { url: show.href(of_list(year, number).as_str()), title }
}

pub(in crate::render) fn post(show: &Show, (document, news): (&Document, &News)) -> PostView {
    PostView {
        title: show.text(&news.title),
        url: show.document_url(document),
        date: show.date(news.date),
        summary: news.summary.as_ref().map(|summary| show.text(summary)),
        is_example: document.common.example,
    }
}
