//! `/data/`: every table of the site as CSV and JSON, with a data package and a catalogue for programs.

mod dcat;
pub(super) mod disclosures;
mod form;
mod lists;
mod measures;
mod package;
mod people;
mod results;
pub(super) mod table;

use rayon::prelude::*;

use super::Entry;
use super::audit::Audit;
use super::collect::Collector;
use super::show::Show;
use super::view;
use crate::content::Attachment;
use crate::content::rows::RowKind;
use crate::diagnostic::{Lang, Text};
use crate::parse::Document;
use crate::site::Site;
use crate::site::changed::last_change;
use crate::site::url::{UrlPath, asset, link_to_asset, of_document};
use crate::thai::{FiscalYear, Period};
use table::{Column, Kind, Table, both, column};

/// The folder of the data, below the output folder.
pub(super) const FOLDER: &str = "data";

/// What makes a table.
type Make<'a> = Box<dyn Fn() -> Table + Send + Sync + 'a>;

/// A table that was handed on, and its files.
#[derive(Debug)]
pub(super) struct DataSet {
    pub(super) table: Table,
    pub(super) csv: Entry,
    pub(super) json: Entry,
}

/// Where a table is, below the output folder: `data/executives.csv`.
pub(super) fn path(name: &str, extension: &str) -> String {
    format!("{FOLDER}/{name}.{extension}")
}

/// Every table, given the titles of the pages, with its files added. An empty one is published, so that its address stays, but not
/// listed.
pub(super) fn sets(show: &Show, titles: &[(&UrlPath, String)], all: &mut Collector) -> Vec<DataSet> {
    let site = show.site;
    let words = |key: &str| Text { th: show.theme.string(key, Lang::Th), en: show.theme.string(key, Lang::En) };
    let audit = Audit::of(site);
    let of_site: [fn(&Site) -> Table; 9] = [
        people::executives,
        results::totals,
        results::instruments,
        results::indicators,
        results::questions,
        results::items,
        measures::measures,
        measures::steps,
        measures::progress,
    ];
    let plain = |make: fn(&Site) -> Table| -> Make { Box::new(move || make(site)) };
    let mut tables: Vec<Make> = of_site.into_iter().map(plain).collect();
    if let Some(audit) = &audit {
        tables.push(Box::new(move || form::items(audit)));
        tables.push(Box::new(move || form::requirements(audit)));
    }
    tables.push(Box::new(|| disclosures::disclosures(site, &|document| view::disclosure_title(show, document))));
    tables.extend(RowKind::ALL.map(|kind| -> Make { Box::new(move || disclosures::rows(site, kind, &words)) }));
    tables.extend(
        [disclosures::months, people::channels, people::channel_steps, lists::surveys, lists::news, lists::files].map(plain),
    );
    tables.push(Box::new(|| lists::pages(site, titles)));
    // Each file is handed on before the next table is made: they are the largest of a site.
    let keep = |name: &str, extension: &str, bytes: &mut Vec<u8>| {
        let made = all.other(path(name, extension), std::mem::take(bytes));
        (made.entry(), made)
    };
    let write = |make: Make| {
        let mut table = make();
        let (csv, csv_file) = keep(table.name, "csv", &mut table.csv);
        let (json, json_file) = keep(table.name, "json", &mut table.json);
        (DataSet { table, csv, json }, [csv_file, json_file])
    };
    let written: Vec<_> = tables.into_par_iter().with_max_len(1).map(write).collect();
    let mut sets = Vec::with_capacity(written.len());
    for (set, files) in written {
        for file in files {
            all.take_other(file);
        }
        sets.push(set);
    }
    sets
}

/// The two files that describe the tables, by path below the output folder.
pub(super) fn files(site: &Site, sets: &[DataSet]) -> [(String, Vec<u8>); 2] {
    let listed: Vec<&DataSet> = listed(sets).collect();
    let package = (path("datapackage", "json"), package::json(site, &listed));
    [package, (path("catalog", "jsonld"), dcat::json(site, &listed))]
}

/// The tables that have rows.
pub(super) fn listed(sets: &[DataSet]) -> impl Iterator<Item = &DataSet> {
    sets.iter().filter(|set| set.table.n_rows > 0)
}

fn documents<'a, 'r, T: 'r>(rows: &'r [(&'a Document, T)]) -> impl Iterator<Item = &'a Document> + use<'a, 'r, T> {
    rows.iter().map(|row| row.0)
}

/// The files of a document, as URLs.
fn attached(site: &Site, document: &Document, attachments: &[Attachment]) -> Vec<String> {
    let paths = attachments.iter().filter_map(|attachment| asset(document, &attachment.file.value));
    paths.filter(|path| site.assets.contains_key(path)).map(|path| site.absolute(&link_to_asset(&path))).collect()
}

fn year<'a, R>(of: impl Fn(&R) -> Option<FiscalYear> + 'a) -> Column<'a, R> {
    let read = move |row: &R| of(row).map(|year| u32::from(year.number()));
    column("fiscal_year_be", Kind::Integer, both("ปีงบประมาณ พ.ศ.", "Fiscal year, Buddhist Era"), read)
        .about(both("พุทธศักราช เริ่ม 1 ตุลาคมของปีก่อนหน้า", "543 more than the common era; it starts on 1 October of the year before"))
}

fn page_of<'a, R>(site: &'a Site, of: impl Fn(&R) -> &Document + 'a) -> Column<'a, R> {
    let read = move |row: &R| {
        let (page, anchor) = of_document(of(row));
        site.absolute(&anchor.map_or(page.to_string(), |anchor| format!("{page}#{anchor}")))
    };
    column("page", Kind::Url, both("หน้าเว็บ", "Page"), read)
}

fn unit<'a, R>(of: impl Fn(&R) -> &Document + 'a) -> Column<'a, R> {
    let read = move |row: &R| of(row).common.unit.as_ref().map(|unit| unit.value.clone());
    column("unit", Kind::Text, both("หน่วยงานรับผิดชอบ", "Unit responsible"), read)
}

fn updated<'a, R>(of: impl Fn(&R) -> &Document + 'a) -> Column<'a, R> {
    column("updated", Kind::Date, both("ปรับปรุงล่าสุด", "Last update"), move |row: &R| {
        last_change(of(row))
    })
}

fn example<'a, R>(of: impl Fn(&R) -> &Document + 'a) -> Column<'a, R> {
    column("is_example", Kind::Boolean, both("เป็นข้อมูลสมมุติ", "Made up"), move |row: &R| {
        of(row).common.example
    })
}

fn from<'a, R>(of: impl Fn(&R) -> Option<Period> + 'a) -> Column<'a, R> {
    column("period_start", Kind::Date, both("วันเริ่ม", "First day"), move |row: &R| {
        of(row).map(|period| period.from)
    })
}

fn to<'a, R>(of: impl Fn(&R) -> Option<Period> + 'a) -> Column<'a, R> {
    column("period_end", Kind::Date, both("วันสิ้นสุด", "Last day"), move |row: &R| {
        of(row).map(|period| period.to)
    })
}
