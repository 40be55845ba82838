//! `Grid`: the cells of one sheet, whatever kind of file they come from, and the words for a place in it.

use jiff::civil::Date;

use crate::diagnostic::{Text, text};
use crate::thai::date::{BUDDHIST_ERA, long_th};
use crate::thai::fold::is_blank;
use crate::thai::repair::repaired;

/// Most rows that a sheet may fill.
pub const MAX_ROWS: usize = 100_000;

/// Most columns that a sheet may fill.
pub const MAX_COLUMNS: usize = 256;

/// Most that the cells of a sheet may take in memory, in bytes: one text may stand in a million cells of a small file.
pub const MAX_CELL_BYTES: usize = 256 * 1024 * 1024;

/// Most cells that a sheet may fill by merging.
const MAX_MERGED: usize = 1_000_000;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text as typed.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, which a spreadsheet counts from 1900.
    Date(Date),
    /// True or false.
    Bool(bool),
    /// An error of the spreadsheet, such as `#REF!`.
    Broken(String),
}

/// A sheet: rows of cells, from A1.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// Name of the sheet; none in a CSV file.
    pub sheet: Option<String>,
    /// The cells.
    pub rows: Vec<Vec<Cell>>,
    /// What they take, in bytes.
    n_bytes: usize,
    /// How many were filled by merging.
    n_merged: usize,
}

/// A place in a workbook or CSV file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Name of the sheet; none in a CSV file.
    pub sheet: Option<String>,
    /// Row, from 1.
    pub row: usize,
    /// Column, from 0; `None` for the row as a whole.
    pub column: Option<usize>,
}

impl Place {
    /// `แผ่นงาน ผู้บริหาร แถว 7 คอลัมน์ C`.
    pub fn words(&self) -> Text {
        let row = self.row;
        let mut words = text!(th: "แถว {row}", en: "row {row}");
        if let Some(column) = self.column {
            let letters = letters(column);
            words = Text {
                th: format!("{} คอลัมน์ {letters}", words.th), en: format!("{}, column {letters}", words.en)
            };
        }
        if let Some(sheet) = &self.sheet {
            words =
                Text { th: format!("แผ่นงาน {sheet} {}", words.th), en: format!("sheet {sheet}, {}", words.en) };
        }
        words
    }

    /// The row as a whole.
    #[must_use]
    pub fn of_row(&self) -> Place {
        Place { column: None, ..self.clone() }
    }
}

/// What a column is called in a spreadsheet: 0 → `A`, 27 → `AB`.
pub fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

impl Cell {
    /// A cell of what was typed.
    pub(super) fn of_text(typed: &str) -> Cell {
        if clean(typed).is_empty() { Cell::Empty } else { Cell::Text(typed.to_owned()) }
    }

    /// A day; a year of the Buddhist Era typed as if it was a Christian one is meant as what it is.
    pub(super) fn of_day(year: i16, month: i8, day: i8) -> Cell {
        let year = if year >= 2400 { year - BUDDHIST_ERA } else { year };
        Date::new(year, month, day).map_or(Cell::Empty, Cell::Date)
    }

    /// Whether it says nothing: empty, spaces, a dash.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(typed) => is_blank(typed),
            _ => false,
        }
    }

    /// What it says, tidied up.
    pub fn words(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(typed) => clean(typed),
            Cell::Number(number) => number_words(*number),
            Cell::Date(date) => long_th(*date),
            Cell::Bool(value) => value.to_string(),
            Cell::Broken(name) => name.clone(),
        }
    }
}

impl Grid {
    /// An empty sheet.
    pub(super) fn named(sheet: &str) -> Grid {
        Grid { sheet: Some(sheet.to_owned()), ..Grid::default() }
    }

