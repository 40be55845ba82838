//! `/`: who runs the agency, how it scored, what it discloses, how to report or give one's view.

use serde::Serialize;

use super::executives::{PersonView, person};
use super::form::{CountView, counts};
use super::news::{PostView, post as post_view};
use super::{Head, View, facts, has_report_channel};
use crate::catalog::ita;
use crate::content::results::{Instrument, Results};
use crate::render::chart::Chart;
use crate::render::show::{QrView, ScoreView, Show};
use crate::site::url::UrlPath;

/// How many of the highest executives home shows.
const N_LEADERS: usize = 3;

/// How many posts home shows.
const N_POSTS: usize = 3;

#[derive(Serialize)]
struct Home {
    leaders: Vec<PersonView>,
    executives: String,
    result: Option<Score>,
    form: CountView,
    form_url: String,
    year: String,
    qr: Option<QrView>,
    report: String,
    has_report_channel: bool,
    news: Vec<PostView>,
    news_url: String,
}

#[derive(Serialize)]
struct Score {
    year: String,
    total: ScoreView,
    grade: String,
    url: String,
    chart: Option<Chart>,
}

pub(super) fn view(show: &Show, url: &UrlPath) -> View {
    let mut head = Head::new(show, url, show.pick_agency());
    head.breadcrumbs.clear();
    let has: Vec<&str> = show.main_pages().iter().map(|(_, link)| link.title.as_str()).collect();
    head = head.about(show, &has.join(", "));
    head.facts = Some(facts::home(show));
    let year = show.site.fiscal_year();
    let page = Home {
        leaders: show
            .site
            .executives()
            .into_iter()
            .take(N_LEADERS)
            .map(|(document, executive)| person(show, document, executive))
            .collect(),
        executives: show.page_url(&["executives"]),
        result: latest(show),
        form: counts(show),
        form_url: show.page_url(&["oit", &year.to_string()]),
        year: show.number(year),
        qr: show.qr(show.site.fiscal_year()).map(|qr| QrView { page: show.page_url(&["surveys", "eit"]), ..qr }),
        report: show.page_url(&["report-corruption"]),
        has_report_channel: has_report_channel(show),
        news: show.site.posts().take(N_POSTS).map(|post| post_view(show, post)).collect(),
        news_url: show.page_url(&["news"]),
    };
    super::page(show, "pages/home.html", &head, &page)
}

/// The latest result.
fn latest(show: &Show) -> Option<Score> {
    let (document, results) = show.site.all::<Results>().max_by_key(|(_, results)| results.fiscal_year.value)?;
    let pass_line = ita().pass_line(results.fiscal_year.value);
    let bar = |instrument: &Instrument| {
        let code = instrument.code.value.as_str();
        let label = format!("{code} {}", show.t(code));
        (label, instrument.score.value, show.score(instrument.score.value, pass_line).shown)
    };
    let bars: Vec<_> = results.instruments.iter().map(bar).collect();
    let line = (pass_line, format!("{} {}", show.t("pass_line"), show.number(pass_line.normalize())));
    Some(Score {
        year: show.number(results.fiscal_year.value),
        total: show.score(results.total.value, pass_line),
        grade: results.grade.value.clone(),
        url: show.document_url(document),
        chart: (!bars.is_empty()).then(|| Chart::new("instruments", show.t("chart_instruments"), Some(line), bars)),
    })
}
