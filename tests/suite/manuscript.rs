//! Content files changed by forms: only what was changed changes, and it can be taken back.

use std::collections::BTreeMap;
use std::fs;

use prongsai::content::Folder;
use prongsai::desk::Manuscript;
use prongsai::diagnostic::Text;
use prongsai::publish::edits::{Change, Conflict, carry_out, read_source, to_undo, undo};
use prongsai::source::SourcePath;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::support::root;

/// Every content file of the example and of the sites of the tests, with its folder.
fn files() -> Vec<(SourcePath, &'static Folder, Vec<u8>)> {
    let mut files = Vec::new();
    for site in ["", "tests/sites/complete", "tests/sites/small"] {
        for entry in walkdir::WalkDir::new(root().join(site).join("content")).sort_by_file_name().into_iter().flatten() {
            let path = entry.path();
            let Ok(place) = path.strip_prefix(root().join(site).join("content")) else { continue };
            let folder = place.components().next().and_then(|part| Folder::named(part.as_os_str().to_str()?));
            let is_text = path.extension().is_some_and(|extension| extension == "md" || extension == "toml");
            if let (Some(folder), true) = (folder, is_text && path.is_file()) {
                let place = SourcePath::new(&format!("content/{}", place.display()));
                files.push((place, folder, fs::read(path).expect("a file of the project")));
            }
        }
    }
    assert!(files.len() > 40, "{}", files.len());
    files
}

fn changed(path: &str, text: &str, values: &Value) -> String {
    let folder = Folder::named(path.split('/').nth(1).expect("a folder")).expect("a content type");
    let mut manuscript = Manuscript::open(&SourcePath::new(path), text.as_bytes()).expect("opens");
    manuscript.set(&folder.asked(), values.as_object().expect("fields"));
    String::from_utf8(manuscript.to_bytes()).expect("UTF-8")
}

#[test]
fn what_is_not_changed_stays_byte_for_byte() {
    for (path, folder, bytes) in files() {
        let mut manuscript = Manuscript::open(&path, &bytes).unwrap_or_else(|why| panic!("{path}: {}", why.en));
        assert!(manuscript.to_bytes() == bytes, "{path} as it is");
        let values = manuscript.values(&folder.asked());
        manuscript.set(&folder.asked(), &values);
        let body = manuscript.body().to_owned();
        manuscript.set_body(&body);
        assert!(manuscript.to_bytes() == bytes, "{path} with the values that it has");
    }
}

#[test]
fn a_change_keeps_comments_order_and_line_ends() {
    let text = "\u{feff}+++\r\n# ท่านแรก\r\nname = \"ก\" # ตรวจแล้ว\r\nposition = 'ข'\r\n\r\n# เบอร์ใหม่\r\nphone = \"0 4212 3456\"\r\ngroup = \"permanent\"\r\n+++ \r\nประวัติ\r\n";
    let expected = "\u{feff}+++\r\n# ท่านแรก\r\nname = \"ค\" # ตรวจแล้ว\r\nposition = 'ข'\r\n\r\n# เบอร์ใหม่\r\ngroup = \"permanent\"\r\norder = 3\r\n+++ \r\nประวัติ\r\n";
    let values = json!({ "name": "ค", "phone": "", "order": "๓", "since": null });
    assert_eq!(changed("content/executives/a.md", text, &values), expected);
}

#[test]
fn a_removed_field_leaves_its_comments() {
    let text = "+++\nname = \"ก\"\n# ทางตรง\nphone = \"0 4212 3456\"   # ห้องทำงาน\nemail = \"a@example.go.th\"\n+++\n";
    let expected = "+++\nname = \"ก\"\n# ทางตรง\n# ห้องทำงาน\nemail = \"a@example.go.th\"\n+++\n";
    assert_eq!(changed("content/executives/a.md", text, &json!({ "phone": null })), expected);
    let last = "+++\nname = \"ก\" # ท่านแรก\n# เบอร์\nphone = \"1132\" # สายด่วน\n+++\n";
    let expected = "+++\nname = \"ก\" # ท่านแรก\n# เบอร์\n# สายด่วน\n+++\n";
    assert_eq!(changed("content/executives/a.md", last, &json!({ "phone": "" })), expected);
}

