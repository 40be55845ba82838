//! Tables with a document a row: executives, progress, news, channels.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::cell::{leading_number, unnumbered};
use super::draft::{Draft, Target, rows_of, twice};
use super::grid::Cell;
use super::kind::{BODY, FAMILY, FILE, GIVEN, PREFIX, YEAR};
use super::plan::{Problem, Wish};
use super::shelf::{Existing, Shelf, slug};
use super::table::{Record, same_words, years_in};
use crate::diagnostic::text;
use crate::source::SourcePath;
use crate::thai::digits::to_arabic;
use crate::thai::{FiscalYear, Period, date, fold, name};

/// What the rows say, each of one document. `measures` are those that progress is about.
pub(super) fn drafts(
    shelf: &mut Shelf,
    measures: &Shelf,
    records: &[Record],
    wish: &Wish,
    problems: &mut Vec<Problem>,
) -> Vec<Draft> {
    let records: Vec<Record> = match shelf.folder.name {
        "executives" => records.iter().map(with_name).collect(),
        "progress" => records.iter().filter_map(|record| with_numbers(record, measures, wish, problems)).collect(),
        _ => records.to_vec(),
    };
    let numbers_repeat = shelf.folder.name == "executives" && repeats(&records);
    let matched = matches(shelf, &records, wish);
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let mut drafts = Vec::new();
    for (at, record) in records.iter().enumerate() {
        if let Some(document) = matched[at] {
            if let Some(earlier) = first.get(&document) {
                problems.push(twice(&record.place, &records[*earlier].place));
                continue;
            }
            first.insert(document, at);
        } else if let Some(earlier) =
            (0..at).find(|earlier| matched[*earlier].is_none() && is_same_new(shelf, &records[*earlier], record))
        {
            problems.push(twice(&record.place, &records[earlier].place));
            continue;
        }
        let target = match matched[at] {
            Some(document) => Target::Existing(document),
            None => match new_path(shelf, record, wish, numbers_repeat) {
                Ok(path) => Target::New(path),
                Err(problem) => {
                    problems.push(*problem);
                    continue;
                }
            },
        };
        drafts.push(draft(shelf, record, target, wish, numbers_repeat));
    }
    drafts
}

fn draft(shelf: &Shelf, record: &Record, target: Target, wish: &Wish, numbers_repeat: bool) -> Draft {
    let mut draft = Draft::new(target, &record.place);
    let existing = match &draft.target {
        Target::Existing(at) => Some(&shelf.documents[*at]),
        Target::New(_) => None,
    };
    let mut leave: Vec<&str> = Vec::new();
    if shelf.folder.name == "executives" {
        let order = leading_number(&record.words("order"), &[]);
        let number = match &draft.target {
            Target::Existing(_) => {
                existing.filter(|existing| !existing.values.contains_key("order")).and_then(|existing| existing.number)
            }
            Target::New(path) => leading_number(path.stem().split('-').next().unwrap_or_default(), &[]),
        };
        // The number of the file says it already.
        if numbers_repeat || order.is_some() && order == number {
            leave.push("order");
        }
        let known = existing.map(|existing| name::split(existing.text("name")));
        let typed = record.words("name");
        let new = name::split(&typed);
        // A sheet without titles takes none away.
        if known.is_some_and(|known| new.prefix.is_empty() && same_person(&known, &new)) {
            leave.push("name");
        } else if !typed.is_empty() && !record.columns.contains_key("name") {
            draft.put(shelf, "name", Json::String(typed), &record.place(GIVEN));
        }
    }
    if record.columns.contains_key(BODY) {
        let body = record.words(BODY);
        draft.body = (!body.is_empty() || wish.clear).then_some(body);
        draft.places.insert(BODY.to_owned(), record.place(BODY));
    }
    draft.put_fields(shelf, record, wish, &leave);
    draft
}

/// The same with its name in one piece.
fn with_name(record: &Record) -> Record {
    let mut record = record.clone();
    let [whole, prefix, given, family] = ["name", PREFIX, GIVEN, FAMILY].map(|key| record.words(key));
    let place = if whole.is_empty() { record.place(GIVEN) } else { record.place("name") };
    let mut joined = if whole.is_empty() { given } else { whole };
    if !family.is_empty() && !fold::name(&joined).ends_with(&fold::name(&family)) {
        joined = format!("{joined} {family}");
    }
    if !prefix.is_empty() && !joined.starts_with(&prefix) && !joined.is_empty() {
        let space = if prefix.is_ascii() { " " } else { "" };
        joined = format!("{prefix}{space}{joined}");
    }
    // `(นายสมชาย ใจดี)` is how a name stands under a signature.
    if let Some(inside) = joined.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        joined = String::from(inside.trim());
    }
    if !joined.is_empty() {
        record.cells.insert("name", (Cell::Text(joined), place));
    }
    record
}

