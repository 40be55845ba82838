//! Rules about the settings (P701–P702).

crate::diagnostic::rules! { no_settings, unknown_rule }
