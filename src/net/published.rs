//! `PublishedSite`: a deployed site as a place whose files can be verified.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use super::fetch::{Answer, Fetcher};
use super::live::failure_words;
use super::rules::dead_external_link::status_words;
use crate::diagnostic::{Text, text};
use crate::publish::verify::Place;
use crate::source::sha256_of;

/// What a path of the web does not say as it is (WHATWG URL, path percent-encode set), and `%` itself.
const SIGNS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}');

/// Files that servers read and do not show.
const WITHHELD: [&str; 4] = ["_headers", "headers.apache.conf", "headers.nginx.conf", "headers.iis.config"];

/// A site on a host.
pub struct PublishedSite {
    root: Url,
    fetcher: Fetcher,
}

impl PublishedSite {
    /// The site at an address. Its host is asked one request at a time.
    pub fn at(root: &Url, fetcher: Fetcher) -> PublishedSite {
        PublishedSite { root: root.clone(), fetcher }
    }

    fn get(&self, path: &str) -> Result<Option<Answer>, Text> {
        // As readers ask; some hosts send those away who ask for the file itself.
        let place = match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => path,
        };
        let mut url = self.root.clone();
        url.set_path(&format!("{}/{}", self.root.path().trim_end_matches('/'), utf8_percent_encode(place, SIGNS)));
        match self.fetcher.get(&url) {
            Ok(answer) if answer.is_too_large => Err(text!(th: "ใหญ่เกินไป", en: "it is too large")),
            Ok(answer) if answer.status == 200 => Ok(Some(answer)),
            Ok(answer) if matches!(answer.status, 404 | 410) => Ok(None),
            Ok(answer) => Err(status_words(answer.status)),
            Err(failed) => Err(failure_words(failed.why)),
        }
    }
}

impl Place for PublishedSite {
    fn read(&self, path: &str, _: u64) -> Result<Option<Vec<u8>>, Text> {
        Ok(self.get(path)?.map(|answer| answer.body))
    }

    fn sum(&self, path: &str) -> Result<Option<String>, Text> {
        Ok(self.get(path)?.map(|answer| sha256_of(&answer.body)))
    }

    fn list(&self) -> Result<Option<BTreeSet<String>>, Text> {
        Ok(None)
    }

    fn is_withheld(&self, path: &str) -> bool {
        WITHHELD.contains(&path)
    }
}
