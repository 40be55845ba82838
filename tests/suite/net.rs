//! Links to other hosts, against servers on this machine that play scripted answers.

use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use prongsai::diagnostic::{Diagnostics, Lang};
use prongsai::net::cache::LinkCache;
use prongsai::net::fetch::{CertificateProblem, Failure, Fetcher, Limits, USER_AGENT};
use prongsai::net::links::{self, Checked};
use prongsai::net::outcome::Outcome;
use url::Url;

use crate::loopback::{Loopback, Reply, bytes, reply};
use crate::support::{codes, folder, prongsai, report, sources, stdout};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// Limits for servers on this machine.
pub(crate) fn limits() -> Limits {
    Limits {
        connect: Duration::from_secs(10),
        whole: Duration::from_secs(10),
        pause: Duration::ZERO,
        backoff: Duration::from_millis(5),
        retry_after: Duration::from_secs(2),
        allow_local: true,
        ..Limits::default()
    }
}

/// A post with these links.
fn post(urls: &[String]) -> String {
    let links: String = urls.iter().map(|url| format!("[ลิงก์]({url})\n\n")).collect();
    format!("-- content/news/a.md --\n+++\ntitle = \"ซ้อมแผน\"\ndate = \"20 เมษายน 2566\"\n+++\n\n{links}")
}

fn check(fixture: &str, limits: Limits, cache: &mut LinkCache, now: Timestamp) -> (Checked, Diagnostics) {
    let site = prongsai::analyse(&sources(fixture), &mut Diagnostics::default());
    let mut diagnostics = Diagnostics::default();
    let checked = links::external(&site, &Fetcher::new(limits), cache, now, |_, _| {}, &mut diagnostics);
    (checked, diagnostics)
}

/// What becomes of one address.
fn outcome(url: &str) -> Outcome {
    let url = Url::parse(url).expect("a URL");
    Outcome::of(&url, &Fetcher::new(limits()).head(&url))
}

/// A header that redirects.
pub(crate) fn to(path: &str) -> String {
    format!("Location: {path}\r\n")
}

#[test]
fn answers_of_hosts_are_told_apart() {
    let server = Loopback::start(|request, n_before| match (request.path.as_str(), request.method.as_str()) {
        ("/no-head", "HEAD") => reply(405, "", b""),
        ("/odd-head", "HEAD") => Reply::Bytes(b"nonsense\r\n\r\n".to_vec()),
        ("/cookie", _) if !request.headers.contains("seen=1") => {
            reply(302, &format!("Set-Cookie: seen=1; Path=/\r\n{}", to("/cookie")), b"")
        }
        ("/ill", _) if n_before < 2 => reply(500, "", b""),
        ("/busy", _) if n_before == 0 => reply(429, "Retry-After: 1\r\n", b""),
        ("/too-busy", _) => reply(429, "Retry-After: 3600\r\n", b""),
        ("/moved", _) => reply(301, &to("/new"), b"x"),
        ("/slash", _) => reply(301, &to("/slash/"), b""),
        ("/away", _) => reply(302, &to("/new"), b""),
        ("/private", _) => reply(302, &to("/login?next=private"), b""),
        ("/loop", _) => reply(302, &to("/loop"), b""),
        ("/thai", _) => reply(302, &to("/แผน งาน"), b""),
        ("/other-scheme", _) => reply(302, &to("intent://x"), b""),
        ("/guarded", _) => reply(403, "Server: cloudflare\r\n", b""),
        ("/forbidden", _) => reply(403, "", b""),
        ("/broken", _) => reply(503, "", b""),
        ("/nowhere", _) => reply(404, "", b""),
        _ => reply(200, "", b""),
    });
    let of = |path: &str| outcome(&server.url(path));
    assert_eq!(of("/fine"), Outcome::Alive);
    for path in ["/no-head", "/odd-head", "/slash", "/away", "/cookie", "/thai", "/ill", "/other-scheme"] {
        assert_eq!(of(path), Outcome::Alive, "{path}");
    }
    assert_eq!(of("/nowhere"), Outcome::Gone { status: 404 });
    assert_eq!(of("/forbidden"), Outcome::Gone { status: 403 });
    assert_eq!(of("/broken"), Outcome::Gone { status: 503 });
    assert_eq!(of("/moved"), Outcome::Moved { to: server.url("/new") });
    assert_eq!(of("/private"), Outcome::LoginWall { to: server.url("/login?next=private") });
    assert_eq!(of("/loop"), Outcome::TooManyRedirects);
    assert_eq!([of("/guarded"), of("/too-busy")], [Outcome::Unsure, Outcome::Unsure]);
    let started = Instant::now();
    assert_eq!(of("/busy"), Outcome::Alive);
    assert!(started.elapsed() >= Duration::from_secs(1), "waits as long as it is asked to");
    let count = |line: &str| server.lines().iter().filter(|request| *request == line).count();
    assert_eq!((count("HEAD /fine"), count("GET /fine"), count("HEAD /no-head"), count("GET /no-head")), (1, 0, 1, 1));
    assert_eq!((count("HEAD /ill"), count("GET /ill")), (1, 2), "the retries are as a browser asks");
    assert_eq!(count("HEAD /%E0%B9%81%E0%B8%9C%E0%B8%99%20%E0%B8%87%E0%B8%B2%E0%B8%99"), 1, "Thai in an address is encoded");
    assert_eq!(count("HEAD /loop"), 6, "five redirects and no more");
    assert_eq!((count("HEAD /too-busy"), count("GET /broken")), (1, 3), "an hour is not waited for; two retries");
    assert!(server.log().iter().all(|request| request.headers.contains(USER_AGENT)));
}

