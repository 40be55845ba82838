//! `Draft`: what a row, or several, say of one document; only what says something else than the document is in it.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::cell::{month_or_words, same, value};
use super::grid::{Cell, Place};
use super::plan::{Problem, Wish};
use super::shelf::{Existing, Shelf};
use super::table::Record;
use crate::desk::manuscript::ROW;
use crate::diagnostic::{Text, text};
use crate::fields::Asked;
use crate::source::SourcePath;

/// Which document a draft is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// The document of this number on the shelf.
    Existing(usize),
    /// One that is not there yet.
    New(SourcePath),
}

/// What is to stand in a document.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) target: Target,
    pub(super) values: Map<String, Json>,
    /// What follows the fields, when the table has it.
    pub(super) body: Option<String>,
    /// The cells that fields come from: `phone`, `step[1].period`.
    pub(super) places: BTreeMap<String, Place>,
    /// The first row.
    pub(super) place: Place,
}

impl Draft {
    /// Nothing yet.
    pub(super) fn new(target: Target, place: &Place) -> Draft {
        Draft { target, values: Map::new(), body: None, places: BTreeMap::new(), place: place.clone() }
    }

    /// Puts a field, unless the document says the same.
    pub(super) fn put(&mut self, folder: &Shelf, key: &str, new: Json, place: &Place) {
        self.places.insert(key.to_owned(), place.clone());
        let old = match &self.target {
            Target::Existing(at) => folder.documents[*at].values.get(key),
            Target::New(_) => None,
        };
        let Some(asked) = folder.asked(key) else { return };
        if old.is_none_or(|old| !same(asked, old, &new)) {
            self.values.insert(key.to_owned(), new);
        }
    }

    /// Puts the fields of a record that stand in the document as they are, not in a table of it. An empty cell leaves what is there,
    /// unless everything is to be as in the sheet.
    pub(super) fn put_fields(&mut self, folder: &Shelf, record: &Record, wish: &Wish, leave: &[&str]) {
        for key in record.columns.keys() {
            let Some(asked) = folder.asked(key).filter(|_| !key.contains('.') && !leave.contains(key)) else { continue };
            match record.cell(key) {
                Some(cell) => self.put(folder, key, field(cell, asked), &record.place(key)),
                None if wish.clear && !asked.required && !self.values.contains_key(*key) => {
                    self.put(folder, key, Json::Null, &record.place(key));
                }
                // For what may be said of its emptiness.
                None => {
                    self.places.entry((*key).to_owned()).or_insert_with(|| record.place(key));
                }
            }
        }
        // What a heading says stands in no column.
        for (key, (cell, place)) in record.cells.iter().filter(|(key, _)| !record.columns.contains_key(*key)) {
            if let Some(asked) = folder.asked(key).filter(|_| !key.contains('.') && !leave.contains(key)) {
                self.put(folder, key, field(cell, asked), place);
            }
        }
    }
}

/// What a cell says in a field.
pub(super) fn field(cell: &Cell, asked: &Asked) -> Json {
    match asked.key {
        // Periods of steps and reports are texts, for `ทุก 3 เดือน` is one too.
        "period" => Json::String(month_or_words(cell)),
        _ => value(cell, asked),
    }
}

/// The rows of a table of a document with those of a sheet in them, and where each of these ends up. `matched` says which row of the
/// document each one is; those that the sheet lacks stay. When it has all of them, its order counts.
pub(super) fn merged(old: &[Json], new: Vec<(Option<usize>, Map<String, Json>)>, schema: &[Asked]) -> (Vec<Json>, Vec<usize>) {
    let has_all = (0..old.len()).all(|at| new.iter().any(|(matched, _)| *matched == Some(at)));
    let n_new = new.len();
    // Each row with what sorts it, and its number in the sheet.
    let mut rows: Vec<(usize, Option<usize>, Json)> = Vec::new();
    let lacking = (0..old.len()).filter(|at| !new.iter().any(|(matched, _)| *matched == Some(*at)));
    rows.extend(lacking.map(|at| (at, None, old[at].clone())));
    for (number, (matched, values)) in new.into_iter().enumerate() {
        let old_row = matched.and_then(|at| old.get(at)).and_then(Json::as_object);
        let place = if has_all { number } else { matched.unwrap_or(old.len() + number) };
        rows.push((place, Some(number), Json::Object(overlaid(old_row, values, schema))));
    }
    rows.sort_by_key(|(place, ..)| *place);
    let mut places = vec![0; n_new];
    for (at, (_, number, _)) in rows.iter().enumerate() {
        if let Some(place) = number.and_then(|number| places.get_mut(number)) {
            *place = at;
        }
    }
    (rows.into_iter().map(|(.., row)| row).collect(), places)
}

fn overlaid(old: Option<&Map<String, Json>>, new: Map<String, Json>, schema: &[Asked]) -> Map<String, Json> {
    let mut row = old.cloned().unwrap_or_default();
    for (key, value) in new {
        let asked = schema.iter().find(|asked| asked.key == key);
        let is_same = row.get(&key).zip(asked).is_some_and(|(old, asked)| same(asked, old, &value));
        if !is_same && key != ROW {
            row.insert(key, value);
        }
    }
    row
}

/// The rows of a table of a document.
pub(super) fn rows_of(existing: Option<&Existing>, key: &str) -> Vec<Json> {
    existing.and_then(|existing| existing.values.get(key)).and_then(Json::as_array).cloned().unwrap_or_default()
}

/// Two rows are about one document.
pub(super) fn twice(place: &Place, first: &Place) -> Problem {
    let Text { th, en } = first.words();
    Problem {
        place: Some(place.clone()),
        message: text!(th: "แถวนี้กับ {th} เป็นเรื่องเดียวกัน", en: "this row is about the same as {en}"),
        help: Some(text!(th: "เหลือไว้แถวเดียว", en: "keep one of them")),
    }
}
