//! Sealed reports: off unless keys are set; keys that are wrong or secret are errors; `keys new` and `open` harm nobody.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Output};

use prongsai::diagnostic::Lang;
use prongsai::sealed::{Identity, Recipient};
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::support::{codes, folder, prongsai, report, report_json, root, sealed_for, sources, stderr, stdout, unset};

const SETTINGS: &str = "-- content/site.toml --\nbase_url = \"https://example.go.th/\"\nfiscal_year = 2566\n[agency]\nname = \"เทศบาลตัวอย่าง\"\nname_en = \"Sample\"\nkind = \"other\"\n";

fn key(n: u8) -> Identity {
    Identity::of([n; 32])
}

/// Settings with a table `[sealed]`.
fn settings(sealed: &str) -> String {
    format!("{SETTINGS}[sealed]\n{sealed}\n")
}

#[test]
fn without_keys_there_is_nothing_of_it() {
    let output = prongsai::build(&sources("")).output;
    for path in output.files.keys() {
        assert!(!path.contains("sealed") && !path.contains("vendor"), "{path}");
        if let Some(text) = output.text(path) {
            assert!(!text.contains("/sealed/") && !text.contains("age1"), "{path}");
        }
    }
}

#[test]
fn with_keys_there_is_a_page_that_seals_for_all_of_them() {
    let (first, second) = (key(1).recipient(), key(2).recipient());
    let channel = "-- content/channels/report.md --\n+++\ntitle = \"แจ้งเบาะแส\"\nkind = \"whistleblower\"\nanonymous = true\nprotection = [\"เก็บเป็นความลับ\"]\n+++\n";
    let english = "-- content/pages/about.md --\n+++\ntitle = \"เกี่ยวกับ\"\n+++\nก\n-- content/pages/about.en.md --\n+++\ntitle = \"About\"\n+++\nA\n";
    let sealed = settings(&format!("recipients = [\"{first}\", \" {second} \"]\nendpoint = \"https://in.example.go.th/box\""));
    let sources = sources(&format!("{sealed}{channel}{english}"));
    let build = prongsai::build(&sources);
    let no_problem =
        codes(&build.diagnostics).iter().all(|code| !["P1", "P7", "P6"].iter().any(|family| code.starts_with(family)));
    assert!(no_problem, "{}", report(&sources, &build.diagnostics, Lang::En));
    for (folder, words) in [("", "อ่านก่อนเขียน"), ("en/", "Read this first")] {
        let html = build.output.text(&format!("{folder}report-corruption/sealed/index.html")).expect("the page");
        assert!(unset(html).contains(words), "{folder}");
        assert!(
            unset(html).contains(&format!("age -r {first} -r {second} -o report.zip.age report.zip")),
            "the command is whole"
        );
        assert!(
            html.contains(&format!("data-keys=\"{first} {second}\""))
                && html.contains("connect-src https://in.example.go.th/box;")
        );
        assert!(html.contains("name=\"referrer\" content=\"no-referrer\"") && !html.contains("connect-src 'self'"));
        let report = build.output.text(&format!("{folder}report-corruption/index.html")).expect("the page of the channel");
        assert!(report.matches(&format!("href=\"/{folder}report-corruption/sealed/\"")).count() >= 2, "{folder}: the way there");
        assert!(!report.contains("<script type=\"module\""));
    }
    let published = |start: &str, end: &str| {
        let path = build.output.files.keys().find(|path| path.starts_with(start) && path.ends_with(end)).expect("an asset");
        (path.clone(), build.output.text(path).expect("text").to_owned())
    };
    let (library, text) = published("assets/vendor/age-encryption-", ".js");
    assert_eq!(text.as_bytes(), fs::read(root().join("themes/default/assets/vendor/age-encryption.js")).expect("the library"));
    let (_, script) = published("assets/sealed-", ".js");
    assert!(script.contains(&format!("from \"./{}\"", library.trim_start_matches("assets/"))), "the script finds the library");
    published("assets/vendor/LICENCES", ".txt");
    for never in ["localStorage", "sessionStorage", "indexedDB", "document.cookie", "sendBeacon"] {
        assert!(!script.contains(never) && !text.contains(never), "{never}");
    }
}

