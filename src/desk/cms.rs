//! The configuration of a CMS in the browser (Sveltia, Decap) for the content of a site, made of what the content types ask for.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use crate::catalog::Item;
use crate::content::common::DRAFT;
use crate::content::{FOLDERS, Folder, Layout};
use crate::diagnostic::Text;
use crate::fields::{Asked, Shape, labels};
use crate::site::Site;
use crate::source::SourcePath;
use crate::thai::FiscalYear;

/// Where the files lie in a site folder; they are deployed by themselves.
pub const FOLDER: &str = "cms";

/// The version of the CMS that the page loads, and the checksum that the browser compares.
pub const SVELTIA: (&str, &str) = ("0.221.1", "JQ+XsKx/UzwdTiNnFStza3XtqqQoVtyNPApkfvwlzZDfhe7giE9CnfQrpHqgv3k6");

/// What stands in the files, by which they are known as ours.
pub const MARK: &str = "prongsai cms";

/// Folders that are written by the program, not by hand.
const NOT_BY_HAND: [&str; 1] = ["submissions"];

/// Keys whose text is more than a line.
const LONG: [&str; 9] =
    ["text", "summary", "spending", "statement", "reporting", "protection", "problems", "recommendations", "actions"];

/// Where the content is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backend {
    /// `github`, `gitlab` or `gitea`.
    pub name: String,
    /// `owner/name`.
    pub repo: String,
    /// The branch that is changed.
    pub branch: String,
}

/// The files of the CMS: `cms/index.html` and `cms/config.yml`. The folders of `year` and of those that are there have collections.
pub fn files(site: &Site, backend: &Backend) -> Vec<(SourcePath, Vec<u8>)> {
    let config = format!(
        "# สร้างด้วย prongsai cms สั่งใหม่เมื่อเริ่มปีงบประมาณหรือเมื่อใช้โปรแกรมรุ่นใหม่ · made by {MARK}; run it again in a new year\n# repo และ branch คือที่เก็บ content/ · where content/ is kept\n{}",
        yaml(&configuration(site, backend))
    );
    let path = |name: &str| SourcePath::new(&format!("{FOLDER}/{name}"));
    vec![(path("index.html"), page().into_bytes()), (path("config.yml"), config.into_bytes())]
}

/// The configuration as a value.
pub fn configuration(site: &Site, backend: &Backend) -> Json {
    let mut collections = Vec::new();
    for folder in FOLDERS.iter().filter(|folder| !NOT_BY_HAND.contains(&folder.name)) {
        if folder.layout == Layout::MarkdownInYear {
            for period in periods(site, folder) {
                collections.push(collection(site, folder, Some(&period)));
            }
        } else {
            collections.push(collection(site, folder, None));
        }
    }
    let address = site.config.base_url.as_str();
    json!({
        "backend": { "name": backend.name, "repo": backend.repo, "branch": backend.branch },
        "site_url": address,
        "display_url": address,
        // Files lie beside their documents; this is for what is uploaded without one.
        "media_folder": "content/pages",
        "public_folder": "",
        "slug": { "encoding": "ascii", "clean_accents": true },
        // An empty field is a mistake to prongsai, one that is not there is none.
        "output": { "omit_empty_optional_fields": true },
        "collections": collections,
    })
}

/// The folders of a year: that of the site, and those that have documents.
fn periods(site: &Site, folder: &Folder) -> Vec<String> {
    let year: FiscalYear = site.fiscal_year();
    let now = if folder.name == "progress" { vec![format!("{year}-h1"), format!("{year}-h2")] } else { vec![year.to_string()] };
    let there = site.in_folder(folder.name).filter_map(|(_, document)| document.path.parts().nth(2).map(str::to_owned));
    let mut periods: Vec<String> = now.into_iter().chain(there).collect();
    periods.sort_by(|a, b| b.cmp(a));
    periods.dedup();
    periods
}

