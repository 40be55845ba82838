//! The frame of the assessment: instruments, weights, indicators, grades. Read from `ita.toml`.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::diagnostic::Text;
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
        let scheme = self.grade_schemes.iter().find(|scheme| scheme.from <= year && year <= scheme.to);
        let scheme = scheme.or(self.grade_schemes.last());
        scheme.expect("tested: there is a scheme").pass_line
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

/// The frame of the assessment.
pub fn ita() -> &'static Ita {
    static ITA: LazyLock<Ita> = LazyLock::new(|| toml::from_str(include_str!("ita.toml")).expect("tested: ita.toml parses"));
    &ITA
}