#[test]
fn hosts_that_fail_are_told_apart() {
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    assert_eq!(outcome(&format!("http://127.0.0.1:{closed}/")), Outcome::Refused);
    assert_eq!(outcome("http://no-such-host.invalid/"), Outcome::NoHost);
    let slow = Loopback::start(|_, _| Reply::Late(Duration::from_secs(2), Vec::new()));
    let fetcher = Fetcher::new(Limits { whole: Duration::from_millis(200), ..limits() });
    let url = Url::parse(&slow.url("/")).expect("a URL");
    assert_eq!(Outcome::of(&url, &fetcher.head(&url)), Outcome::Timeout);
    assert_eq!(slow.n_accepted(), 3, "two retries");
    let mute = Loopback::start(|_, _| Reply::Bytes(Vec::new()));
    assert_eq!(outcome(&mute.url("/")), Outcome::Unsure, "a host that breaks off may have something against programs");
    assert_eq!(outcome("http://127.0.0.1:1/a|b`c^{d}"), Outcome::Refused, "an odd address is asked like any other");
    let lan = Url::parse("http://127.0.0.1:1/").expect("a URL");
    let public_only = Fetcher::new(Limits { allow_local: false, ..limits() });
    assert_eq!(Outcome::of(&lan, &public_only.head(&lan)), Outcome::Skipped);
}

#[test]
fn a_name_or_redirect_to_this_network_is_not_asked() {
    let server = Loopback::start(|_, _| reply(200, "", b""));
    let public_only = Fetcher::new(Limits { allow_local: false, ..limits() });
    for host in ["localhost", "127.0.0.1", "[::1]", "localhost.localdomain"] {
        let url = Url::parse(&format!("http://{host}:{}/", server.port)).expect("a URL");
        let why = public_only.get(&url).expect_err("not asked").why;
        assert!(matches!(why, Failure::Local | Failure::NoHost), "{host}: {why:?}");
    }
    assert_eq!(server.n_accepted(), 0);
}

