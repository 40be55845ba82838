//! The configuration of a CMS: written where it belongs, never over somebody's own. What CMSs make of it: `tests/cms/`.

use std::fs;

use prongsai::desk::cms::{Backend, configuration};
use prongsai::diagnostic::Diagnostics;
use serde_json::Value;

use crate::support::{folder, prongsai, root, stderr, stdout};

const SITE: &str = "\n-- content/measures/2565/1-a.md --\n+++\ntitle = \"ก\"\n+++\n";

#[test]
fn it_is_written_beside_the_content_and_can_be_taken_back() {
    let site = folder(SITE);
    let output = prongsai(site.path(), &["cms", "--repo", "tessaban/website", "--backend", "gitlab", "--branch", "live"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("prongsai build does not publish it"));
    let config = fs::read_to_string(site.path().join("cms/config.yml")).expect("written");
    for words in [
        "repo: \"tessaban/website\"",
        "name: \"gitlab\"",
        "branch: \"live\"",
        "folder: \"content/measures/2565\"",
        "folder: \"content/measures/2566\"",
    ] {
        assert!(config.contains(words), "{words}\n{config}");
    }
    assert!(!config.contains("content/submissions") && !config.contains("site.toml\""));
    assert!(fs::read_to_string(site.path().join("cms/index.html")).expect("written").contains("integrity=\"sha384-"));
    assert_eq!(prongsai(site.path(), &["cms", "--repo", "tessaban/other"]).status.code(), Some(0), "ours is written anew");
    for _ in 0..2 {
        assert!(prongsai::publish::edits::undo(site.path()).expect("the disk works").is_some_and(|undone| undone.is_ok()));
    }
    assert!(!site.path().join("cms/config.yml").exists());
}

#[test]
fn it_refuses_in_words() {
    let site = folder(&format!("{SITE}-- cms/config.yml --\nbackend:\n  name: git-gateway\n"));
    let output = prongsai(site.path(), &["cms", "--repo", "tessaban/website"]);
    assert!(output.status.code() == Some(1) && stderr(&output).contains("is not overwritten"), "{}", stderr(&output));
    assert!(!site.path().join("cms/index.html").exists());
    let output = prongsai(site.path(), &["cms", "--repo", "website"]);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("type it like tessaban/website"));
}

#[test]
fn a_topic_is_chosen_from_the_form_of_its_year() {
    let sources = prongsai::source::discover(&root().join("tests/sites/complete")).expect("the complete site");
    let site = prongsai::analyse(&sources, &mut Diagnostics::default());
    let backend = Backend { name: "github".to_owned(), repo: "a/b".to_owned(), branch: "main".to_owned() };
    let config = configuration(&site, &backend);
    let collections = config["collections"].as_array().expect("collections");
    for (year, n_items) in [(2566, 43), (2567, 35), (2568, 28)] {
        let collection = collections.iter().find(|found| found["name"] == format!("disclosures-{year}")).expect("a collection");
        let topic =
            collection["fields"].as_array().expect("fields").iter().find(|field| field["name"] == "topic").expect("a field");
        assert_eq!((topic["required"].clone(), topic["options"].as_array().map(Vec::len)), (Value::Bool(true), Some(n_items)));
    }
}
