//! The next fiscal year: what stays valid is carried over, what must be renewed is drafted, the old year stays where it is.

mod carry;
mod form;
mod papers;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::{Manuscript, drafts};
use crate::catalog::{Catalog, Item, Scope};
use crate::config;
use crate::diagnostic::{Diagnostics, Text, text};
use crate::publish::edits::Change;
use crate::site::Site;
use crate::site::coverage::{Coverage, Gap, ItemCoverage, Status};
use crate::source::{SourcePath, Sources};
use crate::thai::{Code, FiscalYear};

pub use form::{Difference, Gone, Moved};

/// What starting a year does.
#[derive(Debug)]
pub struct Plan {
    /// The year that the site is of now.
    pub from: FiscalYear,
    /// The year to start.
    pub to: FiscalYear,
    /// The new form's items beside the old one's.
    pub difference: Difference,
    /// What becomes of each item of the new form, in its order.
    pub items: Vec<ItemPlan>,
    /// What is drafted beside the items: result, analysis, measures, progress, survey.
    pub papers: Vec<FilePlan>,
    /// What is written.
    pub changes: Vec<Change>,
}

/// What becomes of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemPlan {
    /// The item on the new form.
    pub item: Code,
    /// Its title.
    pub title: Text,
    /// What is done about it.
    pub fate: Fate,
    /// The file that is written, or that is there; of an item that is answered elsewhere, where the answer goes.
    pub path: String,
    /// How far the site meets the item afterwards.
    pub status: Status,
    /// What is lacking afterwards.
    pub lacks: Vec<Text>,
}

/// What is done about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// The page of the old year is still valid: a copy of it, which anybody sees.
    Carried,
    /// It has to be renewed: a draft, which nobody sees.
    Drafted,
    /// Something is there already and stays as it is.
    Kept,
    /// It is answered by documents that go by no year: executives, channels, news.
    Elsewhere,
}

/// What is done about a file that answers no item by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FilePlan {
    /// What is done.
    pub fate: Fate,
    /// The file.
    pub path: String,
}

/// Plans the start of a fiscal year of a site that is made of `sources`.
///
/// # Errors
/// Why it cannot be: the year is unknown, over, or the site's own; the settings cannot be read.
pub fn plan(site: &Site, sources: &Sources, to: FiscalYear) -> Result<Plan, Text> {
    let form = check(site, to)?;
    let from = site.fiscal_year();
    let settings = settings(sources, site, to)?;
    let difference = Difference::of(site.catalogs.of(from), form);
    let papers = papers::papers(site, form);
    let mut plan = Plan { from, to, difference, items: Vec::new(), papers: Vec::new(), changes: vec![settings] };
    for paper in papers {
        let is_there = sources.get(&paper.path).is_some();
        let draft = paper.draft.filter(|_| !is_there);
        let fate = if draft.is_some() { Fate::Drafted } else { Fate::Kept };
        plan.papers.push(FilePlan { fate, path: paper.path.to_string() });
        plan.changes.extend(draft.map(|bytes| Change { path: paper.path, before: None, after: Some(bytes) }));
    }
    let mut pages: Vec<(SourcePath, Fate, Vec<Change>)> =
        form.items.iter().map(|item| page(site, sources, item, &plan)).collect();
    // Which of the old pages answer is for the form of the new year to say; one may lean on another.
    loop {
        let after = coverage(sources, plan.changes.iter().chain(pages.iter().flat_map(|(.., changes)| changes)));
        let is_met = |item: &Item| after.iter().any(|found| found.item == item.id && found.status() == Status::Complete);
        let fail = |(page, item): &(&mut (SourcePath, Fate, Vec<Change>), &Item)| page.1 == Fate::Carried && !is_met(item);
        let failed: Vec<_> = pages.iter_mut().zip(&form.items).filter(fail).collect();
        if failed.is_empty() {
            break;
        }
        for (page, item) in failed {
            let lacks = after.iter().find(|found| found.item == item.id).map(lacking_ids).unwrap_or_default();
            let whole = page.2.first().and_then(|change| change.after.clone()).filter(|_| item.scope == Scope::Undated);
            // What goes by no year is not stale: only what is new in the form is to be added.
            let change = match whole {
                Some(whole) => made(&page.0, drafts::unfinished(&whole, item, plan.to, &lacks)),
                None => draft(site, sources, item, &plan, &page.0),
            };
            (page.1, page.2) = (Fate::Drafted, vec![change]);
        }
    }
    for ((path, fate, changes), item) in pages.into_iter().zip(&form.items) {
        plan.changes.extend(changes);
        let (title, path) = (item.title.clone(), path.to_string());
        plan.items.push(ItemPlan { item: item.id, title, fate, path, status: Status::Missing, lacks: Vec::new() });
    }
    let after = coverage(sources, plan.changes.iter());
    for (item, found) in plan.items.iter_mut().zip(&after) {
        item.status = found.status();
        item.lacks = lacks(found);
        if item.fate == Fate::Elsewhere {
            item.path = found.home.path.to_string();
            // What goes by the year is among the papers: analysis and progress.
            let folder = |path: &str| path.split('/').nth(1).map(str::to_owned);
            if let Some(paper) = plan.papers.iter().find(|paper| folder(&paper.path) == folder(&item.path)) {
                (item.fate, item.path) = (paper.fate, paper.path.clone());
            }
        }
    }
    Ok(plan)
}

