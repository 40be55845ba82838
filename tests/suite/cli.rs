//! The commands as a webmaster runs them: exit codes, help in both languages, JSON, explain, serve.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::{folder, prongsai, root, stderr, stdout};

const NEWS: &str = "-- content/news/a.md --
+++
title = \"ซ้อมแผน\"
date = \"20 เมษายน 2566\"
+++
";

#[test]
fn help_is_in_both_languages() {
    let site = folder(NEWS);
    for (lang, words) in [("th", ["วิธีใช้", "คำสั่ง", "รหัสจบการทำงาน"]), ("en", ["Usage", "Commands", "Exit codes"])]
    {
        let help = prongsai(site.path(), &["--help", "--lang", lang]);
        assert_eq!(help.status.code(), Some(0));
        for word in words {
            assert!(stdout(&help).contains(word), "{word}");
        }
        for command in ["build", "check", "serve", "explain"] {
            let help = prongsai(site.path(), &[command, "--help", "--lang", lang]);
            assert!(help.status.success() && stdout(&help).contains(words[0]), "{command}");
        }
    }
    let thai = Command::new(env!("CARGO_BIN_EXE_prongsai")).arg("--help").env("LC_ALL", "th_TH.UTF-8").output().expect("runs");
    assert!(stdout(&thai).contains("วิธีใช้"), "Thai where the locale is Thai");
}

#[test]
fn wrong_usage_and_no_site_exit_with_2() {
    let empty = tempfile::tempdir().expect("a folder");
    for arguments in [
        &["bild"][..],
        &[],
        &["build", "--lang", "fr"],
        &["build"],
        &["check", "-C", "/nowhere"],
        &["explain", "X9"],
        &["schema"],
    ] {
        let output = prongsai(empty.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    assert!(stderr(&prongsai(empty.path(), &["build", "--lang", "th"])).contains("content"), "says what is not there");
    for (arguments, words) in [
        (&["bild"][..], "ไม่มีคำสั่ง bild (น่าจะเป็น build)"),
        (&["--colour"], "ไม่มีตัวเลือก --colour"),
        (&["sign"], "ต้องระบุ --key"),
        (&["keys"], "ต้องบอกคำสั่งต่อจาก prongsai keys ใช้ได้: new"),
        (&["completions", "ksh"], "ใช้ได้: bash"),
    ] {
        let wrong = stderr(&prongsai(empty.path(), &[arguments, &["--lang", "th"]].concat()));
        assert!(wrong.contains(words), "{wrong}");
    }
    assert_eq!(fs::read_dir(empty.path()).expect("a folder").count(), 0);
}

#[test]
fn check_writes_nothing_and_build_writes_public() {
    let site = folder(NEWS);
    assert_eq!(prongsai(site.path(), &["check"]).status.code(), Some(0));
    assert!(!site.path().join("public").exists());
    assert_eq!(prongsai(site.path(), &["build"]).status.code(), Some(0));
    assert!(site.path().join("public/news/a/index.html").is_file());
    let again = stdout(&prongsai(site.path(), &["build"]));
    assert!(again.contains("0 new, 0 changed"), "{again}");
}

#[test]
fn json_is_one_object_a_line() {
    let site = folder("-- content/news/a.md --\n+++\ntitel = \"ก\"\n+++\n");
    let output = prongsai(site.path(), &["check", "--format", "json"]);
    let lines: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("a JSON object")).collect();
    let unknown = lines.iter().find(|line| line["code"] == "P103").expect("the unknown field");
    assert_eq!((&unknown["start"]["line"], &unknown["start"]["column"]), (&2.into(), &1.into()));
    assert!(unknown["message"]["th"].as_str().is_some_and(|th| th.contains("titel")) && unknown["help"]["en"].is_string());
    assert_eq!(lines.last().expect("a summary")["errors"], 2);
}

#[test]
fn explain_knows_rules_and_items() {
    let rule = stdout(&prongsai(&root(), &["explain", "P103", "--lang", "th"]));
    assert!(rule.contains("unknown-field") && rule.contains("ตัวอย่างที่ผิด"));
    for spelling in ["O2", "o2", "O๒", "๐๐๒", "2"] {
        let item = prongsai(&root(), &["explain", spelling, "--lang", "th"]);
        assert!(stdout(&item).contains("ข้อมูลผู้บริหาร") && stdout(&item).contains("/executives/"), "{spelling}");
    }
    let elsewhere = tempfile::tempdir().expect("a folder");
    assert!(stdout(&prongsai(elsewhere.path(), &["explain", "O2", "--year", "๒๕๖๖"])).contains("Executives"));
    assert_eq!(prongsai(elsewhere.path(), &["explain", "O2", "--year", "2500"]).status.code(), Some(2));
    assert_eq!(stdout(&prongsai(&root(), &["explain"])).lines().count(), prongsai::rules().len());
}

struct Server(Child, u16, BufReader<std::process::ChildStdout>);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(site: &Path) -> Server {
    #[expect(clippy::zombie_processes, reason = "Server waits for it when it is dropped")]
    let mut child = Command::new(env!("CARGO_BIN_EXE_prongsai"))
        .args(["serve", "--lang", "en", "--port", "0"])
        .current_dir(site)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped"));
    loop {
        let mut line = String::new();
        assert!(lines.read_line(&mut line).expect("a line") > 0, "the server says where it is");
        if let Some(port) = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()) {
            return Server(child, port.parse().expect("a port"), lines);
        }
    }
}

