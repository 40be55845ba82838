//! The files made of executives and their places: portraits, contact cards. Names come from the document, so a new photo has the old URL.

use std::collections::BTreeMap;

use super::rules::duplicate_url;
use super::{Site, url};
use crate::content::Content;
use crate::content::executive::Executive;
use crate::diagnostic::Diagnostics;
use crate::parse::Document;
use crate::source::{Photo, Portrait, SourcePath};

/// The contact card of everybody. No person has it: their cards lie one folder below.
pub const ALL_CARDS: &str = "/files/executives.vcf";

/// A portrait and the places of its two files.
#[derive(Debug, Clone)]
pub struct PortraitFiles<'a> {
    /// The pictures themselves.
    pub portrait: &'a Portrait,
    /// Place of the WebP file, from the site's root.
    pub webp: String,
    /// Place of the JPEG file, from the site's root.
    pub jpeg: String,
}

/// Place of a person's contact card: `/files/executives/mayor.vcf`.
pub fn card(document: &Document) -> String {
    format!("/files/executives/{}.vcf", document.slug)
}

/// The photo that the document of an executive names, as it is written there.
pub(crate) fn photo_name(document: &Document) -> Option<&str> {
    match &document.content {
        Ok(Content::Executive(executive)) => executive.photo.as_ref().map(|photo| photo.value.as_str()),
        _ => None,
    }
}

impl Site {
    /// The portraits of an executive, the smallest first; none without a photo that opens.
    ///
    /// The second has `@2x` in its name, for screens with two dots to a pixel. No slug has such a sign.
    pub fn portraits(&self, document: &Document) -> Vec<PortraitFiles<'_>> {
        let asset = photo_name(document).and_then(|name| url::asset(document, name)).and_then(|path| self.assets.get(&path));
        let Some(Photo::Opens(portraits)) = asset.and_then(|asset| asset.photo.as_deref()) else { return Vec::new() };
        let named = portraits.iter().zip(["", "@2x"]).map(|(portrait, mark)| {
            let place = |extension: &str| format!("/files/executives/{}{mark}.{extension}", document.slug);
            PortraitFiles { portrait, webp: place("webp"), jpeg: place("jpg") }
        });
        named.collect()
    }

    /// Whether a file is the photo of an executive.
    pub fn is_photo(&self, path: &SourcePath) -> bool {
        self.all::<Executive>()
            .filter_map(|(document, _)| url::asset(document, photo_name(document)?))
            .any(|photo| photo == *path)
    }
}

/// The files made of executives, each with its document; one that takes the place of an attachment is reported.
pub(super) fn files(site: &Site, diagnostics: &mut Diagnostics) -> BTreeMap<String, SourcePath> {
    let mut made = BTreeMap::new();
    for (document, _) in site.executives() {
        let portraits = site.portraits(document).into_iter().flat_map(|files| [files.webp, files.jpeg]);
        for place in portraits.chain([card(document), ALL_CARDS.to_owned()]) {
            made.entry(place).or_insert_with(|| document.path.clone());
        }
    }
    for (place, document) in &made {
        if let Some(attached) = site.files.get(place) {
            duplicate_url::report(attached, place, Some(document), diagnostics);
        }
    }
    made
}
