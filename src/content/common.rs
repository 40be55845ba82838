//! What every document may have: when it was updated, which unit answers for it, whether it is an example.

use jiff::civil::Date;
use toml::de::DeTable;

use crate::diagnostic::{Reported, Spanned};
use crate::fields::Fields;

/// Fields of every document.
#[derive(Debug, Clone, Default)]
pub struct Common {
    /// Day of the last change.
    pub updated: Option<Date>,
    /// Unit that is responsible.
    pub unit: Option<Spanned<String>>,
    /// Made up, to show how it looks; marked on the page.
    pub example: bool,
}

/// A file that a document publishes.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Its path, seen from the document.
    pub file: Spanned<String>,
    /// What it is called on the page.
    pub title: String,
}

/// The key of a document that is not finished.
pub const DRAFT: &str = "draft";

/// Whether a document says `draft = true`: it is not published, and only its syntax is checked.
pub(crate) fn is_draft(table: &DeTable) -> bool {
    table.get(DRAFT).is_some_and(|value| value.get_ref().as_bool() == Some(true))
}

impl Common {
    pub(super) fn read(fields: &mut Fields) -> Result<Common, Reported> {
        let updated = fields.optional("updated");
        let unit = fields.optional_spanned("unit");
        let example = fields.optional("example");
        // Read before: a draft does not come here.
        fields.optional::<bool>(DRAFT)?;
        Ok(Common { updated: updated?, unit: unit?, example: example?.unwrap_or(false) })
    }
}

impl Attachment {
    pub(super) fn read(fields: &mut Fields) -> Result<Attachment, Reported> {
        let file = fields.required_file("file");
        let title = fields.required("title");
        Ok(Attachment { file: file?, title: title? })
    }
}
