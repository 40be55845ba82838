//! Stage 5, render: `Site` and theme → `Output`, the files to publish.

mod chart;
mod feed;
mod markdown;
pub mod qr;
pub(crate) mod rules;
mod show;
pub mod theme;
mod view;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::check::survey_url;
use crate::diagnostic::Diagnostics;
use crate::site::Site;
use crate::site::url::{Page, UrlPath};
use crate::source::{SourcePath, Sources};
use rules::qr_unreadable;
use show::Show;
use theme::Theme;

/// The files to publish, by path.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// Path below the output folder, `/`-separated: `executives/index.html`.
    pub files: BTreeMap<String, File>,
}

/// One file to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of a source, which is never held in memory as a whole.
    CopyOf(SourcePath),
}

/// Renders every page, feed and picture, and lists the files to copy.
pub fn render(site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) -> Output {
    let mut output = Output::default();
    let Some(theme) = Theme::load(sources, site, diagnostics) else { return output };
    let qr =
        site.survey().filter(|(_, survey)| survey_url::is_eit(&survey.url.value.0)).and_then(|(_, survey)| {
            match qr::Qr::of(&survey.url.value.0) {
                Ok(qr) => Some(qr),
                Err(problem) => {
                    qr_unreadable::report(&survey.url.span, &problem, diagnostics);
                    None
                }
            }
        });
    let show = Show::new(site, &theme, qr.as_ref());
    let pages: Vec<(&UrlPath, &Page)> = site.pages.iter().collect();
    let rendered: Vec<_> = pages.into_par_iter().map(|(url, page)| (url, theme.page(&view::of(&show, url, page)))).collect();
    for (url, result) in rendered {
        match result {
            Ok(html) => output.add(&format!("{}index.html", &url.as_str()[1..]), html.into_bytes()),
            Err(problem) => theme.report(&problem, diagnostics),
        }
    }
    match theme.page(&view::not_found(&show)) {
        Ok(html) => output.add("404.html", html.into_bytes()),
        Err(problem) => theme.report(&problem, diagnostics),
    }
    for (path, bytes) in feed::files(&show, &theme, diagnostics) {
        output.add(&path, bytes);
    }
    if let Some(qr) = qr {
        output.add(&qr::svg_path(site.fiscal_year()), qr.svg.into_bytes());
        output.add(&qr::png_path(site.fiscal_year()), qr.png);
    }
    for (path, file) in theme.files {
        output.files.insert(path, file);
    }
    for (url, path) in &site.files {
        // `site::url` keeps pages out of `/files/`.
        output.files.entry(url[1..].to_owned()).or_insert_with(|| File::CopyOf(path.clone()));
    }
    output
}

impl Output {
    fn add(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), File::Bytes(bytes));
    }

    /// The text of a file made by the build; `None` for copies and files that are not there.
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.files.get(path)? {
            File::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            File::CopyOf(_) => None,
        }
    }
}
