//! Workbooks (XLSX, XLS, ODS) → grids, within limits.

use std::io::{self, Cursor, Read as _};

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, SheetVisible, Xls, Xlsx};
use zip::ZipArchive;

use super::grid::{Cell, Grid};
use crate::diagnostic::{Text, text};

/// Most that a workbook may be once it is unpacked, in bytes.
const MAX_UNPACKED: u64 = 128 * 1024 * 1024;

/// Most files inside a workbook.
const MAX_PARTS: usize = 5_000;

/// The sheets of a workbook, and the names of hidden ones, which are not read.
pub(super) struct Workbook {
    pub(super) grids: Vec<Grid>,
    pub(super) hidden: Vec<String>,
}

/// Whether the bytes begin as a workbook does.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || is_old(bytes)
}

/// Whether it is one of Excel before 2007.
fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Reads a workbook.
///
/// # Errors
/// What to tell.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Text> {
    if is_old(bytes) {
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
        return sheets(&mut book, |book, grid, name| {
            fill(grid, &book.worksheet_range(name).map_err(|_| unreadable())?)?;
            let blocks = book.merge_cells_by_sheet_name(name).unwrap_or_default();
            blocks.iter().try_for_each(|block| merge(grid, block.start, block.end))
        });
    }
    check_size(bytes)?;
    if is_open_document(bytes) {
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
        return sheets(&mut book, |book, grid, name| fill(grid, &book.worksheet_range(name).map_err(|_| unreadable())?));
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    sheets(&mut book, |book, grid, name| {
        // Cell by cell: the whole range of a sheet with one cell in its last corner would not fit into memory.
        let mut cells = book.worksheet_cells_reader(name).map_err(|_| unreadable())?;
        while let Some(cell) = cells.next_cell().map_err(|_| unreadable())? {
            let (row, column) = cell.get_position();
            put(grid, (row, column), of_data(&borrowed(cell.get_value())))?;
        }
        drop(cells);
        let blocks = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        blocks.iter().try_for_each(|block| merge(grid, block.start, block.end))
    })
}

fn sheets<R, B>(book: &mut B, read: impl Fn(&mut B, &mut Grid, &str) -> Result<(), Text>) -> Result<Workbook, Text>
where
    R: io::Read + io::Seek,
    B: Reader<R>,
{
    let (mut grids, mut hidden) = (Vec::new(), Vec::new());
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            hidden.push(sheet.name);
            continue;
        }
        let mut grid = Grid::named(&sheet.name);
        // A sheet that is a chart has no cells.
        if sheet.typ == calamine::SheetType::WorkSheet {
            read(book, &mut grid, &sheet.name)?;
        }
        grids.push(grid);
    }
    Ok(Workbook { grids, hidden })
}

fn fill(grid: &mut Grid, range: &calamine::Range<Data>) -> Result<(), Text> {
    let Some((first_row, first_column)) = range.start() else { return Ok(()) };
    for (row, column, data) in range.used_cells() {
        let row = u32::try_from(row).unwrap_or(u32::MAX).saturating_add(first_row);
        let column = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(first_column);
        put(grid, (row, column), of_data(data))?;
    }
    Ok(())
}

fn put(grid: &mut Grid, (row, column): (u32, u32), cell: Cell) -> Result<(), Text> {
    let at = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    grid.put(at(row), at(column), cell)
}

fn merge(grid: &mut Grid, from: (u32, u32), to: (u32, u32)) -> Result<(), Text> {
    let at = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    grid.merge((at(from.0), at(from.1)), (at(to.0), at(to.1)))
}

fn borrowed(data: &DataRef) -> Data {
    match data {
        DataRef::Int(value) => Data::Int(*value),
        DataRef::Float(value) => Data::Float(*value),
        DataRef::String(value) => Data::String(value.clone()),
        DataRef::SharedString(value) => Data::String((*value).to_owned()),
        DataRef::Bool(value) => Data::Bool(*value),
        DataRef::DateTime(value) => Data::DateTime(*value),
        DataRef::DateTimeIso(value) => Data::DateTimeIso(value.clone()),
        DataRef::DurationIso(value) => Data::DurationIso(value.clone()),
        DataRef::Error(value) => Data::Error(value.clone()),
        DataRef::Empty => Data::Empty,
    }
}

fn of_data(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        #[expect(clippy::cast_precision_loss, reason = "cells count no further than a float can")]
        Data::Int(value) => Cell::Number(*value as f64),
        Data::Float(value) => Cell::Number(*value),
        Data::String(typed) | Data::DurationIso(typed) => Cell::of_text(typed),
        Data::Bool(value) => Cell::Bool(*value),
        Data::DateTime(value) => of_serial(*value),
        Data::DateTimeIso(typed) => of_iso(typed),
        Data::Error(error) => Cell::Broken(error.to_string()),
    }
}

fn of_serial(value: ExcelDateTime) -> Cell {
    if !value.is_datetime() || value.as_f64() < 1.0 {
        return Cell::Number(value.as_f64());
    }
    let (year, month, day, ..) = value.to_ymd_hms_milli();
    let small = |number: u8| i8::try_from(number).unwrap_or_default();
    Cell::of_day(i16::try_from(year).unwrap_or_default(), small(month), small(day))
}

/// The day of `2023-04-20T00:00:00`, as `OpenDocument` has it.
fn of_iso(typed: &str) -> Cell {
    let mut parts = typed.split('T').next().unwrap_or(typed).splitn(3, '-');
    let mut next = || parts.next().and_then(|part| part.parse::<i16>().ok());
    match (next(), next(), next()) {
        (Some(year), Some(month), Some(day)) => {
            Cell::of_day(year, i8::try_from(month).unwrap_or_default(), i8::try_from(day).unwrap_or_default())
        }
        _ => Cell::of_text(typed),
    }
}

fn is_open_document(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|zip| zip.index_for_name("content.xml").is_some())
}

/// Unpacks everything once, without keeping it: sizes that an archive tells of itself may be lies.
fn check_size(bytes: &[u8]) -> Result<(), Text> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let mut left = MAX_UNPACKED;
    let n_parts = zip.len();
    for index in 0..n_parts {
        let part = zip.by_index(index).map_err(|_| unreadable())?;
        left -= io::copy(&mut part.take(left), &mut io::sink()).map_err(|_| unreadable())?;
        if left == 0 || n_parts > MAX_PARTS {
            let most = MAX_UNPACKED / (1024 * 1024);
            return Err(text!(
                th: "สมุดงานนี้เมื่อคลายแล้วใหญ่เกิน {most} MB จึงไม่อ่าน ให้คัดลอกเฉพาะตารางไปยังสมุดงานใหม่",
                en: "this workbook is larger than {most} MB once unpacked and is not read; copy the table into a new workbook"
            ));
        }
    }
    Ok(())
}

fn unreadable() -> Text {
    text!(
        th: "อ่านสมุดงานไม่ได้ อาจเสีย มีรหัสผ่าน หรือเป็นไฟล์ชนิดอื่น ให้เปิดด้วย Excel แล้วบันทึกใหม่เป็น .xlsx",
        en: "the workbook cannot be read: it may be damaged, have a password, or be of another kind; open it and save it as .xlsx"
    )
}
