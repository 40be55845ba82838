//! Rules about themes and what is rendered: P601–P605, and those that need the finished pages, P218, P304 and P905.

crate::diagnostic::rules! { submitted_changed, far_from_home, template_error, qr_unreadable, no_theme, dead_theme_link, unsafe_page, hidden_channel }