/// Whether the running number begins anew, as under a heading.
fn repeats(records: &[Record]) -> bool {
    let mut numbers: Vec<String> = records.iter().map(|record| record.words("order")).filter(|words| !words.is_empty()).collect();
    let n_numbers = numbers.len();
    numbers.sort();
    numbers.dedup();
    numbers.len() < n_numbers
}

/// The same with the numbers of its measure and step, which a sheet may name by their words.
fn with_numbers(record: &Record, measures: &Shelf, wish: &Wish, problems: &mut Vec<Problem>) -> Option<Record> {
    let mut record = record.clone();
    let year = year(&record, wish, &mut |problem| problems.push(problem))?;
    let typed = record.words("measure");
    let of_year = |document: &&Existing| document.year == Some(year);
    let named = |document: &&Existing| same_words(unnumbered(document.text("title")), without_words(&typed));
    let by_title = measures.documents.iter().filter(of_year).find(named);
    let number = by_title.and_then(|document| document.number).or_else(|| leading_number(&typed, &["มาตรการ"]));
    if let Some(number) = number {
        let place = record.place("measure");
        record.cells.insert("measure", (Cell::Text(number.to_string()), place));
    }
    if number.is_none() && !typed.is_empty() {
        let message = text!(th: "ไม่พบมาตรการ `{typed}` ของปี {year}", en: "there is no measure `{typed}` of {year}");
        let help = text!(th: "พิมพ์เลขที่ของมาตรการ หรือชื่อให้ตรง", en: "type the number of the measure, or its title as it is");
        problems.push(Problem { place: Some(record.place("measure")), message, help: Some(help) });
        return None;
    }
    let typed = record.words("step");
    let measure = measures.documents.iter().filter(of_year).find(|document| document.number == number && number.is_some());
    let steps = rows_of(measure, "step");
    let is_named = |step: &Json| step["text"].as_str().is_some_and(|text| same_words(unnumbered(text), unnumbered(&typed)));
    let by_text = steps.iter().position(is_named).and_then(|at| u32::try_from(at + 1).ok());
    if let Some(step) = by_text.or_else(|| leading_number(&typed, &["ขั้นตอน", "ข้อ", "กิจกรรม"]))
    {
        let place = record.place("step");
        record.cells.insert("step", (Cell::Text(step.to_string()), place));
    }
    Some(record)
}

/// `มาตรการที่ 1 การใช้จ่ายงบประมาณ` without what numbers it.
pub(super) fn without_words(typed: &str) -> &str {
    let Some(rest) = typed.strip_prefix("มาตรการที่") else { return unnumbered(typed) };
    let is_number = |c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c) || matches!(c, ' ' | '.' | ':' | ')');
    let bare = rest.trim_start_matches(is_number).trim_start_matches("เรื่อง").trim_start();
    if bare.is_empty() { typed } else { bare }
}

/// The fiscal year of a row; a wrong one is reported.
pub(super) fn year(record: &Record, wish: &Wish, report: &mut dyn FnMut(Problem)) -> Option<FiscalYear> {
    let typed = record.words(YEAR);
    if typed.is_empty() {
        return Some(wish.year.or(record.year).unwrap_or(wish.site_year));
    }
    let year = years_in(&typed).first().copied();
    if year.is_none() {
        report(Problem {
            place: Some(record.place(YEAR)),
            message: text!(th: "`{typed}` ไม่ใช่ปีงบประมาณ", en: "`{typed}` is not a fiscal year"),
            help: Some(text!(th: "พิมพ์ปี พ.ศ. สี่หลัก เช่น 2566", en: "type a year of the Buddhist Era, four digits, like 2566")),
        });
    }
    year
}

fn same_person(one: &name::Name, other: &name::Name) -> bool {
    let bare = |name: &name::Name| fold::name(&format!("{}{}", name.given, name.family));
    bare(one) == bare(other)
}

/// The document of each row, if there is one: by its file, else by what tells it from others, surest first.
fn matches(shelf: &Shelf, records: &[Record], wish: &Wish) -> Vec<Option<usize>> {
    let mut matched: Vec<Option<usize>> = records.iter().map(|record| shelf.named(&record.words(FILE))).collect();
    for pass in 0..3 {
        for (at, record) in records.iter().enumerate() {
            if matched[at].is_some() {
                continue;
            }
            let is_free = |document: &usize| !matched.contains(&Some(*document));
            let fits = |document: &usize| is_it(shelf.folder.name, &shelf.documents[*document], record, wish, pass);
            let found = (0..shelf.documents.len()).filter(is_free).find(fits);
            matched[at] = found;
        }
    }
    matched
}