#[test]
fn the_library_is_the_one_that_was_recorded() {
    let sums = fs::read_to_string(root().join("vendor/age-encryption/SHA256SUMS")).expect("the checksums");
    assert_eq!(sums.lines().count(), 2);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("a checksum and a name");
        let bytes = fs::read(root().join("themes/default/assets/vendor").join(name)).expect("a vendored file");
        let actual: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(actual, sum, "{name}: rebuild it with vendor/age-encryption/build.mjs");
    }
    let licences = fs::read_to_string(root().join("themes/default/assets/vendor/LICENCES.txt")).expect("the licences");
    for name in ["age-encryption ", "@noble/ciphers ", "@noble/curves ", "@noble/hashes ", "@scure/base "] {
        assert!(licences.contains(name), "{name}");
    }
}

#[test]
fn wrong_settings_say_what_to_type() {
    let good = key(1).recipient().to_string();
    let wrong = good.replace(&good[20..21], if &good[20..21] == "q" { "p" } else { "q" });
    for (sealed, code, words) in [
        (String::new(), "P102", "recipients"),
        ("recipients = []".to_owned(), "P102", "recipients"),
        (format!("recipients = [\"{wrong}\"]"), "P105", "wrong or missing"),
        (format!("recipients = [\"{}\"]", &good[..61]), "P105", "wrong or missing"),
        ("recipients = [\"officer@example.go.th\"]".to_owned(), "P105", "not a public key"),
        ("recipients = [\"ssh-ed25519 AAAAC3\"]".to_owned(), "P105", "of this kind"),
        (format!("recipients = [\"{good}\", \"{good}\"]"), "P105", "there already"),
        (format!("recipients = \"{good}\"\nendpoint = \"http://example.go.th/\""), "P105", "cannot be posted"),
        (format!("recipients = \"{good}\"\nendpoint = \"https://a.example/;script-src *\""), "P105", "cannot be posted"),
        (format!("recipient = \"{good}\""), "P103", "recipients"),
    ] {
        let sources = sources(&settings(&sealed));
        let build = prongsai::build(&sources);
        assert_eq!(codes(&build.diagnostics), [code], "{sealed}");
        let said = report(&sources, &build.diagnostics, Lang::En);
        assert!(said.contains(words) && build.diagnostics.has_errors(), "{sealed}\n{said}");
        assert!(report(&sources, &build.diagnostics, Lang::Th).contains("วิธีแก้"), "{sealed}");
    }
}

#[test]
fn a_secret_key_is_an_error_that_does_not_show_it() {
    let secret = key(3).to_secret();
    let (inside, lower) = (&secret[20..60], secret[20..60].to_lowercase());
    let public = key(1).recipient();
    for fixture in [
        settings(&format!("recipients = [\"{secret}\"]")),
        settings(&format!("recipients = [\"{}\"]", secret.to_lowercase())),
        // Broken TOML, a comment, an unknown field, a page: wherever it was pasted.
        format!("{SETTINGS}[sealed]\nrecipients = [\"{secret}\n"),
        settings(&format!("recipients = \"{public}\" # {secret}")),
        settings(&format!("recipients = \"{public}\"\nsecret = \"{secret}\"")),
        format!("-- content/pages/about.md --\n+++\ntitle = \"ก\"\n+++\nกุญแจ {secret} ของเรา\n"),
        format!("-- content/pages/about.md --\n+++\ntitle = \"{secret}\"\nfoo = \"{secret}\"\n+++\n"),
    ] {
        let sources = sources(&fixture);
        let build = prongsai::build(&sources);
        assert!(codes(&build.diagnostics).contains(&"P706"), "{fixture}\n{:?}", codes(&build.diagnostics));
        for said in [
            report(&sources, &build.diagnostics, Lang::Th),
            report(&sources, &build.diagnostics, Lang::En),
            report_json(&sources, &build.diagnostics),
        ] {
            assert!(!said.contains(inside) && !said.contains(&lower), "{said}");
        }
        let thai = report(&sources, &build.diagnostics, Lang::Th);
        assert!(thai.contains("กุญแจลับ") && thai.contains("prongsai keys new"), "{thai}");
    }
    // Who writes about keys need not spell one.
    let about = "-- content/pages/about.md --\n+++\ntitle = \"ก\"\n+++\nไฟล์ที่มี AGE-SECRET-KEY-1 ต้องเก็บไว้กับตัว\n";
    assert!(codes(&prongsai::build(&sources(about)).diagnostics).is_empty());
}

