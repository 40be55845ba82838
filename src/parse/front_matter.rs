//! Splits a Markdown file into its TOML front matter, between two lines `+++`, and its body.

use std::ops::Range;

use super::rules::no_front_matter;
use crate::diagnostic::{Diagnostics, Reported};
use crate::source::SourcePath;

/// The parts of a Markdown file, with their byte offsets in it.
pub(super) struct Parts<'a> {
    pub(super) toml: &'a str,
    pub(super) toml_offset: usize,
    /// The closing `+++`.
    pub(super) end: Range<usize>,
    pub(super) body_offset: usize,
}

const FENCE: &str = "+++";

/// Splits `text`; reports when a `+++` line is missing.
pub(super) fn split<'a>(path: &SourcePath, text: &'a str, diagnostics: &mut Diagnostics) -> Result<Parts<'a>, Reported> {
    let first = text.split('\n').next().unwrap_or(text);
    if first.trim_end() != FENCE {
        return Err(no_front_matter::no_opening(path, first, diagnostics));
    }
    let toml_offset = (first.len() + 1).min(text.len());
    let mut start = toml_offset;
    for line in text[toml_offset..].split('\n') {
        if line.trim_end() == FENCE {
            let body_offset = (start + line.len() + 1).min(text.len());
            return Ok(Parts { toml: &text[toml_offset..start], toml_offset, end: start..start + FENCE.len(), body_offset });
        }
        start += line.len() + 1;
    }
    Err(no_front_matter::no_closing(path, diagnostics))
}
