//! `/data/`: what tables there are, their columns and files, and how to cite them.

use serde::Serialize;

use super::{Head, View};
use crate::diagnostic::Text;
use crate::render::Entry;
use crate::render::data::{DataSet, listed};
use crate::render::show::{DateView, LinkView, Show};
use crate::site::url::UrlPath;

#[derive(Serialize)]
struct DataView {
    n_tables: String,
    tables: Vec<TableView>,
    /// Files that are not tables: the data package, the catalogue, the audit.
    others: Vec<LinkView>,
    package: String,
    catalog: String,
    license: Option<LinkView>,
    /// Agency, address of the page and day of the data.
    cite: String,
}

#[derive(Serialize)]
struct TableView {
    id: &'static str,
    title: String,
    about: String,
    n_rows: String,
    updated: Option<DateView>,
    files: DataLinks,
    columns: Vec<ColumnView>,
}

#[derive(Serialize)]
struct ColumnView {
    name: &'static str,
    title: String,
    about: Option<String>,
    kind: String,
}

/// The files of a table.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DataLinks {
    /// The table's name in words.
    title: String,
    csv: String,
    json: String,
    /// `12 KB`, where it is known.
    csv_size: Option<String>,
    json_size: Option<String>,
}

impl DataLinks {
    /// The files of a table, by its name in addresses and in words.
    pub(super) fn of(show: &Show, name: &str, title: String) -> DataLinks {
        let (csv, json) = (show.data_href(name, "csv"), show.data_href(name, "json"));
        DataLinks { title, csv, json, csv_size: None, json_size: None }
    }
}

pub(in crate::render) fn view(show: &Show, url: &UrlPath, sets: &[DataSet]) -> View {
    let head = Head::new(show, url, show.t("open_data")).about(show, &show.t("open_data_lead"));
    let year = show.site.fiscal_year().to_string();
    let link = |url: String, key: &str| LinkView { url, title: show.t(key) };
    let mut others = vec![
        link(show.data_href("datapackage", "json"), "data_package"),
        link(show.data_href("catalog", "jsonld"), "data_catalog"),
    ];
    if show.site.catalog().is_some() {
        let file = |name: &str| show.href(&format!("/oit/{year}/{name}"));
        others.push(link(file("audit.json"), "audit_data"));
        others.push(LinkView {
            url: file("answers.csv"),
            title: format!("{} {} (CSV)", show.t("answer_sheet"), show.number(&year)),
        });
    }
    let newest = show.site.newest.map(|date| show.date(date).shown);
    let cite = [Some(show.pick_agency()), Some(show.t("open_data")), newest, Some(show.absolute(url.as_str()))];
    let license = show.site.config.license.as_ref();
    let page = DataView {
        n_tables: show.number(listed(sets).count()),
        tables: listed(sets).map(|set| table(show, set)).collect(),
        others,
        package: show.data_href("datapackage", "json"),
        catalog: show.data_href("catalog", "jsonld"),
        license: license.map(|license| LinkView { url: license.url.0.clone(), title: license.name.clone() }),
        cite: cite.into_iter().flatten().collect::<Vec<_>>().join(", "),
    };
    super::page(show, "pages/data.html", &head, &page)
}

fn table(show: &Show, set: &DataSet) -> TableView {
    let table = &set.table;
    let title = show.pick(&table.title);
    let size = |file: &Entry| Some(show.size(file.size));
    let words = |text: &Text| show.pick(text);
    TableView {
        id: table.name,
        about: words(&table.about),
        n_rows: show.number(set.table.n_rows),
        updated: table.updated.map(|date| show.date(date)),
        files: DataLinks {
            csv_size: size(&set.csv),
            json_size: size(&set.json),
            ..DataLinks::of(show, table.name, title.clone())
        },
        columns: table
            .fields
            .iter()
            .map(|field| ColumnView {
                name: field.name,
                title: words(&field.title),
                about: field.about.as_ref().map(words),
                kind: show.t(field.kind.word()),
            })
            .collect(),
        title,
    }
}
