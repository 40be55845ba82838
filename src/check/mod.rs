//! Stage 4, check: looks at a whole `Site` and reports; changes nothing.

mod used;
mod whistleblower;

use crate::diagnostic::Diagnostics;
use crate::site::Site;

/// Names each check once: its module, its rule, its call.
macro_rules! checks {
    ($($module:ident),+ $(,)?) => {
        crate::diagnostic::rules! { $($module),+ }

        /// Runs every check.
        pub fn check(site: &Site, diagnostics: &mut Diagnostics) {
            $($module::check(site, diagnostics);)+
        }
    };
}

checks! {
    broken_link,
    submitted_gone,
    bad_redirect,
    missing_file,
    not_an_image,
    dangling_reference,
    survey_url,
    unused_file,
    measure_number,
    missing_item,
    missing_requirement,
    unknown_topic,
    year_mismatch,
    no_form,
    file_kind,
    locked_file,
    scanned_pdf,
    page_beyond_end,
    evidence_elsewhere,
    shared_channel,
    group_channel,
    identity_demanded,
    no_protection,
    procedure_differs,
}