/// Names of new files, which are addresses: of what is typed in Latin letters, for a title in Thai gives none. `None` where a file
/// cannot be named so: the number of a measure is in its name.
fn slug(folder: &str) -> Option<&'static str> {
    Some(match folder {
        "analysis" | "results" => "{{fields.fiscal_year}}",
        "surveys" => "eit-{{fields.fiscal_year}}",
        "disclosures" => "{{fields.topic}}",
        "channels" => "{{fields.kind}}",
        "executives" => "{{fields.order}}-executive",
        "progress" => "{{fields.measure}}-{{year}}{{month}}{{day}}{{hour}}{{minute}}",
        "measures" => return None,
        _ => "{{year}}-{{month}}-{{day}}-{{hour}}{{minute}}",
    })
}

/// The topics of a year's form, to choose from.
fn topics(site: &Site, period: Option<&str>) -> Option<Json> {
    let form = site.catalogs.of(FiscalYear::parse(period?).ok()?)?;
    let option = |item: &Item| json!({ "label": format!("{} {}", item.id, item.title.th), "value": item.topic });
    Some(form.items.iter().map(option).collect())
}

/// What a new file is named by has to be typed; a topic is chosen from those of the year.
fn name_by(field: &mut Json, folder: &str, site: &Site, period: Option<&str>) {
    let key = field["name"].as_str().unwrap_or_default().to_owned();
    if slug(folder).is_some_and(|slug| slug.contains(&format!("{{{{fields.{key}}}}}"))) {
        field["required"] = json!(true);
    }
    if (folder, key.as_str()) == ("disclosures", "topic")
        && let Some(options) = topics(site, period)
    {
        field["widget"] = json!("select");
        field["options"] = options;
    }
}

fn collection(site: &Site, folder: &Folder, period: Option<&str>) -> Json {
    let name = folder.name;
    let (place, suffix) = match period {
        Some(period) => (format!("content/{name}/{period}"), format!("-{period}")),
        None => (format!("content/{name}"), String::new()),
    };
    let label = labels::folder(name).map_or(name, |label| label.th);
    let label = period.map_or_else(|| label.to_owned(), |period| format!("{label} {period}"));
    let asked = folder.asked();
    let mut fields: Vec<Json> = asked.iter().map(|field| widget(name, field.key, field)).collect();
    for field in &mut fields {
        name_by(field, name, site, period);
    }
    let is_markdown = folder.extension() == "md";
    if is_markdown {
        fields.push(json!({ "name": "body", "label": "เนื้อความ", "widget": "markdown", "required": false }));
    }
    let first =
        if asked.iter().any(|field| field.key == "title") { "title" } else { asked.first().map_or("name", |field| field.key) };
    let mut collection = json!({
        "name": format!("{name}{suffix}"),
        "label": label,
        "folder": place,
        "create": slug(name).is_some(),
        "extension": folder.extension(),
        "format": if is_markdown { "toml-frontmatter" } else { "toml" },
        "identifier_field": first,
        "slug": slug(name).unwrap_or("{{slug}}"),
        // Beside the document, under the name alone.
        "media_folder": "",
        "public_folder": "",
        "editor": { "preview": false },
        "fields": fields,
    });
    if slug(name).is_none() {
        collection["description"] = json!("แก้ได้ แต่เพิ่มไฟล์ใหม่ด้วย prongsai new เพราะชื่อไฟล์มีเลขลำดับ");
    }
    if is_markdown {
        collection["frontmatter_delimiter"] = json!("+++");
    }
    collection
}

