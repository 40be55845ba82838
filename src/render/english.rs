//! The English pages: the same site once more below `/en/`; a page that is still in Thai says so.

use std::collections::BTreeMap;

use tera::Context;

use super::collect::Collector;
use super::data::DataSet;
use super::memory::Memory;
use super::qr::Qr;
use super::search::Texts;
use super::show::Show;
use super::theme::Theme;
use super::view;
use crate::diagnostic::Diagnostics;
use crate::site::Site;
use crate::site::url::Page;
use crate::source::Sources;
use crate::thai::{FiscalYear, words};

/// Where the pages are in the output.
pub(super) const FOLDER: &str = "en/";

/// A page with at most this many Thai letters among a hundred is in English: names and titles stay as they are.
const MAX_NAMES: usize = 20;

/// The site in English and the theme in English.
pub(super) struct Edition {
    site: Site,
    theme: Theme,
}

impl Edition {
    /// The English edition, where there is one. Problems of the theme are reported with the Thai pages.
    pub(super) fn of(site: &Site, sources: &Sources) -> Option<Edition> {
        let site = site.in_english()?;
        let theme = Theme::load(sources, &site, &mut Diagnostics::default())?;
        Some(Edition { site, theme })
    }

    /// How it writes things.
    pub(super) fn show<'a>(&'a self, qrs: &'a BTreeMap<FiscalYear, Qr>, memory: &'a Memory) -> Show<'a> {
        Show::new(&self.site, &self.theme, qrs).after(memory)
    }
}

/// Adds the pages of the English edition but the index, which tells of the others.
pub(super) fn add<'a>(
    show: &Show<'a>,
    sets: &[DataSet],
    texts: &mut Texts<'a>,
    all: &mut Collector,
    diagnostics: &mut Diagnostics,
) {
    let pages: Vec<_> = show.site.pages.iter().filter(|(_, page)| **page != Page::SiteIndex).collect();
    let view = |url, page: &Page| if *page == Page::Data { view::data(show, url, sets) } else { view::of(show, url, page) };
    super::add_all(show, &pages, view, texts, all, diagnostics);
}

/// The page, with a note at the start of its content when that is in Thai.
pub(super) fn with_note(theme: &Theme, html: String) -> Result<String, tera::Error> {
    let start = html.find("<main").and_then(|main| Some(main + html[main..].find('>')? + 1));
    let Some((start, end)) = start.zip(html.find("</main>")) else { return Ok(html) };
    let (thai, latin) = letters(&html[start..end]);
    if thai * 100 <= (thai + latin) * MAX_NAMES {
        return Ok(html);
    }
    let mut arguments = Context::new();
    arguments.insert("is_all", &(thai > latin));
    let note = theme.component("translation_note", &arguments)?;
    Ok(format!("{}\n{}{}", &html[..start], note.trim(), &html[start..]))
}

/// How many Thai and how many other letters a part of a page shows.
fn letters(html: &str) -> (usize, usize) {
    let mut is_tag = false;
    let (mut thai, mut latin) = (0, 0);
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            letter if is_tag => _ = letter,
            letter if words::is_letter(letter) => thai += 1,
            letter if letter.is_alphabetic() => latin += 1,
            _ => {}
        }
    }
    (thai, latin)
}
