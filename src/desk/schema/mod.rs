//! JSON Schemas of the content files, made of what the content types ask for, and the files that tell editors which is whose.

mod form;

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use crate::config;
use crate::content::common::DRAFT;
use crate::content::rows::RowKind;
use crate::content::{FOLDERS, Folder, Layout};
use crate::diagnostic::Text;
use crate::fields::{Asked, Shape, labels};
use crate::source::SourcePath;
use crate::thai::date::BUDDHIST;

/// Where the schemas lie in a site folder.
pub const FOLDER: &str = "schemas";

/// The dialect that they are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A schema and the files that it is for.
#[derive(Debug)]
pub struct Schema {
    /// Its name: `disclosures`, of the file `disclosures.json`.
    pub name: &'static str,
    /// The files that it describes, as globs from the site folder. Of a Markdown file it describes the fields between the lines `+++`.
    pub files: String,
    /// Whether these are TOML files as a whole, so that an editor of TOML can use it.
    pub is_toml: bool,
    /// The schema.
    pub json: Json,
}

/// The schemas of `site.toml`, of each folder of `content/`, and of a form.
pub fn schemas() -> Vec<Schema> {
    let mut schemas = Vec::new();
    let title = Text { th: "การตั้งค่าเว็บไซต์", en: "settings of the site" };
    let mut json = of_document("site", title, &config::asked());
    drop(json.as_object_mut().and_then(|json| json.remove("if")));
    schemas.push(Schema { name: "site", files: config::PATH.to_owned(), is_toml: true, json });
    for folder in FOLDERS {
        let title = labels::folder(folder.name).unwrap_or(Text { th: folder.name, en: folder.name });
        let json = of_document(folder.name, title, &folder.asked());
        schemas.push(Schema { name: folder.name, files: files(folder), is_toml: folder.extension() == "toml", json });
    }
    schemas.push(Schema { name: "form", files: "content/catalog/*.toml".to_owned(), is_toml: true, json: form::schema() });
    schemas
}

/// What an editor needs to check the files of a site folder: the schemas, and which file has which.
pub fn association_files() -> Vec<(SourcePath, Vec<u8>)> {
    let path = |schema: &Schema| format!("{FOLDER}/{}.json", schema.name);
    let schemas = schemas();
    let mut files: Vec<(String, String)> = schemas.iter().map(|schema| (path(schema), shown(&schema.json))).collect();
    let mut taplo = String::from(
        "# บอกโปรแกรมแก้ TOML (taplo, Even Better TOML) ว่าไฟล์ใดใช้โครงใด ไฟล์ .md ใช้ไม่ได้เพราะข้อมูลอยู่ระหว่าง +++ ใช้ prongsai check แทน\n# Tells editors of TOML which schema is whose. The fields of .md files lie between +++, which they do not read: prongsai check does.\ninclude = [\"content/**/*.toml\"]\n",
    );
    for schema in schemas.iter().filter(|schema| schema.is_toml) {
        let (files, path) = (&schema.files, path(schema));
        let _ = write!(taplo, "\n[[rule]]\ninclude = [\"{files}\"]\n\n[rule.schema]\nenabled = true\npath = \"{path}\"\n");
    }
    files.push((".taplo.toml".to_owned(), taplo));
    let settings = json!({
        "files.encoding": "utf8",
        "evenBetterToml.schema.enabled": true,
        "evenBetterToml.taplo.configFile.enabled": true,
        "evenBetterToml.taplo.configFile.path": ".taplo.toml",
    });
    files.push((".vscode/settings.json".to_owned(), shown(&settings)));
    let extensions = json!({ "recommendations": ["tamasfe.even-better-toml", "MS-SarifVSCode.sarif-viewer"] });
    files.push((".vscode/extensions.json".to_owned(), shown(&extensions)));
    files.into_iter().map(|(path, text)| (SourcePath::new(&path), text.into_bytes())).collect()
}

/// A schema as its file.
pub fn shown(json: &Json) -> String {
    let text = serde_json::to_string_pretty(json).expect("strings and numbers always serialize");
    text + "\n"
}

fn files(folder: &Folder) -> String {
    let (name, extension) = (folder.name, folder.extension());
    match folder.layout {
        Layout::MarkdownInYear => format!("content/{name}/*/*.{extension}"),
        _ => format!("content/{name}/*.{extension}"),
    }
}

/// The schema of a document; of a draft nothing is required.
fn of_document(folder: &str, title: Text<&'static str>, asked: &[Asked]) -> Json {
    let mut schema = object(folder, "", asked);
    let required = schema.remove("required");
    let head = [("$schema", json!(DIALECT)), ("title", json!(both(title)))];
    let mut whole: Map<String, Json> = head.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    whole.append(&mut schema);
    if let Some(required) = required {
        if asked.iter().any(|field| field.key == DRAFT) {
            let is_draft = json!({ "properties": { DRAFT: { "const": true } }, "required": [DRAFT] });
            whole.insert("if".to_owned(), is_draft);
            whole.insert("else".to_owned(), json!({ "required": required }));
        } else {
            whole.insert("required".to_owned(), required);
        }
    }
    Json::Object(whole)
}

