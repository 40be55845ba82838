//! HTTP, politely: one request at a time and a pause for each host; limits on time, size, redirects and tries.

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustls::CertificateError;
use serde::{Deserialize, Serialize};
use ureq::http::{HeaderMap, Response, header};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::resolve::{LocalHost, PublicResolver, is_local};

/// Who asks; a webmaster who sees it in a log can look the program up.
pub const USER_AGENT: &str = concat!("prongsai/", env!("CARGO_PKG_VERSION"), " (+link check)");

/// Statuses of a redirect that has a new address (RFC 9110, 15.4).
const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];

/// How far a [`Fetcher`] goes.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Until a connection stands: 10 s; a host that takes longer is down for its readers too.
    pub connect: Duration,
    /// For a whole try, redirects and body included: 20 s; old hosts of agencies take 10 s for a page.
    pub whole: Duration,
    /// Between two requests to one host: 500 ms, slower than a person who clicks.
    pub pause: Duration,
    /// Before the first retry, twice that before the second: 1 s.
    pub backoff: Duration,
    /// Longest `Retry-After` that is waited for: 30 s.
    pub retry_after: Duration,
    /// Tries after the first that failed: 2.
    pub n_retries: u32,
    /// Redirects followed: 5; a browser follows 20, a sound site has 2.
    pub n_redirects: usize,
    /// Largest body that is read: 8 MiB; a page has less than one.
    pub body_bytes: u64,
    /// Hosts asked at the same time: 8.
    pub n_workers: usize,
    /// Whether hosts of a local network may be asked: never for links of a site, only for what a user or test names.
    pub allow_local: bool,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(20),
            pause: Duration::from_millis(500),
            backoff: Duration::from_secs(1),
            retry_after: Duration::from_secs(30),
            n_retries: 2,
            n_redirects: 5,
            body_bytes: 8 * 1024 * 1024,
            n_workers: 8,
            allow_local: false,
        }
    }
}

/// Asks hosts, each one request at a time.
pub struct Fetcher {
    agent: Agent,
    limits: Limits,
    /// When the last request to a host ended; locked while one is under way.
    turns: Mutex<BTreeMap<String, Arc<Mutex<Option<Instant>>>>>,
}

/// What a host answered in the end.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status, 200 when all is well.
    pub status: u16,
    /// The address that answered, after redirects.
    pub url: Url,
    /// The redirects before it, in order.
    pub hops: Vec<Hop>,
    /// What the host says it is: `text/html; charset=utf-8`.
    pub content_type: Option<String>,
    /// Whether a guard against programs stands before the host (Cloudflare and the like).
    pub is_guarded: bool,
    /// The body, when it was asked for.
    pub body: Vec<u8>,
    /// Whether the body goes on after [`Limits::body_bytes`].
    pub is_too_large: bool,
}

/// One redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// Its status: 301 and 308 are for good.
    pub status: u16,
    /// Where it leads.
    pub to: Url,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No host has this name, or nobody can be asked for names.
    NoHost,
    /// The host lets nobody in at this port.
    Refused,
    /// No answer in time, or no way to the host.
    Timeout,
    /// The host breaks off, or speaks no HTTP or TLS that we know.
    CutOff,
    /// The certificate does not hold.
    BadCertificate(CertificateProblem),
    /// More than [`Limits::n_redirects`].
    TooManyRedirects,
    /// A host of a local network, which is not asked.
    Local,
    /// An address that cannot be asked.
    Unaskable,
}

/// A failure and the address where it happened, which may be behind a redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Why.
    pub why: Failure,
    /// Where.
    pub at: Url,
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateProblem {
    /// Its time is over, or has not come.
    Expired,
    /// It is for another host.
    OtherName,
    /// Nobody known signed it; or the host does not send the whole chain, which browsers often mend.
    UnknownIssuer,
    /// Something else.
    Other,
}

/// How a try is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    /// The head alone.
    Head,
    /// As a browser asks, but the body is left unread.
    Get,
    /// With the body.
    GetBody,
}

/// Cookies of one chain of redirects: some hosts send everyone round in circles who does not bring theirs back.
#[derive(Default)]
struct Cookies(Vec<(String, String)>);

