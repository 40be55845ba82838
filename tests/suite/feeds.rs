//! What programs read of the pages: the Atom feed, the sitemap, the facts in JSON-LD, the day of the last update.

use prongsai::render::Output;
use serde_json::Value;

use crate::support::{root, sources, unset};

fn complete() -> Output {
    prongsai::build(&prongsai::source::discover(&root().join("tests/sites/complete")).expect("a site folder")).output
}

/// The texts of an element, however often it is there.
fn texts<'a>(xml: &'a str, element: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    xml.split(open.as_str()).skip(1).filter_map(|part| Some(part.split_once(close.as_str())?.0)).collect()
}

/// The facts of a page, each with its type.
fn facts(output: &Output, page: &str) -> Vec<Value> {
    let html = output.text(page).unwrap_or_else(|| panic!("{page} is there"));
    let Some((_, rest)) = html.split_once("<script type=\"application/ld+json\">") else { return Vec::new() };
    let json = rest.split_once("</script>").expect("its end").0;
    let value: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{page}: {error}: {json}"));
    let all = match value {
        Value::Array(all) => all,
        one => vec![one],
    };
    all.into_iter().flat_map(|one| one.get("@graph").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![one])).collect()
}

fn of_type(facts: &[Value], kind: &str) -> Option<Value> {
    facts.iter().find(|fact| fact["@type"] == kind).cloned()
}

/// RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry must have.
#[test]
fn the_feed_has_what_atom_asks_for() {
    let output = complete();
    let feed = output.text("atom.xml").expect("a feed");
    let (head, entries) = feed.split_once("<entry>").expect("entries");
    assert!(head.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\""));
    assert!(head.contains("<link rel=\"self\" type=\"application/atom+xml\" href=\"https://www.sommut.example/atom.xml\"/>"));
    for (element, n) in [("title", 1), ("id", 1), ("updated", 1), ("author", 1), ("name", 1)] {
        assert_eq!(texts(head, element).len(), n, "{element} of the feed");
    }
    let entries: Vec<&str> = entries.split("<entry>").collect();
    let mut ids: Vec<&str> = entries.iter().flat_map(|entry| texts(entry, "id")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), entries.len(), "every entry has an id of its own");
    let mut days = Vec::new();
    for entry in &entries {
        assert_eq!((texts(entry, "title").len(), texts(entry, "updated").len()), (1, 1), "{entry}");
        assert!(entry.contains("<link rel=\"alternate\""), "{entry}");
        assert!(entry.contains("<content type=\"html\" xml:base=\"https://www.sommut.example/\">&lt;p&gt;"), "{entry}");
        days.extend(texts(entry, "updated"));
    }
    assert_eq!(days.iter().max(), texts(head, "updated").first(), "the feed is as new as its newest entry");
}

#[test]
fn every_page_says_when_it_was_updated_and_who_answers_for_it() {
    let output = complete();
    let sitemap = output.text("sitemap.xml").expect("a sitemap");
    let mut n_pages = 0;
    for entry in texts(sitemap, "url") {
        let (page, day) = (texts(entry, "loc")[0], texts(entry, "lastmod"));
        let path = page.strip_prefix("https://www.sommut.example/").expect("a page of the site");
        let html = unset(output.text(&format!("{path}index.html")).unwrap_or_else(|| panic!("{page} is there")));
        assert_eq!(day.len(), 1, "{page} has no day");
        if html.contains("class=\"poster\"") {
            continue;
        }
        let (_, about) = html.split_once("id=\"about-page\"").unwrap_or_else(|| panic!("{page} says nothing of itself"));
        assert!(about.contains(&format!("<time datetime=\"{}\">", day[0])), "{page}: {}", day[0]);
        assert!(about.contains("<dt>หน่วยงานรับผิดชอบ</dt>"), "{page}");
        n_pages += 1;
    }
    assert!(n_pages > 100, "{n_pages}");
}

#[test]
fn a_page_is_as_new_as_the_newest_document_it_shows() {
    let output = prongsai::build(&sources(
        r#"
-- content/news/2566-05-01-a.md --
+++
title = "ก"
date = "1 พ.ค. 2566"
updated = "3 พ.ค. 2566"
+++
ก
-- content/pages/about.md --
+++
title = "เกี่ยวกับ"
updated = "2 พ.ค. 2566"
+++
ก
-- content/pages/undated.md --
+++
title = "ไม่มีวันที่"
+++
ก
"#,
    ))
    .output;
    let sitemap = output.text("sitemap.xml").expect("a sitemap");
    let day = |page: &str| {
        let rest = sitemap.split(&format!("<loc>https://example.go.th{page}</loc>")).nth(1).expect("a page");
        rest.strip_prefix("<lastmod>").map(|rest| rest[..10].to_owned())
    };
    for (page, expected) in [
        ("/", Some("2023-05-03")),
        ("/news/", Some("2023-05-03")),
        ("/news/2566-05-01-a/", Some("2023-05-03")),
        ("/about/", Some("2023-05-02")),
        ("/oit/", Some("2023-05-03")),
        ("/data/", Some("2023-05-03")),
        ("/undated/", None),
        ("/executives/", None),
    ] {
        assert_eq!(day(page).as_deref(), expected, "{page}");
    }
    let undated = unset(output.text("undated/index.html").expect("a page"));
    assert!(undated.contains("<dt>ปรับปรุงล่าสุด</dt><dd>ไม่ได้ระบุ</dd>"), "no day is made up");
}

