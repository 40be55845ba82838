//! `/oit/`, `/oit/2566/` and a page per item: the form, requirement by requirement, with the place that answers each.

use std::collections::BTreeMap;

use serde::Serialize;

use super::data::DataLinks;
use super::{Head, View};
use crate::catalog::{Catalog, Item, Scope};
use crate::content::submission::Submission;
use crate::diagnostic::Lang;
use crate::render::audit::documents;
use crate::render::show::{DateView, LinkView, Show, places};
use crate::site::coverage::{Coverage, Evidence, ItemCoverage, Status};
use crate::site::url::{self, Page, UrlPath};
use crate::source::SourcePath;
use crate::thai::{Code, FiscalYear};

#[derive(Serialize)]
struct FormsView {
    years: Vec<YearView>,
    /// Pages of years whose form the site does not show, newest first; nothing else may lead to them.
    others: Vec<OtherYearView>,
}

#[derive(Serialize)]
struct OtherYearView {
    year: String,
    pages: Vec<LinkView>,
}

#[derive(Serialize)]
struct YearView {
    year: String,
    url: Option<String>,
    n_items: String,
}

/// How many things are in which state, for a bar.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CountView {
    n_items: String,
    n_complete: String,
    n_partial: String,
    n_missing: String,
    /// Share of complete and partial ones, 0–100.
    complete_share: usize,
    partial_share: usize,
    complete_word: String,
    partial_word: String,
    missing_word: String,
    unit: String,
}

impl CountView {
    /// The numbers of each state, and the strings of the theme that name them and the things.
    pub(super) fn of(show: &Show, [complete, partial, missing]: [usize; 3], words: [&str; 4]) -> CountView {
        let all = complete + partial + missing;
        let share = |n: usize| (n * 100).checked_div(all).unwrap_or(0);
        let [complete_word, partial_word, missing_word, unit] = words.map(|key| show.t(key));
        CountView {
            n_items: show.number(all),
            n_complete: show.number(complete),
            n_partial: show.number(partial),
            n_missing: show.number(missing),
            complete_share: share(complete),
            partial_share: share(partial),
            complete_word,
            partial_word,
            missing_word,
            unit,
        }
    }
}

#[derive(Serialize)]
struct FormView {
    year: String,
    counts: CountView,
    groups: Vec<GroupView>,
    /// Address of the answer sheet.
    answers: String,
    /// Address of the audit as data.
    audit: String,
    /// The tables are of the site's own year.
    data: Vec<DataLinks>,
}

#[derive(Serialize)]
struct GroupView {
    id: String,
    title: String,
    items: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    code: String,
    title: String,
    url: String,
    status: StatusView,
    n_met: String,
    n_requirements: String,
    evidence: Vec<LinkView>,
}

/// A state, for a tag: its word in the stylesheet and its name.
#[derive(Debug, Clone, Serialize)]
pub(super) struct StatusView {
    pub(super) word: &'static str,
    pub(super) title: String,
}

#[derive(Serialize)]
struct ItemPage {
    code: String,
    title: String,
    group: Option<String>,
    sub: String,
    year: String,
    scope: String,
    status: StatusView,
    is_title_confirmed: bool,
    requirements: Vec<RequirementView>,
    /// Problems elsewhere that cost the item.
    problems: Vec<String>,
    sources: Vec<String>,
    submitted: Vec<SubmittedView>,
    previous: Option<LinkView>,
    next: Option<LinkView>,
}

#[derive(Serialize)]
struct RequirementView {
    id: String,
    text: String,
    is_confirmed: bool,
    is_local: bool,
    status: StatusView,
    places: Vec<LinkView>,
    gaps: Vec<String>,
    reason: Option<String>,
}

#[derive(Serialize)]
struct SubmittedView {
    url: String,
    date: DateView,
}

