//! Tables of results: a row a score, of the whole, an instrument, an indicator, a question or an item; what it is stands in a column, in
//! the name of the sheet, or in its code.

use std::str::FromStr as _;

use serde_json::{Map, Value as Json, json};

use super::cell::{leading_number, unnumbered};
use super::draft::{Draft, Target, field, merged, rows_of};
use super::grid::{Cell, Place};
use super::heads::fold;
use super::kind::{CODE, NAME, WHAT};
use super::one_each::year;
use super::plan::{Problem, Wish};
use super::shelf::Shelf;
use super::table::{Record, same_words};
use crate::diagnostic::{Text, text};
use crate::thai::FiscalYear;
use crate::thai::code::{Code, Series};
use crate::thai::digits::to_arabic;

/// What a row is: the key of its table, empty for the whole, and its names.
pub(super) const WHATS: [(&str, Text<&'static str>, &[&str]); 7] = [
    ("", Text { th: "ผลรวม", en: "whole" }, &["ภาพรวม", "คะแนนรวม", "รวม", "total"]),
    ("instrument", Text { th: "เครื่องมือ", en: "instrument" }, &["แบบวัด"]),
    ("indicator", Text { th: "ตัวชี้วัด", en: "indicator" }, &["รายตัวชี้วัด"]),
    ("sub", Text { th: "ตัวชี้วัดย่อย", en: "sub-indicator" }, &[]),
    ("question", Text { th: "ข้อคำถาม", en: "question" }, &["คำถาม", "รายข้อ", "ข้อคำถาม IIT", "ข้อคำถาม EIT"]),
    ("part", Text { th: "ข้อย่อย", en: "part" }, &["ส่วนย่อย"]),
    ("item", Text { th: "ข้อตามแบบ", en: "item" }, &["ข้อ OIT", "OIT", "แบบ OIT"]),
];

/// A row, known for what it is.
struct Score<'a> {
    what: &'static str,
    code: String,
    record: &'a Record,
}

/// What the rows say of each year's result.
pub(super) fn drafts(shelf: &mut Shelf, records: &[Record], wish: &Wish, problems: &mut Vec<Problem>) -> Vec<Draft> {
    let mut years: Vec<(FiscalYear, Vec<&Record>)> = Vec::new();
    for record in records {
        let Some(year) = year(record, wish, &mut |problem| problems.push(problem)) else { continue };
        match years.iter_mut().find(|(known, _)| *known == year) {
            Some((_, records)) => records.push(record),
            None => years.push((year, vec![record])),
        }
    }
    problems.extend(fractions(records));
    years.iter().map(|(year, records)| of_year(shelf, *year, records, wish, problems)).collect()
}

/// Scores that a spreadsheet keeps as parts of one, because their cells show percent.
fn fractions(records: &[Record]) -> Option<Problem> {
    let scores: Vec<f64> = records
        .iter()
        .filter_map(|record| if let Some(Cell::Number(score)) = record.cell("score") { Some(*score) } else { None })
        .collect();
    let is_fraction = |score: &f64| *score > 0.0 && *score <= 1.0;
    (scores.len() >= 3 && scores.iter().all(is_fraction)).then(|| Problem {
        place: records.first().map(|record| Place { row: record.place.row, ..record.place("score") }),
        message: text!(th: "คะแนนทุกแถวไม่เกิน 1 น่าจะเป็นเซลล์แบบร้อยละ", en: "no score is above 1: these look like cells that show percent"),
        help: Some(text!(th: "เปลี่ยนเซลล์เป็นตัวเลข เช่น 91.81", en: "make them plain numbers, like 91.81")),
    })
}

fn of_year(shelf: &mut Shelf, year: FiscalYear, records: &[&Record], wish: &Wish, problems: &mut Vec<Problem>) -> Draft {
    let target = match shelf.documents.iter().position(|document| document.year == Some(year)) {
        Some(at) => Target::Existing(at),
        None => Target::New(shelf.new_path(&year.to_string())),
    };
    let mut draft = Draft::new(target, &records[0].place);
    if matches!(draft.target, Target::New(_)) {
        draft.put(shelf, "fiscal_year", Json::String(year.to_string()), &records[0].place);
    }
    let mut scores: Vec<Score> = Vec::new();
    for record in records {
        match score(record, &scores) {
            Ok(score) => scores.push(score),
            Err(problem) => problems.push(*problem),
        }
    }
    for score in scores.iter().filter(|score| score.what.is_empty()) {
        draft.put_fields(shelf, score.record, wish, &["score", "rank", "instrument", "indicator", "question", "item", "sub"]);
        if let (Some(cell), Some(asked)) = (score.record.cell("score"), shelf.asked("total")) {
            draft.put(shelf, "total", field(cell, asked), &score.record.place("score"));
        }
    }
    for key in ["instrument", "indicator", "sub", "question", "item"] {
        let rows: Vec<usize> = (0..scores.len()).filter(|at| scores[*at].what == key).collect();
        if !rows.is_empty() {
            table(shelf, &mut draft, key, &scores, &rows, wish);
        }
    }
    draft
}

