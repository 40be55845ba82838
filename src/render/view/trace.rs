//! `/2566/integrity-measures/traceability/`: weakness → urgent issue → measure → steps → progress, with the gaps.

use std::collections::BTreeSet;

use serde::Serialize;

use super::form::{CountView, StatusView};
use super::measures::{label, measure_link};
use super::{Head, View};
use crate::catalog::ita;
use crate::content::measure::Measure;
use crate::content::progress::{Progress, Status};
use crate::content::{ContentType, Reference};
use crate::parse::Document;
use crate::render::show::{LinkView, ScoreView, Show};
use crate::site::url::UrlPath;
use crate::site::weakness::{Subject, Weakness};
use crate::thai::FiscalYear;

#[derive(Serialize)]
struct TraceView {
    year: String,
    groups: Vec<GroupView>,
    counts: CountView,
    /// Measures that take up no urgent issue.
    loose: Vec<LinkView>,
}

#[derive(Serialize)]
struct GroupView {
    title: String,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    title: String,
    text: String,
    score: Option<ScoreView>,
    /// Urgent issues through which measures take it up.
    issues: Vec<LinkView>,
    measures: Vec<MeasureRow>,
    /// Parts that no measure addresses.
    open: Vec<String>,
    /// What an instrument below the line costs.
    loss: Option<String>,
    status: StatusView,
}

#[derive(Serialize)]
struct MeasureRow {
    link: LinkView,
    n_steps: String,
    n_reported: String,
    n_done: String,
}

/// How far a weakness is on its way, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    NoMeasure,
    InPart,
    Planned,
    Partly,
    Reported,
}

pub(super) fn view(show: &Show, url: &UrlPath, year: FiscalYear) -> View {
    let measures = show.page_url(&[&year.to_string(), "integrity-measures"]);
    let head = Head::new(show, url, format!("{} {}", show.t("trace_of"), show.number(year)))
        .about(show, &show.t("trace_lead"))
        .under(measures, format!("{} {}", show.t("measures_of"), show.number(year)));
    let weaknesses = show.site.weaknesses(year);
    let stages: Vec<Stage> = weaknesses.iter().map(|weakness| stage(show, year, weakness)).collect();
    let count = |stage| stages.iter().filter(|known| **known == stage).count();
    let numbers =
        [count(Stage::Reported), count(Stage::InPart) + count(Stage::Planned) + count(Stage::Partly), count(Stage::NoMeasure)];
    let mut groups: Vec<GroupView> = Vec::new();
    for (weakness, stage) in weaknesses.iter().zip(&stages) {
        let title = show.t(group(&weakness.subject));
        let row = row(show, year, weakness, *stage);
        match groups.last_mut() {
            Some(group) if group.title == title => group.rows.push(row),
            _ => groups.push(GroupView { title, rows: vec![row] }),
        }
    }
    let page = TraceView {
        year: show.number(year),
        groups,
        counts: CountView::of(show, numbers, ["trace_reported", "trace_open_steps", "trace_gap", "trace_unit"]),
        loose: loose(show, year),
    };
    super::page(show, "pages/trace.html", &head, &page)
}

fn stage(show: &Show, year: FiscalYear, weakness: &Weakness) -> Stage {
    if weakness.addressed_by.is_empty() {
        return Stage::NoMeasure;
    }
    if !weakness.open.is_empty() {
        return Stage::InPart;
    }
    let progress: Vec<StepCount> =
        weakness.addressed_by.iter().map(|at| StepCount::of(show, year, &show.site.documents[*at])).collect();
    if progress.iter().all(|count| count.reported > 0 && count.reported >= count.all) {
        Stage::Reported
    } else if progress.iter().any(|count| count.reported > 0) {
        Stage::Partly
    } else {
        Stage::Planned
    }
}

fn row(show: &Show, year: FiscalYear, weakness: &Weakness, stage: Stage) -> RowView {
    let documents: Vec<&Document> = weakness.addressed_by.iter().map(|at| &*show.site.documents[*at]).collect();
    let pass_line = match weakness.subject {
        Subject::Item(_) => rust_decimal::Decimal::ONE_HUNDRED,
        _ => ita().pass_line(year.previous()),
    };
    let (word, key) = match stage {
        Stage::NoMeasure => ("missing", "trace_gap"),
        Stage::InPart => ("partial", "trace_in_part"),
        Stage::Planned => ("partial", "trace_planned"),
        Stage::Partly => ("partial", "trace_partly"),
        Stage::Reported => ("complete", "trace_reported"),
    };
    RowView {
        title: title(show, &weakness.subject),
        text: show.text(&weakness.text),
        score: weakness.score.map(|score| show.score(score, pass_line)),
        issues: issues(show, year, weakness),
        measures: documents.iter().map(|document| measure_row(show, year, document)).collect(),
        open: weakness.open.iter().map(|reference| label(show, reference)).collect(),
        loss: weakness.loss.as_ref().map(|loss| {
            let least = show.number(loss.least.normalize());
            format!("{} {}: {} {least}", show.t("trace_loss"), loss.missed, show.t("trace_least"))
        }),
        status: StatusView { word, title: show.t(key) },
    }
}