/// The form of the year to start.
fn check(site: &Site, to: FiscalYear) -> Result<&Catalog, Text> {
    let from = site.fiscal_year();
    if site.is_formless() {
        return Err(text!(
            th: "อ่าน content/site.toml หรือแบบใน content/catalog/ ไม่ได้ แก้ก่อน ดูด้วย prongsai check",
            en: "content/site.toml or a form in content/catalog/ cannot be read; mend it first, prongsai check shows where"
        ));
    }
    if to == from {
        return Err(text!(th: "เว็บไซต์นี้เป็นปีงบประมาณ {to} อยู่แล้ว", en: "the site is of fiscal year {to} already"));
    }
    if to < from {
        return Err(text!(
            th: "เว็บไซต์นี้เป็นปีงบประมาณ {from} แล้ว ย้อนกลับไปปี {to} ไม่ได้ ถ้าเพิ่งเปลี่ยนปี เอากลับด้วย prongsai undo",
            en: "the site is of fiscal year {from}; it does not go back to {to}. If you have just changed the year, take it back with prongsai undo"
        ));
    }
    site.catalogs.of(to).ok_or_else(|| {
        let known: Vec<String> = site.catalogs.years().map(|year| year.to_string()).collect();
        let known = known.join(", ");
        text!(
            th: "ไม่รู้จักแบบ OIT ของปี {to} ที่รู้จักคือ {known} ใช้โปรแกรมรุ่นใหม่ หรือใส่แบบไว้ที่ content/catalog/fy{to}.toml",
            en: "the form of {to} is not known; known are {known}. Use a newer program, or put the form at content/catalog/fy{to}.toml"
        )
    })
}

/// `site.toml` of the new year, with the old one's form kept on the site.
fn settings(sources: &Sources, site: &Site, to: FiscalYear) -> Result<Change, Text> {
    let path = SourcePath::new(config::PATH);
    let before = sources.text(&path).unwrap_or_default().as_bytes().to_vec();
    let mut manuscript = Manuscript::open(&path, &before)?;
    let mut past: Vec<FiscalYear> = site.config.past_years.iter().map(|year| year.value).collect();
    past.push(site.fiscal_year());
    past.sort_unstable();
    past.dedup();
    let past: Vec<Json> = past.iter().map(|year| Json::String(year.to_string())).collect();
    let values: Map<String, Json> =
        [("fiscal_year".to_owned(), json!(to.to_string())), ("past_years".to_owned(), Json::Array(past))].into_iter().collect();
    manuscript.set(&config::asked(), &values);
    Ok(Change { path, before: Some(before), after: Some(manuscript.to_bytes()) })
}

