//! `analysis/2566.md`: what the agency reads out of a result. The body is the narrative.

use jiff::civil::Date;

use super::Reference;
use crate::diagnostic::{Reported, Spanned};
use crate::fields::{Fields, Year};

/// The analysis that a fiscal year's measures rest on.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Title.
    pub title: Spanned<String>,
    /// The year of the measures.
    pub fiscal_year: Spanned<Year>,
    /// The year whose result is analysed.
    pub result: Spanned<Year>,
    /// Day of the analysis.
    pub date: Option<Spanned<Date>>,
    /// Findings.
    pub findings: Vec<Point>,
    /// Faults or weaknesses to be mended urgently; numbered from 1 in their order.
    pub urgent_issues: Vec<Point>,
    /// Why there is none, where there is none.
    pub no_urgent_issue: Option<String>,
    /// Points to develop.
    pub developments: Vec<Point>,
    /// What is to be done about single questions and items.
    pub remedies: Vec<Remedy>,
}

/// One finding, urgent issue or point to develop.
#[derive(Debug, Clone)]
pub struct Point {
    /// The text.
    pub text: Spanned<String>,
    /// What it is about, when that is said.
    pub about: Vec<Spanned<Reference>>,
}

/// What is to be done about a question or item.
#[derive(Debug, Clone)]
pub struct Remedy {
    /// The question or item.
    pub about: Spanned<Reference>,
    /// Actions, in order.
    pub actions: Vec<Spanned<String>>,
}

impl Analysis {
    pub(super) fn read(fields: &mut Fields) -> Result<Analysis, Reported> {
        let title = fields.required_spanned("title");
        let fiscal_year = fields.required_spanned("fiscal_year");
        let result = fields.required_spanned("result");
        let date = fields.optional_spanned("date");
        let findings = fields.tables("finding", |finding| Point::read(finding, "about"));
        let urgent_issues = fields.tables("urgent_issue", |issue| Point::read(issue, "addresses"));
        let no_urgent_issue = fields.optional("no_urgent_issue");
        let developments = fields.tables("development", |development| Point::read(development, "about"));
        let remedies = fields.tables("remedy", |remedy| {
            let about = remedy.required_spanned("about");
            let actions = remedy.list("actions");
            Ok(Remedy { about: about?, actions: actions? })
        });
        Ok(Analysis {
            title: title?,
            fiscal_year: fiscal_year?,
            result: result?,
            date: date?,
            findings: findings?,
            urgent_issues: urgent_issues?,
            no_urgent_issue: no_urgent_issue?,
            developments: developments?,
            remedies: remedies?,
        })
    }

    /// Every reference it makes.
    pub fn references(&self) -> impl Iterator<Item = &Spanned<Reference>> {
        let points = self.findings.iter().chain(&self.urgent_issues).chain(&self.developments);
        points.flat_map(|point| &point.about).chain(self.remedies.iter().map(|remedy| &remedy.about))
    }
}

impl Point {
    fn read(fields: &mut Fields, key: &'static str) -> Result<Point, Reported> {
        let text = fields.required_spanned("text");
        let about = fields.list(key);
        Ok(Point { text: text?, about: about? })
    }
}
