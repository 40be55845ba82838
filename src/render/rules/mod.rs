//! Rules about themes and what is rendered (P601–P603).

crate::diagnostic::rules! { template_error, qr_unreadable, no_theme }
