//! Content files → tables, as workbook or CSV, that read back unchanged.

use std::io;
use std::path::Path;

use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use serde_json::{Map, Value as Json};

use super::cell::label;
use super::kind::{BODY, CODE, Column, FAMILY, FILE, GIVEN, Kind, NAME, NUMBER, PREFIX, STEP, WHAT, YEAR};
use super::plan::Problem;
use super::results::WHATS;
use super::shelf::{Existing, Shelf};
use crate::diagnostic::{Text, text};
use crate::fields::{Asked, Shape, labels};
use crate::source::Sources;

/// Most that a cell of a workbook holds, in UTF-16 units (ECMA-376).
const MAX_UNITS: usize = 32_767;

/// Rows below the table in which words for choices are offered too.
const N_SPARE_ROWS: u32 = 200;

/// The table of a kind.
#[derive(Debug)]
pub struct Table {
    /// What it is about.
    pub kind: &'static Kind,
    columns: Vec<&'static Column>,
    /// The rows; as many cells as columns.
    rows: Vec<Vec<String>>,
    /// Words that a column offers.
    choices: Vec<Vec<&'static str>>,
}

impl Table {
    /// How many rows it has below its head.
    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }
}

/// The tables of a site.
#[derive(Debug, Default)]
pub struct Export {
    /// One a kind.
    pub tables: Vec<Table>,
    /// What is not in them.
    pub notices: Vec<Problem>,
}

type Row = Map<String, Json>;

