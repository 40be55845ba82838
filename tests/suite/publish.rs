//! Publishing: only what changed is written, nothing of others is lost, an interrupted run heals.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use prongsai::publish::publish;
use prongsai::render::{File, Output};
use sha2::{Digest as _, Sha256};

fn output(files: &[(&str, &str)]) -> Output {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), File::Bytes(text.as_bytes().to_vec())));
    Output { files: files.collect::<BTreeMap<_, _>>(), history: None }
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).expect("a published file")
}

/// Every file below a folder, with what is in it.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let path = entry.path().strip_prefix(folder).expect("below it").to_string_lossy().into_owned();
        files.insert(path, fs::read(entry.path()).expect("a file"));
    }
    files
}

fn modified(folder: &Path, path: &str) -> SystemTime {
    fs::metadata(folder.join(path)).and_then(|data| data.modified()).expect("a published file")
}

#[test]
fn only_what_changed_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = publish(&output(&[("index.html", "a"), ("b/index.html", "b")]), folder.path(), folder.path()).expect("published");
    assert_eq!((first.n_new, first.n_changed, first.n_same, first.n_removed), (2, 0, 0, 0));
    let (before, manifest) = (modified(folder.path(), "index.html"), modified(folder.path(), "manifest.json"));
    let again = publish(&output(&[("index.html", "a"), ("b/index.html", "b")]), folder.path(), folder.path()).expect("published");
    assert_eq!((again.n_new, again.n_changed, again.n_same, again.n_removed), (0, 0, 2, 0));
    assert_eq!(modified(folder.path(), "manifest.json"), manifest, "nothing changed, nothing is written");
    let third = publish(&output(&[("index.html", "a"), ("c/index.html", "c")]), folder.path(), folder.path()).expect("published");
    assert_eq!((third.n_new, third.n_changed, third.n_same, third.n_removed), (1, 0, 1, 1));
    assert_eq!(modified(folder.path(), "index.html"), before);
    assert!(!folder.path().join("b").exists(), "an empty folder goes with its last file");
    assert_eq!(read(folder.path(), "c/index.html"), "c");
}

#[test]
fn manifest_lists_sizes_and_checksums() {
    let folder = tempfile::tempdir().expect("a folder");
    publish(&output(&[("a.txt", "abc")]), folder.path(), folder.path()).expect("published");
    let manifest: serde_json::Value = serde_json::from_str(&read(folder.path(), "manifest.json")).expect("JSON");
    assert_eq!(manifest["files"]["a.txt"]["size"], 3);
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(manifest["files"]["a.txt"]["sha256"], sha256, "FIPS 180-4, example of SHA-256");
}

#[test]
fn files_of_others_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".gitignore"), "*").expect("written");
    fs::write(folder.path().join("index.html"), "somebody's own page").expect("written");
    let error =
        publish(&output(&[("index.html", "ours")]), folder.path(), folder.path()).expect_err("a foreign file is in the way");
    assert!(error.to_string().contains("index.html"), "{error}");
    assert_eq!(read(folder.path(), "index.html"), "somebody's own page");
    fs::remove_file(folder.path().join("index.html")).expect("moved away");
    publish(&output(&[("index.html", "ours")]), folder.path(), folder.path()).expect("published");
    publish(&output(&[("other.html", "ours")]), folder.path(), folder.path()).expect("published");
    assert_eq!(read(folder.path(), ".gitignore"), "*");
}

#[test]
fn an_interrupted_publish_is_completed() {
    let folder = tempfile::tempdir().expect("a folder");
    publish(&output(&[("index.html", "old"), ("gone.html", "old")]), folder.path(), folder.path()).expect("published");
    // As if the machine stopped after the list of what is to be written, and one file.
    let pending = r#"{"files": {"new.html": [{"size": 4, "sha256": "0"}]}}"#;
    fs::write(folder.path().join(".prongsai-pending.json"), pending).expect("written");
    fs::write(folder.path().join("new.html"), "half").expect("written");
    let published =
        publish(&output(&[("index.html", "new"), ("new.html", "whole")]), folder.path(), folder.path()).expect("published");
    assert_eq!((published.n_changed, published.n_removed), (2, 1));
    assert_eq!((read(folder.path(), "index.html"), read(folder.path(), "new.html")), ("new".to_owned(), "whole".to_owned()));
    assert!(!folder.path().join("gone.html").exists() && !folder.path().join(".prongsai-pending.json").exists());
}

