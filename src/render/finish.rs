//! Finishing a page: in one pass over it its Thai text is set, its links, ids and words are noted, and what could harm a reader is left out.

use std::collections::BTreeSet;
use std::sync::{Arc, RwLock};

use foldhash::HashMap;

use super::html::{Attributes, Token, Tokens};
use super::memory::Memory;
use super::search::{self, Body, PageText};
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
    /// Parts that pages have in common, by language: Thai, English.
    common: [RwLock<CommonParts>; 2],
    /// Pages that were handed in: their checksums are wanted.
    submitted: BTreeSet<String>,
}

/// Most parts that are kept: a menu has a few states; a theme may write something else into it on every page.
const MAX_COMMON: usize = 64;

/// What was made of a part of a page.
struct Common {
    set: String,
    links: walk::Part,
    is_harmful: bool,
}

/// Parts by what they were before; `None` for one that is not complete in itself.
type CommonParts = HashMap<Box<str>, Option<Arc<Common>>>;

/// A page as it is read: together the parts are the page.
struct Parts<'a> {
    /// Before the body.
    head: &'a str,
    /// The start of the body with the menu, which many pages have in common.
    first: &'a str,
    main: &'a str,
    /// The end of the page, after the part that tells about it.
    last: &'a str,
}

impl<'a> Parts<'a> {
    /// What cannot be told apart is `main`.
    fn of(html: &'a str) -> Parts<'a> {
        let body = html.find("<body").unwrap_or(html.len());
        let main = html[body..].find("<main").map_or(html.len(), |at| body + at);
        let first = html[body..main].rfind("</header>").map_or(body, |at| body + at + "</header>".len());
        let end = html[main..].rfind("</main>").map_or(html.len(), |at| main + at);
        let last = html[end..].rfind("</section>").map_or(html.len(), |at| end + at);
        Parts { head: &html[..body], first: &html[body..first], main: &html[first..last], last: &html[last..] }
    }
}

/// A page as it is published, and what is in it.
pub(super) struct Finished {
    pub(super) html: Vec<u8>,
    pub(super) facts: PageFacts,
    pub(super) text: PageText,
    pub(super) body: Body,
    /// Checksum of what it says, of a page that was handed in.
    pub(super) checksum: Option<String>,
    /// Something was left out.
    pub(super) is_harmful: bool,
}

impl Finisher {
    pub(super) fn new(site: &Site) -> Finisher {
        Finisher::after(site, &Memory::default())
    }

    /// The same after pages were finished that some of the site's are.
    pub(super) fn after(site: &Site, memory: &Memory) -> Finisher {
        let answers = site.all::<Submission>().flat_map(|(_, submission)| &submission.answers);
        let places = answers.filter_map(|answer| site.settled(&site.inside(&answer.url.value)?.path));
        let places = places.flat_map(|place| [UrlPath::at(&place).to_string(), place]);
        let mut links = Links::new(site.config.base_url.path());
        links.know(memory.links());
        Finisher { memo: Memo::default(), links, common: Default::default(), submitted: places.collect() }
    }

    /// Finishes the page at `url`, a path from the site's root: `/executives/`.
    pub(super) fn finish(&self, html: &str, url: &str, lang: Lang) -> Finished {
        let mut setter = Setter::new(html.len(), lang, &self.memo);
        let mut walker = walk::Reader::new(url, &self.links);
        let mut reader = search::Reader::default();
        let Parts { head, first, main, last } = Parts::of(html);
        let mut is_harmful = Tokens::new(head).any(|token| Attributes::of(&token).is_harmful);
        if is_harmful {
            Tokens::new(head).for_each(|token| set(&mut setter, &token, &Attributes::of(&token)));
        } else {
            setter.head(head);
        }
        reader.head(head);
        for (part, is_common) in [(first, true), (main, false), (last, true)] {
            let common = if is_common { self.common(part, lang) } else { None };
            if let Some(common) = common {
                setter.add(&common.set);
                walker.add(&common.links);
                is_harmful |= common.is_harmful;
                continue;
            }
            for token in Tokens::new(part) {
                let attributes = Attributes::of(&token);
                is_harmful |= attributes.is_harmful;
                set(&mut setter, &token, &attributes);
                walker.token(&token, &attributes);
                reader.token(&token, &attributes);
            }
        }
        let checksum = self.checksum(url, html.as_bytes());
        let (text, body) = reader.finish();
        Finished { html: setter.finish().into_bytes(), facts: walker.finish(), text, body, checksum, is_harmful }
    }

    /// A part outside of `<main>`, read once for all pages that have it; `None` when it is not complete in itself.
    fn common(&self, part: &str, lang: Lang) -> Option<Arc<Common>> {
        let known = &self.common[usize::from(lang == Lang::En)];
        if let Some(common) = known.read().ok()?.get(part) {
            return common.clone();
        }
        let mut setter = Setter::of_part(part.len(), lang, &self.memo);
        let mut walker = walk::Reader::of_part(&self.links);
        let mut is_harmful = false;
        for token in Tokens::new(part) {
            let attributes = Attributes::of(&token);
            is_harmful |= attributes.is_harmful;
            set(&mut setter, &token, &attributes);
            walker.token(&token, &attributes);
        }
        let common = setter.part().zip(walker.part()).map(|(set, links)| Arc::new(Common { set, links, is_harmful }));
        let mut known = known.write().ok()?;
        if known.len() < MAX_COMMON {
            known.insert(part.into(), common.clone());
        }
        common
    }

    /// The checksum of what is published at a path from the site's root, when that was handed in.
    pub(super) fn checksum(&self, url: &str, bytes: &[u8]) -> Option<String> {
        self.is_submitted(url).then(|| walk::checksum(url, bytes))
    }

    /// Whether the page at `url` was handed in.
    pub(super) fn is_submitted(&self, url: &str) -> bool {
        self.submitted.contains(url)
    }

    /// What a page says.
    pub(super) fn body(html: &str) -> Body {
        let mut reader = search::Reader::default();
        Tokens::new(Parts::of(html).main).for_each(|token| reader.token(&token, &Attributes::of(&token)));
        reader.finish().1
    }

    /// Sets the text of a page that is no place to go to.
    pub(super) fn set(&self, html: &str, lang: Lang) -> Vec<u8> {
        let mut setter = Setter::new(html.len(), lang, &self.memo);
        Tokens::new(html).for_each(|token| set(&mut setter, &token, &Attributes::of(&token)));
        setter.finish().into_bytes()
    }
}

/// Adds a token; an element with a harmful attribute loses all of them.
fn set<'a>(setter: &mut Setter<'a>, token: &Token<'a>, attributes: &Attributes) {
    match token {
        Token::Open(tag) if attributes.is_harmful => setter.bare(tag),
        token => setter.token(token),
    }
}
