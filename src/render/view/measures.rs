//! `/2566/integrity-measures/` and a page per measure: the analysis of the last result and what follows from it (O42).

use serde::Serialize;

use super::data::DataLinks;
use super::results::indicator_name;
use super::{Head, View, document_at};
use crate::content::Reference;
use crate::content::analysis::{Analysis, Point};
use crate::content::measure::Measure;
use crate::diagnostic::Spanned;
use crate::parse::Document;
use crate::render::markdown;
use crate::render::show::{DateView, LinkView, Show};
use crate::site::url::UrlPath;
use crate::thai::FiscalYear;

#[derive(Serialize)]
struct MeasuresView {
    year: String,
    analysis: Option<AnalysisView>,
    measures: Vec<MeasureView>,
    n_steps: String,
    progress: String,
    trace: String,
    data: [DataLinks; 2],
}

#[derive(Serialize)]
struct AnalysisView {
    title: String,
    date: Option<DateView>,
    result: Option<LinkView>,
    findings: Vec<PointView>,
    urgent_issues: Vec<PointView>,
    /// Why there is none.
    no_urgent_issue: Option<String>,
    developments: Vec<PointView>,
    remedies: Vec<RemedyView>,
    body: Option<String>,
}

#[derive(Serialize)]
struct PointView {
    id: String,
    text: String,
    about: Vec<String>,
    /// Measures that address it.
    measures: Vec<LinkView>,
}

#[derive(Serialize)]
struct RemedyView {
    about: String,
    actions: Vec<String>,
    measures: Vec<LinkView>,
}

/// One measure.
#[derive(Serialize)]
pub(super) struct MeasureView {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) url: String,
    addresses: Vec<String>,
    responsible: Vec<String>,
    periods: Vec<String>,
    reporting: Vec<String>,
    steps: Vec<StepView>,
    /// Steps have units and periods of their own.
    has_step_details: bool,
    body: Option<String>,
}

#[derive(Serialize)]
struct StepView {
    number: String,
    text: String,
    responsible: Option<String>,
    period: Option<String>,
}

pub(super) fn all(show: &Show, url: &UrlPath, year: FiscalYear) -> View {
    let title = format!("{} {}", show.t("measures_of"), show.number(year));
    let mut head = Head::new(show, url, title);
    let found = show.site.analysis(year);
    if let Some((document, _)) = found {
        head = head.of(show, document);
    }
    let measures = show.site.measures(year);
    let page = MeasuresView {
        year: show.number(year),
        analysis: found.map(|(document, analysis)| analysis_view(show, document, analysis)),
        n_steps: show.number(measures.iter().map(|(_, measure)| measure.steps.len()).sum::<usize>()),
        measures: measures.iter().map(|(document, measure)| measure_view(show, document, measure)).collect(),
        progress: show.page_url(&[&year.to_string(), "integrity-measures-progress"]),
        trace: show.page_url(&[&year.to_string(), "integrity-measures", "traceability"]),
        data: [DataLinks::of(show, "measures", show.t("measures")), steps_data(show)],
    };
    super::page(show, "pages/measures.html", &head, &page)
}

pub(super) fn one(show: &Show, url: &UrlPath, at: usize) -> View {
    #[derive(Serialize)]
    struct OneView {
        measure: MeasureView,
        progress: Vec<super::progress::ReportView>,
        progress_url: String,
        data: DataLinks,
    }
    let (document, measure) = document_at::<Measure>(show, at);
    let year = document.year.unwrap_or(show.site.fiscal_year());
    let number = document.number;
    let title = format!(
        "{} {}: {}",
        show.t("measure"),
        number.map(|n| show.number(n)).unwrap_or_default(),
        show.text(&measure.title.value)
    );
    let list = show.page_url(&[&year.to_string(), "integrity-measures"]);
    let head =
        Head::new(show, url, title).of(show, document).under(list, format!("{} {}", show.t("measures_of"), show.number(year)));
    let page = OneView {
        measure: measure_view(show, document, measure),
        progress: super::progress::of_measure(show, year, number),
        progress_url: show.page_url(&[&year.to_string(), "integrity-measures-progress"]),
        data: steps_data(show),
    };
    super::page(show, "pages/measure.html", &head, &page)
}

