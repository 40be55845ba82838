//! A page of the old year as one of the new: the requirements by their new ids, files and links where they are.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::catalog::{Item, Scope};
use crate::content::Folder;
use crate::content::disclosure::Disclosure;
use crate::desk::Manuscript;
use crate::parse::Document;
use crate::parse::markdown::is_relative;
use crate::site::Site;
use crate::site::coverage::fits;
use crate::thai::{FiscalYear, Period, digits};

/// What is known of the old year's page of a topic.
pub(super) struct Page<'a> {
    pub(super) document: &'a Document,
    pub(super) disclosure: &'a Disclosure,
    /// Its file, as it is.
    pub(super) manuscript: Manuscript,
}

/// Whether a page of an earlier year is of the time that an item asks about in this one. Whether it answers is another question.
pub(super) fn is_of_time(disclosure: &Disclosure, item: &Item, year: FiscalYear) -> bool {
    let period = disclosure.period.as_ref().map(|period| period.value);
    let is_open = match item.scope {
        Scope::Undated => disclosure.period.is_none() || period.is_some_and(|period| period.covers(Period::of_year(year))),
        // It may have to be of the year: better written anew than wrong.
        Scope::Unverified => false,
        scope => period.is_some_and(|period| fits(scope, period, year)),
    };
    is_open && disclosure.months.is_empty() && !disclosure.none && rows_are_of_time(disclosure, year)
}

/// No row is of a time that is over.
fn rows_are_of_time(disclosure: &Disclosure, year: FiscalYear) -> bool {
    use crate::content::rows::RowField;
    let rows = disclosure.rows.iter().flat_map(|(_, rows)| rows);
    let mut periods = rows.filter_map(|row| Period::parse(row.cells.get(&RowField::Period)?).ok());
    periods.all(|period| period.meets(Period::of_year(year)))
}

/// The page with the ids of the new form; of the old year's folder, what it names is named from the new one's.
pub(super) fn carried(page: &Page, ids: &BTreeMap<String, String>, to: FiscalYear) -> Vec<u8> {
    let mut manuscript = renumbered(&page.manuscript, ids);
    let folder = page.document.path.parts().nth(2).unwrap_or_default().to_owned();
    let schema = schema();
    let mut values = manuscript.values(&schema);
    if values.contains_key("fiscal_year") {
        values.insert("fiscal_year".to_owned(), Json::String(to.to_string()));
    }
    for (table, key) in [("attachment", "file"), ("covers", "file"), ("month", "file")] {
        for row in values.get_mut(table).and_then(Json::as_array_mut).into_iter().flatten() {
            if let Some(Json::String(name)) = row.get_mut(key) {
                *name = from_beside(&folder, name);
            }
        }
    }
    manuscript.set(&schema, &values);
    manuscript.set_body(&linked(page, &folder));
    manuscript.to_bytes()
}

/// The page with the ids of the new form, for a draft; its title names the new year.
pub(super) fn for_draft(
    page: &Page,
    ids: &BTreeMap<String, String>,
    item: &Item,
    from: FiscalYear,
    to: FiscalYear,
) -> Manuscript {
    let mut manuscript = renumbered(&page.manuscript, ids);
    let schema = schema();
    let mut values = manuscript.values(&schema);
    let title = values.get("title").and_then(Json::as_str);
    let title = title.map_or_else(|| crate::desk::drafts::title(item, to), |title| later(title, from, to));
    values.insert("title".to_owned(), Json::String(title));
    manuscript.set(&schema, &values);
    manuscript
}

