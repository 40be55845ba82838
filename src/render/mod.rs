//! Stage 5, render: `Site` and theme → `Output`, the files to publish.

pub mod answers;
pub mod audit;
mod chart;
mod feed;
mod markdown;
pub mod qr;
mod redirect;
pub(crate) mod rules;
mod search;
pub mod sheet;
mod show;
pub mod theme;
mod view;
pub mod walk;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::check::{broken_link, survey_url};
use crate::content::survey::Survey;
use crate::diagnostic::Diagnostics;
use crate::site::Site;
use crate::site::url::{Page, UrlPath};
use crate::source::{SourcePath, Sources};
use crate::thai::FiscalYear;
use answers::Answer;
use qr::Qr;
use rules::{dead_theme_link, far_from_home, hidden_channel, qr_unreadable, submitted_changed};
use show::Show;
use theme::Theme;
use walk::Walk;

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

/// Renders every page, feed and picture, lists the files to copy, and walks through the result as a reader would.
pub fn render(site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) -> (Output, Vec<Answer>) {
    let mut output = Output::default();
    let Some(theme) = Theme::load(sources, site, diagnostics) else { return (output, Vec::new()) };
    let qrs = codes(site, diagnostics);
    let show = Show::new(site, &theme, &qrs);
    // The answer sheet and the index tell of the other pages, so they come after them.
    let pages: Vec<(&UrlPath, &Page)> =
        site.pages.iter().filter(|(_, page)| !matches!(page, Page::Answers | Page::SiteIndex)).collect();
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
    for (year, qr) in &qrs {
        output.add(&qr::svg_path(*year), qr.svg.clone().into_bytes());
        output.add(&qr::png_path(*year), qr.png.clone());
    }
    for (path, bytes) in redirect::files(&show, diagnostics) {
        output.add(&path, bytes);
    }
    for (path, file) in &theme.files {
        output.files.insert(path.clone(), file.clone());
    }
    for (url, path) in &site.files {
        // `site::url` keeps pages out of `/files/`.
        output.files.entry(url[1..].to_owned()).or_insert_with(|| File::CopyOf(path.clone()));
    }
    let walk = Walk::of(&output, site.config.base_url.path());
    let answers = answers::answers(&show, &walk);
    add_form_files(&show, &answers, &mut output, diagnostics);
    add_search(&show, &mut output, diagnostics);
    submitted_changed::check(site, sources, &output, diagnostics);
    check_ways(site, &output, &walk, diagnostics);
    (output, answers)
}

/// The QR code of every survey: an old one stays where it was handed in.
fn codes(site: &Site, diagnostics: &mut Diagnostics) -> BTreeMap<FiscalYear, Qr> {
    let mut codes = BTreeMap::new();
    for (_, survey) in site.all::<Survey>().filter(|(_, survey)| survey_url::is_eit(&survey.url.value.0)) {
        match Qr::of(&survey.url.value.0) {
            Ok(qr) => {
                codes.entry(survey.fiscal_year.value).or_insert(qr);
            }
            Err(problem) => qr_unreadable::report(&survey.url.span, &problem, diagnostics),
        }
    }
    codes
}

/// The audit as data, and the answer sheet as page, CSV and workbook.
fn add_form_files(show: &Show, answers: &[Answer], output: &mut Output, diagnostics: &mut Diagnostics) {
    let Some(audit) = audit::Audit::of(show.site) else { return };
    let form = format!("oit/{}", show.site.fiscal_year());
    let json = serde_json::to_vec_pretty(&audit).expect("strings and numbers always serialize");
    output.add(&format!("{form}/audit.json"), json);
    let sheet = answers::sheet(show, answers);
    output.add(&format!("{form}/answers.csv"), sheet.csv());
    output.add(&format!("{form}/answers.xlsx"), sheet.xlsx());
    let url = UrlPath::of(&["oit", &show.site.fiscal_year().to_string(), "answers"]);
    match show.theme.page(&view::answers(show, &url, answers)) {
        Ok(html) => output.add(&format!("{form}/answers/index.html"), html.into_bytes()),
        Err(problem) => show.theme.report(&problem, diagnostics),
    }
}

/// The index ก–ฮ, and what the search page asks for. They are no way to a page (`Walk`): a form wants the way by the menu.
fn add_search(show: &Show, output: &mut Output, diagnostics: &mut Diagnostics) {
    let found = search::pages(show, output);
    match show.theme.page(&view::site_index(show, &UrlPath::of(&["site-index"]), &found)) {
        Ok(html) => output.add("site-index/index.html", html.into_bytes()),
        Err(problem) => show.theme.report(&problem, diagnostics),
    }
    for (path, bytes) in search::files(show, &found) {
        output.add(&path, bytes);
    }
}

/// What only the finished pages show. A page that could not be made is reported already; then nothing is said.
fn check_ways(site: &Site, output: &Output, walk: &Walk, diagnostics: &mut Diagnostics) {
    let made = |url: &UrlPath| output.files.contains_key(&format!("{}index.html", &url.as_str()[1..]));
    if site.is_formless() || !site.pages.keys().all(made) || site.documents.iter().any(|document| document.content.is_err()) {
        return;
    }
    let has_id = |page: &str, id: &str| walk.has_id(page, id);
    let has_file = |path: &str| output.files.contains_key(path);
    let mut found = Diagnostics::default();
    broken_link::check_finished(site, &has_id, &has_file, &mut found);
    found.charge_errors(|path| site.document(path).and_then(|document| site.answered_by(document)));
    diagnostics.append(found);
    if !diagnostics.has_errors() {
        dead_theme_link::check(site, output, walk, diagnostics);
    }
    far_from_home::check(site, walk, diagnostics);
    hidden_channel::check(site, walk, diagnostics);
}

impl Output {
    fn add(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), File::Bytes(bytes));
    }

    /// What is at a path from the site's root, not percent-encoded: `/executives/` is `executives/index.html`.
    pub fn at(&self, path: &str) -> Option<&File> {
        let file = path.trim_start_matches('/');
        self.files.get(file).filter(|_| !file.is_empty()).or_else(|| {
            let folder = file.trim_end_matches('/');
            self.files.get(&if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") })
        })
    }

    /// The text of a file made by the build; `None` for copies and files that are not there.
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.files.get(path)? {
            File::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            File::CopyOf(_) => None,
        }
    }
}
