//! `submit`: freezes the answers of the year in `content/submissions/2566.toml`, with the checksum of what each address shows.

use std::fmt::Write as _;
use std::io;

use jiff::civil::Date;

use super::{Options, PROBLEMS, built, report};
use crate::Build;
use crate::diagnostic::{Lang, Severity, Text, text};
use crate::publish;
use crate::render::answers::Answer;
use crate::render::walk;
use crate::render::{File, InMemory};
use crate::site::url::{Page, UrlPath};
use crate::source;
use crate::thai::date;

/// Freezes the answers of today; refuses where there are some already, unless told to replace them.
pub(super) fn submit(options: &Options, today: Date, replaces: bool) -> io::Result<u8> {
    let (sources, build) = built(options, &InMemory)?;
    if build.diagnostics.has_errors() {
        report::diagnostics(&build.diagnostics, &sources, options, |severity| severity == Severity::Error);
        let words = text!(th: "มีข้อผิดพลาด จึงยังไม่บันทึกคำตอบ", en: "there are errors, so no answers were frozen");
        report::failure(&words, options.lang);
        return Ok(PROBLEMS);
    }
    let year = build.site.fiscal_year();
    let path = format!("content/submissions/{year}.toml");
    if sources.text(&crate::source::SourcePath::new(&path)).is_some() && !replaces {
        let words = text!(
            th: "{path} มีอยู่แล้ว คำตอบที่ยื่นแล้วไม่ควรเปลี่ยน ถ้ายื่นใหม่จริงให้สั่ง prongsai submit --replace",
            en: "{path} is there already, and submitted answers should not change; if you submit anew, run prongsai submit --replace"
        );
        report::failure(&words, options.lang);
        return Ok(PROBLEMS);
    }
    let rows = rows(options, &build)?;
    publish::write_file(&options.root.join(&path), toml(&build, today, &rows).as_bytes())?;
    say(options, &build, &path, &rows);
    Ok(0)
}

/// An answer's address and checksum.
struct Row<'a> {
    answer: &'a Answer,
    url: &'a str,
    sha256: Option<String>,
}

fn rows<'a>(options: &Options, build: &'a Build) -> io::Result<Vec<Row<'a>>> {
    let mut rows = Vec::new();
    for answer in &build.answers {
        for url in &answer.urls {
            rows.push(Row { answer, url, sha256: checksum(options, build, url)? });
        }
    }
    Ok(rows)
}

/// SHA-256 of what an address shows: of a page its words and links, of a file its bytes. A list of news grows, so it has none.
fn checksum(options: &Options, build: &Build, url: &str) -> io::Result<Option<String>> {
    let Some(target) = build.site.inside(url) else { return Ok(None) };
    if let Some(Page::NewsList | Page::NewsYear(..)) = build.site.pages.get(&UrlPath::at(&target.path)) {
        return Ok(None);
    }
    match build.output.at(&target.path) {
        Some(File::Bytes(bytes)) => Ok(Some(walk::checksum(&target.path, bytes))),
        Some(File::CopyOf(source)) => source::sha256(&options.root, source).map(Some),
        Some(File::Kept(_)) | None => Ok(None),
    }
}

fn toml(build: &Build, today: Date, rows: &[Row]) -> String {
    let (year, day) = (build.site.fiscal_year(), date::long_th(today));
    let mut out = format!(
        "# คำตอบแบบ OIT ปี {year} ที่ยื่นแล้ว สร้างโดยคำสั่ง prongsai submit ไม่ควรแก้ไขด้วยมือ\n\
         # The submitted answers to the OIT form of {year}, written by prongsai submit. Do not edit.\n\
         fiscal_year = {year}\ndate = \"{day}\"\n"
    );
    for row in rows {
        let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let (item, url, explanation) = (row.answer.item, text(row.url), text(&row.answer.explanation));
        let _ = write!(out, "\n[[answer]]\nitem = \"{item}\"\nurl = {url}\nexplanation = {explanation}\n");
        if let Some(sha256) = &row.sha256 {
            let _ = writeln!(out, "sha256 = \"{sha256}\"");
        }
    }
    out
}

fn say(options: &Options, build: &Build, path: &str, rows: &[Row]) {
    let n_items = build.answers.len();
    let n_there = build.answers.iter().filter(|answer| answer.is_there).count();
    let n_complete = build.answers.iter().filter(|answer| answer.is_complete).count();
    let n_urls = rows.len();
    if options.json {
        let line = serde_json::json!({ "submission": path, "items": n_items, "answered": n_there, "complete": n_complete, "urls": n_urls });
        return report::plain(&format!("{line}\n"));
    }
    let words: Text = text!(
        th: "บันทึกคำตอบใน {path}: มี {n_there} จาก {n_items} ข้อ (ครบถ้วน {n_complete}) รวม {n_urls} ที่อยู่ ตั้งแต่นี้ไปจะเตือนเมื่อเนื้อหาเปลี่ยน และไม่ยอมให้ที่อยู่หาย",
        en: "froze the answers in {path}: {n_there} of {n_items} items ({n_complete} complete), {n_urls} addresses; from now on a changed page is a warning, a lost address an error"
    );
    report::say(options, &words);
    if n_complete < n_items {
        let lang: Lang = options.lang;
        report::plain(text!(th: "ดูข้อที่ยังไม่ครบด้วย prongsai audit\n", en: "see what is incomplete with prongsai audit\n").get(lang));
    }
}
