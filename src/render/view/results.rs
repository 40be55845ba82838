//! `/2565/results/`: one result, its charts, and the years beside each other.

use rust_decimal::Decimal;
use serde::Serialize;

use super::data::DataLinks;
use super::{Head, View, document_at, facts};
use crate::catalog::ita;
use crate::content::results::{Indicator, Question, Results};
use crate::diagnostic::Lang;
use crate::render::chart::Chart;
use crate::render::show::{ScoreView, Show};
use crate::site::url::UrlPath;
use crate::thai::Code;

#[derive(Serialize)]
struct ResultsView {
    year: String,
    total: ScoreView,
    grade: String,
    statement: Option<String>,
    source: Option<String>,
    pass_line: String,
    instruments: Vec<InstrumentView>,
    instrument_chart: Option<Chart>,
    indicators: Vec<IndicatorView>,
    indicator_chart: Option<Chart>,
    n_below: String,
    questions: Vec<QuestionView>,
    items: Vec<ItemView>,
    years: Option<YearsView>,
    data: DataView,
}

/// The files of each table.
#[derive(Serialize)]
struct DataView {
    instruments: DataLinks,
    indicators: DataLinks,
    questions: DataLinks,
    items: DataLinks,
    years: DataLinks,
}

#[derive(Serialize)]
struct InstrumentView {
    code: String,
    name: String,
    score: ScoreView,
    weight: Option<String>,
}

#[derive(Serialize)]
struct IndicatorView {
    number: String,
    name: String,
    instrument: String,
    score: ScoreView,
    rank: Option<String>,
}

#[derive(Serialize)]
struct QuestionView {
    code: String,
    text: String,
    score: ScoreView,
    indicator: String,
    /// The indicator that it belongs to, where another one is printed.
    belongs_to: Option<String>,
    parts: Vec<(String, ScoreView)>,
}

#[derive(Serialize)]
struct ItemView {
    code: String,
    text: String,
    score: ScoreView,
    indicator: String,
    /// The indicator that it belongs to, where another one is printed.
    belongs_to: Option<String>,
}

/// Totals and instruments over the years, when there are two or more.
#[derive(Serialize)]
struct YearsView {
    chart: Chart,
    codes: Vec<String>,
    rows: Vec<YearView>,
}

#[derive(Serialize)]
struct YearView {
    year: String,
    url: String,
    total: ScoreView,
    grade: String,
    scores: Vec<Option<ScoreView>>,
}

pub(super) fn view(show: &Show, url: &UrlPath, at: usize) -> View {
    let (document, results) = document_at::<Results>(show, at);
    let year = results.fiscal_year.value;
    let pass_line = ita().pass_line(year);
    let title = format!("{} {}", show.t("results_of"), show.number(year));
    let mut head = Head::new(show, url, title).of(show, document);
    if let Some(statement) = &results.statement {
        head = head.about(show, &show.text(statement));
    }
    head.facts = facts::results(show, document, results, &head.title);
    let score = |value: Decimal| show.score(value, pass_line);
    let pass = || (pass_line, format!("{} {}", show.t("pass_line"), show.number(pass_line.normalize())));
    let bars = |rows: Vec<(String, Decimal)>| rows.into_iter().map(|(label, value)| (label, value, score(value).shown)).collect();
    let instruments: Vec<_> =
        results.instruments.iter().map(|row| (format!("{} {}", row.code.value, show.text(&row.name)), row.score.value)).collect();
    let indicators: Vec<_> = results
        .indicators
        .iter()
        .map(|row| (format!("{}. {}", show.number(row.number.value), show.text(&row.name.value)), row.score.value))
        .collect();
    let page = ResultsView {
        year: show.number(year),
        total: score(results.total.value),
        grade: results.grade.value.clone(),
        statement: results.statement.as_ref().map(|text| show.text(text)),
        source: results.source.as_ref().map(|text| show.text(text)),
        pass_line: show.number(pass_line.normalize()),
        instrument_chart: (!instruments.is_empty())
            .then(|| Chart::new("instruments", show.t("chart_instruments"), Some(pass()), bars(instruments))),
        indicator_chart: (!indicators.is_empty())
            .then(|| Chart::new("indicators", show.t("chart_indicators"), Some(pass()), bars(indicators))),
        n_below: show.number(results.indicators.iter().filter(|row| row.score.value < pass_line).count()),
        instruments: results
            .instruments
            .iter()
            .map(|row| InstrumentView {
                code: row.code.value.clone(),
                name: show.text(&row.name),
                score: score(row.score.value),
                weight: ita().weight(year, &row.code.value).map(|weight| show.number(weight)),
            })
            .collect(),
        indicators: results.indicators.iter().map(|row| indicator(show, row, score(row.score.value))).collect(),
        questions: results.questions.iter().map(|row| question(show, results, row, &score)).collect(),
        items: items(show, results, &score),
        years: years(show),
        data: DataView {
            instruments: DataLinks::of(show, "results-instruments", show.t("chart_instruments")),
            indicators: DataLinks::of(show, "results-indicators", show.t("chart_indicators")),
            questions: DataLinks::of(show, "results-questions", show.t("questions_caption")),
            items: DataLinks::of(show, "results-items", show.t("scored_items_caption")),
            years: DataLinks::of(show, "results", show.t("chart_years")),
        },
    };
    super::page(show, "pages/results.html", &head, &page)
}