    /// The cell of a row and column, from 0.
    pub(super) fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&Cell::Empty)
    }

    /// Puts a cell where it belongs.
    ///
    /// # Errors
    /// What to tell when it lies beyond the limits.
    pub(super) fn put(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), Text> {
        if cell == Cell::Empty {
            return Ok(());
        }
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(self.too_large());
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        let n_more = (column + 1).saturating_sub(cells.len());
        self.n_bytes += n_more * size_of::<Cell>() + if let Cell::Text(text) = &cell { text.len() } else { 0 };
        if self.n_bytes > MAX_CELL_BYTES {
            return Err(self.too_large());
        }
        if n_more > 0 {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
        Ok(())
    }

    /// Gives every cell of a merged block, both ends included, what its first one holds.
    ///
    /// # Errors
    /// What to tell when there are too many of them.
    pub(super) fn merge(&mut self, from: (usize, usize), to: (usize, usize)) -> Result<(), Text> {
        let first = self.cell(from.0, from.1).clone();
        if first == Cell::Empty {
            return Ok(());
        }
        // Rows below the last one that has cells are of no use.
        for row in from.0..=to.0.min(self.rows.len().saturating_sub(1)) {
            for column in from.1..=to.1.min(MAX_COLUMNS - 1) {
                self.n_merged += 1;
                if self.n_merged > MAX_MERGED {
                    return Err(self.too_large());
                }
                self.put(row, column, first.clone())?;
            }
        }
        Ok(())
    }

    fn too_large(&self) -> Text {
        let name = self
            .sheet
            .as_ref()
            .map_or_else(|| text!(th: "ตารางนี้", en: "this table"), |name| text!(th: "แผ่นงาน {name}", en: "the sheet {name}"));
        let (th, en) = (name.th, name.en);
        let most = MAX_CELL_BYTES / (1024 * 1024);
        text!(
            th: "{th} มีข้อมูลเกิน {MAX_ROWS} แถว {MAX_COLUMNS} คอลัมน์ {MAX_MERGED} เซลล์ที่ผสานกัน หรือ {most} MB ให้ลบแถวหรือคอลัมน์ที่ไม่ใช้ ยกเลิกการผสานเซลล์ หรือแบ่งเป็นหลายไฟล์",
            en: "{en} fills more than {MAX_ROWS} rows, {MAX_COLUMNS} columns, {MAX_MERGED} merged cells or {most} MB; delete what is not used, unmerge cells, or split the file"
        )
    }

    /// The place of a row, from 0, and column.
    pub(super) fn place(&self, row: usize, column: Option<usize>) -> Place {
        Place { sheet: self.sheet.clone(), row: row + 1, column }
    }
}

/// A text without what a spreadsheet leaves in it: hard spaces, spaces at the ends, runs of spaces, letters without width, wrong `ำ`,
/// the apostrophe that keeps a formula from running and a number from being counted.
pub(super) fn clean(typed: &str) -> String {
    let typed = typed.replace("\r\n", "\n").replace('\r', "\n").replace('\u{a0}', " ");
    let typed = repaired(&typed);
    let lines: Vec<String> = typed.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let text = lines.join("\n");
    let text = text.trim();
    let is_held_back = |rest: &&str| {
        rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || rest.starts_with(|c: char| c.is_ascii_digit())
    };
    text.strip_prefix('\'').filter(is_held_back).unwrap_or(text).to_owned()
}

/// A number as people write it: no `.0`, no digits that only binary fractions have.
fn number_words(number: f64) -> String {
    let rounded = (number * 1e9).round() / 1e9;
    format!("{rounded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (255, "IV")] {
            assert_eq!(letters(column), name);
        }
    }

    #[test]
    fn what_spreadsheets_leave_is_taken_away() {
        assert_eq!(clean("\u{a0} นาย  สมชาย\u{200b} \r\n ใจดี "), "นาย สมชาย\nใจดี");
        assert_eq!((clean("'=1").as_str(), clean("'ก").as_str()), ("=1", "'ก"));
        assert_eq!(Cell::Number(0.1 + 0.2).words(), "0.3");
        assert_eq!(Cell::Number(5.0).words(), "5");
        assert!(Cell::of_text(" \u{a0}").is_empty() && Cell::Text("-".to_owned()).is_empty());
    }
}
