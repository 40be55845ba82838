//! The places that files of the site folder are published at, for the rules on names.

use crate::site::Site;
use crate::site::url;
use crate::source::SourcePath;

/// Every page and file that comes from a file of the site folder, from the site's root, with that file.
pub(super) fn places(site: &Site) -> Vec<(String, &SourcePath)> {
    let page = |document| {
        let page = url::of_document(document).0;
        site.pages.contains_key(&page).then(|| (page.as_str().to_owned(), &document.path))
    };
    let pages = site.documents().filter(|document| document.content.is_ok()).filter_map(page);
    let files = site.files.iter().chain(&site.made).map(|(place, path)| (place.clone(), path));
    files.chain(pages).collect()
}

/// The names in a place: `/files/news/plan.pdf` → `files`, `news`, `plan.pdf`.
pub(super) fn names(place: &str) -> impl Iterator<Item = &str> {
    place.split('/').filter(|name| !name.is_empty())
}
