//! The webmaster's desk: content files made and changed, for the commands and the studio. It makes changes; `publish::edits` writes them.

pub mod manuscript;
pub mod sheets;

pub use manuscript::Manuscript;
