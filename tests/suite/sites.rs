//! Whole small sites: `tests/sites/<name>/content` in, `expected/` out. Compares the list of files, and `<main>` of every page.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use prongsai::diagnostic::Lang;
use prongsai::render::Output;

use crate::support::{expect_file, report, root};

/// Sites whose every page is compared.
const GOLDEN: [&str; 1] = ["small"];

#[test]
fn sites_are_built_as_expected() {
    for name in GOLDEN {
        let folder = root().join("tests/sites").join(name);
        let sources = prongsai::source::discover(&folder).expect("a site folder");
        let build = prongsai::build(&sources);
        expect_file(&folder.join("expected/report.txt"), &report(&sources, &build.diagnostics, Lang::En));
        compare(&folder.join("expected"), &build.output);
    }
}

fn compare(expected: &Path, output: &Output) {
    // The names of stylesheet and script have their checksums in them; a change of style is not a change of every site.
    let listed = |path: &str| match path {
        path if path.starts_with("assets/site-") => "assets/site.css".to_owned(),
        path if path.starts_with("assets/search-") => "assets/search.js".to_owned(),
        path => path.to_owned(),
    };
    let list: Vec<String> = output.files.keys().map(|path| listed(path)).collect();
    expect_file(&expected.join("files.txt"), &(list.join("\n") + "\n"));
    let mut made = BTreeSet::from([expected.join("files.txt"), expected.join("report.txt")]);
    for path in output.files.keys() {
        let Some(text) = output.text(path) else { continue };
        let body = match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("html") => main_of(text).unwrap_or(text),
            Some("xml" | "txt") => text,
            _ => continue,
        };
        let file = expected.join(path);
        expect_file(&file, &format!("{}\n", body.trim()));
        made.insert(file);
    }
    if std::env::var_os("UPDATE").is_some() {
        for file in files(expected).into_iter().filter(|file| !made.contains(file)) {
            fs::remove_file(file).expect("an expected file that is no longer made");
        }
    }
}

fn main_of(html: &str) -> Option<&str> {
    let start = html.find("<main")?;
    let end = html.find("</main>")?;
    html.get(start..end + "</main>".len())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
