//! `Table`: a sheet read under its head, as records. Rows that are none (empty, totals, headings, signatures) are told, not lost.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::{choice, leading_number};
use super::grid::{Cell, Grid, Place, clean};
use super::heads::{self, Head, fold};
use super::kind::{self, Kind};
use super::plan::Problem;
use crate::diagnostic::{Text, text};
use crate::fields::Shape;
use crate::thai::FiscalYear;
use crate::thai::digits::to_arabic;

/// A table of a sheet.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) kind: &'static Kind,
    pub(super) records: Vec<Record>,
}

/// A row that says something.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) place: Place,
    pub(super) cells: BTreeMap<&'static str, (Cell, Place)>,
    /// The columns that its table has: field and number.
    pub(super) columns: Arc<BTreeMap<&'static str, usize>>,
    /// The fiscal year that a title above its table names.
    pub(super) year: Option<FiscalYear>,
}

/// What is said of rows and columns that are not used.
pub(super) type Notices = Vec<Problem>;

impl Record {
    /// The cell of a column, when it says something.
    pub(super) fn cell(&self, key: &str) -> Option<&Cell> {
        self.cells.get(key).map(|(cell, _)| cell)
    }

    /// What the cell of a column says; empty when it says nothing.
    pub(super) fn words(&self, key: &str) -> String {
        self.cell(key).map(Cell::words).unwrap_or_default()
    }

    /// The place of a column's cell, also of an empty one; else of the row.
    pub(super) fn place(&self, key: &str) -> Place {
        let empty = || Place { column: self.columns.get(key).copied(), ..self.place.clone() };
        self.cells.get(key).map_or_else(empty, |(_, place)| place.clone())
    }
}

/// Reads a sheet as what it is about. `Ok(None)` for a sheet without a table.
///
/// # Errors
/// When it could be about several things.
pub(super) fn read(
    grid: &Grid,
    wanted: Option<&'static Kind>,
    file: Option<&'static Kind>,
    notices: &mut Notices,
) -> Result<Option<Table>, Box<Problem>> {
    let by_name = grid.sheet.as_deref().and_then(kind_in);
    let hints = if wanted.is_some() { vec![wanted] } else { vec![file.or(by_name), by_name, None] };
    let mut found =
        hints.into_iter().map(|kind| heads::find(grid, kind)).find(|heads| !heads.is_empty()).unwrap_or_default().into_iter();
    let Some(head) = found.next() else { return Ok(None) };
    if let Some(other) = found.next().filter(|other| head.is_as_good_as(other)) {
        let (one, two) = (head.kind.folder, other.kind.folder);
        let place = grid.place(head.row, None);
        let message = text!(th: "ตารางนี้เป็นได้ทั้ง {one} และ {two}", en: "this table can be {one} as well as {two}");
        let help = text!(th: "สั่งเป็น prongsai import {one} FILE", en: "name it: prongsai import {one} FILE");
        return Err(Box::new(Problem { place: Some(place), message, help: Some(help) }));
    }
    note_columns(grid, &head, notices);
    Ok(Some(rows(grid, &head, notices)))
}

/// The kind that a name of a file or sheet says; none when it says several or nothing.
pub(super) fn kind_in(name: &str) -> Option<&'static Kind> {
    let name = name.to_lowercase();
    let longest = |kind: &&'static Kind| kind.names.iter().filter(|word| name.contains(*word)).map(|word| word.len()).max();
    // `ผลการดำเนินการตามมาตรการ` is about progress: the longer word says more.
    kind::KINDS.iter().filter(|kind| longest(kind).is_some()).max_by_key(longest)
}

fn note_columns(grid: &Grid, head: &Head, notices: &mut Notices) {
    for (column, name) in &head.unknown {
        let is_used = (head.row + head.n_rows..grid.rows.len()).any(|row| !grid.cell(row, *column).is_empty());
        if !is_used {
            continue;
        }
        let place = grid.place(head.row + head.n_rows - 1, Some(*column));
        let near = head.near(name);
        let name = name.replace('\n', " ");
        let message = text!(th: "คอลัมน์ `{name}` ไม่ได้ใช้", en: "the column `{name}` is not used");
        let help =
            near.map(|near| text!(th: "ถ้าหมายถึง {near} ให้แก้หัวคอลัมน์", en: "if you mean {near}, change the head of the column"));
        notices.push(Problem { place: Some(place), message, help });
    }
    for (column, name) in &head.doubled {
        let place = grid.place(head.row + head.n_rows - 1, Some(*column));
        let message = text!(
            th: "คอลัมน์ `{name}` ไม่ได้ใช้ เพราะมีคอลัมน์ก่อนหน้าที่เป็นข้อมูลเดียวกัน",
            en: "the column `{name}` is not used, for another one before it says the same"
        );
        notices.push(Problem { place: Some(place), message, help: None });
    }
}

