//! The frame of the assessment: instruments, weights, indicators, grades. Read from `ita.toml`.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::diagnostic::Text;
use crate::thai::code::Series;
use crate::thai::{Code, FiscalYear};

/// The frame of the assessment over the years.
#[derive(Debug, Deserialize)]
pub struct Ita {
    /// The three instruments.
    #[serde(rename = "instrument")]
    pub instruments: Vec<Instrument>,
    /// The ten indicators.
    #[serde(rename = "indicator")]
    pub indicators: Vec<Indicator>,
    /// How grades are given.
    #[serde(rename = "grade_scheme")]
    pub grade_schemes: Vec<GradeScheme>,
    /// Weights of the instruments.
    pub weights: Vec<Weights>,
    /// How scores are formed.
    pub scoring: Scoring,
    /// The years that the questions of the indicators are known for.
    pub question_set: QuestionSet,
    /// Addresses of surveys.
    pub itas: Itas,
}

/// IIT, EIT or OIT.
#[derive(Debug, Deserialize)]
pub struct Instrument {
    /// `IIT`.
    pub code: String,
    /// Name.
    pub title: Text,
    /// Numbers of its indicators.
    pub indicators: Vec<u32>,
}

/// One indicator.
#[derive(Debug, Deserialize)]
pub struct Indicator {
    /// Number, 1–10.
    pub number: u32,
    /// Code of its instrument.
    pub instrument: String,
    /// Name.
    pub title: Text,
    /// Other official spellings of the name.
    #[serde(default)]
    pub also: Vec<String>,
    /// Spellings of the name that are seen and not official.
    #[serde(default)]
    pub variants: Vec<String>,
    /// Its questions, where it has them.
    #[serde(default)]
    pub questions: Option<Questions>,
}

/// First and last question of an indicator.
#[derive(Debug, Deserialize)]
pub struct Questions {
    /// First.
    pub first: Code,
    /// Last.
    pub last: Code,
}

/// How grades are given in a span of years.
#[derive(Debug, Deserialize)]
pub struct GradeScheme {
    /// First year.
    pub from: FiscalYear,
    /// Last year.
    pub to: FiscalYear,
    /// The score that passes, 0–100.
    pub pass_line: Decimal,
    /// Bands, the best first.
    #[serde(rename = "band")]
    pub bands: Vec<GradeBand>,
}

/// One grade and what it takes.
#[derive(Debug, Deserialize)]
pub struct GradeBand {
    /// Its name.
    pub grade: String,
    /// Least total.
    pub total: Decimal,
    /// Least score of each instrument.
    pub instrument: Decimal,
}

/// Weights of the instruments in a year, in percent.
#[derive(Debug, Deserialize)]
pub struct Weights {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// Of IIT.
    #[serde(rename = "IIT")]
    pub iit: u32,
    /// Of EIT.
    #[serde(rename = "EIT")]
    pub eit: u32,
    /// Of OIT.
    #[serde(rename = "OIT")]
    pub oit: u32,
}

/// How scores are formed.
#[derive(Debug, Deserialize)]
pub struct Scoring {
    /// How far a printed score may be from what printed scores of two decimals give.
    pub tolerance: Decimal,
    /// Decimals of a printed score.
    pub decimals: u32,
}

/// A span of years with the same questions.
#[derive(Debug, Deserialize)]
pub struct QuestionSet {
    /// First year.
    pub from: FiscalYear,
    /// Last year.
    pub to: FiscalYear,
}

/// Addresses of the commission's survey system.
#[derive(Debug, Deserialize)]
pub struct Itas {
    /// What comes before the code in an EIT survey's address.
    pub eit: String,
    /// The same for the IIT survey, which is not for the public.
    pub iit: String,
    /// Number of letters and digits of a code.
    pub code_length: usize,
}

impl Ita {
    /// The score that passes in a year, 0–100; that of the latest scheme for years none is known of.
    pub fn pass_line(&self, year: FiscalYear) -> Decimal {
        let scheme = self.grade_scheme(year).or(self.grade_schemes.last());
        scheme.expect("tested: there is a scheme").pass_line
    }

    /// How grades are given in a year, where it is known.
    pub fn grade_scheme(&self, year: FiscalYear) -> Option<&GradeScheme> {
        self.grade_schemes.iter().find(|scheme| scheme.from <= year && year <= scheme.to)
    }

    /// The instrument with this code.
    pub fn instrument(&self, code: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.code == code)
    }

    /// The indicator with this number.
    pub fn indicator(&self, number: u32) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.number == number)
    }

    /// The indicator a question belongs to, by the questions that are known; items belong to none here.
    pub fn asking(&self, question: Code) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.questions.as_ref().is_some_and(|range| range.holds(question)))
    }

    /// The question that a code was probably meant to be, when it stands under an indicator that does not ask it: `I14` for `I4`
    /// and `I20` for `I120`, because scanners read the letter I as a one; `E6` for `I6`.
    pub fn likely(&self, typed: Code, indicator: u32) -> Option<Code> {
        let range = self.indicator(indicator)?.questions.as_ref()?;
        let digits = typed.number.to_string();
        let numbers = [Some(digits.clone()), Some(format!("1{digits}")), digits.strip_prefix('1').map(str::to_owned)];
        let codes = numbers
            .into_iter()
            .flatten()
            .filter_map(|number| number.parse().ok().map(|number| Code { series: range.first.series, number }));
        codes.into_iter().find(|code| range.holds(*code))
    }

    /// First and last question of a questionnaire.
    pub fn questions(&self, series: Series) -> Option<(Code, Code)> {
        let ranges =
            || self.indicators.iter().filter_map(|row| row.questions.as_ref()).filter(|range| range.first.series == series);
        Some((ranges().map(|range| range.first).min()?, ranges().map(|range| range.last).max()?))
    }

    /// Whether the instruments and indicators are those of a year: from the first grade scheme on. Before, there were others.
    pub fn is_frame_of(&self, year: FiscalYear) -> bool {
        self.grade_schemes.iter().any(|scheme| scheme.from <= year)
    }

    /// Whether the questions of a year are known.
    pub fn knows_questions_of(&self, year: FiscalYear) -> bool {
        self.question_set.from <= year && year <= self.question_set.to
    }

    /// The weights of a year, in percent, by code of the instrument.
    pub fn weight(&self, year: FiscalYear, instrument: &str) -> Option<u32> {
        let weights = self.weights.iter().find(|weights| weights.fiscal_year == year)?;
        match instrument {
            "IIT" => Some(weights.iit),
            "EIT" => Some(weights.eit),
            "OIT" => Some(weights.oit),
            _ => None,
        }
    }
}

impl Questions {
    /// Whether a question is one of them.
    pub fn holds(&self, question: Code) -> bool {
        self.first.series == question.series && self.first <= question && question <= self.last
    }
}

impl GradeScheme {
    /// The first band from the top that the scores reach, by its place. A least score of 0 asks nothing of the instruments.
    pub fn band(&self, total: Decimal, instruments: &[Decimal]) -> usize {
        let fits = |band: &GradeBand| total >= band.total && instruments.iter().all(|score| *score >= band.instrument);
        self.bands.iter().position(fits).unwrap_or(self.bands.len().saturating_sub(1))
    }
}

/// The frame of the assessment.
pub fn ita() -> &'static Ita {
    static ITA: LazyLock<Ita> = LazyLock::new(|| toml::from_str(include_str!("ita.toml")).expect("tested: ita.toml parses"));
    &ITA
}
