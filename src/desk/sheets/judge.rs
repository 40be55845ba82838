//! Mistakes in cells: the documents that would be are read the way a build reads them, and what it says is told of the cells.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::cell::label as word_label;
use super::draft::{Draft, Target};
use super::grid::Place;
use super::plan::{Planned, Problem, State, label};
use super::shelf::Shelf;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Text, text};
use crate::fields::Shape;
use crate::parse;
use crate::source::{SourcePath, Sources};

/// Reports what a build would not accept in the files of an import. Mistakes that were there before are left to `check`.
pub(super) fn judge(shelf: &Shelf, drafts: &[Draft], planned: &[Planned], problems: &mut Vec<Problem>) {
    let (mut before, mut after) = (Sources::default(), Sources::default());
    for file in planned.iter().filter(|file| file.state != State::Unchanged) {
        for (sources, bytes) in [(&mut before, &file.change.before), (&mut after, &file.change.after)] {
            if let Some(bytes) = bytes {
                sources.insert_bytes(file.change.path.clone(), bytes);
            }
        }
    }
    let key = |found: &Diagnostic| (found.span.path.clone(), found.rule.code, found.message.en.clone());
    let known: BTreeSet<_> = errors(&before).iter().map(key).collect();
    for found in errors(&after).iter().filter(|found| !known.contains(&key(found))) {
        let of_file = |draft: &&Draft| match &draft.target {
            Target::Existing(at) => shelf.documents[*at].path == found.span.path,
            Target::New(path) => *path == found.span.path,
        };
        let (Some(draft), Some(text)) = (drafts.iter().find(of_file), after.text(&found.span.path)) else { continue };
        let problem = problem(shelf, draft, found, text);
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

fn errors(sources: &Sources) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    parse::parse(sources, &mut diagnostics);
    let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
    diagnostics.iter().filter(is_error).cloned().collect()
}

fn problem(shelf: &Shelf, draft: &Draft, found: &Diagnostic, text: &str) -> Problem {
    let row = at(&found.span.path, text, found.span.bytes.map_or(0, |(start, _)| start));
    if found.rule.code == crate::fields::rules::missing_field::RULE.code {
        let key = found.message.en.split('`').nth(1).unwrap_or_default();
        let field = match row.as_deref() {
            Some(row) if row.ends_with(']') => format!("{row}.{key}"),
            Some(field) if field.ends_with(key) => field.to_owned(),
            _ => key.to_owned(),
        };
        let Text { th, en } = label(shelf, &field);
        if !draft.places.contains_key(&field) && !field.contains('[') {
            // Nothing in the table is about it: said once, not row by row.
            let message = text!(th: "ตารางไม่มี{th}", en: "the table has no {en}");
            return Problem { place: None, message, help: help(shelf, &field, None) };
        }
        let place = place(draft, &field);
        return Problem {
            place: Some(place),
            message: text!(th: "ไม่ได้กรอก{th}", en: "{en} is not filled in"),
            help: help(shelf, &field, None),
        };
    }
    let field = row.unwrap_or_default();
    Problem { place: Some(place(draft, &field)), message: found.message.clone(), help: help(shelf, &field, found.help.as_ref()) }
}

/// The cell of a field; the row of its part of the document when it has none; else the first row.
fn place(draft: &Draft, field: &str) -> Place {
    let mut field = field;
    loop {
        if let Some(place) = draft.places.get(field) {
            return place.clone();
        }
        match field.rsplit_once('.') {
            Some((before, _)) => field = before,
            None => return draft.place.clone(),
        }
    }
}

/// What to type into the cell.
fn help(shelf: &Shelf, field: &str, otherwise: Option<&Text>) -> Option<Text> {
    let path: String = field.split('.').map(|part| part.split('[').next().unwrap_or(part)).collect::<Vec<_>>().join(".");
    let Some(asked) = shelf.asked(&path) else { return otherwise.cloned() };
    let example = asked.example.trim_matches('"');
    match asked.shape {
        Shape::Choice(words) => {
            let all = words.iter().map(|word| word_label(word)).collect::<Vec<_>>().join(", ");
            let words = words.join(", ");
            Some(text!(th: "พิมพ์คำใดคำหนึ่ง: {all}", en: "type one of: {words}"))
        }
        Shape::Date | Shape::Phone | Shape::Email | Shape::Url | Shape::Number(_) | Shape::Score | Shape::Year => {
            let (th, en) = (asked.expects.th, asked.expects.en);
            Some(text!(th: "พิมพ์{th} เช่น {example}", en: "type {en}, like {example}"))
        }
        _ => otherwise.filter(|_| !asked.required).cloned(),
    }
}

/// The field whose text lies at a byte of a file: `step[2].period`; the row of a table for what is missing in it.
fn at(path: &SourcePath, text: &str, byte: usize) -> Option<String> {
    let start = if path.extension() == "md" { text.find('\n')? + 1 } else { 0 };
    let end =
        if path.extension() == "md" { text[start..].find("\n+++").map_or(text.len(), |end| start + end + 1) } else { text.len() };
    let (table, _) = DeTable::parse_recoverable(&text[start..end]);
    field_at(table.get_ref(), byte.checked_sub(start)?)
}

fn field_at(table: &DeTable, byte: usize) -> Option<String> {
    for (key, value) in table {
        let name = key.get_ref();
        if key.span().contains(&byte) {
            return Some(name.to_string());
        }
        match value.get_ref() {
            DeValue::Table(inner) => {
                if let Some(field) = field_at(inner, byte) {
                    return Some(format!("{name}.{field}"));
                }
            }
            DeValue::Array(rows) => {
                for (number, row) in rows.iter().enumerate() {
                    let DeValue::Table(inner) = row.get_ref() else { continue };
                    if let Some(field) = field_at(inner, byte) {
                        return Some(format!("{name}[{}].{field}", number + 1));
                    }
                    if row.span().contains(&byte) {
                        return Some(format!("{name}[{}]", number + 1));
                    }
                }
            }
            _ => {}
        }
        if value.span().contains(&byte) {
            return Some(name.to_string());
        }
    }
    None
}
