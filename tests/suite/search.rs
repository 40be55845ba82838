//! Search: one way to compare words in Rust and in the browser, and an index that has every page.

use std::collections::BTreeMap;

use prongsai::render::Output;
use prongsai::source::{SourcePath, Sources};
use prongsai::thai::{Code, search};
use serde::Deserialize;

use crate::support::{root, sources, unset};

/// `tests/search/vectors.json`; `tests/browser/search.test.mjs` reads it, too.
#[derive(Deserialize)]
struct Vectors {
    keys: Vec<(String, String)>,
    codes: Vec<(String, Code)>,
}

#[derive(Deserialize)]
struct Titles {
    shards: usize,
    pages: Vec<(String, String, String)>,
}

fn titles(output: &Output) -> Titles {
    serde_json::from_str(output.text("search/titles.json").expect("the first tier")).expect("titles")
}

fn shard(output: &Output, n: usize) -> BTreeMap<String, String> {
    serde_json::from_str(output.text(&format!("search/text-{n}.json")).expect("a shard")).expect("texts by address")
}

#[test]
fn words_are_compared_as_in_the_browser() {
    let text = std::fs::read_to_string(root().join("tests/search/vectors.json")).expect("the vectors");
    let vectors: Vectors = serde_json::from_str(&text).expect("the vectors parse");
    for (text, key) in &vectors.keys {
        assert_eq!(&search::key(text), key, "{text}");
    }
    for (text, code) in &vectors.codes {
        assert_eq!(text.parse(), Ok(*code), "{text}");
    }
}

#[test]
fn every_page_and_person_is_in_the_index_once() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let build = prongsai::build(&sources);
    let titles = titles(&build.output);
    let places: Vec<&str> = titles.pages.iter().map(|(place, ..)| place.as_str()).collect();
    for url in build.site.pages.keys() {
        let place = &url.as_str()[1..];
        // The current survey is the same page as that of its year.
        let is_left_out = ["search/", "site-index/", "surveys/eit/"].contains(&place) || place.ends_with("/poster/");
        let count = places.iter().filter(|listed| **listed == place).count();
        assert_eq!(count, usize::from(!is_left_out), "{place}");
    }
    let mayor = titles.pages.iter().find(|(place, ..)| place == "executives/#person-mayor").expect("the mayor");
    assert_eq!(mayor.2, "นายกเทศมนตรีนครอุดรธานี");
    assert!(shard(&build.output, 0)["executives/#person-mayor"].contains("โทรศัพท์"));
    assert!(titles.pages.iter().all(|(_, title, _)| !title.is_empty()));
    let measures = titles.pages.iter().find(|(place, ..)| place == "2566/integrity-measures/").expect("the measures");
    assert!(measures.2.split('\n').any(|keyword| keyword == "O42"), "codes of the items that a page answers");
}

/// A site with so much news that its texts need several shards.
fn big() -> Sources {
    let mut sources = sources("");
    let words = ["ประชุม", "สภา", "เทศบาล", "โครงการ", "ถนน", "น้ำประปา", "งบประมาณ", "ประชาชน", "ตรวจรับ", "แผนพัฒนา"];
    for n in 0..250_usize {
        let body: String =
            (0..800).map(|at| format!("{} {} ", words[(at * 7 + n * 3 + at / 11) % words.len()], at * n % 97)).collect();
        let text = format!("+++\ntitle = \"ข่าวที่ {n}\"\ndate = \"1 มกราคม 2566\"\n+++\n\n{body}\n");
        sources.insert_bytes(SourcePath::new(&format!("content/news/post-{n}.md")), text.as_bytes());
    }
    sources
}

#[test]
fn texts_of_a_large_site_are_divided_and_its_index_stays_short() {
    let output = prongsai::build(&big()).output;
    let titles = titles(&output);
    assert!(titles.shards > 2, "{} shards", titles.shards);
    let shards: Vec<_> = (0..titles.shards).map(|n| shard(&output, n)).collect();
    assert!(output.text(&format!("search/text-{}.json", titles.shards)).is_none());
    for (place, ..) in &titles.pages {
        assert_eq!(shards.iter().filter(|shard| shard.contains_key(place)).count(), 1, "{place}");
    }
    for shard in &shards {
        assert!(shard.values().map(String::len).sum::<usize>() <= 750_000);
    }
    let index = output.text("site-index/index.html").expect("the index");
    assert!(!index.contains("/news/post-7/") && index.contains("href=\"/news/\""), "many posts are left to the page of news");
}

#[test]
fn the_index_is_in_the_order_of_the_alphabet() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let output = prongsai::build(&sources).output;
    let page = unset(output.text("site-index/index.html").expect("the index"));
    let letters: Vec<&str> =
        page.split("<h2 class=\"letters__title\"").skip(1).filter_map(|part| part.split_once('>')?.1.split('<').next()).collect();
    assert_eq!(letters[0], "ตัวเลขและ A–Z");
    assert!(letters.len() > 8 && letters[1..].is_sorted(), "{letters:?}");
    // Filed by name, not by the word for Mister.
    let under = |letter: &str| page.split("<h2 ").find(|part| part.contains(&format!(">{letter}</h2>"))).expect("a letter");
    assert!(under("ส").contains("นายสมมุติ ตัวอย่างหนึ่ง") && under("จ").contains("นางสาวจำลอง ตัวอย่างสอง"));
}