fn get(server: &Server, path: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", server.1)).expect("the server listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn serve_shows_changes_and_keeps_the_last_good_site() {
    let site = folder(NEWS);
    let mut server = serve(site.path());
    let page = get(&server, "/news/a/", "127.0.0.1");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("ซ้อมแผน") && page.contains("/_prongsai/studio/panel.js"), "{page}");
    assert!(get(&server, "/news/a", "localhost").starts_with("HTTP/1.1 307"));
    assert!(get(&server, "/nowhere/", "localhost").starts_with("HTTP/1.1 404"));
    assert!(get(&server, "/", "evil.example").starts_with("HTTP/1.1 403"), "another name is not this machine");
    assert!(get(&server, "/../../etc/passwd", "localhost").starts_with("HTTP/1.1 404"));
    let post = site.path().join("content/news/a.md");
    let text = fs::read_to_string(&post).expect("the post");
    fs::write(&post, text.replace("ซ้อมแผน", "แก้แล้ว")).expect("changed");
    let shows = |words: &str| get(&server, "/news/a/", "localhost").contains(words);
    for _ in 0..1200 {
        if shows("แก้แล้ว") {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(shows("แก้แล้ว"));
    assert!(get(&server, "/sitemap.xml", "localhost").contains("/news/a/"), "what is made of all pages is waited for");
    fs::write(&post, "+++\ntitle = \"ขาด\n+++\n").expect("broken");
    wait_for(&mut server, "nothing was published");
    assert!(get(&server, "/news/a/", "localhost").contains("แก้แล้ว"), "the last good site stays up");
    assert!(!site.path().join("public").exists(), "serve does not publish");
}

#[test]
fn a_theme_that_changed_while_a_file_was_broken_is_shown_once_that_is_mended() {
    let theme = |word: &str| {
        format!("{{% extends \"base.html\" %}}{{% block main %}}<h1>{word} {{{{ page.title }}}}</h1>{{% endblock main %}}")
    };
    let site = folder(&format!("{NEWS}-- themes/default/pages/news.html --\n{}\n", theme("first")));
    let server = serve(site.path());
    let shows = |word: &str| get(&server, "/news/a/", "localhost").contains(word);
    assert!(shows("first"));
    let (post, template) = (site.path().join("content/news/a.md"), site.path().join("themes/default/pages/news.html"));
    let text = fs::read_to_string(&post).expect("the post");
    // Shorter than what is waited for until the whole site is built, which would begin anew.
    let pause = || std::thread::sleep(Duration::from_millis(60));
    pause();
    fs::write(&post, "+++\ntitle = \"ขาด\n+++\n").expect("broken");
    pause();
    fs::write(&template, theme("second")).expect("changed");
    pause();
    fs::write(&post, text).expect("mended");
    let is_shown = (0..3000).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        shows("second")
    });
    assert!(is_shown, "the newest theme, not the one before the mistake");
    assert!(shows("second"), "and it stays");
}

fn wait_for(server: &mut Server, words: &str) {
    loop {
        let mut line = String::new();
        assert!(server.2.read_line(&mut line).expect("a line") > 0, "the server is alive");
        if line.contains(words) {
            return;
        }
    }
}
