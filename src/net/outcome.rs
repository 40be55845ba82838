//! `Outcome`: what an answer means for a reader who follows the link. Where it is not certain that a link is dead, it is not.

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use url::Url;

use super::fetch::{Answer, CertificateProblem, Failed, Failure};

/// What became of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Outcome {
    /// It leads somewhere.
    Alive,
    /// It does, by way of a redirect for good to another host or path.
    Moved {
        /// The new address.
        to: String,
    },
    /// The host answers, and says no.
    Gone {
        /// With this status.
        status: u16,
    },
    /// The host asks who the reader is.
    LoginWall {
        /// The page that asks.
        to: String,
    },
    /// No host has this name.
    NoHost,
    /// The host lets nobody in.
    Refused,
    /// No answer in time.
    Timeout,
    /// Browsers warn the reader away.
    BadCertificate {
        /// Why.
        problem: CertificateProblem,
    },
    /// Round in circles.
    TooManyRedirects,
    /// The host turns programs away, or broke off: a person has to look.
    Unsure,
    /// Not asked: a host of a local network.
    Skipped,
}

/// Hosts that are known to answer programs otherwise than browsers; they and what is below them.
const BOT_BLOCKERS: [&str; 16] = [
    "facebook.com",
    "fb.com",
    "fb.me",
    "fb.watch",
    "instagram.com",
    "lin.ee",
    "line.me",
    "linkedin.com",
    "medium.com",
    "pantip.com",
    "reddit.com",
    "shopee.co.th",
    "threads.net",
    "tiktok.com",
    "twitter.com",
    "x.com",
];

/// Hosts whose whole use is to lead elsewhere.
const SHORTENERS: [&str; 14] = [
    "bit.ly",
    "cutt.ly",
    "fb.me",
    "forms.gle",
    "g.co",
    "goo.gl",
    "is.gd",
    "lin.ee",
    "ow.ly",
    "rebrand.ly",
    "shorturl.asia",
    "shorturl.at",
    "tinyurl.com",
    "youtu.be",
];

/// First labels of hosts that ask who is there.
const LOGIN_HOSTS: [&str; 6] = ["accounts", "auth", "idp", "login", "signin", "sso"];

/// Parts of a path, or values of a query, that ask who is there; without `.php` and the like.
const LOGIN_WORDS: [&str; 10] =
    ["log-in", "log_in", "login", "logon", "servicelogin", "sign-in", "sign_in", "signin", "userlogin", "wp-login"];

impl Outcome {
    /// What the answer to a request for `url` means.
    pub fn of(url: &Url, result: &Result<Answer, Failed>) -> Outcome {
        let failed = match result {
            Ok(answer) => return of_answer(url, answer),
            Err(failed) => failed,
        };
        match failed.why {
            Failure::NoHost => Outcome::NoHost,
            Failure::Refused => Outcome::Refused,
            Failure::Timeout => Outcome::Timeout,
            Failure::TooManyRedirects if is_one_of(url, &BOT_BLOCKERS) => Outcome::Unsure,
            Failure::TooManyRedirects => Outcome::TooManyRedirects,
            Failure::BadCertificate(problem) => Outcome::BadCertificate { problem },
            Failure::Local => Outcome::Skipped,
            Failure::CutOff | Failure::Unaskable => Outcome::Unsure,
        }
    }

    /// Whether a reader who follows the link gets nowhere; certain enough to say so.
    pub fn is_dead(&self) -> bool {
        match self {
            Outcome::Alive | Outcome::Moved { .. } | Outcome::Unsure | Outcome::Skipped => false,
            // Browsers often mend a chain that the host does not send whole.
            Outcome::BadCertificate { problem } => {
                matches!(problem, CertificateProblem::Expired | CertificateProblem::OtherName)
            }
            _ => true,
        }
    }

    /// Whether the link leads somewhere.
    pub fn is_alive(&self) -> bool {
        matches!(self, Outcome::Alive | Outcome::Moved { .. })
    }
}

/// Whether a page asks who is there.
pub(super) fn is_login(url: &Url) -> bool {
    let first = url.host_str().and_then(|host| host.split('.').next()).unwrap_or_default();
    let is_word = |word: &str| {
        let word = word.to_ascii_lowercase();
        LOGIN_WORDS.contains(&word.split('.').next().unwrap_or_default())
    };
    LOGIN_HOSTS.contains(&first)
        || url.path().split('/').any(is_word)
        || url.query_pairs().any(|(key, value)| matches!(key.as_ref(), "view" | "page" | "action") && is_word(&value))
}

/// Whether two addresses are one place for a reader: `http` or `https`, `www.` or not, `/` at the end or not.
pub(super) fn is_same_place(a: &Url, b: &Url) -> bool {
    let host = super::fetch::host;
    let path = |url: &Url| {
        let path = percent_decode_str(url.path()).decode_utf8_lossy().into_owned();
        let path = ["index.html", "index.php"].iter().find_map(|name| path.strip_suffix(name)).unwrap_or(&path);
        path.trim_end_matches('/').to_owned()
    };
    host(a) == host(b) && path(a) == path(b) && a.query().unwrap_or_default() == b.query().unwrap_or_default()
}

