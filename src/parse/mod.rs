//! Stage 2, parse: `Sources` → one `Document` per content file. Never fails; what is broken stays as `Err(Reported)`.

pub mod asset;
mod clean;
mod front_matter;
pub mod markdown;
pub mod personal;
mod place;
pub(crate) mod rules;
pub mod svg;
mod toml_hint;
mod translation;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use rayon::prelude::*;
use toml::de::DeTable;

use crate::content::{Common, Content, Folder, common};
use crate::diagnostic::{Diagnostics, Reported, Span, Spanned};
use crate::fields::Fields;
use crate::source::{Source, SourcePath, Sources, Stamp};
use crate::thai::FiscalYear;
use asset::Asset;
use clean::Clean;
pub use clean::Sum;
use markdown::Markdown;
use personal::Personal;
pub use rules::too_deep::MAX_NESTING;
use rules::{bad_slug, broken_toml, empty_file, field_in_text, misplaced_file, mistyped_letters, not_utf8};

/// One content file, parsed.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it is.
    pub path: SourcePath,
    /// What stands for its text.
    pub sum: Sum,
    /// The folder, which is its content type.
    pub folder: &'static Folder,
    /// The year of its folder or file name.
    pub year: Option<FiscalYear>,
    /// The number before its name: `3` of `3-assets.md`.
    pub number: Option<u32>,
    /// Its name in URLs: `assets` of `3-assets.md`.
    pub slug: String,
    /// Fields of every document.
    pub common: Common,
    /// Fields of its content type.
    pub content: Result<Content, Reported>,
    /// Files beside it that its fields name, known even when the content is broken.
    pub files: Vec<Spanned<String>>,
    /// What follows the front matter; empty for TOML files.
    pub body: Markdown,
    /// What it says of people.
    pub personal: Personal,
    /// Where something missing would go.
    pub end: Span,
    /// The same in English, where there is a translation; its path is that of the translation.
    pub english: Option<Box<Document>>,
}

/// All of `content/`, parsed.
#[derive(Debug)]
pub struct Parsed {
    /// Documents, in order of path.
    pub documents: Vec<Arc<Document>>,
    /// Photos, PDFs and other files that lie beside them.
    pub assets: BTreeMap<SourcePath, Asset>,
    /// Documents that say `draft = true`: of them only the syntax counts.
    pub drafts: Vec<SourcePath>,
}

/// What was parsed before, by path: a file that did not change gives the same document. What is parsed does not depend on it.
#[derive(Debug, Default)]
pub struct Memory {
    parsed: BTreeMap<SourcePath, Remembered>,
    /// What an earlier run knew.
    clean: BTreeMap<SourcePath, Clean>,
}

#[derive(Debug)]
struct Remembered {
    source: Arc<Source>,
    document: Option<Arc<Document>>,
    is_draft: bool,
    /// Nothing was found in its text.
    is_clean: bool,
    found: Diagnostics,
}

impl Memory {
    /// What [`Memory::write_to`] gave in an earlier run of the same program; nothing when it cannot be read.
    pub fn from_bytes(bytes: &[u8], program: Option<Stamp>) -> Memory {
        Memory { parsed: BTreeMap::new(), clean: clean::read(bytes, program) }
    }

    /// Writes down what is worth keeping for another run: what is known of texts in which nothing was found.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_to(&self, program: Option<Stamp>, out: impl io::Write) -> io::Result<()> {
        let clean = self.parsed.values().filter(|known| known.is_clean).filter_map(|known| known.document.as_deref());
        clean::write(clean, program, out)
    }
}

/// Parses every file of `content/`.
pub fn parse(sources: &Sources, diagnostics: &mut Diagnostics) -> Parsed {
    parse_again(sources, &mut Memory::default(), diagnostics)
}

