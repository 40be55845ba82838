//! What an address means inside this site, however it is written, and how a place is written as an address.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use url::{Position, Url};

use super::url::{Page, UrlPath};
use super::{Edition, Site};

/// Bytes that a URL path may not have as they are (WHATWG URL, path percent-encode set, and quotes for HTML).
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'\'').add(b'\\').add(b'^').add(b'|');

/// Where the English pages are.
pub const ENGLISH: &str = "/en";

/// Schemes that an address may have; others run code, read the reader's disk or start programs.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether an address, as browsers read it (WHATWG URL, 4.4), leads to a place of this site, or says `http`, `https`, `mailto` or `tel`.
/// Browsers drop tabs and line ends wherever they stand, take `\` for `/`, and take `//name` for another host.
pub fn is_harmless(address: &str) -> bool {
    let mut letters = address.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
    let mut scheme = String::new();
    for letter in letters.by_ref() {
        match letter {
            ':' if scheme.starts_with(|c: char| c.is_ascii_alphabetic()) => return SCHEMES.contains(&scheme.as_str()),
            'a'..='z' | 'A'..='Z' | '0'..='9' | '+' | '-' | '.' => scheme.push(letter.to_ascii_lowercase()),
            '/' | '\\' if scheme.is_empty() => return !matches!(letters.next(), Some('/' | '\\')),
            _ => return true,
        }
    }
    true
}

/// A path of the site and a place on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Target {
    /// From the site's root, not percent-encoded: `/executives/`, `/files/plan #1.pdf`.
    pub path: String,
    /// Id on the page, not percent-encoded; empty for the page as a whole.
    pub anchor: String,
}

impl Target {
    /// Reads a link from the site's root, percent-encoded or not: `/files/plan%20%231.pdf#page=2`.
    pub fn of(link: &str) -> Target {
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let path = path.split('?').next().unwrap_or(path);
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        Target { path: decode(path), anchor: decode(anchor) }
    }

    /// The page or file as a whole.
    #[must_use]
    pub fn page(&self) -> Target {
        Target { path: self.path.clone(), anchor: String::new() }
    }
}

impl Site {
    /// A place from the site's root as a link from the root of its host: `/ita/executives/#person-mayor`. Pages are those of the
    /// site's own language; files are there once.
    pub fn href(&self, place: &str) -> String {
        let path = place.split(['#', '?']).next().unwrap_or(place);
        let is_english = self.edition == Edition::English && self.pages.contains_key(&UrlPath::at(path));
        self.href_in(if is_english { ENGLISH } else { "" }, place)
    }

    /// The page of the other language, where there is one.
    pub fn href_of_other_language(&self, page: &UrlPath) -> Option<String> {
        match (self.edition, self.pages.get(page)?) {
            (Edition::Only, _) | (Edition::Thai, Page::Answers(_)) => None,
            (Edition::Thai, _) => Some(self.href_in(ENGLISH, page.as_str())),
            (Edition::English, _) => Some(self.href_in("", page.as_str())),
        }
    }

    fn href_in(&self, folder: &str, place: &str) -> String {
        let base = self.config.base_url.path().trim_end_matches('/');
        let mut href = String::with_capacity(base.len() + folder.len() + place.len());
        href.extend([base, folder]);
        href.extend(utf8_percent_encode(place, PATH));
        href
    }

    /// The same as an absolute URL.
    pub fn absolute(&self, place: &str) -> String {
        self.with_host(&self.href(place))
    }

    /// A link from the root of the host as an absolute URL.
    pub fn with_host(&self, href: &str) -> String {
        let host = &self.config.base_url[..Position::BeforePath];
        [host, href].concat()
    }

    /// Where an address from the site's root, or an absolute one of this site, leads; `None` for other hosts. Neither http or https
    /// nor `www.` makes another site.
    pub fn inside(&self, typed: &str) -> Option<Target> {
        if typed.starts_with('/') && !typed.starts_with("//") {
            return Some(Target::of(typed));
        }
        let (url, base) = (Url::parse(typed).ok()?, &self.config.base_url);
        let host = |url: &Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_ascii_lowercase();
        let is_web = matches!(url.scheme(), "http" | "https");
        let rest = url.path().strip_prefix(base.path().trim_end_matches('/'))?;
        if !is_web || host(&url) != host(base) || url.port() != base.port() || !(rest.is_empty() || rest.starts_with('/')) {
            return None;
        }
        let anchor = url.fragment().map(|anchor| format!("#{anchor}")).unwrap_or_default();
        Some(Target::of(&format!("/{}{anchor}", rest.trim_start_matches('/'))))
    }

    /// Where a path leads after the site's redirects; itself when it did not move, `None` when it moved to another host.
    pub fn settled(&self, path: &str) -> Option<String> {
        let is_same = |from: &str| from.trim_end_matches('/') == path.trim_end_matches('/');
        match self.config.redirects.iter().find(|redirect| is_same(&redirect.from.value)) {
            Some(redirect) => self.inside(&redirect.to.value).map(|target| target.path),
            None => Some(path.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Target, is_harmless};

    #[test]
    fn only_the_web_a_mail_program_and_a_telephone() {
        for address in [
            "",
            "#ก",
            "?a=b:c",
            "/executives/",
            "plan.pdf",
            "../a.md",
            "/a:b",
            "1:2",
            "https://a.example/",
            "HTTP://a.example",
            "mailto:a@b.c",
            "tel:+66",
            "a/javascript:b",
            "แผน: 1.pdf",
            "/",
            "./javascript:a",
            "%6aavascript:a",
        ] {
            assert!(is_harmless(address), "{address:?}");
        }
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:a",
            " \u{1}javascript:a",
            "java\nscript:a",
            "java\t\r\nscript\n:a",
            "data:text/html,a",
            "vbscript:a",
            "file:///etc/passwd",
            "C:\\a",
            "blob:a",
            "//evil.example",
            "\\\\evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "/\t/evil.example",
            " //evil.example",
            "intent:a",
            "view-source:a",
            "ftp://a",
            "a+b.c-d:e",
        ] {
            assert!(!is_harmless(address), "{address:?}");
        }
    }

    #[test]
    fn signs_of_a_file_name_are_no_anchor() {
        let target = Target::of("/files/plan%20%231%3F.pdf?x=1#page=2");
        assert_eq!((target.path.as_str(), target.anchor.as_str()), ("/files/plan #1?.pdf", "page=2"));
    }
}
