//! `Shelf`: the documents of a folder as they are, open for changes, and names for new ones.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::content::{Folder, Layout};
use crate::desk::Manuscript;
use crate::diagnostic::Text;
use crate::fields::Asked;
use crate::publish::edits::read_source;
use crate::source::{SourcePath, Sources};
use crate::thai::FiscalYear;

/// A document that is there.
#[derive(Debug, Clone)]
pub(super) struct Existing {
    pub(super) path: SourcePath,
    pub(super) bytes: Vec<u8>,
    pub(super) manuscript: Manuscript,
    pub(super) values: Map<String, Json>,
    /// The year of its folder or file.
    pub(super) year: Option<FiscalYear>,
    /// The number before its name.
    pub(super) number: Option<u32>,
}

/// The documents of a folder.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) folder: &'static Folder,
    pub(super) schema: Vec<Asked>,
    pub(super) documents: Vec<Existing>,
    /// Documents that cannot be opened, and why.
    pub(super) broken: Vec<(SourcePath, Text)>,
    /// Names that are taken, by new ones too.
    taken: BTreeSet<String>,
}

impl Existing {
    /// A field as text; empty when it is not there.
    pub(super) fn text(&self, key: &str) -> &str {
        self.values.get(key).and_then(Json::as_str).unwrap_or_default()
    }

    /// Its name below its folder.
    pub(super) fn name<'a>(&'a self, folder: &Folder) -> &'a str {
        below(&self.path, folder)
    }
}

fn below<'a>(path: &'a SourcePath, folder: &Folder) -> &'a str {
    path.as_str()
        .strip_prefix("content/")
        .and_then(|rest| rest.strip_prefix(folder.name))
        .map_or("", |rest| rest.trim_start_matches('/'))
}

impl Shelf {
    /// Opens the documents of a folder; translations are left alone.
    ///
    /// # Errors
    /// When the disk fails.
    pub(super) fn open(root: &Path, sources: &Sources, folder: &'static Folder) -> io::Result<Shelf> {
        let mut shelf =
            Shelf { folder, schema: folder.asked(), documents: Vec::new(), broken: Vec::new(), taken: BTreeSet::new() };
        for (path, _) in sources.under(&format!("content/{}", folder.name)) {
            if path.extension() != folder.extension() || path.stem().ends_with(".en") || !is_in_place(path, folder) {
                continue;
            }
            let Some(bytes) = read_source(root, path)? else { continue };
            shelf.taken.insert(below(path, folder).to_lowercase());
            match Manuscript::open(path, &bytes) {
                Ok(manuscript) => {
                    let values = manuscript.values(&shelf.schema);
                    let (year, number) = (year_of(path, folder), number_of(path));
                    shelf.documents.push(Existing { path: path.clone(), bytes, manuscript, values, year, number });
                }
                Err(why) => shelf.broken.push((path.clone(), why)),
            }
        }
        Ok(shelf)
    }

    /// The document of this name below the folder.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.documents.iter().position(|document| document.name(self.folder) == name)
    }

    /// What a field of the folder is.
    pub(super) fn asked(&self, path: &str) -> Option<&Asked> {
        let mut schema = &self.schema;
        let mut parts = path.split('.').peekable();
        while let Some(part) = parts.next() {
            let asked = schema.iter().find(|asked| asked.key == part)?;
            if parts.peek().is_none() {
                return Some(asked);
            }
            schema = &asked.inner;
        }
        None
    }

    /// A path for a new document, whose name is not taken: `NN-slug.md`.
    pub(super) fn new_path(&mut self, stem: &str) -> SourcePath {
        let extension = self.folder.extension();
        let candidates = std::iter::once(stem.to_owned()).chain((2..).map(|n| format!("{stem}-{n}")));
        let free = candidates.map(|stem| format!("{stem}.{extension}")).find(|name| !self.taken.contains(&name.to_lowercase()));
        let name = free.unwrap_or_else(|| format!("{stem}.{extension}"));
        self.taken.insert(name.to_lowercase());
        SourcePath::new(&format!("content/{}/{name}", self.folder.name))
    }

    /// The path that a sheet names for a document that is not there yet, when it can be one.
    pub(super) fn path_named(&mut self, name: &str) -> Option<SourcePath> {
        let path = SourcePath::new(&format!("content/{}/{name}", self.folder.name));
        let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(':');
        let is_good =
            path.parts().all(is_plain) && path.extension() == self.folder.extension() && is_in_place(&path, self.folder);
        (is_good && self.taken.insert(name.to_lowercase())).then_some(path)
    }

    /// The lowest number from `wanted` on that no document of a year has before its name.
    pub(super) fn free_number(&self, prefix: &str, wanted: u32) -> u32 {
        let numbers: BTreeSet<u32> = self
            .taken
            .iter()
            .filter_map(|name| name.strip_prefix(prefix))
            .filter_map(|name| number_of(&SourcePath::new(name)))
            .collect();
        (wanted.max(1)..1000).find(|number| !numbers.contains(number)).unwrap_or(wanted)
    }
}

fn is_in_place(path: &SourcePath, folder: &Folder) -> bool {
    let n_parts = path.parts().count();
    match folder.layout {
        Layout::MarkdownInYear => n_parts == 4 && year_of(path, folder).is_some(),
        Layout::TomlByYear | Layout::MarkdownByYear => n_parts == 3 && year_of(path, folder).is_some(),
        Layout::Markdown | Layout::Toml => n_parts == 3,
    }
}

fn year_of(path: &SourcePath, folder: &Folder) -> Option<FiscalYear> {
    let name = match folder.layout {
        Layout::MarkdownInYear => path.parts().nth(2)?.split('-').next()?,
        Layout::TomlByYear | Layout::MarkdownByYear => path.stem(),
        Layout::Markdown | Layout::Toml => return None,
    };
    FiscalYear::parse(name).ok()
}

fn number_of(path: &SourcePath) -> Option<u32> {
    let stem = path.stem();
    let digits: String = stem.chars().take_while(char::is_ascii_digit).collect();
    let is_alone = matches!(stem.as_bytes().get(digits.len()), None | Some(b'-'));
    digits.parse().ok().filter(|_| is_alone && digits.len() <= 3)
}

/// A name for addresses made of a text in Latin letters; `None` for Thai.
pub(super) fn slug(text: &str) -> Option<String> {
    let is_latin = |c: char| c.is_ascii() || !c.is_alphabetic();
    if !text.chars().all(is_latin) || text.chars().filter(char::is_ascii_alphabetic).count() < 2 {
        return None;
    }
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.take(8).collect::<Vec<_>>().join("-").to_lowercase();
    Some(slug).filter(|slug| slug.len() <= 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_names_become_addresses() {
        assert_eq!(slug("Mr. Somchai  Jaidee").as_deref(), Some("mr-somchai-jaidee"));
        assert_eq!(slug("นายสมชาย ใจดี"), None);
        assert_eq!(slug("12"), None);
    }
}
