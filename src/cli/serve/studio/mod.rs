//! The studio: forms for every content type in the browser, what is wrong and what is lacking, at `/_prongsai/studio/` on this machine.

mod document;
mod documents;
mod field;
mod overview;
mod schema;
mod write;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::routing::{get, post};
use serde_json::{Value as Json, json};

use super::{Options, answer};
use crate::cli::serve::builder::Builder;
use crate::diagnostic::{Lang, Text, text};
use crate::source::SourcePath;

/// The header in which the studio's pages show that they are ours: no other site can read the token or send the header.
pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-prongsai-token");

/// Where changes are sent.
pub(super) const API: &str = "/_prongsai/api/";

/// Largest request, in bytes: a document with its attachments, of which base64 makes four thirds.
pub(super) const MAX_BODY_BYTES: usize = 64 * 1024 * 1024;

/// Largest attachments of one change, in bytes; the rest is for the document.
pub(super) const MAX_FILES_BYTES: usize = 45 * 1024 * 1024;

/// How long a request's body may take to arrive.
const BODY_TIME: Duration = Duration::from_mins(1);

/// What the studio's pages may do: nothing but talk to this server. The preview of a text is a frame without scripts.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
                      connect-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/// The files of the studio.
const FILES: &[(&str, &str, &str)] = &[
    ("studio.css", "text/css", include_str!("web/studio.css")),
    ("app.js", "text/javascript", include_str!("web/app.js")),
    ("changes.js", "text/javascript", include_str!("web/changes.js")),
    ("views.js", "text/javascript", include_str!("web/views.js")),
    ("edit.js", "text/javascript", include_str!("web/edit.js")),
    ("form.js", "text/javascript", include_str!("web/form.js")),
    ("crop.js", "text/javascript", include_str!("web/crop.js")),
    ("words.js", "text/javascript", include_str!("web/words.js")),
    ("panel.js", "text/javascript", include_str!("web/panel.js")),
];

const PAGE: &str = include_str!("web/studio.html");

/// What the studio's requests share.
pub(super) struct Studio {
    options: Options,
    builder: Arc<Builder>,
    /// Secret of this run, which changes must bring.
    token: String,
    /// Whether changes are taken: only from this machine.
    can_write: bool,
    /// What was parsed for previews of unsaved texts.
    memory: Mutex<crate::Memory>,
}

/// Why a request was not done, in both languages.
struct Refusal(StatusCode, Text);

type Answer = Result<Json, Refusal>;

impl Studio {
    /// A studio whose token nobody can guess.
    pub(super) fn new(options: &Options, builder: Arc<Builder>, can_write: bool) -> Studio {
        let mut secret = [0_u8; 24];
        // Without randomness nobody gets a token, so nothing can be written.
        let can_write = getrandom::fill(&mut secret).is_ok() && can_write;
        let token = data_encoding::BASE64URL_NOPAD.encode(&secret);
        Studio { options: options.clone(), builder, token, can_write, memory: Mutex::default() }
    }

