//! One document in the studio: its fields, its text as it is typed, its problems, and what its page would look like.

use axum::http::StatusCode;
use serde_json::{Map, Value as Json, json};

use super::overview::problem;
use super::schema::SETTINGS;
use super::{Answer, Refusal, Studio};
use crate::config;
use crate::content::Folder;
use crate::content::common::DRAFT;
use crate::desk::Manuscript;
use crate::diagnostic::{Diagnostics, Text, text};
use crate::fields::Asked;
use crate::parse;
use crate::publish::edits::{self, Change};
use crate::render::preview::Preview;
use crate::site::url;
use crate::source::{MAX_TEXT_BYTES, SourcePath, Sources, sha256_of};

/// A document that the studio changes.
pub(super) struct Place {
    pub(super) path: SourcePath,
    /// Name of its folder, or of the settings.
    pub(super) folder: &'static str,
    pub(super) schema: Vec<Asked>,
}

impl Place {
    /// The document at a path of `content/`.
    pub(super) fn of(path: &str) -> Result<Place, Refusal> {
        let path = SourcePath::new(path);
        if path.as_str() == config::PATH {
            return Ok(Place { path, folder: SETTINGS, schema: config::asked() });
        }
        let folder = path.parts().nth(1).and_then(Folder::named).filter(|folder| path.extension() == folder.extension());
        // A translation is a document with `.en` in its name.
        let original = SourcePath::new(&path.as_str().replace(".en.md", ".md"));
        if let Some(folder) = folder.filter(|_| path.is_under("content") && parse::is_place(&original)) {
            return Ok(Place { path, folder: folder.name, schema: folder.asked() });
        }
        let words = text!(th: "{path} ไม่ใช่เอกสารที่แก้ได้ในหน้านี้", en: "{path} is no document that can be edited here");
        Err(Refusal(StatusCode::NOT_FOUND, words))
    }

    /// Its bytes on the disk.
    pub(super) fn bytes(&self, studio: &Studio) -> Result<Option<Vec<u8>>, Refusal> {
        edits::read_source(&studio.options.root, &self.path).map_err(|error| Refusal::disk(&error))
    }

    /// The file as somebody wants it: `raw` text, or fields and body put into what is there.
    pub(super) fn wanted(&self, before: Option<&[u8]>, wanted: &Json) -> Result<Vec<u8>, Refusal> {
        let after = self.put_together(before, wanted)?;
        if after.len() as u64 > MAX_TEXT_BYTES {
            let limit = MAX_TEXT_BYTES >> 20;
            let words = text!(
                th: "ข้อความยาวเกิน {limit} MB แบ่งเป็นหลายไฟล์",
                en: "the text is longer than {limit} MB; divide it into several files"
            );
            return Err(Refusal(StatusCode::PAYLOAD_TOO_LARGE, words));
        }
        Ok(after)
    }

    fn put_together(&self, before: Option<&[u8]>, wanted: &Json) -> Result<Vec<u8>, Refusal> {
        let before_text = before.map(str::from_utf8).transpose();
        // What a browser shows of such a file is not what is in it.
        let before_text = before_text.map_err(|_| Refusal(StatusCode::CONFLICT, not_utf8()))?;
        if let Some(raw) = wanted["raw"].as_str() {
            return Ok(with_line_ends_of(before_text, raw).into_bytes());
        }
        let mut manuscript = match before {
            Some(bytes) => Manuscript::open(&self.path, bytes).map_err(|why| Refusal(StatusCode::CONFLICT, why))?,
            None => Manuscript::new(&self.path),
        };
        let values = wanted["values"].as_object().ok_or_else(Refusal::unreadable)?;
        manuscript.set(&self.schema, values);
        if let Some(body) = wanted["body"].as_str() {
            manuscript.set_body(body);
        }
        Ok(manuscript.to_bytes())
    }
}

/// Opens the document at a path.
pub(super) fn open(studio: &Studio, path: &str) -> Answer {
    let place = Place::of(path)?;
    let bytes = place.bytes(studio)?.ok_or_else(|| gone(&place.path))?;
    let checked = studio.checked()?;
    let is_own = |diagnostic: &&crate::diagnostic::Diagnostic| diagnostic.span.path == place.path;
    let problems: Vec<Json> =
        checked.diagnostics.iter().filter(is_own).map(|diagnostic| problem(diagnostic, &checked.latest.sources)).collect();
    let site = checked.site();
    let url = site.document(&place.path).map(|document| url::of_document(document).0);
    let url = url.filter(|page| site.pages.contains_key(page)).map(|page| page.to_string());
    let mut reply = contents(&place, &bytes);
    reply["problems"] = json!(problems);
    reply["url"] = json!(url);
    reply["english"] =
        json!(translation(&place.path).filter(|path| checked.latest.sources.get(path).is_some()).map(|path| path.to_string()));
    reply["files"] = json!(beside(&checked.latest.sources, &place.path));
    Ok(reply)
}

/// Where the translation of a document is, unless it is one itself.
pub(super) fn translation(path: &SourcePath) -> Option<SourcePath> {
    let stem = path.as_str().strip_suffix(".md")?;
    (!stem.ends_with(".en")).then(|| SourcePath::new(&format!("{stem}.en.md")))
}

/// A file that somebody removed.
pub(super) fn gone(path: &SourcePath) -> Refusal {
    Refusal(StatusCode::NOT_FOUND, text!(th: "ไม่มีไฟล์ {path} แล้ว", en: "{path} is not there any more"))
}

