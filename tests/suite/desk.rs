//! The first hour: `init`, `new`, drafts, what is next, `undo`, `doctor`.

use std::fs;

use prongsai::catalog::built_in;
use prongsai::config::AgencyKind;
use prongsai::desk::blank::slug_of;
use prongsai::desk::next;
use prongsai::desk::start::{Answers, files};
use prongsai::diagnostic::{Diagnostics, Lang, Severity};
use prongsai::source::{SourcePath, Sources};
use prongsai::thai::date;

use crate::support::{codes, prongsai, report, sources, stdout};

fn begun(year: i64, kind: AgencyKind) -> Vec<(SourcePath, Vec<u8>)> {
    let answers = Answers {
        name: "เทศบาลตำบล \"ตัวอย่าง\" \\ ๑".to_owned(),
        name_en: "Example".to_owned(),
        kind,
        base_url: "https://www.example.go.th/".to_owned(),
        fiscal_year: year.try_into().expect("a year"),
    };
    let catalog = built_in().of(answers.fiscal_year).expect("a form");
    files(&answers, catalog, date::parse("20 เมษายน 2566").expect("a day"))
}

fn as_sources(files: &[(SourcePath, Vec<u8>)], edit: impl Fn(&str) -> String) -> Sources {
    let mut sources = Sources::default();
    for (path, bytes) in files.iter().filter(|(path, _)| path.is_under("content")) {
        sources.insert_bytes(path.clone(), edit(&String::from_utf8_lossy(bytes)).as_bytes());
    }
    sources
}

#[test]
fn a_new_site_has_the_whole_checklist_and_no_errors() {
    for year in built_in().years() {
        for kind in [AgencyKind::TownMunicipality, AgencyKind::University] {
            let files = begun(i64::from(year.number()), kind);
            let all = as_sources(&files, str::to_owned);
            let build = prongsai::build(&all);
            assert!(!build.diagnostics.has_errors(), "{year}: {}", report(&all, &build.diagnostics, Lang::En));
            let n_content = files.iter().filter(|(path, _)| path.is_under("content")).count();
            assert_eq!(build.site.drafts.len() + 1, n_content, "all but the settings are drafts");
            let steps = next::steps(&build.site);
            let n_items = built_in().of(year).expect("a form").items.len();
            assert_eq!(steps.len(), n_items);
            let lost: Vec<String> = steps
                .iter()
                .filter(|step| !step.is_draft && !step.path.ends_with("site.toml"))
                .map(|step| format!("{} {}", step.item, step.path))
                .collect();
            assert!(lost.is_empty(), "{year}: no draft for {lost:?}");
            // Taken out of the drawer they lack what is to be filled in, and nothing else.
            let opened = as_sources(&files, |text| text.replace("draft = true\n", ""));
            let mut found = Diagnostics::default();
            prongsai::analyse(&opened, &mut found);
            let others: Vec<_> =
                found.iter().filter(|found| found.severity == Severity::Error && found.rule.code != "P102").collect();
            assert!(
                others.is_empty(),
                "{year}: {:?}",
                others.iter().map(|found| (&found.message.en, &found.span)).collect::<Vec<_>>()
            );
        }
    }
}

#[test]
fn what_gives_most_for_least_comes_first() {
    let files = begun(2566, AgencyKind::TownMunicipality);
    let site = prongsai::analyse(&as_sources(&files, str::to_owned), &mut Diagnostics::default());
    let steps = next::steps(&site);
    let worth: Vec<f64> = steps.iter().map(|step| step.points / f64::from(u32::try_from(step.effort).expect("few"))).collect();
    assert!(worth.windows(2).all(|pair| pair[0] >= pair[1]), "{worth:?}");
    let all: f64 = steps.iter().map(|step| step.points).sum();
    assert!((all - 100.0).abs() < 1e-9, "all items are the whole: {all}");
}

