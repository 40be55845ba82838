//! `submissions/2566.toml`: the answers that were handed in, frozen.

use jiff::civil::Date;

use crate::diagnostic::{Reported, Spanned};
use crate::fields::{Fields, Year};
use crate::thai::Code;

/// The answers of one fiscal year.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The year of the form.
    pub fiscal_year: Spanned<Year>,
    /// Day they were handed in.
    pub date: Date,
    /// One answer per item and address.
    pub answers: Vec<Answer>,
}

/// One answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The item.
    pub item: Spanned<Code>,
    /// The address handed in, absolute or from the site's root.
    pub url: Spanned<String>,
    /// The way there from home, as it was handed in.
    pub explanation: Option<String>,
    /// SHA-256 of what it showed that day, in hexadecimal: of a page its words and links, of a file its bytes.
    pub sha256: Option<String>,
}

impl Submission {
    pub(super) fn read(fields: &mut Fields) -> Result<Submission, Reported> {
        let fiscal_year = fields.required_spanned("fiscal_year");
        let date = fields.required("date");
        let answers = fields.tables("answer", |answer| {
            let item = answer.required_spanned("item");
            let url = answer.required_spanned("url");
            let explanation = answer.optional("explanation");
            let sha256 = answer.optional("sha256");
            Ok(Answer { item: item?, url: url?, explanation: explanation?, sha256: sha256? })
        });
        Ok(Submission { fiscal_year: fiscal_year?, date: date?, answers: answers? })
    }
}