/// The content files of these kinds as tables.
///
/// # Errors
/// When the disk fails.
pub fn export(root: &Path, sources: &Sources, kinds: &[&'static Kind]) -> io::Result<Export> {
    let mut export = Export::default();
    for kind in kinds {
        let mut shelf = Shelf::open(root, sources, kind.folder())?;
        for (path, Text { th, en }) in &shelf.broken {
            let message = text!(th: "ไม่มี {path} ในตาราง เพราะเปิดไม่ได้: {th}", en: "{path} is not in the table, for it cannot be opened: {en}");
            export.notices.push(Problem { place: None, message, help: None });
        }
        if kind.folder == "executives" {
            shelf.documents.sort_by_key(|document| (order(document), document.path.clone()));
        }
        let rows: Vec<Row> = shelf.documents.iter().flat_map(|document| rows_of(&shelf, document)).collect();
        export.tables.push(table(kind, &shelf, &rows, &mut export.notices));
    }
    Ok(export)
}

fn order(document: &Existing) -> u32 {
    document.text("order").parse().ok().or(document.number).unwrap_or(u32::MAX)
}

fn table(kind: &'static Kind, shelf: &Shelf, rows: &[Row], notices: &mut Vec<Problem>) -> Table {
    let is_part = |column: &&Column| matches!(column.key, PREFIX | GIVEN | FAMILY);
    let is_used = |column: &&Column| column.is_core || rows.iter().any(|row| row.contains_key(column.key));
    let columns: Vec<&'static Column> = kind.columns.iter().filter(|column| !is_part(column) && is_used(column)).collect();
    let mut cell = |row: &Row, column: &Column| {
        let words = row.get(column.key).map(|value| words(value, shelf.asked(column.key))).unwrap_or_default();
        if words.encode_utf16().count() <= MAX_UNITS {
            return words;
        }
        let file = row.get(FILE).and_then(Json::as_str).unwrap_or_default();
        let Text { th, en } = column.head.owned();
        let message = text!(
            th: "{th} ของ {file} ยาวเกินเซลล์หนึ่งจะเก็บได้ จึงเว้นว่างไว้ (นำเข้าแล้วของเดิมยังอยู่)",
            en: "{en} of {file} is longer than a cell can be and is left empty (an import leaves it as it is)"
        );
        notices.push(Problem { place: None, message, help: None });
        String::new()
    };
    let rows = rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    let choices = columns.iter().map(|column| match shelf.asked(column.key).map(|asked| &asked.shape) {
        Some(Shape::Choice(words)) => words.iter().map(|word| label(word)).collect(),
        _ if column.key == WHAT => WHATS.iter().map(|(_, name, _)| name.th).collect(),
        _ => Vec::new(),
    });
    Table { kind, choices: choices.collect(), columns, rows }
}

/// A value as it stands in a cell.
fn words(value: &Json, asked: Option<&Asked>) -> String {
    match (value, asked.map(|asked| &asked.shape)) {
        (Json::String(word), Some(Shape::Choice(known))) if known.contains(&word.as_str()) => label(word).to_owned(),
        (Json::String(text), _) => text.clone(),
        (Json::Bool(true), _) => "ใช่".to_owned(),
        (Json::Bool(false), _) => "ไม่ใช่".to_owned(),
        (Json::Array(list), _) => list.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("\n"),
        (Json::Null | Json::Object(_), _) => String::new(),
        (value, _) => value.to_string(),
    }
}

fn rows_of(shelf: &Shelf, document: &Existing) -> Vec<Row> {
    let mut row: Row = document.values.clone();
    row.retain(|_, value| !matches!(value, Json::Array(list) if list.iter().any(Json::is_object)));
    row.insert(FILE.to_owned(), Json::String(document.name(shelf.folder).to_owned()));
    if let Some(year) = document.year {
        row.insert(YEAR.to_owned(), Json::String(year.to_string()));
    }
    let body = document.manuscript.body().trim();
    if !body.is_empty() {
        row.insert(BODY.to_owned(), Json::String(body.to_owned()));
    }
    match shelf.folder.name {
        "executives" if !row.contains_key("order") => {
            row.extend(document.number.map(|number| ("order".to_owned(), Json::String(number.to_string()))));
            vec![row]
        }
        "measures" => steps(row, document),
        "results" => scores(&row, document),
        _ => vec![row],
    }
}

/// A row a step; what is said of the measure as a whole stands in the first.
fn steps(mut row: Row, document: &Existing) -> Vec<Row> {
    row.remove(BODY);
    row.extend(document.number.map(|number| (NUMBER.to_owned(), Json::String(number.to_string()))));
    let mut rows = Vec::new();
    for (number, step) in tables(&document.values, "step").into_iter().enumerate() {
        let mut next = row.clone();
        if number > 0 {
            next.retain(|key, _| [YEAR, NUMBER, "title", FILE].contains(&key.as_str()));
        }
        next.insert(STEP.to_owned(), Json::String((number + 1).to_string()));
        next.extend(step.into_iter().map(|(key, value)| (format!("step.{key}"), value)));
        rows.push(next);
    }
    if rows.is_empty() { vec![row] } else { rows }
}

/// A row a score: the whole, instruments, indicators, questions with their parts, items.
fn scores(row: &Row, document: &Existing) -> Vec<Row> {
    let year = row.get(YEAR).cloned().unwrap_or_default();
    let mut whole = row.clone();
    whole.retain(|key, _| ![FILE, BODY, "fiscal_year"].contains(&key.as_str()));
    let total = whole.remove("total");
    whole.extend(total.map(|total| ("score".to_owned(), total)));
    whole.insert(WHAT.to_owned(), Json::String(WHATS[0].1.th.to_owned()));
    let mut rows = vec![whole];
    let mut add = |key: &str, table: Row| {
        let name = WHATS.iter().find(|(what, ..)| *what == key).map_or("", |(_, name, _)| name.th);
        let rename = |(key, value): (String, Json)| {
            let key = match key.as_str() {
                "code" | "number" | "id" => CODE.to_owned(),
                "name" | "text" => NAME.to_owned(),
                _ => key,
            };
            (key, value)
        };
        let mut row: Row = table.into_iter().filter(|(_, value)| !value.is_array()).map(rename).collect();
        row.insert(YEAR.to_owned(), year.clone());
        row.insert(WHAT.to_owned(), Json::String(name.to_owned()));
        rows.push(row);
    };
    for key in ["instrument", "indicator", "sub", "question", "item"] {
        for table in tables(&document.values, key) {
            let parts = tables(&table, "part");
            add(key, table);
            for part in parts {
                add("part", part);
            }
        }
    }
    rows
}

fn tables(values: &Row, key: &str) -> Vec<Row> {
    let list = values.get(key).and_then(Json::as_array).cloned().unwrap_or_default();
    list.into_iter().filter_map(|row| if let Json::Object(row) = row { Some(row) } else { None }).collect()
}

/// A table as CSV: UTF-8 with a byte order mark, which Excel wants; what a spreadsheet would run as a formula has an apostrophe in front.
pub fn csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    let heads = table.columns.iter().map(|column| column.head.th.to_owned()).collect::<Vec<_>>();
    for row in std::iter::once(&heads).chain(&table.rows) {
        writer
            .write_record(row.iter().map(|cell| crate::render::sheet::harmless(cell).into_owned()))
            .expect("memory takes every record");
    }
    writer.into_inner().expect("memory needs no flush")
}

/// Tables as a workbook, a sheet each; the same tables give the same bytes. Every cell is text, so that a spreadsheet changes nothing.
pub fn xlsx(tables: &[Table]) -> Vec<u8> {
    workbook(tables).expect("names and sizes are within the limits of XLSX")
}

fn workbook(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed day: the library would take the clock's.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let cell = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    let head = cell.clone().set_bold().set_background_color("#E8EEF7");
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(labels::folder(table.kind.folder).map_or(table.kind.folder, |label| label.th))?;
        let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
        for (at, column) in (0..).zip(&table.columns) {
            // Also for what is typed below: telephone numbers keep their 0.
            sheet.set_column_format(at, &Format::new().set_num_format("@"))?;
            sheet.set_column_width(at, f64::from(column.width))?;
            sheet.write_string_with_format(0, at, column.head.th, &head)?;
            let offered = &table.choices[usize::from(at)];
            if !offered.is_empty() {
                let list = DataValidation::new().allow_list_strings(offered)?.show_error_message(false);
                sheet.add_data_validation(1, at, last_row.saturating_add(N_SPARE_ROWS), at, &list)?;
            }
        }
        for (row, cells) in (1..).zip(&table.rows) {
            for (column, text) in (0..).zip(cells) {
                sheet.write_string_with_format(row, column, text, &cell)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        let last_column = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last_row, last_column)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    }
    workbook.save_to_buffer()
}
