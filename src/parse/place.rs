//! What a file's path says: content type, year, number, slug.

use std::sync::LazyLock;

use toml::de::DeTable;

use super::rules::misplaced_file;
use crate::config;
use crate::content::{FOLDERS, Folder, Layout};
use crate::diagnostic::Diagnostics;
use crate::fields::Asked;
use crate::fields::rules::unknown_field;
use crate::source::SourcePath;
use crate::thai::FiscalYear;
use crate::thai::digits::to_arabic;

/// What a document's path says.
pub(super) struct Place {
    pub(super) folder: &'static Folder,
    pub(super) year: Option<FiscalYear>,
    pub(super) number: Option<u32>,
    pub(super) slug: String,
}

/// Fields unknown to its folder from which on a document may be meant for another; one may be a slip.
const MIN_UNKNOWN: usize = 2;

/// The fields of each folder's documents, found once: thousands of documents may have unknown ones.
static FIELDS: LazyLock<Vec<(&Folder, Vec<Asked>)>> =
    LazyLock::new(|| FOLDERS.iter().map(|folder| (folder, folder.asked())).collect());

/// Whether the file is not a document but settings: `site.toml` or a form of its own.
pub(super) fn is_settings(path: &SourcePath) -> bool {
    path.as_str() == config::PATH || path.is_under("content/catalog") && path.extension() == "toml"
}

/// Reads the path of a document; a file that is in no place of the site folder is reported.
pub(super) fn of(path: &SourcePath, diagnostics: &mut Diagnostics) -> Option<Place> {
    let parts: Vec<&str> = path.parts().collect();
    let Some(folder) = parts.get(1).and_then(|name| Folder::named(name)).filter(|_| parts.len() > 2) else {
        misplaced_file::unknown_folder(path, diagnostics);
        return None;
    };
    if path.extension() != folder.extension() {
        misplaced_file::wrong_kind(path, folder, diagnostics);
        return None;
    }
    let year_text = match (folder.layout, parts.as_slice()) {
        (Layout::Markdown | Layout::Toml, [_, _, _]) => None,
        (Layout::MarkdownByYear | Layout::TomlByYear, [_, _, _]) => Some(path.stem()),
        (Layout::MarkdownInYear, [_, _, period, _]) => Some(match period.split_once('-') {
            Some((year, "h1" | "h2" | "q1" | "q2" | "q3" | "q4")) => year,
            _ => period,
        }),
        _ => {
            misplaced_file::wrong_depth(path, folder, diagnostics);
            return None;
        }
    };
    let year = match year_text.map(FiscalYear::parse) {
        None => None,
        Some(Ok(year)) => Some(year),
        Some(Err(_)) => {
            misplaced_file::wrong_depth(path, folder, diagnostics);
            return None;
        }
    };
    let (number, slug) = split_number(path.stem());
    Some(Place { folder, year, number, slug })
}

/// The folder that a document was meant for: it has several fields that its own folder does not know, and nothing but the fields of one
/// other folder, all that must be there among them.
pub(super) fn meant(folder: &Folder, table: &DeTable, found: &Diagnostics) -> Option<&'static Folder> {
    let n_unknown = found.iter().filter(|problem| problem.rule.code == unknown_field::RULE.code).count();
    if n_unknown < MIN_UNKNOWN {
        return None;
    }
    let fits = |(other, asked): &&(&Folder, Vec<Asked>)| {
        let is_known = |key: &str| asked.iter().any(|asked| asked.key == key);
        other.name != folder.name
            && other.extension() == folder.extension()
            && table.keys().all(|key| is_known(key.get_ref()))
            && asked.iter().all(|asked| !asked.required || table.contains_key(asked.key))
    };
    let mut fitting = FIELDS.iter().filter(fits).map(|(folder, _)| *folder);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// `01-mayor` or `๐๑-mayor` → 1 and `mayor`; a date in front stays part of the slug.
fn split_number(stem: &str) -> (Option<u32>, String) {
    let end = stem.find(|c: char| !c.is_ascii_digit() && !('๐'..='๙').contains(&c)).unwrap_or(stem.len());
    let digits = to_arabic(&stem[..end]);
    match (digits.len(), stem[end..].strip_prefix('-')) {
        (1..=3, Some(rest)) if !rest.is_empty() => (digits.parse().ok(), rest.to_lowercase()),
        (1..=3, None) if end == stem.len() => (digits.parse().ok(), stem.to_owned()),
        _ => (None, stem.to_lowercase()),
    }
}
