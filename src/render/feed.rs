//! `sitemap.xml`, `atom.xml` (RFC 4287), `robots.txt` (RFC 9309) and `security.txt` (RFC 9116).

use serde::Serialize;
use tera::Context;

use super::markdown;
use super::show::{DateView, Show};
use super::theme::Theme;
use super::updated::updated_of;
use crate::content::news::News;
use crate::diagnostic::Diagnostics;
use crate::parse::Document;
use crate::site::Site;
use crate::site::changed::last_change;
use crate::site::news::POSTS_A_LIST;
use crate::site::url::{UrlPath, of_document};

#[derive(Serialize)]
struct Feeds {
    title: String,
    agency: String,
    base: String,
    atom: String,
    lang: &'static str,
    /// Newest day of a post, or of the site when there is none; the epoch when that has none either, for Atom demands a date.
    updated: String,
    posts: Vec<EntryView>,
    pages: Vec<PageView>,
}

/// A post as an entry.
#[derive(Serialize)]
struct EntryView {
    title: String,
    /// Absolute; its id, too, for the address of a post never changes.
    absolute: String,
    date: DateView,
    /// Day of the last change.
    updated: String,
    summary: Option<String>,
    /// HTML.
    body: String,
}

#[derive(Serialize)]
struct PageView {
    url: String,
    updated: Option<String>,
}

/// The files, by path below the output folder.
pub(super) fn files(show: &Show, theme: &Theme, diagnostics: &mut Diagnostics) -> Vec<(String, Vec<u8>)> {
    let posts = entries(show);
    let newest = posts.iter().map(|post| post.updated.clone()).max();
    let newest = newest.or_else(|| show.site.newest.map(|date| date.to_string()));
    let feeds = Feeds {
        title: show.t("news_of") + &show.pick_agency(),
        agency: show.pick_agency(),
        base: show.absolute("/"),
        atom: show.absolute("/atom.xml"),
        lang: if show.lang() == crate::diagnostic::Lang::Th { "th" } else { "en" },
        updated: newest.unwrap_or_else(|| "1970-01-01".to_owned()),
        pages: show.site.pages.keys().flat_map(|url| page_views(show, url)).collect(),
        posts,
    };
    let context = Context::from_serialize(&feeds).expect("feeds are plain values");
    let mut files = Vec::new();
    for name in ["sitemap.xml", "atom.xml"] {
        match theme.template(name, &context) {
            Ok(mut text) => {
                text.retain(is_xml);
                files.push((name.to_owned(), text.into_bytes()));
            }
            Err(problem) => theme.report(&problem, diagnostics),
        }
    }
    let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", show.absolute("/sitemap.xml"));
    files.push(("robots.txt".to_owned(), robots.into_bytes()));
    files.extend(security(show.site));
    files
}

/// Whether XML may have a letter (XML 1.0, 2.2); with any other a reader shows nothing of the whole feed.
fn is_xml(letter: char) -> bool {
    !matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// `security.txt` (RFC 9116), for holes in the site, not for reports of corruption. It counts at the root of a host only (3), so a
/// site below a folder has none.
fn security(site: &Site) -> Option<(String, Vec<u8>)> {
    let security = site.config.security.as_ref().filter(|_| site.config.base_url.path() == "/")?;
    let path = ".well-known/security.txt";
    let (contact, expires) = (&security.contact.0, security.expires);
    let canonical = site.absolute(&format!("/{path}"));
    let text = format!(
        "Contact: mailto:{contact}\nExpires: {expires}T23:59:59+07:00\nPreferred-Languages: th, en\nCanonical: {canonical}\n"
    );
    Some((path.to_owned(), text.into_bytes()))
}

/// The newest posts, as many as `/news/` shows: readers of a feed keep what they have seen.
fn entries(show: &Show) -> Vec<EntryView> {
    let entry = |(document, news): (&Document, &News)| EntryView {
        title: show.text(&news.title),
        absolute: show.absolute(of_document(document).0.as_str()),
        date: show.date(news.date),
        updated: last_change(document).unwrap_or(news.date).max(news.date).to_string(),
        summary: news.summary.as_ref().map(|summary| show.text(summary)),
        body: markdown::html(show, document),
    };
    show.site.posts().take(POSTS_A_LIST).map(entry).collect()
}

/// A page in each of its languages.
fn page_views(show: &Show, url: &UrlPath) -> impl Iterator<Item = PageView> {
    let updated = updated_of(show.site, url).map(|date| date.to_string());
    let other = show.site.href_of_other_language(url).map(|href| show.site.with_host(&href));
    let languages = [Some(show.absolute(url.as_str())), other].into_iter().flatten();
    languages.map(move |url| PageView { url, updated: updated.clone() })
}
