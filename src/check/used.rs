//! The files that documents refer to, each once, at the place that names it first.

use std::collections::BTreeSet;

use crate::diagnostic::Span;
use crate::parse::Document;
use crate::parse::asset::Asset;
use crate::site::Site;
use crate::site::{people, url};
use crate::source::SourcePath;

/// A file that a document refers to.
pub(super) struct Used<'a> {
    pub(super) path: SourcePath,
    pub(super) asset: &'a Asset,
    /// Where it is named.
    pub(super) span: Span,
}

/// The files that are attached or linked, in order of the documents. Photos and pictures in a text are left out: other rules
/// report those that are none.
pub(super) fn files(site: &Site) -> Vec<Used<'_>> {
    let mut seen: BTreeSet<SourcePath> = BTreeSet::new();
    let mut used = Vec::new();
    for document in &site.documents {
        for (path, span) in named(document) {
            if let Some(asset) = site.assets.get(&path)
                && seen.insert(path.clone())
            {
                used.push(Used { path, asset, span });
            }
        }
    }
    used
}

/// The files that are published, pictures in a text and the seal among them, each once, in order of what names it first.
pub(super) fn published(site: &Site) -> Vec<Used<'_>> {
    let mut seen: BTreeSet<SourcePath> = BTreeSet::new();
    let of_texts = site.texts().flat_map(|document| {
        let pictures = document.body.links.iter().filter(|link| link.is_picture);
        named(document).into_iter().chain(pictures.filter_map(|link| Some((link.file.clone()?, link.span.clone()))))
    });
    let agency = &site.config.agency;
    let seal = agency.seal_path().zip(agency.seal.as_ref().map(|seal| seal.span.clone()));
    let used = |(path, span): (SourcePath, Span)| {
        let asset = site.assets.get(&path)?;
        let is_published = seen.insert(path.clone()) && site.files.contains_key(&url::of_asset(&path));
        is_published.then_some(Used { path, asset, span })
    };
    of_texts.chain(seal).filter_map(used).collect()
}

/// Whether a document, or the settings, refer to a file.
pub(super) fn is_used(site: &Site, path: &SourcePath) -> bool {
    site.files.contains_key(&url::of_asset(path)) || site.is_photo(path)
}

fn named(document: &Document) -> Vec<(SourcePath, Span)> {
    let photo = people::photo_name(document);
    let files = document.files.iter().filter(|file| Some(file.value.as_str()) != photo);
    let files = files.filter_map(|file| Some((url::asset(document, &file.value)?, file.span.clone())));
    let links = document.body.links.iter().filter(|link| !link.is_picture);
    let links = links.filter_map(|link| Some((link.file.clone()?, link.span.clone())));
    files.chain(links).collect()
}