/// What a row is.
enum Row {
    Empty,
    /// The head again, or numbers of columns.
    Head,
    /// A heading over the rows that follow.
    Heading(String),
    /// Not part of the table.
    Other(Text),
    /// A signature: the table is over.
    End,
    Record,
}

fn rows(grid: &Grid, head: &Head, notices: &mut Notices) -> Table {
    let columns = Arc::new(head.columns.iter().map(|(at, column)| (column.key, *at)).collect());
    let year = year_above(grid, head);
    let mut table = Table { kind: head.kind, records: Vec::new() };
    // A sheet of its own for each side.
    let mut heading: Option<(&'static str, Cell, Place)> = grid
        .sheet
        .as_ref()
        .filter(|_| head.kind.folder == "executives")
        .and_then(|name| heading_field(head.kind, name))
        .map(|(key, cell)| (key, cell, grid.place(head.row, None)));
    let mut carried: BTreeMap<&'static str, (Cell, Place)> = BTreeMap::new();
    let mut note = |row: usize, message: Text| {
        notices.push(Problem { place: Some(grid.place(row, None)), message, help: None });
    };
    let mut after_gap = false;
    for row in head.row + head.n_rows..grid.rows.len() {
        let what = what_is(grid, head, row, after_gap);
        after_gap = matches!(what, Row::Empty);
        match what {
            Row::Empty | Row::Head => {}
            Row::Other(why) => note(row, why),
            Row::End => {
                let message =
                    text!(th: "ไม่อ่านตั้งแต่แถวนี้ลงไป เพราะเป็นส่วนลงชื่อ", en: "nothing is read from this row on: it is a signature");
                note(row, message);
                break;
            }
            Row::Heading(words) => match heading_field(head.kind, &words) {
                Some((key, cell)) => {
                    carried.clear();
                    heading = Some((key, cell, grid.place(row, None)));
                }
                None => note(row, text!(th: "ไม่ได้ใช้แถว `{words}`", en: "the row `{words}` is not used")),
            },
            Row::Record => {
                let filled = head.columns.iter().filter(|(at, _)| !grid.cell(row, **at).is_empty());
                let cells = filled.map(|(at, column)| (column.key, (grid.cell(row, *at).clone(), grid.place(row, Some(*at)))));
                let (cells, columns) = (cells.collect(), Arc::clone(&columns));
                let mut record = Record { place: grid.place(row, None), cells, columns, year };
                if let Some((key, cell, place)) = &heading {
                    record.cells.entry(key).or_insert_with(|| (cell.clone(), place.clone()));
                }
                carry(head.kind, &mut record, &mut carried);
                table.records.push(record);
            }
        }
    }
    table
}

/// Fills what stands above into empty cells. A row with a measure of its own takes nothing over from the one before.
fn carry(kind: &Kind, record: &mut Record, carried: &mut BTreeMap<&'static str, (Cell, Place)>) {
    let of_thing = |key: &str| key != kind::YEAR && key != kind::WHAT;
    // Where measures have titles, a number without one counts the steps.
    let has_title = record.columns.contains_key("title") || record.cell("title").is_some();
    let is_name = |key: &str| of_thing(key) && !(has_title && key == kind::NUMBER);
    let is_new = kind.carried.iter().filter(|key| is_name(key)).any(|key| {
        let own = record.cell(key);
        own.is_some() && own.map(Cell::words) != carried.get(key).map(|(cell, _)| cell.words())
    });
    if is_new {
        carried.retain(|key, _| !of_thing(key));
    }
    for key in kind.carried {
        match record.cells.get(key) {
            Some(own) => {
                carried.insert(key, own.clone());
            }
            None => {
                if let Some((cell, place)) = carried.get(key) {
                    record.cells.insert(key, (cell.clone(), Place { row: record.place.row, ..place.clone() }));
                }
            }
        }
    }
}

fn what_is(grid: &Grid, head: &Head, row: usize, after_gap: bool) -> Row {
    let filled: Vec<usize> = (0..grid.rows[row].len()).filter(|column| !grid.cell(row, *column).is_empty()).collect();
    let Some(first) = filled.first() else { return Row::Empty };
    let words = |column: usize| grid.cell(row, column).words();
    let is_head =
        |column: &usize| (head.row..head.row + head.n_rows).any(|above| grid.cell(above, *column).words() == words(*column));
    if filled.len() > 1 && filled.iter().all(is_head) || is_numbers_of_columns(grid, row, &filled) {
        return Row::Head;
    }
    let text = words(*first);
    let bare = text.trim_start_matches(['(', '*', ' ']);
    if bare.starts_with("ลงชื่อ") || bare.starts_with("ลงนาม") || bare.starts_with("ผู้รายงาน") || bare.starts_with("ผู้จัดทำ")
    {
        return Row::End;
    }
    let is_one = filled.iter().all(|column| words(*column) == text);
    let mapped: Vec<usize> = filled.iter().copied().filter(|column| head.columns.contains_key(column)).collect();
    let has_anchor =
        mapped.iter().any(|column| head.columns.get(column).is_some_and(|known| head.kind.anchors.contains(&known.key)));
    let is_note = ["หมายเหตุ", "ที่มา", "ข้อมูล ณ"].iter().any(|word| bare.starts_with(word));
    if is_note && is_one || mapped.is_empty() {
        return Row::Other(text!(th: "ไม่ได้ใช้แถว `{text}`", en: "the row `{text}` is not used"));
    }
    let is_total = text.starts_with("รวม") && (!has_anchor || is_one);
    if is_total && head.kind.folder != "results" {
        return Row::Other(text!(th: "ไม่ได้ใช้แถวรวม `{text}`", en: "the row of totals `{text}` is not used"));
    }
    // A merged row, or one cell that is not what the table is about.
    if is_one && (filled.len() > 1 || !has_anchor && !head.kind.carried.iter().any(|key| head.column(key) == Some(*first))) {
        return Row::Heading(text);
    }
    if is_one && after_gap && text.starts_with('(') {
        return Row::Other(text!(th: "ไม่ได้ใช้แถว `{text}`", en: "the row `{text}` is not used"));
    }
    Row::Record
}

/// `(1) (2) (3)` under the head, as forms have it.
fn is_numbers_of_columns(grid: &Grid, row: usize, filled: &[usize]) -> bool {
    let number = |column: &usize| {
        let words = to_arabic(&grid.cell(row, *column).words()).into_owned();
        words.trim_matches(['(', ')', ' ']).parse::<usize>().ok()
    };
    let numbers: Option<Vec<usize>> = filled.iter().map(number).collect();
    numbers.is_some_and(|numbers| numbers.len() >= 3 && numbers.iter().copied().eq(1..=numbers.len()))
}

/// What a heading says of the rows below it.
fn heading_field(kind: &'static Kind, words: &str) -> Option<(&'static str, Cell)> {
    match kind.folder {
        "executives" => {
            let group = kind.folder().asked().into_iter().find(|asked| asked.key == "group")?;
            let Shape::Choice(known) = group.shape else { return None };
            let parts = words.split(['(', ')', ':', '/', ' ']).chain([words]);
            let group = parts.into_iter().find_map(|part| choice(part, known))?;
            Some(("group", Cell::Text(group.to_owned())))
        }
        "measures" if leading_number(words, &["มาตรการ"]).is_some() || words.starts_with("มาตรการ") => {
            Some(("title", Cell::Text(words.to_owned())))
        }
        "progress" if leading_number(words, &["มาตรการ"]).is_some() => {
            Some(("measure", Cell::Text(words.to_owned())))
        }
        "results" if ["IIT", "EIT", "OIT"].iter().any(|code| words.contains(code)) => {
            let code = ["IIT", "EIT", "OIT"].into_iter().find(|code| words.contains(code))?;
            Some(("instrument", Cell::Text(code.to_owned())))
        }
        _ => None,
    }
}

/// The fiscal year that stands above a table or in the name of its sheet, when it is only one.
fn year_above(grid: &Grid, head: &Head) -> Option<FiscalYear> {
    let cells = (0..head.row).flat_map(|row| grid.rows[row].iter().map(Cell::words));
    let mut years: Vec<FiscalYear> = cells.chain(grid.sheet.clone()).flat_map(|words| years_in(&words)).collect();
    years.sort_unstable();
    years.dedup();
    if years.len() == 1 { years.pop() } else { None }
}

/// The years of a text: four digits that are no part of a longer number.
pub(super) fn years_in(words: &str) -> Vec<FiscalYear> {
    let arabic = to_arabic(&clean(words)).into_owned();
    let numbers = arabic.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(|digits| FiscalYear::parse(digits).ok()).collect()
}

/// Whether two texts are one after folding.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    !one.is_empty() && one == other
}
