//! `Walk`: the finished pages as a reader walks them: their links, their ids, the way from home to every place.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::{HashMap, HashSet};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::html::{Attributes, Token, decode};
use super::search::one_line;
use crate::site::address::Target;
use crate::source::hex;

/// Elements that name what follows an id.
fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "caption")
}

/// The pages of a site and the ways between them. Paths are from the site's root, not percent-encoded: `/executives/`.
#[derive(Debug, Default)]
pub struct Walk {
    pages: BTreeMap<String, Arc<PageFacts>>,
    /// How each place is first reached from home.
    clicks: HashMap<Target, Click>,
}

/// What a page has.
#[derive(Debug, Default)]
pub(super) struct PageFacts {
    /// Its ids, each with the heading it stands at.
    pub(super) ids: Ids,
    /// Its links inside the site, in order.
    pub(super) links: Vec<Arc<Link>>,
}

/// Ids in order, each with its heading; empty where none stands there.
pub(super) type Ids = Vec<(Box<str>, Box<str>)>;

/// A link inside the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Link {
    target: Target,
    text: Box<str>,
}

/// The links of all pages, each held once: most pages have the same menu.
#[derive(Debug)]
pub(super) struct Links {
    base: String,
    /// By `href` and text.
    known: RwLock<HashMap<Box<str>, Option<Arc<Link>>>>,
    /// By what they are: two ways to write a link are one.
    all: RwLock<HashSet<Arc<Link>>>,
}

/// One step of a way from home.
#[derive(Debug)]
struct Click {
    /// The page the link is on.
    from: String,
    /// The link's text.
    text: String,
}

impl PageFacts {
    /// The heading that an id stands at; `None` when there is no such id.
    fn id(&self, id: &str) -> Option<&str> {
        let at = self.ids.binary_search_by(|(known, _)| known.as_ref().cmp(id)).ok()?;
        Some(&self.ids[at].1)
    }
}

impl Walk {
    /// The ways between pages, given what each has, by path from the site's root: `/executives/`.
    pub(super) fn of(pages: BTreeMap<String, Arc<PageFacts>>) -> Walk {
        let clicks = shortest(&pages);
        Walk { pages, clicks }
    }

    /// Whether a page has an id; `None` when there is no such page.
    pub fn has_id(&self, page: &str, id: &str) -> Option<bool> {
        self.pages.get(page).map(|facts| facts.id(id).is_some())
    }

    /// The heading that an id of a page stands at.
    pub fn heading(&self, page: &str, id: &str) -> Option<&str> {
        self.pages.get(page)?.id(id).filter(|heading| !heading.is_empty())
    }

    /// What a page has.
    pub(super) fn facts(&self, page: &str) -> Option<&Arc<PageFacts>> {
        self.pages.get(page)
    }

    /// The links that lead from home to a place by the fewest clicks: the page each is on, and its text. Empty for home itself.
    pub fn path(&self, to: &Target) -> Option<Vec<(&str, &str)>> {
        let mut at = if self.clicks.contains_key(to) { to.clone() } else { to.page() };
        let mut steps = Vec::new();
        while at.path != "/" {
            let click = self.clicks.get(&at)?;
            steps.push((click.from.as_str(), click.text.as_str()));
            at = Target { path: click.from.clone(), anchor: String::new() };
        }
        steps.reverse();
        Some(steps)
    }

    /// Every link inside the site: the first page it is on, and where it leads.
    pub fn links(&self) -> impl Iterator<Item = (&str, &Target)> {
        let mut met: HashSet<*const Link> = HashSet::default();
        let links = self.pages.iter().flat_map(|(page, facts)| facts.links.iter().map(move |link| (page.as_str(), link)));
        links.filter(move |(_, link)| met.insert(Arc::as_ptr(link))).map(|(page, link)| (page, &link.target))
    }
}

