//! The sheets of a workbook: a row a line, cells with a tab between them.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use quick_xml::events::BytesStart;

use super::archive::Archive;
use super::xml::{Piece, each};
use crate::source::traces::{Place, Traces};

/// Most text that is kept of the strings of a workbook, and of one sheet, in bytes.
const MAX_TEXT: usize = 16 * 1024 * 1024;

/// Most strings that are kept.
const MAX_STRINGS: usize = 1_000_000;

/// Searches the sheets of a workbook.
pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>, names: &[String], traces: &mut Traces) {
    let strings = if names.iter().any(|name| name == "xl/sharedStrings.xml") { strings(archive) } else { Vec::new() };
    let sheets = sheets(archive, names);
    for name in names.iter().filter(|name| name.starts_with("xl/worksheets/") && name.ends_with(".xml")) {
        let place = sheets.get(name.as_str()).cloned().map(Place::Sheet);
        let (text, is_whole) = archive.read(name, |part| rows(part, &strings)).unwrap_or_default();
        archive.is_cut |= !is_whole;
        traces.read(&text, place.as_ref());
    }
}

/// The strings that cells name by number.
fn strings<R: Read + Seek>(archive: &mut Archive<R>) -> Vec<String> {
    let (mut strings, mut string, mut is_text, mut n_bytes) = (Vec::new(), String::new(), false, 0);
    let is_whole = archive.read("xl/sharedStrings.xml", |part| {
        each(part, |piece| match piece {
            Piece::Start(tag) => is_text = tag.local_name().as_ref() == "t",
            Piece::End("si") if strings.len() < MAX_STRINGS => strings.push(std::mem::take(&mut string)),
            Piece::End(_) => is_text = false,
            Piece::Text(text) if is_text && n_bytes < MAX_TEXT => {
                n_bytes += text.len();
                string.push_str(&text);
            }
            Piece::Text(_) => {}
        })
    });
    archive.is_cut |= is_whole != Some(true) || n_bytes >= MAX_TEXT || strings.len() >= MAX_STRINGS;
    strings
}

/// The text of a sheet, and whether it is all of it.
fn rows(part: super::Part, strings: &[String]) -> (String, bool) {
    let (mut text, mut value) = (String::new(), String::new());
    let (mut is_value, mut is_shared) = (false, false);
    let is_whole = each(part, |piece| match piece {
        Piece::Start(tag) => match tag.local_name().as_ref() {
            "c" => {
                is_shared = attribute(tag, "t").as_deref() == Some("s");
                value.clear();
            }
            "v" | "t" => is_value = true,
            _ => {}
        },
        Piece::End("v" | "t") => is_value = false,
        Piece::End("c") if text.len() < MAX_TEXT => {
            let shared = value.parse::<usize>().ok().filter(|_| is_shared).and_then(|at| strings.get(at));
            text.push_str(shared.map_or(value.as_str(), String::as_str));
            text.push('\t');
        }
        Piece::End("row") => text.push('\n'),
        Piece::Text(typed) if is_value && value.len() < MAX_TEXT => value.push_str(&typed),
        Piece::End(_) | Piece::Text(_) => {}
    });
    let is_whole = is_whole && text.len() < MAX_TEXT;
    (text, is_whole)
}

/// The names of the sheets by the file that each is in.
fn sheets<R: Read + Seek>(archive: &mut Archive<R>, names: &[String]) -> BTreeMap<String, String> {
    let mut by_id = BTreeMap::new();
    archive.read("xl/workbook.xml", |part| {
        each(part, |piece| {
            if let Piece::Start(tag) = piece
                && tag.local_name().as_ref() == "sheet"
                && let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "id"))
            {
                by_id.insert(id, name);
            }
        });
    });
    let mut by_file = BTreeMap::new();
    if names.iter().any(|name| name == "xl/_rels/workbook.xml.rels") {
        archive.read("xl/_rels/workbook.xml.rels", |part| {
            each(part, |piece| {
                if let Piece::Start(tag) = piece
                    && let (Some(file), Some(id)) = (attribute(tag, "Target"), attribute(tag, "Id"))
                    && let Some(name) = by_id.get(&id)
                {
                    let file = file.strip_prefix('/').map_or_else(|| format!("xl/{file}"), str::to_owned);
                    by_file.insert(file, name.clone());
                }
            });
        });
    }
    by_file
}

/// An attribute by its local name; `r:id` is asked for as `id`.
fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false).filter_map(Result::ok);
    let value = attributes.filter(|attribute| attribute.key.local_name().as_ref() == name).last()?.value;
    Some(quick_xml::escape::unescape(&value).map_or(value.to_string(), std::borrow::Cow::into_owned))
}