/// The mode of a file or folder.
#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).expect("it is there").permissions()) & 0o777
}

#[test]
fn a_new_key_is_kept_from_everybody_else() {
    let place = tempfile::tempdir().expect("a folder");
    let made = prongsai(place.path(), &["keys", "new", "-o", "key.txt"]);
    assert!(made.status.success(), "{}", stderr(&made));
    let file = fs::read_to_string(place.path().join("key.txt")).expect("the key");
    let secret = Identity::parse(file.lines().last().expect("a line")).expect("a secret key");
    let said = stdout(&made);
    assert!(said.contains(&format!("recipients = [\"{}\"]", secret.recipient())) && !said.contains("AGE-SECRET-KEY"), "{said}");
    assert!(file.contains(&format!("# public key: {}\n", secret.recipient())) && file.starts_with("# created: 2"), "{file}");
    #[cfg(unix)]
    assert_eq!(mode(&place.path().join("key.txt")), 0o600);

    let again = prongsai(place.path(), &["keys", "new", "-o", "key.txt", "--lang", "th"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("ไม่เขียนทับ"), "{}", stderr(&again));
    assert_eq!(fs::read_to_string(place.path().join("key.txt")).expect("the key"), file, "never over another");
    // Where nothing is said the key is in the user's own folder, where one is already.
    let desk = desk("x.age", b"");
    let kept = fs::read_to_string(desk.path().join("home/prongsai-key.txt")).expect("the key");
    assert_eq!(at(&desk, &["keys", "new"]).status.code(), Some(1));
    assert_eq!(fs::read_to_string(desk.path().join("home/prongsai-key.txt")).expect("the key"), kept);
    fs::remove_file(desk.path().join("home/prongsai-key.txt")).expect("removed");
    assert!(at(&desk, &["keys", "new"]).status.success() && desk.path().join("home/prongsai-key.txt").is_file());
    let other = prongsai(place.path(), &["keys", "new", "-o", "other.txt", "--format", "json"]);
    let line: serde_json::Value = serde_json::from_str(&stdout(&other)).expect("JSON");
    let public = line["public_key"].as_str().and_then(|key| Recipient::parse(key).ok()).expect("a public key");
    assert_ne!(public, secret.recipient(), "every key is another");
    assert_eq!(prongsai(place.path(), &["keys"]).status.code(), Some(2));
    let nowhere = prongsai(place.path(), &["keys", "new", "-o", "nowhere/key.txt"]);
    assert!(nowhere.status.code() == Some(2) && stderr(&nowhere).contains("nowhere/key.txt"), "{}", stderr(&nowhere));
}

#[test]
fn keys_and_reports_are_never_put_where_a_site_is_published_from() {
    let site =
        folder("-- content/pages/about.md --\n+++\ntitle = \"ก\"\n+++\n-- public/index.html --\n<p>\n-- notes/a.txt --\nก\n");
    let sealed = site.path().join("notes/report.age");
    fs::write(&sealed, sealed_for(&[key(1).recipient()], b"A")).expect("written");
    fs::write(site.path().join("notes/key.txt"), key(1).to_secret()).expect("written");
    let mut places =
        vec!["content/key", "content/pages/key", "public/key", "themes/key", "notes/../public/key", "./content/new/key"];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(site.path().join("public"), site.path().join("elsewhere")).expect("a link");
        places.push("elsewhere/key");
    }
    fs::create_dir_all(site.path().join("themes")).expect("a folder");
    for place in places {
        let made = prongsai(site.path(), &["keys", "new", "-o", place]);
        assert_eq!(made.status.code(), Some(1), "{place}: {}", stderr(&made));
        assert!(stderr(&made).contains("published"), "{place}");
        let opened = prongsai(site.path(), &["open", "notes/report.age", "--key", "notes/key.txt", "-o", place]);
        assert_eq!(opened.status.code(), Some(1), "{place}: {}", stderr(&opened));
        assert!(!site.path().join(place).exists(), "{place}");
    }
    assert!(prongsai(site.path(), &["keys", "new", "-o", "notes/other.txt"]).status.success(), "elsewhere it may be");
}