fn title(show: &Show, subject: &Subject) -> String {
    match subject {
        Subject::Instrument(code) => code.clone(),
        Subject::Indicator(number) => format!("{} {}", show.t("indicator"), show.number(number)),
        Subject::Item(code) | Subject::Question(code) => show.number(code),
        Subject::Urgent(number) => format!("{} {}", show.t("urgent_issue"), show.number(number)),
        Subject::Development(number) => format!("{} {}", show.t("development"), show.number(number)),
        Subject::Finding(number) => format!("{} {}", show.t("finding"), show.number(number)),
    }
}

/// Key of the heading that a kind of weakness stands under.
fn group(subject: &Subject) -> &'static str {
    match subject {
        Subject::Instrument(_) | Subject::Indicator(_) => "trace_scores",
        Subject::Item(_) | Subject::Question(_) => "trace_questions",
        Subject::Urgent(_) => "urgent_issues",
        Subject::Development(_) => "developments",
        Subject::Finding(_) => "findings",
    }
}

/// The urgent issues that the measures of a weakness take up; an issue is its own.
fn issues(show: &Show, year: FiscalYear, weakness: &Weakness) -> Vec<LinkView> {
    let mut numbers = BTreeSet::new();
    if !matches!(weakness.subject, Subject::Urgent(_)) {
        for (_, measure) in show.site.all::<Measure>().filter(|(document, _)| is_among(show, document, weakness)) {
            numbers.extend(measure.addresses.iter().filter_map(|address| match address.value {
                Reference::Urgent(number) => Some(number),
                _ => None,
            }));
        }
    }
    let page = show.page_url(&[&year.to_string(), "integrity-measures"]);
    numbers
        .into_iter()
        .map(|number| LinkView {
            url: format!("{page}#urgent-{number}"),
            title: format!("{} {}", show.t("urgent_issue"), show.number(number)),
        })
        .collect()
}

fn is_among(show: &Show, document: &Document, weakness: &Weakness) -> bool {
    weakness.addressed_by.iter().any(|at| show.site.documents[*at].path == document.path)
}

fn measure_row(show: &Show, year: FiscalYear, document: &Document) -> MeasureRow {
    let count = StepCount::of(show, year, document);
    MeasureRow {
        link: measure_link(show, document),
        n_steps: show.number(count.all),
        n_reported: show.number(count.reported),
        n_done: show.number(count.done),
    }
}

/// How many steps a measure has, and how many of them are reported and done.
struct StepCount {
    all: usize,
    reported: usize,
    done: usize,
}

impl StepCount {
    fn of(show: &Show, year: FiscalYear, document: &Document) -> StepCount {
        let measure = document.content.as_ref().ok().and_then(<Measure as ContentType>::of);
        let all = measure.map_or(0, |measure| measure.steps.len());
        let reports = reports(show, year, document.number);
        let of_steps = |is_wanted: fn(&Progress) -> bool| -> usize {
            let wanted = reports.iter().filter(|progress| is_wanted(progress));
            // A report on the measure as a whole is one on every step.
            let steps: Option<BTreeSet<_>> = wanted.map(|progress| progress.step.as_ref().map(|step| step.value)).collect();
            steps.map_or(all, |steps| steps.len())
        };
        StepCount { all, reported: of_steps(|_| true), done: of_steps(|progress| progress.status.value == Status::Done) }
    }
}

fn reports<'a>(show: &Show<'a>, year: FiscalYear, number: Option<u32>) -> Vec<&'a Progress> {
    let progress = show.site.progress(year).into_iter();
    progress.filter(|(_, progress)| Some(progress.measure.value.get()) == number).map(|(_, progress)| progress).collect()
}

/// Measures that take up no urgent issue.
fn loose(show: &Show, year: FiscalYear) -> Vec<LinkView> {
    let takes_up = |measure: &Measure| measure.addresses.iter().any(|address| matches!(address.value, Reference::Urgent(_)));
    let measures = show.site.measures(year).into_iter().filter(|(_, measure)| !takes_up(measure));
    let link = |(document, measure): (&Document, &Measure)| {
        let link = measure_link(show, document);
        LinkView { title: format!("{} {}", link.title, show.text(&measure.title.value)), ..link }
    };
    measures.map(link).collect()
}
