//! Any bytes as a document of any folder, or as the settings: parsing never fails, places lie in the file, reports can be shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prongsai::diagnostic::{Diagnostics, Lang, human};
use prongsai::source::{SourcePath, Sources};

const PLACES: [&str; 12] = [
    "content/news/2023-04-20-a.md",
    "content/executives/01-a.md",
    "content/measures/2566/1-a.md",
    "content/progress/2566-h1/1-a.md",
    "content/analysis/2566.md",
    "content/channels/a.md",
    "content/disclosures/2566/operating-plan.md",
    "content/pages/a.md",
    "content/results/2565.toml",
    "content/surveys/eit-2566.toml",
    "content/submissions/2566.toml",
    "content/site.toml",
];

fuzz_target!(|input: &[u8]| {
    let Some((&place, text)) = input.split_first() else { return };
    let mut sources = Sources::default();
    sources.insert_bytes(SourcePath::new(PLACES[usize::from(place) % PLACES.len()]), text);
    let mut diagnostics = Diagnostics::default();
    let _ = prongsai::config::read(&sources, &prongsai::rules(), &mut diagnostics);
    let _ = prongsai::parse::parse(&sources, &mut diagnostics);
    for diagnostic in &diagnostics {
        if let (Some((start, end)), Some(text)) = (diagnostic.span.bytes, sources.text(&diagnostic.span.path)) {
            assert!(start <= end && end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end));
        }
    }
    for diagnostic in diagnostics.iter().take(3) {
        let _ = human::render(diagnostic, &sources, Lang::Th, false);
    }
});