/// The name of an indicator in the language of the site.
pub(super) fn indicator_name(show: &Show, number: u32) -> Option<String> {
    let indicator = ita().indicators.iter().find(|indicator| indicator.number == number)?;
    Some(show.pick(&indicator.title))
}

fn indicator(show: &Show, row: &Indicator, score: ScoreView) -> IndicatorView {
    IndicatorView {
        number: show.number(row.number.value),
        name: show.text(&row.name.value),
        instrument: row.instrument.value.clone(),
        score,
        rank: row.rank.as_ref().map(|rank| show.number(rank.value)),
    }
}

fn question(show: &Show, results: &Results, row: &Question, score: &impl Fn(Decimal) -> ScoreView) -> QuestionView {
    QuestionView {
        code: show.number(row.code.value),
        text: show.text(&row.text),
        score: score(row.score.value),
        indicator: show.number(row.indicator.value),
        belongs_to: belongs_to(show, results, row.code.value, row.indicator.value),
        parts: row.parts.iter().map(|part| (show.text(&part.text), score(part.score))).collect(),
    }
}

/// The scores of the form: sub-indicators, then items.
fn items(show: &Show, results: &Results, score: &impl Fn(Decimal) -> ScoreView) -> Vec<ItemView> {
    let form = show.site.catalogs.of(results.fiscal_year.value);
    let title =
        |id: &str| form.and_then(|form| form.groups.iter().find(|group| group.id == id)).map(|group| show.pick(&group.title));
    let subs = results.subs.iter().map(|row| ItemView {
        code: show.number(&row.id.value),
        text: row.name.as_ref().map(|name| show.text(name)).or_else(|| title(&row.id.value)).unwrap_or_default(),
        score: score(row.score.value),
        indicator: show.number(row.id.value.split('.').next().unwrap_or_default()),
        belongs_to: None,
    });
    let items = results.items.iter().map(|row| ItemView {
        code: show.number(row.code.value),
        text: show.text(&row.text),
        score: score(row.score.value),
        indicator: show.number(row.indicator.value),
        belongs_to: belongs_to(show, results, row.code.value, row.indicator.value),
    });
    subs.chain(items).collect()
}

/// Results are copied as printed, misprints too; where that confuses, the page says so.
fn belongs_to(show: &Show, results: &Results, code: Code, printed: u32) -> Option<String> {
    let number = show.site.indicator_of(results.fiscal_year.value, code).filter(|number| *number != printed)?;
    Some(format!("{} {}", show.t("printed_under"), show.number(number)))
}

fn years(show: &Show) -> Option<YearsView> {
    let mut all: Vec<_> = show.site.all::<Results>().collect();
    if all.len() < 2 {
        return None;
    }
    all.sort_by_key(|(_, results)| results.fiscal_year.value);
    let codes: Vec<String> = ita().instruments.iter().map(|instrument| instrument.code.clone()).collect();
    let row = |document: &_, results: &Results| {
        let pass_line = ita().pass_line(results.fiscal_year.value);
        let of = |code: &String| {
            results.instruments.iter().find(|row| row.code.value == *code).map(|row| show.score(row.score.value, pass_line))
        };
        YearView {
            year: show.number(results.fiscal_year.value),
            url: show.document_url(document),
            total: show.score(results.total.value, pass_line),
            grade: results.grade.value.clone(),
            scores: codes.iter().map(of).collect(),
        }
    };
    let label = if show.lang() == Lang::Th { "พ.ศ." } else { "B.E." };
    let bars = all.iter().map(|(_, results)| {
        let shown = show.score(results.total.value, Decimal::ZERO).shown;
        (format!("{label} {}", show.number(results.fiscal_year.value)), results.total.value, shown)
    });
    Some(YearsView {
        chart: Chart::new("years", show.t("chart_years"), None, bars.collect()),
        rows: all.iter().map(|(document, results)| row(document, results)).collect(),
        codes,
    })
}