/// A report as the page packs it.
fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(*name, stored).expect("in memory");
        writer.write_all(bytes).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

/// A folder with the key of [`key`]`(1)` in the user's own place, and a sealed file.
fn desk(name: &str, sealed: &[u8]) -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    fs::create_dir(desk.path().join("home")).expect("a folder");
    fs::write(desk.path().join("home/prongsai-key.txt"), format!("# a comment\n{}\n", key(1).to_secret())).expect("written");
    fs::create_dir(desk.path().join("in")).expect("a folder");
    fs::write(desk.path().join("in").join(name), sealed).expect("written");
    desk
}

fn at(desk: &tempfile::TempDir, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_prongsai");
    let mut command = Command::new(program);
    command
        .current_dir(desk.path())
        .args(arguments)
        .env("HOME", desk.path().join("home"))
        .env("USERPROFILE", desk.path().join("home"));
    command.env_remove("LC_ALL").env("LANG", "C.UTF-8").output().expect("the program starts")
}

/// Every file below a folder, by path.
fn files(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            all.extend(files(&entry.path()).into_iter().map(|file| format!("{name}/{file}")));
        } else {
            all.push(name);
        }
    }
    all.sort();
    all
}

#[test]
fn a_report_is_opened_once_and_only_for_its_inspector() {
    let report = packed(&[("report.txt", "รหัส\n\nเรื่อง".as_bytes()), ("ใบเสร็จ.pdf", b"%PDF"), ("ใบเสร็จ.pdf ", b"%PDF-2")]);
    let desk = desk("document-ab12.age", &sealed_for(&[key(2).recipient(), key(1).recipient()], &report));
    let opened = at(&desk, &["open", "in/document-ab12.age"]);
    assert!(opened.status.success(), "{}", stderr(&opened));
    let folder = desk.path().join("in/document-ab12-opened");
    assert_eq!(files(&folder), ["2-ใบเสร็จ.pdf", "report.txt", "ใบเสร็จ.pdf"]);
    assert_eq!(fs::read_to_string(folder.join("report.txt")).expect("the report"), "รหัส\n\nเรื่อง");
    assert!(stdout(&opened).contains("document-ab12-opened") && stdout(&opened).contains("stranger"));
    #[cfg(unix)]
    assert_eq!((mode(&folder), mode(&folder.join("report.txt"))), (0o700, 0o600));

    fs::write(folder.join("report.txt"), "notes").expect("written");
    let again = at(&desk, &["open", "in/document-ab12.age"]);
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(fs::read_to_string(folder.join("report.txt")).expect("the notes"), "notes", "nothing is written over");
    let other = at(&desk, &["open", "in/document-ab12.age", "-o", "other", "--format", "json", "--key", "home/prongsai-key.txt"]);
    let line: serde_json::Value = serde_json::from_str(&stdout(&other)).expect("JSON");
    assert_eq!((&line["opened"], line["files"].as_array().map(Vec::len)), (&"other".into(), Some(3)));
}