/// The page of an item: where, and what is first tried.
fn page(site: &Site, sources: &Sources, item: &Item, plan: &Plan) -> (SourcePath, Fate, Vec<Change>) {
    let (from, to) = (plan.from, plan.to);
    let old = old_page(site, sources, item, from);
    let name = old.as_ref().map_or_else(|| format!("{}.md", item.topic), |page| page.document.path.name().to_owned());
    let path = SourcePath::new(&format!("content/disclosures/{to}/{name}"));
    let by_topic = SourcePath::new(&format!("content/disclosures/{to}/{}.md", item.topic));
    let there = [&path, &by_topic].into_iter().find(|path| sources.get(path).is_some()).cloned();
    if let Some(there) = there.or_else(|| page_of_year(site, item, to)) {
        return (there, Fate::Kept, Vec::new());
    }
    if !drafts::is_answered_by_page(item) && old.is_none() {
        return (path, Fate::Elsewhere, Vec::new());
    }
    let Some(page) = old.filter(|page| carry::is_of_time(page.disclosure, item, to)) else {
        let change = draft(site, sources, item, plan, &path);
        return (path, Fate::Drafted, vec![change]);
    };
    let mut changes = vec![made(&path, carry::carried(&page, &plan.difference.ids, to))];
    changes.extend(translation(sources, &page, &path, to, plan));
    (path, Fate::Carried, changes)
}

/// The English of a page that is carried over, where there is one.
fn translation(sources: &Sources, page: &carry::Page, path: &SourcePath, to: FiscalYear, plan: &Plan) -> Option<Change> {
    let english =
        |path: &SourcePath| SourcePath::new(&format!("{}.en.md", path.as_str().strip_suffix(".md").unwrap_or_default()));
    let (old, new) = (english(&page.document.path), english(path));
    let text = sources.text(&old).filter(|_| sources.get(&new).is_none())?;
    let document = page.document.english.as_deref()?;
    let manuscript = Manuscript::open(&old, text.as_bytes()).ok()?;
    let page = carry::Page { document, disclosure: page.disclosure, manuscript };
    Some(made(&new, carry::carried(&page, &plan.difference.ids, to)))
}

fn draft(site: &Site, sources: &Sources, item: &Item, plan: &Plan, path: &SourcePath) -> Change {
    let old = old_page(site, sources, item, plan.from);
    let previous = old.map(|page| carry::for_draft(&page, &plan.difference.ids, item, plan.from, plan.to));
    made(path, drafts::draft_of_item(item, plan.to, previous.as_ref()))
}

fn made(path: &SourcePath, bytes: Vec<u8>) -> Change {
    Change { path: path.clone(), before: None, after: Some(bytes) }
}

fn old_page<'a>(site: &'a Site, sources: &'a Sources, item: &Item, from: FiscalYear) -> Option<carry::Page<'a>> {
    carry::page_of(site, from, &item.topic, &|document| sources.text(&document.path))
}

/// A page of the topic in the folder of the new year, whatever its name.
fn page_of_year(site: &Site, item: &Item, year: FiscalYear) -> Option<SourcePath> {
    use crate::content::disclosure::Disclosure;
    let mut pages = site.all::<Disclosure>().filter(|(document, _)| document.year == Some(year));
    pages.find(|(document, disclosure)| disclosure.topic(&document.slug) == item.topic).map(|(document, _)| document.path.clone())
}

/// How far the site meets its form with these changes.
fn coverage<'a>(sources: &Sources, changes: impl Iterator<Item = &'a Change>) -> Vec<ItemCoverage> {
    let mut sources = sources.clone();
    for change in changes {
        if let Some(bytes) = &change.after {
            sources.insert_bytes(change.path.clone(), bytes);
        }
    }
    crate::analyse(&sources, &mut Diagnostics::default()).audit
}

/// The requirements that nothing answers.
fn lacking_ids(found: &ItemCoverage) -> Vec<String> {
    let lacking = found.requirements.iter().filter(|row| matches!(row.coverage, Coverage::Missing(_)));
    lacking.map(|row| row.id.clone()).collect()
}

fn lacks(found: &ItemCoverage) -> Vec<Text> {
    let mut lacks: Vec<Text> = Vec::new();
    for row in &found.requirements {
        if let Coverage::Missing(gaps) = &row.coverage {
            lacks.extend(gaps.iter().map(Gap::for_webmaster).filter(|what| !lacks.contains(what)).collect::<Vec<_>>());
        }
    }
    lacks
}

impl Plan {
    /// How many items have this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.items.iter().filter(|item| item.fate == fate).count()
    }

    /// What it does, for the list of what can be taken back.
    pub fn what(&self) -> Text {
        let to = self.to;
        text!(th: "เริ่มปีงบประมาณ {to}", en: "start fiscal year {to}")
    }
}
