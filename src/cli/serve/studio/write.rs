//! What the studio changes: saves, new documents, deletions, undo. Never over what somebody else changed meanwhile.

use axum::http::StatusCode;
use data_encoding::BASE64;
use jiff::Zoned;
use serde_json::{Value as Json, json};

use super::document::{Place, beside, contents, done, finished, gone, has_errors, open, translation};
use super::schema::SETTINGS;
use super::{Answer, Refusal, Studio};
use crate::content::Folder;
use crate::content::common::DRAFT;
use crate::desk::blank::{Wish, slug_of};
use crate::diagnostic::{Text, text};
use crate::publish::edits::{self, Change, Conflict};
use crate::source::{SourcePath, sha256_of};
use crate::thai::digits::to_arabic;

/// Where a new document of a folder would go: `folder`, `values`, `period`, `slug`. Says which files lie beside it, whether it is there
/// already, or what is wrong with its period or slug.
#[expect(clippy::disallowed_methods, reason = "a post is named after the day on which it is written")]
pub(super) fn blank(studio: &Studio, wanted: &Json) -> Answer {
    let folder = wanted["folder"].as_str().and_then(Folder::named).ok_or_else(Refusal::unreadable)?;
    let text = |key: &str| wanted[key].as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let wish = Wish {
        folder,
        slug: text("slug"),
        period: text("period").map(|period| to_arabic(&period).into_owned()),
        values: wanted["values"].as_object().cloned().unwrap_or_default(),
    };
    let checked = studio.checked()?;
    let path_of = |wish: &Wish| wish.path(checked.site(), checked.site().fiscal_year(), Zoned::now().date());
    let path = path_of(&wish);
    let Ok(place) = Place::of(path.as_str()) else {
        let is_of_period = Place::of(path_of(&Wish { slug: None, ..wish.clone() }).as_str()).is_err();
        return Ok(if is_of_period { bad_period(wish.period.as_deref()) } else { bad_slug(wish.slug.as_deref()) });
    };
    let is_there = place.bytes(studio)?.is_some();
    Ok(json!({ "path": path.as_str(), "is_there": is_there, "files": beside(&checked.latest.sources, &path) }))
}

fn bad_period(period: Option<&str>) -> Json {
    let period = period.unwrap_or_default();
    let words = text!(
        th: "`{period}` ไม่ใช่ปีหรือช่วงที่ใช้ได้ พิมพ์ปี พ.ศ. สี่หลัก ครึ่งปีเติม -h1 หรือ -h2 (เฉพาะหมวดที่รายงานเป็นช่วง)",
        en: "`{period}` is no year or half that can be used; type a year of the Buddhist Era, for a half with -h1 or -h2 (where reports are of halves)"
    );
    json!({ "problem": { "field": "period", "message": words } })
}

fn bad_slug(slug: Option<&str>) -> Json {
    let slug = slug.unwrap_or_default();
    let better = slug_of(slug.strip_suffix(".md").unwrap_or(slug));
    let better = if better.is_empty() { "name".to_owned() } else { better };
    let words = text!(
        th: "ชื่อไฟล์ `{slug}` ใช้เป็นที่อยู่หน้าเว็บไม่ได้ ใช้ได้เฉพาะตัวอักษร ตัวเลข และขีด เช่น {better}",
        en: "the file name `{slug}` cannot be a URL; use letters, digits and hyphens, such as {better}"
    );
    json!({ "problem": { "field": "slug", "message": words } })
}

/// Saves a document, with the files that it newly names: `path`, `sha256` of what was opened, `values` and `body` or `raw`, `files`.
///
/// One with errors is not saved unless it is a draft, or `anyway` is said.
pub(super) fn save(studio: &Studio, wanted: &Json) -> Answer {
    let place = Place::of(wanted["path"].as_str().unwrap_or_default())?;
    let before = place.bytes(studio)?;
    if let Some(conflict) = conflict(&place, before.as_deref(), wanted) {
        return Ok(conflict);
    }
    let after = place.wanted(before.as_deref(), wanted)?;
    let mut changes = files(studio, &place, wanted)?;
    let is_draft = wanted["values"][DRAFT] == json!(true);
    if !is_draft && wanted["anyway"] != json!(true) {
        let (problems, _) = studio.would_be(&place, &finished(&place, &after), &changes)?;
        if has_errors(&problems) {
            return Ok(json!({ "has_errors": true, "problems": problems }));
        }
    }
    let what = match before {
        Some(_) => done("แก้", "edited", &place.path),
        None => done("เพิ่ม", "added", &place.path),
    };
    changes.push(Change { path: place.path.clone(), before, after: Some(after.clone()) });
    studio.carry_out(&what, &changes)?;
    studio.wait_for(&place.path, Some(&after));
    let mut reply = open(studio, place.path.as_str())?;
    reply["saved"] = json!(true);
    Ok(reply)
}