#[test]
fn what_the_page_did_not_seal_is_opened_as_one_file() {
    let letter = "จดหมาย".as_bytes();
    for (name, inside) in [("letter.txt.age", "letter.txt"), ("mail", "contents"), ("a.b.zip.age", "a.b.zip")] {
        let desk = desk(name, &sealed_for(&[key(1).recipient()], letter));
        let opened = at(&desk, &["open", &format!("in/{name}"), "-o", "out"]);
        assert!(opened.status.success(), "{}", stderr(&opened));
        assert_eq!(files(&desk.path().join("out")), [inside]);
        assert_eq!(fs::read(desk.path().join("out").join(inside)).expect("the letter"), letter);
    }
}

#[test]
fn a_hostile_parcel_writes_nothing_outside_its_folder() {
    let report = packed(&[
        ("report.txt", b"r"),
        ("../../escaped.txt", b"1"),
        ("/tmp/escaped.txt", b"2"),
        ("..\\escaped.txt", b"3"),
        ("\u{1b}]0;title\u{7}.txt", b"4"),
        ("REPORT.TXT", b"5"),
        (".ssh/authorized_keys", b"6"),
        ("CON", b"7"),
    ]);
    let desk = desk("x.age", &sealed_for(&[key(1).recipient()], &report));
    let before = files(desk.path());
    let opened = at(&desk, &["open", "in/x.age", "-o", "out"]);
    assert!(opened.status.success(), "{}", stderr(&opened));
    let out = files(&desk.path().join("out"));
    assert_eq!(out.len(), 8, "{out:?}");
    let mut all: Vec<String> = before.into_iter().chain(out.iter().map(|file| format!("out/{file}"))).collect();
    all.sort();
    assert_eq!(files(desk.path()), all, "all of it is in its folder, and nothing else changed");
    assert!(!stdout(&opened).contains(['\u{1b}', '\u{7}']), "a name does not command the terminal");
    assert!(stdout(&opened).contains("../../escaped.txt"), "but it is told");
}

#[test]
fn what_cannot_be_opened_says_why_and_leaves_nothing() {
    let sealed = sealed_for(&[key(1).recipient()], &packed(&[("report.txt", b"r")]));
    let other = sealed_for(&[key(2).recipient()], b"r");
    let mut changed = sealed.clone();
    *changed.last_mut().expect("a byte") ^= 1;
    for (file, th, en) in [
        (&sealed[..sealed.len() - 3], "ขาดหาย", "cut off"),
        (&changed, "ถูกแก้", "changed"),
        (&other, "กุญแจดอกอื่น", "other keys"),
        (b"%PDF-1.7", "ไม่ใช่ไฟล์ปิดผนึก", "no sealed file"),
        (b"age-encryption.org/v9\n", "รุ่นที่ยังไม่รู้จัก", "not known yet"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\nabc", "ข้อความไม่ครบ", "not complete"),
    ] {
        let desk = desk("x.age", file);
        for (lang, words) in [("th", th), ("en", en)] {
            let opened = at(&desk, &["open", "in/x.age", "--lang", lang]);
            assert_eq!(opened.status.code(), Some(1), "{words}");
            assert!(stderr(&opened).contains(words), "{words}: {}", stderr(&opened));
        }
        assert_eq!(files(desk.path()), ["home/prongsai-key.txt", "in/x.age"]);
    }
    let desk = desk("x.age", &sealed);
    fs::write(desk.path().join("bad.txt"), "AGE-SECRET-KEY-1WRONG").expect("written");
    for (arguments, code, words) in [
        (&["open", "in/x.age", "--key", "bad.txt"][..], 1, "line 1"),
        (&["open", "in/x.age", "--key", "gone.txt"], 1, "--key"),
        (&["open", "in/gone.age"], 2, "gone.age"),
        (&["open"], 2, ""),
    ] {
        let opened = at(&desk, arguments);
        assert_eq!(opened.status.code(), Some(code), "{arguments:?}");
        assert!(stderr(&opened).contains(words) && !stderr(&opened).contains("WRONG"), "{}", stderr(&opened));
    }
}
