//! Finishing a page: in one pass over it its Thai text is set, and its links, ids and words are noted.

use std::collections::BTreeSet;

use super::html::{Attributes, Tokens};
use super::search::{self, PageText};
use super::typography::{Memo, Setter};
use super::walk::{self, Links, PageFacts};
use crate::content::submission::Submission;
use crate::diagnostic::Lang;
use crate::site::Site;
use crate::site::url::UrlPath;

/// Finishes the pages of a site.
pub(super) struct Finisher {
    memo: Memo,
    links: Links,
    /// Pages that were handed in: their checksums are wanted.
    submitted: BTreeSet<String>,
}

/// A page as it is published, and what is in it.
pub(super) struct Finished {
    pub(super) html: Vec<u8>,
    pub(super) facts: PageFacts,
    pub(super) text: PageText,
    /// Checksum of what it says, of a page that was handed in.
    pub(super) checksum: Option<String>,
}

impl Finisher {
    pub(super) fn new(site: &Site) -> Finisher {
        let answers = site.all::<Submission>().flat_map(|(_, submission)| &submission.answers);
        let places = answers.filter_map(|answer| site.settled(&site.inside(&answer.url.value)?.path));
        let places = places.flat_map(|place| [UrlPath::at(&place).to_string(), place]);
        Finisher { memo: Memo::default(), links: Links::new(site.config.base_url.path()), submitted: places.collect() }
    }

    /// Finishes the page at `url`, a path from the site's root: `/executives/`.
    pub(super) fn finish(&self, html: &str, url: &str, lang: Lang) -> Finished {
        let mut setter = Setter::new(html.len(), lang, &self.memo);
        let mut walker = walk::Reader::new(url, &self.links);
        let mut reader = search::Reader::default();
        for token in Tokens::new(html) {
            let attributes = Attributes::of(&token);
            setter.token(&token);
            walker.token(&token, &attributes);
            reader.token(&token, &attributes);
        }
        let checksum = self.checksum(url, html.as_bytes());
        Finished { html: setter.finish().into_bytes(), facts: walker.finish(), text: reader.finish(), checksum }
    }

    /// The checksum of what is published at a path from the site's root, when that was handed in.
    pub(super) fn checksum(&self, url: &str, bytes: &[u8]) -> Option<String> {
        self.submitted.contains(url).then(|| walk::checksum(url, bytes))
    }

    /// Sets the text of a page that is no place to go to.
    pub(super) fn set(&self, html: &str, lang: Lang) -> Vec<u8> {
        let mut setter = Setter::new(html.len(), lang, &self.memo);
        Tokens::new(html).for_each(|token| setter.token(&token));
        setter.finish().into_bytes()
    }
}
