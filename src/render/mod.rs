//! Stage 5, render: `Site` and theme → `Output`, the files to publish.

pub mod answers;
pub mod audit;
mod chart;
mod collect;
mod data;
mod english;
mod feed;
mod finish;
pub mod gallery;
mod harm;
mod headers;
mod html;
mod json_ld;
mod markdown;
mod memory;
mod palette;
mod people;
mod policy;
pub mod preview;
pub mod qr;
mod redirect;
pub(crate) mod rules;
mod search;
pub mod sheet;
mod show;
pub mod theme;
mod typography;
mod updated;
mod vcard;
mod view;
pub mod walk;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::check::{broken_link, survey_url};
use crate::content::survey::Survey;
use crate::diagnostic::Diagnostics;
use crate::history::{LOG, sums};
use crate::site::url::{Page, UrlPath};
use crate::site::{Edition, Site};
use crate::source::{SourcePath, Sources, hex};
use crate::thai::FiscalYear;
use answers::Answer;
use collect::{Collector, Made};
use data::DataSet;
use finish::Finisher;
pub use memory::Memory;
use qr::Qr;
use rules::{dead_theme_link, far_from_home, hidden_channel, qr_unreadable, submitted_changed, unsafe_page};
use search::Texts;
use show::Show;
use theme::Theme;
use view::View;
use walk::Walk;

/// Pages that are made at a time: enough for every core, and what waits for the index of the search stays small.
const AT_A_TIME: usize = 1024;

/// The files to publish, by path.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// Path below the output folder, `/`-separated: `executives/index.html`.
    pub files: BTreeMap<String, File>,
    /// What was published when, this time included; it is among the files, too, and kept in the site folder.
    pub history: Option<Vec<u8>>,
}

/// One file to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of a source, which is never held in memory as a whole.
    CopyOf(SourcePath),
    /// Bytes that a [`Keep`] holds.
    Kept(Entry),
}

/// Size and checksum of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

impl Entry {
    /// Those of these bytes.
    pub fn of(bytes: &[u8]) -> Entry {
        Entry { size: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) }
    }
}

/// Where files go while others are still being made, so that they need not all be in memory.
pub trait Keep: Sync {
    /// Whether this file is there already, from an earlier time.
    fn has(&self, _path: &str, _file: &Entry) -> bool {
        false
    }

    /// The bytes of a file that is there from an earlier time; `None` where it cannot be read.
    fn read(&self, _path: &str, _file: &Entry) -> Option<Vec<u8>> {
        None
    }

    /// Takes the bytes of the file at `path`, below the output folder; says where they are.
    fn keep(&self, path: &str, bytes: Vec<u8>) -> File;
}

/// Keeps everything in memory.
pub struct InMemory;

impl Keep for InMemory {
    fn keep(&self, _: &str, bytes: Vec<u8>) -> File {
        File::Bytes(bytes)
    }
}

/// Keeps sizes and checksums, for callers that want to know what is wrong and not the files.
pub struct Forget;

impl Keep for Forget {
    fn keep(&self, _: &str, bytes: Vec<u8>) -> File {
        File::Kept(Entry::of(&bytes))
    }
}

