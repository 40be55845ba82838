//! Parsing never fails: any text gives documents and diagnostics, and the same ones every time.

use proptest::prelude::*;

use prongsai::diagnostic::Lang;

use crate::support::{report, sources};

const DOCUMENTS: [&str; 4] =
    ["content/measures/2566/1-a.md", "content/executives/01-a.md", "content/results/2565.toml", "content/site.toml"];

const WHOLE: &str = include_str!("../../content/measures/2566/1-budget.md");

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_parsed(text in "(?s).{0,200}", at in 0..DOCUMENTS.len()) {
        let fixture = format!("-- {} --\n{text}", DOCUMENTS[at]);
        let sources = sources(&fixture);
        let first = report(&sources, &prongsai::build(&sources).diagnostics, Lang::Th);
        prop_assert_eq!(first, report(&sources, &prongsai::build(&sources).diagnostics, Lang::Th));
    }

    #[test]
    fn any_front_matter_is_parsed(text in "[a-z=\\[\\]\"'{}0-9ก-๛ \n.#+-]{0,200}") {
        let fixture = format!("-- content/measures/2566/1-a.md --\n+++\n{text}\n+++\n");
        let _ = prongsai::build(&sources(&fixture));
    }

    #[test]
    fn a_cut_file_is_parsed(cut in 0..WHOLE.len()) {
        let cut = WHOLE.floor_char_boundary(cut);
        let fixture = format!("-- content/measures/2566/1-a.md --\n{}", &WHOLE[..cut]);
        let _ = prongsai::build(&sources(&fixture));
    }

    #[test]
    fn a_span_lies_in_its_file(text in "[a-z=\\[\\]\"'0-9ก-๛ \n+]{0,120}") {
        let fixture = format!("-- content/news/a.md --\n+++\n{text}\n+++\n<b>{text}");
        let sources = sources(&fixture);
        for diagnostic in &prongsai::build(&sources).diagnostics {
            if let (Some((start, end)), Some(text)) = (diagnostic.span.bytes, sources.text(&diagnostic.span.path)) {
                prop_assert!(start <= end && end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end));
            }
        }
    }
}
