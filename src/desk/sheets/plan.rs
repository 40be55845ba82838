//! `Plan`: what an import would change, file by file and field by field, and what stands in its way.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use serde_json::{Map, Value as Json};

use super::draft::{Draft, Target};
use super::grid::{Cell, Grid, Place, clean};
use super::kind::{BODY, Kind};
use super::shelf::Shelf;
use super::table::{self, Record};
use super::{judge, measures, one_each, results};
use crate::desk::Manuscript;
use crate::desk::manuscript::ROW;
use crate::diagnostic::{Text, text};
use crate::fields::labels;
use crate::publish::edits::Change;
use crate::source::{SourcePath, Sources};
use crate::thai::FiscalYear;

/// Most times that rows with mistakes are left out and the rest is tried again.
const MAX_TRIES: usize = 20;

/// How a table is to be read.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What it is about; `None` to find out.
    pub kind: Option<&'static Kind>,
    /// The fiscal year, where the table has none of its own.
    pub year: Option<FiscalYear>,
    /// The site's year.
    pub site_year: FiscalYear,
    /// Whether an empty cell takes away what is there.
    pub clear: bool,
    /// Whether rows with mistakes are left out.
    pub skip_bad_rows: bool,
}

/// Something wrong, or something to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where; `None` for the file as a whole.
    pub place: Option<Place>,
    /// What.
    pub message: Text,
    /// What to do.
    pub help: Option<Text>,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It is made.
    New,
    /// It says something else.
    Changed,
    /// It says the same.
    Unchanged,
}

/// A field that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field: `step[2].period`.
    pub field: String,
    /// What it is called.
    pub label: Text,
    /// What it said; empty when it was not there.
    pub old: String,
    /// What it says; empty when it is taken away.
    pub new: String,
}

/// A file of an import.
#[derive(Debug, Clone)]
pub struct Planned {
    /// What becomes of it.
    pub state: State,
    /// What is written.
    pub change: Change,
    /// Its fields that say something else.
    pub fields: Vec<FieldChange>,
    /// The first row that is about it.
    pub place: Place,
}

/// What an import would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files, in order of path.
    pub files: Vec<Planned>,
    /// What stands in the way.
    pub problems: Vec<Problem>,
    /// What is not used, and what else is to be known.
    pub notices: Vec<Problem>,
    /// Documents that the tables do not have. They stay.
    pub lacking: Vec<SourcePath>,
}

impl Plan {
    /// The changes to carry out.
    pub fn changes(&self) -> Vec<Change> {
        self.files.iter().filter(|file| file.state != State::Unchanged).map(|file| file.change.clone()).collect()
    }
}

/// What the sheets of a file, whose name is given, would change in a site folder.
///
/// # Errors
/// When the disk fails.
pub fn plan(root: &Path, sources: &Sources, file: &str, grids: &[Grid], wish: &Wish) -> io::Result<Plan> {
    let mut plan = Plan::default();
    let by_kind = tables(file, grids, wish, &mut plan);
    let mut left_out: BTreeSet<Place> = BTreeSet::new();
    let mut skipped: Vec<Problem> = Vec::new();
    for _ in 0..MAX_TRIES {
        let mut attempt = Plan::default();
        for (kind, records) in &by_kind {
            let records: Vec<Record> = records.iter().filter(|record| !left_out.contains(&record.place)).cloned().collect();
            of_kind(root, sources, kind, &records, wish, &mut attempt)?;
        }
        let bad: BTreeSet<Place> =
            attempt.problems.iter().filter_map(|problem| problem.place.as_ref().map(Place::of_row)).collect();
        let is_done = !wish.skip_bad_rows || bad.is_subset(&left_out);
        if is_done {
            plan.files = attempt.files;
            plan.lacking = attempt.lacking;
            plan.notices.append(&mut attempt.notices);
            plan.problems.append(&mut attempt.problems);
            break;
        }
        skipped.extend(attempt.problems.into_iter().filter(|problem| problem.place.is_some()));
        left_out.extend(bad);
    }
    for Problem { place, message, help } in skipped {
        let Text { th, en } = message;
        plan.notices.push(Problem {
            place, message: text!(th: "ข้ามแถวนี้: {th}", en: "this row is left out: {en}"), help
        });
    }
    plan.problems.sort_by(|a, b| a.place.cmp(&b.place));
    plan.notices.sort_by(|a, b| a.place.cmp(&b.place));
    plan.files.sort_by(|a, b| a.change.path.cmp(&b.change.path));
    Ok(plan)
}

