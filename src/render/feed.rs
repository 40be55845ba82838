//! `sitemap.xml`, `atom.xml` (RFC 4287) and `robots.txt` (RFC 9309).

use serde::Serialize;
use tera::Context;

use super::show::Show;
use super::theme::Theme;
use super::updated::updated_of;
use super::view::posts;
use crate::diagnostic::Diagnostics;
use crate::site::url::UrlPath;

#[derive(Serialize)]
struct Feeds {
    title: String,
    agency: String,
    base: String,
    atom: String,
    lang: &'static str,
    /// Newest day of a post; the epoch when there is none, for Atom demands a date.
    updated: String,
    posts: Vec<super::view::PostView>,
    pages: Vec<PageView>,
}

#[derive(Serialize)]
struct PageView {
    url: String,
    updated: Option<String>,
}

/// The files, by path below the output folder.
pub(super) fn files(show: &Show, theme: &Theme, diagnostics: &mut Diagnostics) -> Vec<(String, Vec<u8>)> {
    let posts = posts(show);
    let feeds = Feeds {
        title: show.t("news_of") + &show.pick_agency(),
        agency: show.pick_agency(),
        base: show.absolute("/"),
        atom: show.absolute("/atom.xml"),
        lang: if show.lang() == crate::diagnostic::Lang::Th { "th" } else { "en" },
        updated: posts.first().map_or_else(|| "1970-01-01".to_owned(), |post| post.date.iso.clone()),
        pages: show.site.pages.keys().map(|url| page_view(show, url)).collect(),
        posts,
    };
    let context = Context::from_serialize(&feeds).expect("feeds are plain values");
    let mut files = Vec::new();
    for name in ["sitemap.xml", "atom.xml"] {
        match theme.template(name, &context) {
            Ok(text) => files.push((name.to_owned(), text.into_bytes())),
            Err(problem) => theme.report(&problem, diagnostics),
        }
    }
    let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", show.absolute("/sitemap.xml"));
    files.push(("robots.txt".to_owned(), robots.into_bytes()));
    files
}

fn page_view(show: &Show, url: &UrlPath) -> PageView {
    let updated = updated_of(show.site, url);
    PageView { url: show.absolute(url.as_str()), updated: updated.map(|date| date.to_string()) }
}
