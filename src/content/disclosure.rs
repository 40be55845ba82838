//! `disclosures/2566/<topic>.md`: the page that answers any other item of the form.

use std::num::NonZeroU32;

use jiff::civil::Date;

use super::Attachment;
use crate::diagnostic::{Reported, Spanned};
use crate::fields::{Fields, RequirementId, Topic, Year};

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
    /// There is nothing to disclose this year, and the page says so.
    pub none: bool,
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

    pub(super) fn read(fields: &mut Fields) -> Result<Disclosure, Reported> {
        let title = fields.optional("title");
        let topic = fields.optional_spanned("topic");
        let fiscal_year = fields.optional_spanned("fiscal_year");
        let date = fields.optional("date");
        let none = fields.optional("none");
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
            none: none?.unwrap_or(false),
            covers: covers?,
            not_applicable: not_applicable?,
            attachments: attachments?,
        })
    }
}
