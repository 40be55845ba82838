//! What is exported reads back unchanged: the sites of the project and documents made at random, as workbook and as CSV; and into an
//! empty site it makes the same documents again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use prongsai::desk::Manuscript;
use prongsai::desk::sheets::{self, Kind, Wish, csv, export, kind, xlsx};
use prongsai::source::{SourcePath, Sources, discover};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::office::{EMPTY, carry_out, lines, plan, plan_of, wish};
use crate::support::{folder, root};

fn kinds() -> Vec<&'static Kind> {
    kind::KINDS.iter().collect()
}

/// The workbook of a site folder, and its tables as CSV.
fn exported(site: &Path, sources: &Sources) -> Vec<Vec<u8>> {
    let all = export(site, sources, &kinds()).expect("a folder that can be read");
    let mut files = vec![xlsx(&all.tables)];
    files.extend(all.tables.iter().filter(|table| table.n_rows() > 0).map(csv));
    files
}

#[track_caller]
fn assert_unchanged(site: &Path) {
    let sources = discover(site).expect("a site folder");
    for (number, bytes) in exported(site, &sources).iter().enumerate() {
        for clear in [false, true] {
            let plan = plan_of(site, &sources, "export", bytes, &Wish { clear, ..wish() });
            assert!(plan.changes().is_empty() && plan.problems.is_empty(), "file {number}\n{}", lines(&plan).join("\n"));
            assert!(!plan.files.is_empty(), "file {number} has documents");
        }
    }
}

#[test]
fn the_sites_of_the_project_read_back_unchanged() {
    for site in [".", "tests/sites/complete", "tests/sites/small"] {
        assert_unchanged(&root().join(site));
    }
}

/// The fields of the documents that tables are about, without files beside them, which tables do not have.
fn contents(site: &Path) -> BTreeMap<String, (Map<String, Value>, String)> {
    let mut contents = BTreeMap::new();
    for kind in kinds() {
        let schema = kind.folder().asked();
        for (path, _) in discover(site).expect("a site folder").under(&format!("content/{}", kind.folder)) {
            if !path.is_text() || path.stem().ends_with(".en") {
                continue;
            }
            let bytes = fs::read(site.join(path.as_str())).expect("a file");
            let manuscript = Manuscript::open(path, &bytes).expect("opens");
            let mut values = manuscript.values(&schema);
            values.retain(|key, _| !["attachment", "step", "law"].contains(&key.as_str()) || kind.folder == "measures");
            let body = if kind.folder == "measures" || kind.folder == "executives" { "" } else { manuscript.body().trim() };
            // What the number of the file says already.
            if path.name().starts_with(&format!("{:0>2}-", values.get("order").and_then(Value::as_str).unwrap_or("x"))) {
                values.remove("order");
            }
            contents.insert(path.to_string(), (values, body.to_owned()));
        }
    }
    contents
}

#[test]
fn an_empty_site_gets_the_same_documents() {
    let site = root().join("tests/sites/complete");
    let empty = folder(EMPTY);
    let plan = plan(empty.path(), "export", &exported(&site, &discover(&site).expect("a site folder"))[0], &wish());
    carry_out(empty.path(), &plan);
    let (expected, made) = (contents(&site), contents(empty.path()));
    assert_eq!(made.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (path, (values, body)) in &expected {
        let (made, made_body) = &made[path];
        let bare = |values: &Map<String, Value>| {
            values.iter().map(|(key, value)| (key.clone(), value.clone())).collect::<BTreeMap<_, _>>()
        };
        assert_eq!((bare(made), made_body), (bare(values), body), "{path}");
    }
}

/// Text as it may stand in a field: Thai, signs of CSV, TOML and spreadsheets, more than one line.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ก-ฮ][ก-ฮะ-ูเ-ไ ]{0,12}",
        "[ก-ฮa-zA-Z0-9๐-๙=+@'\"\\\\;,\t\n#_x%.()/ -]{0,24}",
        "\\PC{0,12}",
        Just("=1+1".to_owned()),
        Just("'042123456".to_owned()),
        Just("_x0041_".to_owned()),
        Just("1. ก\n2. ข".to_owned()),
        Just("รวม".to_owned()),
        Just("ลงชื่อ".to_owned()),
        Just("ชื่อ-สกุล".to_owned()),
        Just("ตัวชี้วัดที่ 1 ก".to_owned()),
    ]
}

