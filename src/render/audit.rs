//! The audit of a year as rows: for `audit.json` on the site, for the command `audit`, for the working group's workbook.

use serde::{Deserialize, Serialize};

use super::sheet::Sheet;
use super::show::places;
use crate::catalog::{Catalog, Confidence, Item};
use crate::content::FOLDERS;
use crate::diagnostic::{Lang, Text, text};
use crate::parse::Document;
use crate::site::Site;
use crate::site::changed::last_change;
use crate::site::coverage::{Coverage, Gap, ItemCoverage, Status};
use crate::site::url::{self, Page, UrlPath};
use crate::thai::{Code, FiscalYear, date};

/// The audit of a year's form.
#[derive(Debug, Serialize)]
pub struct Audit {
    /// The agency.
    pub agency: Text,
    /// The year of the form.
    pub fiscal_year: FiscalYear,
    /// Items by status.
    pub counts: Counts,
    /// The items, in order.
    pub items: Vec<AuditItem>,
}

/// How many items there are, and how many in each status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// All.
    pub items: usize,
    /// Every requirement is met.
    pub complete: usize,
    /// Some are, or a problem elsewhere costs the item.
    pub partial: usize,
    /// Nothing answers it.
    pub missing: usize,
}

/// One item.
#[derive(Debug, Serialize)]
pub struct AuditItem {
    /// `O2`.
    pub item: Code,
    /// What it is about; the same over the years.
    #[serde(skip)]
    pub topic: String,
    /// Title on the form.
    pub title: Text,
    /// How far the site meets it.
    pub status: Status,
    /// Its page on the site, absolute.
    pub page: String,
    /// The pages and files that answer it, absolute, each once.
    pub evidence: Vec<String>,
    /// Day of the last change of what answers it, ISO 8601.
    pub updated: Option<String>,
    /// Unit responsible.
    pub unit: Option<String>,
    /// Its requirements.
    pub requirements: Vec<AuditRequirement>,
    /// Problems elsewhere that cost the item: code and what is wrong.
    pub problems: Vec<AuditProblem>,
    /// Where its answer goes: a draft that waits, or a file to make.
    pub home: String,
    /// A file that could answer it cannot be read, so its gaps are not certain.
    pub is_unsure: bool,
    /// Whether every requirement that applies was checked by the machine.
    #[serde(skip)]
    pub is_verified: bool,
}

/// One requirement.
#[derive(Debug, Serialize)]
pub struct AuditRequirement {
    /// `O2.4`.
    pub id: String,
    /// What the form asks.
    pub text: Text,
    /// How sure the wording is.
    pub confidence: Confidence,
    /// How it is checked: `executives`, `dated`, `declared`, …
    pub kind: &'static str,
    /// `verified`, `declared`, `missing`, `not-applicable`.
    pub coverage: &'static str,
    /// The same in words.
    #[serde(skip)]
    pub state: Text,
    /// The places that answer, absolute.
    pub places: Vec<String>,
    /// What is lacking, and in which file it would go.
    pub gaps: Vec<AuditGap>,
    /// Why it does not apply.
    pub reason: Option<Text>,
}

/// Something lacking.
#[derive(Debug, Serialize)]
pub struct AuditGap {
    /// What.
    pub what: Text,
    /// What the webmaster types.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub write: Option<Text>,
    /// The file where it would go.
    pub path: String,
}

/// A problem elsewhere that costs an item.
#[derive(Debug, Serialize)]
pub struct AuditProblem {
    /// Code of the rule.
    pub code: &'static str,
    /// What is wrong.
    pub what: Text,
    /// The file.
    pub path: String,
}

