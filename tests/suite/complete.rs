//! A fictional agency whose form is met, item by item, in three fiscal years: nothing may be reported of it.

use prongsai::Build;
use prongsai::diagnostic::Lang;
use prongsai::site::coverage::Status;
use prongsai::source::{SourcePath, Sources};

use crate::support::{report, root};

/// The sources of the site in a fiscal year.
pub(crate) fn sources(year: u16) -> Sources {
    let mut sources = prongsai::source::discover(&root().join("tests/sites/complete")).expect("the complete site");
    let path = SourcePath::new("content/site.toml");
    let settings = sources.text(&path).expect("the settings").replace("fiscal_year = 2566", &format!("fiscal_year = {year}"));
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
