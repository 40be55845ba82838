//! The English pages below `/en/`: translated where there is a translation, and honest where there is none.

use prongsai::diagnostic::Severity;

use crate::support::{codes, root, sources, unset};

const ABOUT: &str = r#"
-- content/pages/about.md --
+++
title = "เกี่ยวกับเรา"
updated = "20 เมษายน 2566"
+++

เทศบาลตั้งอยู่ริมน้ำ [ผู้บริหาร](/executives/)
-- content/pages/origin.md --
+++
title = "ประวัติของเทศบาลตั้งแต่ก่อตั้ง"
+++

เทศบาลตั้งขึ้นเมื่อหลายปีก่อนตามพระราชบัญญัติเทศบาล และขยายเขตออกไปในเวลาต่อมา
"#;

const ABOUT_EN: &str = r#"
-- content/pages/about.en.md --
+++
title = "About us"
+++

The municipality lies on the river. [Executives](/executives/) [form](/oit/2566/) [PDF](plan.pdf)
-- content/pages/plan.pdf (pdf) --
"#;

#[test]
fn a_translation_makes_english_pages() {
    let build = prongsai::build(&sources(&format!("{ABOUT}{ABOUT_EN}")));
    assert_eq!(build.diagnostics.count(Severity::Error), 0);
    let page = |path: &str| unset(build.output.text(path).expect(path));
    let english = page("en/about/index.html");
    assert!(english.contains("<html lang=\"en\"") && english.contains("About us</h1>"));
    assert!(english.contains("href=\"/en/executives/\"") && english.contains("href=\"/files/pages/plan.pdf\""), "{english}");
    assert!(english.contains("20 April 2023"), "fields that are not translated are those of the Thai file");
    assert!(!english.contains("translation-note"));
    assert!(english.contains("hreflang=\"th\" href=\"https://example.go.th/about/\""));
    assert!(page("en/origin/index.html").contains("This page has not been translated yet"));
    assert!(page("en/origin/index.html").contains("<span lang=\"th\">"), "Thai on an English page says so");
    let thai = page("about/index.html");
    assert!(thai.contains("ริมน้ำ") && thai.contains("href=\"/en/about/\""));
}

#[test]
fn without_a_translation_there_is_no_english_edition() {
    let build = prongsai::build(&sources(ABOUT));
    assert!(build.output.files.keys().all(|path| !path.starts_with("en/")));
    assert!(!build.output.text("about/index.html").expect("the page").contains("hreflang"));
}

#[test]
fn mistakes_in_a_translation_are_reported_at_its_place() {
    let build = prongsai::build(&sources(&format!(
        "{ABOUT}\n-- content/pages/about.en.md --\n+++\ntitel = \"About us\"\n+++\n\n[gone](/gone/)\n"
    )));
    assert_eq!(codes(&build.diagnostics), ["P103", "P201"]);
    assert!(build.diagnostics.iter().all(|diagnostic| diagnostic.span.path.as_str() == "content/pages/about.en.md"));
}

#[test]
fn every_link_of_the_english_pages_leads_somewhere() {
    let output = prongsai::build(&prongsai::source::discover(&root()).expect("the example site")).output;
    let mut n_links = 0;
    for path in output.files.keys().filter(|path| path.starts_with("en/")) {
        for part in output.text(path).expect("a page").split("href=\"/").skip(1) {
            let target = part.split(['"', '#', '?']).next().unwrap_or_default();
            let file = if target.is_empty() || target.ends_with('/') { format!("{target}index.html") } else { target.to_owned() };
            // The list of checksums is made while the site is published, and linked once it has a history.
            assert!(output.files.contains_key(&file) || file == prongsai::history::sums::FILE, "{path} links to /{target}");
            n_links += 1;
        }
    }
    assert!(n_links > 1000, "{n_links} links");
}

#[test]
fn english_pages_say_in_english_what_is_there_in_english() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let output = prongsai::build(&sources).output;
    let page = |path: &str| unset(output.text(path).expect(path));
    let item = page("en/oit/2566/o2/index.html");
    assert!(item.contains("<dd>9.1 Basic information</dd>"), "the group has a Thai name only");
    assert!(item.contains("0 Sample Road") && !item.contains("0 ถนนตัวอย่าง"), "the address of the agency");
    assert!(page("en/surveys/eit/2566/index.html").contains("EIT survey of fiscal year B.E. 2566</h1>"));
    assert!(page("surveys/eit/2566/index.html").contains("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก"));
    assert!(page("contact/index.html").contains("0 ถนนตัวอย่าง"));
    let steps = page("en/contact/index.html");
    assert!(steps.contains("within 1 day</span>") && steps.contains("within 5 days</span>"), "one day is no days");
}