pub(super) fn forms(show: &Show, url: &UrlPath) -> View {
    let head = Head::new(show, url, show.t("forms")).about(show, &show.t("forms_lead"));
    let current = show.site.fiscal_year();
    let has_page = |year: FiscalYear| year == current || show.site.past.iter().any(|(past, _)| *past == year);
    let years = show.site.catalogs.sizes().map(|(year, n_items)| YearView {
        year: show.number(year),
        url: has_page(year).then(|| show.page_url(&["oit", &year.to_string()])),
        n_items: show.number(n_items),
    });
    let others = other_years(show, &has_page);
    super::page(show, "pages/forms.html", &head, &FormsView { years: years.collect(), others })
}

/// What is on the site of years without a form on it.
fn other_years(show: &Show, has_form: &dyn Fn(FiscalYear) -> bool) -> Vec<OtherYearView> {
    let mut pages: BTreeMap<FiscalYear, Vec<LinkView>> = BTreeMap::new();
    for (url, page) in &show.site.pages {
        let year = match page {
            Page::Results(at) | Page::Disclosure(at) => show.site.documents[*at].year,
            Page::Measures(year) | Page::Progress(year) => Some(*year),
            _ => None,
        };
        if let Some(year) = year.filter(|year| !has_form(*year)) {
            let link = LinkView { url: show.href(url.as_str()), title: super::history::title(show, url) };
            pages.entry(year).or_default().push(link);
        }
    }
    pages.into_iter().rev().map(|(year, pages)| OtherYearView { year: show.number(year), pages }).collect()
}

pub(super) fn form(show: &Show, url: &UrlPath) -> View {
    let year = show.site.fiscal_year();
    let title = format!("{} {}", show.t("form_of"), show.number(year));
    let head = Head::new(show, url, title.clone())
        .about(show, &format!("{title} {}", show.t("form_lead")))
        .under(show.page_url(&["oit"]), show.t("forms"));
    let catalog = show.site.catalog();
    let groups = catalog.iter().flat_map(|catalog| &catalog.groups).map(|group| GroupView {
        id: group.id.clone(),
        title: format!("{} {}", show.number(&group.id), show.pick(&group.title)),
        items: rows(show, &group.id),
    });
    let data = [("oit-items", title), ("oit-requirements", show.t("requirements"))].into_iter();
    let is_past = year != show.site.config.fiscal_year.value;
    let page = FormView {
        year: show.number(year),
        counts: counts(show),
        groups: groups.collect(),
        answers: show.page_url(&["oit", &year.to_string(), "answers"]),
        audit: show.href(&format!("{url}audit.json")),
        data: data.filter(|_| !is_past).map(|(set, title)| DataLinks::of(show, set, title)).collect(),
    };
    super::page(show, "pages/form.html", &head, &page)
}

pub(super) fn item(show: &Show, url: &UrlPath, code: Code) -> View {
    let catalog = show.site.catalog().expect("item pages are made from the year's form");
    let at = catalog.items.iter().position(|item| item.id == code).expect("item pages are made from the year's form");
    let (item, coverage) = (&catalog.items[at], &show.site.audit[at]);
    let year = show.number(catalog.fiscal_year);
    let title = show.item_link(item).title;
    let form = show.page_url(&["oit", &catalog.fiscal_year.to_string()]);
    let head = Head::new(show, url, title)
        .under(show.page_url(&["oit"]), show.t("forms"))
        .under(form, format!("{} {year}", show.t("form_of")));
    let sub = catalog.groups.iter().find(|group| group.id == item.sub);
    let beside = |at: Option<usize>| at.and_then(|at| catalog.items.get(at)).map(|item| show.item_link(item));
    let page = ItemPage {
        code: show.number(code),
        title: show.pick(&item.title),
        // The groups have Thai names only.
        group: (show.lang() == Lang::Th).then(|| show.text(&item.group)),
        sub: sub.map(|sub| format!("{} {}", show.number(&sub.id), show.pick(&sub.title))).unwrap_or_default(),
        scope: scope(show, catalog, item),
        year,
        status: status(show, coverage.status()),
        is_title_confirmed: item.confidence.is_confirmed(),
        requirements: coverage.requirements.iter().filter_map(|row| requirement(show, item, row)).collect(),
        problems: coverage.charges.iter().map(|charge| format!("{} ({})", show.pick(&charge.what), charge.code)).collect(),
        sources: sources(catalog, item),
        submitted: submitted(show, catalog, code),
        previous: beside(at.checked_sub(1)),
        next: beside(Some(at + 1)),
    };
    super::page(show, "pages/item.html", &head, &page)
}

