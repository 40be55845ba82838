//! `disclosures/2566/<topic>.md`: the page that answers any other item of the form.

use std::num::NonZeroU32;

use jiff::civil::Date;

use super::Attachment;
use super::rows::{Row, RowKind};
use crate::diagnostic::{Reported, Spanned};
use crate::fields::{Fields, Month as MonthValue, RequirementId, Topic, Year};
use crate::thai::Period;

/// One disclosure.
#[derive(Debug, Clone)]
pub struct Disclosure {
    /// Title; the topic's own when absent.
    pub title: Option<String>,
    /// Topic of the form; the file name when absent.
    pub topic: Option<Spanned<Topic>>,
    /// The year of the form; that of the folder when absent.
    pub fiscal_year: Option<Spanned<Year>>,
    /// Day of the document.
    pub date: Option<Date>,
    /// The time it is about or in force.
    pub period: Option<Spanned<Period>>,
    /// Topic of the plan that it reports on.
    pub reports_on: Option<Spanned<Topic>>,
    /// Name of the person who signed it.
    pub signed_by: Option<Spanned<String>>,
    /// There is nothing to disclose this year, and the page says so.
    pub none: bool,
    /// Problems and obstacles, or that there are none.
    pub problems: Vec<Spanned<String>>,
    /// Recommendations, or that there are none.
    pub recommendations: Vec<Spanned<String>>,
    /// Money spent in words, or that none was.
    pub spending: Option<String>,
    /// Months, each with its place or the word that there is nothing.
    pub months: Vec<Month>,
    /// Rows by kind.
    pub rows: Vec<(RowKind, Vec<Row>)>,
    /// Which requirements it answers, and where.
    pub covers: Vec<Covers>,
    /// Requirements that do not apply, and why.
    pub not_applicable: Vec<NotApplicable>,
    /// Files.
    pub attachments: Vec<Attachment>,
}

/// The author's word that a place answers a requirement.
#[derive(Debug, Clone)]
pub struct Covers {
    /// Id of the requirement: `O11.2`.
    pub requirement: Spanned<RequirementId>,
    /// Anchor on the page: `#budget`.
    pub at: Option<Spanned<String>>,
    /// An attached file.
    pub file: Option<Spanned<String>>,
    /// Page of the file, from 1.
    pub page: Option<NonZeroU32>,
}

/// One month of a disclosure that goes by months.
#[derive(Debug, Clone)]
pub struct Month {
    /// The month.
    pub month: Spanned<Period>,
    /// There is nothing to disclose this month.
    pub none: bool,
    /// Its file.
    pub file: Option<Spanned<String>>,
    /// Its anchor on the page.
    pub at: Option<Spanned<String>>,
}

/// A requirement that does not apply.
#[derive(Debug, Clone)]
pub struct NotApplicable {
    /// Id of the requirement.
    pub requirement: Spanned<RequirementId>,
    /// Reason, shown on the site.
    pub reason: String,
}

impl Disclosure {
    /// Its topic, given the name of its file.
    pub fn topic<'a>(&'a self, slug: &'a str) -> &'a str {
        self.topic.as_ref().map_or(slug, |topic| topic.value.0.as_str())
    }

    /// Its rows of a kind.
    pub fn rows(&self, kind: RowKind) -> &[Row] {
        self.rows.iter().find(|(known, _)| *known == kind).map(|(_, rows)| rows.as_slice()).unwrap_or_default()
    }

    pub(super) fn read(fields: &mut Fields) -> Result<Disclosure, Reported> {
        let title = fields.optional("title");
        let topic = fields.optional_spanned("topic");
        let fiscal_year = fields.optional_spanned("fiscal_year");
        let date = fields.optional("date");
        let period = fields.optional_spanned("period");
        let reports_on = fields.optional_spanned("reports_on");
        let signed_by = fields.optional_spanned("signed_by");
        let none = fields.optional("none");
        let problems = fields.list("problems");
        let recommendations = fields.list("recommendations");
        let spending = fields.optional("spending");
        let months = fields.tables("month", Month::read);
        let rows = RowKind::ALL.map(|kind| Ok((kind, fields.tables(kind.key(), |row| Row::read(kind, row))?)));
        let covers = fields.tables("covers", |covers| {
            let requirement = covers.required_spanned("requirement");
            let at = covers.optional_spanned("at");
            let file = covers.file("file");
            let page = covers.optional("page");
            Ok(Covers { requirement: requirement?, at: at?, file: file?, page: page? })
        });
        let not_applicable = fields.tables("not_applicable", |row| {
            let requirement = row.required_spanned("requirement");
            let reason = row.required("reason");
            Ok(NotApplicable { requirement: requirement?, reason: reason? })
        });
        let attachments = fields.tables("attachment", Attachment::read);
        Ok(Disclosure {
            title: title?,
            topic: topic?,
            fiscal_year: fiscal_year?,
            date: date?,
            period: period?,
            reports_on: reports_on?,
            signed_by: signed_by?,
            none: none?.unwrap_or(false),
            problems: problems?,
            recommendations: recommendations?,
            spending: spending?,
            months: months?,
            rows: rows.into_iter().collect::<Result<_, Reported>>()?,
            covers: covers?,
            not_applicable: not_applicable?,
            attachments: attachments?,
        })
    }
}

impl Month {
    fn read(fields: &mut Fields) -> Result<Month, Reported> {
        let month = fields.required_spanned::<MonthValue>("month");
        let month = month.map(|month| Spanned { value: month.value.0, span: month.span });
        let none = fields.optional("none");
        let file = fields.file("file");
        let at = fields.optional_spanned("at");
        Ok(Month { month: month?, none: none?.unwrap_or(false), file: file?, at: at? })
    }
}
