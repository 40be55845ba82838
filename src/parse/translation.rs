//! English translations: `about.en.md` beside `about.md`, with the fields and the text that are translated.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use toml::de::DeTable;

use super::markdown::Markdown;
use super::personal::Personal;
use super::rules::{broken_toml, translation_alone};
use super::{Document, check_text, clean, front_matter};
use crate::diagnostic::{Diagnostics, Reported};
use crate::fields::Fields;
use crate::source::{Source, SourcePath, Sources};

/// How the file of a translation ends.
const ENDING: &str = ".en.md";

/// Whether a file is a translation.
pub(super) fn is_translation(path: &SourcePath) -> bool {
    path.is_under("content") && path.as_str().ends_with(ENDING)
}

/// Puts every translation into its document.
pub(super) fn add(sources: &Sources, documents: &mut [Arc<Document>], drafts: &[SourcePath], diagnostics: &mut Diagnostics) {
    let files: BTreeMap<SourcePath, (&SourcePath, &Source)> = sources
        .under("content")
        .filter(|(path, _)| is_translation(path))
        .map(|(path, source)| (original(path), (path, source)))
        .collect();
    let wanted: Vec<(&mut Arc<Document>, (&SourcePath, &Source))> =
        documents.iter_mut().filter_map(|document| files.get(&document.path).map(|file| (document, *file))).collect();
    let read: Vec<Diagnostics> = wanted
        .into_par_iter()
        .map(|(document, (path, source))| {
            let mut found = Diagnostics::default();
            if let (Source::Text { text, invalid_at }, true) = (source, document.content.is_ok()) {
                let thai = sources.text(&document.path).unwrap_or_default();
                let english = read(document, thai, path, (text, *invalid_at), &mut found).ok().map(Box::new);
                Arc::make_mut(document).english = english;
            }
            found
        })
        .collect();
    for found in read {
        diagnostics.append(found);
    }
    for (original, (path, _)) in files {
        if documents.binary_search_by(|document| document.path.cmp(&original)).is_err() && !drafts.contains(&original) {
            translation_alone::report(path, &original, diagnostics);
        }
    }
}

/// The file that a translation belongs to.
fn original(path: &SourcePath) -> SourcePath {
    SourcePath::new(&format!("{}.md", path.as_str().strip_suffix(ENDING).unwrap_or(path.as_str())))
}

/// The document in English: the fields of the Thai one, those of the translation over them.
fn read(
    document: &Document,
    thai: &str,
    path: &SourcePath,
    (text, invalid_at): (&Arc<str>, Option<usize>),
    diagnostics: &mut Diagnostics,
) -> Result<Document, Reported> {
    check_text(path, text, invalid_at, diagnostics)?;
    let parts = front_matter::split(path, text, diagnostics)?;
    let body = Markdown::scan(path, text, parts.body_offset, diagnostics);
    let (translated, errors) = DeTable::parse_recoverable(parts.toml);
    if let Some((reported, _)) = broken_toml::report(path, text, parts.toml_offset, &errors, diagnostics) {
        return Err(reported);
    }
    // The Thai file is sound, or there would be no translation to read.
    let mut unheard = Diagnostics::default();
    let base = front_matter::split(&document.path, thai, &mut unheard)?;
    let (table, _) = DeTable::parse_recoverable(base.toml);
    let mut table = table.into_inner();
    let personal = Personal::of(path, text, (translated.get_ref(), parts.toml_offset), body.start());
    for (key, value) in translated.into_inner() {
        table.insert(key, value);
    }
    let end = crate::diagnostic::Span::range(path, parts.end);
    let mut fields = Fields::new(&table, path, parts.toml_offset, end.clone(), diagnostics);
    let (common, content) = document.folder.read(&mut fields);
    let files = fields.finish();
    Ok(Document {
        path: path.clone(),
        sum: clean::sum_of(text),
        folder: document.folder,
        year: document.year,
        number: document.number,
        slug: document.slug.clone(),
        common: common?,
        content: Ok(content?),
        files,
        // What is wrong with the Thai text is reported there.
        body: if body.is_empty() { document.body.without_links() } else { body },
        personal,
        end,
        english: None,
    })
}
