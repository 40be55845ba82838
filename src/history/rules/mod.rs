//! Rules about the history (P819).

crate::diagnostic::rules! { broken_history }