fn set(path: &str, values: Value, body: &str) -> (String, Vec<u8>) {
    let place = SourcePath::new(path);
    let folder = prongsai::content::Folder::named(path.split('/').nth(1).expect("a folder")).expect("a content type");
    let mut manuscript = Manuscript::new(&place);
    let Value::Object(values) = values else { unreachable!("fields") };
    manuscript.set(&folder.asked(), &values);
    manuscript.set_body(body);
    (path.to_owned(), manuscript.to_bytes())
}

/// A document of every kind with any words in its fields.
fn documents(w: &[String], body: &str) -> Vec<(String, Vec<u8>)> {
    vec![
        set(
            "content/executives/07-a.md",
            json!({ "name": w[0], "position": w[1], "group": "political", "phone": w[2], "order": "2" }),
            "",
        ),
        set("content/executives/b.md", json!({ "name": w[0], "position": w[3], "group": w[4], "since": w[5], "unit": w[6] }), ""),
        set(
            "content/measures/2566/1-a.md",
            json!({ "title": w[0], "reporting": [w[1], w[2]], "responsible": [w[3]],
                "step": [{ "text": w[4], "period": w[5] }, { "text": w[6], "responsible": w[7] }, { "text": w[4] }] }),
            "",
        ),
        set("content/measures/2567/1-a.md", json!({ "title": w[0], "addresses": ["indicator:2", "O2"] }), ""),
        set(
            "content/progress/2566-h1/1-a.md",
            json!({ "measure": "1", "step": "2", "status": "done", "period": w[0], "title": w[1] }),
            body,
        ),
        set(
            "content/progress/2566-h1/1-b.md",
            json!({ "measure": "1", "step": "2", "status": w[2], "period": w[0], "date": w[3] }),
            body,
        ),
        set(
            "content/results/2565.toml",
            json!({ "fiscal_year": "2565", "total": "91.80", "grade": w[0], "source": w[1],
                "indicator": [{ "number": "1", "name": w[2], "instrument": "IIT", "score": "90.1" }],
                "question": [{ "code": "I1", "indicator": "1", "text": w[3], "score": w[4], "part": [{ "text": w[5], "score": "9" }, { "text": w[5], "score": "8" }] }],
                "item": [{ "code": "O2", "indicator": "9", "text": w[6], "score": "100" }] }),
            "",
        ),
        set("content/news/2023-04-20-a.md", json!({ "title": w[0], "date": w[1], "summary": w[2] }), body),
        set(
            "content/channels/a.md",
            json!({ "title": w[3], "kind": "contact", "phone": w[4], "protection": [w[5], w[6]], "anonymous": true }),
            body,
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_documents_read_back_unchanged(w in prop::collection::vec(words(), 8), body in "[ก-ฮa-z0-9 \n|*#-]{0,40}") {
        let site = folder(EMPTY);
        for (path, bytes) in documents(&w, &body) {
            let path = site.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
        let sources = discover(site.path()).expect("a site folder");
        for bytes in exported(site.path(), &sources) {
            let plan = plan_of(site.path(), &sources, "export", &bytes, &wish());
            prop_assert!(plan.changes().is_empty() && plan.problems.is_empty(), "{}", lines(&plan).join("\n"));
        }
    }
}

#[test]
fn nothing_that_is_read_makes_a_panic() {
    let junk = ["", ",", "ที่,ชื่อ-สกุล,ตำแหน่ง\n", "ชื่อ-สกุล,ตำแหน่ง,ฝ่าย\n,,\n,x,\n", "คะแนน,รหัส,ชื่อ\n1,I,\n", "สถานะ,มาตรการ\nx,y\n"];
    let site = folder(EMPTY);
    for text in junk {
        if let Ok((grids, _)) = sheets::read(text.as_bytes()) {
            let sources = discover(site.path()).expect("a site folder");
            sheets::plan(site.path(), &sources, "a", &grids, &wish()).expect("a folder that can be read");
        }
    }
}
