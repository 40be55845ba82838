//! Edits of all kinds, one after another: a build after them is a build from nothing, and so is what `serve` remembers.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use prongsai::diagnostic::Diagnostics;
use prongsai::render::Memory;
use prongsai::source::{self, Sources};
use prongsai::{Outcome, build_folder};
use proptest::prelude::*;

use crate::again::{Counter, SITE, copied, differences, entries, published, settle};
use crate::support::{folder, root};

/// A change that a webmaster may make, or somebody else.
#[derive(Debug, Clone)]
enum Edit {
    Text(&'static str, String),
    Remove(&'static str),
    /// In the output folder, where it is not expected.
    Tamper(&'static str),
    Lose(&'static str),
}

fn edit() -> impl Strategy<Value = Edit> {
    let word = "[ก-ฮ]{1,6}";
    let post = |title: &str, more: &str| format!("+++\ntitle = \"{title}\"\ndate = \"20 เมษายน 2566\"\n+++\n\n{more}\n");
    let news = prop_oneof![Just("content/news/a.md"), Just("content/news/b.md"), Just("content/news/c.md")];
    let page = prop_oneof![Just("content/pages/about.md"), Just("content/pages/plan.md"), Just("content/pages/about.en.md")];
    let body = prop_oneof![Just(""), Just("[ก](b.md)"), Just("[ก](../pages/about.md)"), Just("[แผน](plan.csv)"), Just("## ข้อ")];
    let settings =
        |name: String| SITE.split("-- ").nth(1).expect("settings").split_once("--\n").expect("text").1.replace("ตัวอย่าง", &name);
    prop_oneof![
        6 => (news.clone(), word, body).prop_map(move |(path, title, body)| Edit::Text(path, post(&title, body))),
        3 => (page.clone(), word).prop_map(|(path, title)| Edit::Text(path, format!("+++\ntitle = \"{title}\"\n+++\n\n{title}\n"))),
        2 => prop_oneof![news, page].prop_map(Edit::Remove),
        1 => Just(Edit::Remove("content/news/plan.csv")),
        1 => word.prop_map(|word| Edit::Text("content/news/plan.csv", format!("ก,{word}"))),
        1 => (word, any::<bool>()).prop_map(move |(name, is_thai)| {
            let digits = if is_thai { "digits = \"thai\"\n" } else { "" };
            Edit::Text("content/site.toml", format!("{digits}{}", settings(name)))
        }),
        1 => word.prop_map(|word| Edit::Text("themes/default/i18n.toml", format!("[home]\nth = \"{word}\"\nen = \"{word}\"\n"))),
        1 => word.prop_map(|word| Edit::Text("content/executives/1-a.md", format!("+++\nname = \"นาย{word}\"\nposition = \"ปลัด\"\ngroup = \"permanent\"\n+++\n"))),
        1 => word.prop_map(|word| Edit::Text("themes/default/pages/not_found.html", format!("{{% extends \"base.html\" %}}{{% block main %}}<h1>{word}</h1>{{% endblock main %}}"))),
        1 => Just(Edit::Remove("themes/default/pages/not_found.html")),
        1 => prop_oneof![Just("about/index.html"), Just("sitemap.xml"), Just("files/news/plan.csv")].prop_map(Edit::Tamper),
        1 => prop_oneof![Just("about/index.html"), Just("index.html"), Just("files/news/plan.csv")].prop_map(Edit::Lose),
    ]
}

impl Edit {
    fn make(&self, site: &Path) {
        let write = |path: PathBuf, text: &str| {
            fs::create_dir_all(path.parent().expect("a folder")).and_then(|()| fs::write(&path, text)).expect("written");
        };
        match self {
            Edit::Text(path, text) => write(site.join(path), text),
            Edit::Remove(path) => drop(fs::remove_file(site.join(path))),
            Edit::Tamper(path) if site.join("public").join(path).exists() => write(site.join("public").join(path), "changed"),
            Edit::Tamper(_) => {}
            Edit::Lose(path) => drop(fs::remove_file(site.join("public").join(path))),
        }
    }
}

/// What a build from nothing publishes; `None` when it finds errors.
fn clean(site: &Path) -> Option<BTreeMap<PathBuf, Vec<u8>>> {
    let other = copied(site);
    let public = other.path().join("public");
    match prongsai::build_all(other.path(), &public, None, None).expect("built") {
        Outcome::Built(built) => built.2.map(|_| published(&public)),
        Outcome::Unchanged(..) => unreachable!("nothing was there before"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_build_after_edits_is_a_build_from_nothing(edits in proptest::collection::vec((edit(), any::<bool>()), 1..8)) {
        let site = folder(SITE);
        let public = site.path().join("public");
        settle();
        build_folder(site.path(), &public, None).expect("built");
        for (edit, is_settled) in edits {
            edit.make(site.path());
            // Some edits are seen a moment later, others within the same tick of the clock.
            if is_settled {
                settle();
            }
            let outcome = build_folder(site.path(), &public, None).expect("built");
            let is_published = match outcome {
                Outcome::Built(built) => built.2.is_some(),
                Outcome::Unchanged(..) => true,
            };
            let clean = clean(site.path());
            prop_assert_eq!(is_published, clean.is_some(), "{:?}", edit);
            if let Some(clean) = clean {
                let now = published(&public);
                prop_assert_eq!(differences(&now, &clean), Vec::<&PathBuf>::new(), "{:?}", edit);
            }
        }
    }

    #[test]
    fn what_serve_remembers_changes_nothing(edits in proptest::collection::vec(edit(), 1..10)) {
        let site = folder(SITE);
        let (mut files, mut documents) = (source::Memory::default(), prongsai::Memory::default());
        let (made, mut pages) = (Counter::default(), Memory::default());
        let mut changed: Option<Vec<PathBuf>> = None;
        for edit in edits {
            let sources: &Sources = source::discover_again(site.path(), changed.as_deref(), &mut files).expect("a site");
            let mut found = Diagnostics::default();
            let mut remembered = prongsai::assemble(sources, &mut documents, &mut found);
            prongsai::check(&mut remembered, &mut found);
            let fresh = source::discover(site.path()).expect("a site");
            let build = prongsai::build(&fresh);
            let mut diagnostics = found.clone();
            let (output, _) = prongsai::render::render(&remembered, sources, &made, &mut pages, &mut diagnostics);
            prop_assert!(entries(&output) == entries(&build.output), "before {:?}", edit);
            diagnostics.apply(&remembered.config.levels);
            let codes = |list: &Diagnostics| list.iter().map(|one| (one.rule.code, one.span.clone())).collect::<Vec<_>>();
            prop_assert_eq!(codes(&diagnostics), codes(&build.diagnostics));
            edit.make(site.path());
            changed = match &edit {
                Edit::Text(path, _) | Edit::Remove(path) => Some(vec![site.path().join(path)]),
                Edit::Tamper(_) | Edit::Lose(_) => Some(Vec::new()),
            };
        }
    }

    #[test]
    fn whatever_page_changes_a_build_after_it_is_a_build_from_nothing(edits in proptest::collection::vec((any::<prop::sample::Index>(), 0..6_u8), 1..5)) {
        let site = copied(&root().join("tests/sites/complete"));
        let public = site.path().join("public");
        build_folder(site.path(), &public, None).expect("built");
        for (index, kind) in edits {
            let all = walkdir::WalkDir::new(site.path().join("content")).sort_by_file_name().into_iter().filter_map(Result::ok);
            let is_text = |path: &Path| path.extension().is_some_and(|extension| extension == "md" || extension == "toml");
            let texts: Vec<PathBuf> = all.map(walkdir::DirEntry::into_path).filter(|path| is_text(path)).collect();
            let path = index.get(&texts);
            let text = fs::read_to_string(path).expect("text");
            match kind {
                0 if path.extension().is_some_and(|extension| extension == "md") => fs::write(path, text + "\n\nอีกหนึ่งย่อหน้า\n"),
                0 | 1 => fs::write(path, text.replacen("ที่", "ซึ่ง", 1).replacen("title = \"", "title = \"ใหม่ ", 1)),
                // Each is found in a text, and must be found again when the next file changes.
                3 => fs::write(path, text + "\n\n<div>โทร. 081-234-5678 นายสมชาย ใจดี</div>\n"),
                4 => fs::write(path, text.replacen('แ', "เเ", 1)),
                5 => fs::write(path, text + "\n\n## หัวข้อใหม่\n\n[ลิงก์](ไม่มี.pdf) ![](../x.png)\n"),
                _ if path.ends_with("site.toml") => Ok(()),
                _ => fs::remove_file(path),
            }.expect("written");
            if let Outcome::Built(built) = build_folder(site.path(), &public, None).expect("built") {
                let all = |list: &Diagnostics| list.iter().map(|one| format!("{one:?}")).collect::<Vec<_>>();
                let fresh = prongsai::build(&source::discover(site.path()).expect("a site"));
                prop_assert_eq!(all(&built.1.diagnostics), all(&fresh.diagnostics), "{} {}", path.display(), kind);
            }
            if let Some(clean) = clean(site.path()) {
                let now = published(&public);
                prop_assert_eq!(differences(&now, &clean), Vec::<&PathBuf>::new(), "{} {}", path.display(), kind);
            }
        }
    }
}
