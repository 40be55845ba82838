//! `surveys/eit-2566.toml`: the survey that people who deal with the agency answer (EIT).

use jiff::civil::Date;

use crate::diagnostic::{Reported, Spanned};
use crate::fields::{Fields, WebUrl, Year};

/// One EIT survey.
#[derive(Debug, Clone)]
pub struct Survey {
    /// Title, when it has one of its own.
    pub title: Option<String>,
    /// The year assessed.
    pub fiscal_year: Spanned<Year>,
    /// Address of the survey, as the commission gave it.
    pub url: Spanned<WebUrl>,
    /// First day.
    pub opens: Option<Spanned<Date>>,
    /// Last day.
    pub closes: Option<Spanned<Date>>,
}

impl Survey {
    pub(super) fn read(fields: &mut Fields) -> Result<Survey, Reported> {
        let title = fields.optional("title");
        let fiscal_year = fields.required_spanned("fiscal_year");
        let url = fields.required_spanned("url");
        let opens = fields.optional_spanned("opens");
        let closes = fields.optional_spanned("closes");
        Ok(Survey { title: title?, fiscal_year: fiscal_year?, url: url?, opens: opens?, closes: closes? })
    }
}
