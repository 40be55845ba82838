//! A fictional agency whose form is met, item by item, in three fiscal years: nothing may be reported of it.

use prongsai::Build;
use prongsai::diagnostic::Lang;
use prongsai::render::File;
use prongsai::site::coverage::Status;
use prongsai::site::url::Page;
use prongsai::source::{SourcePath, Sources};

use crate::support::{codes, report, root};

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
    let Some(File::Bytes(forms)) = build.output.files.get("oit/index.html") else { panic!("a page") };
    let forms = String::from_utf8_lossy(forms);
    for (url, page) in &build.site.pages {
        let is_old = url.as_str().starts_with("/2566/") || url.as_str().starts_with("/2567/");
        if is_old && matches!(page, Page::Disclosure(_) | Page::Measures(_) | Page::Progress(_) | Page::Results(_)) {
            assert!(forms.contains(&format!("href=\"{url}\"")), "nothing leads to {url}");
        }
    }
}
