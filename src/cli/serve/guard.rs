//! Who may ask the preview server, and for what: its own pages and whoever types its address, and only to look.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::studio::{self, Studio};
use crate::diagnostic::{Text, text};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header, request};

/// Longest target of a request: room for any URL of a site, each letter of which is nine letters there (`%E0%B8%81`).
const MAX_TARGET_BYTES: usize = 8 * 1024;

/// Where a request comes from, in the words of the browser (Fetch Metadata).
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// What is not answered, and why.
pub(super) type Refusal = (StatusCode, Text);

/// Knows the address that the server was asked to listen on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guard(pub(super) IpAddr);

impl Guard {
    /// Why a request is not answered; `None` for one that is.
    pub(super) fn refuses(self, request: &request::Parts, studio: &Studio) -> Option<Refusal> {
        let is_change = request.method == Method::POST && request.uri.path().starts_with(studio::API);
        if is_change {
            return self.refuses_place(request).or_else(|| refuses_change(&request.headers, studio));
        }
        if request.method != Method::GET && request.method != Method::HEAD {
            let words = text!(th: "ที่นี่มีไว้ดูเท่านั้น: GET และ HEAD", en: "the preview is only for looking: GET and HEAD");
            return Some((StatusCode::METHOD_NOT_ALLOWED, words));
        }
        let headers = &request.headers;
        let is_empty = headers.get(header::CONTENT_LENGTH).is_none_or(|length| length == "0");
        if !is_empty || headers.contains_key(header::TRANSFER_ENCODING) {
            let words = text!(th: "คำขอดูต้องไม่มีเนื้อหา", en: "a request to look has no body");
            return Some((StatusCode::BAD_REQUEST, words));
        }
        self.refuses_place(request)
    }

    /// What is wrong with where a request goes, or comes from.
    fn refuses_place(self, request: &request::Parts) -> Option<Refusal> {
        let headers = &request.headers;
        let target = request.uri.path_and_query().map_or(0, |target| target.as_str().len());
        if target > MAX_TARGET_BYTES {
            return Some((StatusCode::URI_TOO_LONG, text!(th: "ที่อยู่ยาวเกินไป", en: "the address is too long")));
        }
        let Some(host) = only(headers, &header::HOST) else {
            return Some((StatusCode::BAD_REQUEST, text!(th: "คำขอต้องมี Host หนึ่งค่า", en: "a request names one Host")));
        };
        // The target may name a host itself (`GET http://host/ HTTP/1.1`); then both have to be ours.
        let is_ours = self.is_ours(host) && request.uri.authority().is_none_or(|authority| self.is_ours(authority.as_str()));
        if !is_ours {
            let words = text!(
                th: "ที่นี่ไม่ใช่เครื่องชื่อนั้น พิมพ์ที่อยู่ที่ prongsai serve แสดง",
                en: "this is not a host of that name; type the address that prongsai serve shows"
            );
            return Some((StatusCode::FORBIDDEN, words));
        }
        let words = || text!(th: "เว็บไซต์อื่นใช้หน้าดูตัวอย่างนี้ไม่ได้", en: "other sites may not use the preview");
        is_of_others(headers, host).then(|| (StatusCode::FORBIDDEN, words()))
    }

    /// Whether a Host is the address we listen on, or a name for this machine that no name server can give to another: a name of
    /// somebody's own that leads here is DNS rebinding.
    fn is_ours(self, host: &str) -> bool {
        let Guard(ours) = self;
        let Some(name) = without_port(host) else { return false };
        let name = name.strip_suffix('.').unwrap_or(name);
        if name.eq_ignore_ascii_case("localhost") {
            return ours.is_loopback() || ours.is_unspecified();
        }
        let v6 = || name.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
        let Some(address) = name.parse::<Ipv4Addr>().ok().map(IpAddr::V4).or_else(v6) else { return false };
        ours.is_unspecified() || address == ours || address.is_loopback() && ours.is_loopback()
    }
}

