//! When a page was last updated, and which unit answers for it: from the documents it shows, never from the clock.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::audit;
use super::show::places;
use crate::parse::Document;
use crate::site::Site;
use crate::site::changed::last_change;
use crate::site::coverage::Evidence;
use crate::site::url::{Page, UrlPath};

/// The newest day of the documents that a page shows. A page that tells the state of the whole site is as new as its newest document.
pub(super) fn updated_of(site: &Site, url: &UrlPath) -> Option<Date> {
    let newest = |documents: Vec<&Document>| documents.into_iter().filter_map(last_change).max();
    match site.pages.get(url) {
        Some(Page::Home | Page::Forms | Page::Form(_) | Page::Answers(_) | Page::Data | Page::Search | Page::SiteIndex) => {
            site.newest
        }
        Some(Page::History) => site.history.pages().flat_map(|(_, edits)| edits).map(|edit| edit.date).max(),
        Some(Page::HistoryOf(page)) => site.history.of_page(page).last().map(|edit| edit.date),
        Some(Page::Item(year, code)) => {
            let coverage = site.audit_of(*year).iter().find(|coverage| coverage.item == *code);
            let places = coverage.iter().flat_map(|coverage| &coverage.requirements).flat_map(|row| places(&row.coverage));
            // Two hundred executives are places on one page.
            let pages: BTreeSet<&str> = places.map(Evidence::page).collect();
            let behind = pages.into_iter().flat_map(|page| audit::documents(site, page)).collect();
            // With nothing to show, it tells what the site as a whole lacks.
            newest(behind).or(site.newest)
        }
        Some(Page::Sealed) => newest(audit::documents(site, "/report-corruption/")),
        Some(Page::Measures(year)) => newest(of_year(site, *year, &["analysis", "measures"])),
        Some(Page::Progress(year)) => newest(of_year(site, *year, &["measures", "progress"])),
        Some(Page::Trace(year)) => newest(of_year(site, *year, &["analysis", "measures", "progress"])),
        Some(_) => newest(audit::documents(site, url.as_str())),
        None => None,
    }
}

fn of_year<'a>(site: &'a Site, year: crate::thai::FiscalYear, folders: &[&str]) -> Vec<&'a Document> {
    let documents = folders.iter().flat_map(|folder| site.in_folder(folder)).map(|(_, document)| document);
    documents.filter(|document| document.year == Some(year)).collect()
}