#[test]
fn a_draft_is_seen_by_nobody_and_only_its_syntax_counts() {
    let draft = "-- content/news/a.md --\n+++\ndraft = true\ntitle = \"\"\nphoto = 3\n+++\n[ลิงก์](nowhere.pdf) <script>x</script>\n\n-- content/news/a.en.md --\n+++\ntitle = \"A\"\n+++\n\n-- content/news/b.md --\n+++\ntitle = \"ข\"\ndate = \"20 เมษายน 2566\"\ndraft = false\n+++\n";
    let build = prongsai::build(&sources(draft));
    assert_eq!(codes(&build.diagnostics), [] as [&str; 0]);
    assert_eq!(build.site.drafts, [SourcePath::new("content/news/a.md")]);
    assert!(build.output.files.contains_key("news/b/index.html") && !build.output.files.contains_key("news/a/index.html"));
    let broken = prongsai::build(&sources(&draft.replace("title = \"\"", "title = \"")));
    assert!(codes(&broken.diagnostics).contains(&"P101"), "what cannot be read may hide anything");
    let typed = prongsai::build(&sources(&draft.replace("draft = false", "draft = \"maybe\"")));
    assert_eq!(codes(&typed.diagnostics), ["P104"]);
}

#[test]
fn names_of_files_are_made_of_titles_between_words() {
    for (title, slug) in
        [("Flood drill, 2023!", "flood-drill-2023"), ("  ซ้อมแผน รับน้ำท่วม ", "ซ้อมแผน-รับน้ำท่วม"), ("ก ฯลฯ", "ก-ฯลฯ"), ("???", "")]
    {
        assert_eq!(slug_of(title), slug, "{title}");
    }
    let long = slug_of("การประชุมเชิงปฏิบัติการเพื่อส่งเสริมคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ");
    assert!(long.len() <= 72 && long.starts_with("การประชุม"), "{long}");
    let fixture = format!("-- content/pages/{long}.md --\n+++\ntitle = \"ก\"\n+++\n");
    assert_eq!(codes(&prongsai::build(&sources(&fixture)).diagnostics), [] as [&str; 0]);
}

