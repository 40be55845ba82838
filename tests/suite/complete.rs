//! A fictional agency whose form is met, item by item, in three fiscal years: nothing may be reported of it.

use prongsai::Build;
use prongsai::diagnostic::Lang;
use prongsai::site::coverage::Status;
use prongsai::site::url::Page;
use prongsai::source::{SourcePath, Sources};

use crate::support::{codes, report, root, unset};

/// The sources of the site in a fiscal year, with the forms of the years before.
pub(crate) fn sources(year: u16) -> Sources {
    let past: Vec<u16> = (2566..year).collect();
    with_years(&format!("fiscal_year = {year}\npast_years = {past:?}"))
}

fn with_years(years: &str) -> Sources {
    let mut sources = prongsai::source::discover(&root().join("tests/sites/complete")).expect("the complete site");
    let path = SourcePath::new("content/site.toml");
    let settings = sources.text(&path).expect("the settings").replace("fiscal_year = 2566", years);
    sources.insert_bytes(path, settings.as_bytes());
    sources
}

/// Numbers of the items that are not complete.
pub(crate) fn failing(build: &Build) -> Vec<u16> {
    let failing = build.site.audit.iter().filter(|coverage| coverage.status() != Status::Complete);
    failing.map(|coverage| coverage.item.number).collect()
}

#[test]
fn three_years_pass_with_nothing_to_report() {
    for (year, n_items) in [(2566, 43), (2567, 35), (2568, 28)] {
        let sources = sources(year);
        let build = prongsai::build(&sources);
        assert_eq!(report(&sources, &build.diagnostics, Lang::En), "", "{year}");
        assert_eq!(build.site.audit.len(), n_items, "{year}");
        assert!(failing(&build).is_empty(), "{year}");
    }
}

#[test]
fn a_year_changed_by_hand_is_named_and_strands_no_page() {
    let sources = with_years("fiscal_year = 2568");
    let build = prongsai::build(&sources);
    let found = report(&sources, &build.diagnostics, Lang::En);
    assert_eq!(codes(&build.diagnostics), ["P708"], "{found}");
    assert!(found.contains("past_years = [2566, 2567]"), "{found}");
    let forms = build.output.text("oit/index.html").expect("a page");
    for (url, page) in &build.site.pages {
        let is_old = url.as_str().starts_with("/2566/") || url.as_str().starts_with("/2567/");
        if is_old && matches!(page, Page::Disclosure(_) | Page::Measures(_) | Page::Progress(_) | Page::Results(_)) {
            assert!(forms.contains(&format!("href=\"{url}\"")), "nothing leads to {url}");
        }
    }
}

#[test]
fn links_of_an_item_are_told_apart_and_lead_to_the_page_of_a_file() {
    let build = prongsai::build(&sources(2566));
    for path in build.output.files.keys().filter(|path| path.starts_with("oit/2566/o") && path.ends_with("/index.html")) {
        let html = unset(build.output.text(path).expect("a page"));
        for list in html.split("<ul class=\"link-list\">").skip(1) {
            let links = list.split("</ul>").next().unwrap_or_default().split("<a class=\"link-list__link\" href=\"").skip(1);
            let links: Vec<_> = links.filter_map(|link| link.split("</a>").next()?.split_once("\">")).collect();
            for (url, text) in &links {
                assert!(links.iter().all(|(other, same)| text != same || url == other), "{path}: {text} leads to several places");
            }
        }
    }
    let chart = build.output.text("oit/2566/o1/index.html").expect("the page of O1");
    assert!(chart.contains("href=\"/2566/organisation-structure/\""), "the file stands on a page");
    let page = build.output.text("2566/organisation-structure/index.html").expect("that page");
    assert!(page.contains("href=\"/oit/2566/o1/\""), "the page knows what it answers");
    let progress = build.answers.iter().find(|answer| answer.item.number == 43).expect("O43");
    for measure in ["“มาตรการที่ 1 ", "“มาตรการที่ 2 ", "“มาตรการที่ 3 "]
    {
        assert!(progress.explanation.contains(measure), "{}", progress.explanation);
    }
}
