//! `results/2565.toml`: the result of one assessment, as printed. Scores are 0–100.

use rust_decimal::Decimal;

use crate::diagnostic::{Reported, Spanned};
use crate::fields::{Fields, Year};
use crate::thai::Code;
use crate::thai::digits::to_arabic;

/// The result of one fiscal year.
#[derive(Debug, Clone)]
pub struct Results {
    /// The year assessed.
    pub fiscal_year: Spanned<Year>,
    /// Total score.
    pub total: Spanned<Decimal>,
    /// Grade, as the year's scheme names it.
    pub grade: Spanned<String>,
    /// The document it was copied from.
    pub source: Option<String>,
    /// The result in a sentence.
    pub statement: Option<String>,
    /// Averages of the instruments.
    pub instruments: Vec<Instrument>,
    /// Scores of the indicators.
    pub indicators: Vec<Indicator>,
    /// Sub-indicators of the form whose scores are known.
    pub subs: Vec<SubScore>,
    /// Questions whose scores are known.
    pub questions: Vec<Question>,
    /// Items of the form whose scores are known.
    pub items: Vec<ItemScore>,
}

/// One instrument's average.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// `IIT`, `EIT` or `OIT`.
    pub code: Spanned<String>,
    /// Name as printed.
    pub name: String,
    /// Average.
    pub score: Spanned<Decimal>,
}

/// One indicator's score.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Number, 1–10.
    pub number: Spanned<u32>,
    /// Name as printed.
    pub name: Spanned<String>,
    /// Code of its instrument.
    pub instrument: Spanned<String>,
    /// Score.
    pub score: Spanned<Decimal>,
    /// Rank among the indicators, 1 the best.
    pub rank: Option<Spanned<u32>>,
}

/// One sub-indicator's score (ตัวชี้วัดย่อย).
#[derive(Debug, Clone)]
pub struct SubScore {
    /// Its id on the year's form: `9.1`.
    pub id: Spanned<String>,
    /// Name as printed, when it is.
    pub name: Option<String>,
    /// Score.
    pub score: Spanned<Decimal>,
}

/// One question's score.
#[derive(Debug, Clone)]
pub struct Question {
    /// `I14`, `E6`.
    pub code: Spanned<Code>,
    /// Number of the indicator it is printed under.
    pub indicator: Spanned<u32>,
    /// Text as printed.
    pub text: String,
    /// Score.
    pub score: Spanned<Decimal>,
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
    pub code: Spanned<Code>,
    /// Number of the indicator it is printed under.
    pub indicator: Spanned<u32>,
    /// Title as printed.
    pub text: String,
    /// Score.
    pub score: Spanned<Decimal>,
}

impl Results {
    pub(super) fn read(fields: &mut Fields) -> Result<Results, Reported> {
        let fiscal_year = fields.required_spanned("fiscal_year");
        let total = fields.required_spanned("total");
        let grade = fields.required_spanned("grade");
        let source = fields.optional("source");
        let statement = fields.optional("statement");
        let instruments = fields.tables("instrument", Instrument::read);
        let indicators = fields.tables("indicator", Indicator::read);
        let subs = fields.tables("sub", SubScore::read);
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
            subs: subs?,
            questions: questions?,
            items: items?,
        })
    }
}

impl Instrument {
    fn read(fields: &mut Fields) -> Result<Instrument, Reported> {
        let code = fields.required_spanned("code");
        let name = fields.required("name");
        let score = fields.required_spanned("score");
        Ok(Instrument { code: code?, name: name?, score: score? })
    }
}

impl Indicator {
    fn read(fields: &mut Fields) -> Result<Indicator, Reported> {
        let number = fields.required_spanned("number");
        let name = fields.required_spanned("name");
        let instrument = fields.required_spanned("instrument");
        let score = fields.required_spanned("score");
        let rank = fields.optional_spanned("rank");
        Ok(Indicator { number: number?, name: name?, instrument: instrument?, score: score?, rank: rank? })
    }
}

impl SubScore {
    fn read(fields: &mut Fields) -> Result<SubScore, Reported> {
        let id: Result<Spanned<String>, Reported> = fields.required_spanned("id");
        let name = fields.optional("name");
        let score = fields.required_spanned("score");
        let id = id.map(|id| Spanned { value: to_arabic(&id.value).into_owned(), span: id.span });
        Ok(SubScore { id: id?, name: name?, score: score? })
    }
}

impl Question {
    fn read(fields: &mut Fields) -> Result<Question, Reported> {
        let code = fields.required_spanned("code");
        let indicator = fields.required_spanned("indicator");
        let text = fields.required("text");
        let score = fields.required_spanned("score");
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
        let code = fields.required_spanned("code");
        let indicator = fields.required_spanned("indicator");
        let text = fields.required("text");
        let score = fields.required_spanned("score");
        Ok(ItemScore { code: code?, indicator: indicator?, text: text?, score: score? })
    }
}
