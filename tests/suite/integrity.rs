//! What an auditor can prove: the history of publishes, checksums, signatures, and that any change after publishing is found.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::civil::{Date, date};
use prongsai::history::{self, Publish, sums};
use prongsai::publish::verify::{Finding, PublishedFolder, Verdict, verify};
use prongsai::signing::PublicKey;
use prongsai::{Outcome, build_folder};

use crate::loopback::{Loopback, Reply};
use crate::support::{folder, prongsai, stderr, stdout};

pub(crate) const SITE: &str = r#"
-- content/news/a.md --
+++
title = "ซ้อมแผน"
date = "20 เมษายน 2566"
[[attachment]]
file = "plan.csv"
title = "แผน"
+++

ซ้อมแผนรับน้ำท่วม
-- content/news/plan.csv --
a,b
-- content/pages/about.md --
+++
title = "เกี่ยวกับเรา"
+++

ข้อความ
"#;

pub(crate) const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ";

pub(crate) fn build(site: &Path, day: Date) {
    let built = build_folder(site, &site.join("public"), Some(day)).expect("built");
    if let Outcome::Built(whole) = built {
        assert!(whole.2.is_some(), "{:?}", crate::support::codes(&whole.1.diagnostics));
    }
}

fn log(site: &Path) -> Vec<Publish> {
    let bytes = fs::read(site.join("content/history.jsonl")).expect("a history");
    assert_eq!(fs::read(site.join("public/history/log.jsonl")).expect("published"), bytes);
    history::read(&bytes).expect("in one piece")
}