/// Somebody else changed the file since it was opened, or made it: what is there now.
fn conflict(place: &Place, before: Option<&[u8]>, wanted: &Json) -> Option<Json> {
    let opened = wanted["sha256"].as_str().map(str::to_owned);
    if before.map(sha256_of) == opened {
        return None;
    }
    let theirs = before.map(|bytes| contents(place, bytes));
    Some(json!({ "conflict": true, "theirs": theirs }))
}

/// The files that come with a document: `name` beside it, `data` in base64; `replace` to put one in the place of another.
fn files(studio: &Studio, place: &Place, wanted: &Json) -> Result<Vec<Change>, Refusal> {
    let mut changes = Vec::new();
    for file in wanted["files"].as_array().map(Vec::as_slice).unwrap_or_default() {
        let name = file["name"].as_str().unwrap_or_default();
        let data = file["data"].as_str().and_then(|data| BASE64.decode(data.as_bytes()).ok()).ok_or_else(Refusal::unreadable)?;
        let path = place.path.sibling(name).filter(|path| !path.is_text() && path.name() == name);
        let Some(path) = path else {
            let words = text!(th: "ชื่อไฟล์ `{name}` ใช้ไม่ได้", en: "the file name `{name}` cannot be used");
            return Err(Refusal(StatusCode::BAD_REQUEST, words));
        };
        let before = edits::read_source(&studio.options.root, &path).map_err(|error| Refusal::disk(&error))?;
        if before.as_ref().is_some_and(|before| *before != data) && file["replace"] != json!(true) {
            let words =
                text!(th: "มีไฟล์ชื่อ {name} อยู่แล้ว เปลี่ยนชื่อไฟล์ก่อนแนบ", en: "there is a file named {name} already; rename yours");
            return Err(Refusal(StatusCode::CONFLICT, words));
        }
        changes.push(Change { path, before, after: Some(data) });
    }
    Ok(changes)
}

/// Removes a document that is as it was opened, and its translation: `path`, `sha256`.
pub(super) fn delete(studio: &Studio, wanted: &Json) -> Answer {
    let place = Place::of(wanted["path"].as_str().unwrap_or_default())?;
    if place.folder == SETTINGS {
        return Err(Refusal(StatusCode::BAD_REQUEST, text!(th: "ลบไฟล์ตั้งค่าไม่ได้", en: "the settings cannot be removed")));
    }
    let before = place.bytes(studio)?;
    if before.is_none() {
        return Err(gone(&place.path));
    }
    if let Some(conflict) = conflict(&place, before.as_deref(), wanted) {
        return Ok(conflict);
    }
    let mut changes = vec![Change { path: place.path.clone(), before, after: None }];
    // Alone it would be a translation of nothing.
    if let Some(path) = translation(&place.path) {
        let before = edits::read_source(&studio.options.root, &path).map_err(|error| Refusal::disk(&error))?;
        changes.push(Change { path, before, after: None });
    }
    studio.carry_out(&done("ลบ", "removed", &place.path), &changes)?;
    for change in &changes {
        studio.wait_for(&change.path, None);
    }
    Ok(json!({ "deleted": true }))
}

/// Takes the last change back, unless a file of it was changed since.
pub(super) fn undo(studio: &Studio, _: &Json) -> Answer {
    match edits::undo(&studio.options.root).map_err(|error| Refusal::disk(&error))? {
        None => Err(Refusal(StatusCode::CONFLICT, text!(th: "ไม่มีอะไรให้ย้อน", en: "there is nothing to take back"))),
        Some(Err(Conflict(path))) => Err(changed(&path)),
        Some(Ok(undone)) => {
            let mut gone = Vec::new();
            for path in &undone.paths {
                let now = edits::read_source(&studio.options.root, path).map_err(|error| Refusal::disk(&error))?;
                if path.is_text() {
                    studio.wait_for(path, now.as_deref());
                }
                gone.extend(now.is_none().then(|| path.to_string()));
            }
            Ok(json!({ "undone": undone.what, "gone": gone }))
        }
    }
}

impl Studio {
    fn carry_out(&self, what: &Text, changes: &[Change]) -> Result<(), Refusal> {
        match edits::carry_out(&self.options.root, what, changes).map_err(|error| Refusal::disk(&error))? {
            Ok(()) => Ok(()),
            Err(Conflict(path)) => Err(changed(&path)),
        }
    }
}

fn changed(path: &SourcePath) -> Refusal {
    let words = text!(
        th: "ไฟล์ {path} ถูกแก้จากที่อื่นหลังจากนั้น จึงไม่เขียนทับ",
        en: "{path} was changed by somebody else since, and is left as it is"
    );
    Refusal(StatusCode::CONFLICT, words)
}
