//! `/surveys/eit/2566/`, its A4 poster, and `/surveys/eit/`, which is that of the site's year.

use serde::Serialize;

use super::{Head, View, document_at};
use crate::content::survey::Survey;
use crate::diagnostic::Lang;
use crate::parse::Document;
use crate::render::show::{QrView, Show};
use crate::site::url::{self, UrlPath};
use crate::thai::words;

#[derive(Serialize)]
struct SurveyView {
    qr: Option<QrView>,
    poster: String,
    page: String,
}

pub(super) fn view(show: &Show, at: usize) -> View {
    let (document, survey) = document_at::<Survey>(show, at);
    // Wherever it is shown, the address to keep is that of its year.
    let head = Head::new(show, &url::of_document(document).0, title(show, survey));
    let head = head.about(show, &show.t("survey_lead")).of(show, document);
    super::page(show, "pages/survey.html", &head, &page(show, document, survey))
}

pub(super) fn poster(show: &Show, url: &UrlPath, at: usize) -> View {
    let (document, survey) = document_at::<Survey>(show, at);
    let head = Head::new(show, url, show.t("poster")).of(show, document).under(show.document_url(document), title(show, survey));
    super::page(show, "pages/poster.html", &head, &page(show, document, survey))
}

fn page(show: &Show, document: &Document, survey: &Survey) -> SurveyView {
    let page = show.document_url(document);
    SurveyView { qr: show.qr(survey.fiscal_year.value), poster: format!("{page}poster/"), page }
}

fn title(show: &Show, survey: &Survey) -> String {
    let is_readable = |title: &&String| show.lang() == Lang::Th || !title.chars().any(words::is_letter);
    match survey.title.as_ref().filter(is_readable) {
        Some(title) => show.text(title),
        // A survey has no text to translate but its title, so an English page says it itself.
        None => format!("{} {}", show.t("survey"), show.number(survey.fiscal_year.value)),
    }
}