impl Audit {
    /// The audit of the site's year; `None` when it has no form.
    pub fn of(site: &Site) -> Option<Audit> {
        let catalog = site.catalog()?;
        let agency = &site.config.agency;
        let mut counts = Counts { items: catalog.items.len(), ..Counts::default() };
        for coverage in &site.audit {
            match coverage.status() {
                Status::Complete => counts.complete += 1,
                Status::Partial => counts.partial += 1,
                Status::Missing => counts.missing += 1,
            }
        }
        let rows = catalog.items.iter().zip(&site.audit);
        Some(Audit {
            agency: Text { th: agency.name.clone(), en: agency.name_en.clone() },
            fiscal_year: catalog.fiscal_year,
            counts,
            items: rows.map(|(item, coverage)| item_row(site, catalog, item, coverage)).collect(),
        })
    }

    /// The same for who reads the site, without what its webmaster types.
    pub(super) fn for_readers(mut self) -> Audit {
        let requirements = self.items.iter_mut().flat_map(|item| &mut item.requirements);
        requirements.flat_map(|row| &mut row.gaps).for_each(|gap| gap.write = None);
        self
    }

    /// Keeps these items only.
    pub fn keep(&mut self, items: &[Code]) {
        self.items.retain(|item| items.contains(&item.item));
        let count = |status: Status| self.items.iter().filter(|item| item.status == status).count();
        self.counts = Counts {
            items: self.items.len(),
            complete: count(Status::Complete),
            partial: count(Status::Partial),
            missing: count(Status::Missing),
        };
    }

    /// As a table for the working group.
    pub fn sheet(&self, lang: Lang) -> Sheet {
        let head = |th: &str, en: &str, width| (if lang == Lang::Th { th } else { en }.to_owned(), width);
        let heads = vec![
            head("ข้อ", "Item", 7),
            head("เรื่อง", "Title", 34),
            head("ข้อกำหนด", "Requirement", 10),
            head("แบบถามหา", "What the form asks", 44),
            head("สถานะ", "Status", 12),
            head("หลักฐาน (URL)", "Evidence (URL)", 44),
            head("ปรับปรุงล่าสุด", "Last update", 16),
            head("ผู้รับผิดชอบ", "Unit", 22),
            head("ต้องทำ", "What to do", 50),
        ];
        let rows = self.items.iter().flat_map(|item| item.sheet_rows(lang)).collect();
        Sheet { name: format!("OIT {}", self.fiscal_year), heads, rows }
    }
}

impl AuditGap {
    fn of(gap: &Gap) -> AuditGap {
        AuditGap { what: gap.what.clone(), write: gap.write.clone(), path: gap.span.path.to_string() }
    }

    /// What is lacking, and what to type.
    pub fn for_webmaster(&self) -> Text {
        self.what.noted(self.write.as_ref())
    }
}

impl AuditItem {
    fn sheet_rows(&self, lang: Lang) -> Vec<Vec<String>> {
        let row = |id: &str, asks: &str, status: &str, urls: String, to_do: String| {
            let updated = self.updated.as_ref().map(|iso| day(iso, lang)).unwrap_or_default();
            let unit = self.unit.clone().unwrap_or_default();
            let title = self.title.get(lang).clone();
            vec![self.item.to_string(), title, id.to_owned(), asks.to_owned(), status.to_owned(), urls, updated, unit, to_do]
        };
        let requirements = self.requirements.iter().map(|asked| {
            let gaps: Vec<String> =
                asked.gaps.iter().map(|gap| format!("{} ({})", gap.for_webmaster().get(lang), gap.path)).collect();
            let status = asked.state.get(lang).clone();
            row(&asked.id, asked.text.get(lang), &status, asked.places.join("\n"), gaps.join("\n"))
        });
        let problems = self.problems.iter().map(|problem| {
            let status = text!(th: "มีปัญหา", en: "problem");
            let to_do = format!("{}: {} ({})", problem.code, problem.what.get(lang), problem.path);
            row("", "", status.get(lang), String::new(), to_do)
        });
        requirements.chain(problems).collect()
    }
}

