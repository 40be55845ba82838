//! `audit`, `submit`, `audit --live` and redirects, as the working group uses them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::loopback::{Loopback, reply};
use crate::support::{prongsai, root, stderr, stdout};

/// A copy of the complete site that may be spoilt.
fn complete() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("the folder can be made");
        for entry in fs::read_dir(from).expect("a folder").flatten() {
            let (from, to) = (entry.path(), to.join(entry.file_name()));
            if from.is_dir() { copy(&from, &to) } else { fs::copy(&from, &to).map(|_| ()).expect("the file can be copied") }
        }
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("tests/sites/complete/content"), &folder.path().join("content"));
    folder
}

fn edit(site: &Path, file: &str, from: &str, to: &str) {
    let path = site.join("content").join(file);
    let text = fs::read_to_string(&path).expect("a text");
    assert!(text.contains(from), "`{from}` is not in {file}");
    fs::write(path, text.replacen(from, to, 1)).expect("the file can be written");
}

#[test]
fn every_format_says_the_same() {
    let site = complete();
    let words = prongsai(site.path(), &["audit"]);
    assert!(words.status.success());
    let shown = stdout(&words);
    assert!(shown.contains("O2     6/6  complete · Executives"), "{shown}");
    assert!(shown.contains("→ https://www.sommut.example/executives/"), "{shown}");
    assert!(shown.contains("43 items: 43 complete, 0 partial, 0 missing"), "{shown}");
    assert!(stdout(&prongsai(site.path(), &["audit", "--lang", "th"])).contains("43 ข้อ: ครบถ้วน 43"));
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&prongsai(site.path(), &["audit", "--format", "json"]))).expect("JSON");
    assert_eq!((&json["counts"]["complete"], json["items"].as_array().map(Vec::len)), (&43.into(), Some(43)));
    let n_requirements: usize =
        json["items"].as_array().into_iter().flatten().filter_map(|item| item["requirements"].as_array()).map(Vec::len).sum();
    let csv = stdout(&prongsai(site.path(), &["audit", "--format", "csv"]));
    assert!(csv.starts_with('\u{feff}'), "Excel reads UTF-8 only with a byte order mark");
    let mut rows = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(rows.records().flatten().count(), n_requirements, "a row for each requirement");
    for name in ["a.xlsx", "a.csv", "a.json"] {
        assert!(prongsai(site.path(), &["audit", "-o", name]).status.success());
        assert!(fs::metadata(site.path().join(name)).expect("it is written").len() > 1000, "{name}");
    }
    assert!(prongsai(site.path(), &["build"]).status.success());
    let published = fs::read_to_string(site.path().join("public/oit/2566/audit.json")).expect("the audit on the site");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&published).expect("JSON"), json);
}