impl Fetcher {
    /// Opens nothing yet.
    pub fn new(limits: Limits) -> Fetcher {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .user_agent(USER_AGENT)
            .timeout_connect(Some(limits.connect));
        // An office's proxy knows nothing of its local hosts.
        let config = if limits.allow_local { config.proxy(None) } else { config };
        let agent = Agent::with_parts(config.build(), DefaultConnector::default(), PublicResolver::new(limits.allow_local));
        Fetcher { agent, limits, turns: Mutex::default() }
    }

    /// How far it goes.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether an address answers: HEAD, and GET where HEAD gives no good answer. The body stays empty.
    ///
    /// # Errors
    /// [`Failed`], after the retries.
    pub fn head(&self, url: &Url) -> Result<Answer, Failed> {
        self.fetch(url, Method::Head)
    }

    /// The page at an address.
    ///
    /// # Errors
    /// [`Failed`], after the retries.
    pub fn get(&self, url: &Url) -> Result<Answer, Failed> {
        self.fetch(url, Method::GetBody)
    }

    fn fetch(&self, url: &Url, mut method: Method) -> Result<Answer, Failed> {
        let mut n_retries = 0;
        loop {
            let (result, asked_to_wait) = self.attempt(url, method);
            let is_refusal = match &result {
                Ok(answer) => answer.status >= 400 && answer.status != 429,
                Err(failed) => matches!(failed.why, Failure::CutOff | Failure::TooManyRedirects),
            };
            if method == Method::Head && is_refusal && asked_to_wait.is_none() {
                // Many hosts answer HEAD wrongly; what a reader's browser gets is what counts.
                method = Method::Get;
                continue;
            }
            let backoff = self.limits.backoff * 2_u32.saturating_pow(n_retries);
            let wait = asked_to_wait.unwrap_or(backoff);
            if n_retries >= self.limits.n_retries || !may_pass(&result) || wait > self.limits.retry_after {
                return result;
            }
            n_retries += 1;
            thread::sleep(wait);
        }
    }

    /// One try: follows redirects by hand, so that the way is known. Also gives how long the host asks to wait.
    fn attempt(&self, url: &Url, method: Method) -> (Result<Answer, Failed>, Option<Duration>) {
        let mut url = url.clone();
        url.set_fragment(None);
        let (mut hops, mut cookies, mut left) = (Vec::new(), Cookies::default(), self.limits.whole);
        loop {
            let (response, body, is_too_large) = match self.take_turn(&url, method, &cookies, &mut left) {
                Ok(parts) => parts,
                Err(why) => return (Err(Failed { why, at: url }), None),
            };
            let (status, headers) = (response.status().as_u16(), response.headers());
            let Some(to) = redirect(&url, status, headers) else {
                let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
                let answer = Answer { status, content_type, is_guarded: is_guarded(headers), url, hops, body, is_too_large };
                return (Ok(answer), asked_to_wait(headers));
            };
            if hops.len() >= self.limits.n_redirects {
                return (Err(Failed { why: Failure::TooManyRedirects, at: url }), None);
            }
            cookies.keep(&url, headers);
            hops.push(Hop { status, to: to.clone() });
            url = to;
        }
    }

    /// One request, when it is the host's turn; `left` is the time left for the try, without the waiting.
    fn take_turn(
        &self,
        url: &Url,
        method: Method,
        cookies: &Cookies,
        left: &mut Duration,
    ) -> Result<(Response<Body>, Vec<u8>, bool), Failure> {
        if !self.limits.allow_local && is_local(url) {
            return Err(Failure::Local);
        }
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(host(url)).or_default())
        };
        let mut last = turn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = *last {
            thread::sleep((last + self.limits.pause).saturating_duration_since(Instant::now()));
        }
        let started = Instant::now();
        let result = self.send(url, method, cookies, *left);
        *left = left.saturating_sub(started.elapsed());
        *last = Some(Instant::now());
        result
    }

    fn send(
        &self,
        url: &Url,
        method: Method,
        cookies: &Cookies,
        left: Duration,
    ) -> Result<(Response<Body>, Vec<u8>, bool), Failure> {
        if left.is_zero() {
            return Err(Failure::Timeout);
        }
        let request = if method == Method::Head { self.agent.head(url.as_str()) } else { self.agent.get(url.as_str()) };
        let cookies = cookies.of(url);
        let request = if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies) };
        let request = request.config().timeout_global(Some(left)).build();
        let mut response = request.call().map_err(|error| failure(&error))?;
        let (mut body, limit) = (Vec::new(), self.limits.body_bytes);
        if method == Method::GetBody && !REDIRECTS.contains(&response.status().as_u16()) {
            let reader = response.body_mut().as_reader();
            reader.take(limit + 1).read_to_end(&mut body).map_err(|error| failure(&ureq::Error::from(error)))?;
        }
        let is_too_large = body.len() as u64 > limit;
        body.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok((response, body, is_too_large))
    }
}

