//! Every rule: its bad example raises exactly it, its good one nothing; codes are unique and in their range.

use prongsai::diagnostic::{Lang, Severity};

use crate::support::{codes, report, sources};

/// What no content raises: links of other hosts (`net.rs` plays them), and a QR code that does not read back (`render/qr.rs`).
const WITHOUT_EXAMPLE: [&str; 3] = ["P215", "P216", "P602"];

#[test]
fn bad_examples_raise_exactly_their_rule() {
    for rule in prongsai::rules() {
        if rule.bad.is_empty() {
            assert!(WITHOUT_EXAMPLE.contains(&rule.code), "{}: only what no content can raise has no example", rule.code);
            continue;
        }
        let sources = sources(rule.bad);
        let sources = if rule.code == "P701" { prongsai::source::Sources::from_fixture(rule.bad) } else { sources };
        let build = prongsai::build(&sources);
        assert_eq!(codes(&build.diagnostics), [rule.code], "{}\n{}", rule.name, report(&sources, &build.diagnostics, Lang::En));
        let severity = build.diagnostics.iter().next().map(|diagnostic| diagnostic.severity);
        assert_eq!(severity, Some(rule.severity), "{}", rule.name);
    }
}

#[test]
fn good_examples_raise_nothing() {
    for rule in prongsai::rules() {
        let sources = sources(rule.good);
        let build = prongsai::build(&sources);
        assert!(codes(&build.diagnostics).is_empty(), "{}\n{}", rule.name, report(&sources, &build.diagnostics, Lang::En));
    }
}

#[test]
fn codes_and_names_are_unique_and_well_formed() {
    let rules = prongsai::rules();
    for pair in rules.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} and {}", pair[0].name, pair[1].name);
    }
    let mut names: Vec<_> = rules.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), rules.len());
    for rule in rules {
        assert!(rule.code.len() == 4 && rule.code.starts_with('P'), "{}", rule.code);
        assert!(rule.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", rule.name);
        let is_thai = rule.explanation.th.chars().any(|c| ('\u{e01}'..='\u{e5b}').contains(&c));
        assert!(is_thai && rule.explanation.en.split(' ').count() > 8, "{}: explained in both languages", rule.name);
        if rule.code.starts_with("P3") {
            assert_eq!(
                rule.severity,
                Severity::Warning,
                "a gap in the form is a warning until the site raises it: {}",
                rule.name
            );
        }
    }
}

#[test]
fn levels_of_a_site_win() {
    let site = r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "ก"
name_en = "A"
kind = "other"

[rules]
"#;
    let rule = prongsai::rules().into_iter().find(|rule| rule.name == "unused-file").expect("a rule");
    for (level, expected) in [("ignore", None), ("warn", Some(Severity::Warning)), ("error", Some(Severity::Error))] {
        let fixture = format!("{site}unused-file = \"{level}\"\n{}", rule.bad);
        let build = prongsai::build(&sources(&fixture));
        assert_eq!(build.diagnostics.iter().next().map(|diagnostic| diagnostic.severity), expected, "{level}");
    }
}
