//! `/2566/integrity-measures-progress/`: what was done about each measure, and the EIT survey's QR code (O43).

use serde::Serialize;

use super::data::DataLinks;
use super::measures::{MeasureView, measure_view};
use super::{Head, View};
use crate::content::progress::{Progress, Status};
use crate::parse::Document;
use crate::render::markdown;
use crate::render::show::{DateView, FileView, QrView, Show};
use crate::site::url::{self, UrlPath};
use crate::thai::FiscalYear;

#[derive(Serialize)]
struct ProgressPage {
    year: String,
    qr: Option<QrView>,
    measures: Vec<MeasureProgress>,
    n_reports: usize,
    measures_url: String,
    data: DataLinks,
}

#[derive(Serialize)]
struct MeasureProgress {
    id: String,
    measure: MeasureView,
    reports: Vec<ReportView>,
}

/// One report of progress.
#[derive(Serialize)]
pub(super) struct ReportView {
    id: String,
    title: Option<String>,
    step: Option<String>,
    status: String,
    status_word: &'static str,
    period: String,
    date: Option<DateView>,
    body: Option<String>,
    files: Vec<FileView>,
}

pub(super) fn view(show: &Show, url: &UrlPath, year: FiscalYear) -> View {
    let title = format!("{} {}", show.t("progress_of"), show.number(year));
    let list = show.page_url(&[&year.to_string(), "integrity-measures"]);
    let head = Head::new(show, url, title).under(list.clone(), format!("{} {}", show.t("measures_of"), show.number(year)));
    let reports = show.site.progress(year);
    let measures = show.site.measures(year);
    let page = ProgressPage {
        year: show.number(year),
        qr: show.qr(year),
        measures: measures
            .iter()
            .map(|(document, measure)| MeasureProgress {
                id: format!("progress-{}", document.number.unwrap_or_default()),
                measure: measure_view(show, document, measure),
                reports: of_measure(show, year, document.number),
            })
            .collect(),
        n_reports: reports.len(),
        measures_url: list,
        data: DataLinks::of(show, "progress", show.t("progress")),
    };
    super::page(show, "pages/progress.html", &head, &page)
}

/// The reports on one measure, in order of step.
pub(super) fn of_measure(show: &Show, year: FiscalYear, number: Option<u32>) -> Vec<ReportView> {
    let mut reports = show.site.progress(year);
    reports.retain(|(_, progress)| Some(progress.measure.value.get()) == number);
    reports.sort_by_key(|(_, progress)| progress.step.as_ref().map(|step| step.value));
    reports.into_iter().map(|(document, progress)| report(show, document, progress)).collect()
}

fn report(show: &Show, document: &Document, progress: &Progress) -> ReportView {
    let key = match progress.status.value {
        Status::Done => "status_done",
        Status::Ongoing => "status_ongoing",
        Status::NotStarted => "status_not_started",
    };
    let id = url::anchor(document).unwrap_or_default();
    ReportView {
        title: progress.title.as_ref().map(|title| show.text(title)),
        step: progress.step.as_ref().map(|step| show.number(step.value)),
        status: show.t(key),
        status_word: progress.status.value.word(),
        period: show.text(&progress.period.value),
        date: progress.date.map(|date| show.date(date)),
        body: (!document.body.is_empty()).then(|| markdown::html_at(show, document, 4)),
        files: show.files(document, &progress.attachments),
        id,
    }
}
