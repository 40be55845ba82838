//! `results/2565.toml`: the result of one assessment, as printed. Scores are 0–100.

use rust_decimal::Decimal;

use crate::diagnostic::{Reported, Spanned};
use crate::fields::{Fields, Year};
use crate::thai::Code;

/// The result of one fiscal year.
#[derive(Debug, Clone)]
pub struct Results {
    /// The year assessed.
    pub fiscal_year: Spanned<Year>,
    /// Total score.
    pub total: Decimal,
    /// Grade, as the year's scheme names it.
    pub grade: String,
    /// The document it was copied from.
    pub source: Option<String>,
    /// The result in a sentence.
    pub statement: Option<String>,
    /// Averages of the instruments.
    pub instruments: Vec<Instrument>,
    /// Scores of the indicators.
    pub indicators: Vec<Indicator>,
    /// Questions whose scores are known.
    pub questions: Vec<Question>,
    /// Items of the form whose scores are known.
    pub items: Vec<ItemScore>,
}

/// One instrument's average.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// `IIT`, `EIT` or `OIT`.
    pub code: String,
    /// Name as printed.
    pub name: String,
    /// Average.
    pub score: Decimal,
}

/// One indicator's score.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Number, 1–10.
    pub number: u32,
    /// Name as printed.
    pub name: String,
    /// Code of its instrument.
    pub instrument: String,
    /// Score.
    pub score: Decimal,
    /// Rank among the indicators, 1 the best.
    pub rank: Option<u32>,
}

/// One question's score.
#[derive(Debug, Clone)]
pub struct Question {
    /// `I14`, `E6`.
    pub code: Code,
    /// Number of the indicator it is printed under.
    pub indicator: u32,
    /// Text as printed.
    pub text: String,
    /// Score.
    pub score: Decimal,
    /// Parts, when the question has them.
    pub parts: Vec<Part>,
}

/// One part of a question.
#[derive(Debug, Clone)]
pub struct Part {
    /// Text as printed.
    pub text: String,
    /// Score.
    pub score: Decimal,
}

/// One item's score.
#[derive(Debug, Clone)]
pub struct ItemScore {
    /// `O2`.
    pub code: Code,
    /// Number of the indicator it is printed under.
    pub indicator: u32,
    /// Title as printed.
    pub text: String,
    /// Score.
    pub score: Decimal,
}

impl Results {
    pub(super) fn read(fields: &mut Fields) -> Result<Results, Reported> {
        let fiscal_year = fields.required_spanned("fiscal_year");
        let total = fields.required("total");
        let grade = fields.required("grade");
        let source = fields.optional("source");
        let statement = fields.optional("statement");
        let instruments = fields.tables("instrument", Instrument::read);
        let indicators = fields.tables("indicator", Indicator::read);
        let questions = fields.tables("question", Question::read);
        let items = fields.tables("item", ItemScore::read);
        Ok(Results {
            fiscal_year: fiscal_year?,
            total: total?,
            grade: grade?,
            source: source?,
            statement: statement?,
            instruments: instruments?,
            indicators: indicators?,
            questions: questions?,
            items: items?,
        })
    }
}

impl Instrument {
    fn read(fields: &mut Fields) -> Result<Instrument, Reported> {
        let code = fields.required("code");
        let name = fields.required("name");
        let score = fields.required("score");
        Ok(Instrument { code: code?, name: name?, score: score? })
    }
}

impl Indicator {
    fn read(fields: &mut Fields) -> Result<Indicator, Reported> {
        let number = fields.required("number");
        let name = fields.required("name");
        let instrument = fields.required("instrument");
        let score = fields.required("score");
        let rank = fields.optional("rank");
        Ok(Indicator { number: number?, name: name?, instrument: instrument?, score: score?, rank: rank? })
    }
}

impl Question {
    fn read(fields: &mut Fields) -> Result<Question, Reported> {
        let code = fields.required("code");
        let indicator = fields.required("indicator");
        let text = fields.required("text");
        let score = fields.required("score");
        let parts = fields.tables("part", |part| {
            let text = part.required("text");
            let score = part.required("score");
            Ok(Part { text: text?, score: score? })
        });
        Ok(Question { code: code?, indicator: indicator?, text: text?, score: score?, parts: parts? })
    }
}

impl ItemScore {
    fn read(fields: &mut Fields) -> Result<ItemScore, Reported> {
        let code = fields.required("code");
        let indicator = fields.required("indicator");
        let text = fields.required("text");
        let score = fields.required("score");
        Ok(ItemScore { code: code?, indicator: indicator?, text: text?, score: score? })
    }
}
