//! `/surveys/eit/` and its A4 poster.

use serde::Serialize;

use super::{Head, View, document_at};
use crate::content::survey::Survey;
use crate::render::show::{QrView, Show};
use crate::site::url::UrlPath;

#[derive(Serialize)]
struct SurveyView {
    qr: Option<QrView>,
    poster: String,
    page: String,
}

pub(super) fn view(show: &Show, url: &UrlPath, at: usize) -> View {
    let (document, survey) = document_at::<Survey>(show, at);
    let head = Head::new(show, url, title(show, survey)).of(show, document);
    super::page(show, "pages/survey.html", &head, &page(show))
}

pub(super) fn poster(show: &Show, url: &UrlPath, at: usize) -> View {
    let (document, survey) = document_at::<Survey>(show, at);
    let head =
        Head::new(show, url, show.t("poster")).of(show, document).under(show.page_url(&["surveys", "eit"]), title(show, survey));
    super::page(show, "pages/poster.html", &head, &page(show))
}

fn page(show: &Show) -> SurveyView {
    SurveyView { qr: show.qr(), poster: show.page_url(&["surveys", "eit", "poster"]), page: show.page_url(&["surveys", "eit"]) }
}

fn title(show: &Show, survey: &Survey) -> String {
    match &survey.title {
        Some(title) => show.text(title),
        None => format!("{} {}", show.t("survey"), show.number(survey.fiscal_year.value)),
    }
}
