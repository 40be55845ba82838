//! `serve`: the site from memory on 127.0.0.1, built again whenever a file changes. A loop around the pure stages.

mod builder;
mod guard;
mod listen;
mod shelf;
mod studio;
mod watcher;

use std::fs;
use std::io::{self, Read as _};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use futures_util::Stream;
use percent_encoding::percent_decode_str;
use serde_json::json;
use tokio::sync::watch;

use super::{Options, report};
use crate::diagnostic::{Diagnostics, text};
use crate::render::File;
use crate::source;
use builder::{Builder, Whole};
use guard::Guard;
use studio::Studio;
use watcher::Watcher;

/// Headers of every answer: no other site shows, reads or guesses at what is served.
const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// How much of a file is read at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// Threads that read files and studio documents; each keeps the memory of what it last held.
const N_READERS: usize = 8;

/// Serves the site on `host` until Ctrl+C.
pub(super) fn serve(options: &Options, host: IpAddr, port: Option<u16>) -> io::Result<u8> {
    // What changes is told by whole paths.
    let root = options.root.canonicalize().unwrap_or_else(|_| options.root.clone());
    let options = &Options { root, ..options.clone() };
    let builder = Arc::new(Builder::new(options));
    // Watched before it is read, so that nothing that changes meanwhile is missed; a folder that is no site is told first.
    let watcher = Watcher::start(&options.root);
    let changes = builder.start()?;
    let watcher = watcher?;
    std::thread::spawn(move || watcher.tell(&changes));
    let runtime = tokio::runtime::Builder::new_multi_thread().max_blocking_threads(N_READERS).enable_all().build()?;
    runtime.block_on(run(Arc::new(Server { options: options.clone(), builder }), host, port))?;
    Ok(0)
}

/// What every request sees.
struct Server {
    options: Options,
    builder: Arc<Builder>,
}

async fn run(server: Arc<Server>, host: IpAddr, port: Option<u16>) -> io::Result<()> {
    let listener = listen::listen(host, port).await?;
    let address = listener.local_addr()?;
    report::say(
        &server.options,
        &text!(th: "ดูเว็บไซต์ที่ http://{address}/ (หยุดด้วย Ctrl+C)", en: "the site is at http://{address}/ (stop with Ctrl+C)"),
    );
    if !host.is_loopback() {
        let words = text!(
            th: "คำเตือน: ทุกเครื่องในเครือข่ายที่เข้าถึง {address} ได้ เปิดดูเว็บไซต์นี้ได้ รวมทั้งฉบับร่างที่ยังไม่เผยแพร่ ใช้เฉพาะเครือข่ายที่ไว้ใจได้ และหยุดเมื่อดูเสร็จ",
            en: "WARNING: every machine that reaches {address} can see this site, drafts included; use it in a network you trust, and stop it afterwards"
        );
        report::failure(&words, server.options.lang);
    }
    let guard = Guard(host);
    let studio = Arc::new(Studio::new(&server.options, Arc::clone(&server.builder), host.is_loopback()));
    let routes = studio::routes(Arc::clone(&studio));
    let app = Router::new()
        .route("/_prongsai/changes", get(changes))
        .route("/_prongsai/gallery/", get(gallery))
        .fallback(page)
        .with_state(server)
        .merge(routes)
        .layer(middleware::from_fn(move |request, next| watched(guard, Arc::clone(&studio), request, next)));
    let stop = async {
        // Without a signal handler the process ends by the system's default, which is as good.
        let _ = tokio::signal::ctrl_c().await;
    };
    tokio::select! {
        () = listen::answer(listener, app) => {}
        () = stop => {}
    }
    Ok(())
}

/// Every request comes through here, whatever it is for.
async fn watched(guard: Guard, studio: Arc<Studio>, request: Request, next: Next) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let is_api = parts.uri.path().starts_with(studio::API);
    let mut response = match guard.refuses(&parts, &studio) {
        None => next.run(Request::from_parts(parts, body)).await,
        Some((status, words)) => {
            let mut response = if is_api {
                answer(status, "application/json", json!({ "refused": words }).to_string())
            } else {
                answer(status, "text/plain; charset=utf-8", format!("{}\n{}\n", words.th, words.en))
            };
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            if status == StatusCode::METHOD_NOT_ALLOWED {
                response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            }
            response
        }
    };
    response.headers_mut().extend(HEADERS);
    response
}

