//! `serve`: the site from memory on 127.0.0.1, built again whenever a file changes. A loop around the pure stages.

mod builder;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use futures_util::Stream;
use notify_debouncer_full::notify::{EventKind, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, new_debouncer};
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Options, report};
use crate::diagnostic::{Diagnostics, text};
use crate::render::{File, Output};
use crate::source;
use builder::Builder;

/// First port tried.
const FIRST_PORT: u16 = 8000;

/// How many ports are tried from the first on.
const N_PORTS: u16 = 20;

/// How long a file must be quiet before it is read: an editor empties it before it writes it.
const DEBOUNCE: Duration = Duration::from_millis(4);

/// Reloads the page when the site was built again. Served, never published.
const RELOAD: &str = "new EventSource('/_prongsai/changes').addEventListener('change', () => location.reload())";

/// Serves the site until Ctrl+C.
#[expect(clippy::disallowed_methods, reason = "only folders that are there can be watched")]
pub(super) fn serve(options: &Options, port: Option<u16>) -> io::Result<u8> {
    // What changes is told by whole paths.
    let root = options.root.canonicalize().unwrap_or_else(|_| options.root.clone());
    let options = &Options { root, ..options.clone() };
    let builder = Arc::new(Builder::new(options));
    let changes = builder.start()?;
    let mut debouncer = new_debouncer(DEBOUNCE, None, move |events: DebounceEventResult| {
        // Reading a file is an event too; only changes count.
        let is_change = |kind: &EventKind| matches!(kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_));
        let Ok(events) = events else { return drop(changes.send(None)) };
        let mut paths: Vec<PathBuf> = Vec::new();
        for event in events.iter().filter(|event| is_change(&event.kind)) {
            paths.extend(event.paths.iter().cloned());
        }
        if !paths.is_empty() {
            let _ = changes.send(Some(paths));
        }
    })
    .map_err(io::Error::other)?;
    for folder in ["content", "themes"] {
        let folder = options.root.join(folder);
        if folder.is_dir() {
            debouncer.watch(&folder, RecursiveMode::Recursive).map_err(io::Error::other)?;
        }
    }
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(run(Arc::new(Server { options: options.clone(), builder }), port))?;
    Ok(0)
}

/// What every request sees.
struct Server {
    options: Options,
    builder: Arc<Builder>,
}

async fn run(server: Arc<Server>, port: Option<u16>) -> io::Result<()> {
    let listener = listen(port).await?;
    let address = listener.local_addr()?;
    report::say(
        &server.options,
        &text!(th: "ดูเว็บไซต์ที่ http://{address}/ (หยุดด้วย Ctrl+C)", en: "the site is at http://{address}/ (stop with Ctrl+C)"),
    );
    let app = Router::new()
        .route("/_prongsai/changes", get(changes))
        .route("/_prongsai/reload.js", get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], RELOAD) }))
        .route("/_prongsai/gallery/", get(gallery))
        .fallback(page)
        .with_state(server);
    let stop = async {
        // Without a signal handler the process ends by the system's default, which is as good.
        let _ = tokio::signal::ctrl_c().await;
    };
    tokio::select! {
        outcome = axum::serve(listener, app) => outcome,
        () = stop => Ok(()),
    }
}

async fn listen(port: Option<u16>) -> io::Result<TcpListener> {
    let bind = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    if let Some(port) = port {
        return bind(port).await;
    }
    for port in FIRST_PORT..FIRST_PORT + N_PORTS {
        match bind(port).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            outcome => return outcome,
        }
    }
    bind(0).await
}

