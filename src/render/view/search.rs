//! `/search/`: the form; the script of the theme does the rest.

use serde::Serialize;

use super::{Head, View};
use crate::render::show::Show;
use crate::site::url::UrlPath;

#[derive(Serialize)]
struct SearchView {
    /// Address of the page, where the form leads.
    url: String,
    /// Address of the first tier of the index; the shards lie beside it.
    titles: String,
}

pub(super) fn view(show: &Show, url: &UrlPath) -> View {
    let head = Head::new(show, url, show.t("search"));
    let page = SearchView { url: show.href(url.as_str()), titles: format!("{}titles.json", show.href(url.as_str())) };
    super::page(show, "pages/search.html", &head, &page)
}
