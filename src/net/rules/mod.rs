//! Rules about other hosts (P215, P216).

crate::diagnostic::rules! { dead_external_link, moved_link }