#[test]
fn bodies_are_read_to_a_limit() {
    let server = Loopback::start(|request, _| match request.path.as_str() {
        "/endless" => Reply::Endless,
        "/cut" => Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".to_vec()),
        _ => reply(200, "", b"page"),
    });
    let fetcher = Fetcher::new(Limits { body_bytes: 100_000, ..limits() });
    let get = |path: &str| fetcher.get(&Url::parse(&server.url(path)).expect("a URL"));
    let endless = get("/endless").expect("an answer");
    assert!(endless.is_too_large && endless.body.len() == 100_000);
    assert_eq!(get("/cut").expect_err("broken off").why, Failure::CutOff);
    assert_eq!(get("/page").expect("a page").body, b"page");
    assert_eq!(outcome(&server.url("/endless")), Outcome::Alive, "a link check leaves the body alone");
}

#[test]
fn dead_and_moved_links_are_reported_where_they_are_written() {
    let server = Loopback::start(|request, _| match request.path.as_str() {
        "/moved" => reply(301, &to("/new"), b""),
        "/new" => reply(200, "", b""),
        _ => reply(404, "", b""),
    });
    let channel = format!(
        "-- content/channels/q.md --\n+++\ntitle = \"ถาม\"\nkind = \"question\"\nurl = \"{}\"\n+++\n",
        server.url("/gone")
    );
    let handed_in = format!(
        "-- content/submissions/2566.toml --\nfiscal_year = 2566\ndate = \"1 เมษายน 2566\"\n[[answer]]\nitem = \"O1\"\nurl = \"{}\"\n[[answer]]\nitem = \"O2\"\nurl = \"{}\"\n",
        server.url("/moved"),
        server.url("/gone")
    );
    let fixture = [post(&[server.url("/gone#part"), server.url("/moved")]), channel, handed_in].concat();
    let (checked, diagnostics) = check(&fixture, limits(), &mut LinkCache::default(), NOW);
    assert_eq!((checked.n_links, checked.n_asked, checked.n_alive, checked.n_dead), (2, 2, 1, 1));
    let places: Vec<_> = diagnostics.iter().map(|found| format!("{} {}", found.rule.code, found.span.path.as_str())).collect();
    let expected =
        ["P215 content/news/a.md", "P215 content/channels/q.md", "P215 content/submissions/2566.toml", "P216 content/news/a.md"];
    assert_eq!(places, expected, "what was handed in stays as it is");
    let words = report(&sources(&fixture), &diagnostics, Lang::Th);
    assert!(words.contains("ปลายทางตอบ 404 ไม่พบหน้า") && words.contains(&server.url("/new")), "{words}");
    assert_eq!(server.lines(), ["HEAD /gone", "GET /gone", "HEAD /moved", "HEAD /new"], "each once, without fragment");
}

#[test]
fn one_host_is_asked_one_request_at_a_time() {
    let server = Loopback::start(|request, _| match request.path.as_str() {
        "/0" => reply(405, "", b""),
        "/1" => reply(302, &to("/moved"), b""),
        _ => Reply::Late(Duration::from_millis(20), bytes(200, "", b"")),
    });
    let urls: Vec<String> = (0..4).map(|n| server.url(&format!("/{n}"))).collect();
    let pause = Duration::from_millis(60);
    check(&post(&urls), Limits { pause, ..limits() }, &mut LinkCache::default(), NOW);
    let log = server.log();
    assert!(log.len() >= 6 && server.n_at_once() == 1, "{}", log.len());
    for pair in log.windows(2) {
        assert!(pair[1].at - pair[0].at >= pause, "{:?}", pair[1].at - pair[0].at);
    }
}