/// The same for a caller that does it again and again.
pub fn parse_again(sources: &Sources, memory: &mut Memory, diagnostics: &mut Diagnostics) -> Parsed {
    rules::report_disk_problems(sources.problems(), diagnostics);
    let files: Vec<_> = sources.shared("content").filter(|(path, _)| !translation::is_translation(path)).collect();
    let mut known = std::mem::take(&mut memory.parsed).into_iter().peekable();
    // Both are in order of path.
    let mut recall = |path: &SourcePath, source: &Arc<Source>| {
        while known.next_if(|(old, _)| old < path).is_some() {}
        known.next_if(|(old, _)| old == path).map(|(_, last)| last).filter(|last| Arc::ptr_eq(&last.source, source))
    };
    let mut clean = std::mem::take(&mut memory.clean);
    let files: Vec<_> =
        files.into_iter().map(|(path, source)| (path, source, recall(path, source), clean.remove(path))).collect();
    let parse = |(path, source, known, clean): (&SourcePath, &Arc<Source>, Option<Remembered>, Option<Clean>)| {
        let parsed = known.unwrap_or_else(|| {
            let mut found = Diagnostics::default();
            let (document, is_draft, is_clean) = match parse_file(path, source, clean, &mut found) {
                File::Document(document, is_clean) => (Some(Arc::new(*document)), false, is_clean),
                File::Draft => (None, true, false),
                File::Other => (None, false, false),
            };
            Remembered { source: Arc::clone(source), document, is_draft, is_clean, found }
        });
        (path.clone(), parsed)
    };
    let parsed: Vec<_> = files.into_par_iter().map(parse).collect();
    let mut documents = Vec::with_capacity(parsed.len());
    for (_, Remembered { document, found, .. }) in &parsed {
        diagnostics.append(found.clone());
        documents.extend(document.clone());
    }
    let drafts: Vec<_> = parsed.iter().filter(|(_, known)| known.is_draft).map(|(path, _)| path.clone()).collect();
    memory.parsed = parsed.into_iter().collect();
    translation::add(sources, &mut documents, &drafts, diagnostics);
    let assets = sources.under("content").filter_map(|(path, source)| match source {
        Source::Asset { size, head, pdf, traces } => {
            let found = (*pdf, Arc::clone(traces));
            Some((path.clone(), Asset::of(path, *size, head, found, sources.photo(path).cloned())))
        }
        Source::Text { .. } => None,
    });
    Parsed { documents, assets: assets.collect(), drafts }
}

/// Whether a document can be at a path: its folder is a content type, its depth and ending those of the type.
pub fn is_place(path: &SourcePath) -> bool {
    let mut unheard = Diagnostics::default();
    let place = place::of(path, &mut unheard);
    place.is_some_and(|place| bad_slug::is_good(&place.slug))
}

/// What a text file of `content/` is.
enum File {
    /// And whether nothing was found in its text.
    Document(Box<Document>, bool),
    /// A document that is not finished: nobody sees it.
    Draft,
    /// Settings, or what lies where no document belongs.
    Other,
}

fn parse_file(path: &SourcePath, source: &Source, clean: Option<Clean>, diagnostics: &mut Diagnostics) -> File {
    let Source::Text { text, invalid_at } = source else { return File::Other };
    if place::is_settings(path) {
        check_syntax(path, text, *invalid_at, diagnostics);
        return File::Other;
    }
    let Some(place) = place::of(path, diagnostics) else { return File::Other };
    bad_slug::check(path, &place.slug, diagnostics);
    let sum = clean::sum_of(text);
    let mut reading = Reading {
        clean: clean.filter(|clean| clean.is_of(&sum)),
        is_clean: true,
        common: Common::default(),
        files: Vec::new(),
        body: Markdown::default(),
        personal: Personal::default(),
        end: Span::file(path),
    };
    let content = match reading.read(place.folder, path, text, *invalid_at, diagnostics) {
        Ok(None) => return File::Draft,
        Ok(Some(content)) => Ok(content),
        Err(reported) => Err(reported),
    };
    let document = Document {
        path: path.clone(),
        sum,
        folder: place.folder,
        year: place.year,
        number: place.number,
        slug: place.slug,
        common: reading.common,
        content,
        files: reading.files,
        body: reading.body,
        personal: reading.personal,
        end: reading.end,
        english: None,
    };
    File::Document(Box::new(document), reading.is_clean)
}

