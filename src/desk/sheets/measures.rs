//! Tables of measures: a row a step. The measure stands in each row, is merged, stands above, or is a heading.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::cell::{leading_number, unnumbered};
use super::draft::{Draft, Target, field, merged, rows_of, twice};
use super::grid::clean;
use super::heads::fold;
use super::kind::{FILE, NUMBER, STEP};
use super::one_each::{bad_file, without_words, year};
use super::plan::{Plan, Problem, Wish};
use super::shelf::{Shelf, slug};
use super::table::{Record, same_words};
use crate::diagnostic::text;
use crate::thai::FiscalYear;

/// How alike two texts of steps are that are one step, changed.
const ALIKE: f64 = 0.6;

/// The rows of one measure.
struct Group {
    year: FiscalYear,
    number: Option<u32>,
    title: String,
    file: String,
    records: Vec<Record>,
}

/// What the rows say of each measure.
pub(super) fn drafts(shelf: &mut Shelf, records: &[Record], wish: &Wish, plan: &mut Plan) -> Vec<Draft> {
    let records = numbered(records);
    let mut drafts: Vec<Draft> = Vec::new();
    for group in groups(&records, wish, &mut plan.problems) {
        let Some(first) = group.records.first() else { continue };
        let known = existing(shelf, &group).map(Target::Existing);
        let Some(target) = known.or_else(|| new_path(shelf, &group).map(Target::New)) else {
            plan.problems.push(bad_file(first, &group.file));
            continue;
        };
        if let Some(earlier) = drafts.iter().find(|draft| draft.target == target) {
            plan.problems.push(twice(&first.place, &earlier.place));
            continue;
        }
        drafts.push(draft(shelf, &group, target, wish, plan));
    }
    drafts
}

/// The same with running numbers where they belong: where a measure has several, they count its steps.
fn numbered(records: &[Record]) -> Vec<Record> {
    let mut numbers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for record in records {
        let title = fold(without_words(&record.words("title")));
        numbers.entry(title).or_default().insert(record.words(NUMBER));
    }
    let has_titles = records.iter().any(|record| record.cell("title").is_some());
    let counts_steps = has_titles && numbers.values().any(|numbers| numbers.iter().filter(|words| !words.is_empty()).count() > 1);
    if !counts_steps {
        return records.to_vec();
    }
    let moved = records.iter().map(|record| {
        let mut record = record.clone();
        if let Some(number) = record.cells.remove(NUMBER) {
            record.cells.entry(STEP).or_insert(number);
        }
        record
    });
    moved.collect()
}

fn groups(records: &[Record], wish: &Wish, problems: &mut Vec<Problem>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for record in records {
        let Some(year) = year(record, wish, &mut |problem| problems.push(problem)) else { continue };
        let typed = record.words("title");
        let title = without_words(&typed).to_owned();
        let number = leading_number(&record.words(NUMBER), &["มาตรการ"]).or_else(|| number_in(&typed));
        let file = record.words(FILE);
        if title.is_empty() && number.is_none() && file.is_empty() {
            problems.push(Problem {
                place: Some(record.place("title")),
                message: text!(th: "ไม่รู้ว่าแถวนี้อยู่ในมาตรการใด", en: "it is not said which measure this row is of"),
                help: Some(text!(th: "พิมพ์ชื่อหรือเลขที่ของมาตรการ", en: "type the title or the number of the measure")),
            });
            continue;
        }
        let is_it = |group: &&mut Group| {
            let is_titled = !title.is_empty() && !group.title.is_empty();
            group.year == year
                && if !file.is_empty() && !group.file.is_empty() {
                    file == group.file
                } else if is_titled {
                    same_words(&title, &group.title)
                } else {
                    number.is_some() && number == group.number
                }
        };
        match groups.iter_mut().find(is_it) {
            Some(group) => group.records.push(record.clone()),
            None => groups.push(Group { year, number, title, file, records: vec![record.clone()] }),
        }
    }
    groups
}

/// The number that a title begins with: `1. …`, `มาตรการที่ 1 …`.
fn number_in(title: &str) -> Option<u32> {
    let has_number = without_words(title) != title || leading_number(title, &["มาตรการ"]).is_some();
    if has_number { leading_number(title.trim_start_matches('('), &["มาตรการ"]) } else { None }
}

fn existing(shelf: &Shelf, group: &Group) -> Option<usize> {
    if let Some(at) = shelf.named(&group.file) {
        return Some(at);
    }
    let of_year = |at: &usize| shelf.documents[*at].year == Some(group.year);
    let all = || (0..shelf.documents.len()).filter(of_year);
    let by_title = all().find(|at| same_words(without_words(&clean(shelf.documents[*at].text("title"))), &group.title));
    by_title.or_else(|| all().find(|at| group.number.is_some() && shelf.documents[*at].number == group.number))
}

fn new_path(shelf: &mut Shelf, group: &Group) -> Option<crate::source::SourcePath> {
    if !group.file.is_empty() {
        return shelf.path_named(&group.file);
    }
    let year = group.year;
    let number = shelf.free_number(&format!("{year}/"), group.number.unwrap_or(1));
    let name = slug(&group.title).unwrap_or_else(|| format!("measure-{number}"));
    Some(shelf.new_path(&format!("{year}/{number}-{name}")))
}

