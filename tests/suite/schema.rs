//! The schemas of content files: `docs/schemas/` is fresh, every field is in them, what is a user's own stays. That they fit the
//! content of real sites, and nothing broken, is for `tests/data/schemas.py`.

use std::fs;

use prongsai::catalog::built_in;
use prongsai::content::FOLDERS;
use prongsai::desk::schema::{association_files, schemas, shown};
use serde_json::Value;

use crate::support::{expect_file, folder, prongsai, root, stdout};

#[test]
fn schemas_are_fresh() {
    let mut names = Vec::new();
    for schema in schemas() {
        let file = format!("{}.json", schema.name);
        expect_file(&root().join("docs/schemas").join(&file), &shown(&schema.json));
        names.push(file);
    }
    let mut there: Vec<String> = fs::read_dir(root().join("docs/schemas"))
        .expect("the folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    there.sort();
    assert_eq!(names, there);
    assert_eq!(names.len(), FOLDERS.len() + 2);
}

#[test]
fn every_field_is_named_in_both_languages_and_no_other_is_let_in() {
    fn walk(schema: &Value, place: &str, n_fields: &mut usize) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            assert_eq!(schema["additionalProperties"], false, "{place}");
            for (key, field) in properties {
                walk(field, &format!("{place}.{key}"), n_fields);
                *n_fields += 1;
            }
        }
        for part in schema.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
            walk(part, place, n_fields);
        }
        if let Some(items) = schema.get("items") {
            walk(items, place, n_fields);
        }
    }
    let mut n_fields = 0;
    for schema in schemas() {
        assert!(schema.json["title"].as_str().is_some_and(|title| title.contains(" · ")), "{}", schema.name);
        walk(&schema.json, schema.name, &mut n_fields);
        if schema.name != "form" {
            for (key, field) in schema.json["properties"].as_object().expect("fields") {
                assert!(field["title"].as_str().is_some_and(|title| !title.is_empty()), "{}.{key}", schema.name);
                assert!(
                    field["description"].as_str().is_some_and(|words| words.contains(" · ") || words.contains(" = ")),
                    "{}.{key}",
                    schema.name
                );
            }
        }
    }
    assert!(n_fields > 200, "{n_fields}");
}

#[test]
fn every_kind_of_requirement_of_a_form_is_in_its_schema() {
    let all = schemas();
    let form = all.iter().find(|schema| schema.name == "form").expect("the form");
    let text = form.json.to_string();
    for form in built_in().years().filter_map(|year| built_in().of(year)) {
        for requirement in form.items.iter().flat_map(|item| &item.requirements) {
            let word = requirement.kind.word();
            assert!(text.contains(&format!("{{\"const\":\"{word}\"}}")), "{word}");
        }
    }
}

#[test]
fn the_program_writes_them_and_leaves_what_is_somebodys_own() {
    let site = folder("\n-- .vscode/settings.json --\n{ \"editor.fontSize\": 14 }\n");
    let output = prongsai(site.path(), &["schema"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains(".vscode/settings.json is yours already"), "{}", stdout(&output));
    let own = fs::read_to_string(site.path().join(".vscode/settings.json")).expect("there");
    assert_eq!(own, "{ \"editor.fontSize\": 14 }\n");
    for (path, bytes) in association_files().into_iter().filter(|(path, _)| path.as_str() != ".vscode/settings.json") {
        assert!(fs::read(site.path().join(path.as_str())).expect("written") == bytes, "{path}");
    }
    let taplo: toml::Table = fs::read_to_string(site.path().join(".taplo.toml")).expect("written").parse().expect("TOML");
    for rule in taplo["rule"].as_array().expect("rules") {
        let path = rule["schema"]["path"].as_str().expect("a path");
        assert!(site.path().join(path).is_file(), "{path}");
        assert!(!rule["include"][0].as_str().expect("a glob").ends_with(".md"));
    }
    assert!(stdout(&prongsai(site.path(), &["schema"])).contains("wrote 0 files"));
    let out = tempfile::tempdir().expect("a folder");
    let place = out.path().join("there").to_string_lossy().into_owned();
    assert_eq!(prongsai(out.path(), &["schema", "-o", &place]).status.code(), Some(0));
    assert_eq!(fs::read_dir(&place).expect("written").count(), schemas().len());
    assert!(!out.path().join("there/.prongsai").exists());
}
