//! Workbooks and CSV files of an office, both ways: tables → changes of content files, and content files → tables that read back unchanged.

mod cell;
mod draft;
mod export;
mod grid;
mod heads;
mod judge;
pub mod kind;
mod measures;
mod one_each;
mod plan;
mod results;
mod separated;
mod shelf;
mod table;
mod workbook;

use crate::diagnostic::{Text, text};

pub use export::{Export, Table, csv, export, xlsx};
pub use grid::{Cell, Grid, MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS, Place, letters};
pub use kind::Kind;
pub use plan::{FieldChange, Plan, Planned, Problem, State, Wish, plan};

/// Largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The sheets of a workbook or CSV file, and the names of hidden sheets, which are not read.
///
/// # Errors
/// What to tell when the file cannot be read.
pub fn read(bytes: &[u8]) -> Result<(Vec<Grid>, Vec<String>), Text> {
    if workbook::is_workbook(bytes) {
        let book = workbook::read(bytes)?;
        return Ok((book.grids, book.hidden));
    }
    if bytes.trim_ascii().is_empty() {
        return Err(text!(th: "ไฟล์ว่างเปล่า", en: "the file is empty"));
    }
    Ok((vec![separated::read(bytes)?], Vec::new()))
}
