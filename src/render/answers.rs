//! The answer sheet: per item มี or ไม่มี, the URLs, and the way to them from home in the words of the site's own links.

use serde::Serialize;

use super::sheet::Sheet;
use super::show::{Show, places};
use super::walk::Walk;
use crate::catalog::Item;
use crate::diagnostic::Lang;
use crate::site::address::Target;
use crate::site::coverage::{Evidence, ItemCoverage, Status};
use crate::site::url::UrlPath;
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
        let urls = match answer.urls.as_slice() {
            [only] => only.clone(),
            urls => (1..).zip(urls).map(|(n, url)| format!("{n}) {url}")).collect::<Vec<_>>().join("\n"),
        };
        let is_short = answer.is_there && !answer.is_complete;
        let word = if is_short { format!("{} {}", answer.word, show.t("answer_incomplete")) } else { answer.word.clone() };
        vec![answer.item.to_string(), answer.title.clone(), word, urls, answer.explanation.clone()]
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
        let page = place.page();
        match pages.iter_mut().find(|(known, _)| *known == page) {
            Some((_, places)) if places.contains(&place) => {}
            Some((_, places)) => places.push(place),
            None => pages.push((page, vec![place])),
        }
    }
    let ways: Vec<String> = pages.iter().map(|(page, places)| way(show, walk, item.id, page, places)).collect();
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
                // A field of the page leads past the document itself.
                [only] if !only.url.contains("#data-") => show.site.absolute(&only.url),
                _ => show.site.absolute(page),
            })
            .collect(),
        explanation: match ways.as_slice() {
            [only] => only.clone(),
            ways => (1..).zip(ways).map(|(n, way)| format!("{}) {way}", show.number(n))).collect::<Vec<_>>().join("\n"),
        },
    }
}

/// `จากหน้าแรก เลือก “การเปิดเผยข้อมูล” แล้วที่ข้อ O11 เลือก “แผนดำเนินงาน” ดูที่ “งบประมาณ”`
fn way(show: &Show, walk: &Walk, item: Code, page: &str, places: &[&Evidence]) -> String {
    let is_thai = show.lang() == Lang::Th;
    let target = Target::of(page);
    let form = UrlPath::of(&["oit", &show.site.fiscal_year().to_string()]);
    let file = show.file_title(page);
    let code = show.number(item);
    let mut words = if is_thai { "จากหน้าแรก".to_owned() } else { "From the home page".to_owned() };
    let steps = walk.path(&target).unwrap_or_default();
    for (at, (from, text)) in steps.iter().enumerate() {
        let is_first = at == 0;
        // The table of items has the same words in two columns; the code says in which row to look.
        let row = (*from == form.as_str()).then_some(code.as_str());
        let opened = file.as_deref().filter(|_| at + 1 == steps.len());
        let name = opened.unwrap_or(text);
        let step = match (is_thai, row, opened) {
            (true, Some(code), Some(_)) => format!(" แล้วที่ข้อ {code} เปิดเอกสาร “{name}”"),
            (true, Some(code), None) => format!(" แล้วที่ข้อ {code} ช่อง “{}” เลือก “{name}”", show.t("evidence")),
            (true, None, Some(_)) => format!(" แล้วเปิดเอกสาร “{name}”"),
            (true, None, None) => format!(" {}เลือก “{name}”", if is_first { "" } else { "แล้ว" }),
            (false, Some(code), Some(_)) => format!(", then open “{name}” at {code}"),
            (false, Some(code), None) => format!(", then “{name}” under “{}” at {code}", show.t("evidence")),
            (false, None, Some(_)) => format!(", then open “{name}”"),
            (false, None, None) => format!("{} “{name}”", if is_first { " choose" } else { ", then" }),
        };
        words.push_str(&step);
    }
    if steps.is_empty() {
        words = if is_thai {
            "อยู่ในหน้าแรกของเว็บไซต์".to_owned()
        } else {
            "On the home page".to_owned()
        };
    }
    words + &spots(show, walk, &target, places)
}

/// Where on a page or in a file the answer is; nothing when it is the whole.
fn spots(show: &Show, walk: &Walk, page: &Target, places: &[&Evidence]) -> String {
    let is_thai = show.lang() == Lang::Th;
    let mut pages: Vec<u32> = places.iter().filter_map(|place| place.page).collect();
    pages.sort_unstable();
    pages.dedup();
    if !pages.is_empty() {
        let list = pages.iter().map(|n| show.number(n)).collect::<Vec<_>>().join(", ");
        return if is_thai { format!(" หน้า {list}") } else { format!(", page {list}") };
    }
    let mut headings: Vec<String> = Vec::new();
    for place in places {
        let heading = walk.heading(&page.path, &Target::of(&place.url).anchor).map(|heading| format!("“{heading}”"));
        headings.extend(heading.filter(|heading| !headings.contains(heading)));
    }
    match (headings.split_last(), is_thai) {
        (None, _) => String::new(),
        (Some((only, [])), true) => format!(" ดูที่ {only}"),
        (Some((only, [])), false) => format!("; see {only}"),
        (Some((last, rest)), true) => format!(" ดูที่ {} และ {last}", rest.join(" ")),
        (Some((last, rest)), false) => format!("; see {} and {last}", rest.join(", ")),
    }
}