/// SHA-256 of what an address shows, in hexadecimal: of a page what it says, of any other file its bytes.
pub fn checksum(path: &str, body: &[u8]) -> String {
    let is_page = path.is_empty() || path.ends_with('/') || path.ends_with(".html");
    if is_page { digest(&String::from_utf8_lossy(body)) } else { hex(&Sha256::digest(body)) }
}

/// SHA-256 of what a page says, in hexadecimal: the words and links of `<main>`. A new menu or style does not change it.
pub fn digest(html: &str) -> String {
    let mut hash = Sha256::new();
    let mut is_main = false;
    for token in html5gum::Tokenizer::new(html).flatten() {
        use html5gum::Token;
        match token {
            Token::StartTag(tag) if &**tag.name == b"main" => is_main = true,
            Token::EndTag(tag) if &**tag.name == b"main" => is_main = false,
            Token::StartTag(tag) if is_main && &**tag.name == b"a" => {
                if let Some(href) = tag.attributes.get(b"href".as_slice()) {
                    hash.update(href.as_slice());
                    hash.update(b"\n");
                }
            }
            Token::String(text) if is_main => {
                // Where a text is cut into words and lines is no part of what it says.
                for word in String::from_utf8_lossy(&text).split_whitespace() {
                    hash.update(word.as_bytes());
                }
            }
            _ => {}
        }
    }
    hex(&hash.finalize())
}

/// Reads the links and ids of a page, token by token.
pub(super) struct Reader<'a> {
    facts: PageFacts,
    /// Path of the page, from the site's root.
    url: &'a str,
    links: &'a Links,
    /// The link that is open: where it leads, its text, and whether a label stands for that.
    link: Option<(&'a str, String, bool)>,
    heading: Option<String>,
    /// Ids that no heading has taken yet, by their place.
    unnamed: Vec<usize>,
    /// Only a part is read, that other pages have, too.
    is_part: bool,
    here: Vec<(String, String)>,
    /// Room for a link's `href` and text.
    room: String,
}