/// A title with its years moved on: `รายงานผล ปีงบประมาณ พ.ศ. 2565` of 2566 → `2566` for 2567. A span of years stays.
fn later(title: &str, from: FiscalYear, to: FiscalYear) -> String {
    let shift = to.number() - from.number();
    let mut out = String::new();
    let mut rest = title;
    while let Some(at) = rest.find(|c: char| c.is_numeric()) {
        let end = rest[at..].find(|c: char| !c.is_numeric()).map_or(rest.len(), |end| at + end);
        let (before, number) = (&rest[..at], &rest[at..end]);
        let is_span = |text: &str| text.starts_with(['-', '–', '/']) || text.ends_with(['-', '–', '/']);
        out.push_str(before);
        let year = digits::to_arabic(number).parse::<u16>().ok().filter(|year| from.number().abs_diff(*year) <= 1);
        match year.filter(|_| !is_span(before.trim_end()) && !is_span(rest[end..].trim_start())) {
            Some(year) => {
                let year = (year + shift).to_string();
                out.push_str(&if number.is_ascii() { year } else { in_thai(&year) });
            }
            None => out.push_str(number),
        }
        rest = &rest[end..];
    }
    out + rest
}

fn in_thai(number: &str) -> String {
    digits::show(number, digits::Digits::Thai).into_owned()
}

fn schema() -> Vec<crate::fields::Asked> {
    Folder::named("disclosures").map(Folder::asked).unwrap_or_default()
}

/// The manuscript with the ids of the new form; what the new form does not ask is no longer claimed.
fn renumbered(manuscript: &Manuscript, ids: &BTreeMap<String, String>) -> Manuscript {
    let mut manuscript = manuscript.clone();
    let schema = schema();
    let mut values = manuscript.values(&schema);
    for table in ["covers", "not_applicable"] {
        let Some(Json::Array(rows)) = values.get_mut(table) else { continue };
        rows.retain_mut(|row| renumber(row.as_object_mut(), ids).is_some());
    }
    manuscript.set(&schema, &values);
    manuscript
}

fn renumber(row: Option<&mut Map<String, Json>>, ids: &BTreeMap<String, String>) -> Option<()> {
    let id = row?.get_mut("requirement")?;
    let typed = id.as_str()?;
    // Every spelling of a code is accepted in a file.
    let (item, part) = typed.rsplit_once('.')?;
    let known = crate::thai::Code::item(item)?;
    let part = digits::to_arabic(part.trim()).into_owned();
    *id = Json::String(ids.get(&format!("{known}.{part}"))?.clone());
    Some(())
}

/// The name of a file beside the old page, as the new page names it.
fn from_beside(folder: &str, name: &str) -> String {
    // Both folders are beside each other, so what leads up leads to the same place from both.
    if name.starts_with("../") { name.to_owned() } else { format!("../{folder}/{name}") }
}

/// The text with its relative links leading from the new folder to where they led.
fn linked(page: &Page, folder: &str) -> String {
    let body = page.manuscript.body();
    let mut out = body.to_owned();
    let mut targets: Vec<&str> =
        page.document.body.links.iter().map(|link| link.target.as_str()).filter(|target| is_relative(target)).collect();
    targets.sort_unstable();
    targets.dedup();
    for target in targets {
        let moved = from_beside(folder, target);
        out = out.replace(&format!("]({target})"), &format!("]({moved})"));
        out = out.replace(&format!("]({target} \""), &format!("]({moved} \""));
        out = out.replace(&format!("]: {target}\n"), &format!("]: {moved}\n"));
        out = out.replace(&format!("](<{target}>)"), &format!("](<{moved}>)"));
    }
    out
}

/// The old year's page of a topic.
pub(super) fn page_of<'a>(
    site: &'a Site,
    from: FiscalYear,
    topic: &str,
    text: &dyn Fn(&Document) -> Option<&'a str>,
) -> Option<Page<'a>> {
    let pages = site.all::<Disclosure>().filter(|(document, _)| document.year == Some(from));
    let (document, disclosure) = { pages }.find(|(document, disclosure)| disclosure.topic(&document.slug) == topic)?;
    let manuscript = Manuscript::open(&document.path, text(document)?.as_bytes()).ok()?;
    Some(Page { document, disclosure, manuscript })
}
