//! `news/YYYY-MM-DD-slug.md`: one post.

use jiff::civil::Date;

use super::Attachment;
use crate::diagnostic::Reported;
use crate::fields::Fields;

/// One post.
#[derive(Debug, Clone)]
pub struct News {
    /// Title.
    pub title: String,
    /// Day of the post.
    pub date: Date,
    /// One or two sentences for lists and the feed.
    pub summary: Option<String>,
    /// Files.
    pub attachments: Vec<Attachment>,
}

impl News {
    pub(super) fn read(fields: &mut Fields) -> Result<News, Reported> {
        let title = fields.required("title");
        let date = fields.required("date");
        let summary = fields.optional("summary");
        let attachments = fields.tables("attachment", Attachment::read);
        Ok(News { title: title?, date: date?, summary: summary?, attachments: attachments? })
    }
}