#[test]
fn rows_are_moved_with_their_comments() {
    let text = "+++\ntitle = \"ก\"\n\n# แรก\n[[step]]\ntext = \"หนึ่ง\" # 1\n\n# ที่สอง\n[[step]]\ntext = \"สอง\"\n\n[[attachment]]\nfile = \"a.pdf\"\ntitle = \"ก\"\n+++\n";
    let values =
        json!({ "step": [{ "_row": 1, "text": "สอง", "period": "ก.ย. ๖๕" }, { "text": "ใหม่" }, { "_row": 0, "text": "หนึ่ง" }] });
    let expected = "+++\ntitle = \"ก\"\n\n# ที่สอง\n[[step]]\ntext = \"สอง\"\nperiod = \"ก.ย. ๖๕\"\n\n[[step]]\ntext = \"ใหม่\"\n\n# แรก\n[[step]]\ntext = \"หนึ่ง\" # 1\n\n[[attachment]]\nfile = \"a.pdf\"\ntitle = \"ก\"\n+++\n";
    assert_eq!(changed("content/measures/2566/1-a.md", text, &values), expected);
}

#[test]
fn lists_are_written_as_people_write_them() {
    let text = "+++\ntitle = \"ก\"\naddresses = [\"indicator:2\"]\nreporting = [\n  \"ประชุมหัวหน้าส่วนราชการ\", # ทุกเดือน\n  \"บันทึกสรุปให้ผู้บริหารทราบ\",\n]\n+++\n";
    let values = json!({ "addresses": ["indicator:2", "O2"], "reporting": ["ประชุมหัวหน้าส่วนราชการ", "แจ้งในเว็บไซต์ของเทศบาล"], "responsible": ["สำนักคลัง"] });
    let out = changed("content/measures/2566/1-a.md", text, &values);
    assert!(out.contains("addresses = [\"indicator:2\", \"O2\"]\n"), "{out}");
    assert!(out.contains("  \"ประชุมหัวหน้าส่วนราชการ\",") && out.contains("\n  \"แจ้งในเว็บไซต์ของเทศบาล\",\n]"), "{out}");
    assert!(out.contains("responsible = [\"สำนักคลัง\"]\n"), "{out}");
}

#[test]
fn a_list_that_gets_shorter_or_changes_keeps_its_comments() {
    let text = "+++\nreporting = [\n  # ก่อน\n  \"ประชุมหัวหน้าส่วนราชการ\", # ทุกเดือน\n  \"บันทึกสรุปให้ผู้บริหารทราบ\", # ทุกปี\n  \"แจ้งในเว็บไซต์ของเทศบาล\" # เสมอ\n]\n+++\n";
    let all = ["ประชุมหัวหน้าส่วนราชการ", "บันทึกสรุปให้ผู้บริหารทราบ", "แจ้งในเว็บไซต์ของเทศบาล"];
    for wanted in [
        vec![all[1], all[2]],
        vec![all[0], all[2]],
        vec![all[0], all[1]],
        vec![all[1]],
        vec![all[0], "ใหม่ที่ยาวกว่าสิบสองตัวอักษร", all[2]],
    ] {
        let out = changed("content/measures/2566/1-a.md", text, &json!({ "reporting": wanted }));
        let folder = Folder::named("measures").expect("a content type");
        let values = Manuscript::open(&SourcePath::new("content/measures/2566/1-a.md"), out.as_bytes())
            .expect("opens")
            .values(&folder.asked());
        assert_eq!(values["reporting"], json!(wanted), "{out}");
        for comment in ["# ก่อน", "# ทุกเดือน", "# ทุกปี", "# เสมอ"] {
            assert_eq!(out.matches(comment).count(), 1, "{comment} in {out}");
        }
    }
}

#[test]
fn what_the_form_of_the_settings_does_not_show_stays() {
    let text = "base_url = \"https://example.go.th\"\n\n[notice]\nth = \"ก\" # สั้น\nen = \"a\"\n\n[sealed] # ลับ\nendpoint = \"https://a.example\"\n\n[redirects]\n\"/old/\" = \"/news/\"\n\n# ยอมให้เตือน\n[rules]\nP801 = \"warn\"\n";
    let save = |values: Value| {
        let mut manuscript = Manuscript::open(&SourcePath::new("content/site.toml"), text.as_bytes()).expect("opens");
        let mut all = manuscript.values(&prongsai::config::asked());
        all.extend(values.as_object().expect("fields").clone());
        manuscript.set(&prongsai::config::asked(), &all);
        String::from_utf8(manuscript.to_bytes()).expect("UTF-8")
    };
    assert_eq!(save(json!({})), text);
    let empty =
        json!({ "redirects": [{ "_row": 0 }], "rules": [{ "_row": 0 }], "privacy": [], "notice": { "th": "ก", "en": "a" } });
    assert_eq!(save(empty), text, "as a form of before sends it");
    let notice = save(json!({ "notice": { "th": "ข", "en": "a" } }));
    assert_eq!(notice, text.replace("th = \"ก\"", "th = \"ข\""));
    let sealed = save(json!({ "sealed": [{ "_row": 0, "endpoint": "https://b.example" }] }));
    assert_eq!(sealed, text.replace("https://a", "https://b"));
}