fn draft(shelf: &Shelf, group: &Group, target: Target, wish: &Wish, plan: &mut Plan) -> Draft {
    let mut draft = Draft::new(target, &group.records[0].place);
    let existing = match &draft.target {
        Target::Existing(at) => Some(&shelf.documents[*at]),
        Target::New(_) => None,
    };
    let old = rows_of(existing, "step");
    let has_title = existing.is_some_and(|existing| same_words(without_words(&clean(existing.text("title"))), &group.title));
    if !group.title.is_empty() {
        let is_same = has_title && existing.is_some_and(|existing| without_words(&clean(existing.text("title"))) == group.title);
        let place = group.records[0].place("title");
        if is_same {
            draft.places.insert("title".to_owned(), place);
        } else {
            draft.put(shelf, "title", Json::String(group.title.clone()), &place);
        }
    }
    let one = whole(&group.records);
    draft.put_fields(shelf, &one, wish, &["title"]);
    let steps: Vec<&Record> = group.records.iter().filter(|record| has_step(record)).collect();
    if steps.is_empty() {
        return draft;
    }
    let matched = matches(&old, &steps);
    let lacking: Vec<String> = (0..old.len()).filter(|at| !matched.contains(&Some(*at))).map(|at| (at + 1).to_string()).collect();
    if !lacking.is_empty() {
        let (path, list) = (existing.map(|existing| existing.path.to_string()).unwrap_or_default(), lacking.join(", "));
        let message =
            text!(th: "ขั้นตอนที่ {list} ของ {path} ไม่มีในตาราง จึงคงไว้", en: "step {list} of {path} is not in the table and stays");
        plan.notices.push(Problem { place: Some(group.records[0].place.clone()), message, help: None });
    }
    let Some(asked) = shelf.asked("step") else { return draft };
    let rows: Vec<(Option<usize>, Map<String, Json>)> =
        steps.iter().zip(&matched).map(|(record, at)| (*at, step(shelf, record, at.and_then(|at| old.get(at)), wish))).collect();
    let (all, places) = merged(&old, rows, &asked.inner);
    for (record, at) in steps.iter().zip(places) {
        let number = at + 1;
        draft.places.insert(format!("step[{number}]"), record.place.clone());
        for key in ["text", "responsible", "period", "frequency"] {
            let column = format!("step.{key}");
            if record.columns.contains_key(column.as_str()) {
                draft.places.insert(format!("step[{number}].{key}"), record.place(&column));
            }
        }
    }
    draft.values.insert("step".to_owned(), Json::Array(all));
    draft
}

/// What the rows say of the measure as a whole: of each column the first cell, of lists all that is said.
fn whole(records: &[Record]) -> Record {
    let mut one = records[0].clone();
    for record in &records[1..] {
        for (key, (cell, place)) in &record.cells {
            one.cells.entry(key).or_insert_with(|| (cell.clone(), place.clone()));
        }
    }
    for key in ["reporting", "addresses", "responsible", "periods"] {
        let mut all: Vec<String> = Vec::new();
        for words in records.iter().map(|record| record.words(key)).filter(|words| !words.is_empty()) {
            // Merged or repeated cells say it once; a list may say something twice.
            let is_said = |line: &str| all.iter().any(|said| said.split('\n').any(|known| known == line));
            let more: Vec<&str> = words.split('\n').filter(|line| !is_said(line)).collect();
            if !more.is_empty() {
                all.push(more.join("\n"));
            }
        }
        if let Some((cell, _)) = one.cells.get_mut(key) {
            *cell = super::grid::Cell::Text(all.join("\n"));
        }
    }
    one
}

fn has_step(record: &Record) -> bool {
    ["step.text", "step.responsible", "step.period", "step.frequency"].iter().any(|key| record.cell(key).is_some())
        && (record.cell("step.text").is_some() || record.cell(STEP).is_some())
}

/// The step of the document that each row is about: by its text, by its number, by likeness.
fn matches(old: &[Json], steps: &[&Record]) -> Vec<Option<usize>> {
    let text_of = |at: usize| clean(old[at]["text"].as_str().unwrap_or_default());
    let typed: Vec<String> = steps.iter().map(|record| unnumbered(&record.words("step.text")).to_owned()).collect();
    let mut matched: Vec<Option<usize>> = vec![None; steps.len()];
    let take = |matched: &mut Vec<Option<usize>>, fits: &dyn Fn(usize, usize) -> bool| {
        for row in 0..steps.len() {
            if matched[row].is_none() {
                matched[row] = (0..old.len()).filter(|at| !matched.contains(&Some(*at))).find(|at| fits(row, *at));
            }
        }
    };
    take(&mut matched, &|row, at| same_words(unnumbered(&text_of(at)), &typed[row]));
    take(&mut matched, &|row, at| leading_number(&steps[row].words(STEP), &["ขั้นตอน", "ข้อ"]) == u32::try_from(at + 1).ok());
    take(&mut matched, &|row, at| strsim::normalized_damerau_levenshtein(&fold(&text_of(at)), &fold(&typed[row])) >= ALIKE);
    matched
}

fn step(shelf: &Shelf, record: &Record, old: Option<&Json>, wish: &Wish) -> Map<String, Json> {
    let mut values = Map::new();
    for key in ["text", "responsible", "period", "frequency"] {
        let column = format!("step.{key}");
        let Some(asked) = shelf.asked(&column) else { continue };
        let Some(cell) = record.cell(&column) else {
            if wish.clear && !asked.required && record.columns.contains_key(column.as_str()) {
                values.insert(key.to_owned(), Json::Null);
            }
            continue;
        };
        let mut value = field(cell, asked);
        if key == "text" {
            let bare = unnumbered(value.as_str().unwrap_or_default()).to_owned();
            let is_same = old.and_then(|old| old["text"].as_str()).is_some_and(|old| unnumbered(&clean(old)) == bare);
            if is_same {
                continue;
            }
            value = Json::String(bare);
        }
        values.insert(key.to_owned(), value);
    }
    values
}
