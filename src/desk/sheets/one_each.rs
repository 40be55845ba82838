//! Tables with a document a row: executives, progress, news, channels.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::cell::{choice, leading_number, month_or_words, unnumbered};
use super::draft::{Draft, Target, rows_of, twice};
use super::grid::Cell;
use super::kind::{BODY, FAMILY, FILE, GIVEN, PREFIX, YEAR};
use super::plan::{Plan, Problem, Wish};
use super::shelf::{Existing, Shelf, slug};
use super::table::{Record, same_words, years_in};
use crate::diagnostic::text;
use crate::fields::labels;
use crate::source::SourcePath;
use crate::thai::digits::to_arabic;
use crate::thai::{FiscalYear, Period, date, fold, name};

/// What the rows say, each of one document. `measures` are those that progress is about.
pub(super) fn drafts(shelf: &mut Shelf, measures: &Shelf, records: &[Record], wish: &Wish, plan: &mut Plan) -> Vec<Draft> {
    let Plan { problems, notices, .. } = plan;
    let records: Vec<Record> = match shelf.folder.name {
        "executives" => records.iter().map(with_name).collect(),
        "progress" => records.iter().filter_map(|record| with_numbers(record, measures, wish, problems)).collect(),
        _ => records.to_vec(),
    };
    let numbers_repeat = shelf.folder.name == "executives" && repeats(&records);
    let matched = matches(shelf, &records, wish);
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut drafts = Vec::new();
    for (at, record) in records.iter().enumerate() {
        let key = matched[at].map_or_else(|| new_key(shelf.folder.name, record), |document| format!("={document}"));
        let earlier = *first.entry(key).or_insert(at);
        if earlier != at {
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
        if let Target::Existing(document) = target {
            notices.extend(another_person(&shelf.documents[document], record));
        }
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

/// Somebody else has the post: what the sheet does not say is still that of the one before.
fn another_person(document: &Existing, record: &Record) -> Option<Problem> {
    let (old, new, path) = (document.text("name"), record.words("name"), &document.path);
    let stays = |key: &&str| document.values.contains_key(*key) && record.cell(key).is_none();
    let left: Vec<_> = ["photo", "phone", "email", "since"]
        .into_iter()
        .filter(stays)
        .filter_map(|key| labels::field("executives", key))
        .collect();
    let is_other = !old.is_empty() && !new.is_empty() && !same_person(&name::split(old), &name::split(&new));
    (is_other && !left.is_empty()).then(|| {
        let th = left.iter().map(|label| label.th).collect::<Vec<_>>().join(", ");
        let en = left.iter().map(|label| label.en).collect::<Vec<_>>().join(", ");
        Problem {
            place: Some(record.place.clone()),
            message: text!(
                th: "{new} แทน {old} ในตำแหน่งเดิม แต่ {th} ยังเป็นของคนเดิม",
                en: "{new} takes the place of {old}, but {en} are still those of the one before"
            ),
            help: Some(text!(th: "กรอกของคนใหม่ หรือลบใน {path}", en: "fill them in, or take them out of {path}")),
        }
    })
}

fn same_person(one: &name::Name, other: &name::Name) -> bool {
    let bare = |name: &name::Name| fold::name(&format!("{}{}", name.given, name.family));
    bare(one) == bare(other)
}

/// The document of each row, if there is one: by its file, else by what tells it from others, surest first.
fn matches(shelf: &Shelf, records: &[Record], wish: &Wish) -> Vec<Option<usize>> {
    let folder = shelf.folder.name;
    let mut matched: Vec<Option<usize>> = records.iter().map(|record| shelf.named(&record.words(FILE))).collect();
    let mut taken: BTreeSet<usize> = matched.iter().flatten().copied().collect();
    for pass in 0..3 {
        let mut free: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in (0..shelf.documents.len()).rev().filter(|at| !taken.contains(at)) {
            if let Some(key) = key(folder, &Side::Document(&shelf.documents[at]), wish, pass) {
                free.entry(key).or_default().push(at);
            }
        }
        for (record, at) in records.iter().zip(&mut matched).filter(|(_, at)| at.is_none()) {
            let found = key(folder, &Side::Row(record), wish, pass).and_then(|key| free.get_mut(&key)?.pop());
            taken.extend(found);
            *at = found;
        }
    }
    matched
}

/// What is compared: a document and a row.
enum Side<'a> {
    Document(&'a Existing),
    Row(&'a Record),
}

impl Side<'_> {
    fn text(&self, key: &str) -> String {
        match self {
            Side::Document(document) => document.text(key).to_owned(),
            Side::Row(record) => record.cell(key).map(month_or_words).unwrap_or_default(),
        }
    }

    fn number(&self, key: &str) -> Option<u32> {
        leading_number(&self.text(key), &[])
    }
}

/// What tells a document from others; with each pass it is less. `None` when that is not known.
fn key(folder: &str, side: &Side, wish: &Wish, pass: usize) -> Option<String> {
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    let same = |key: &str| filled(fold::name(&side.text(key)));
    match (folder, pass) {
        ("executives", 0 | 1) => {
            let typed = side.text("name");
            let name = name::split(&typed);
            let person = filled(fold::name(&format!("{}{}", name.given, name.family)))?;
            if pass == 0 { Some(format!("{person}|{}", same("position")?)) } else { Some(person) }
        }
        ("executives", _) => {
            let order = match side {
                Side::Document(document) => side.number("order").or(document.number),
                Side::Row(_) => side.number("order"),
            };
            Some(format!("{}|{}", order?, same("position")?))
        }
        ("progress", 0 | 1) => {
            let year = match side {
                Side::Document(document) => document.year,
                Side::Row(record) => year(record, wish, &mut |_| {}),
            };
            let step = side.number("step").map(|step| step.to_string()).unwrap_or_default();
            let thing = format!("{}|{}|{step}", year?, side.number("measure")?);
            let typed = side.text("period");
            match (pass, side) {
                // A row that says no period is about the first report there is.
                (1, Side::Row(_)) if !typed.is_empty() => None,
                (1, _) => Some(thing),
                _ => {
                    let period = Period::parse(&typed).map_or_else(|_| fold::name(&typed), Period::shown_th);
                    filled(period).map(|period| format!("{thing}|{period}"))
                }
            }
        }
        ("news", 0 | 1) => {
            let day = filled(side.text("date"));
            match (pass, side) {
                (1, Side::Row(_)) if day.is_some() => None,
                (1, _) => same("title"),
                _ => Some(format!("{}|{}", same("title")?, date::parse(&day?).ok()?)),
            }
        }
        ("channels", 0) => same("title"),
        _ => None,
    }
}

/// What tells a new document from the others of a sheet.
fn new_key(folder: &str, record: &Record) -> String {
    let keys: &[&str] = match folder {
        "executives" => &["name", "position"],
        "progress" => &["measure", "step", "period"],
        _ => &["title", "date"],
    };
    keys.iter().map(|key| fold::name(&record.words(key))).collect::<Vec<_>>().join("|")
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
            let kind = choice(&record.words("kind"), &["whistleblower", "complaint", "question", "social", "contact"]);
            kind.unwrap_or("channel").to_owned()
        }),
    };
    Ok(shelf.new_path(&stem))
}

/// The folder of a round of reports: `2566-h1`, or the year where the period is no half of it.
fn round(record: &Record, wish: &Wish) -> String {
    let typed = month_or_words(record.cell("period").unwrap_or(&Cell::Empty));
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
