//! Stage 4, check: looks at a whole `Site` and reports; changes nothing.

mod private;
mod published;
mod used;
mod whistleblower;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::site::Site;

/// Names each check once: its module, its rule, its call.
macro_rules! checks {
    ($($module:ident),+ $(,)?) => {
        crate::diagnostic::rules! { $($module),+ }

        /// Runs every check. An error in a document that answers an item costs the item.
        pub fn check(site: &Site, diagnostics: &mut Diagnostics) {
            let checks: &[fn(&Site, &mut Diagnostics)] = &[$($module::check),+];
            let of_check = |check: &fn(&Site, &mut Diagnostics)| {
                let mut found = Diagnostics::default();
                check(site, &mut found);
                found
            };
            let all: Vec<Diagnostics> = checks.par_iter().map(of_check).collect();
            let mut found = Diagnostics::default();
            for list in all {
                found.append(list);
            }
            found.charge_errors(|path| site.document(path).and_then(|document| site.answered_by(document)));
            diagnostics.append(found);
        }
    };
}

checks! {
    broken_link,
    unsafe_link,
    unsafe_file,
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
    past_form,
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
    score_mean,
    score_total,
    rank_order,
    wrong_grade,
    indicator_name,
    wrong_indicator,
    unknown_code,
    weakness_without_measure,
    measure_without_weakness,
    measure_without_issue,
    step_alignment,
    weak_indicator_unexamined,
    step_unreported,
    outside_year,
    plan_after_steps,
    remedy_without_step,
    foreign_script,
    duplicate_executive,
    shared_photo,
    statistic_sum,
    wrong_group,
    same_name,
    long_name,
    windows_name,
    national_id,
    private_phone,
    private_email,
    bank_account,
    home_address,
    reporter_named,
    photo_location,
    author_metadata,
    unsearched_file,
    unused_allowance,
}