#[test]
fn rows_that_are_not_moved_stay_between_others() {
    let text = "+++\ntitle = \"ก\"\n\n[[step]]\ntext = \"หนึ่ง\"\n\n[[attachment]]\nfile = \"a.pdf\"\ntitle = \"ก\"\n\n[[step]]\ntext = \"สอง\"\n\n[[attachment]]\nfile = \"b.pdf\"\ntitle = \"ข\"\n+++\n";
    let values = json!({ "step": [{ "_row": 0, "text": "หนึ่ง" }, { "_row": 1, "text": "ใหม่" }] });
    assert_eq!(changed("content/measures/2566/1-a.md", text, &values), text.replace("สอง", "ใหม่"));
    let values = json!({ "step": [{ "_row": 0, "text": "หนึ่ง" }, { "text": "ใหม่" }, { "_row": 1, "text": "สอง" }] });
    let expected =
        text.replace("\n[[attachment]]\nfile = \"a.pdf\"", "\n[[step]]\ntext = \"ใหม่\"\n\n[[attachment]]\nfile = \"a.pdf\"");
    assert_eq!(changed("content/measures/2566/1-a.md", text, &values), expected);
}

#[test]
fn a_line_that_would_end_the_fields_does_not() {
    let text = "+++\ntitle = \"ก\"\n+++\nเนื้อหา\n";
    for typed in ["หนึ่ง\n+++\nสอง", "+++ \nสอง \"สาม\" \\ \u{7f}", "หนึ่ง\n+++"] {
        let out = changed("content/news/a.md", text, &json!({ "title": typed }));
        let again = Manuscript::open(&SourcePath::new("content/news/a.md"), out.as_bytes()).expect("still opens");
        assert_eq!(again.values(&Folder::named("news").expect("a content type").asked())["title"], json!(typed), "{out}");
        assert_eq!(again.body(), "เนื้อหา\n");
    }
}

/// Values of other fields of a document, as a form sends them.
fn edited() -> impl Strategy<Value = (usize, usize, String)> {
    (0..1000_usize, 0..1000_usize, "[ก-ฮa-z0-9\"'\\\\#=\\n ]{0,12}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_change_changes_nothing_else((file, field, typed) in edited()) {
        let files = files();
        let (path, folder, bytes) = &files[file % files.len()];
        let schema = folder.asked();
        let mut manuscript = Manuscript::open(path, bytes).expect("opens");
        let before = manuscript.values(&schema);
        let texts: Vec<&String> = before.iter().filter(|(_, value)| value.is_string()).map(|(key, _)| key).collect();
        prop_assume!(!texts.is_empty());
        let key = texts[field % texts.len()].clone();
        manuscript.set(&schema, &Map::from_iter([(key.clone(), Value::String(typed.clone()))]));
        let out = manuscript.to_bytes();
        let after = Manuscript::open(path, &out).expect("still opens").values(&schema);
        let typed = typed.trim();
        for (name, value) in &before {
            if *name == key {
                let now = after.get(name).and_then(Value::as_str).map(str::to_owned);
                prop_assert_eq!(now, (!typed.is_empty()).then(|| typed.to_owned()));
            } else {
                prop_assert_eq!(after.get(name), Some(value));
            }
        }
        let comments = |bytes: &[u8]| String::from_utf8_lossy(bytes).matches('#').count();
        prop_assert!(comments(&out) >= comments(bytes) - before[&key].as_str().map_or(0, |text| text.matches('#').count()));
    }
}

