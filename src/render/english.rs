//! The English pages: the same site once more below `/en/`; a page that is still in Thai says so.

use std::collections::BTreeMap;

use rayon::prelude::*;
use tera::Context;

use super::data::DataSet;
use super::qr::Qr;
use super::show::Show;
use super::theme::Theme;
use super::{Output, view};
use crate::diagnostic::Diagnostics;
use crate::site::Site;
use crate::site::url::Page;
use crate::source::Sources;
use crate::thai::{FiscalYear, words};

/// Where the pages are in the output.
pub(super) const FOLDER: &str = "en/";

/// A page with at most this many Thai letters among a hundred is in English: names and titles stay as they are.
const MAX_NAMES: usize = 20;

/// Adds the pages of the English edition.
pub(super) fn add(
    site: &Site,
    sources: &Sources,
    qrs: &BTreeMap<FiscalYear, Qr>,
    sets: &[DataSet],
    output: &mut Output,
    diagnostics: &mut Diagnostics,
) {
    // Problems of the theme were reported when it was loaded for the Thai pages.
    let Some(theme) = Theme::load(sources, site, &mut Diagnostics::default()) else { return };
    let show = Show::new(site, &theme, qrs);
    let pages: Vec<_> = site.pages.iter().collect();
    let view = |url, page: &Page| if *page == Page::Data { view::data(&show, url, sets) } else { view::of(&show, url, page) };
    let pages: Vec<_> = pages.into_par_iter().map(|(url, page)| (url, theme.page(&view(url, page)))).collect();
    for (url, page) in pages {
        match page.and_then(|html| with_note(&theme, html)) {
            Ok(html) => output.add(&format!("{FOLDER}{}index.html", &url.as_str()[1..]), html.into_bytes()),
            Err(problem) => theme.report(&problem, diagnostics),
        }
    }
}

/// The page, with a note at the start of its content when that is in Thai.
fn with_note(theme: &Theme, html: String) -> Result<String, tera::Error> {
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