pub(crate) fn look(public: &Path, keys: &[PublicKey], kept: Option<&[u8]>) -> Verdict {
    verify(&PublishedFolder::at(public), keys, kept, &|_, _| {})
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    entries
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below it").to_owned();
            (path, fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

fn pages(publish: &Publish) -> Vec<&str> {
    publish.changes.iter().map(|change| change.page.as_str()).collect()
}

#[test]
fn the_history_tells_what_changed_when() {
    let site = folder(SITE);
    build(site.path(), date(2023, 4, 20));
    build(site.path(), date(2023, 4, 21));
    let first = log(site.path());
    assert_eq!(first.len(), 1, "nothing changed the second time");
    assert_eq!((pages(&first[0]), first[0].date), (vec!["/", "/about/", "/news/a/"], date(2023, 4, 20)));
    assert!(!site.path().join("public/history/about/index.html").exists(), "it was never edited");

    let about = site.path().join("content/pages/about.md");
    fs::write(&about, fs::read_to_string(&about).expect("a page").replace("ข้อความ", "แก้แล้ว")).expect("written");
    fs::write(site.path().join("content/news/plan.csv"), "a,c").expect("written");
    build(site.path(), date(2023, 5, 2));
    let second = log(site.path());
    assert_eq!((second.len(), &second[0]), (2, &first[0]), "only ever added to");
    assert_eq!(pages(&second[1]), ["/about/", "/news/a/"]);
    assert_eq!(
        second[1].changes[1].files.iter().map(|(file, _)| file).collect::<Vec<_>>(),
        ["content/news/plan.csv"],
        "the post's text is the same"
    );

    fs::remove_file(&about).expect("removed");
    build(site.path(), date(2023, 5, 1));
    let third = log(site.path());
    assert_eq!((third.len(), third[2].date), (3, date(2023, 5, 2)), "a clock that went back turns no days around");
    assert_eq!(third[2].changes[0].files, [("content/pages/about.md".to_owned(), None)]);

    let read = |path: &str| crate::support::unset(&fs::read_to_string(site.path().join("public").join(path)).expect("a page"));
    let page = read("history/about/index.html");
    for words in ["20 เมษายน 2566", "เผยแพร่ครั้งแรก", "2 พฤษภาคม 2566", "แก้ไข: ข้อความ", "นำออก"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(read("news/a/index.html").contains("แก้ไข 1 ครั้ง ล่าสุด 2 พฤษภาคม 2566"), "the page says so itself");
    assert!(read("history/index.html").contains("plan.csv"));
}

#[test]
fn line_ends_of_another_machine_are_no_change() {
    let site = folder(SITE);
    build(site.path(), date(2023, 4, 20));
    let about = site.path().join("content/pages/about.md");
    fs::write(&about, fs::read_to_string(&about).expect("a page").replace('\n', "\r\n")).expect("written");
    build(site.path(), date(2023, 4, 21));
    assert_eq!(log(site.path()).len(), 1);
}

#[test]
fn another_program_or_theme_is_noted_without_changes() {
    let site = folder(SITE);
    build(site.path(), date(2023, 4, 20));
    fs::create_dir_all(site.path().join("themes/default/assets")).expect("made");
    fs::write(site.path().join("themes/default/assets/note.txt"), "a text\r\n").expect("written");
    fs::write(site.path().join("themes/default/base.css"), "body { margin: 0 }").expect("written");
    build(site.path(), date(2023, 4, 22));
    let log = log(site.path());
    assert_eq!((log.len(), pages(&log[1])), (2, vec![]));
    assert!(look(&site.path().join("public"), &[], None).findings.is_empty());
}

#[test]
fn no_history_is_kept_where_none_is_wanted() {
    let site = folder(SITE);
    let settings = site.path().join("content/site.toml");
    fs::write(&settings, format!("history = false\n{}", fs::read_to_string(&settings).expect("settings"))).expect("written");
    build(site.path(), date(2023, 4, 20));
    assert!(!site.path().join("content/history.jsonl").exists() && !site.path().join("public/history").exists());
    let verdict = look(&site.path().join("public"), &[], None);
    assert!(verdict.findings.is_empty() && verdict.publishes.is_none(), "{verdict:?}");
}

#[test]
fn a_history_that_was_lost_or_edited_is_not_published() {
    let site = folder(SITE);
    let (history, about) = (site.path().join("content/history.jsonl"), site.path().join("content/pages/about.md"));
    build(site.path(), date(2023, 4, 20));
    let kept = files(&site.path().join("public"));
    let whole = fs::read_to_string(&history).expect("a history");
    fs::write(&history, whole.replace("2023-04-20", "2023-04-19").replace("/about/", "/abouT/")).expect("edited");
    fs::write(&about, "+++\ntitle = \"x\"\n+++\n").expect("written");
    for edited in [Some("edited"), None] {
        if edited.is_none() {
            fs::remove_file(&history).expect("lost");
        }
        let build = prongsai(site.path(), &["build", "--lang", "en", "--today", "2023-05-01"]);
        assert_eq!(build.status.code(), Some(1), "{}", stdout(&build));
        let checked = prongsai(site.path(), &["check", "--lang", "en"]);
        for said in [stdout(&build), stdout(&checked)] {
            assert!(said.contains("error[P819]") && said.contains("copy public/history/log.jsonl over"), "{said}");
        }
        assert_eq!(files(&site.path().join("public")), kept);
    }
    fs::write(&history, format!("{whole}{whole}")).expect("edited");
    let build = prongsai(site.path(), &["build", "--lang", "en"]);
    assert!(build.status.code() == Some(1) && stdout(&build).contains("P819"), "{}", stdout(&build));
    // As git of Windows checks it out, and an editor ends it.
    fs::write(&history, whole.replace('\n', "\r\n") + "\r\n").expect("put back");
    assert_eq!(prongsai(site.path(), &["build", "--today", "2023-05-01"]).status.code(), Some(0));
    assert_eq!(log(site.path()).len(), 2);
}

/// A publish that was killed after it noted itself, and before it was carried out.
#[test]
fn what_is_noted_and_not_yet_published_is_published_without_another_line() {
    let (site, other) = (folder(SITE), folder(SITE));
    for site in [&site, &other] {
        build(site.path(), date(2023, 4, 20));
        fs::write(site.path().join("content/pages/about.md"), "+++\ntitle = \"ใหม่\"\n+++\n").expect("written");
    }
    build(other.path(), date(2023, 5, 1));
    fs::copy(other.path().join("content/history.jsonl"), site.path().join("content/history.jsonl")).expect("copied");
    build(site.path(), date(2023, 5, 9));
    assert_eq!(log(site.path()).last().expect("two").date, date(2023, 5, 1));
    assert_eq!(files(&site.path().join("public")), files(&other.path().join("public")));
}

#[test]
fn coreutils_accept_the_list() {
    let site = folder(SITE);
    fs::write(site.path().join("content/news/แผน งาน.csv"), "a,d").expect("written");
    let post = site.path().join("content/news/a.md");
    fs::write(&post, fs::read_to_string(&post).expect("a post").replace("plan.csv", "แผน งาน.csv")).expect("written");
    build(site.path(), date(2023, 4, 20));
    let public = site.path().join("public");
    run(Command::new("sha256sum").args(["--check", "--strict", "--quiet", "SHA256SUMS"]).current_dir(&public));
    let listed = sums::read(&fs::read_to_string(public.join("SHA256SUMS")).expect("a list")).expect("a list");
    assert_eq!(listed.len() + 2, files(&public).len(), "all but itself and the lock");
}

/// Every file, one byte after another would take days: one in each file, at its start, middle and end.
#[test]
fn any_change_after_publishing_is_found() {
    let site = folder(SITE);
    build(site.path(), date(2023, 4, 20));
    let public = site.path().join("public");
    assert!(look(&public, &[], None).findings.is_empty());
    let all: Vec<PathBuf> = files(&public).into_keys().filter(|path| path.as_os_str() != ".prongsai-lock").collect();
    let mut n_tried = 0;
    for path in &all {
        let file = public.join(path);
        let bytes = fs::read(&file).expect("a file");
        for at in [0, bytes.len() / 2, bytes.len().saturating_sub(1)] {
            let mut other = bytes.clone();
            match other.get_mut(at) {
                Some(byte) => *byte ^= 1,
                None => other.push(b'x'),
            }
            fs::write(&file, &other).expect("written");
            let verdict = look(&public, &[], None);
            assert!(!verdict.findings.is_empty(), "byte {at} of {}", path.display());
            n_tried += 1;
        }
        fs::remove_file(&file).expect("removed");
        assert!(!look(&public, &[], None).findings.is_empty(), "{} is gone", path.display());
        fs::write(&file, &bytes).expect("put back");
        n_tried += 1;
    }
    assert!(n_tried > 400, "{n_tried}");
    assert!(look(&public, &[], None).findings.is_empty(), "all is put back");
    for added in ["x.html", "news/a/x.js", ".hidden", "executives/index.html.bak"] {
        fs::create_dir_all(public.join(added).parent().expect("a folder")).expect("made");
        fs::write(public.join(added), "x").expect("written");
        assert_eq!(look(&public, &[], None).findings, [Finding::Added(added.to_owned())]);
        fs::remove_file(public.join(added)).expect("removed");
    }
}

/// Whoever controls the server can write files and lists alike; what was kept, or signed, tells.
#[test]
fn a_rewritten_history_is_found_by_what_was_kept() {
    let (site, other) = (folder(SITE), folder(SITE));
    build(site.path(), date(2023, 4, 20));
    let kept = fs::read(site.path().join("public/history/log.jsonl")).expect("a history");
    let about = |site: &Path| site.join("content/pages/about.md");
    for folder in [&site, &other] {
        fs::write(about(folder.path()), "+++\ntitle = \"เกี่ยวกับเรา\"\n+++\n\nแก้หลังกำหนด\n").expect("written");
        build(folder.path(), date(2023, 5, 20));
    }
    assert!(look(&site.path().join("public"), &[], Some(&kept)).findings.is_empty(), "it goes on");
    let rewritten = other.path().join("public");
    assert!(look(&rewritten, &[], None).findings.is_empty(), "by itself it looks whole");
    assert_eq!(look(&rewritten, &[], Some(&kept)).findings, [Finding::Rewritten]);

    let (keep, place) = (site.path().join("kept.jsonl"), rewritten.to_string_lossy().into_owned());
    let keep = keep.to_string_lossy();
    let ours = prongsai(site.path(), &["verify", "--keep", &keep]);
    assert_eq!((ours.status.code(), fs::read(&*keep).expect("kept").len()), (Some(0), log_len(site.path())));
    let theirs = prongsai(site.path(), &["verify", &place, "--keep", &keep, "--lang", "th"]);
    assert_eq!(theirs.status.code(), Some(1));
    assert!(stdout(&theirs).contains("ถูกเขียนใหม่"), "{}", stdout(&theirs));
    assert_eq!(fs::read(&*keep).expect("kept").len(), log_len(site.path()), "what was kept stays");
}

fn log_len(site: &Path) -> usize {
    fs::read(site.join("content/history.jsonl")).expect("a history").len()
}

#[test]
fn a_deployed_site_is_verified_over_the_web() {
    let site = folder(SITE);
    build(site.path(), date(2023, 4, 20));
    let public = site.path().join("public");
    let shown = public.clone();
    let server = Loopback::start(move |request, _| {
        let path = percent_encoding::percent_decode_str(request.path.trim_start_matches('/')).decode_utf8_lossy().into_owned();
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
        let is_shown = !path.starts_with("_headers");
        let reply = match fs::read(shown.join(path)).ok().filter(|_| is_shown) {
            Some(bytes) => {
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", bytes.len());
                [head.into_bytes(), bytes].concat()
            }
            None => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        };
        Reply::Bytes(reply)
    });
    let address = format!("http://127.0.0.1:{}/", server.port);
    let whole = prongsai(site.path(), &["verify", &address, "--lang", "en"]);
    assert_eq!(whole.status.code(), Some(0), "{}{}", stdout(&whole), stderr(&whole));
    assert!(stdout(&whole).contains("published 1 times, last on 2023-04-20"), "{}", stdout(&whole));
    let page = public.join("about/index.html");
    fs::write(&page, fs::read_to_string(&page).expect("a page").replace("เกี่ยวกับเรา", "เกี่ยวกับใคร")).expect("tampered with");
    let tampered = prongsai(site.path(), &["verify", &address, "--lang", "en"]);
    assert!(
        tampered.status.code() == Some(1) && stdout(&tampered).contains("changed: about/index.html"),
        "{}",
        stdout(&tampered)
    );
}

#[test]
fn two_machines_publish_the_same_bytes() {
    let made = |umask: &str, zone: &str, locale: &str, day: &str| {
        let site = folder(SITE);
        let mut command = Command::new("sh");
        let program = env!("CARGO_BIN_EXE_prongsai");
        command.args(["-c", &format!("umask {umask}; exec {program} -C '{}' build{day}", site.path().display())]);
        run(command.env("TZ", zone).env("LC_ALL", locale).env("LANG", locale).env("SOURCE_DATE_EPOCH", "1681948800"));
        let mut files = files(&site.path().join("public"));
        files.insert(PathBuf::from("history"), fs::read(site.path().join("content/history.jsonl")).expect("a history"));
        files
    };
    let first = made("022", "Asia/Bangkok", "th_TH.UTF-8", " --today 2023-04-20");
    assert!(first.len() > 60, "{}", first.len());
    assert_eq!(first, made("077", "Pacific/Kiritimati", "C", ""));
    assert_eq!(first, made("002", "America/Adak", "tr_TR.UTF-8", ""));
}

pub(crate) fn run(command: &mut Command) {
    let output = command.output().expect("the tool is installed: coreutils, openssh-client, minisign");
    assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
}