impl<'a> Reader<'a> {
    pub(super) fn new(url: &'a str, links: &'a Links) -> Reader<'a> {
        let (facts, unnamed, here, room) = (PageFacts::default(), Vec::new(), Vec::new(), String::new());
        Reader { facts, url, links, link: None, heading: None, unnamed, is_part: false, here, room }
    }

    /// Reads a part of a page.
    pub(super) fn of_part(links: &'a Links) -> Reader<'a> {
        Reader { is_part: true, ..Reader::new("", links) }
    }

    pub(super) fn token(&mut self, token: &Token<'a>, attributes: &Attributes<'a>) {
        match token {
            Token::Open(tag) => {
                if let Some(id) = attributes.id {
                    self.unnamed.push(self.facts.ids.len());
                    self.facts.ids.push((decode(id).into(), Box::default()));
                }
                if is_heading(tag.name) {
                    self.heading = Some(String::new());
                }
                if tag.name == "a" {
                    let label = attributes.label.map(|label| decode(label).into_owned());
                    let is_named = label.is_some();
                    self.link = attributes.href.map(|href| (href, label.unwrap_or_default(), is_named));
                }
                if let (Some((_, text, false)), Some(alt)) = (&mut self.link, attributes.alt) {
                    text.push_str(&decode(alt));
                }
            }
            Token::Text(text) if self.link.is_some() || self.heading.is_some() => {
                let text = decode(text);
                if let Some((_, label, false)) = &mut self.link {
                    label.push_str(&text);
                }
                if let Some(heading) = &mut self.heading {
                    heading.push_str(&text);
                }
            }
            Token::Close(name, _) => self.close(name),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "main" {
            self.unnamed.clear();
        }
        if name == "a"
            && let Some((href, text, _)) = self.link.take()
        {
            let text = one_line(&text);
            if href.starts_with('#') && self.is_part {
                self.here.push((href.to_owned(), text.into_owned()));
            } else {
                self.facts.links.extend(self.links.get(href, &text, self.url, &mut self.room));
            }
        }
        if is_heading(name)
            && let Some(text) = self.heading.take()
        {
            let text: Box<str> = one_line(&text).into();
            for at in self.unnamed.drain(..) {
                self.facts.ids[at].1.clone_from(&text);
            }
        }
    }

    /// What the page has.
    pub(super) fn finish(mut self) -> PageFacts {
        // Where an id stands twice, the last counts.
        self.facts.ids.reverse();
        self.facts.ids.sort_by(|a, b| a.0.cmp(&b.0));
        self.facts.ids.dedup_by(|next, kept| next.0 == kept.0);
        self.facts.ids.shrink_to_fit();
        self.facts.links.shrink_to_fit();
        self.facts
    }

    /// What a part of a page adds to it, when it is complete in itself; `None` when not.
    pub(super) fn part(self) -> Option<Part> {
        let is_whole = self.facts.ids.is_empty() && self.link.is_none() && self.heading.is_none();
        is_whole.then_some(Part { links: self.facts.links, here: self.here })
    }

    /// Adds a part that was read before, on another page.
    pub(super) fn add(&mut self, part: &Part) {
        self.facts.links.extend(part.links.iter().cloned());
        for (href, text) in &part.here {
            self.facts.links.extend(self.links.get(href, text, self.url, &mut self.room));
        }
    }
}

/// Links of a part that pages have in common.
#[derive(Debug)]
pub(super) struct Part {
    links: Vec<Arc<Link>>,
    /// Links that lead to a place on the page itself: `href` and text.
    here: Vec<(String, String)>,
}

impl Links {
    /// Links of a site at `base`, the path of the site on its host: `/ita/`.
    pub(super) fn new(base: &str) -> Links {
        Links { base: base.to_owned(), known: RwLock::default(), all: RwLock::default() }
    }

    /// Takes links that were read before: the same ones are these.
    pub(super) fn know<'a>(&mut self, links: impl Iterator<Item = &'a Arc<Link>>) {
        let mut met: HashSet<*const Link> = HashSet::default();
        let new = links.filter(|link| met.insert(Arc::as_ptr(link))).cloned();
        self.all.get_mut().unwrap_or_else(PoisonError::into_inner).extend(new);
    }

    /// The link with this `href`, as written, and text, on a page; `None` when it leads to another site.
    fn get(&self, href: &str, text: &str, page: &str, room: &mut String) -> Option<Arc<Link>> {
        let make = || {
            let target = inside(&decode(href), page, &self.base)?;
            Some(self.one(Link { target, text: text.into() }))
        };
        // It leads to another place from every page.
        if href.starts_with('#') {
            return make();
        }
        room.clear();
        room.extend([href, "\0", text]);
        if let Some(link) = self.known.read().ok().as_deref().and_then(|known| known.get(room.as_str())) {
            return link.clone();
        }
        let link = make();
        match self.known.write() {
            Ok(mut known) => known.entry(room.as_str().into()).or_insert(link).clone(),
            Err(_) => link,
        }
    }

    /// The link that is like this one.
    fn one(&self, link: Link) -> Arc<Link> {
        if let Some(known) = self.all.read().ok().as_deref().and_then(|all| all.get(&link)) {
            return Arc::clone(known);
        }
        let link = Arc::new(link);
        let Ok(mut all) = self.all.write() else { return link };
        // Another thread may have been faster.
        if let Some(known) = all.get(&link) {
            return Arc::clone(known);
        }
        all.insert(Arc::clone(&link));
        link
    }
}

/// Where a link inside the site leads.
fn inside(href: &str, page: &str, base: &str) -> Option<Target> {
    if href.starts_with('#') {
        return Some(Target { path: page.to_owned(), ..Target::of(href) });
    }
    Some(Target::of(&format!("/{}", href.strip_prefix(base)?)))
}