#[test]
fn a_site_is_begun_filled_and_taken_back_by_commands() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        let output = prongsai(folder.path(), arguments);
        (output.status.code(), stdout(&output), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let begin = ["init", "--name", "เทศบาลเมืองตัวอย่าง", "--name-en", "Example", "--kind", "town-municipality", "--year", "๒๕๖๖"];
    let (code, _, said) = run(&["init"]);
    assert!(code == Some(2) && said.contains("--name"), "{said}");
    assert_eq!(run(&[&begin[..], &["--url", "ftp://x"]].concat()).0, Some(2));
    let (code, _, said) = run(&["init", "--kind", "อำเภอ", "--lang", "th"]);
    assert!(code == Some(2) && said.contains("subdistrict-organisation"), "{said}");
    assert_eq!(run(&begin).0, Some(0));
    assert!(run(&begin).2.contains("already"), "a site is not begun over another");
    let (code, said, _) = run(&["check"]);
    assert!(code == Some(0) && said.contains("What is next") && said.contains("points of OIT"), "{said}");
    for (arguments, path) in [
        (vec!["executive", "นางสมมุติ ตัวอย่าง"], "content/executives/03-executive.md"),
        (vec!["executive", "นายสมมุติ อีกคน", "--slug", "deputy"], "content/executives/04-deputy.md"),
        // The number is no part of the address.
        (vec!["executive", "นางสมมุติ คนที่สาม"], "content/executives/05-executive-2.md"),
        (vec!["executive", "นายสมมุติ คนที่สี่", "--set", "position= "], "content/executives/06-executive-3.md"),
        (vec!["measure", "มาตรการ ก"], "content/measures/2566/2-มาตรการ-ก.md"),
        (vec!["news", "ซ้อมแผน", "--today", "2023-04-20"], "content/news/2023-04-20-ซ้อมแผน.md"),
        (vec!["news", "ซ้อมแผน", "--today", "2023-04-20"], "content/news/2023-04-20-ซ้อมแผน-2.md"),
        (
            vec!["progress", "--year", "2566-H2", "--set", "measure=2", "--set", "step=1"],
            "content/progress/2566-h2/measure-2-1.md",
        ),
        (vec!["page", "เกี่ยวกับเรา", "--slug", "about"], "content/pages/about.md"),
        (vec!["channel", "สายด่วน", "--set", "kind=complaint"], "content/channels/complaint.md"),
        (vec!["survey", "--year", "2567"], "content/surveys/eit-2567.toml"),
        (vec!["results", "2564"], "content/results/2564.toml"),
        (vec!["analysis", "--year", "2565"], "content/analysis/2565.md"),
    ] {
        let (code, said, _) = run(&[&["new"][..], &arguments].concat());
        assert!(code == Some(0) && said.contains(path), "{arguments:?}: {said}");
        assert!(folder.path().join(path).is_file(), "{path}");
    }
    let (code, said, _) = run(&["check"]);
    assert_eq!(code, Some(0), "{said}");
    for (arguments, words) in [
        (["executve", "ก"], "executive"),
        (["disclosure", "O2"], "executives/"),
        (["disclosure", "O99"], "no item"),
        (["results", "ผล"], "no year of the Buddhist Era"),
        (["disclosure", "operating-plam"], "operating-plan"),
    ] {
        let (code, _, said) = run(&["new", arguments[0], arguments[1]]);
        assert!(code == Some(2) && said.contains(words), "{arguments:?}: {said}");
    }
    let (code, _, said) = run(&["new", "disclosure", "๐11"]);
    assert!(code == Some(1) && said.contains("there already"), "{said}");
    let news = folder.path().join("content/analysis/2565.md");
    fs::write(&news, "changed by hand").expect("written");
    assert_eq!(run(&["undo"]).0, Some(1), "somebody's work is not lost");
    fs::remove_file(&news).expect("removed");
    let mut n = 0;
    let (_, said, _) = run(&["undo", "--format", "json"]);
    assert!(said.contains("\"undone\":{") && said.contains("\"files\":[\"content/"), "{said}");
    while run(&["undo"]).1.contains("taken back") {
        n += 1;
    }
    assert_eq!(n, 13, "twelve files and the site");
    assert_eq!(run(&["undo", "--format", "json"]).1, "{\"undone\":null}\n");
    assert!(!folder.path().join("content").exists() && !folder.path().join("schemas").exists(), "as it was");
}

#[test]
fn the_doctor_says_what_to_do() {
    let folder = crate::support::folder("");
    let said = stdout(&prongsai(folder.path(), &["doctor", "--today", "2024-10-05"]));
    assert!(said.contains("prongsai year 2568") && said.contains("example.go.th") && said.contains("prongsai build"), "{said}");
    assert_eq!(prongsai(folder.path(), &["doctor"]).status.code(), Some(0));
    fs::write(folder.path().join("content/site.toml"), "base_url = 3\n").expect("broken");
    let broken = prongsai(folder.path(), &["doctor", "--format", "json"]);
    assert_eq!(broken.status.code(), Some(1));
    let said = stdout(&broken);
    assert!(said.contains("\"state\":\"bad\"") && !said.contains("stand-in"), "nothing is known of such settings: {said}");
}

#[test]
fn shells_and_man_know_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = |arguments: &[&str]| stdout(&prongsai(folder.path(), arguments));
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = out(&["completions", shell]);
        assert!(["init", "serve", "doctor"].iter().all(|command| script.contains(command)), "{shell}");
    }
    assert!(out(&["man"]).starts_with(".ie") || out(&["man"]).contains(".TH prongsai"));
    assert_eq!(prongsai(folder.path(), &["man", "-o", "."]).status.code(), Some(0));
    assert!(fs::read_to_string(folder.path().join("prongsai-serve.1")).expect("a page").contains("127.0.0.1"));
}
