//! `progress/2566-h1/*.md`: what was done about a measure or one of its steps. The body says what.

use std::num::NonZeroU32;

use jiff::civil::Date;

use super::Attachment;
use crate::diagnostic::{Reported, Spanned};
use crate::fields::{Fields, choices};

choices! {
    /// How far a measure or step is.
    Status {
        /// แล้วเสร็จ.
        Done = "done",
        /// กำลังดำเนินการ.
        Ongoing = "ongoing",
        /// ยังไม่เริ่ม.
        NotStarted = "not-started",
    }
}

/// Progress of one measure or step.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Title, when it has one.
    pub title: Option<String>,
    /// Number of the measure.
    pub measure: Spanned<NonZeroU32>,
    /// Number of the step; the measure as a whole when absent.
    pub step: Option<Spanned<NonZeroU32>>,
    /// How far it is.
    pub status: Spanned<Status>,
    /// The time reported on.
    pub period: Spanned<String>,
    /// Day of the report.
    pub date: Option<Date>,
    /// Evidence.
    pub attachments: Vec<Attachment>,
}

impl Progress {
    pub(super) fn read(fields: &mut Fields) -> Result<Progress, Reported> {
        let title = fields.optional("title");
        let measure = fields.required_spanned("measure");
        let step = fields.optional_spanned("step");
        let status = fields.required_spanned("status");
        let period = fields.required_spanned("period");
        let date = fields.optional("date");
        let attachments = fields.tables("attachment", Attachment::read);
        Ok(Progress {
            title: title?,
            measure: measure?,
            step: step?,
            status: status?,
            period: period?,
            date: date?,
            attachments: attachments?,
        })
    }
}
