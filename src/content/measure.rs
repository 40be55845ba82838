//! `measures/2566/N-slug.md`: one measure of a fiscal year and its steps.

use super::Reference;
use crate::diagnostic::{Reported, Spanned};
use crate::fields::Fields;

/// One measure. Its number is that of the file name.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Title.
    pub title: Spanned<String>,
    /// The weaknesses it mends.
    pub addresses: Vec<Spanned<Reference>>,
    /// Units responsible, when they are not given per step.
    pub responsible: Vec<Spanned<String>>,
    /// Periods, when they are not given per step.
    pub periods: Vec<Spanned<String>>,
    /// How progress is followed and reported.
    pub reporting: Vec<Spanned<String>>,
    /// Steps, numbered from 1.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone)]
pub struct Step {
    /// What is done.
    pub text: Spanned<String>,
    /// Unit responsible.
    pub responsible: Option<Spanned<String>>,
    /// When.
    pub period: Option<Spanned<String>>,
    /// How often.
    pub frequency: Option<String>,
}

impl Measure {
    pub(super) fn read(fields: &mut Fields) -> Result<Measure, Reported> {
        let title = fields.required_spanned("title");
        let addresses = fields.list("addresses");
        let responsible = fields.list("responsible");
        let periods = fields.list("periods");
        let reporting = fields.list("reporting");
        let steps = fields.tables("step", |step| {
            let text = step.required_spanned("text");
            let responsible = step.optional_spanned("responsible");
            let period = step.optional_spanned("period");
            let frequency = step.optional("frequency");
            Ok(Step { text: text?, responsible: responsible?, period: period?, frequency: frequency? })
        });
        Ok(Measure {
            title: title?,
            addresses: addresses?,
            responsible: responsible?,
            periods: periods?,
            reporting: reporting?,
            steps: steps?,
        })
    }

    /// Whether a unit is named: for the measure, or for every step.
    pub fn has_responsible(&self) -> bool {
        !self.responsible.is_empty() || !self.steps.is_empty() && self.steps.iter().all(|step| step.responsible.is_some())
    }
}