/// Renders every page, feed and picture, lists the files to copy, and walks through the result as a reader would.
/// What `memory` has of an earlier render is taken from there; what is rendered does not depend on it.
pub fn render(
    site: &Site,
    sources: &Sources,
    keep: &dyn Keep,
    memory: &mut Memory,
    diagnostics: &mut Diagnostics,
) -> (Output, Vec<Answer>) {
    let mut found = Diagnostics::default();
    let (theme, qrs) = rayon::join(|| Theme::load(sources, site, diagnostics), || codes(site, &mut found));
    diagnostics.append(found);
    let Some(theme) = theme else { return (Output::default(), Vec::new()) };
    let known = std::mem::take(memory).still(site, keep);
    let show = Show::new(site, &theme, &qrs).after(&known);
    let english = english::Edition::of(site, sources);
    let english = english.as_ref().map(|english| english.show(&qrs, &known));
    let mut all = Collector::new(Finisher::after(site, &known), keep, &known);
    let lang = site.config.language;
    let mut texts = Texts::default();
    let titles = add_pages(&show, &mut texts, &mut all, diagnostics);
    let mut found = Diagnostics::default();
    let (sets, feeds) =
        rayon::join(|| add_data(&show, &titles, &mut all, diagnostics), || feed::files(&show, &theme, &mut found));
    diagnostics.append(found);
    match theme.page(&view::not_found(&show)) {
        Ok(html) => all.add_other("404.html", html.into_bytes(), lang),
        Err(problem) => theme.report(&problem, diagnostics),
    }
    for (path, bytes) in feeds.into_iter().chain(people::files(&show)) {
        all.add(&path, bytes);
    }
    for (year, qr) in &qrs {
        all.add(&qr::svg_path(*year), qr.svg.clone().into_bytes());
        all.add(&qr::png_path(*year), qr.png.clone());
    }
    for (path, bytes) in redirect::files(&show, diagnostics) {
        all.add_other(&path, bytes, lang);
    }
    for (path, file) in &theme.files {
        match file {
            File::Bytes(bytes) => all.add(path, bytes.clone()),
            file => drop(all.output.files.insert(path.clone(), file.clone())),
        }
    }
    for (url, path) in &site.files {
        // `site::url` keeps pages out of `/files/`.
        all.output.files.entry(url[1..].to_owned()).or_insert_with(|| File::CopyOf(path.clone()));
    }
    let mut english_texts = Texts::default();
    if let Some(english) = &english {
        english::add(english, &sets, &mut english_texts, &mut all, diagnostics);
    }
    for (path, bytes) in headers::files(site, &all.output) {
        all.add(&path, bytes);
    }
    let walk = Walk::of(std::mem::take(&mut all.facts));
    let answers = answers::answers(&show, &walk);
    add_form_files(&show, &answers, &mut all, diagnostics);
    for site in show.past() {
        let past = Show::new(site, &theme, &qrs);
        add_form_files(&past, &answers::answers(&past, &walk), &mut all, diagnostics);
    }
    add_search(&show, texts, &mut all, diagnostics);
    if let Some(english) = &english {
        add_search(english, english_texts, &mut all, diagnostics);
    }
    unsafe_page::report(site, &all.harmful, diagnostics);
    submitted_changed::check(site, sources, &all.checksums, diagnostics);
    check_ways(site, &all.output, &walk, diagnostics);
    add_history(site, sources, &mut all);
    let Collector { output, keys, shards, texts, .. } = all;
    *memory = Memory::of(keys, shards, &output, &texts, &walk);
    (output, answers)
}

/// Every page that needs no other; gives their titles. The answer sheet tells the way to the other pages, and the page of the data
/// how many there are, so these come after them.
fn add_pages<'a>(
    show: &Show<'a>,
    texts: &mut Texts<'a>,
    all: &mut Collector,
    diagnostics: &mut Diagnostics,
) -> Vec<(&'a UrlPath, String)> {
    let is_first = |(_, page): &(&UrlPath, &Page)| !matches!(page, Page::Answers(_) | Page::Data | Page::SiteIndex);
    let pages: Vec<(&UrlPath, &Page)> = show.site.pages.iter().filter(is_first).collect();
    let titles = add_all(show, &pages, |url, page| view::of(show, url, page), texts, all, diagnostics);
    pages.into_iter().map(|(url, _)| url).zip(titles).collect()
}

/// Makes these pages and adds them, with what they say; gives their titles.
fn add_all<'a>(
    show: &Show<'a>,
    pages: &[(&'a UrlPath, &'a Page)],
    view: impl Fn(&'a UrlPath, &'a Page) -> View + Sync,
    texts: &mut Texts<'a>,
    all: &mut Collector,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mut titles = Vec::with_capacity(pages.len());
    for some in pages.chunks(AT_A_TIME) {
        let render = |&(url, page)| {
            let view = view(url, page);
            (view.title.clone(), make(show, url, view, all))
        };
        let made: Vec<_> = some.par_iter().map(render).collect();
        for (title, made) in made {
            titles.push(title);
            match made {
                Ok(made) => all.take(made),
                Err(problem) => show.theme.report(&problem, diagnostics),
            }
        }
        texts.add(show, some.iter().copied(), all);
    }
    titles
}

/// Makes the page at `url`, or takes the one that was made of the same before.
fn make(show: &Show, url: &UrlPath, mut view: View, all: &Collector) -> Result<Made, tera::Error> {
    let path = show.file_of(url);
    // What these say is asked for piece by piece, stands at two addresses, or is made of more than the site.
    let is_kept = !matches!(show.site.pages.get(url), Some(Page::Executives | Page::Survey(_) | Page::Data));
    if let Some(page) = view.before.take().filter(|_| is_kept) {
        return Ok(Made::again(path, page));
    }
    let made = all.page(path, &html(show, &view)?, show.lang());
    Ok(if is_kept { made.of(view.key) } else { made })
}