#[test]
fn two_builds_never_write_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let lock = fs::File::create(folder.path().join(".prongsai-lock")).expect("a file");
    lock.lock().expect("locked");
    let error = publish(&output(&[("index.html", "a")]), folder.path(), folder.path()).expect_err("another build is publishing");
    assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock);
    drop(lock);
    publish(&output(&[("index.html", "a")]), folder.path(), folder.path()).expect("published");
}

#[test]
fn nothing_outside_the_folder_is_touched() {
    let site = tempfile::tempdir().expect("a folder");
    let public = site.path().join("public");
    fs::write(site.path().join("precious.txt"), "precious").expect("written");
    publish(&output(&[("index.html", "a")]), site.path(), &public).expect("published");
    // The entry is right in everything but its path, so only the path keeps the file from being deleted.
    let sha256: String = Sha256::digest(b"precious").iter().map(|byte| format!("{byte:02x}")).collect();
    let manifest = format!(r#"{{"generator": "prongsai", "files": {{"../precious.txt": {{"size": 8, "sha256": "{sha256}"}}}}}}"#);
    fs::write(public.join("manifest.json"), &manifest).expect("written");
    fs::remove_file(public.join("index.html")).expect("removed");
    publish(&output(&[("index.html", "a")]), site.path(), &public).expect("published");
    assert_eq!(read(site.path(), "precious.txt"), "precious");
    for path in ["../out.html", "/out.html", "a/../../out.html", "a\\b.html", "a//b.html"] {
        assert!(publish(&output(&[(path, "a")]), site.path(), &public).is_err(), "{path}");
    }
}

#[test]
fn a_file_that_somebody_changed_is_not_deleted() {
    let folder = tempfile::tempdir().expect("a folder");
    publish(&output(&[("a.html", "a"), ("b.html", "b")]), folder.path(), folder.path()).expect("published");
    fs::write(folder.path().join("b.html"), "changed by hand").expect("written");
    publish(&output(&[("a.html", "a")]), folder.path(), folder.path()).expect("published");
    assert_eq!(read(folder.path(), "b.html"), "changed by hand");
}

#[test]
fn a_manifest_of_somebody_else_is_not_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("manifest.json"), r#"{"name": "an app"}"#).expect("written");
    assert!(publish(&output(&[("a.html", "a")]), folder.path(), folder.path()).is_err());
    assert!(read(folder.path(), "manifest.json").contains("an app"));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let site = tempfile::tempdir().expect("a folder");
    let (public, elsewhere) = (site.path().join("public"), site.path().join("elsewhere"));
    fs::create_dir_all(&public).and_then(|()| fs::create_dir_all(&elsewhere)).expect("made");
    std::os::unix::fs::symlink(&elsewhere, public.join("news")).expect("linked");
    assert!(publish(&output(&[("news/index.html", "a")]), site.path(), &public).is_err());
    assert!(fs::read_dir(&elsewhere).expect("a folder").next().is_none());
}