#[test]
fn changes_are_all_or_none_and_can_be_taken_back() {
    let site = tempfile::tempdir().expect("a folder");
    let root = site.path();
    let path = |name: &str| SourcePath::new(&format!("content/news/{name}.md"));
    let words = |word: &str| Text { th: word.to_owned(), en: word.to_owned() };
    let change = |name: &str, before: Option<&str>, after: Option<&str>| Change {
        path: path(name),
        before: before.map(|text| text.as_bytes().to_vec()),
        after: after.map(|text| text.as_bytes().to_vec()),
    };
    let do_all = |what: &str, changes: &[Change]| carry_out(root, &words(what), changes).expect("the disk works");
    let now = || -> BTreeMap<String, String> {
        let read = |name: &str| {
            Some((name.to_owned(), String::from_utf8(read_source(root, &path(name)).expect("read")?).expect("text")))
        };
        ["a", "b"].into_iter().filter_map(read).collect()
    };
    assert_eq!(undo(root).expect("the disk works"), None);
    assert_eq!(do_all("made", &[change("a", None, Some("1")), change("b", None, Some("2"))]), Ok(()));
    assert_eq!(do_all("again", &[change("a", None, Some("x"))]), Err(Conflict(path("a"))), "something is there");
    assert_eq!(do_all("both", &[change("b", Some("2"), None), change("a", Some("other"), Some("3"))]), Err(Conflict(path("a"))));
    assert_eq!(now().len(), 2, "nothing was done");
    assert_eq!(do_all("mixed", &[change("a", Some("1"), Some("3")), change("b", Some("2"), None)]), Ok(()));
    assert_eq!(to_undo(root).map(|what| what.th), Some("mixed".to_owned()));
    assert_eq!(now(), BTreeMap::from([("a".to_owned(), "3".to_owned())]));
    let undone = undo(root).expect("the disk works").expect("something").expect("no conflict");
    assert_eq!((undone.what.en.as_str(), undone.paths.len(), now().len()), ("mixed", 2, 2));
    fs::write(root.join("content/news/a.md"), "by hand").expect("written");
    assert_eq!(undo(root).expect("the disk works"), Some(Err(Conflict(path("a")))), "somebody's work is not lost");
    assert_eq!(now()["b"], "2");
    for bad in ["../x.md", "content/../../x.md", ".prongsai/seen", "/etc/x", "content//x.md"] {
        let change = Change { path: SourcePath::new(bad), before: None, after: Some(Vec::new()) };
        assert!(carry_out(root, &words("bad"), &[change]).is_err(), "{bad}");
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_leaves_nothing_to_take_back_and_permissions_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let site = tempfile::tempdir().expect("a folder");
    let root = site.path();
    let words = Text { th: "แก้".to_owned(), en: "edited".to_owned() };
    let change = |name: &str, before: &str, after: &str| Change {
        path: SourcePath::new(name),
        before: Some(before.as_bytes().to_vec()).filter(|before| !before.is_empty()),
        after: Some(after.as_bytes().to_vec()),
    };
    fs::create_dir_all(root.join("content/news")).expect("made");
    let file = root.join("content/news/a.md");
    fs::write(&file, "1").expect("written");
    let mode = || fs::metadata(&file).expect("there").permissions().mode() & 0o777;
    let set_mode = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("set");
    set_mode(0o664);
    assert_eq!(carry_out(root, &words, &[change("content/news/a.md", "1", "2")]).expect("the disk works"), Ok(()));
    assert_eq!(mode(), 0o664);
    set_mode(0o444);
    let refused = carry_out(root, &words, &[change("content/news/a.md", "2", "3")]).expect_err("read-only");
    assert!(refused.to_string().contains("a.md is read-only"), "{refused}");
    assert!(undo(root).is_err(), "neither taken back");
    assert_eq!((fs::read_to_string(&file).expect("there").as_str(), mode()), ("2", 0o444));
    set_mode(0o664);
    // A file is where a folder has to be, which is found only when the second file is written.
    fs::write(root.join("content/pages"), "in the way").expect("written");
    let both = [change("content/news/a.md", "2", "3"), change("content/pages/b.md", "", "b")];
    carry_out(root, &words, &both).expect_err("no folder");
    assert_eq!(fs::read_to_string(&file).expect("there"), "2", "all or none");
    assert!(undo(root).expect("the disk works").is_some_and(|undone| undone.is_ok()), "the change of before");
    assert_eq!((fs::read_to_string(&file).expect("there").as_str(), mode()), ("1", 0o664));
    assert_eq!(to_undo(root), None, "nothing of what failed");
}
