//! `pages/slug.md`: a free page.

use super::Attachment;
use crate::diagnostic::Reported;
use crate::fields::Fields;

/// A free page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Title.
    pub title: String,
    /// Files.
    pub attachments: Vec<Attachment>,
}

impl Page {
    pub(super) fn read(fields: &mut Fields) -> Result<Page, Reported> {
        let title = fields.required("title");
        let attachments = fields.tables("attachment", Attachment::read);
        Ok(Page { title: title?, attachments: attachments? })
    }
}
