//! The JSON Schema of a form, `content/catalog/fyNNNN.toml`: for whoever corrects a requirement.

use serde_json::{Map, Value as Json, json};

use super::DIALECT;
use crate::content::rows::{RowField, RowKind};
use crate::thai::date::BUDDHIST;

/// A kind of requirement: its word, and its own keys with what they hold; a key with `?` may be absent.
type Kind = (&'static str, Vec<(&'static str, Json)>);

/// The schema of a form.
pub(super) fn schema() -> Json {
    let requirement: Vec<Json> = kinds().into_iter().map(of_kind).collect();
    let (text, code) = (json!({ "type": "string" }), json!({ "type": "string", "pattern": "[0-9๐-๙]" }));
    let confidence = words(&["two", "one+", "one", "analogue", "title", "memory"]);
    let source = table(&[("id", text.clone()), ("ref", text.clone()), ("covers", text.clone())]);
    let group = table(&[
        ("id", text.clone()),
        ("indicator", json!({ "type": "integer", "minimum": 0 })),
        ("title", texts()),
        ("confidence", confidence.clone()),
    ]);
    let topic = json!({ "type": "string", "pattern": "^[a-z0-9-]+$", "title": "ชื่อเรื่องซึ่งเป็นที่อยู่ของหน้า · the topic, which the address comes from" });
    let item = table(&[
        ("id", code),
        ("topic", topic),
        ("title", texts()),
        ("sub", text.clone()),
        ("group", text.clone()),
        ("scope", words(&["undated", "current", "covers", "first-half", "previous", "unverified"])),
        ("confidence", confidence),
        ("may_be_none?", json!({ "type": "boolean" })),
        ("sources?", json!({ "type": "array", "items": text })),
        ("note?", text),
        ("requirement", json!({ "type": "array", "minItems": 1, "items": { "oneOf": requirement } })),
    ]);
    let (first, last) = (BUDDHIST.start(), BUDDHIST.end());
    let Json::Object(mut whole) = table(&[
        (
            "fiscal_year",
            json!({ "type": "integer", "minimum": first, "maximum": last, "title": "ปีงบประมาณ พ.ศ. · fiscal year (B.E.)" }),
        ),
        ("item_count", json!({ "type": "integer", "minimum": 0, "title": "จำนวนข้อ · number of items" })),
        ("source?", json!({ "type": "array", "items": source, "title": "แหล่งที่มา · sources" })),
        ("sub", json!({ "type": "array", "items": group, "title": "ตัวชี้วัดย่อย · sub-indicators" })),
        ("item?", json!({ "type": "array", "items": item, "title": "ข้อในแบบ · items" })),
    ]) else {
        return Json::Null;
    };
    whole.insert("$schema".to_owned(), json!(DIALECT));
    whole.insert("title".to_owned(), json!("แบบ OIT ของปี · the form of a year"));
    Json::Object(whole)
}

fn kinds() -> Vec<Kind> {
    let code = json!({ "type": "string", "pattern": "[0-9๐-๙]" });
    let scope = words(&["undated", "current", "covers", "first-half", "previous", "unverified"]);
    let rows: Vec<&str> = RowKind::ALL.iter().map(|kind| kind.key()).collect();
    let mut columns: Vec<&str> = RowKind::ALL.iter().flat_map(|kind| kind.fields()).copied().map(RowField::key).collect();
    columns.sort_unstable();
    columns.dedup();
    vec![
        (
            "executives",
            vec![("fields", list(&["name", "position", "photo", "phone"])), ("groups?", list(&["political", "permanent"]))],
        ),
        ("agency", vec![("fields", list(&["address", "phone", "email", "map"]))]),
        ("news", Vec::new()),
        (
            "channel",
            vec![
                ("channel", words(&["whistleblower", "complaint", "question", "social", "contact"])),
                ("fields", list(&["url", "protection", "steps", "days", "unit", "two_way", "apart", "procedure"])),
            ],
        ),
        ("analysis", vec![("fields", list(&["result", "urgent_issues", "developments"]))]),
        ("measures", vec![("fields", list(&["responsible", "steps", "reporting", "addresses"]))]),
        ("progress", Vec::new()),
        ("survey", Vec::new()),
        ("dated", vec![("scope?", scope)]),
        ("duration", vec![("years", words(&["one", "several"]))]),
        ("months", Vec::new()),
        ("empty-months", Vec::new()),
        ("rows", vec![("rows", words(&rows)), ("fields", list(&columns)), ("plan?", code.clone())]),
        ("reports-on", vec![("plan", code)]),
        ("stated", vec![("fields", list(&["problems", "recommendations", "spending"]))]),
        ("signed", Vec::new()),
        ("declared", vec![("because?", words(&["meaning", "picture", "file", "law", "network"]))]),
    ]
}

fn of_kind((word, own): Kind) -> Json {
    let confidence = words(&["two", "one+", "one", "analogue", "title", "memory"]);
    let mut fields = vec![
        ("id", json!({ "type": "string", "pattern": r"\.[0-9]+$" })),
        ("text", texts()),
        ("confidence", confidence),
        ("audience?", words(&["all", "local"])),
        ("kind", json!({ "const": word })),
    ];
    fields.extend(own);
    table(&fields)
}

/// A table with these keys and no others; a key with `?` may be absent.
fn table(fields: &[(&str, Json)]) -> Json {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (key, schema) in fields {
        let name = key.trim_end_matches('?');
        if name == *key {
            required.push(name);
        }
        properties.insert(name.to_owned(), schema.clone());
    }
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn words(words: &[&str]) -> Json {
    json!({ "enum": words })
}

fn list(words: &[&str]) -> Json {
    json!({ "type": "array", "items": { "enum": words } })
}

fn texts() -> Json {
    table(&[("th", json!({ "type": "string" })), ("en", json!({ "type": "string" }))])
}