/// What is known of a document beside its content.
struct Reading {
    /// What is known of its text.
    clean: Option<Clean>,
    /// Whether nothing was found in it so far.
    is_clean: bool,
    common: Common,
    files: Vec<Spanned<String>>,
    body: Markdown,
    personal: Personal,
    end: Span,
}

impl Reading {
    /// `None` for a draft.
    fn read(
        &mut self,
        folder: &Folder,
        path: &SourcePath,
        text: &Arc<str>,
        invalid_at: Option<usize>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Content>, Reported> {
        check_whole(path, text, invalid_at, diagnostics)?;
        let n_before = diagnostics.len();
        if self.clean.is_none() {
            mistyped_letters::check(path, text, diagnostics);
        }
        self.is_clean = diagnostics.len() == n_before;
        let (toml, offset, body) = if folder.extension() == "toml" {
            (&**text, 0, None)
        } else {
            let parts = front_matter::split(path, text, diagnostics)?;
            self.end = Span::range(path, parts.end);
            (parts.toml, parts.toml_offset, Some(parts.body_offset))
        };
        let (table, errors) = DeTable::parse_recoverable(toml);
        let mut in_body = Diagnostics::default();
        if let Some(clean) = self.clean.take() {
            (self.body, self.personal) = clean.read(path, text, body);
        } else {
            self.body = body.map(|offset| Markdown::scan(path, text, offset, &mut in_body)).unwrap_or_default();
            field_in_text::check(folder, path, body.map_or("", |offset| &text[offset..]), body.unwrap_or_default(), &mut in_body);
            self.personal = Personal::of(path, text, (table.get_ref(), offset), self.body.start());
        }
        self.is_clean &= in_body.len() == 0 && self.personal.found.is_empty();
        let syntax = broken_toml::report(path, text, offset, &errors, diagnostics);
        if syntax.is_none() && common::is_draft(table.get_ref()) {
            return Ok(None);
        }
        diagnostics.append(in_body);
        let mut found = Diagnostics::default();
        let mut fields = Fields::new(table.get_ref(), path, offset, self.end.clone(), &mut found);
        let (common, content) = folder.read(&mut fields);
        self.files = fields.finish();
        if syntax.is_none()
            && let Some(meant) = place::meant(folder, table.get_ref(), &found)
        {
            return Err(misplaced_file::wrong_folder(path, meant, diagnostics));
        }
        if let Some((_, lines)) = &syntax {
            // The reader saw a recovered table: what is missing there may only be unreadable.
            found.retain(|diagnostic| lines.is_apart(diagnostic));
        }
        diagnostics.append(found);
        if let Some((reported, _)) = syntax {
            return Err(reported);
        }
        self.common = common?;
        content.map(Some)
    }
}

/// The same, and letters that were mistyped.
fn check_text(path: &SourcePath, text: &str, invalid_at: Option<usize>, diagnostics: &mut Diagnostics) -> Result<(), Reported> {
    check_whole(path, text, invalid_at, diagnostics)?;
    mistyped_letters::check(path, text, diagnostics);
    Ok(())
}

/// Reports a file that is not UTF-8 or has nothing in it.
fn check_whole(path: &SourcePath, text: &str, invalid_at: Option<usize>, diagnostics: &mut Diagnostics) -> Result<(), Reported> {
    if let Some(at) = invalid_at {
        return Err(not_utf8::report(path, text, at, diagnostics));
    }
    if text.trim().is_empty() {
        return Err(empty_file::report(path, diagnostics));
    }
    Ok(())
}

/// Reports encoding and syntax of a TOML file that another module reads.
fn check_syntax(path: &SourcePath, text: &str, invalid_at: Option<usize>, diagnostics: &mut Diagnostics) {
    if check_text(path, text, invalid_at, diagnostics).is_ok() {
        let (_, errors) = DeTable::parse_recoverable(text);
        broken_toml::report(path, text, 0, &errors, diagnostics);
    }
}