async fn changes(State(server): State<Arc<Server>>) -> Sse<impl Stream<Item = Result<Event, std::convert::Infallible>>> {
    let mut seen = server.builder.seen.subscribe();
    seen.mark_unchanged();
    let stream = async_stream(seen);
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// One event per build.
fn async_stream(seen: watch::Receiver<u64>) -> impl Stream<Item = Result<Event, std::convert::Infallible>> {
    futures_util::stream::unfold(seen, |mut seen| async move {
        seen.changed().await.ok()?;
        Some((Ok(Event::default().event("change").data("1")), seen))
    })
}

/// The components of the theme as they are now, read anew each time somebody looks.
async fn gallery(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response<Body> {
    if !is_local(&headers) {
        return answer(StatusCode::FORBIDDEN, "text/plain", b"only this machine may look".to_vec());
    }
    let page = source::discover(&server.options.root).ok().and_then(|sources| {
        let site = crate::analyse(&sources, &mut Diagnostics::default());
        crate::render::gallery::page(&site, &sources)
    });
    match page {
        Some(html) => answer(StatusCode::OK, "text/html; charset=utf-8", with_reload(&html).into_bytes()),
        None => answer(StatusCode::SERVICE_UNAVAILABLE, "text/plain", b"the theme cannot be used; see the terminal".to_vec()),
    }
}

async fn page(State(server): State<Arc<Server>>, request: Request) -> Response<Body> {
    if !is_local(request.headers()) {
        return answer(StatusCode::FORBIDDEN, "text/plain", b"only this machine may look".to_vec());
    }
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    // A page is rendered of the newest site; everything else waits until it is built.
    if let Some(preview) = server.builder.state().preview {
        let base = preview.base().trim_end_matches('/').to_owned();
        let wanted = path.strip_prefix(&base).map(str::to_owned);
        let page = tokio::task::spawn_blocking(move || preview.page(&wanted?)).await;
        if let Ok(Some(html)) = page {
            return answer(StatusCode::OK, "text/html; charset=utf-8", with_reload(&String::from_utf8_lossy(&html)).into_bytes());
        }
    }
    let state = server.builder.whole().await;
    let Some(whole) = state.whole else {
        return answer(StatusCode::SERVICE_UNAVAILABLE, "text/html; charset=utf-8", with_reload(&state.problems).into_bytes());
    };
    let (output, base) = &*whole;
    let Some(place) = path.strip_prefix(base.as_str()) else { return redirect(base) };
    let file = if place.is_empty() || place.ends_with('/') { format!("{place}index.html") } else { place.to_owned() };
    if let Some(bytes) = contents(output, &file, &server.options.root) {
        return answer(StatusCode::OK, &media_type(&file), bytes);
    }
    if output.files.contains_key(&format!("{file}/index.html")) {
        return redirect(&format!("{}/", request.uri().path()));
    }
    let missing = contents(output, "404.html", &server.options.root).unwrap_or_default();
    answer(StatusCode::NOT_FOUND, "text/html; charset=utf-8", missing)
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = answer(StatusCode::TEMPORARY_REDIRECT, "text/plain", Vec::new());
    if let Ok(location) = to.parse() {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

#[expect(clippy::disallowed_methods, reason = "the preview shows copies straight from the site folder")]
fn contents(output: &Output, file: &str, root: &Path) -> Option<Vec<u8>> {
    match output.files.get(file)? {
        File::Bytes(bytes) if file.ends_with(".html") => Some(with_reload(&String::from_utf8_lossy(bytes)).into_bytes()),
        File::Bytes(bytes) => Some(bytes.clone()),
        File::CopyOf(source) => std::fs::read(root.join(source.as_str())).ok(),
        File::Kept(_) => None,
    }
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
    html.replacen("</html>", "<script src=\"/_prongsai/reload.js\"></script></html>", 1)
}

/// Another site cannot talk to the preview through a name of its own (DNS rebinding).
fn is_local(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

fn media_type(file: &str) -> String {
    let media_type = mime_guess::from_path(file).first_or_octet_stream();
    if media_type.type_() == "text" { format!("{media_type}; charset=utf-8") } else { media_type.to_string() }
}

fn answer(status: StatusCode, media_type: &str, bytes: Vec<u8>) -> Response<Body> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CACHE_CONTROL, "no-store")
        .body(Body::from(bytes))
        .expect("constant header values are valid")
}