/// How many items are in which state.
pub(super) fn counts(show: &Show) -> CountView {
    let audit = &show.site.audit;
    let count = |status: Status| audit.iter().filter(|coverage| coverage.status() == status).count();
    let numbers = [count(Status::Complete), count(Status::Partial), count(Status::Missing)];
    CountView::of(show, numbers, ["status_complete", "status_partial", "status_missing", "items_unit"])
}

fn rows(show: &Show, group: &str) -> Vec<RowView> {
    let items = show.site.catalog().map(|catalog| catalog.items.as_slice()).unwrap_or_default();
    let of_group = items.iter().zip(&show.site.audit).filter(|(item, _)| item.sub == group);
    let row = |(item, coverage): (&Item, &ItemCoverage)| {
        let met = coverage.requirements.iter().filter(|row| !matches!(row.coverage, Coverage::Missing(_))).count();
        let mut pages: Vec<Vec<&Evidence>> = Vec::new();
        for place in coverage.requirements.iter().flat_map(|row| places(&row.coverage)) {
            match pages.iter_mut().find(|known| known[0].page() == place.page()) {
                Some(known) if known.contains(&place) => {}
                Some(known) => known.push(place),
                None => pages.push(vec![place]),
            }
        }
        let link = |places: &Vec<&Evidence>| match places.as_slice() {
            [only] => place_link(show, only),
            places => page_link(show, places[0].page()),
        };
        RowView {
            code: show.number(item.id),
            title: show.pick(&item.title),
            url: show.item_link(item).url,
            status: status(show, coverage.status()),
            n_met: show.number(met),
            n_requirements: show.number(coverage.requirements.len()),
            evidence: pages.iter().map(link).collect(),
        }
    };
    of_group.map(row).collect()
}

fn requirement(show: &Show, item: &Item, row: &crate::site::coverage::RequirementCoverage) -> Option<RequirementView> {
    let form = item.requirements.iter().find(|requirement| requirement.id == row.id)?;
    let word = row.coverage.word();
    let key = format!("coverage_{}", word.replace('-', "_"));
    let gaps = match &row.coverage {
        Coverage::Missing(gaps) => gaps.iter().map(|gap| show.pick(&gap.what)).collect(),
        _ => Vec::new(),
    };
    Some(RequirementView {
        id: show.number(&row.id),
        text: show.pick(&form.text),
        is_confirmed: form.confidence.is_confirmed(),
        is_local: form.audience == crate::catalog::Audience::Local,
        status: StatusView { word, title: show.t(&key) },
        places: place_links(show, &row.coverage),
        gaps,
        reason: match &row.coverage {
            Coverage::NotApplicable(reason, _) => Some(show.pick(reason)),
            _ => None,
        },
    })
}

/// The places that answer, named by the title of their page or file.
fn place_links(show: &Show, coverage: &Coverage) -> Vec<LinkView> {
    let mut links: Vec<LinkView> = Vec::new();
    for place in places(coverage) {
        // A file comes with the page that it is on.
        let behind = if place.url.starts_with("/files/") { documents(show.site, place.page()) } else { Vec::new() };
        let pages = behind.into_iter().map(|document| url::of_document(document).0);
        let pages = pages.filter(|page| show.site.pages.contains_key(page));
        for link in std::iter::once(place_link(show, place)).chain(pages.map(|page| page_link(show, page.as_str()))) {
            if !links.iter().any(|known| known.url == link.url) {
                links.push(link);
            }
        }
    }
    links
}

