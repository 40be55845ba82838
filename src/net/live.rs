//! `live`: asks the deployed site for every answer that was handed in, and compares what it shows with what was built.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use url::Url;

use super::fetch::{Answer, Failed, Failure, Fetcher, host};
use super::outcome::{is_login, is_same_place};
use super::patience::Patience;
use super::rules::dead_external_link::{certificate_words, status_words};
use crate::content::submission::Submission;
use crate::diagnostic::{Text, text};
use crate::render::qr;
use crate::site::Site;
use crate::thai::Code;

/// What the deployed site shows.
#[derive(Debug, Clone)]
pub struct Live {
    /// The answers, in the order of the submission.
    pub answers: Vec<LiveAnswer>,
    /// The survey's QR code, when the site has a survey this year.
    pub qr_code: Option<LiveCode>,
}

/// One answer as the assessor sees it.
#[derive(Debug, Clone)]
pub struct LiveAnswer {
    /// The item.
    pub item: Code,
    /// The address that was asked.
    pub url: String,
    /// What is wrong; nothing when all is well.
    pub problems: Vec<LiveProblem>,
}

/// The picture of the survey's QR code.
#[derive(Debug, Clone)]
pub struct LiveCode {
    /// The address that was asked.
    pub url: String,
    /// What is wrong; nothing when all is well.
    pub problems: Vec<LiveProblem>,
}

/// One thing that is wrong with a deployed page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveProblem {
    /// No answer, or a certificate that does not hold.
    Failed(Failure),
    /// Another status than 200.
    Status(u16),
    /// It asks who the reader is; the page that asks.
    LoginWall(String),
    /// It redirects to another host or path.
    Redirected(String),
    /// It is larger than is read, so its content was not compared.
    TooLarge,
    /// Its content is not what was handed in.
    Changed,
    /// The host says that the page is something else than HTML in UTF-8; what.
    NotShown(String),
    /// No code can be read in the picture; why.
    NoCode(String),
    /// The code leads elsewhere than to the survey; where.
    OtherCode(String),
}

impl LiveProblem {
    /// The problem in words.
    pub fn text(&self) -> Text {
        match self {
            LiveProblem::Failed(failure) => failure_words(*failure),
            LiveProblem::Status(status) => status_words(*status),
            LiveProblem::LoginWall(to) => text!(th: "ต้องเข้าสู่ระบบก่อน ({to})", en: "it asks for a login ({to})"),
            LiveProblem::Redirected(to) => text!(th: "ถูกส่งต่อไปที่ {to}", en: "it redirects to {to}"),
            LiveProblem::TooLarge => {
                text!(th: "หน้าใหญ่เกินไป จึงไม่ได้เทียบเนื้อหา", en: "the page is too large to be compared")
            }
            LiveProblem::Changed => {
                text!(th: "เนื้อหาไม่ตรงกับที่ยื่นไว้", en: "its content is not what was handed in")
            }
            LiveProblem::NotShown(kind) => text!(
                th: "เครื่องแม่ข่ายบอกว่าหน้านี้เป็น {kind} ผู้ประเมินจะเห็นเป็นไฟล์ให้ดาวน์โหลดหรืออ่านไม่ออก ให้ตั้งเป็น text/html; charset=utf-8",
                en: "the host says that the page is {kind}: assessors get a download, or text they cannot read; make it text/html; charset=utf-8"
            ),
            LiveProblem::NoCode(why) => {
                text!(th: "อ่าน QR code ในรูปไม่ได้: {why}", en: "no QR code can be read in the picture: {why}")
            }
            LiveProblem::OtherCode(found) => {
                text!(th: "QR code พาไปที่ {found} ไม่ใช่แบบวัด EIT", en: "the QR code leads to {found}, not to the survey")
            }
        }
    }
}

