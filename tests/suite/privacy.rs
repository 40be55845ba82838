//! What points at a person: found in texts at its place, never printed, allowed with a reason only; no false alarm on the complete sites.

use prongsai::diagnostic::{Diagnostics, Lang, Severity};

use crate::support::{codes, folder, prongsai, report, report_json, root, sources, stderr, stdout};

const NEWS: &str = "-- content/news/a.md --\n+++\ntitle = \"ก\"\ndate = \"20 เมษายน 2566\"\n+++\n\n";

const SETTINGS: &str = r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"
"#;

/// The rules of this chapter.
const RULES: [&str; 10] = ["P707", "P907", "P908", "P909", "P910", "P911", "P912", "P913", "P914", "P915"];

fn found(fixture: &str) -> Diagnostics {
    prongsai::build(&sources(fixture)).diagnostics
}

#[track_caller]
fn expect(fixture: &str, expected: &[&str]) {
    assert_eq!(codes(&found(fixture)), expected, "{fixture}");
}

/// What a reader must not learn from a report: the middle of every value of these tests.
const SECRETS: [&str; 6] = ["67890", "๖๗๘๙๐", "234-5678", "somchai", "12/3", "สมชาย"];

#[test]
fn a_report_shows_the_place_and_not_the_person() {
    let text = "# ก\n\nเลข 1-2345-67890-12-1 และ ๑๒๓๔๕๖๗๘๙๐๑๒๑ โทร 081-234-5678 อีเมล somchai@gmail.com\nเลขที่บัญชี 123-4-67890-0 ธนาคารกรุงไทย\n\nผู้ร้องเรียน นายสมชาย ใจดี\n\nนางสมหญิง ใจดี อยู่บ้านเลขที่ 12/3 หมู่ 4\n";
    let sources = sources(&format!("{NEWS}{text}"));
    let diagnostics = prongsai::build(&sources).diagnostics;
    let places: Vec<_> = diagnostics
        .iter()
        .map(|problem| {
            let (start, end) = problem.span.bytes.expect("a place");
            (problem.rule.code, &sources.text(&problem.span.path).expect("a text")[start..end])
        })
        .collect();
    for expected in [
        ("P907", "1-2345-67890-12-1"),
        ("P907", "๑๒๓๔๕๖๗๘๙๐๑๒๑"),
        ("P908", "081-234-5678"),
        ("P909", "somchai@gmail.com"),
        ("P910", "123-4-67890-0"),
        ("P912", "นายสมชาย ใจดี"),
        ("P911", "บ้านเลขที่ 12/3 หมู่ 4"),
    ] {
        assert!(places.contains(&expected), "{expected:?} {places:?}");
    }
    assert_eq!(places.len(), 7, "{places:?}");
    for lang in [Lang::Th, Lang::En] {
        let shown = report(&sources, &diagnostics, lang) + &report_json(&sources, &diagnostics);
        for secret in SECRETS {
            assert!(!shown.contains(secret), "{secret}\n{shown}");
        }
        assert!(
            shown.contains("1-2xxx-xxxxx-xx-x") && shown.contains("081-xxx-xxxx") && shown.contains("sxxxx@gmail.com"),
            "{shown}"
        );
    }
}

/// Another rule shows the line, too.
#[test]
fn no_report_shows_the_number_of_a_card() {
    let sources = sources(
        "-- content/news/a.md --\n+++\ntitle = \"ก\" # 1-2345-67890-12-1\ndate = \"99 เมษายน 2566\" # 081-234-5678, 1234567890121\n+++\n",
    );
    let diagnostics = prongsai::build(&sources).diagnostics;
    assert_eq!(codes(&diagnostics), ["P106"], "what stands behind # is not published");
    let shown = report(&sources, &diagnostics, Lang::En);
    assert!(shown.contains("# 081-234-5678, xxxxxxxxxxxxx") && !shown.contains("67890"), "{shown}");
}