fn widget(folder: &str, path: &str, field: &Asked) -> Json {
    let label = labels::field(folder, path).unwrap_or(Text { th: field.key, en: field.key });
    let mut widget = Map::new();
    let mut put = |key: &str, value: Json| drop(widget.insert(key.to_owned(), value));
    put("name", json!(field.key));
    put("label", json!(label.th));
    put("required", json!(field.required));
    let (kind, more) = kind(folder, path, field);
    match (field.shape, field.is_list) {
        (Shape::Table, true) => {
            put("widget", json!("list"));
            put("collapsed", json!(true));
            put("fields", inner(folder, path, field));
        }
        (Shape::Table, false) => {
            put("widget", json!("object"));
            put("fields", inner(folder, path, field));
        }
        (_, true) => {
            put("widget", json!("list"));
            let mut one = json!({ "name": field.key, "label": label.th, "widget": kind });
            if let (Json::Object(one), Json::Object(mut more)) = (&mut one, more) {
                one.append(&mut more);
            }
            put("field", one);
        }
        (_, false) => {
            put("widget", json!(kind));
            if let Json::Object(more) = more {
                more.into_iter().for_each(|(key, value)| put(&key, value));
            }
        }
    }
    let example = if field.example.is_empty() || field.example.contains('…') {
        String::new()
    } else {
        format!(" เช่น {}", field.example)
    };
    if field.shape != Shape::Table && !matches!(field.shape, Shape::Choice(_) | Shape::Boolean) {
        put("hint", json!(format!("{}{example}", field.expects.th)));
    }
    Json::Object(widget)
}

fn inner(folder: &str, path: &str, field: &Asked) -> Json {
    field.inner.iter().map(|inner| widget(folder, &format!("{path}.{}", inner.key), inner)).collect()
}

/// The widget of one value, and its own settings.
fn kind(folder: &str, path: &str, field: &Asked) -> (&'static str, Json) {
    let none = json!({});
    match field.shape {
        Shape::Boolean if field.key == DRAFT => ("boolean", json!({ "default": true })),
        Shape::Boolean => ("boolean", json!({ "default": false })),
        Shape::Number(least) => ("number", json!({ "value_type": "int", "min": least, "step": 1 })),
        Shape::Year => ("number", json!({ "value_type": "int", "step": 1 })),
        Shape::Choice(words) => {
            let option = |word: &&str| json!({ "label": labels::word(word).map_or(*word, |label| label.th), "value": word });
            ("select", json!({ "options": words.iter().map(option).collect::<Vec<_>>() }))
        }
        Shape::File if field.key == "photo" => ("image", none),
        Shape::File => ("file", none),
        Shape::Url => ("string", json!({ "pattern": ["^https?://", "ขึ้นต้นด้วย https://"] })),
        Shape::Email => ("string", json!({ "pattern": ["@", "พิมพ์อีเมล เช่น name@example.go.th"] })),
        Shape::Text if LONG.contains(&field.key) && (folder, path) != ("results", "question.text") => ("text", none),
        _ => ("string", none),
    }
}

/// The page that loads the CMS: one file of a known version, which the browser compares with its checksum.
fn page() -> String {
    let (version, sum) = SVELTIA;
    format!(
        "<!DOCTYPE html>\n<!-- {MARK} -->\n<html lang=\"th\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<title>แก้ไขเนื้อหาเว็บไซต์</title>\n<link href=\"config.yml\" type=\"application/yaml\" rel=\"cms-config-url\">\n</head>\n<body>\n<script src=\"https://unpkg.com/@sveltia/cms@{version}/dist/sveltia-cms.js\" integrity=\"sha384-{sum}\" crossorigin=\"anonymous\"></script>\n</body>\n</html>\n"
    )
}

/// A value as YAML. Texts are typed as in JSON, which YAML reads the same.
fn yaml(value: &Json) -> String {
    let mut out = String::new();
    write_yaml(&mut out, value, 0);
    out
}

fn write_yaml(out: &mut String, value: &Json, depth: usize) {
    let indent = "  ".repeat(depth);
    let entries: Vec<(String, &Json)> = match value {
        Json::Object(map) => map.iter().map(|(key, value)| (format!("{key}:"), value)).collect(),
        Json::Array(list) => list.iter().map(|value| ("-".to_owned(), value)).collect(),
        _ => Vec::new(),
    };
    for (head, value) in entries {
        match value {
            Json::Object(map) if !map.is_empty() => {
                let _ = writeln!(out, "{indent}{head}");
                write_yaml(out, value, depth + 1);
            }
            Json::Array(list) if !list.is_empty() => {
                let _ = writeln!(out, "{indent}{head}");
                write_yaml(out, value, depth + 1);
            }
            value => {
                let _ = writeln!(out, "{indent}{head} {value}");
            }
        }
    }
}