/// The schema of a table with these fields and no others. One whose keys the author chooses has none that are known.
fn object(folder: &str, prefix: &str, asked: &[Asked]) -> Map<String, Json> {
    let mut properties = Map::new();
    for field in asked {
        properties.insert(field.key.to_owned(), property(folder, &format!("{prefix}{}", field.key), field));
    }
    let required: Vec<&str> = asked.iter().filter(|field| field.required).map(|field| field.key).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    if asked.is_empty() {
        schema.extend(any_keys(prefix));
        return schema;
    }
    schema.insert("properties".to_owned(), Json::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema
}

/// Tables whose keys the author chooses: levels by rule, new addresses by old ones.
fn any_keys(prefix: &str) -> Map<String, Json> {
    let (names, value) = match prefix {
        "rules." => {
            let rules = crate::rules();
            let names: Vec<&str> = rules.iter().flat_map(|rule| [rule.name, rule.code]).collect();
            (json!({ "enum": names }), json!({ "enum": ["ignore", "warn", "error"] }))
        }
        _ => (json!({ "type": "string" }), json!({ "type": "string" })),
    };
    [("propertyNames".to_owned(), names), ("additionalProperties".to_owned(), value)].into_iter().collect()
}

fn property(folder: &str, path: &str, field: &Asked) -> Json {
    let label = labels::field(folder, path).unwrap_or(Text { th: field.key, en: field.key });
    let one = match field.shape {
        Shape::Table => Json::Object(object(folder, &format!("{path}."), &field.inner)),
        shape => of_shape(shape, is_words(path)),
    };
    // One value stands for a list of one, and a table written twice for a list of two.
    let mut schema = match (field.is_list, field.shape) {
        (true, _) => json!({ "anyOf": [one, { "type": "array", "items": one }] }),
        (false, Shape::Table) => json!({ "anyOf": [one, { "type": "array", "items": one, "maxItems": 1 }] }),
        (false, _) => one,
    };
    if let Json::Object(schema) = &mut schema {
        schema.insert("title".to_owned(), json!(both(label)));
        schema.insert("description".to_owned(), json!(description(field)));
        if let Some(example) = example(field.example) {
            schema.insert("examples".to_owned(), json!([example]));
        }
    }
    schema
}

/// What is to be typed; of words, what each means.
fn description(field: &Asked) -> String {
    let Shape::Choice(words) = field.shape else { return both(field.expects) };
    let called = |word: &&'static str| labels::word(word).map_or((*word).to_owned(), |label| format!("{word} = {}", both(label)));
    words.iter().map(called).collect::<Vec<_>>().join(", ")
}

/// Columns of rows take a number where words are meant: `budget = 480000`.
fn is_words(path: &str) -> bool {
    let (table, column) = path.split_once('.').unwrap_or_default();
    let kind = RowKind::ALL.into_iter().find(|kind| kind.key() == table);
    kind.is_some_and(|kind| kind != RowKind::Statistic) && column != "name"
}

/// What the reader takes, and no less: a pattern stands only where it reads nothing else.
fn of_shape(shape: Shape, is_words: bool) -> Json {
    const DIGITS: &str = r"^\s*\+?[0-9๐-๙]+\s*$";
    match shape {
        Shape::Text if is_words => json!({ "type": ["string", "number"] }),
        Shape::TwoTexts => {
            let text = json!({ "type": "string" });
            let both = json!({ "type": "object", "properties": { "th": text, "en": text }, "required": ["th", "en"], "additionalProperties": false });
            json!({ "anyOf": [text, both] })
        }
        Shape::Number(least) => {
            json!({ "anyOf": [{ "type": "integer", "minimum": least }, { "type": "string", "pattern": DIGITS }] })
        }
        Shape::Score => {
            json!({ "anyOf": [{ "type": "number", "minimum": 0, "maximum": 100 }, { "type": "string", "pattern": "^$|[0-9๐-๙]" }] })
        }
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Year => {
            let (first, last) = (BUDDHIST.start(), BUDDHIST.end());
            let number = json!({ "type": "integer", "minimum": first, "maximum": last });
            json!({ "anyOf": [number, { "type": "string", "pattern": "[0-9๐-๙]{4}" }] })
        }
        Shape::Period => json!({ "type": ["string", "integer"] }),
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::Url => json!({ "type": "string", "pattern": r"^$|^\s*[Hh][Tt][Tt][Pp][Ss]?:" }),
        Shape::Email => json!({ "type": "string", "pattern": "^$|@" }),
        Shape::Text | Shape::Date | Shape::File | Shape::Phone | Shape::Table => json!({ "type": "string" }),
    }
}

/// An example as it is typed in TOML, as a value; none where it is only a gap.
fn example(typed: &str) -> Option<Json> {
    let value: toml::Table = format!("x = {typed}").parse().ok().filter(|_| !typed.contains('…'))?;
    serde_json::to_value(value.get("x")?).ok()
}

/// A text of two languages on one line.
fn both(text: Text<&'static str>) -> String {
    if text.th == text.en { text.th.to_owned() } else { format!("{} · {}", text.th, text.en) }
}
