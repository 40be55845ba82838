//! `Walk`: the finished pages as a reader walks them: their links, their ids, the way from home to every place.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use html5gum::{Token, Tokenizer};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::Output;
use crate::site::address::Target;
use crate::source::hex;

/// Elements that name what follows an id.
const HEADINGS: [&str; 8] = ["h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption"];

/// The pages of a site and the ways between them. Paths are from the site's root, not percent-encoded: `/executives/`.
#[derive(Debug, Default)]
pub struct Walk {
    pages: BTreeMap<String, PageFacts>,
    /// How each place is first reached from home.
    clicks: BTreeMap<Target, Click>,
}

/// What a page has.
#[derive(Debug, Default)]
struct PageFacts {
    /// Its ids, each with the heading it stands at.
    ids: BTreeMap<String, String>,
    /// Its links inside the site and their texts, in order.
    links: Vec<(Target, String)>,
}

/// One step of a way from home.
#[derive(Debug)]
struct Click {
    /// The page the link is on.
    from: String,
    /// The link's text.
    text: String,
}

impl Walk {
    /// Reads the pages of `output`, whose links start with `base`, the path of the site on its host: `/ita/`.
    pub(super) fn of(output: &Output, base: &str) -> Walk {
        let paths: Vec<&String> = output.files.keys().filter(|path| path.ends_with("index.html")).collect();
        let read = |path: &String| {
            let url = format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
            let facts = PageFacts::read(output.text(path).unwrap_or_default(), &url, base);
            (url, facts)
        };
        let pages: BTreeMap<String, PageFacts> = paths.into_par_iter().map(read).collect();
        let clicks = shortest(&pages);
        Walk { pages, clicks }
    }

    /// Whether a page has an id; `None` when there is no such page.
    pub fn has_id(&self, page: &str, id: &str) -> Option<bool> {
        self.pages.get(page).map(|facts| facts.ids.contains_key(id))
    }

    /// The heading that an id of a page stands at.
    pub fn heading(&self, page: &str, id: &str) -> Option<&str> {
        let heading = self.pages.get(page)?.ids.get(id)?;
        (!heading.is_empty()).then_some(heading.as_str())
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

    /// Every link inside the site: the page it is on, and where it leads.
    pub fn links(&self) -> impl Iterator<Item = (&str, &Target)> {
        self.pages.iter().flat_map(|(page, facts)| facts.links.iter().map(move |(target, _)| (page.as_str(), target)))
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
    for token in Tokenizer::new(html).flatten() {
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

impl PageFacts {
    fn read(html: &str, url: &str, base: &str) -> PageFacts {
        let mut facts = PageFacts::default();
        let mut link: Option<(Target, String, bool)> = None;
        let mut heading: Option<String> = None;
        let mut unnamed: Vec<String> = Vec::new();
        for token in Tokenizer::new(html).flatten() {
            match token {
                Token::StartTag(tag) => {
                    let attribute =
                        |name: &str| tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned());
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    if let Some(id) = attribute("id") {
                        facts.ids.insert(id.clone(), String::new());
                        unnamed.push(id);
                    }
                    if HEADINGS.contains(&name.as_str()) {
                        heading = Some(String::new());
                    }
                    if name == "a" {
                        let label = attribute("aria-label");
                        let target = attribute("href").and_then(|href| inside(&href, url, base));
                        link = target.map(|target| (target, label.clone().unwrap_or_default(), label.is_some()));
                    }
                    if let (Some((_, text, false)), Some(alt)) = (&mut link, attribute("alt")) {
                        text.push_str(&alt);
                    }
                }
                Token::String(text) => {
                    let text = String::from_utf8_lossy(&text);
                    if let Some((_, label, false)) = &mut link {
                        label.push_str(&text);
                    }
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Token::EndTag(tag) => {
                    if &**tag.name == b"main" {
                        unnamed.clear();
                    }
                    if &**tag.name == b"a"
                        && let Some((target, text, _)) = link.take()
                    {
                        facts.links.push((target, one_line(&text)));
                    }
                    if HEADINGS.iter().any(|name| name.as_bytes() == tag.name.as_slice())
                        && let Some(text) = heading.take()
                    {
                        let text = one_line(&text);
                        for id in unnamed.drain(..) {
                            facts.ids.insert(id, text.clone());
                        }
                    }
                }
                _ => {}
            }
        }
        facts
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
fn shortest(pages: &BTreeMap<String, PageFacts>) -> BTreeMap<Target, Click> {
    let mut clicks: BTreeMap<Target, Click> = BTreeMap::new();
    let mut queue = VecDeque::from(["/".to_owned()]);
    let mut visited = BTreeSet::from(["/".to_owned()]);
    while let Some(page) = queue.pop_front() {
        let Some(facts) = pages.get(&page) else { continue };
        for (target, text) in &facts.links {
            // A jump inside a page is no way to it.
            if target.path == page || text.is_empty() {
                continue;
            }
            for place in [target.clone(), target.page()] {
                clicks.entry(place).or_insert_with(|| Click { from: page.clone(), text: text.clone() });
            }
            if visited.insert(target.path.clone()) {
                queue.push_back(target.path.clone());
            }
        }
    }
    clicks
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::File;

    fn walk(pages: &[(&str, &str)]) -> Walk {
        let mut output = Output::default();
        for (path, html) in pages {
            output.files.insert((*path).to_owned(), File::Bytes(html.as_bytes().to_vec()));
        }
        Walk::of(&output, "/ita/")
    }

    #[test]
    fn the_shortest_way_by_the_texts_of_links() {
        let walk = walk(&[
            ("index.html", "<a href='/ita/a/'>หน้า <b>ก</b></a><a href='https://x.go.th/'>นอก</a><a href='/ita/b/'></a>"),
            ("a/index.html", "<a href='/ita/b/#x'>ข้อ ข</a> <a href='/ita/'>กลับ</a>"),
            ("b/index.html", "<section id='x'><h2>หัวข้อ &amp; ข</h2></section><a href='/ita/files/p%20q.pdf#page=2'>ไฟล์</a>"),
            ("c/index.html", ""),
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