#[test]
fn a_build_with_the_number_of_a_card_publishes_nothing() {
    let folder = folder(&format!("{SETTINGS}{NEWS}เลข 1-2345-67890-12-1\n"));
    for arguments in [&["build"][..], &["check"], &["check", "--format", "json"]] {
        let output = prongsai(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let said = stdout(&output) + &stderr(&output);
        assert!(said.contains("P907") && said.contains("1-2xxx-xxxxx-xx-x") && !said.contains("67890"), "{arguments:?}: {said}");
    }
    assert!(!folder.path().join("public/index.html").exists());
}

#[test]
fn fields_are_texts_too() {
    let field = |line: &str| format!("-- content/news/a.md --\n+++\ndate = \"20 เมษายน 2566\"\n{line}\n+++\n");
    for (line, marked) in [
        ("title = \"บัตร 1-2345-67890-12-1\"", "1-2345-67890-12-1"),
        ("title = 'บัตร 1-2345-67890-12-1'", "1-2345-67890-12-1"),
        ("title = \"\"\"\nบัตร 1-2345-67890-12-1\"\"\"", "1-2345-67890-12-1"),
        ("title = \"\\u0E01 1-2345-67890-12-1\"", "\"\\u0E01 1-2345-67890-12-1\""),
        ("title = \"\\u0031-2345-67890-12-1\"", "1-2345-67890-12-1"),
    ] {
        let sources = sources(&field(line));
        let diagnostics = prongsai::build(&sources).diagnostics;
        let problem = diagnostics.iter().find(|problem| problem.rule.code == "P907").unwrap_or_else(|| panic!("{line}"));
        let (start, end) = problem.span.bytes.expect("a place");
        assert_eq!(&sources.text(&problem.span.path).expect("a text")[start..end], marked, "{line}");
        assert!(!report(&sources, &diagnostics, Lang::En).contains("67890"), "{line}");
    }
    expect(
        "-- content/pages/a.md --\n+++\ntitle = \"ก\"\n+++\n\nข\n-- content/pages/a.en.md --\n+++\ntitle = \"1-2345-67890-12-1\"\n+++\n\nB\n",
        &["P907"],
    );
    let english = "-- content/pages/a.md --\n+++\ntitle = \"ก\"\n+++\n\nข\n-- content/pages/a.en.md --\n+++\ntitle = \"A\"\n+++\n\nCall 081-234-5678.\n";
    expect(english, &["P908"]);
}

#[test]
fn what_a_field_makes_public_may_stand_anywhere() {
    let text = format!("{NEWS}โทร 081-234-5678 หรือ +66 81 234 5678 อีเมล Somchai@gmail.com\n");
    expect(&text, &["P908", "P909"]);
    let person = "-- content/executives/01-a.md --\n+++\nname = \"นายสมชาย ใจดี\"\nposition = \"ปลัด\"\ngroup = \"permanent\"\nphone = \"08 1234 5678\"\nemail = \"somchai@gmail.com\"\n+++\n";
    expect(&format!("{text}{person}"), &[]);
    let channel = "-- content/channels/c.md --\n+++\ntitle = \"ก\"\nkind = \"contact\"\nphone = \"08 1234 5678\"\nemail = \"somchai@gmail.com\"\npost = \"นายสมชาย ใจดี บ้านเลขที่ 12/3 หมู่ 4 ตำบลตัวอย่าง\"\n+++\n";
    expect(&format!("{text}{channel}"), &[]);
    let agency = format!("{SETTINGS}phone = \"08 1234 5678\"\nemail = \"somchai@gmail.com\"\n{text}");
    expect(&agency, &[]);
    let complaint = format!("{NEWS}ผู้ร้องเรียน นายสมชาย ใจดี\n");
    expect(&complaint, &["P912"]);
    expect(&format!("{complaint}{person}"), &[]);
}

#[test]
fn an_error_is_allowed_with_a_reason_and_not_silenced() {
    let text = format!("{NEWS}เลข 1-2345-67890-12-1\n");
    let settings = |more: &str| format!("{SETTINGS}\n{more}\n{text}");
    expect(&settings("[rules]\nnational-id = \"ignore\""), &["P705", "P907"]);
    expect(&settings("[[privacy]]\nallow = \"1234567890121\"\nreason = \"เลขสมมุติ\""), &[]);
    expect(&settings("[[privacy]]\nallow = 1234567890121\nreason = \"เลขสมมุติ\""), &[]);
    expect(&settings("[[privacy]]\nallow = \"๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑\"\nkind = \"national-id\"\nreason = \"เลขสมมุติ\""), &[]);
    expect(&settings("[[privacy]]\nfile = \"news/a.md\"\nreason = \"เลขสมมุติ\""), &[]);
    expect(&settings("[[privacy]]\nfile = \"content/news/a.md\"\nkind = \"national-id\"\nreason = \"เลขสมมุติ\""), &[]);
    expect(&settings("[[privacy]]\nfile = \"news/a.md\"\nallow = \"1-2345-67890-12-1\"\nreason = \"เลขสมมุติ\""), &[]);
    // Another file, kind or value; no reason; nothing allowed.
    expect(&settings("[[privacy]]\nfile = \"news/b.md\"\nreason = \"เลขสมมุติ\""), &["P707", "P907"]);
    expect(&settings("[[privacy]]\nfile = \"news/a.md\"\nkind = \"phone\"\nreason = \"เลขสมมุติ\""), &["P707", "P907"]);
    expect(&settings("[[privacy]]\nallow = \"2-3456-78901-23-4\"\nreason = \"เลขสมมุติ\""), &["P707", "P907"]);
    expect(&settings("[[privacy]]\nallow = \"1-2345-67890-12-1\""), &["P102", "P907"]);
    expect(&settings("[[privacy]]\nreason = \"เลขสมมุติ\""), &["P102", "P907"]);
    expect(&settings("[[privacy]]\nallow = \"1-2345-67890-12-1\"\nkind = \"id\"\nreason = \"เลขสมมุติ\""), &["P105", "P907"]);
}

#[test]
fn an_entry_that_is_not_used_does_not_print_its_value() {
    let sources = sources(&format!("{SETTINGS}\n[[privacy]]\nallow = \"081-234-5678\"\nreason = \"สายด่วน\"\n"));
    let diagnostics = prongsai::build(&sources).diagnostics;
    assert_eq!(codes(&diagnostics), ["P707"]);
    assert!(!report(&sources, &diagnostics, Lang::En).contains("5678"));
}

#[test]
fn the_rules_that_stop_publishing() {
    let errors: Vec<_> = prongsai::rules()
        .into_iter()
        .filter(|rule| RULES.contains(&rule.code) && rule.severity == Severity::Error)
        .map(|rule| rule.code)
        .collect();
    assert_eq!(errors, ["P907", "P912"]);
}

/// The measure of false alarms: whole sites with nothing to find.
#[test]
fn there_is_no_false_alarm_on_the_complete_sites() {
    for site in ["", "tests/sites/complete", "tests/sites/small"] {
        let sources = prongsai::source::discover(&root().join(site)).expect("a site folder");
        let mut diagnostics = Diagnostics::default();
        let site_of = prongsai::analyse(&sources, &mut diagnostics);
        assert!(site_of.documents.len() > 2, "{site}");
        let raised: Vec<_> = codes(&diagnostics).into_iter().filter(|code| RULES.contains(code)).collect();
        assert_eq!(raised, [] as [&str; 0], "{site}");
    }
}