    /// Whether a request that changes something comes from the studio's own page.
    pub(super) fn knows(&self, token: Option<&HeaderValue>) -> bool {
        let token = token.and_then(|token| token.to_str().ok()).unwrap_or_default();
        self.can_write && token.len() == self.token.len() && {
            let differences = token.bytes().zip(self.token.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
            differences == 0
        }
    }
}

/// The studio's routes.
pub(super) fn routes(studio: Arc<Studio>) -> Router {
    Router::new()
        .route("/_prongsai", get(to_studio))
        .route("/_prongsai/", get(to_studio))
        .route("/_prongsai/studio", get(to_studio))
        .route("/_prongsai/studio/", get(page))
        .route("/_prongsai/studio/{file}", get(file))
        .route("/_prongsai/file/{*path}", get(picture))
        .route("/_prongsai/api/site", get(|State(studio): State<Arc<Studio>>| look(studio, overview::site)))
        .route("/_prongsai/api/schema", get(async || reply(Ok(Ok(schema::all())))))
        .route("/_prongsai/api/panel", get(|state, request| asked(state, request, overview::panel)))
        .route("/_prongsai/api/document", get(|state, request| asked(state, request, document::open)))
        .route("/_prongsai/api/blank", post(|state, request| told(state, request, write::blank)))
        .route("/_prongsai/api/preview", post(|state, request| told(state, request, document::preview)))
        .route("/_prongsai/api/save", post(|state, request| told(state, request, write::save)))
        .route("/_prongsai/api/delete", post(|state, request| told(state, request, write::delete)))
        .route("/_prongsai/api/undo", post(|state, request| told(state, request, write::undo)))
        .with_state(studio)
}

/// An address that somebody typed by heart.
async fn to_studio() -> Response<Body> {
    super::redirect("/_prongsai/studio/")
}

async fn page(State(studio): State<Arc<Studio>>) -> Response<Body> {
    let lang = if studio.options.lang == Lang::Th { "th" } else { "en" };
    let token = if studio.can_write { studio.token.as_str() } else { "" };
    let html = PAGE.replace("{{ lang }}", lang).replace("{{ token }}", token);
    let mut response = answer(StatusCode::OK, "text/html; charset=utf-8", html);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

async fn file(Path(name): Path<String>) -> Response<Body> {
    match FILES.iter().find(|(known, ..)| *known == name) {
        Some((_, media_type, text)) => answer(StatusCode::OK, &format!("{media_type}; charset=utf-8"), *text),
        None => answer(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "there is no such file\n"),
    }
}

/// A picture of the site folder, for the form that names it.
async fn picture(State(studio): State<Arc<Studio>>, Path(path): Path<String>) -> Response<Body> {
    let media_type = super::media_type(&path);
    let is_picture =
        media_type.starts_with("image/") && !media_type.contains("svg") && SourcePath::new(&path).is_under("content");
    let is_plain = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    match super::copy(&studio.options.root, &path).filter(|_| is_picture && is_plain) {
        Some(body) => answer(StatusCode::OK, &media_type, body),
        None => answer(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "there is no such picture\n"),
    }
}

async fn look(studio: Arc<Studio>, work: fn(&Studio) -> Answer) -> Response<Body> {
    reply(tokio::task::spawn_blocking(move || work(&studio)).await)
}

/// A question with its words in the query.
async fn asked(State(studio): State<Arc<Studio>>, request: Request, work: fn(&Studio, &str) -> Answer) -> Response<Body> {
    let query = request.uri().query().unwrap_or_default();
    let words = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "of").map(|(_, value)| value.into_owned());
    let words = words.unwrap_or_default();
    reply(tokio::task::spawn_blocking(move || work(&studio, &words)).await)
}

/// A change, or a text to look at, as JSON.
async fn told(State(studio): State<Arc<Studio>>, request: Request, work: fn(&Studio, &Json) -> Answer) -> Response<Body> {
    let body = tokio::time::timeout(BODY_TIME, to_bytes(request.into_body(), MAX_BODY_BYTES)).await;
    let wanted = body.ok().and_then(Result::ok).and_then(|bytes| serde_json::from_slice::<Json>(&bytes).ok());
    let Some(wanted) = wanted else {
        return reply(Ok(Err(Refusal::unreadable())));
    };
    reply(tokio::task::spawn_blocking(move || work(&studio, &wanted)).await)
}

fn reply(outcome: Result<Answer, tokio::task::JoinError>) -> Response<Body> {
    let broken = || {
        Refusal(
            StatusCode::INTERNAL_SERVER_ERROR,
            text!(th: "โปรแกรมขัดข้อง ดูข้อความในหน้าต่างคำสั่ง", en: "something broke; see the terminal"),
        )
    };
    let (status, json) = match outcome.unwrap_or_else(|_| Err(broken())) {
        Ok(json) => (StatusCode::OK, json),
        Err(Refusal(status, words)) => (status, json!({ "refused": words })),
    };
    answer(status, "application/json", json.to_string())
}

impl Refusal {
    fn unreadable() -> Refusal {
        Refusal(
            StatusCode::BAD_REQUEST,
            text!(th: "อ่านคำขอไม่ได้ หรือไฟล์ใหญ่เกินไป", en: "the request cannot be read, or is too large"),
        )
    }

    fn disk(error: &std::io::Error) -> Refusal {
        let Text { th, en } = crate::publish::Problem::words(error);
        Refusal(StatusCode::INTERNAL_SERVER_ERROR, Text { th, en })
    }
}
