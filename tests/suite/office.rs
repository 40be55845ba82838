//! Workbooks and CSV files the way offices make them, built in code, and what an import makes of them as lines of text.

use std::fs;
use std::path::Path;

use prongsai::desk::sheets::{self, Kind, Plan, Problem, State, Wish};
use prongsai::source::{Sources, discover};
use prongsai::thai::FiscalYear;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use crate::support::folder;

/// A site without people, measures or results.
pub(crate) const EMPTY: &str = "-- content/pages/a.md --\n+++\ntitle = \"ก\"\n+++\n";

/// A cell as somebody types it.
#[derive(Debug, Clone)]
pub(crate) enum Typed {
    Text(String),
    Number(f64),
    /// A day of the calendar that the spreadsheet knows.
    Day(u16, u8, u8),
    /// A formula whose result is this error.
    Broken(&'static str),
}

impl From<&str> for Typed {
    fn from(text: &str) -> Typed {
        Typed::Text(text.to_owned())
    }
}

impl From<f64> for Typed {
    fn from(number: f64) -> Typed {
        Typed::Number(number)
    }
}

impl From<(u16, u8, u8)> for Typed {
    fn from((year, month, day): (u16, u8, u8)) -> Typed {
        Typed::Day(year, month, day)
    }
}

/// A row of cells of any kind.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$($crate::office::Typed::from($cell)),*] };
}
pub(crate) use row;

/// A block of merged cells: first row and column, last row and column, from 0.
pub(crate) type Merged = (u32, u16, u32, u16);

/// Adds a sheet; what is merged shows what its first cell holds.
pub(crate) fn sheet<'a>(book: &'a mut Workbook, name: &str, rows: &[Vec<Typed>], merged: &[Merged]) -> &'a mut Worksheet {
    let sheet = book.add_worksheet();
    sheet.set_name(name).expect("a name");
    for (from_row, from, to_row, to) in merged {
        sheet.merge_range(*from_row, *from, *to_row, *to, "", &Format::new()).expect("merged");
    }
    let day = Format::new().set_num_format("d/m/yyyy");
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Typed::Text(text) if text.is_empty() => continue,
                Typed::Text(text) => sheet.write_string(row, column, text).expect("written"),
                Typed::Number(number) => sheet.write_number(row, column, *number).expect("written"),
                Typed::Day(y, m, d) => {
                    let date = ExcelDateTime::from_ymd(*y, *m, *d).expect("a day");
                    sheet.write_datetime_with_format(row, column, date, &day).expect("written")
                }
                Typed::Broken(error) => {
                    sheet.write_formula(row, column, Formula::new("=1/0").set_result(*error)).expect("written")
                }
            };
        }
    }
    sheet
}

/// A workbook of one sheet.
pub(crate) fn book(name: &str, rows: &[Vec<Typed>], merged: &[Merged]) -> Vec<u8> {
    let mut book = Workbook::new();
    sheet(&mut book, name, rows, merged);
    book.save_to_buffer().expect("a workbook")
}

/// A way to read tables of the site's year, 2566.
pub(crate) fn wish() -> Wish {
    let site_year = FiscalYear::new(2566).expect("a year");
    Wish { kind: None, year: None, site_year, clear: false, skip_bad_rows: false }
}

/// The same as what is named.
pub(crate) fn wish_for(kind: &str) -> Wish {
    Wish { kind: Some(Kind::named(kind).expect("a kind")), ..wish() }
}

/// What an import of a file into a site folder would do.
pub(crate) fn plan(root: &Path, file: &str, bytes: &[u8], wish: &Wish) -> Plan {
    plan_of(root, &discover(root).expect("a site folder"), file, bytes, wish)
}

/// The same for a folder that was looked at before.
pub(crate) fn plan_of(root: &Path, sources: &Sources, file: &str, bytes: &[u8], wish: &Wish) -> Plan {
    let (grids, _) = sheets::read(bytes).unwrap_or_else(|why| panic!("{}", why.en));
    sheets::plan(root, sources, file, &grids, wish).expect("a folder that can be read")
}

/// The same in lines.
pub(crate) fn told(root: &Path, file: &str, bytes: &[u8], wish: &Wish) -> Vec<String> {
    lines(&plan(root, file, bytes, wish))
}

/// A plan in lines: files with their fields, documents that stay, notes, problems.
pub(crate) fn lines(plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    for file in &plan.files {
        let path = file.change.path.as_str().trim_start_matches("content/");
        let word = match file.state {
            State::New => "new",
            State::Changed => "changed",
            State::Unchanged => "same",
        };
        lines.push(format!("{word} {path}"));
        for change in &file.fields {
            let (old, new) = (change.old.replace('\n', "|"), change.new.replace('\n', "|"));
            let values = if old.is_empty() { new } else { format!("{old} -> {new}") };
            lines.push(format!("  {} = {values}", change.field));
        }
    }
    lines.extend(plan.lacking.iter().map(|path| format!("stays {}", path.as_str().trim_start_matches("content/"))));
    lines.extend(plan.notices.iter().map(|notice| format!("note {}", problem(notice))));
    lines.extend(plan.problems.iter().map(|found| format!("problem {}", problem(found))));
    lines
}

fn problem(problem: &Problem) -> String {
    let place = problem.place.as_ref().map(|place| place.words().en + ": ").unwrap_or_default();
    let help = problem.help.as_ref().map(|help| format!(" ({})", help.en)).unwrap_or_default();
    format!("{place}{}{help}", problem.message.en)
}

/// Writes what an import would do.
pub(crate) fn carry_out(root: &Path, plan: &Plan) {
    assert!(plan.problems.is_empty(), "{:?}", lines(plan));
    for change in plan.changes() {
        let path = root.join(change.path.as_str());
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, change.after.expect("a file that stays")).expect("written");
    }
}

/// What an import into such a site would do, in lines.
pub(crate) fn into_empty(file: &str, bytes: &[u8]) -> Vec<String> {
    told(folder(EMPTY).path(), file, bytes, &wish())
}

#[track_caller]
pub(crate) fn expect(told: &[String], expected: &[&str]) {
    assert!(told == expected, "--- expected\n{}\n--- told\n{}\n---", expected.join("\n"), told.join("\n"));
}
