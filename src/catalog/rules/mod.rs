//! Rules about a site's own forms (P703).

crate::diagnostic::rules! { bad_catalog }