fn steps_data(show: &Show) -> DataLinks {
    DataLinks::of(show, "measure-steps", show.t("steps"))
}

fn analysis_view(show: &Show, document: &Document, analysis: &Analysis) -> AnalysisView {
    let year = analysis.fiscal_year.value;
    let addressing = |reference: &Reference| -> Vec<LinkView> {
        let places = show.site.addressing(year, reference).into_iter();
        places.map(|at| measure_link(show, &show.site.documents[at])).collect()
    };
    let points = |points: &[Point], prefix: &str| -> Vec<PointView> {
        let view = |(number, point): (u32, &Point)| PointView {
            id: format!("{prefix}-{number}"),
            text: show.text(&point.text.value),
            about: labels(show, &point.about),
            measures: if prefix == "urgent" { addressing(&Reference::Urgent(number)) } else { Vec::new() },
        };
        (1..).zip(points).map(view).collect()
    };
    let result = show.site.results_of(analysis.result.value);
    AnalysisView {
        title: show.text(&analysis.title.value),
        date: analysis.date.as_ref().map(|date| show.date(date.value)),
        result: result.map(|(document, results)| LinkView {
            url: show.document_url(document),
            title: format!("{} {}", show.t("results_of"), show.number(results.fiscal_year.value)),
        }),
        findings: points(&analysis.findings, "finding"),
        urgent_issues: points(&analysis.urgent_issues, "urgent"),
        no_urgent_issue: analysis.no_urgent_issue.as_ref().map(|text| show.text(text)),
        developments: points(&analysis.developments, "development"),
        remedies: analysis
            .remedies
            .iter()
            .map(|remedy| RemedyView {
                about: label(show, &remedy.about.value),
                actions: texts(show, &remedy.actions),
                measures: addressing(&remedy.about.value),
            })
            .collect(),
        body: (!document.body.is_empty()).then(|| markdown::html_at(show, document, 3)),
    }
}

pub(super) fn measure_view(show: &Show, document: &Document, measure: &Measure) -> MeasureView {
    let step = |(number, step): (u32, &crate::content::measure::Step)| {
        let period =
            step.period.iter().map(|period| &period.value).chain(&step.frequency).map(|text| show.text(text)).collect::<Vec<_>>();
        StepView {
            number: show.number(number),
            text: show.text(&step.text.value),
            responsible: step.responsible.as_ref().map(|text| show.text(&text.value)),
            period: (!period.is_empty()).then(|| period.join(" · ")),
        }
    };
    MeasureView {
        number: document.number.map(|number| show.number(number)).unwrap_or_default(),
        title: show.text(&measure.title.value),
        url: show.document_url(document),
        addresses: labels(show, &measure.addresses),
        responsible: texts(show, &measure.responsible),
        periods: texts(show, &measure.periods),
        reporting: texts(show, &measure.reporting),
        has_step_details: measure
            .steps
            .iter()
            .any(|step| step.responsible.is_some() || step.period.is_some() || step.frequency.is_some()),
        steps: (1..).zip(&measure.steps).map(step).collect(),
        body: (!document.body.is_empty()).then(|| markdown::html_at(show, document, 2)),
    }
}

pub(super) fn measure_link(show: &Show, document: &Document) -> LinkView {
    let number = document.number.map(|number| show.number(number)).unwrap_or_default();
    LinkView { url: show.document_url(document), title: format!("{} {number}", show.t("measure")) }
}

fn labels(show: &Show, references: &[Spanned<Reference>]) -> Vec<String> {
    references.iter().map(|reference| label(show, &reference.value)).collect()
}

/// A reference in words: `ตัวชี้วัดที่ 2 การใช้งบประมาณ`.
pub(super) fn label(show: &Show, reference: &Reference) -> String {
    match reference {
        Reference::Instrument(code) => code.clone(),
        Reference::Code(code) => show.number(code),
        Reference::Urgent(number) => format!("{} {}", show.t("urgent_issue"), show.number(number)),
        Reference::Indicator(number) => {
            let name = indicator_name(show, *number).unwrap_or_default();
            format!("{} {} {name}", show.t("indicator"), show.number(number)).trim_end().to_owned()
        }
    }
}

fn texts(show: &Show, texts: &[Spanned<String>]) -> Vec<String> {
    texts.iter().map(|text| show.text(&text.value)).collect()
}
