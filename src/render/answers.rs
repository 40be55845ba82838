//! The answer sheet: per item มี or ไม่มี, the URLs, and the way to them from home in the words of the site's own links.

use serde::Serialize;

use super::sheet::Sheet;
use super::show::{Show, places};
use super::walk::Walk;
use crate::catalog::Item;
use crate::diagnostic::Lang;
use crate::site::address::Target;
use crate::site::coverage::{Evidence, ItemCoverage, Status};
use crate::thai::Code;

/// The answer to one item, as the form of the assessment takes it.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// The item.
    pub item: Code,
    /// Its title on the form.
    pub title: String,
    /// มี or ไม่มี.
    pub word: String,
    /// Whether there is an answer.
    pub is_there: bool,
    /// Whether every requirement is met.
    pub is_complete: bool,
    /// Absolute URLs, each page or file once.
    pub urls: Vec<String>,
    /// คำอธิบาย: how to get there from the home page, and where on the page it is.
    pub explanation: String,
}

/// The answers to every item of the year's form.
pub(super) fn answers(show: &Show, walk: &Walk) -> Vec<Answer> {
    let items = show.site.catalog().map(|catalog| catalog.items.as_slice()).unwrap_or_default();
    items.iter().zip(&show.site.audit).map(|(item, coverage)| answer(show, walk, item, coverage)).collect()
}

/// The answers as a table to download.
pub(super) fn sheet(show: &Show, answers: &[Answer]) -> Sheet {
    let heads = [("code", 7), ("item", 36), ("answer", 10), ("answer_urls", 52), ("explanation", 70)];
    let rows = answers.iter().map(|answer| {
        let (item, urls) = (answer.item.to_string(), answer.urls.join("\n"));
        vec![item, answer.title.clone(), answer.word.clone(), urls, answer.explanation.clone()]
    });
    Sheet {
        name: format!("OIT {}", show.site.fiscal_year()),
        heads: heads.iter().map(|(key, width)| (show.t(key), *width)).collect(),
        rows: rows.collect(),
    }
}

fn answer(show: &Show, walk: &Walk, item: &Item, coverage: &ItemCoverage) -> Answer {
    let status = coverage.status();
    let mut pages: Vec<(&str, Vec<&Evidence>)> = Vec::new();
    for place in coverage.requirements.iter().flat_map(|row| places(&row.coverage)) {
        let page = page_of(&place.url);
        match pages.iter_mut().find(|(known, _)| *known == page) {
            Some((_, places)) if places.contains(&place) => {}
            Some((_, places)) => places.push(place),
            None => pages.push((page, vec![place])),
        }
    }
    let ways: Vec<String> = pages.iter().map(|(page, places)| way(show, walk, page, places)).collect();
    let is_there = status != Status::Missing;
    Answer {
        item: item.id,
        title: show.text(item.title.get(show.lang())),
        word: show.t(if is_there { "answer_yes" } else { "answer_no" }),
        is_there,
        is_complete: status == Status::Complete,
        urls: pages
            .iter()
            .map(|(page, places)| match places.as_slice() {
                [only] => show.site.absolute(&only.url),
                _ => show.site.absolute(page),
            })
            .collect(),
        explanation: match ways.as_slice() {
            [only] => only.clone(),
            ways => (1..).zip(ways).map(|(n, way)| format!("{}) {way}", show.number(n))).collect::<Vec<_>>().join(" "),
        },
    }
}

/// `จากหน้าแรก เลือก “การเปิดเผยข้อมูล” แล้วเลือก “แผนดำเนินงาน” ดูหัวข้อ “งบประมาณ”`
fn way(show: &Show, walk: &Walk, page: &str, places: &[&Evidence]) -> String {
    let is_thai = show.lang() == Lang::Th;
    let page = Target::of(page);
    let steps = walk.path(&page).unwrap_or_default();
    let mut words = match (steps.as_slice(), is_thai) {
        ([], true) => "อยู่ในหน้าแรกของเว็บไซต์".to_owned(),
        ([], false) => "On the home page".to_owned(),
        ([first, rest @ ..], true) => {
            let rest: Vec<String> = rest.iter().map(|step| format!(" แล้วเลือก “{step}”")).collect();
            format!("จากหน้าแรก เลือก “{first}”{}", rest.concat())
        }
        ([first, rest @ ..], false) => {
            let rest: Vec<String> = rest.iter().map(|step| format!(", then “{step}”")).collect();
            format!("From the home page choose “{first}”{}", rest.concat())
        }
    };
    let mut headings: Vec<String> = Vec::new();
    for place in places {
        let anchor = Target::of(&place.url).anchor;
        let heading = match place.page {
            Some(n) => Some(if is_thai { format!("หน้า {}", show.number(n)) } else { format!("page {n}") }),
            None => walk.heading(&page.path, &anchor).map(|heading| format!("“{heading}”")),
        };
        headings.extend(heading.filter(|heading| !headings.contains(heading)));
    }
    if !headings.is_empty() {
        words.push_str(if is_thai { " ดูที่ " } else { "; see " });
        words.push_str(&headings.join(", "));
    }
    words
}

/// A place without its anchor.
pub(super) fn page_of(place: &str) -> &str {
    place.split('#').next().unwrap_or(place)
}
