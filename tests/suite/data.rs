//! The open data: CSV, JSON and what describes them say the same, run nothing in a spreadsheet, and lead back to the site.

use prongsai::render::{File, Output};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::support::{root, sources, unset};

/// The example site and the test sites, built.
fn outputs() -> Vec<(&'static str, Output)> {
    let folders =
        [("example", root()), ("small", root().join("tests/sites/small")), ("complete", root().join("tests/sites/complete"))];
    let build = |folder| prongsai::build(&prongsai::source::discover(folder).expect("a site folder")).output;
    folders.iter().map(|(name, folder)| (*name, build(folder))).collect()
}

fn bytes<'a>(output: &'a Output, path: &str) -> &'a [u8] {
    match output.files.get(path) {
        Some(File::Bytes(bytes)) => bytes,
        other => panic!("{path} is not a file of the build: {other:?}"),
    }
}

fn json(output: &Output, path: &str) -> Value {
    serde_json::from_slice(bytes(output, path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or_else(|| panic!("not an array: {value}"), Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

/// Heads and rows of a CSV file.
fn csv_of(output: &Output, path: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let bytes = bytes(output, path).strip_prefix(b"\xEF\xBB\xBF").unwrap_or_else(|| panic!("{path}: no byte order mark"));
    let mut reader = csv::Reader::from_reader(bytes);
    let heads = reader.headers().expect("heads").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|record| record.expect("a record of as many cells").iter().map(str::to_owned).collect());
    (heads, rows.collect())
}

/// What a value of the JSON file is in the CSV file.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::Bool(is_so) => return is_so.to_string(),
        Value::Number(number) => return number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(texts) => texts.iter().map(text).collect::<Vec<_>>().join("\n"),
        Value::Object(_) => panic!("a table is flat"),
    };
    let is_formula = text.starts_with(['=', '+', '-', '@']) && text != "-";
    if is_formula { format!("'{text}") } else { text }
}

#[test]
fn csv_json_and_schema_say_the_same() {
    let mut n_cells = 0;
    for (site, output) in outputs() {
        for resource in list(&json(&output, "data/datapackage.json")["resources"]) {
            let name = text(&resource["name"]);
            let path = format!("data/{}", text(&resource["path"]));
            let (heads, rows) = csv_of(&output, &path);
            let fields: Vec<&str> = list(&resource["schema"]["fields"]).iter().map(|field| text(&field["name"])).collect();
            assert_eq!(heads, fields, "{site}: {name}: the heads are those of the schema");
            let records = json(&output, &format!("data/{name}.json"));
            assert_eq!(list(&records).len(), rows.len(), "{site}: {name}");
            assert!(!rows.is_empty(), "{site}: {name} has rows");
            for (record, row) in list(&records).iter().zip(&rows) {
                assert_eq!(record.as_object().map(serde_json::Map::len), Some(heads.len()), "{site}: {name}");
                for (head, found) in heads.iter().zip(row) {
                    assert_eq!(cell(&record[head]), *found, "{site}: {name}.{head}");
                    n_cells += 1;
                }
            }
            let bytes = bytes(&output, &path);
            assert_eq!(resource["bytes"], bytes.len(), "{site}: {name}");
            let checksum: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(text(&resource["hash"]), format!("sha256:{checksum}"), "{site}: {name}");
        }
    }
    assert!(n_cells > 5000, "{n_cells} cells were compared");
}

#[test]
fn values_are_for_machines() {
    let mut n_dates = 0;
    for (site, output) in outputs() {
        for resource in list(&json(&output, "data/datapackage.json")["resources"]) {
            let (_, rows) = csv_of(&output, &format!("data/{}", text(&resource["path"])));
            for (at, field) in list(&resource["schema"]["fields"]).iter().enumerate() {
                let place = format!("{site}: {}.{}", text(&resource["name"]), text(&field["name"]));
                let is_snake = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                assert!(text(&field["name"]).chars().all(is_snake), "{place}");
                assert!(!text(&field["title"]).is_empty() && !text(&field["title_en"]).is_empty(), "{place} has titles");
                for value in rows.iter().map(|row| row[at].as_str()).filter(|value| !value.is_empty()) {
                    match text(&field["type"]) {
                        "date" => {
                            let date: jiff::civil::Date = value.parse().unwrap_or_else(|error| panic!("{place}: {error}"));
                            assert!((1900..2400).contains(&date.year()), "{place}: {value} is of the Buddhist Era");
                            n_dates += 1;
                        }
                        "integer" => assert!(value.parse::<u64>().is_ok(), "{place}: {value}"),
                        "number" => assert!(value.parse::<f64>().is_ok(), "{place}: {value}"),
                        "boolean" => assert!(["true", "false"].contains(&value), "{place}: {value}"),
                        _ => assert!(!value.contains(|c| ('๐'..='๙').contains(&c)), "{place}: {value}"),
                    }
                }
            }
        }
    }
    assert!(n_dates > 500, "{n_dates} days were read");
}

#[test]
fn records_end_as_rfc_4180_asks() {
    for (site, output) in outputs() {
        for path in output.files.keys().filter(|path| path.ends_with(".csv") && !path.starts_with("files/")) {
            let text = output.text(path).expect("UTF-8");
            let outside: String = text.split('"').step_by(2).collect();
            assert!(
                outside.ends_with("\r\n") && outside.matches('\n').count() == outside.matches("\r\n").count(),
                "{site}: {path}"
            );
        }
    }
}

#[test]
fn every_table_of_a_page_has_its_data_beside_it() {
    // The list of forms is the program's; the others are made of tables that have theirs: the form, the measures, the data itself.
    let made_of_others = ["oit/index.html", "oit/2566/answers/index.html", "data/index.html"];
    for (site, output) in outputs() {
        let mut n_links = 0;
        for path in output
            .files
            .keys()
            .filter(|path| path.ends_with("index.html") && !made_of_others.contains(&path.trim_start_matches("en/")))
        {
            let html = output.text(path).expect("a page");
            let is_trace = path.ends_with("/traceability/index.html");
            let has_table = html.contains("<table class=\"table") && !is_trace;
            assert!(!has_table || html.contains("class=\"data-links\""), "{site}: {path} has a table without data");
            n_links += html.matches("class=\"data-links\"").count();
        }
        assert!(n_links > 5, "{site}: {n_links}");
    }
}

#[test]
fn what_an_author_types_runs_in_no_spreadsheet() {
    let output = prongsai::build(&sources(
        r#"
-- content/executives/1-mayor.md --
+++
name = "=HYPERLINK(\"https://evil.example/\",\"คลิก\")"
position = "- รักษาการนายก\n@SUM(1)"
group = "political"
phone = "+66 4212 3456"
photo = "1.png"
since = "๑ ต.ค. ๒๕๖๕"
+++
-- content/executives/1.png --
(png)
"#,
    ))
    .output;
    let (heads, rows) = csv_of(&output, "data/executives.csv");
    let at = |name: &str| rows[0][heads.iter().position(|head| head == name).expect("a column")].as_str();
    assert_eq!(at("name"), "'=HYPERLINK(\"https://evil.example/\",\"คลิก\")");
    assert_eq!(at("position"), "'- รักษาการนายก\n@SUM(1)");
    assert_eq!((at("phone"), at("phone_uri")), ("0 4212 3456", "tel:+6642123456"), "numbers stay numbers that can be called");
    assert_eq!(at("in_office_since"), "2022-10-01");
    let record = &json(&output, "data/executives.json")[0];
    assert_eq!(record["name"], "=HYPERLINK(\"https://evil.example/\",\"คลิก\")", "JSON keeps what was typed");
    for row in &rows {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{row:?}");
    }
}

#[test]
fn the_catalogue_lists_every_file_below_the_folder_of_the_site() {
    for (site, output) in outputs() {
        let catalog = json(&output, "data/catalog.jsonld");
        let base = text(&catalog["foaf:homepage"]["@id"]).to_owned();
        assert_eq!(base.ends_with("/ita/data/"), site == "small", "{base}");
        let package = json(&output, "data/datapackage.json");
        assert_eq!(list(&catalog["dcat:dataset"]).len(), list(&package["resources"]).len());
        let page = output.text("data/index.html").expect("the page of the data");
        for dataset in list(&catalog["dcat:dataset"]) {
            assert!(page.contains(&format!("id=\"{}\"", text(&dataset["dct:identifier"]))), "{site}: the page has the table");
            for file in list(&dataset["dcat:distribution"]) {
                let url = text(&file["dcat:downloadURL"]["@id"]);
                let name = url.strip_prefix(&base).unwrap_or_else(|| panic!("{url} is outside {base}"));
                let size = bytes(&output, &format!("data/{name}")).len().to_string();
                assert_eq!(text(&file["dcat:byteSize"]["@value"]), size, "{site}: {name}");
                let path = url.strip_prefix("https://").and_then(|rest| rest.split_once('/')).map(|(_, path)| path);
                assert!(page.contains(&format!("href=\"/{}\"", path.expect("a path"))), "{site}: the page links {name}");
            }
        }
    }
}

#[test]
fn a_licence_is_stated_only_where_the_settings_state_one() {
    let output = prongsai::build(&sources("")).output;
    assert!(json(&output, "data/datapackage.json").get("licenses").is_none());
    assert!(unset(output.text("data/index.html").expect("a page")).contains("ไม่ได้ระบุสัญญาอนุญาต"));
    let settings = r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[open_data]
license = "CC-BY-4.0"
license_url = "https://creativecommons.org/licenses/by/4.0/"
"#;
    let output = prongsai::build(&sources(settings)).output;
    assert_eq!(json(&output, "data/datapackage.json")["licenses"][0]["name"], "CC-BY-4.0");
    assert_eq!(json(&output, "data/catalog.jsonld")["dct:license"]["@id"], "https://creativecommons.org/licenses/by/4.0/");
    assert!(output.text("data/index.html").expect("a page").contains(">CC-BY-4.0</a>"));
}

#[test]
fn the_table_of_pages_has_every_page() {
    for (site, output) in outputs() {
        let sitemap = output.text("sitemap.xml").expect("a sitemap");
        let (heads, rows) = csv_of(&output, "data/pages.csv");
        assert_eq!(heads, ["url", "title", "updated"]);
        let thai = sitemap.split("<loc>").skip(1).filter(|rest| !rest.contains("/en/") || rest.find("/en/") > rest.find('<'));
        assert_eq!(rows.len(), thai.count(), "{site}");
        for row in &rows {
            assert!(sitemap.contains(&format!("<loc>{}</loc>", row[0])) && !row[1].is_empty(), "{site}: {row:?}");
        }
    }
}

#[test]
fn an_empty_table_keeps_its_address_and_is_not_listed() {
    let output = prongsai::build(&sources("")).output;
    let (heads, rows) = csv_of(&output, "data/executives.csv");
    assert!(heads.contains(&"phone".to_owned()) && rows.is_empty());
    assert_eq!(json(&output, "data/executives.json"), serde_json::json!([]));
    let package = json(&output, "data/datapackage.json");
    assert!(list(&package["resources"]).iter().all(|resource| resource["name"] != "executives"));
    assert!(!output.text("data/index.html").expect("a page").contains("executives.csv"));
}