/// What a row is, and its code.
fn score<'a>(record: &'a Record, before: &[Score<'a>]) -> Result<Score<'a>, Box<Problem>> {
    let typed = record.words(WHAT);
    let named = WHATS.iter().find(|(key, name, aliases)| {
        let mut names = [name.th, name.en, key].into_iter().chain(aliases.iter().copied());
        !typed.is_empty() && names.any(|name| same_words(name, &typed))
    });
    let name = record.words(NAME);
    let mut code = to_arabic(&record.words(CODE)).into_owned();
    // A table of indicators calls their numbers `ตัวชี้วัดที่`.
    if code.is_empty() && !record.columns.contains_key(CODE) {
        code = to_arabic(&record.words("indicator")).into_owned();
    }
    let what = match named {
        Some((key, ..)) => Some(*key),
        None if !typed.is_empty() => None,
        None => of_code(&code).or_else(|| of_name(&name, record)),
    };
    let Some(what) = what else {
        let all = WHATS.iter().map(|(_, name, _)| name.th).collect::<Vec<_>>().join(", ");
        let key = if typed.is_empty() { CODE } else { WHAT };
        return Err(Box::new(Problem {
            place: Some(record.place(key)),
            message: text!(th: "ไม่รู้ว่าแถวนี้เป็นคะแนนของอะไร", en: "it is not said what this score is of"),
            help: Some(
                text!(th: "พิมพ์รหัส เช่น IIT, 1, I14, O2 หรือพิมพ์ประเภท: {all}", en: "type a code such as IIT, 1, I14, O2, or what it is: {all}"),
            ),
        }));
    };
    if code.is_empty() {
        code = code_in(&name, what);
    }
    if what == "part" && before.last().is_none_or(|last| !matches!(last.what, "question" | "part")) {
        return Err(Box::new(Problem {
            place: Some(record.place.clone()),
            message: text!(th: "ข้อย่อยต้องอยู่ใต้ข้อคำถาม", en: "a part must stand below its question"),
            help: None,
        }));
    }
    Ok(Score { what, code, record })
}

fn of_code(code: &str) -> Option<&'static str> {
    if ["IIT", "EIT", "OIT"].contains(&code.to_uppercase().as_str()) {
        return Some("instrument");
    }
    let number = leading_number(code, &["ตัวชี้วัด"]);
    match Code::from_str(code) {
        Ok(code) if code.series == Series::O => return Some("item"),
        Ok(_) => return Some("question"),
        Err(_) => {}
    }
    let is_sub = code.split_once('.').is_some_and(|(one, two)| [one, two].iter().all(|part| part.parse::<u32>().is_ok()));
    if is_sub { Some("sub") } else { number.map(|_| "indicator") }
}

fn of_name(name: &str, record: &Record) -> Option<&'static str> {
    let word = name.split_whitespace().next().unwrap_or_default();
    let is_whole = ["รวม", "คะแนนรวม", "ภาพรวม", "ผลรวม", "ผลการประเมิน", "ค่าเฉลี่ย"].iter().any(|word| name.starts_with(word));
    if is_whole || name.is_empty() && record.cell("grade").is_some() {
        return Some("");
    }
    if leading_number(name, &["ตัวชี้วัด"]).is_some() {
        Some("indicator")
    } else {
        of_code(word.trim_end_matches(['.', ':']))
    }
}

/// The code that a name begins with: `I1 …`, `ตัวชี้วัดที่ 1 …`.
fn code_in(name: &str, what: &str) -> String {
    match what {
        "indicator" => leading_number(name, &["ตัวชี้วัด"]).map(|number| number.to_string()).unwrap_or_default(),
        "question" | "item" | "instrument" => {
            name.split_whitespace().next().unwrap_or_default().trim_end_matches(['.', ':']).to_owned()
        }
        _ => String::new(),
    }
}

/// A name without the code in front of it.
fn without_code<'a>(name: &'a str, code: &str) -> &'a str {
    if let Some(rest) = name.strip_prefix("ตัวชี้วัดที่") {
        let is_number = |c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c) || matches!(c, ' ' | '.' | ':');
        return rest.trim_start_matches(is_number);
    }
    let rest = name.strip_prefix(code).filter(|rest| !code.is_empty() && rest.starts_with([' ', '.', ':']));
    rest.map_or_else(|| unnumbered(name), |rest| rest.trim_start_matches([' ', '.', ':']))
}