#[test]
fn hosts_are_asked_side_by_side() {
    let servers: Arc<std::sync::OnceLock<Loopback>> = Arc::default();
    let own = Arc::clone(&servers);
    let server = Loopback::start(move |_, _| {
        // Each answer waits for the other request: alone it would wait in vain.
        let server = own.get().expect("set before the first request");
        let until = Instant::now() + Duration::from_secs(8);
        while server.n_in_flight() < 2 && Instant::now() < until {
            thread::sleep(Duration::from_millis(2));
        }
        Reply::Late(Duration::from_millis(20), bytes(200, "", b""))
    });
    servers.set(server.clone()).ok().expect("set once");
    let urls = [server.url("/a"), format!("http://localhost:{}/b", server.port)];
    let (checked, _) = check(&post(&urls), limits(), &mut LinkCache::default(), NOW);
    assert_eq!((checked.n_alive, server.n_at_once()), (2, 2));
}

#[test]
fn what_is_known_is_not_asked_again() {
    let server = Loopback::start(|request, _| reply(if request.path == "/gone" { 404 } else { 200 }, "", b""));
    let fixture = post(&[server.url("/fine"), server.url("/gone")]);
    let mut cache = LinkCache::default();
    let run = |cache: &mut LinkCache, hours: i64| {
        let before = server.log().len();
        let (checked, diagnostics) = check(&fixture, limits(), cache, NOW + SignedDuration::from_hours(hours));
        assert_eq!(codes(&diagnostics), ["P215"], "said again each time");
        (checked.n_asked, checked.n_cached, server.log().len() - before)
    };
    assert_eq!(run(&mut cache, 0), (2, 0, 3));
    let mut cache = LinkCache::from_json(&cache.to_json());
    assert_eq!(run(&mut cache, 0), (0, 2, 0), "nobody is asked");
    assert_eq!(run(&mut cache, 2), (1, 1, 2), "what is dead is asked again after an hour");
    assert_eq!(run(&mut cache, 8 * 24), (2, 0, 3), "what is alive after a week");
}

#[test]
fn a_host_that_is_down_is_not_asked_for_every_page() {
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let down: Vec<String> = (0..30).map(|n| format!("http://127.0.0.1:{closed}/{n}")).collect();
    let site = prongsai::analyse(&sources(&post(&down)), &mut Diagnostics::default());
    // After the first address the port opens: whoever still asks is let in, and is seen.
    let opened = std::sync::OnceLock::new();
    let open = |_, _| {
        opened.get_or_init(|| TcpListener::bind(("127.0.0.1", closed)).expect("the port is still free"));
    };
    let (cache, diagnostics) = (&mut LinkCache::default(), &mut Diagnostics::default());
    let checked = links::external(&site, &Fetcher::new(limits()), cache, NOW, open, diagnostics);
    assert_eq!(checked.n_dead, 30);
    let opened = opened.into_inner().expect("opened after the first");
    opened.set_nonblocking(true).expect("does not wait");
    assert!(opened.accept().is_err(), "the address and its retries, not thirty");
    let slow = Loopback::start(|request, _| match request.path.as_str() {
        "/0" => reply(200, "", b""),
        _ => Reply::Late(Duration::from_secs(6), Vec::new()),
    });
    let slow_pages: Vec<String> = (0..6).map(|n| slow.url(&format!("/{n}"))).collect();
    let patience = Limits { whole: Duration::from_secs(2), n_retries: 0, ..limits() };
    let (checked, diagnostics) = check(&post(&slow_pages), patience, &mut LinkCache::default(), NOW);
    assert_eq!((checked.n_asked, checked.n_dead, checked.n_unsure), (3, 2, 3), "after two in a row the rest is left alone");
    assert_eq!(codes(&diagnostics), ["P215"]);
}

