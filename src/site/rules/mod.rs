//! Rules found while putting the site together (P204).

crate::diagnostic::rules! { duplicate_url }