/// The first click that leads to each place, pages nearest to home first.
fn shortest(pages: &BTreeMap<String, Arc<PageFacts>>) -> HashMap<Target, Click> {
    let mut clicks: HashMap<Target, Click> = HashMap::default();
    let mut queue = VecDeque::from(["/"]);
    let mut visited = HashSet::from_iter(["/"]);
    // A link that was met before leads nowhere new; pages share those of the menu.
    let mut met: HashSet<*const Link> = HashSet::default();
    while let Some(page) = queue.pop_front() {
        let Some(facts) = pages.get(page) else { continue };
        for link in &facts.links {
            let Link { target, text } = &**link;
            // A jump inside a page is no way to it.
            if target.path == page || text.is_empty() || !met.insert(Arc::as_ptr(link)) {
                continue;
            }
            let is_page = target.anchor.is_empty();
            for place in [Some(target.clone()), (!is_page).then(|| target.page())].into_iter().flatten() {
                clicks.entry(place).or_insert_with(|| Click { from: page.to_owned(), text: text.to_string() });
            }
            if visited.insert(&target.path) {
                queue.push_back(&target.path);
            }
        }
    }
    clicks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::Tokens;

    fn walk(pages: &[(&str, &str)]) -> Walk {
        let links = Links::new("/ita/");
        let read = |(url, html): &(&str, &str)| {
            let mut reader = Reader::new(url, &links);
            Tokens::new(html).for_each(|token| reader.token(&token, &Attributes::of(&token)));
            ((*url).to_owned(), Arc::new(reader.finish()))
        };
        Walk::of(pages.iter().map(read).collect())
    }

    #[test]
    fn the_shortest_way_by_the_texts_of_links() {
        let walk = walk(&[
            ("/", "<a href='/ita/a/'>หน้า <b>ก</b></a><a href='https://x.go.th/'>นอก</a><a href='/ita/b/'></a>"),
            ("/a/", "<a href='/ita/b/#x'>ข้อ ข</a> <a href='/ita/'>กลับ</a>"),
            ("/b/", "<section id='x'><h2>หัวข้อ &amp; ข</h2></section><a href='/ita/files/p%20q.pdf#page=2'>ไฟล์</a>"),
            ("/c/", ""),
        ]);
        let way = |to: &Target| walk.path(to).map(|steps| steps.into_iter().map(|(_, text)| text).collect::<Vec<_>>());
        assert_eq!(way(&Target::of("/")), Some(Vec::<&str>::new()));
        assert_eq!(way(&Target::of("/b/#x")), Some(vec!["หน้า ก", "ข้อ ข"]));
        assert_eq!(way(&Target::of("/b/#unknown")), Some(vec!["หน้า ก", "ข้อ ข"]));
        assert_eq!(way(&Target::of("/files/p%20q.pdf")), Some(vec!["หน้า ก", "ข้อ ข", "ไฟล์"]));
        assert_eq!(walk.path(&Target::of("/c/")), None);
        assert_eq!(walk.heading("/b/", "x"), Some("หัวข้อ & ข"));
        assert_eq!((walk.has_id("/b/", "y"), walk.has_id("/d/", "y")), (Some(false), None));
    }

    #[test]
    fn a_digest_is_of_what_the_page_says() {
        let page = |head: &str, main: &str| format!("<header>{head}</header><main>{main}</main>");
        let of = |head: &str, main: &str| digest(&page(head, main));
        assert_eq!(of("a", "<p>แผน  ข้อ 1</p>"), of("b", "<p class='x'>แผน\n<span>ข้<wbr>อ</span>\u{a0}1</p>"));
        assert_ne!(of("a", "<p>แผน 1</p>"), of("a", "<p>แผน 2</p>"));
        assert_ne!(of("a", "<a href='/1.pdf'>แผน</a>"), of("a", "<a href='/2.pdf'>แผน</a>"));
    }
}