/// The records of all sheets, by what they are about.
fn tables(file: &str, grids: &[Grid], wish: &Wish, plan: &mut Plan) -> Vec<(&'static Kind, Vec<Record>)> {
    let mut by_kind: Vec<(&'static Kind, Vec<Record>)> = Vec::new();
    let by_file = table::kind_in(file);
    let mut without: Vec<Problem> = Vec::new();
    for grid in grids {
        if grid.rows.iter().flatten().all(Cell::is_empty) {
            continue;
        }
        match table::read(grid, wish.kind, by_file, &mut plan.notices) {
            Ok(Some(table)) => match by_kind.iter_mut().find(|(kind, _)| kind.folder == table.kind.folder) {
                Some((_, records)) => records.extend(table.records),
                None => by_kind.push((table.kind, table.records)),
            },
            Ok(None) => {
                let name = grid.sheet.clone().unwrap_or_default();
                let message = text!(th: "ไม่พบตารางที่รู้จักในแผ่นงาน {name}", en: "no table that is known in the sheet {name}");
                without.push(Problem { place: None, message, help: None });
            }
            Err(problem) => plan.problems.push(*problem),
        }
    }
    if by_kind.is_empty() && plan.problems.is_empty() {
        plan.problems.push(no_table(wish.kind.or(by_file)));
    } else {
        plan.notices.append(&mut without);
    }
    by_kind
}

fn no_table(kind: Option<&'static Kind>) -> Problem {
    let message = text!(th: "ไม่พบแถวหัวตารางที่รู้จัก", en: "no row with heads of columns that are known");
    let help = match kind {
        Some(kind) => {
            let heads: Vec<_> = kind.columns.iter().filter(|column| column.is_core).map(|column| column.head).collect();
            let th = heads.iter().map(|head| head.th).collect::<Vec<_>>().join(", ");
            let en = heads.iter().map(|head| head.en).collect::<Vec<_>>().join(", ");
            text!(th: "ตั้งชื่อหัวคอลัมน์ เช่น {th}", en: "name the columns, such as {en}")
        }
        None => text!(
            th: "บอกว่าเป็นตารางอะไร เช่น prongsai import executives FILE หรือดูหัวคอลัมน์ด้วย prongsai export",
            en: "say what it is, as in prongsai import executives FILE, or see the heads with prongsai export"
        ),
    };
    Problem { place: None, message, help: Some(help) }
}

fn of_kind(
    root: &Path,
    sources: &Sources,
    kind: &'static Kind,
    records: &[Record],
    wish: &Wish,
    plan: &mut Plan,
) -> io::Result<()> {
    let mut shelf = Shelf::open(root, sources, kind.folder())?;
    for (path, Text { th, en }) in &shelf.broken {
        let message = text!(th: "เปิด {path} ไม่ได้: {th}", en: "{path} cannot be opened: {en}");
        let help = text!(th: "แก้ไฟล์นี้ก่อน ดูด้วย prongsai check", en: "mend it first; see prongsai check");
        plan.problems.push(Problem { place: None, message, help: Some(help) });
    }
    let records: &[Record] = &without_errors(records, &mut plan.problems);
    let drafts = match kind.folder {
        "measures" => measures::drafts(&mut shelf, records, wish, plan),
        "results" => results::drafts(&mut shelf, records, wish, &mut plan.problems),
        _ => {
            let measures = Shelf::open(root, sources, Kind::named("measures").unwrap_or(kind).folder())?;
            one_each::drafts(&mut shelf, &measures, records, wish, plan)
        }
    };
    lacking(&shelf, &drafts, plan);
    let mut planned = Vec::new();
    for draft in &drafts {
        planned.push(planned_file(&shelf, draft));
    }
    judge::judge(&shelf, &drafts, &planned, &mut plan.problems);
    plan.files.extend(planned);
    Ok(())
}

/// The records without cells that hold an error of the spreadsheet, which are reported.
fn without_errors(records: &[Record], problems: &mut Vec<Problem>) -> Vec<Record> {
    let mut records = records.to_vec();
    for record in &mut records {
        record.cells.retain(|_, (cell, place)| {
            let Cell::Broken(name) = cell else { return true };
            let message = text!(th: "เซลล์มีข้อผิดพลาด {name}", en: "the cell has the error {name}");
            let help = text!(th: "พิมพ์ค่าแทนสูตร", en: "type the value instead of the formula");
            problems.push(Problem { place: Some(place.clone()), message, help: Some(help) });
            false
        });
    }
    records
}

/// Documents that the table lacks: of its years, where a folder has years.
fn lacking(shelf: &Shelf, drafts: &[Draft], plan: &mut Plan) {
    if matches!(shelf.folder.name, "news" | "results") {
        return;
    }
    let used: Vec<usize> =
        drafts.iter().filter_map(|draft| if let Target::Existing(at) = draft.target { Some(at) } else { None }).collect();
    let folder_of = |path: &SourcePath| path.as_str().rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let folders: BTreeSet<_> = drafts
        .iter()
        .map(|draft| match &draft.target {
            Target::Existing(at) => folder_of(&shelf.documents[*at].path),
            Target::New(path) => folder_of(path),
        })
        .collect();
    let rest = shelf
        .documents
        .iter()
        .enumerate()
        .filter(|(at, document)| !used.contains(at) && folders.contains(&folder_of(&document.path)));
    plan.lacking.extend(rest.map(|(_, document)| document.path.clone()));
}

fn planned_file(shelf: &Shelf, draft: &Draft) -> Planned {
    let (path, before, mut manuscript, old, old_body) = match &draft.target {
        Target::Existing(at) => {
            let existing = &shelf.documents[*at];
            let body = existing.manuscript.body().to_owned();
            (existing.path.clone(), Some(existing.bytes.clone()), existing.manuscript.clone(), existing.values.clone(), body)
        }
        Target::New(path) => (path.clone(), None, Manuscript::new(path), Map::new(), String::new()),
    };
    manuscript.set(&shelf.schema, &draft.values);
    if let Some(body) = draft.body.as_ref().filter(|body| clean(body) != clean(&old_body)) {
        let newline = if before.is_none() { "\n" } else { "" };
        manuscript.set_body(&format!("{newline}{body}"));
    }
    let after = manuscript.to_bytes();
    let state = match &before {
        None => State::New,
        Some(before) if *before == after => State::Unchanged,
        Some(_) => State::Changed,
    };
    let new = flat(&manuscript.values(&shelf.schema), manuscript.body());
    let fields = differences(shelf, &flat(&old, &old_body), &new);
    Planned { state, change: Change { path, before, after: Some(after) }, fields, place: draft.place.clone() }
}

fn differences(shelf: &Shelf, old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<FieldChange> {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let says = |list: &BTreeMap<String, String>, key: &String| list.get(key).cloned().unwrap_or_default();
    let changed = keys.into_iter().filter(|key| old.get(*key) != new.get(*key)).map(|key| FieldChange {
        label: label(shelf, key),
        old: says(old, key),
        new: says(new, key),
        field: key.clone(),
    });
    let mut changed: Vec<FieldChange> = changed.collect();
    let place =
        |field: &str| shelf.schema.iter().position(|asked| asked.key == field.split(['.', '[']).next().unwrap_or_default());
    changed.sort_by_key(|change| place(&change.field).unwrap_or(usize::MAX));
    changed
}

/// What a field is called: `step[2].period` → `ขั้นตอน 2 · ช่วงเวลา`.
pub(super) fn label(shelf: &Shelf, field: &str) -> Text {
    if field == BODY {
        return text!(th: "เนื้อความ", en: "text");
    }
    let mut path = String::new();
    let (mut th, mut en) = (Vec::new(), Vec::new());
    for part in field.split('.') {
        let (key, number) = part.split_once('[').map_or((part, ""), |(key, number)| (key, number.trim_end_matches(']')));
        path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        let name = labels::field(shelf.folder.name, &path).map_or_else(|| text!(th: "{key}", en: "{key}"), |label| label.owned());
        let space = if number.is_empty() { "" } else { " " };
        th.push(format!("{}{space}{number}", name.th));
        en.push(format!("{}{space}{number}", name.en));
    }
    Text { th: th.join(" · "), en: en.join(" · ") }
}

/// Every value of a document by its place in it.
fn flat(values: &Map<String, Json>, body: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    flatten("", values, &mut out);
    if !body.trim().is_empty() {
        out.insert(BODY.to_owned(), body.trim().to_owned());
    }
    out
}

fn flatten(before: &str, values: &Map<String, Json>, out: &mut BTreeMap<String, String>) {
    for (key, value) in values.iter().filter(|(key, _)| *key != ROW) {
        let place = if before.is_empty() { key.clone() } else { format!("{before}.{key}") };
        match value {
            Json::Object(inner) => flatten(&place, inner, out),
            Json::Array(list) if list.iter().any(Json::is_object) => {
                for (number, row) in list.iter().enumerate() {
                    flatten(&format!("{place}[{}]", number + 1), row.as_object().unwrap_or(&Map::new()), out);
                }
            }
            Json::Array(list) => {
                let texts: Vec<_> = list.iter().filter_map(Json::as_str).collect();
                out.insert(place, texts.join("\n"));
            }
            Json::String(text) => {
                out.insert(place, text.clone());
            }
            Json::Null => {}
            value => {
                out.insert(place, value.to_string());
            }
        }
    }
}