/// Whether a row is about a document; with each pass less has to agree.
fn is_it(folder: &str, document: &Existing, record: &Record, wish: &Wish, pass: usize) -> bool {
    let same = |key: &str| fold::same_name(document.text(key), &record.words(key)) && !record.words(key).is_empty();
    match (folder, pass) {
        ("executives", _) => {
            let typed = record.words("name");
            let is_person = same_person(&name::split(document.text("name")), &name::split(&typed)) && !typed.is_empty();
            let order = leading_number(document.text("order"), &[]).or(document.number);
            let is_post = same("position") && order.is_some() && order == leading_number(&record.words("order"), &[]);
            match pass {
                0 => is_person && same("position"),
                1 => is_person,
                _ => is_post,
            }
        }
        ("progress", 0) => {
            let number = |key: &str| leading_number(document.text(key), &[]) == leading_number(&record.words(key), &[]);
            let year = year(record, wish, &mut |_| {});
            let is_period = {
                let (old, new) = (
                    document.text("period").to_owned(),
                    super::cell::month_or_words(record.cell("period").unwrap_or(&Cell::Empty)),
                );
                let both = Period::parse(&old).ok().zip(Period::parse(&new).ok());
                both.is_some_and(|(old, new)| old == new) || same_words(&old, &new) || new.is_empty()
            };
            document.year == year && number("measure") && number("step") && is_period
        }
        ("news", 0) => {
            let day = |typed: &str| date::parse(typed).ok();
            let typed = record.cell("date").map(Cell::words).unwrap_or_default();
            same("title") && (typed.is_empty() || day(&typed) == day(document.text("date")))
        }
        ("channels", 0) => same("title"),
        _ => false,
    }
}

/// Whether two rows that are new are about the same.
fn is_same_new(shelf: &Shelf, one: &Record, other: &Record) -> bool {
    let keys: &[&str] = match shelf.folder.name {
        "executives" => &["name", "position"],
        "progress" => &["measure", "step", "period"],
        _ => &["title", "date"],
    };
    let is_same = |key: &&str| fold::name(&one.words(key)) == fold::name(&other.words(key));
    keys.iter().all(is_same) && keys.iter().any(|key| one.cell(key).is_some())
}

/// Where a new document goes.
fn new_path(shelf: &mut Shelf, record: &Record, wish: &Wish, numbers_repeat: bool) -> Result<SourcePath, Box<Problem>> {
    let named = record.words(FILE);
    if !named.is_empty() {
        return shelf.path_named(&named).ok_or_else(|| Box::new(bad_file(record, &named)));
    }
    let stem = match shelf.folder.name {
        "executives" => {
            let order = leading_number(&record.words("order"), &[]).filter(|order| !numbers_repeat && (1..1000).contains(order));
            let number = shelf.free_number("", order.unwrap_or(1));
            slug(&record.words("name"))
                .map_or_else(|| format!("{number:02}-executive-{number:02}"), |slug| format!("{number:02}-{slug}"))
        }
        "progress" => {
            let number = |key: &str| leading_number(&record.words(key), &[]);
            let step = number("step").map(|step| format!("{step}-")).unwrap_or_default();
            format!("{}/{}-{step}progress", round(record, wish), number("measure").unwrap_or(0))
        }
        "news" => {
            let typed = record.cells.get("date").map(|(cell, _)| cell.words()).unwrap_or_default();
            let name = slug(&record.words("title")).unwrap_or_else(|| "news".to_owned());
            date::parse(&typed).map_or(name.clone(), |day| format!("{day}-{name}"))
        }
        _ => slug(&record.words("title")).unwrap_or_else(|| {
            let kind =
                super::cell::choice(&record.words("kind"), &["whistleblower", "complaint", "question", "social", "contact"]);
            kind.unwrap_or("channel").to_owned()
        }),
    };
    Ok(shelf.new_path(&stem))
}

/// The folder of a round of reports: `2566-h1`, or the year where the period is no half of it.
fn round(record: &Record, wish: &Wish) -> String {
    let typed = super::cell::month_or_words(record.cell("period").unwrap_or(&Cell::Empty));
    let Ok(period) = Period::parse(&to_arabic(&typed)) else {
        let year = year(record, wish, &mut |_| {}).unwrap_or(wish.site_year);
        return year.to_string();
    };
    let year = FiscalYear::of(period.from);
    let first = Period::first_half(year);
    if first.covers(period) {
        format!("{year}-h1")
    } else if Period::of_year(year).covers(period) && period.from > first.to {
        format!("{year}-h2")
    } else {
        year.to_string()
    }
}

/// The name of a file in a sheet cannot be one.
pub(super) fn bad_file(record: &Record, named: &str) -> Problem {
    Problem {
        place: Some(record.place(FILE)),
        message: text!(th: "ใช้ `{named}` เป็นชื่อไฟล์ไม่ได้ หรือมีแถวอื่นใช้แล้ว", en: "`{named}` cannot be the name of a file, or another row has it"),
        help: Some(text!(th: "ลบชื่อไฟล์ออก โปรแกรมจะตั้งให้", en: "empty the cell; a name is given then")),
    }
}