#[cfg(unix)]
#[test]
fn what_stops_a_publish_is_found_before_the_first_file_moves() {
    let site = tempfile::tempdir().expect("a folder");
    let public = site.path().join("public");
    publish(&output(&[("gone.html", "b"), ("index.html", "old")]), site.path(), &public).expect("published");
    std::os::unix::fs::symlink(site.path(), public.join("news")).expect("linked");
    let before = tree(&public);
    let next = output(&[("a.html", "a"), ("index.html", "new"), ("news/index.html", "a")]);
    let error = publish(&next, site.path(), &public).expect_err("a link is in the way").to_string();
    assert!(error.contains("public/news") && error.contains("ยังเป็นของเดิม") && error.contains("as it was"), "{error}");
    assert_eq!(tree(&public), before);
    fs::remove_file(public.join("news")).expect("unlinked");
    let healed = publish(&next, site.path(), &public).expect("published");
    assert_eq!((healed.n_new, healed.n_changed, healed.n_removed), (2, 1, 1));
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_part_is_not_followed() {
    let site = tempfile::tempdir().expect("a folder");
    let (public, victim) = (site.path().join("public"), site.path().join("victim"));
    fs::create_dir_all(&public).expect("made");
    fs::write(&victim, "precious").expect("written");
    std::os::unix::fs::symlink(&victim, public.join("index.html.prongsai-part")).expect("linked");
    publish(&output(&[("index.html", "a")]), site.path(), &public).expect("published");
    assert_eq!((read(site.path(), "victim"), read(&public, "index.html")), ("precious".to_owned(), "a".to_owned()));
    assert!(!fs::symlink_metadata(public.join("index.html")).expect("a file").is_symlink());
}

#[test]
fn what_was_to_be_deleted_is_deleted_by_the_next_run() {
    let folder = tempfile::tempdir().expect("a folder");
    publish(&output(&[("a.html", "a"), ("gone.html", "b")]), folder.path(), folder.path()).expect("published");
    let sha256: String = Sha256::digest(b"b").iter().map(|byte| format!("{byte:02x}")).collect();
    let pending = format!(r#"{{"files": {{"gone.html": [{{"size": 1, "sha256": "{sha256}"}}, {{"size": 1, "sha256": "0"}}]}}}}"#);
    publish(&output(&[("a.html", "a")]), folder.path(), folder.path()).expect("published");
    // As if the machine had stopped after the new manifest and before the deletions.
    fs::write(folder.path().join(".prongsai-pending.json"), pending).expect("written");
    fs::write(folder.path().join("gone.html"), "b").expect("written");
    let healed = publish(&output(&[("a.html", "a")]), folder.path(), folder.path()).expect("published");
    assert_eq!(healed.n_removed, 1);
    assert!(!folder.path().join("gone.html").exists());
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let site = tempfile::tempdir().expect("a folder");
    let public = site.path().join("public");
    let file = output(&[("files/plan", "a"), ("index.html", "a")]);
    let folder = output(&[("files/plan/1.pdf", "b"), ("files/plan/old/2.pdf", "c"), ("index.html", "b")]);
    for wanted in [&file, &folder, &file] {
        publish(wanted, site.path(), &public).expect("published");
        let published: Vec<String> = tree(&public)
            .into_keys()
            .filter(|path| !path.starts_with('.') && path != "manifest.json" && path != "SHA256SUMS")
            .collect();
        assert_eq!(published, wanted.files.keys().cloned().collect::<Vec<_>>());
    }
    // Not when somebody else put something there.
    publish(&folder, site.path(), &public).expect("published");
    fs::write(public.join("files/plan/old/note.txt"), "a note").expect("written");
    let before = tree(&public);
    let error = publish(&file, site.path(), &public).expect_err("a foreign file is in the way").to_string();
    assert!(error.contains("files/plan/old/note.txt"), "{error}");
    assert_eq!(tree(&public), before);
}

#[test]
fn names_of_the_publisher_are_not_published() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in
        ["manifest.json", ".prongsai-lock", ".prongsai-pending.json", ".prongsai-stage/a.html", "manifest.json/index.html"]
    {
        assert!(publish(&output(&[(path, "a")]), folder.path(), folder.path()).is_err(), "{path}");
    }
}

#[test]
fn sources_and_what_is_published_lie_apart() {
    let site = crate::support::folder("");
    let before = tree(site.path());
    for public in ["content", "content/public", "."] {
        let error = prongsai::build_folder(site.path(), &site.path().join(public), None).expect_err(public).to_string();
        assert!(error.contains("ซ้อนกัน") && error.contains("lie in one another"), "{error}");
        assert_eq!(tree(site.path()), before, "{public}");
    }
}

#[test]
fn a_copy_is_what_was_counted() {
    let site = tempfile::tempdir().expect("a folder");
    let public = site.path().join("public");
    let copy = |name: &str| Output {
        files: BTreeMap::from([(name.to_owned(), File::CopyOf(prongsai::source::SourcePath::new(name)))]),
        history: None,
    };
    let error = publish(&copy("gone.pdf"), site.path(), &public).expect_err("it vanished").to_string();
    assert!(error.contains("gone.pdf") && error.contains("ลบระหว่างทำงาน") && error.contains("deleted meanwhile"), "{error}");
    // A file that reads differently each time.
    #[cfg(target_os = "linux")]
    {
        std::os::unix::fs::symlink("/proc/sys/kernel/random/uuid", site.path().join("busy.pdf")).expect("linked");
        let error = publish(&copy("busy.pdf"), site.path(), &public).expect_err("it changes").to_string();
        assert!(error.contains("busy.pdf") && error.contains("changed while"), "{error}");
    }
    assert!(!public.exists(), "nothing is left of it");
}
