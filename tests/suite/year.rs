//! The next fiscal year: nothing of the old one is lost, nothing is overwritten, what is drafted is what the form asks.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use prongsai::Build;
use prongsai::diagnostic::{Lang, Severity};
use prongsai::site::coverage::Status;

use crate::support::{codes, prongsai, report, root, stderr, stdout};

/// A copy of a site's `content/`, without the files that are left out.
fn copy(site: &str, is_left_out: impl Fn(&str) -> bool) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let from = root().join(site);
    for entry in walkdir::WalkDir::new(from.join("content")).into_iter().flatten().filter(|entry| entry.path().is_file()) {
        let place = entry.path().strip_prefix(&from).expect("inside");
        if !is_left_out(&place.to_string_lossy()) {
            let to = folder.path().join(place);
            fs::create_dir_all(to.parent().expect("a folder")).expect("made");
            fs::copy(entry.path(), to).expect("copied");
        }
    }
    folder
}

/// The complete site as it was in its first year.
fn first_year() -> tempfile::TempDir {
    copy("tests/sites/complete", |path| {
        let later = ["/2567", "/2568", "eit-2567", "eit-2568", "results/2566", "results/2567"];
        later.iter().any(|part| path.contains(part))
    })
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let content = folder.join("content");
    let entries = walkdir::WalkDir::new(&content).into_iter().flatten().filter(|entry| entry.path().is_file());
    entries
        .map(|entry| {
            let place = entry.path().strip_prefix(&content).expect("inside").to_string_lossy().into_owned();
            (place, fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

fn build(folder: &Path) -> (prongsai::source::Sources, Build) {
    let sources = prongsai::source::discover(folder).expect("a site");
    let build = prongsai::build(&sources);
    assert_eq!(build.diagnostics.count(Severity::Error), 0, "{}", report(&sources, &build.diagnostics, Lang::En));
    (sources, build)
}

/// Addresses that somebody may have noted: pages and files, not the names of stylesheets, which have checksums in them.
fn addresses(build: &Build) -> Vec<&String> {
    build.output.files.keys().filter(|path| !path.starts_with("assets/")).collect()
}

fn start(folder: &Path, year: u16) -> String {
    let output = prongsai(folder, &["year", &year.to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn three_years_after_each_other_keep_every_address_and_file_and_can_be_taken_back() {
    for site in [copy("", |_| false), first_year(), copy("tests/sites/complete", |_| false)] {
        let folder = site.path();
        let mut states = vec![files(folder)];
        let (_, first) = build(folder);
        let mut before: Vec<String> = addresses(&first).into_iter().cloned().collect();
        for year in [2567, 2568, 2569] {
            start(folder, year);
            let now = files(folder);
            for (path, bytes) in states.last().expect("a state").iter().filter(|(path, _)| *path != "site.toml") {
                assert!(now.get(path) == Some(bytes), "{year}: {path} is as it was");
            }
            let (_, built) = build(folder);
            assert_eq!(built.site.fiscal_year().number(), year);
            let lost: Vec<_> = before.iter().filter(|path| !built.output.files.contains_key(*path)).collect();
            assert!(lost.is_empty(), "{year}: {lost:?}");
            before = addresses(&built).into_iter().cloned().collect();
            states.push(now);
        }
        assert!(before.contains(&"oit/2566/o42/index.html".to_owned()) && before.contains(&"oit/2567/answers.xlsx".to_owned()));
        while states.len() > 1 {
            states.pop();
            assert_eq!(prongsai::publish::edits::undo(folder).expect("the disk works").map(|undone| undone.is_ok()), Some(true));
            assert!(files(folder) == *states.last().expect("a state"), "byte for byte");
        }
    }
}

#[test]
fn settings_keep_their_comments() {
    let site = copy("", |_| false);
    let before = String::from_utf8(files(site.path())["site.toml"].clone()).expect("UTF-8");
    start(site.path(), 2567);
    let after = String::from_utf8(files(site.path())["site.toml"].clone()).expect("UTF-8");
    let missing: Vec<_> = before.lines().filter(|line| !after.contains(line)).collect();
    assert_eq!(missing, ["fiscal_year = 2566"]);
    let added: Vec<_> = after.lines().filter(|line| !line.is_empty() && !before.contains(line)).collect();
    assert_eq!(added, ["fiscal_year = 2567", "past_years = [2566]"]);
}

#[test]
fn what_is_valid_is_carried_over_and_answers() {
    let site = first_year();
    let said = start(site.path(), 2567);
    let carried: Vec<&str> =
        said.lines().skip_while(|line| !line.starts_with("Carried over")).skip(1).take_while(|line| !line.is_empty()).collect();
    let (sources, built) = build(site.path());
    let status = |number: u16| built.site.audit.iter().find(|found| found.item.number == number).expect("an item").status();
    assert!(carried.len() >= 5, "{said}");
    for line in &carried {
        let number = line.trim().trim_start_matches('O').split(' ').next().and_then(|code| code.parse().ok()).expect("a code");
        assert_eq!(status(number), Status::Complete, "{line}\n{}", report(&sources, &built.diagnostics, Lang::En));
    }
    for path in ["organisation-structure.md", "development-plan.md", "powers-and-duties.md"] {
        let text = &files(site.path())[&format!("disclosures/2567/{path}")];
        assert!(!String::from_utf8_lossy(text).contains("draft = true"), "{path}");
    }
    // Of the year and over: a plan of the year, reports of it, months.
    for path in ["hr-policy.md", "annual-report.md", "no-gift-policy.md", "corruption-risk.md", "anti-corruption-plan.md"] {
        let text = String::from_utf8(files(site.path())[&format!("disclosures/2567/{path}")].clone()).expect("UTF-8");
        assert!(
            text.contains("\ndraft = true\n") && !text.contains("\n[[attachment]]") && !text.contains("\nperiod"),
            "{path}\n{text}"
        );
    }
    // What goes by no year and lacks only what is new in the form is kept whole, as a draft.
    let manual = String::from_utf8(files(site.path())["disclosures/2567/work-manual.md"].clone()).expect("UTF-8");
    assert!(manual.contains("\n# ยังขาด: O10.3\ndraft = true\n") && manual.contains("\n[[manual]]\n"), "{manual}");
    let structure = String::from_utf8(files(site.path())["disclosures/2567/organisation-structure.md"].clone()).expect("UTF-8");
    assert!(
        structure.contains("file = \"../2566/chart-2566.pdf\"") && structure.contains("requirement = \"O1.3\""),
        "{structure}"
    );
    assert_eq!(status(7), Status::Complete, "O4 of 2566 is O7 of 2567");
}

#[test]
fn what_is_drafted_lacks_only_what_has_to_be_written() {
    for year in [2567, 2568, 2569] {
        let site = first_year();
        let before = files(site.path());
        start(site.path(), year);
        let mut n_drafts = 0;
        for (path, bytes) in files(site.path()) {
            let text = String::from_utf8_lossy(&bytes);
            if !before.contains_key(&path) && text.contains("\ndraft = true\n") {
                fs::write(site.path().join("content").join(&path), text.replace("\ndraft = true\n", "\n")).expect("written");
                n_drafts += 1;
            }
        }
        assert!(n_drafts >= 10, "{year}: {n_drafts}");
        let sources = prongsai::source::discover(site.path()).expect("a site");
        let build = prongsai::build(&sources);
        let whole = report(&sources, &build.diagnostics, Lang::En);
        assert!(build.site.drafts.is_empty(), "{year}");
        // Empty fields, requirements without an answer, the link of a procedure that is not written yet.
        for code in codes(&build.diagnostics) {
            assert!(["P102", "P301", "P302", "P906"].contains(&code), "{year} {code}\n{whole}");
        }
    }
}

#[test]
fn it_says_what_is_new_moved_and_gone_in_both_languages_and_as_json() {
    let site = first_year();
    let before = files(site.path());
    let said = stdout(&prongsai(site.path(), &["year", "๒๕๖๗", "--dry-run", "--lang", "th"]));
    for words in ["ใหม่  O14 ", "ย้าย  O11 → O8 ", "ถามช่วงเวลาต่างจากเดิม", "ตัดออก O6 กฎหมาย", "ยังไม่ได้เขียน"]
    {
        assert!(said.contains(words), "{words}\n{said}");
    }
    let output = prongsai(site.path(), &["year", "2567", "--dry-run", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["new"], serde_json::json!(["O14", "O16", "O29"]));
    assert_eq!((json["from"].as_u64(), json["to"].as_u64(), json["dry_run"].as_bool()), (Some(2566), Some(2567), Some(true)));
    let moved = json["form"].as_array().expect("items").iter().find(|item| item["topic"] == "operating-plan").expect("an item");
    assert_eq!((&moved["before"], &moved["item"]), (&"O11".into(), &"O8".into()));
    assert!(json["gone"].as_array().is_some_and(|gone| gone.iter().any(|item| item["topic"] == "laws")));
    assert!(json["items"].as_array().is_some_and(|items| items.len() == 35));
    assert!(before == files(site.path()), "nothing was written");
}

#[test]
fn what_is_there_is_kept_and_said() {
    let site = copy("tests/sites/complete", |_| false);
    let said = start(site.path(), 2567);
    assert!(!said.contains("To be renewed") && !said.contains("Carried over"), "{said}");
    assert!(
        said.contains("There already")
            && said.contains("disclosures/2567/hr-policy.md")
            && said.contains("surveys/eit-2567.toml")
    );
    let (_, built) = build(site.path());
    assert!(built.site.audit.iter().all(|found| found.status() == Status::Complete));
    assert_eq!(codes(&built.diagnostics), Vec::<&str>::new());
    assert_eq!(built.site.past.len(), 1);
    assert!(built.site.past[0].1.iter().filter(|found| found.status() == Status::Complete).count() > 40, "2566 as it was");
}

#[test]
fn it_refuses_in_words() {
    let site = first_year();
    let before = files(site.path());
    for (year, code, words) in [
        ("2024", 2, "run prongsai year 2567"),
        ("next", 2, "`next` is not a year"),
        ("2566", 1, "of fiscal year 2566 already"),
        ("2565", 1, "does not go back to 2565"),
        ("2580", 1, "known are 2564, 2565, 2566, 2567, 2568, 2569"),
    ] {
        let output = prongsai(site.path(), &["year", year]);
        assert_eq!(output.status.code(), Some(code), "{year}");
        assert!(stderr(&output).contains(words), "{year}: {}", stderr(&output));
    }
    fs::write(site.path().join("content/site.toml"), "fiscal_year = ").expect("written");
    let output = prongsai(site.path(), &["year", "2567"]);
    assert!(output.status.code() == Some(1) && stderr(&output).contains("mend it first"), "{}", stderr(&output));
    assert_eq!(files(site.path()).len(), before.len());
}
