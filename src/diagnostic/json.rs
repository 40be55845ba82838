//! Diagnostics for tools: one JSON object per line, its own struct so that internals can move.

use serde::Serialize;

use super::{Diagnostic, Severity, Text};
use crate::sealed::mask;
use crate::source::Sources;
use crate::thai::Code;

#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    path: &'a str,
    start: Option<Place>,
    end: Option<Place>,
    message: &'a Text,
    help: Option<&'a Text>,
    item: Option<Code>,
}

/// A place: line and column from 1, column in characters, byte from 0 in the text without byte order mark.
#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    byte: usize,
}

/// One diagnostic as a JSON object on one line: `code`, `name`, `severity`, `path`, `start`, `end`, `message`, `help`, `item`.
pub fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let text = sources.text(&diagnostic.span.path);
    let place = |byte: usize| text.map(|text| Place::of(text, byte));
    let line = Line {
        code: diagnostic.rule.code,
        name: diagnostic.rule.name,
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        path: diagnostic.span.path.as_str(),
        start: diagnostic.span.bytes.and_then(|(start, _)| place(start)),
        end: diagnostic.span.bytes.and_then(|(_, end)| place(end)),
        message: &diagnostic.message,
        help: diagnostic.help.as_ref(),
        item: diagnostic.item,
    };
    let line = serde_json::to_string(&line).expect("strings and numbers always serialize");
    mask(&line).into_owned()
}

impl Place {
    fn of(text: &str, byte: usize) -> Place {
        let byte = text.floor_char_boundary(byte);
        let before = &text[..byte];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1, byte }
    }
}
