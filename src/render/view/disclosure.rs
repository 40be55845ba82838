//! The page of a disclosure: what its fields say, its tables, its files and its text.

use serde::Serialize;

use super::data::DataLinks;
use super::{Head, View, document_at, facts};
use crate::content::ContentType as _;
use crate::content::disclosure::{Disclosure, Month};
use crate::content::rows::{Row, RowField, RowKind};
use crate::diagnostic::{Lang, Spanned};
use crate::parse::Document;
use crate::render::data::disclosures::table_name;
use crate::render::markdown;
use crate::render::show::{DateView, FileView, LinkView, Show};
use crate::site::url::{self, UrlPath};

/// Columns beside the name that fit beside each other in any window that shows a table.
const MAX_NARROW: usize = 5;

#[derive(Serialize)]
struct DisclosureView {
    date: Option<DateView>,
    period: Option<String>,
    /// The plan it reports on.
    plan: Option<LinkView>,
    signed_by: Option<String>,
    /// The year has nothing to disclose, and says so.
    is_none: bool,
    tables: Vec<TableView>,
    months: Vec<MonthView>,
    /// The files of the table of months.
    months_data: DataLinks,
    problems: Vec<String>,
    recommendations: Vec<String>,
    spending: Option<String>,
    body: String,
    files: Vec<FileView>,
}

/// Rows of a kind, with the columns that any of them fills.
#[derive(Serialize)]
struct TableView {
    id: String,
    title: String,
    /// Head of the first column.
    name: String,
    heads: Vec<HeadView>,
    /// So many columns that the table may be wider than a window, in which it is moved sideways.
    is_wide: bool,
    rows: Vec<RowView>,
    files: DataLinks,
}

#[derive(Serialize)]
struct HeadView {
    title: String,
    is_number: bool,
}

#[derive(Serialize)]
struct RowView {
    name: String,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    label: String,
    text: String,
    is_number: bool,
}

#[derive(Serialize)]
struct MonthView {
    title: String,
    is_none: bool,
    link: Option<LinkView>,
}

pub(super) fn view(show: &Show, url: &UrlPath, at: usize) -> View {
    let (document, disclosure) = document_at::<Disclosure>(show, at);
    let mut head = Head::new(show, url, title(show, at)).of(show, document).under(show.page_url(&["oit"]), show.t("forms"));
    head.facts = facts::disclosure(show, document, disclosure, &head.title);
    let year = show.site.fiscal_year();
    if document.year == Some(year) {
        let form = format!("{} {}", show.t("form_of"), show.number(year));
        head = head.under(show.page_url(&["oit", &year.to_string()]), form);
    }
    let texts = |texts: &[Spanned<String>]| texts.iter().map(|text| show.text(&text.value)).collect();
    let page = DisclosureView {
        date: disclosure.date.map(|date| show.date(date)),
        period: disclosure.period.as_ref().map(|period| match show.lang() {
            Lang::Th => show.text(&period.value.shown_th()),
            Lang::En => show.text(&period.value.shown_en()),
        }),
        plan: plan(show, document, disclosure),
        signed_by: disclosure.signed_by.as_ref().map(|name| show.text(&name.value)),
        is_none: disclosure.none,
        tables: disclosure
            .rows
            .iter()
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(kind, rows)| table(show, *kind, rows))
            .collect(),
        months: disclosure.months.iter().map(|row| month(show, document, row)).collect(),
        months_data: DataLinks::of(show, "disclosures-months", show.t("by_month")),
        problems: texts(&disclosure.problems),
        recommendations: texts(&disclosure.recommendations),
        spending: disclosure.spending.as_ref().map(|text| show.text(text)),
        body: markdown::html(show, document),
        files: show.files(document, &disclosure.attachments),
    };
    super::page(show, "pages/disclosure.html", &head, &page)
}

/// The title of a disclosure: its own, or that of its topic on the form.
pub(super) fn title(show: &Show, at: usize) -> String {
    title_of(show, &show.site.documents[at])
}

/// The same, given the document.
pub(in crate::render) fn title_of(show: &Show, document: &Document) -> String {
    let content = document.content.as_ref().ok().and_then(<Disclosure as crate::content::ContentType>::of);
    let Some(disclosure) = content else { return document.slug.clone() };
    let topic = disclosure.topic(&document.slug);
    let catalog = document.year.and_then(|year| show.site.catalogs.of(year));
    let item = catalog.and_then(|catalog| catalog.topic(topic));
    match (&disclosure.title, item) {
        (Some(title), _) => show.text(title),
        (None, Some(item)) => show.pick(&item.title),
        (None, None) => topic.to_owned(),
    }
}

fn plan(show: &Show, document: &Document, disclosure: &Disclosure) -> Option<LinkView> {
    let topic = &disclosure.reports_on.as_ref()?.value.0;
    let is_plan = |other: &Document, plan: &Disclosure| other.year == document.year && plan.topic(&other.slug) == topic;
    let (at, _) = show.site.in_folder(Disclosure::FOLDER).find(|(_, other)| {
        let content = other.content.as_ref().ok().and_then(Disclosure::of);
        content.is_some_and(|plan| is_plan(other, plan))
    })?;
    Some(LinkView { url: show.document_url(&show.site.documents[at]), title: title(show, at) })
}

fn table(show: &Show, kind: RowKind, rows: &[Row]) -> TableView {
    let used: Vec<RowField> =
        kind.fields().iter().copied().filter(|field| rows.iter().any(|row| row.cells.contains_key(field))).collect();
    let is_number = kind == RowKind::Statistic;
    let label = |field: RowField| show.t(&format!("column_{}", field.key()));
    let cell = |row: &Row, field: RowField| {
        let text = row.cells.get(&field).map_or_else(|| show.t("not_stated"), |text| show.text(text));
        // "None" must be said, not left to a zero.
        let is_zero = is_number && row.count(field) == Some(0);
        let text = if is_zero { format!("{text} ({})", show.t("none")) } else { text };
        CellView { label: label(field), text, is_number }
    };
    let title = show.t(&format!("rows_{}", kind.key()));
    TableView {
        id: format!("data-{}", kind.key()),
        files: DataLinks::of(show, table_name(kind), title.clone()),
        title,
        name: show.t(&format!("row_{}", kind.key())),
        is_wide: used.len() > MAX_NARROW,
        heads: used.iter().map(|field| HeadView { title: label(*field), is_number }).collect(),
        rows: rows
            .iter()
            .map(|row| RowView { name: show.text(&row.name.value), cells: used.iter().map(|field| cell(row, *field)).collect() })
            .collect(),
    }
}

fn month(show: &Show, document: &Document, row: &Month) -> MonthView {
    let period = row.month.value;
    let title = match show.lang() {
        Lang::Th => show.text(&period.month_th()),
        Lang::En => show.text(&period.month_en()),
    };
    let file = row.file.as_ref().and_then(|file| url::asset(document, &file.value)).map(|path| show.file_href(&path));
    let place = row.at.as_ref().map(|at| format!("#{}", at.value.trim_start_matches('#')));
    let link = file.or(place).map(|url| LinkView { url, title: format!("{} {title}", show.t("summary_of")) });
    MonthView { title, is_none: row.none, link }
}
