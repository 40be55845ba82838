//! Rules about the settings (P701, P702, P705, P706).

crate::diagnostic::rules! { no_settings, unknown_rule, level_too_low, secret_key }