impl Cookies {
    fn keep(&mut self, url: &Url, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let Some(pair) = cookie.to_str().ok().and_then(|cookie| cookie.split(';').next()) else { continue };
            let name = pair.split('=').next().unwrap_or_default().to_owned();
            self.0.retain(|(of, known)| *of != host(url) || known.split('=').next() != Some(name.as_str()));
            self.0.push((host(url), pair.trim().to_owned()));
        }
    }

    fn of(&self, url: &Url) -> String {
        let own: Vec<&str> = self.0.iter().filter(|(of, _)| *of == host(url)).map(|(_, pair)| pair.as_str()).collect();
        own.join("; ")
    }
}

/// Whose turn it is: a name with and without `www.` is one machine.
pub(super) fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
}

/// Whether another try may go better.
fn may_pass(result: &Result<Answer, Failed>) -> bool {
    match result {
        Ok(answer) => answer.status == 429 || answer.status >= 500,
        Err(failed) => matches!(failed.why, Failure::NoHost | Failure::Refused | Failure::Timeout | Failure::CutOff),
    }
}

/// Where a redirect leads; its address may hold Thai letters as they are.
fn redirect(url: &Url, status: u16, headers: &HeaderMap) -> Option<Url> {
    let location = headers.get(header::LOCATION).filter(|_| REDIRECTS.contains(&status))?;
    let mut to = url.join(String::from_utf8_lossy(location.as_bytes()).trim()).ok()?;
    to.set_fragment(None);
    matches!(to.scheme(), "http" | "https").then_some(to)
}

/// `Retry-After` in seconds; its other form, a date, is left to the usual backoff.
fn asked_to_wait(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Guards that turn programs away which a browser would get past, by the headers they set.
fn is_guarded(headers: &HeaderMap) -> bool {
    const NAMES: [&str; 4] = ["cloudflare", "akamai", "sucuri", "imperva"];
    const HEADERS: [&str; 4] = ["cf-ray", "x-iinfo", "x-sucuri-id", "x-amzn-waf-action"];
    let server = headers.get(header::SERVER).map(|server| String::from_utf8_lossy(server.as_bytes()).to_ascii_lowercase());
    server.is_some_and(|server| NAMES.iter().any(|name| server.contains(name)))
        || HEADERS.iter().any(|name| headers.contains_key(*name))
}

fn failure(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::HostNotFound => Failure::NoHost,
        ureq::Error::Timeout(_) => Failure::Timeout,
        ureq::Error::ConnectionFailed => Failure::Refused,
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => Failure::Unaskable,
        ureq::Error::Other(other) if other.is::<LocalHost>() => Failure::Local,
        ureq::Error::Rustls(error) => of_tls(error),
        ureq::Error::Io(error) => of_io(error),
        _ => Failure::CutOff,
    }
}

fn of_io(error: &io::Error) -> Failure {
    use io::ErrorKind::{ConnectionRefused, HostUnreachable, NetworkUnreachable, TimedOut, WouldBlock};
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return of_tls(error);
    }
    match error.kind() {
        ConnectionRefused => Failure::Refused,
        TimedOut | WouldBlock | HostUnreachable | NetworkUnreachable => Failure::Timeout,
        _ => Failure::CutOff,
    }
}

fn of_tls(error: &rustls::Error) -> Failure {
    use CertificateError as E;
    let rustls::Error::InvalidCertificate(error) = error else { return Failure::CutOff };
    Failure::BadCertificate(match error {
        E::Expired | E::ExpiredContext { .. } | E::NotValidYet | E::NotValidYetContext { .. } => CertificateProblem::Expired,
        E::NotValidForName | E::NotValidForNameContext { .. } => CertificateProblem::OtherName,
        E::UnknownIssuer => CertificateProblem::UnknownIssuer,
        _ => CertificateProblem::Other,
    })
}