/// Asks the site deployed at `deployed` for every answer of `submission`, one request at a time, and for the survey's QR code.
///
/// An answer from the site's root or on its `base_url` is asked below `deployed`; one on another host is asked there. `digest` gives
/// what is compared with an answer's `sha256`, from the path inside the site (`/executives/`, not percent-encoded) and the body.
/// `progress` is called with the number of answers done and of all. A network that fails is a problem of the answers, never an error.
pub fn live(
    site: &Site,
    submission: &Submission,
    deployed: &Url,
    fetcher: &Fetcher,
    digest: &dyn Fn(&str, &[u8]) -> String,
    progress: impl Fn(usize, usize),
) -> Live {
    let mut pages: BTreeMap<Url, Result<Answer, Failed>> = BTreeMap::new();
    let (mut answers, mut patience) = (Vec::new(), Patience::default());
    for answer in &submission.answers {
        let (url, problems) = match place(&site.config.base_url, deployed, &answer.url.value) {
            Some((url, path)) => {
                let page = pages.entry(url.clone()).or_insert_with(|| get(fetcher, &mut patience, &url));
                let is_as_expected = |body: &[u8]| {
                    answer.sha256.as_deref().is_none_or(|sha256| digest(&path, body).eq_ignore_ascii_case(sha256.trim()))
                };
                let found = problems(&url, page, |body| (!is_as_expected(body)).then_some(LiveProblem::Changed));
                (url.to_string(), found)
            }
            None => (answer.url.value.clone(), vec![LiveProblem::Failed(Failure::Unaskable)]),
        };
        answers.push(LiveAnswer { item: answer.item.value, url, problems });
        progress(answers.len(), submission.answers.len());
    }
    Live { answers, qr_code: qr_code(site, deployed, fetcher, &mut patience) }
}

/// The picture on the deployed site leads to the survey.
fn qr_code(site: &Site, deployed: &Url, fetcher: &Fetcher, patience: &mut Patience) -> Option<LiveCode> {
    let (_, survey) = site.survey()?;
    let url = below(deployed, &qr::png_path(site.fiscal_year()), None);
    let result = get(fetcher, patience, &url);
    let problems = problems(&url, &result, |body| match qr::read(body) {
        Ok(found) if found == survey.url.value.0 => None,
        Ok(found) => Some(LiveProblem::OtherCode(found)),
        Err(why) => Some(LiveProblem::NoCode(why)),
    });
    Some(LiveCode { url: url.to_string(), problems })
}

/// Asks for a page, unless its host is known to be down.
fn get(fetcher: &Fetcher, patience: &mut Patience, url: &Url) -> Result<Answer, Failed> {
    if let Some(failed) = patience.is_over(url) {
        return Err(failed.clone());
    }
    let result = fetcher.get(url);
    patience.note(url, &result);
    result
}

/// What is wrong with an answer; `compare` looks at the body of a page that is there.
fn problems(url: &Url, result: &Result<Answer, Failed>, compare: impl FnOnce(&[u8]) -> Option<LiveProblem>) -> Vec<LiveProblem> {
    let answer = match result {
        Ok(answer) => answer,
        Err(failed) => return vec![LiveProblem::Failed(failed.why)],
    };
    if is_login(&answer.url) && !is_login(url) {
        return vec![LiveProblem::LoginWall(answer.url.to_string())];
    }
    let mut problems = Vec::new();
    if !is_same_place(url, &answer.url) {
        problems.push(LiveProblem::Redirected(answer.url.to_string()));
    }
    if answer.status != 200 {
        problems.push(LiveProblem::Status(answer.status));
    } else if answer.is_too_large {
        problems.push(LiveProblem::TooLarge);
    } else if problems.is_empty() {
        let kind = answer.content_type.iter().filter(|kind| is_page(url) && !is_html_in_utf8(kind));
        problems.extend(kind.map(|kind| LiveProblem::NotShown(kind.clone())));
        problems.extend(compare(&answer.body));
    }
    problems
}

/// Whether an address is that of a page, as far as its name tells.
fn is_page(url: &Url) -> bool {
    url.path().ends_with('/') || url.path().ends_with(".html")
}

/// Whether a browser shows it as a page of ours is written; without a charset it reads that in the page itself (RFC 9110, 8.3).
fn is_html_in_utf8(content_type: &str) -> bool {
    let lower = content_type.to_ascii_lowercase();
    let (kind, parameters) = lower.split_once(';').unwrap_or((&lower, ""));
    let charset = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("charset="));
    kind.trim() == "text/html" && charset.is_none_or(|charset| matches!(charset.trim_matches('"'), "utf-8" | "utf8"))
}

