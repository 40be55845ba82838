//! `datapackage.json`: what the tables are, for programs (Frictionless Data Package, with a Table Schema for each CSV).

use serde_json::{Value as Json, json};

use super::{DataSet, FOLDER};
use crate::config::License;
use crate::site::Site;

/// The profile that the file follows.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

pub(super) fn json(site: &Site, sets: &[&DataSet]) -> Vec<u8> {
    let agency = &site.config.agency;
    let resources: Vec<Json> = sets.iter().map(|set| resource(set)).collect();
    let mut package = json!({
        "$schema": PROFILE,
        "name": "open-data",
        "title": format!("ข้อมูลเปิดของ{}", agency.name),
        "title_en": format!("Open data of {}", agency.name_en),
        "homepage": site.absolute(&format!("/{FOLDER}/")),
        "contributors": [{ "title": agency.name, "path": site.absolute("/"), "roles": ["publisher"] }],
        "resources": resources,
    });
    // The content's newest day, not the clock's: the same content gives the same bytes.
    if let Some(day) = site.newest {
        package["created"] = json!(format!("{day}T00:00:00Z"));
        package["version"] = json!(day.to_string());
    }
    if let Some(license) = &site.config.license {
        package["licenses"] = json!([license_of(license)]);
    }
    let mut json = serde_json::to_vec_pretty(&package).expect("texts and numbers always serialize");
    json.push(b'\n');
    json
}

fn license_of(license: &License) -> Json {
    let mut json = json!({ "title": license.name });
    // An id of the Open Definition has no spaces.
    if license.name.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c)) {
        json["name"] = json!(license.name);
    }
    json["path"] = json!(license.url.0);
    json
}

fn resource(set: &DataSet) -> Json {
    let table = &set.table;
    json!({
        "name": table.name,
        "type": "table",
        "path": format!("{}.csv", table.name),
        "title": table.title.th,
        "title_en": table.title.en,
        "description": table.about.th,
        "description_en": table.about.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": set.csv.size,
        "hash": format!("sha256:{}", set.csv.sha256),
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": table.schema(),
    })
}
