//! Any text as a form of the site's own.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prongsai::catalog::Catalogs;
use prongsai::diagnostic::{Diagnostics, Lang, human};
use prongsai::source::{SourcePath, Sources};

fuzz_target!(|text: &[u8]| {
    let mut sources = Sources::default();
    sources.insert_bytes(SourcePath::new("content/catalog/fy2566.toml"), text);
    let mut diagnostics = Diagnostics::default();
    let catalogs = Catalogs::load(&sources, &mut diagnostics);
    for year in catalogs.years() {
        assert!(catalogs.of(year).is_some());
    }
    for diagnostic in diagnostics.iter().take(3) {
        let _ = human::render(diagnostic, &sources, Lang::En, false);
    }
});