fn item_row(site: &Site, catalog: &Catalog, item: &Item, coverage: &ItemCoverage) -> AuditItem {
    let mut evidence: Vec<String> = Vec::new();
    let mut behind: Vec<&Document> = Vec::new();
    for place in coverage.requirements.iter().flat_map(|row| places(&row.coverage)) {
        let page = place.page();
        let url = site.absolute(page);
        if !evidence.contains(&url) {
            evidence.push(url);
            behind.extend(documents(site, page));
        }
    }
    let updated = behind.iter().filter_map(|document| last_change(document)).max();
    AuditItem {
        item: item.id,
        topic: item.topic.clone(),
        title: item.title.clone(),
        status: coverage.status(),
        page: site.absolute(url::of_item(catalog.fiscal_year, item.id).as_str()),
        evidence,
        updated: updated.map(|date| date.to_string()),
        unit: behind.iter().find_map(|document| document.common.unit.as_ref().map(|unit| unit.value.clone())),
        requirements: coverage
            .requirements
            .iter()
            .filter_map(|row| {
                let asked = item.requirements.iter().find(|asked| asked.id == row.id)?;
                let gaps = match &row.coverage {
                    Coverage::Missing(gaps) => gaps.iter().map(AuditGap::of).collect(),
                    _ => Vec::new(),
                };
                Some(AuditRequirement {
                    id: row.id.clone(),
                    text: asked.text.clone(),
                    confidence: asked.confidence,
                    kind: asked.kind.word(),
                    coverage: row.coverage.word(),
                    state: row.coverage.title(),
                    places: places(&row.coverage).iter().map(|place| site.absolute(&place.url)).collect(),
                    gaps,
                    reason: match &row.coverage {
                        Coverage::NotApplicable(reason, _) => Some(reason.clone()),
                        _ => None,
                    },
                })
            })
            .collect(),
        problems: coverage
            .charges
            .iter()
            .map(|charge| AuditProblem { code: charge.code, what: charge.what.clone(), path: charge.span.path.to_string() })
            .collect(),
        home: site.draft_of(&item.topic, coverage.home.path.as_str()).unwrap_or(&coverage.home.path).to_string(),
        is_unsure: coverage.is_unsure && coverage.status() != Status::Complete,
        is_verified: coverage.charges.is_empty()
            && coverage
                .requirements
                .iter()
                .all(|row| matches!(row.coverage, Coverage::Verified(_) | Coverage::NotApplicable(..))),
    }
}

/// The documents that a page shows.
pub(super) fn documents<'a>(site: &'a Site, page: &str) -> Vec<&'a Document> {
    match site.pages.get(&UrlPath::at(page)) {
        Some(
            Page::Results(at)
            | Page::Measure(at)
            | Page::Survey(at)
            | Page::Poster(at)
            | Page::Disclosure(at)
            | Page::News(at)
            | Page::Free(at),
        ) => vec![&site.documents[*at]],
        Some(Page::NewsList) => site.posts().map(|(document, _)| document).collect(),
        Some(Page::NewsYear(year, number)) => site.posts_of(*year, *number).map(|(document, _)| document).collect(),
        Some(_) => {
            // Documents of the others have pages to themselves.
            let is_shared = |name: &&str| !matches!(*name, "news" | "disclosures" | "pages" | "results");
            let mut folders: Vec<&str> = FOLDERS.iter().map(|folder| folder.name).filter(is_shared).collect();
            folders.sort_unstable();
            let documents = folders.into_iter().flat_map(|folder| site.in_folder(folder)).map(|(_, document)| document);
            documents.filter(|document| document.content.is_ok() && url::of_document(document).0.as_str() == page).collect()
        }
        // A file: the documents that name it.
        None => {
            let Some(path) = site.files.values().find(|path| url::link_to_asset(path) == page) else { return Vec::new() };
            let is_it = |name: &str| name.contains(path.name());
            let names = |document: &Document, name: &str| is_it(name) && url::asset(document, name).as_ref() == Some(path);
            site.documents().filter(|document| document.files.iter().any(|file| names(document, &file.value))).collect()
        }
    }
}

/// A day in words for people.
pub fn day(iso: &str, lang: Lang) -> String {
    let Ok(day) = iso.parse() else { return iso.to_owned() };
    if lang == Lang::Th { date::long_th(day) } else { date::long_en(day) }
}