/// A page as its template has it.
fn html(show: &Show, view: &View) -> Result<String, tera::Error> {
    let html = show.theme.page(view)?;
    if show.site.edition == Edition::English { english::with_note(show.theme, html) } else { Ok(html) }
}

/// The tables of data and their page.
fn add_data(show: &Show, titles: &[(&UrlPath, String)], all: &mut Collector, diagnostics: &mut Diagnostics) -> Vec<DataSet> {
    let url = UrlPath::of(&[data::FOLDER]);
    let later = show.site.pages.iter().filter(|(_, page)| matches!(page, Page::Answers(_) | Page::Data | Page::SiteIndex));
    let mut titles = titles.to_vec();
    titles.extend(later.map(|(url, page)| (url, view::of(show, url, page).title)));
    titles.sort();
    let sets = data::sets(show, &titles, all);
    for (path, bytes) in data::files(show.site, &sets) {
        all.add(&path, bytes);
    }
    match show.theme.page(&view::data(show, &url, &sets)) {
        Ok(html) => all.add_page(file_of(&url), &html, show.lang()),
        Err(problem) => show.theme.report(&problem, diagnostics),
    }
    sets
}

/// The file of a page, below the output folder.
fn file_of(url: &UrlPath) -> String {
    format!("{}index.html", &url.as_str()[1..])
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
fn add_form_files(show: &Show, answers: &[Answer], all: &mut Collector, diagnostics: &mut Diagnostics) {
    let Some(audit) = audit::Audit::of(show.site) else { return };
    let form = format!("oit/{}", show.site.fiscal_year());
    let json = serde_json::to_vec_pretty(&audit.for_readers()).expect("strings and numbers always serialize");
    all.add(&format!("{form}/audit.json"), json);
    let sheet = answers::sheet(show, answers);
    all.add(&format!("{form}/answers.csv"), sheet.csv());
    all.add(&format!("{form}/answers.xlsx"), sheet.xlsx());
    let url = UrlPath::of(&["oit", &show.site.fiscal_year().to_string(), "answers"]);
    match show.theme.page(&view::answers(show, &url, answers)) {
        Ok(html) => all.add_page(format!("{form}/answers/index.html"), &html, show.lang()),
        Err(problem) => show.theme.report(&problem, diagnostics),
    }
}

/// The index ก–ฮ, and what the search page asks for. They are no way to a page (`Walk`): a form wants the way by the menu.
fn add_search<'a>(show: &Show<'a>, texts: Texts<'a>, all: &mut Collector, diagnostics: &mut Diagnostics) {
    let found = search::pages(show, &all.texts);
    let url = UrlPath::of(&["site-index"]);
    match show.theme.page(&view::site_index(show, &url, &found)) {
        Ok(html) => all.add_page(show.file_of(&url), &html, show.lang()),
        Err(problem) => show.theme.report(&problem, diagnostics),
    }
    search::add_files(show, &found, texts, all);
}

/// The history, which knows of all other files.
fn add_history(site: &Site, sources: &Sources, all: &mut Collector) {
    let sum = |(path, file): (&String, &File)| {
        let sum = match file {
            File::Bytes(bytes) => Some(Entry::of(bytes).sha256),
            File::CopyOf(source) => sources.checksum(source).map(str::to_owned),
            File::Kept(entry) => Some(entry.sha256.clone()),
        };
        sum.map(|sum| (path.clone(), sum))
    };
    let files = || all.output.files.par_iter().filter_map(sum).collect::<BTreeMap<String, String>>();
    let published = || sums::published(files().iter().map(|(path, sum)| (path.as_str(), sum.as_str())));
    let Some(log) = site.history.is_kept().then(|| site.history.with(published())).flatten() else { return };
    all.add(LOG, log.clone());
    all.output.history = Some(log);
}

/// What only the finished pages show. A page that could not be made is reported already; then nothing is said.
fn check_ways(site: &Site, output: &Output, walk: &Walk, diagnostics: &mut Diagnostics) {
    let made = |url: &UrlPath| output.files.contains_key(&file_of(url));
    if site.is_formless() || !site.pages.keys().all(made) || site.documents().any(|document| document.content.is_err()) {
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
            File::CopyOf(_) | File::Kept(_) => None,
        }
    }
}