#[test]
fn pages_tell_search_engines_what_they_are() {
    let output = prongsai::build(&prongsai::source::discover(&root().join("tests/sites/small")).expect("a site folder")).output;
    let home = facts(&output, "index.html");
    let agency = of_type(&home, "GovernmentOrganization").expect("the agency");
    assert_eq!(agency["@id"], "https://www.example.go.th/ita/#agency");
    assert!(of_type(&home, "WebSite").is_some() && of_type(&home, "BreadcrumbList").is_none());
    let dataset = of_type(&facts(&output, "2565/results/index.html"), "Dataset").expect("a result is data");
    assert_eq!(dataset["temporalCoverage"], "2021-10-01/2022-09-30");
    for file in dataset["distribution"].as_array().expect("files") {
        let url = file["contentUrl"].as_str().expect("a URL");
        let path = url.strip_prefix("https://www.example.go.th/ita/").expect("below the folder of the site");
        assert!(output.files.contains_key(path), "{path}");
    }
    let report = of_type(&facts(&output, "2566/operating-plan/index.html"), "Report").expect("a disclosure is a report");
    assert_eq!(report["datePublished"], "2022-11-15");
    assert_eq!(report["associatedMedia"][0]["encodingFormat"], "application/pdf");
    let post = of_type(&facts(&output, "news/2566-05-01-drill/index.html"), "NewsArticle").expect("a post is news");
    assert_eq!(post["datePublished"], "2023-05-01");
    for page in output.files.keys().filter(|path| path.ends_with("/index.html")) {
        let html = output.text(page).expect("a page");
        if html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        let way = of_type(&facts(&output, page), "BreadcrumbList").unwrap_or_else(|| panic!("{page} has a way from home"));
        let steps = way["itemListElement"].as_array().expect("steps");
        assert_eq!(steps[0]["item"], "https://www.example.go.th/ita/", "{page}");
        assert!(steps.len() > 1, "{page}");
    }
}

#[test]
fn made_up_content_is_not_told_and_a_title_ends_no_block() {
    let site = |example: &str| {
        let fixture = format!(
            "\n-- content/news/2566-05-01-a.md --\n+++\ntitle = \"</script><script>alert(1)</script>\"\ndate = \"1 พ.ค. 2566\"\n{example}+++\nก\n"
        );
        prongsai::build(&sources(&fixture)).output
    };
    let output = site("");
    let page = "news/2566-05-01-a/index.html";
    let post = of_type(&facts(&output, page), "NewsArticle").expect("a post is news");
    assert_eq!(post["headline"], "</script><script>alert(1)</script>");
    assert_eq!(output.text(page).expect("a page").matches("<script").count(), 1);
    assert!(of_type(&facts(&site("example = true\n"), page), "NewsArticle").is_none());
}

/// RFC 9116, 2.5: a contact and a day of expiry are required.
#[test]
fn security_txt_is_there_only_when_the_settings_name_a_contact() {
    let settings = |base: &str| {
        format!(
            "\n-- content/site.toml --\nbase_url = \"{base}\"\nfiscal_year = 2566\n[agency]\nname = \"ก\"\nname_en = \"A\"\nkind = \"other\"\n[security]\ncontact = \"security@example.go.th\"\nexpires = \"31 ธ.ค. 2569\"\n"
        )
    };
    let file = |fixture: &str| {
        let output = prongsai::build(&sources(fixture)).output;
        output.text(".well-known/security.txt").map(str::to_owned)
    };
    assert_eq!(
        file(&settings("https://example.go.th/")).as_deref(),
        Some(
            "Contact: mailto:security@example.go.th\nExpires: 2026-12-31T23:59:59+07:00\nPreferred-Languages: th, en\nCanonical: https://example.go.th/.well-known/security.txt\n"
        )
    );
    assert_eq!(file(&settings("https://example.go.th/ita/")), None, "it counts at the root of a host only");
    assert_eq!(file(""), None);
}