async fn changes(State(server): State<Arc<Server>>) -> Sse<impl Stream<Item = Result<Event, std::convert::Infallible>>> {
    let stream = async_stream(server.builder.seen.subscribe());
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// How often there was something new until now, then again whenever there is.
fn async_stream(mut seen: watch::Receiver<u64>) -> impl Stream<Item = Result<Event, std::convert::Infallible>> {
    seen.mark_changed();
    futures_util::stream::unfold(seen, |mut seen| async move {
        seen.changed().await.ok()?;
        let number = seen.borrow_and_update().to_string();
        Some((Ok(Event::default().event("site").data(number)), seen))
    })
}

/// The components of the theme as they are now, read anew each time somebody looks.
async fn gallery(State(server): State<Arc<Server>>) -> Response<Body> {
    let page = source::discover(&server.options.root).ok().and_then(|sources| {
        let site = crate::analyse(&sources, &mut Diagnostics::default());
        crate::render::gallery::page(&site, &sources)
    });
    match page {
        Some(html) => answer(StatusCode::OK, "text/html; charset=utf-8", with_reload(&html)),
        None => answer(StatusCode::SERVICE_UNAVAILABLE, "text/plain", "the theme cannot be used; see the terminal"),
    }
}

async fn page(State(server): State<Arc<Server>>, request: Request) -> Response<Body> {
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    // A page is rendered of the newest site; everything else waits until it is built.
    if let Some(preview) = server.builder.state().preview {
        let base = preview.base().trim_end_matches('/').to_owned();
        let wanted = path.strip_prefix(&base).map(str::to_owned);
        let page = tokio::task::spawn_blocking(move || preview.page(&wanted?)).await;
        if let Ok(Some(html)) = page {
            return answer(StatusCode::OK, "text/html; charset=utf-8", with_reload(&String::from_utf8_lossy(&html)));
        }
    }
    let state = server.builder.whole().await;
    let Some(whole) = state.whole else {
        return answer(StatusCode::SERVICE_UNAVAILABLE, "text/html; charset=utf-8", with_reload(&state.problems));
    };
    let Some(place) = path.strip_prefix(whole.base.as_str()) else { return redirect(&whole.base) };
    let file = if place.is_empty() || place.ends_with('/') { format!("{place}index.html") } else { place.to_owned() };
    if let Some(body) = contents(&whole, &file, &server.options.root) {
        return answer(StatusCode::OK, &media_type(&file), body);
    }
    if whole.output.files.contains_key(&format!("{file}/index.html")) {
        return redirect(&format!("{}/", request.uri().path()));
    }
    let missing = contents(&whole, "404.html", &server.options.root).unwrap_or_default();
    answer(StatusCode::NOT_FOUND, "text/html; charset=utf-8", missing)
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = answer(StatusCode::TEMPORARY_REDIRECT, "text/plain", Body::empty());
    if let Ok(location) = to.parse() {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

fn contents(whole: &Whole, file: &str, root: &Path) -> Option<Body> {
    let bytes = match whole.output.files.get(file)? {
        File::Bytes(_) | File::Kept(_) => whole.kept.get(file)?,
        File::CopyOf(source) => return copy(root, source.as_str()),
    };
    if file.ends_with(".html") {
        return Some(with_reload(&String::from_utf8_lossy(&bytes)).into());
    }
    Some(bytes.to_vec().into())
}

/// A file of the site folder, piece by piece: however many ask for however large a file, it is not in memory. A link that was put in
/// its place since the site was read, and leads out of the site, is not followed.
#[expect(clippy::disallowed_methods, reason = "the preview shows copies straight from the site folder")]
fn copy(root: &Path, source: &str) -> Option<Body> {
    let file = root.join(source).canonicalize().ok()?;
    let is_inside = |folder: &str| root.join(folder).canonicalize().is_ok_and(|folder| file.starts_with(folder));
    if !["", "content", "themes"].into_iter().any(is_inside) {
        return None;
    }
    let file = fs::File::open(file).ok().filter(|file| file.metadata().is_ok_and(|data| data.is_file()))?;
    let pieces = futures_util::stream::unfold(file, |mut file| async move {
        let read = move || {
            let mut piece = Vec::with_capacity(PIECE_BYTES);
            let outcome = (&mut file).take(PIECE_BYTES as u64).read_to_end(&mut piece).map(|_| piece);
            (outcome, file)
        };
        let (outcome, file) = tokio::task::spawn_blocking(read).await.ok()?;
        match outcome {
            Ok(piece) if piece.is_empty() => None,
            outcome => Some((outcome, file)),
        }
    });
    Some(Body::from_stream(pieces))
}

/// A page that reloads itself; its own security policy is widened by that one script.
fn with_reload(html: &str) -> String {
    let html = if html.contains("script-src 'self'") {
        html.to_owned()
    } else {
        html.replacen("default-src 'none'", "default-src 'none'; script-src 'self'", 1)
    };
    // The page for sealed reports connects nowhere, or only there where they are sent.
    let html = if html.contains("connect-src 'self'") {
        html
    } else {
        html.replacen("connect-src 'none'", "connect-src 'self'", 1).replacen("connect-src http", "connect-src 'self' http", 1)
    };
    html.replacen("</html>", "<script type=\"module\" src=\"/_prongsai/studio/panel.js\"></script></html>", 1)
}

fn media_type(file: &str) -> String {
    let media_type = mime_guess::from_path(file).first_or_octet_stream();
    if media_type.type_() == "text" { format!("{media_type}; charset=utf-8") } else { media_type.to_string() }
}

fn answer(status: StatusCode, media_type: &str, body: impl Into<Body>) -> Response<Body> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CACHE_CONTROL, "no-store")
        .body(body.into())
        .expect("constant header values are valid")
}