/// Fields, body and text of a file.
pub(super) fn contents(place: &Place, bytes: &[u8]) -> Json {
    let raw = String::from_utf8_lossy(bytes);
    let mut reply = json!({ "path": place.path.as_str(), "folder": place.folder, "sha256": sha256_of(bytes), "raw": raw });
    match Manuscript::open(&place.path, bytes) {
        Ok(manuscript) => {
            reply["values"] = Json::Object(manuscript.values(&place.schema));
            reply["body"] = json!(manuscript.body());
        }
        Err(_) if str::from_utf8(bytes).is_err() => {
            reply["broken"] = json!(not_utf8());
            reply["locked"] = json!(true);
        }
        Err(why) => reply["broken"] = json!(why),
    }
    reply
}

fn not_utf8() -> Text {
    text!(
        th: "ไฟล์นี้ไม่ได้บันทึกเป็น UTF-8 ภาษาไทยจึงอ่านไม่ออก แก้ที่นี่แล้วจะเสีย ให้เปิดด้วยโปรแกรมที่ใช้เขียน แล้วบันทึกใหม่ เลือกการเข้ารหัส (Encoding) เป็น UTF-8",
        en: "this file is not UTF-8, so its Thai cannot be read, and editing it here would spoil it; open it where it was written and save it again with the encoding UTF-8"
    )
}

/// A text as it comes from a browser, which makes all line ends `\n`.
fn with_line_ends_of(before: Option<&str>, raw: &str) -> String {
    let plain = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    let raw = plain(raw);
    match before {
        Some(before) if plain(before) == raw => before.to_owned(),
        Some(before) if before.contains("\r\n") => raw.replace('\n', "\r\n"),
        _ => raw,
    }
}

/// The names of the files beside a document.
pub(super) fn beside(sources: &Sources, path: &SourcePath) -> Vec<String> {
    let folder = path.as_str().rsplit_once('/').map_or("content", |(folder, _)| folder);
    let of = |other: &SourcePath| other.as_str().strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
    sources.under("content").filter_map(|(other, _)| of(other).filter(|name| !name.contains('/') && !other.is_text())).collect()
}

/// What a text that is not saved yet would be: its problems, and its page.
pub(super) fn preview(studio: &Studio, wanted: &Json) -> Answer {
    let place = Place::of(wanted["path"].as_str().unwrap_or_default())?;
    let before = place.bytes(studio)?;
    let bytes = place.wanted(before.as_deref(), wanted)?;
    let (problems, html) = studio.would_be(&place, &finished(&place, &bytes), &[])?;
    Ok(json!({ "problems": problems, "html": html }))
}

/// The same file, but no draft: what it lacks is to be seen.
pub(super) fn finished(place: &Place, bytes: &[u8]) -> Vec<u8> {
    let Ok(mut manuscript) = Manuscript::open(&place.path, bytes) else { return bytes.to_vec() };
    manuscript.set(&place.schema, &Map::from_iter([(DRAFT.to_owned(), Json::Null)]));
    manuscript.to_bytes()
}

impl Studio {
    /// The problems of a file if it were `bytes` and `files` came with it, and the page that shows it.
    pub(super) fn would_be(&self, place: &Place, bytes: &[u8], files: &[Change]) -> Result<(Vec<Json>, Option<String>), Refusal> {
        let mut sources = self.checked()?.latest.sources.clone();
        sources.insert_bytes(place.path.clone(), bytes);
        for (path, bytes) in files.iter().filter_map(|file| Some((&file.path, file.after.as_ref()?))) {
            sources.insert_bytes(path.clone(), bytes);
        }
        let mut memory = self.memory.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut found = Diagnostics::default();
        let site = crate::assemble(&sources, &mut memory, &mut found);
        drop(memory);
        let page = site.document(&place.path).map(|document| url::of_document(document).0);
        let (levels, mut html) = (site.config.levels.clone(), None);
        if let Some(preview) = Preview::new(site, &sources, &found) {
            html = page.and_then(|page| preview.page(page.as_str())).map(|html| String::from_utf8_lossy(&html).into_owned());
            found = preview.checked().1.clone();
        } else {
            found = Diagnostics::default();
            let site = crate::analyse(&sources, &mut found);
            found.append(Preview::problems_of_theme(&site, &sources));
        }
        found.apply(&levels);
        let is_own = |path: &SourcePath| *path == place.path || files.iter().any(|file| file.path == *path);
        let own = found.iter().filter(|diagnostic| is_own(&diagnostic.span.path));
        Ok((own.map(|diagnostic| problem(diagnostic, &sources)).collect(), html))
    }

    /// Waits until the preview shows what was written; not for ever, for a file may have changed again.
    pub(super) fn wait_for(&self, path: &SourcePath, bytes: Option<&[u8]>) {
        let wanted = bytes.map(|bytes| String::from_utf8_lossy(bytes).replace("\r\n", "\n"));
        let is_shown = || {
            let latest = self.builder.state().latest;
            let now = latest.as_ref().and_then(|latest| latest.sources.text(path));
            now == wanted.as_deref().map(|text| text.trim_start_matches('\u{feff}'))
        };
        for _ in 0..600 {
            if is_shown() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
}

/// Whether there is an error among problems.
pub(super) fn has_errors(problems: &[Json]) -> bool {
    problems.iter().any(|problem| problem["severity"] == "error")
}

/// Words for what was done, for its undoing.
pub(super) fn done(th: &str, en: &str, path: &SourcePath) -> Text {
    Text { th: format!("{th} {path}"), en: format!("{en} {path}") }
}
