//! The webmaster's desk: content files made and changed, for the commands and the studio. It makes changes; `publish::edits` writes them.

pub mod blank;
pub mod cms;
pub mod drafts;
pub mod manuscript;
pub mod next;
pub mod schema;
pub mod sheets;
pub mod start;
mod written;
pub mod year;

pub use manuscript::Manuscript;