/// A change is JSON of a known length, sent by the studio's own page: a form of another site can send neither that type nor the token,
/// and a browser says where a POST comes from.
fn refuses_change(headers: &HeaderMap, studio: &Studio) -> Option<Refusal> {
    let is_json = only(headers, &header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    let length = only(headers, &header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if !is_json || headers.contains_key(header::TRANSFER_ENCODING) || length.is_none() {
        let words = text!(th: "การแก้ไขต้องเป็น JSON ที่มี Content-Length", en: "a change is JSON with a Content-Length");
        return Some((StatusCode::BAD_REQUEST, words));
    }
    if length.is_some_and(|length| length > studio::MAX_BODY_BYTES) {
        let limit = studio::MAX_FILES_BYTES >> 20;
        let words = text!(
            th: "ไฟล์ใหญ่เกินไป: แนบครั้งหนึ่งได้รวมไม่เกิน {limit} MB ไฟล์ที่ใหญ่กว่านี้ให้คัดลอกไปไว้ข้างเอกสารในโฟลเดอร์ของเว็บไซต์ แล้วพิมพ์ชื่อไฟล์ในช่อง",
            en: "the files are too large: {limit} MB can be attached at a time; copy a larger one beside the document in the site folder, and type its name in the field"
        );
        return Some((StatusCode::PAYLOAD_TOO_LARGE, words));
    }
    if !headers.contains_key(header::ORIGIN) || !studio.knows(headers.get(studio::TOKEN)) {
        let words = text!(
            th: "แก้ไขได้จากห้องทำงานบนเครื่องที่รัน prongsai serve เท่านั้น ถ้าเพิ่งเริ่ม prongsai serve ใหม่ ให้โหลดหน้านี้อีกครั้ง ที่พิมพ์ไว้ยังอยู่",
            en: "changes are made from the studio's own page on this machine; if prongsai serve was started anew, reload this page, what you typed is kept"
        );
        return Some((StatusCode::FORBIDDEN, words));
    }
    None
}

/// Whether a page of another origin made the browser ask. Following a link from there to here is fine: only the reader sees the page.
fn is_of_others(headers: &HeaderMap, host: &str) -> bool {
    let of = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let is_own = |origin: &str| origin.strip_prefix("http://").is_some_and(|own| own.eq_ignore_ascii_case(host));
    if !of(&header::ORIGIN).is_none_or(is_own) {
        return true;
    }
    let is_followed = of(&FETCH_MODE) == Some("navigate") && of(&FETCH_DEST) == Some("document");
    !of(&FETCH_SITE).is_none_or(|site| matches!(site, "same-origin" | "none")) && !is_followed
}

/// The value of a header that is there once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// A host without its port; `None` when what stands there is no port.
fn without_port(host: &str) -> Option<&str> {
    let end = host.rfind(']').map_or(0, |end| end + 1);
    match host[end..].split_once(':') {
        None => Some(host),
        Some((name, port)) => {
            let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
            is_port.then(|| &host[..end + name.len()])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: Guard = Guard(IpAddr::V4(Ipv4Addr::LOCALHOST));

    #[test]
    fn only_names_of_this_machine_are_ours() {
        for host in ["127.0.0.1", "127.0.0.1:8000", "localhost", "LocalHost:8000", "localhost.:8000", "[::1]", "[::1]:8000"] {
            assert!(LOCAL.is_ours(host), "{host}");
        }
        for host in [
            "",
            ".",
            ":",
            ":8000",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost:8000:1",
            "localhost:",
            "localhost:99999",
            "localhost:+80",
            "user@localhost",
            "127.0.0.1@evil.example",
            "%6cocalhost",
            "127.1",
            "0x7f.0.0.1",
            "2130706433",
            "0.0.0.0",
            "192.168.1.5",
            "::1",
            "[::1",
            "[::1]x",
            "[evil.example]",
            "localhost..",
            "loc\u{201a}lhost",
        ] {
            assert!(!LOCAL.is_ours(host), "{host}");
        }
        let office = Guard(IpAddr::V4(Ipv4Addr::new(192, 168, 1, 5)));
        assert!(office.is_ours("192.168.1.5:8000"));
        for host in ["localhost", "127.0.0.1", "192.168.1.6", "pc.office.example"] {
            assert!(!office.is_ours(host), "{host}");
        }
        let all = Guard(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        for (host, is_ours) in
            [("192.168.1.5", true), ("localhost", true), ("[2001:db8::1]:80", true), ("pc.office.example", false)]
        {
            assert_eq!(all.is_ours(host), is_ours, "{host}");
        }
    }

    #[test]
    fn browsers_say_who_asks() {
        let of = |all: &[(&'static str, &'static str)]| {
            let headers = all.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a value")));
            is_of_others(&headers.collect(), "localhost:8000")
        };
        assert!(!of(&[]) && !of(&[("sec-fetch-site", "none")]) && !of(&[("origin", "http://LOCALHOST:8000")]));
        assert!(!of(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")]));
        assert!(of(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")]));
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "null"),
            ("origin", "https://localhost:8000"),
            ("origin", "http://localhost:8001"),
            ("origin", "http://evil.example"),
            ("origin", "http://localhost:8000.evil.example"),
        ] {
            assert!(of(&[(name, value)]), "{name}: {value}");
        }
    }
}