/// Fills a table of the document.
fn table(shelf: &Shelf, draft: &mut Draft, key: &str, scores: &[Score], rows: &[usize], wish: &Wish) {
    let existing = match &draft.target {
        Target::Existing(at) => Some(&shelf.documents[*at]),
        Target::New(_) => None,
    };
    let Some(asked) = shelf.asked(key) else { return };
    let old = rows_of(existing, key);
    let mut new = Vec::new();
    let mut places: Vec<(Place, &Record)> = Vec::new();
    for at in rows {
        let score = &scores[*at];
        let matched = old.iter().position(|row| is_same_code(&identity(row, key), &score.code));
        let mut values = row(shelf, key, score, matched.map(|at| &old[at]), wish);
        if key == "question" {
            let parts: Vec<&Score> = scores[at + 1..].iter().take_while(|score| score.what == "part").collect();
            if !parts.is_empty() {
                values.insert("part".to_owned(), Json::Array(with_parts(shelf, matched.map(|at| &old[at]), &parts)));
            }
        }
        places.push((score.record.place.clone(), score.record));
        new.push((matched, values));
    }
    let (all, numbers) = merged(&old, new, &asked.inner);
    for ((place, record), at) in places.into_iter().zip(numbers) {
        let number = at + 1;
        draft.places.insert(format!("{key}[{number}]"), place);
        for (inner, column) in [
            ("code", CODE),
            ("number", CODE),
            ("id", CODE),
            ("name", NAME),
            ("text", NAME),
            ("score", "score"),
            ("indicator", "indicator"),
            ("instrument", "instrument"),
            ("rank", "rank"),
        ] {
            draft.places.insert(format!("{key}[{number}].{inner}"), record.place(column));
        }
    }
    draft.values.insert(key.to_owned(), Json::Array(all));
}

fn identity(row: &Json, key: &str) -> String {
    let name = match key {
        "indicator" => "number",
        "sub" => "id",
        _ => "code",
    };
    row[name].as_str().unwrap_or_default().to_owned()
}

fn is_same_code(one: &str, other: &str) -> bool {
    let both = Code::from_str(one).ok().zip(Code::from_str(other).ok());
    both.map_or_else(|| fold(one) == fold(other) && !one.is_empty(), |(one, other)| one == other)
}

fn row(shelf: &Shelf, key: &str, score: &Score, old: Option<&Json>, wish: &Wish) -> Map<String, Json> {
    let record = score.record;
    let mut values = Map::new();
    let code_key = match key {
        "indicator" => "number",
        "sub" => "id",
        _ => "code",
    };
    if old.is_none() {
        let code = leading_number(&score.code, &["ตัวชี้วัด"])
            .filter(|_| key == "indicator")
            .map_or_else(|| score.code.clone(), |number| number.to_string());
        values.insert(code_key.to_owned(), Json::String(code));
    }
    let name_key = if matches!(key, "question" | "item") { "text" } else { "name" };
    let name = record.words(NAME);
    let name = without_code(&name, &score.code);
    let is_known =
        old.and_then(|old| old[name_key].as_str()).is_some_and(|old| without_code(&super::grid::clean(old), &score.code) == name);
    if !name.is_empty() && !is_known {
        values.insert(name_key.to_owned(), json!(name));
    }
    for inner in ["score", "indicator", "instrument", "rank"] {
        let Some(asked) = shelf.asked(&format!("{key}.{inner}")) else { continue };
        match record.cell(inner) {
            Some(cell) => {
                let mut value = field(cell, asked);
                if inner == "indicator" {
                    let number = leading_number(value.as_str().unwrap_or_default(), &["ตัวชี้วัด"]);
                    value = number.map_or(value, |number| json!(number.to_string()));
                }
                values.insert(inner.to_owned(), value);
            }
            None if wish.clear && !asked.required && record.columns.contains_key(inner) => {
                values.insert(inner.to_owned(), Json::Null);
            }
            None => {}
        }
    }
    values
}

fn with_parts(shelf: &Shelf, question: Option<&Json>, parts: &[&Score]) -> Vec<Json> {
    let old = question.and_then(|question| question["part"].as_array()).cloned().unwrap_or_default();
    let mut new: Vec<(Option<usize>, Map<String, Json>)> = Vec::new();
    for part in parts {
        let text = part.record.words(NAME);
        let is_free = |at: &usize| !new.iter().any(|(matched, _)| *matched == Some(*at));
        let matched =
            (0..old.len()).filter(is_free).find(|at| old[*at]["text"].as_str().is_some_and(|old| same_words(old, &text)));
        let mut values = Map::new();
        if matched.is_none() {
            values.insert("text".to_owned(), json!(text));
        }
        if let (Some(cell), Some(asked)) = (part.record.cell("score"), shelf.asked("question.part.score")) {
            values.insert("score".to_owned(), field(cell, asked));
        }
        new.push((matched, values));
    }
    let schema = shelf.asked("question.part").map(|asked| asked.inner.clone()).unwrap_or_default();
    merged(&old, new, &schema).0
}