#[test]
fn a_network_that_is_down_says_nothing_about_links() {
    let nowhere = post(&["http://no-such-host.invalid/a".to_owned(), "http://nor-this.invalid/b".to_owned()]);
    let mut cache = LinkCache::default();
    let (checked, diagnostics) = check(&nowhere, limits(), &mut cache, NOW);
    assert!(checked.is_offline && checked.n_unsure == 2 && codes(&diagnostics).is_empty());
    assert_eq!(cache, LinkCache::default(), "and nothing is remembered");
    let server = Loopback::start(|_, _| reply(200, "", b""));
    let fixture = post(&["http://no-such-host.invalid/a".to_owned(), server.url("/")]);
    for hours in [0, 2] {
        let (checked, diagnostics) = check(&fixture, limits(), &mut cache, NOW + SignedDuration::from_hours(hours));
        assert_eq!((checked.is_offline, checked.n_dead, codes(&diagnostics)), (false, 1, vec!["P215"]), "{hours}");
    }
    assert_eq!(server.n_accepted(), 3, "what answered is asked again, to see that the network is up");
    let dying = Loopback::start(|_, n_before| match n_before {
        0 => reply(200, "", b""),
        _ => Reply::Late(Duration::from_secs(6), Vec::new()),
    });
    let fixture = post(&["http://no-such-host.invalid/a".to_owned(), dying.url("/")]);
    let patience = Limits { whole: Duration::from_secs(2), n_retries: 0, ..limits() };
    let (checked, diagnostics) = check(&fixture, patience, &mut LinkCache::default(), NOW);
    assert_eq!(
        (checked.is_offline, checked.n_alive, checked.n_unsure, codes(&diagnostics)),
        (true, 1, 1, vec![]),
        "lost on the way"
    );
}

#[test]
fn only_external_asks_the_network() {
    let server = Loopback::start(|_, _| reply(404, "", b""));
    let fixture = post(&[server.url("/plan"), "https://example.go.th/news/".to_owned(), "https://nas.local/".to_owned()]);
    let site = folder(&fixture);
    for command in ["check", "build"] {
        assert_eq!(prongsai(site.path(), &[command]).status.code(), Some(0));
    }
    assert_eq!(server.n_accepted(), 0, "nobody is asked without --external");
    assert!(!site.path().join(".prongsai/links.json").exists());
    let output = prongsai(site.path(), &["check", "--external", "--format", "json"]);
    let line: serde_json::Value = stdout(&output)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .find(|line: &serde_json::Value| line["links"].is_object())
        .expect("a summary");
    assert_eq!((&line["links"]["all"], &line["links"]["skipped"], &line["links"]["asked"]), (&2.into(), &2.into(), &0.into()));
    assert_eq!(server.n_accepted(), 0, "hosts of this network are not asked");
    let ignored = std::fs::read_to_string(site.path().join(".prongsai/.gitignore")).expect("written");
    assert!(ignored == "*\n" && site.path().join(".prongsai/links.json").is_file());
    std::fs::write(site.path().join(".prongsai/links.json"), b"\xff{").expect("broken");
    assert_eq!(prongsai(site.path(), &["check", "--external"]).status.code(), Some(0), "a broken memory is no memory");
    check(&fixture, limits(), &mut LinkCache::default(), NOW);
    assert!(server.n_accepted() > 0, "the same link is asked where that is allowed");
}

#[test]
fn a_certificate_nobody_signed_is_named() {
    let key = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a key");
    let secret = rustls::pki_types::PrivateKeyDer::try_from(key.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    let config = config.with_no_client_auth().with_single_cert(vec![key.cert.der().clone()], secret).expect("a certificate");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut connection = rustls::ServerConnection::new(Arc::new(config.clone())).expect("a connection");
            // The client turns away; that is what is tested.
            let _ = connection.complete_io(&mut stream);
        }
    });
    let problem = CertificateProblem::UnknownIssuer;
    let outcome = outcome(&format!("https://localhost:{port}/"));
    assert_eq!(outcome, Outcome::BadCertificate { problem });
    assert!(!outcome.is_dead(), "browsers mend chains that hosts do not send whole");
    let plain = Loopback::start(|_, _| reply(200, "", b""));
    assert_eq!(self::outcome(&format!("https://127.0.0.1:{}/", plain.port)), Outcome::Unsure, "no TLS at all");
}
