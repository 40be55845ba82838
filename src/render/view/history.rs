//! `/history/`: what was published when; and what became of one page since it was first published.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Head, View};
use crate::history::{Kind, LOG, sums};
use crate::render::show::{DateView, LinkView, Show};
use crate::site::history::Edit;
use crate::site::url::{Page, UrlPath};
use crate::source::SourcePath;

/// Publishes that the page tells of; the file has all.
const MOST_PUBLISHES: usize = 50;

/// Pages of one publish that are named; the file has all.
const MOST_PAGES: usize = 20;

#[derive(Serialize)]
struct HistoryView {
    publishes: Vec<PublishView>,
    /// Whether there were more publishes than are shown.
    is_cut: bool,
    log: String,
    sums: String,
    keys: Vec<String>,
}

#[derive(Serialize)]
struct PublishView {
    date: DateView,
    edits: Vec<EditView>,
    /// How many pages changed that are not named.
    n_more: Option<String>,
}

#[derive(Serialize)]
struct EditView {
    date: DateView,
    /// Title of the page, or its path when it is gone.
    title: String,
    url: Option<String>,
    /// What became of it, in words.
    kind: String,
    /// What of it changed.
    files: Vec<String>,
    items: Vec<String>,
    /// The page with everything that became of it.
    history: Option<String>,
}

#[derive(Serialize)]
struct OfPageView {
    page: Option<LinkView>,
    edits: Vec<EditView>,
    all: String,
}

/// Everything that was published, newest first.
pub(super) fn all(show: &Show, url: &UrlPath) -> View {
    let head = Head::new(show, url, show.t("history")).about(show, &show.t("history_lead"));
    let mut publishes: BTreeMap<usize, Vec<(&UrlPath, &Edit)>> = BTreeMap::new();
    for (page, edits) in show.site.history.pages() {
        for edit in edits {
            publishes.entry(edit.at).or_default().push((page, edit));
        }
    }
    let publish = |edits: Vec<(&UrlPath, &Edit)>| {
        let n_more = edits.len().saturating_sub(MOST_PAGES);
        PublishView {
            date: show.date(edits[0].1.date),
            n_more: (n_more > 0).then(|| show.number(n_more)),
            edits: edits.into_iter().take(MOST_PAGES).map(|(page, edit)| edit_view(show, page, edit)).collect(),
        }
    };
    let is_cut = publishes.len() > MOST_PUBLISHES;
    let view = HistoryView {
        publishes: publishes.into_values().rev().take(MOST_PUBLISHES).map(publish).collect(),
        is_cut,
        log: show.href(&format!("/{LOG}")),
        sums: show.href(&format!("/{}", sums::FILE)),
        keys: show.site.config.signing_keys.iter().map(|key| key.value.to_string()).collect(),
    };
    super::page(show, "pages/history.html", &head, &view)
}

/// What became of one page, newest first.
pub(super) fn of_page(show: &Show, url: &UrlPath, page: &UrlPath) -> View {
    let title = title(show, page);
    let all = show.page_url(&["history"]);
    let head = Head::new(show, url, format!("{} {title}", show.t("history_of"))).under(all.clone(), show.t("history"));
    let link = show.site.pages.contains_key(page).then(|| LinkView { url: show.href(page.as_str()), title });
    let edits = show.site.history.of_page(page).iter().rev();
    let view = OfPageView { page: link, edits: edits.map(|edit| edit_view(show, page, edit)).collect(), all };
    super::page(show, "pages/history_of.html", &head, &view)
}

/// How often a page was edited since it was first published, and when last, with the way to its history.
pub(super) fn link(show: &Show, page: &UrlPath) -> Option<LinkView> {
    let edits = show.site.history.of_page(page);
    let place = crate::site::history::page_of(page).filter(|_| edits.len() > 1)?;
    let last = show.date(edits.last()?.date).shown;
    let title = show.t("history_edits").replace("{n}", &show.number(edits.len() - 1)).replace("{date}", &last);
    Some(LinkView { url: show.href(place.as_str()), title })
}

fn edit_view(show: &Show, page: &UrlPath, edit: &Edit) -> EditView {
    let is_there = show.site.pages.contains_key(page);
    let history = crate::site::history::page_of(page).filter(|place| show.site.pages.contains_key(place));
    EditView {
        date: show.date(edit.date),
        title: title(show, page),
        url: is_there.then(|| show.href(page.as_str())),
        kind: show.t(match edit.kind {
            Kind::New => "history_new",
            Kind::Changed => "history_changed",
            Kind::Gone => "history_gone",
        }),
        files: if edit.kind == Kind::Changed { files(show, &edit.files) } else { Vec::new() },
        items: edit.items.clone(),
        history: history.map(|place| show.href(place.as_str())),
    }
}

/// What of a page changed: its text, or files by name.
fn files(show: &Show, paths: &[SourcePath]) -> Vec<String> {
    let name = |path: &SourcePath| match path.extension().as_str() {
        "toml" if path.as_str() == crate::config::PATH => show.t("history_settings"),
        "md" | "toml" if path.stem().ends_with(".en") => show.t("history_english"),
        "md" | "toml" => show.t("history_text"),
        _ => path.name().to_owned(),
    };
    let names: BTreeSet<String> = paths.iter().map(name).collect();
    names.into_iter().collect()
}

/// The title of a page; to know it is to make its view, so it is made once.
pub(super) fn title(show: &Show, page: &UrlPath) -> String {
    let kind = match show.site.pages.get(page) {
        // Their titles are those of this page.
        None | Some(Page::History | Page::HistoryOf(_)) => return page.to_string(),
        Some(kind) => kind,
    };
    if let Some(title) = show.titles.read().ok().and_then(|titles| titles.get(page).cloned()) {
        return title;
    }
    let title = super::of(show, page, kind).title;
    if let Ok(mut titles) = show.titles.write() {
        titles.insert(page.clone(), title.clone());
    }
    title
}