fn place_link(show: &Show, place: &Evidence) -> LinkView {
    let (path, anchor) = place.url.split_once('#').unwrap_or((&place.url, ""));
    let numbered = anchor.split_once('-').and_then(|(part, number)| match part {
        "measure" => Some(format!("{} {}", show.t("measure"), show.number(number))),
        "progress" => Some(format!("{} {}", show.t("progress_of_measure"), show.number(number))),
        _ => None,
    });
    let title = match (place.page, show.site.pages.get(&UrlPath::at(path))) {
        (Some(page), _) => {
            let title = show.file_title(path).unwrap_or_else(|| path.to_owned());
            format!("{title}, {} {}", show.t("page"), show.number(page))
        }
        (None, Some(Page::Measures(_) | Page::Progress(_))) => match anchor {
            "result" => show.t("last_result"),
            "urgent" => show.t("urgent_issues"),
            "developments" => show.t("developments"),
            _ => numbered.unwrap_or_else(|| page_title(show, path)),
        },
        (None, Some(_)) => match anchor.strip_prefix("data-") {
            Some(part @ ("problems" | "recommendations" | "spending")) => format!("{}: {}", page_title(show, path), show.t(part)),
            _ => page_title(show, path),
        },
        (None, None) => format!("{} ({})", page_title(show, path), SourcePath::new(path).extension().to_uppercase()),
    };
    LinkView { url: show.href(&place.url), title }
}

fn page_link(show: &Show, path: &str) -> LinkView {
    LinkView { url: show.href(path), title: page_title(show, path) }
}

fn page_title(show: &Show, path: &str) -> String {
    let page = show.site.pages.get(&UrlPath::at(path));
    let key = match page {
        Some(Page::Executives) => "executives",
        Some(Page::Contact) => "contact",
        Some(Page::Report | Page::Sealed) => "report_corruption",
        Some(Page::NewsList | Page::NewsYear(..)) => "news",
        Some(Page::Survey(_)) => "survey_page",
        Some(Page::Measures(_) | Page::Measure(_)) => "measures",
        Some(Page::Progress(_)) => "progress",
        Some(Page::Disclosure(at)) => return super::disclosure::title(show, *at),
        None if path.starts_with("/files/") => return show.file_title(path).unwrap_or_default(),
        _ => return path.trim_end_matches('/').rsplit('/').next().unwrap_or(path).to_owned(),
    };
    show.t(key)
}

fn status(show: &Show, status: Status) -> StatusView {
    let word = status.word();
    StatusView { word, title: show.t(&format!("status_{word}")) }
}

fn scope(show: &Show, catalog: &Catalog, item: &Item) -> String {
    let year = catalog.fiscal_year;
    let (key, year) = match item.scope {
        Scope::Undated => ("scope_undated", None),
        Scope::Current => ("scope_current", Some(year)),
        Scope::Covers => ("scope_covers", Some(year)),
        Scope::FirstHalf => ("scope_first_half", Some(year)),
        Scope::Previous => ("scope_previous", Some(year.previous())),
        Scope::Unverified => ("scope_unverified", None),
    };
    let words = show.t(key);
    year.map_or(words.clone(), |year| format!("{words} {}", show.number(year)))
}

fn sources(catalog: &Catalog, item: &Item) -> Vec<String> {
    let known = item.sources.iter().filter_map(|id| catalog.sources.iter().find(|source| source.id == *id));
    known.map(|source| source.reference.clone()).collect()
}

fn submitted(show: &Show, catalog: &Catalog, code: Code) -> Vec<SubmittedView> {
    let of_year = show.site.all::<Submission>().filter(|(_, submission)| submission.fiscal_year.value == catalog.fiscal_year);
    let answers = of_year.flat_map(|(_, submission)| submission.answers.iter().map(move |answer| (submission, answer)));
    let of_item = answers.filter(|(_, answer)| answer.item.value == code);
    of_item
        .map(|(submission, answer)| SubmittedView { url: answer.url.value.clone(), date: show.date(submission.date) })
        .collect()
}