fn of_answer(url: &Url, answer: &Answer) -> Outcome {
    let is_blocker = is_one_of(url, &BOT_BLOCKERS) || is_one_of(&answer.url, &BOT_BLOCKERS);
    let wall = || if is_blocker { Outcome::Unsure } else { Outcome::LoginWall { to: answer.url.to_string() } };
    if !answer.hops.is_empty() && is_login(&answer.url) && !is_login(url) {
        return wall();
    }
    match answer.status {
        401 => wall(),
        // Too many requests; LinkedIn's own word for it.
        429 | 999 => Outcome::Unsure,
        403 | 503 if answer.is_guarded => Outcome::Unsure,
        status @ (404 | 410) => Outcome::Gone { status },
        status @ 400.. if !is_blocker => Outcome::Gone { status },
        400.. => Outcome::Unsure,
        _ => moved(url, answer).map_or(Outcome::Alive, |to| Outcome::Moved { to: to.to_string() }),
    }
}

/// Where a link has moved for good: the last of the redirects that all say so.
fn moved<'a>(url: &Url, answer: &'a Answer) -> Option<&'a Url> {
    let to = &answer.hops.iter().take_while(|hop| matches!(hop.status, 301 | 308)).last()?.to;
    // The front page of a host may lead to any page of it.
    let is_front = url.path() == "/" && url.query().is_none() && super::fetch::host(url) == super::fetch::host(to);
    let is_meant = is_front || is_same_place(url, to) || is_one_of(url, &SHORTENERS) || is_one_of(url, &BOT_BLOCKERS);
    (!is_meant).then_some(to)
}

fn is_one_of(url: &Url, hosts: &[&str]) -> bool {
    let host = url.host_str().unwrap_or_default();
    hosts.iter().any(|known| host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::fetch::Hop;

    fn outcome(from: &str, hops: &[(u16, &str)], status: u16) -> Outcome {
        let url = |text: &str| Url::parse(text).expect("a URL");
        let hops: Vec<Hop> = hops.iter().map(|(status, to)| Hop { status: *status, to: url(to) }).collect();
        let end = hops.last().map_or(url(from), |hop| hop.to.clone());
        let answer =
            Answer { status, url: end, hops, content_type: None, is_guarded: false, body: Vec::new(), is_too_large: false };
        Outcome::of(&url(from), &Ok(answer))
    }

    #[test]
    fn hosts_that_block_programs_are_not_called_dead() {
        for status in [400, 401, 403, 429, 999] {
            assert_eq!(outcome("https://www.facebook.com/udon", &[], status), Outcome::Unsure, "{status}");
        }
        let wall = [(302, "https://www.facebook.com/login/?next=udon")];
        assert_eq!(outcome("https://www.facebook.com/udon", &wall, 200), Outcome::Unsure);
        assert_eq!(outcome("https://www.facebook.com/udon", &[], 404), Outcome::Gone { status: 404 });
        assert_eq!(outcome("https://notfacebook.com/udon", &[], 403), Outcome::Gone { status: 403 });
        assert_eq!(outcome("https://a.go.th/", &[], 429), Outcome::Unsure);
    }

    #[test]
    fn login_walls_are_known() {
        let drive = "https://drive.google.com/file/d/1/view";
        for to in ["https://accounts.google.com/v3/x", "https://a.go.th/wp-login.php", "https://a.go.th/index.php?view=login"] {
            assert_eq!(outcome(drive, &[(302, to)], 200), Outcome::LoginWall { to: to.to_owned() });
        }
        assert_eq!(
            outcome("https://a.go.th/login", &[(302, "https://a.go.th/login/form")], 200),
            Outcome::Alive,
            "a link to one"
        );
        assert_eq!(outcome(drive, &[(302, "https://a.go.th/blogin/author")], 200), Outcome::Alive);
    }

    #[test]
    fn only_moves_for_good_to_another_place_count() {
        let moved = |to: &str| Outcome::Moved { to: to.to_owned() };
        let from = "http://a.go.th/plan";
        assert_eq!(outcome(from, &[(301, "https://a.go.th/new")], 200), moved("https://a.go.th/new"));
        assert_eq!(
            outcome(from, &[(308, "https://b.go.th/plan"), (302, "https://b.go.th/th")], 200),
            moved("https://b.go.th/plan")
        );
        assert_eq!(outcome(from, &[(301, "https://www.a.go.th/plan/")], 200), Outcome::Alive, "the same place");
        assert_eq!(outcome(from, &[(302, "https://a.go.th/new")], 200), Outcome::Alive);
        assert_eq!(outcome("http://a.go.th/", &[(301, "https://www.a.go.th/th/home")], 200), Outcome::Alive);
        assert_eq!(outcome("https://bit.ly/3abc", &[(301, "https://a.go.th/plan")], 200), Outcome::Alive);
        assert_eq!(outcome(from, &[(301, "https://a.go.th/new")], 404), Outcome::Gone { status: 404 });
    }
}
