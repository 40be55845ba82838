//! `Sheet`: a table to download, as CSV (RFC 4180, with a byte order mark for spreadsheets) or as a workbook (XLSX).

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// A table of texts.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Name of the sheet.
    pub name: String,
    /// Heads of the columns, each with its width in characters.
    pub heads: Vec<(String, u16)>,
    /// The rows; as many cells as heads.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// The table as CSV.
    pub fn csv(&self) -> Vec<u8> {
        let heads = self.heads.iter().map(|(head, _)| Cow::Borrowed(head.as_str())).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(|cell| harmless(cell)).collect());
        csv(std::iter::once(heads).chain(rows))
    }

    /// The table as a workbook with a frozen head and filters; the same table gives the same bytes.
    pub fn xlsx(&self) -> Vec<u8> {
        self.workbook().expect("names and sizes are within the limits of XLSX")
    }

    fn workbook(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        // A fixed day: the library would take the clock's.
        let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
        let sheet = workbook.add_worksheet();
        sheet.set_name(&self.name)?;
        let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
        let head = cell.clone().set_bold();
        for (column, (text, width)) in (0..).zip(&self.heads) {
            sheet.set_column_width(column, f64::from(*width))?;
            sheet.write_string_with_format(0, column, text, &head)?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (column, text) in (0..).zip(cells) {
                sheet.write_string_with_format(row, column, fitting(text), &cell)?;
            }
        }
        sheet.set_freeze_panes(1, 1)?;
        let last_row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let last_column = u16::try_from(self.heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last_row, last_column)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        workbook.save_to_buffer()
    }
}

/// The text, cut where a cell of a workbook ends (32,767 UTF-16 units, ECMA-376), with a sign that it goes on.
fn fitting(text: &str) -> Cow<'_, str> {
    const MAX_UNITS: usize = 32_767;
    let mut n_units = 0;
    let end = text.char_indices().find(|(_, c)| {
        n_units += c.len_utf16();
        n_units > MAX_UNITS
    });
    match end {
        None => Cow::Borrowed(text),
        Some((end, _)) => {
            let kept = &text[..end];
            let last = kept.char_indices().next_back().map_or(0, |(at, _)| at);
            Cow::Owned(format!("{}…", &kept[..last]))
        }
    }
}

/// Records as CSV: UTF-8 with a byte order mark, which Excel wants, and CRLF at the end of each (RFC 4180).
pub(super) fn csv<'a>(records: impl Iterator<Item = Vec<Cow<'a, str>>>) -> Vec<u8> {
    let mut writer = csv_writer();
    for record in records {
        writer.write_record(record.iter().map(|cell| cell.as_bytes())).expect("memory takes every record");
    }
    writer.into_inner().expect("memory needs no flush")
}

/// What writes CSV as [`csv`] does, cell by cell.
pub(crate) fn csv_writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec())
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection); spreadsheets of East Asia
/// take wide signs too. A dash alone, which officers type for "none", is no formula.
pub(crate) fn harmless(cell: &str) -> Cow<'_, str> {
    let is_formula =
        cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) && !cell.trim_matches('-').is_empty();
    if is_formula { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            name: "OIT".to_owned(),
            heads: vec![("ข้อ".to_owned(), 8), ("ต้องทำ".to_owned(), 40)],
            rows: vec![vec!["O2".to_owned(), "=cmd, \"รูปถ่าย\"".to_owned()]],
        }
    }

    #[test]
    fn csv_opens_in_a_spreadsheet_and_runs_nothing() {
        let csv = String::from_utf8(sheet().csv()).expect("UTF-8");
        assert_eq!(csv, "\u{feff}ข้อ,ต้องทำ\r\nO2,\"'=cmd, \"\"รูปถ่าย\"\"\"\r\n");
    }

    #[test]
    fn what_runs_in_a_spreadsheet_is_held_back() {
        for cell in ["=1+1", "+66 4212 3456", "- ไม่มี", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["", "-", "--", "tel:+6642123456", "0 4212 3456", "ก = ข", "1-2"] {
            assert_eq!(harmless(cell), cell);
        }
    }

    #[test]
    fn a_long_cell_is_cut_and_says_so() {
        let long = Sheet { rows: vec![vec!["O2".to_owned(), "ก".repeat(40_000)]], ..sheet() };
        assert!(long.xlsx().starts_with(b"PK"));
        assert_eq!(fitting(&"ก".repeat(40_000)).chars().count(), 32_767);
        assert!(fitting(&"𝔸".repeat(20_000)).ends_with('…'));
    }

    #[test]
    fn the_same_table_gives_the_same_workbook() {
        assert!(sheet().xlsx().starts_with(b"PK"));
        assert_eq!(sheet().xlsx(), sheet().xlsx());
    }
}