/// The address to ask for what was typed, and its path inside its site.
fn place(base: &Url, deployed: &Url, typed: &str) -> Option<(Url, String)> {
    let root = base.path().trim_end_matches('/');
    let url = match typed.strip_prefix('/') {
        Some(path) => Url::parse(&format!("{base}{path}")),
        None => Url::parse(typed),
    };
    let mut url = url.ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.set_fragment(None);
    let inside =
        url.path().strip_prefix(root).filter(|rest| host(&url) == host(base) && (rest.is_empty() || rest.starts_with('/')));
    let decoded = |path: &str| percent_decode_str(path).decode_utf8_lossy().into_owned();
    let path = decoded(inside.unwrap_or(url.path()));
    let path = if path.is_empty() { "/".to_owned() } else { path };
    let asked = inside.map(|path| below(deployed, path, url.query()));
    Some((asked.unwrap_or(url), path))
}

/// An address below the one where the site is deployed.
fn below(deployed: &Url, path: &str, query: Option<&str>) -> Url {
    let mut url = deployed.clone();
    url.set_path(&format!("{}/{}", deployed.path().trim_end_matches('/'), path.trim_start_matches('/')));
    url.set_query(query);
    url.set_fragment(None);
    url
}

pub(super) fn failure_words(failure: Failure) -> Text {
    match failure {
        Failure::NoHost => text!(th: "ไม่มีเว็บไซต์ชื่อนี้ หรือต่ออินเทอร์เน็ตไม่ได้", en: "there is no host of this name, or no network"),
        Failure::Refused => text!(th: "เครื่องแม่ข่ายไม่รับการเชื่อมต่อ", en: "the host refuses connections"),
        Failure::Timeout => text!(th: "เครื่องแม่ข่ายไม่ตอบ", en: "the host does not answer"),
        Failure::CutOff => text!(th: "เครื่องแม่ข่ายตัดการเชื่อมต่อก่อนตอบครบ", en: "the host breaks off before the whole answer"),
        Failure::BadCertificate(problem) => certificate_words(problem),
        Failure::TooManyRedirects => text!(th: "เครื่องแม่ข่ายส่งต่อวนไปมาไม่จบ", en: "the host redirects without end"),
        Failure::Local => {
            text!(th: "เป็นเครื่องในเครือข่ายภายใน จึงไม่ได้ถาม", en: "it is a host of a local network, which is not asked")
        }
        Failure::Unaskable => text!(th: "ที่อยู่นี้ใช้เปิดเว็บไม่ได้", en: "it is not an address of the web"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_html_in_utf_8() {
        for (content_type, expected) in [
            ("text/html", true),
            ("Text/HTML; Charset=\"UTF-8\"", true),
            ("text/html; x=y; charset=utf8", true),
            ("text/html; charset=tis-620", false),
            ("text/plain; charset=utf-8", false),
            ("application/octet-stream", false),
        ] {
            assert_eq!(is_html_in_utf8(content_type), expected, "{content_type}");
        }
    }

    #[test]
    fn answers_are_asked_where_the_site_is_deployed() {
        let url = |text: &str| Url::parse(text).expect("a URL");
        let (base, deployed) = (url("https://www.a.go.th/ita/"), url("http://127.0.0.1:8000/new"));
        let of = |typed: &str| place(&base, &deployed, typed).map(|(url, path)| (url.to_string(), path));
        let asked = |url: &str, path: &str| Some((url.to_owned(), path.to_owned()));
        assert_eq!(of("/executives/"), asked("http://127.0.0.1:8000/new/executives/", "/executives/"));
        assert_eq!(
            of("http://a.go.th/ita/แผน/?a=1#b"),
            asked("http://127.0.0.1:8000/new/%E0%B9%81%E0%B8%9C%E0%B8%99/?a=1", "/แผน/")
        );
        assert_eq!(of("https://www.a.go.th/ita"), asked("http://127.0.0.1:8000/new/", "/"));
        assert_eq!(of("https://www.a.go.th/itax/"), asked("https://www.a.go.th/itax/", "/itax/"), "beside the site");
        assert_eq!(of("https://b.go.th/x"), asked("https://b.go.th/x", "/x"));
        assert_eq!(of("mailto:a@b.go.th"), None);
        assert_eq!(of("หน้าแรก"), None);
    }
}
