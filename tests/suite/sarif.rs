//! Diagnostics as SARIF: the structure that its readers rely on, columns in UTF-16, nothing else on standard output.

use std::fs;

use prongsai::diagnostic::{Lang, sarif};
use serde_json::Value;

use crate::support::{folder, prongsai, sources, stderr, stdout};

const BROKEN: &str = "
-- content/executives/01-a b.md --
+++
name = \"นางสมหญิง ใจดี 😀\" # 😀 ก
position = \"ปลัดเทศบาล\"
group = \"permanent\"
phne = \"0 4212 3456\"
+++
-- content/news/late.md --
+++
title = \"ข่าว\"
date = \"20/4/2023\"
+++
";

#[test]
fn a_log_has_what_its_readers_rely_on() {
    let sources = sources(BROKEN);
    let build = prongsai::build(&sources);
    for lang in [Lang::Th, Lang::En] {
        let log: Value = serde_json::from_str(&sarif::render(build.diagnostics.iter(), &sources, lang)).expect("JSON");
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.len(), build.diagnostics.iter().count());
        assert_eq!(run["columnKind"], "utf16CodeUnits");
        for (result, found) in results.iter().zip(&build.diagnostics) {
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small")];
            assert_eq!((&rule["id"], &result["ruleId"]), (&Value::from(found.rule.code), &Value::from(found.rule.code)));
            assert!(rule["fullDescription"]["text"].as_str().is_some_and(|text| text == *found.rule.explanation.get(lang)));
            assert!(result["message"]["text"].as_str().is_some_and(|text| text.starts_with(found.message.get(lang).as_str())));
            for (key, words) in [("th", &found.message.th), ("en", &found.message.en)] {
                assert!(result["properties"][key].as_str().is_some_and(|text| text.starts_with(words.as_str())), "{key}");
            }
            let docs = rule["properties"]["docs"].as_str().expect("a place");
            let (file, anchor) = docs.split_once('#').expect("an anchor");
            let text = fs::read_to_string(crate::support::root().join(file)).expect("documentation");
            // GitHub makes the anchor of a heading of its words.
            let anchors = text
                .lines()
                .filter_map(|line| line.strip_prefix("## "))
                .map(|line| line.replace('`', "").to_lowercase().replace(' ', "-"));
            assert!(anchors.clone().any(|known| known == anchor), "{anchor}");
        }
    }
}

#[test]
fn places_count_utf_16_and_paths_are_uris() {
    let sources = sources(BROKEN);
    let build = prongsai::build(&sources);
    let log: Value = serde_json::from_str(&sarif::render(build.diagnostics.iter(), &sources, Lang::En)).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let unknown = results.iter().find(|result| result["ruleId"] == "P103").expect("the unknown field");
    let place = &unknown["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/executives/01-a%20b.md");
    let region = &place["region"];
    let at = ["startLine", "startColumn", "endLine", "endColumn"].map(|key| region[key].as_u64().expect("a number"));
    assert_eq!(at, [5, 1, 5, 5]);
    let date = results.iter().find(|result| result["ruleId"] == "P107").expect("the Christian year");
    let region = &date["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startColumn"].as_u64(), region["endColumn"].as_u64()), (Some(8), Some(19)));
    // Of `step = [{ text = "😀ก้", bad`, 25 UTF-16 code units stand before `bad`: the picture counts for two, a mark for one.
    let wide = crate::support::sources(
        "\n-- content/measures/2566/1-a.md --\n+++\ntitle = \"ก\"\nstep = [{ text = \"😀ก้\", bad = 1 }]\n+++\n",
    );
    let build = prongsai::build(&wide);
    let log: Value = serde_json::from_str(&sarif::render(build.diagnostics.iter(), &wide, Lang::En)).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let found = results.iter().find(|result| result["ruleId"] == "P103").expect("the unknown field");
    assert_eq!(found["locations"][0]["physicalLocation"]["region"]["startColumn"].as_u64(), Some(26));
}

#[test]
fn the_program_writes_one_log_and_nothing_else() {
    let site = folder(BROKEN);
    for (command, code) in [("check", 1), ("build", 1)] {
        let output = prongsai(site.path(), &[command, "--format", "sarif"]);
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        let log: Value = serde_json::from_str(&stdout(&output)).expect("one JSON document");
        assert!(log["runs"][0]["results"].as_array().is_some_and(|results| results.len() >= 2));
    }
    let output = prongsai(site.path(), &["audit", "--format", "sarif"]);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("for check and build only"));
    let clean = folder("\n-- content/catalog/fy2566.toml --\nfiscal_year = 2566\nitem_count = 0\nsub = []\n");
    let output = prongsai(clean.path(), &["build", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&stdout(&output)).expect("one JSON document");
    assert!(log["runs"][0]["results"].as_array().is_some_and(|results| results.iter().all(|found| found["level"] == "warning")));
}