#[test]
fn items_that_fall_short_exit_with_1() {
    let site = complete();
    assert_eq!(prongsai(site.path(), &["audit", "--require", "declared"]).status.code(), Some(0));
    let verified = prongsai(site.path(), &["audit", "--require", "verified"]);
    assert_eq!(verified.status.code(), Some(1), "some requirements are only declared");
    assert!(stderr(&verified).contains("O1,") && !stderr(&verified).contains("O2,"), "{}", stderr(&verified));
    edit(site.path(), "executives/05-clerk.md", "phone = \"0 2000 0015\"\n", "");
    assert_eq!(prongsai(site.path(), &["audit"]).status.code(), Some(0), "nothing is required");
    let short = prongsai(site.path(), &["audit", "--require", "declared"]);
    assert_eq!(short.status.code(), Some(1));
    assert!(stderr(&short).contains("items that fall short: O2\n"), "{}", stderr(&short));
    assert!(stdout(&short).contains("O2.5 missing: นายต้นแบบ ตัวอย่าง has no telephone number"), "{}", stdout(&short));
    assert_eq!(
        prongsai(site.path(), &["audit", "O๔๒", "43", "--require", "declared"]).status.code(),
        Some(0),
        "only items asked for"
    );
    for wrong in [&["audit", "O99"][..], &["audit", "-o", "a.pdf"], &["check", "--format", "csv"], &["audit", "--live", "www"]] {
        assert_eq!(prongsai(site.path(), wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_not_called_missing() {
    let site = complete();
    edit(site.path(), "disclosures/2566/operating-plan.md", "period = \"ต.ค. 2565 - ก.ย. 2566\"", "period = \"ทั้งปี\"");
    let audit = prongsai(site.path(), &["audit", "O11"]);
    assert_eq!(audit.status.code(), Some(1), "the site cannot be published");
    let shown = stdout(&audit);
    assert!(shown.contains("a file cannot be read, so this is not certain") && !shown.contains("create content/"), "{shown}");
}

#[test]
fn what_is_submitted_stays() {
    let site = complete();
    assert_eq!(prongsai(site.path(), &["submit", "--today", "yesterday"]).status.code(), Some(2));
    let submitted = prongsai(site.path(), &["submit", "--today", "28 เม.ย. 2566"]);
    assert!(submitted.status.success() && stdout(&submitted).contains("43 of 43 items"), "{}", stdout(&submitted));
    let path = site.path().join("content/submissions/2566.toml");
    let frozen = fs::read_to_string(&path).expect("the submission");
    assert!(
        frozen.contains("date = \"28 เมษายน 2566\"") && frozen.contains("explanation = \"จากหน้าแรก เลือก “ผู้บริหาร”\""),
        "{frozen}"
    );
    let clean = prongsai(site.path(), &["check"]);
    assert!(stdout(&clean).contains("no problems"), "{}", stdout(&clean));
    edit(site.path(), "site.toml", "fiscal_year = 2566", "fiscal_year = 2567\npast_years = [2566]");
    let next_year = stdout(&prongsai(site.path(), &["check"]));
    assert!(next_year.contains("no problems"), "what was handed in outlives its year\n{next_year}");
    edit(site.path(), "site.toml", "fiscal_year = 2567\npast_years = [2566]", "fiscal_year = 2566");
    assert_eq!(prongsai(site.path(), &["submit"]).status.code(), Some(1), "it is not replaced by accident");
    assert_eq!(fs::read_to_string(&path).expect("the submission"), frozen);

    edit(site.path(), "executives/05-clerk.md", "0 2000 0015", "0 2000 0115");
    let changed = stdout(&prongsai(site.path(), &["check"]));
    assert!(
        changed.contains("warning[P218]: O2: what this address shows is not what was handed in on 28 April 2023"),
        "{changed}"
    );
    fs::write(
        site.path().join("content/disclosures/2566/chart-2566.pdf"),
        fs::read(site.path().join("content/disclosures/2566/no-gift-2566.pdf")).expect("a PDF"),
    )
    .expect("written");
    let exchanged = stdout(&prongsai(site.path(), &["check"]));
    assert!(exchanged.contains("P218]: O1: what this address shows"), "{exchanged}");

    fs::rename(site.path().join("content/disclosures/2566/laws.md"), site.path().join("content/pages/laws-of-the-agency.md"))
        .expect("moved");
    edit(site.path(), "pages/laws-of-the-agency.md", "+++", "+++\n# moved");
    let lost = prongsai(site.path(), &["build"]);
    assert_eq!(lost.status.code(), Some(1));
    assert!(
        stdout(&lost).contains("error[P217]: O6 was answered with /2566/laws/, which is no longer there"),
        "{}",
        stdout(&lost)
    );
    assert!(!site.path().join("public").exists());
    assert!(prongsai(site.path(), &["submit", "--replace"]).status.code() == Some(1), "not while there are errors");
}

#[test]
fn moved_pages_lead_on() {
    let site = complete();
    edit(
        site.path(),
        "site.toml",
        "base_url = \"https://www.sommut.example/\"",
        "base_url = \"https://www.sommut.example/ita/\"",
    );
    edit(
        site.path(),
        "site.toml",
        "[agency]",
        "[redirects]\n\"/people/\" = \"/executives/#person-nayok\"\n\"/old/plan.pdf\" = \"/about/\"\n\n[agency]",
    );
    assert!(prongsai(site.path(), &["build"]).status.success(), "{}", stdout(&prongsai(site.path(), &["check"])));
    let page = fs::read_to_string(site.path().join("public/people/index.html")).expect("a page that leads on");
    assert!(
        page.contains("content=\"0; url=/ita/executives/#person-nayok\"")
            && page.contains("href=\"/ita/executives/#person-nayok\""),
        "{page}"
    );
    assert!(!site.path().join("public/old").exists(), "a page cannot stand in for a PDF");
    let read = |name: &str| fs::read_to_string(site.path().join("public").join(name)).expect("rules for a server");
    assert_eq!(read("_redirects"), "/ita/people/ /ita/executives/#person-nayok 301\n/ita/old/plan.pdf /ita/about/ 301\n");
    assert!(read("redirects.apache.conf").contains("Redirect 301 \"/ita/old/plan.pdf\" \"/ita/about/\""));
    assert!(
        read("redirects.nginx.conf").contains("location = \"/ita/people/\" { return 301 \"/ita/executives/#person-nayok\"; }")
    );
}

#[test]
fn a_submitted_place_on_a_page_may_move() {
    let site = complete();
    assert!(prongsai(site.path(), &["submit", "--today", "28 เม.ย. 2566"]).status.success());
    let frozen = fs::read_to_string(site.path().join("content/submissions/2566.toml")).expect("the submission");
    assert!(frozen.contains("/2566/laws/#laws"), "{frozen}");
    let folder = site.path().join("content/disclosures/2566");
    fs::rename(folder.join("laws.md"), folder.join("law.md")).expect("moved");
    edit(site.path(), "site.toml", "[agency]", "[redirects]\n\"/2566/laws/\" = \"/2566/law/#laws\"\n\n[agency]");
    let built = prongsai(site.path(), &["build"]);
    assert!(built.status.success(), "{}", stdout(&built));
    edit(site.path(), "site.toml", "/2566/law/#laws", "/2566/law/#rules");
    let lost = stdout(&prongsai(site.path(), &["check"]));
    assert!(lost.contains("error[P201]: /2566/law/ has no heading #rules") && lost.contains("site.toml"), "{lost}");
}

#[test]
fn the_deployed_site_is_what_was_submitted() {
    let site = complete();
    // Few answers, for the server is asked politely: one after another.
    assert!(prongsai(site.path(), &["build"]).status.success());
    assert!(prongsai(site.path(), &["submit", "--today", "2023-04-28"]).status.success());
    let path = site.path().join("content/submissions/2566.toml");
    let frozen = fs::read_to_string(&path).expect("the submission");
    let parts: Vec<&str> = frozen.split("\n[[answer]]\n").collect();
    let is_kept = |part: &&str| part.starts_with("item = \"O1\"\n") || part.starts_with("item = \"O2\"\n");
    let few: Vec<&str> = parts.iter().take(1).copied().chain(parts.iter().copied().filter(is_kept)).collect();
    fs::write(&path, few.join("\n[[answer]]\n")).expect("the submission can be written");
    let public: PathBuf = site.path().join("public");
    let deployed = public.clone();
    let is_download = Arc::new(AtomicBool::new(false));
    let serves_downloads = Arc::clone(&is_download);
    let server = Loopback::start(move |request, _| {
        let file = request.path.trim_start_matches('/');
        let file = if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file.to_owned() };
        let headers = if serves_downloads.load(Ordering::Relaxed) { "Content-Type: application/octet-stream\r\n" } else { "" };
        match fs::read(deployed.join(file)) {
            Ok(bytes) => reply(200, headers, &bytes),
            Err(_) => reply(404, "", b"no"),
        }
    });
    let live = prongsai(site.path(), &["audit", "--live", &server.url("/")]);
    assert!(live.status.success(), "{}", stdout(&live));
    assert_eq!(stdout(&live).trim_end(), "3 addresses asked, 0 with problems", "two answers and the QR code");
    is_download.store(true, Ordering::Relaxed);
    let live = prongsai(site.path(), &["audit", "--live", &server.url("/")]);
    assert_eq!(live.status.code(), Some(1));
    assert!(stdout(&live).contains("/executives/  the host says that the page is application/octet-stream"), "{}", stdout(&live));
    is_download.store(false, Ordering::Relaxed);
    let page = public.join("executives/index.html");
    let html = fs::read_to_string(&page).expect("the page");
    fs::write(&page, html.replace("0015<", "0115<")).expect("the page can be written");
    let live = prongsai(site.path(), &["audit", "--live", &server.url("/")]);
    assert_eq!(live.status.code(), Some(1));
    assert!(stdout(&live).contains("/executives/  its content is not what was handed in"), "{}", stdout(&live));
}
