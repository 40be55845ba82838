//! Rules about files (P101, P108–P124, P501).

use crate::diagnostic::{Diagnostics, rules};
use crate::source::{DiskProblem, SourcePath};

rules! {
    broken_toml, no_front_matter, not_utf8, empty_file, too_large, unreadable, symlink_loop, not_a_file, misplaced_file, bad_slug,
    raw_html, unread_link, translation_alone, link_outside, too_deep, mistyped_letters,
    broken_table, indented_text, field_in_text
}

/// Reports what `discover` could not read.
pub(super) fn report_disk_problems(problems: &[(SourcePath, DiskProblem)], diagnostics: &mut Diagnostics) {
    for (path, problem) in problems {
        match problem {
            DiskProblem::TooLarge(size) => too_large::report(path, *size, diagnostics),
            DiskProblem::Unreadable(reason) => unreadable::report(path, reason, diagnostics),
            DiskProblem::SymlinkLoop => symlink_loop::report(path, diagnostics),
            DiskProblem::Outside => link_outside::report(path, diagnostics),
            DiskProblem::NotAFile => not_a_file::report(path, diagnostics),
            DiskProblem::NameNotUtf8 => bad_slug::not_utf8(path, diagnostics),
        }
    }
}
