//! Stage 2, parse: `Sources` → one `Document` per content file. Never fails; what is broken stays as `Err(Reported)`.

pub mod asset;
mod front_matter;
pub mod markdown;
pub mod personal;
mod place;
pub(crate) mod rules;
pub mod svg;
mod translation;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use toml::de::DeTable;

use crate::content::{Common, Content, Folder, common};
use crate::diagnostic::{Diagnostics, Reported, Span, Spanned};
use crate::fields::Fields;
use crate::source::{Source, SourcePath, Sources};
use crate::thai::FiscalYear;
use asset::Asset;
use markdown::Markdown;
use personal::Personal;
pub use rules::too_deep::MAX_NESTING;
use rules::{bad_slug, broken_toml, empty_file, mistyped_letters, not_utf8};

/// One content file, parsed.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it is.
    pub path: SourcePath,
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
pub struct Memory(BTreeMap<SourcePath, Remembered>);

#[derive(Debug)]
struct Remembered {
    source: Arc<Source>,
    document: Option<Arc<Document>>,
    is_draft: bool,
    found: Diagnostics,
}

/// Parses every file of `content/`.
pub fn parse(sources: &Sources, diagnostics: &mut Diagnostics) -> Parsed {
    parse_again(sources, &mut Memory::default(), diagnostics)
}

/// The same for a caller that does it again and again.
pub fn parse_again(sources: &Sources, memory: &mut Memory, diagnostics: &mut Diagnostics) -> Parsed {
    rules::report_disk_problems(sources.problems(), diagnostics);
    let files: Vec<_> = sources.shared("content").filter(|(path, _)| !translation::is_translation(path)).collect();
    let mut known = std::mem::take(&mut memory.0).into_iter().peekable();
    // Both are in order of path.
    let mut recall = |path: &SourcePath, source: &Arc<Source>| {
        while known.next_if(|(old, _)| old < path).is_some() {}
        known.next_if(|(old, _)| old == path).map(|(_, last)| last).filter(|last| Arc::ptr_eq(&last.source, source))
    };
    let files: Vec<_> = files.into_iter().map(|(path, source)| (path, source, recall(path, source))).collect();
    let parse = |(path, source, known): (&SourcePath, &Arc<Source>, Option<Remembered>)| {
        let parsed = known.unwrap_or_else(|| {
            let mut found = Diagnostics::default();
            let (document, is_draft) = match parse_file(path, source, &mut found) {
                File::Document(document) => (Some(Arc::new(*document)), false),
                File::Draft => (None, true),
                File::Other => (None, false),
            };
            Remembered { source: Arc::clone(source), document, is_draft, found }
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
    memory.0 = parsed.into_iter().collect();
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
    Document(Box<Document>),
    /// A document that is not finished: nobody sees it.
    Draft,
    /// Settings, or what lies where no document belongs.
    Other,
}

fn parse_file(path: &SourcePath, source: &Source, diagnostics: &mut Diagnostics) -> File {
    let Source::Text { text, invalid_at } = source else { return File::Other };
    if place::is_settings(path) {
        check_syntax(path, text, *invalid_at, diagnostics);
        return File::Other;
    }
    let Some(place) = place::of(path, diagnostics) else { return File::Other };
    bad_slug::check(path, &place.slug, diagnostics);
    let mut reading = Reading {
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
    File::Document(Box::new(Document {
        path: path.clone(),
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
    }))
}

/// What is known of a document beside its content.
struct Reading {
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
        check_text(path, text, invalid_at, diagnostics)?;
        let mut in_body = Diagnostics::default();
        let (toml, offset) = if folder.extension() == "toml" {
            (&**text, 0)
        } else {
            let parts = front_matter::split(path, text, diagnostics)?;
            self.end = Span::range(path, parts.end);
            self.body = Markdown::scan(path, text, parts.body_offset, &mut in_body);
            (parts.toml, parts.toml_offset)
        };
        let (table, errors) = DeTable::parse_recoverable(toml);
        self.personal = Personal::of(path, text, (table.get_ref(), offset), self.body.start());
        let syntax = broken_toml::report(path, text, offset, &errors, diagnostics);
        if syntax.is_none() && common::is_draft(table.get_ref()) {
            return Ok(None);
        }
        diagnostics.append(in_body);
        let mut found = Diagnostics::default();
        let mut fields = Fields::new(table.get_ref(), path, offset, self.end.clone(), &mut found);
        let (common, content) = folder.read(&mut fields);
        self.files = fields.finish();
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

/// Reports a file that is not UTF-8 or has nothing in it.
fn check_text(path: &SourcePath, text: &str, invalid_at: Option<usize>, diagnostics: &mut Diagnostics) -> Result<(), Reported> {
    if let Some(at) = invalid_at {
        return Err(not_utf8::report(path, text, at, diagnostics));
    }
    if text.trim().is_empty() {
        return Err(empty_file::report(path, diagnostics));
    }
    mistyped_letters::check(path, text, diagnostics);
    Ok(())
}

/// Reports encoding and syntax of a TOML file that another module reads.
fn check_syntax(path: &SourcePath, text: &str, invalid_at: Option<usize>, diagnostics: &mut Diagnostics) {
    if check_text(path, text, invalid_at, diagnostics).is_ok() {
        let (_, errors) = DeTable::parse_recoverable(text);
        broken_toml::report(path, text, 0, &errors, diagnostics);
    }
}
