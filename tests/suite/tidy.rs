//! Guards of the architecture: modules point one way, files stay small, year numbers live in catalogs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::root;

/// A module may use only those before it; `thai` is a leaf that every one may use.
const ORDER: [&str; 17] = [
    "sealed",
    "source",
    "diagnostic",
    "signing",
    "fields",
    "config",
    "content",
    "parse",
    "catalog",
    "history",
    "site",
    "check",
    "render",
    "publish",
    "net",
    "desk",
    "cli",
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the project").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn module_of(path: &Path) -> String {
    let relative = path.strip_prefix(root().join("src")).expect("a source file");
    let first = relative.components().next().expect("a file name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules of this crate that a text names: `crate::site::url` → `site`, `crate::{site, thai}` → both.
fn named(text: &str) -> Vec<String> {
    let mut modules = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let list = rest.strip_prefix('{').and_then(|rest| rest.split('}').next());
        for part in list.map_or_else(|| vec![rest], |list| list.split(',').collect()) {
            modules.push(part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    modules
}

#[test]
fn modules_point_one_way() {
    for path in rust_files(&root().join("src")) {
        let module = module_of(&path);
        let Some(own) = ORDER.iter().position(|name| *name == module) else {
            if module == "thai" {
                let text = fs::read_to_string(&path).expect("a source file");
                assert!(!text.contains("crate::"), "{}: thai is a leaf", path.display());
            }
            continue;
        };
        let text = fs::read_to_string(&path).expect("a source file");
        for used in named(&text) {
            if let Some(other) = ORDER.iter().position(|name| *name == used) {
                assert!(other <= own, "{}: {module} may not use {used}", path.display());
            }
        }
    }
}

/// Stages are pure; `net` speaks HTTP, and the preview server of `cli` listens.
#[test]
fn only_net_speaks_to_other_hosts() {
    for path in rust_files(&root().join("src")) {
        let module = module_of(&path);
        let text = fs::read_to_string(&path).expect("a source file");
        for (word, allowed) in [("ureq", &["net"][..]), ("std::net", &["net", "cli"]), ("tokio", &["cli"])] {
            assert!(!text.contains(word) || allowed.contains(&module.as_str()), "{}: {word}", path.display());
        }
        assert!(!text.contains("net::fetch") || ["net", "cli"].contains(&module.as_str()), "{}: asks hosts", path.display());
    }
}

#[test]
fn the_guard_sees_what_it_guards() {
    assert_eq!(named("use crate::site::Site;"), ["site"]);
    assert_eq!(named("use crate::{\n    render,\n    thai::Code};"), ["render", "thai"]);
}

#[test]
fn files_are_small_and_say_what_they_are() {
    for folder in ["src", "tests"] {
        for path in rust_files(&root().join(folder)) {
            let text = fs::read_to_string(&path).expect("a source file");
            assert!(text.starts_with("//! "), "{}: open with one line that is its entry in the code map", path.display());
            assert!(text.lines().count() <= 400, "{}: over 400 lines", path.display());
            for word in ["FIXME", "todo!(", "unimplemented!("] {
                assert!(!text.contains(word) || path.ends_with("tidy.rs"), "{}: {word}", path.display());
            }
        }
    }
}

#[test]
fn every_module_is_compiled() {
    for path in rust_files(&root().join("src")) {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if ["main", "lib", "mod"].contains(&name.as_str()) {
            continue;
        }
        let parent = path.parent().expect("a folder");
        let owner = [parent.join("mod.rs"), root().join("src/lib.rs")].into_iter().find(|file| file.is_file()).expect("a module");
        let text = fs::read_to_string(owner).expect("a source file");
        let is_named = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == name);
        assert!(is_named, "{}: name it in its mod.rs", path.display());
    }
}

/// Year numbers live in the catalogs; rules' examples are content, and documentation may name a year.
#[test]
fn no_year_numbers_outside_catalogs() {
    for path in rust_files(&root().join("src")) {
        if module_of(&path) == "thai" {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        let mut in_example = false;
        for (number, line) in text.lines().enumerate() {
            let opens = line.matches("r#\"").count() + line.matches("r\"").count();
            let closes = line.matches("\"#").count();
            let was_in_example = in_example;
            if opens > closes {
                in_example = true;
            } else if closes > opens {
                in_example = false;
            }
            // The curve of keys is no year.
            let code = line.split("//").next().unwrap_or_default().replace("25519", "");
            let is_text = was_in_example || in_example || line.contains("th: \"") || line.contains("en: \"");
            let has_year = code.as_bytes().windows(4).any(|word| word.starts_with(b"25") && word.iter().all(u8::is_ascii_digit));
            assert!(is_text || !has_year, "{}:{}: a year number", path.display(), number + 1);
        }
    }
}
