//! What the forms are made of: the fields of every content type, with what they are called and how they are typed.

use serde_json::{Value as Json, json};

use crate::content::{FOLDERS, Folder, Layout};
use crate::fields::{Asked, Shape, labels};

/// Folders whose files the program writes itself.
const OWN: [&str; 1] = ["submissions"];

/// The settings, as if they were a folder.
pub(super) const SETTINGS: &str = "site";

/// All schemas by folder.
pub(super) fn all() -> Json {
    let mut folders: Vec<Json> = FOLDERS.iter().filter(|folder| !OWN.contains(&folder.name)).map(of_folder).collect();
    folders
        .push(json!({ "name": SETTINGS, "label": { "th": "ตั้งค่าเว็บไซต์", "en": "settings" }, "has_body": false, "goes_by": "none",
        "fields": fields(SETTINGS, "", &crate::config::asked()) }));
    json!({ "folders": folders })
}

fn of_folder(folder: &Folder) -> Json {
    let goes_by = match folder.layout {
        Layout::Markdown | Layout::Toml => "name",
        Layout::MarkdownByYear | Layout::TomlByYear => "year",
        Layout::MarkdownInYear => "year-and-name",
    };
    json!({
        "name": folder.name,
        "label": labels::folder(folder.name),
        "has_body": folder.extension() == "md",
        "goes_by": goes_by,
        "fields": fields(folder.name, "", &folder.asked()),
    })
}

fn fields(folder: &str, prefix: &str, asked: &[Asked]) -> Vec<Json> {
    let field = |asked: &Asked| {
        let path = format!("{prefix}{}", asked.key);
        let (shape, words) = match asked.shape {
            Shape::Text => ("text", &[][..]),
            Shape::TwoTexts => ("two-texts", &[][..]),
            Shape::Number(_) => ("number", &[][..]),
            Shape::Score => ("score", &[][..]),
            Shape::Boolean => ("boolean", &[][..]),
            Shape::Date => ("date", &[][..]),
            Shape::Year => ("year", &[][..]),
            Shape::Period => ("period", &[][..]),
            Shape::Choice(words) => ("choice", words),
            Shape::File => ("file", &[][..]),
            Shape::Email => ("email", &[][..]),
            Shape::Phone => ("phone", &[][..]),
            Shape::Url => ("url", &[][..]),
            Shape::Table => ("table", &[][..]),
        };
        let choices: Vec<Json> = words.iter().map(|word| json!({ "word": word, "label": labels::word(word) })).collect();
        json!({
            "key": asked.key,
            "label": labels::field(folder, &path),
            "required": asked.required,
            "expects": asked.expects,
            "example": asked.example.trim_matches('"'),
            "shape": shape,
            "choices": choices,
            "list": asked.is_list,
            "fields": fields(folder, &format!("{path}."), &asked.inner),
        })
    };
    asked.iter().filter(|asked| !asked.has_any_key()).map(field).collect()
}
