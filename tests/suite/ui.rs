//! The exact words: each `tests/ui/*.txt` holds a fixture and, after `== th ==`, `== en ==` and `== json ==`, what is reported.

use std::fs;

use prongsai::diagnostic::Lang;

use crate::support::{expect_file, report, report_json, root, sources};

#[test]
fn reports_read_as_expected() {
    let mut n_files = 0;
    for entry in fs::read_dir(root().join("tests/ui")).expect("the folder of reports").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a text").replace("\r\n", "\n");
        let fixture = text.split("== th ==\n").next().unwrap_or_default();
        let sources = sources(fixture);
        let build = prongsai::build(&sources);
        let th = report(&sources, &build.diagnostics, Lang::Th);
        let en = report(&sources, &build.diagnostics, Lang::En);
        let json = report_json(&sources, &build.diagnostics);
        expect_file(&entry.path(), &format!("{fixture}== th ==\n{th}== en ==\n{en}== json ==\n{json}"));
        n_files += 1;
    }
    assert!(n_files > 0, "tests/ui has fixtures");
}
