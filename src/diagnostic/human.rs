//! Diagnostics for people: rustc's look, with carets right under Thai.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Lang, Severity};
use crate::sealed::mask;
use crate::source::Sources;
use crate::thai::personal::{self, Kind};

/// Most bytes of a file that are shown; of longer lines only the place is told.
const MAX_SNIPPET: usize = 16 * 1024;

/// One diagnostic as text, without a final line break.
///
/// `styled` adds terminal colours. Numbers of citizens' cards are covered wherever they stand; where what is wrong is that a text says
/// too much of a person, so is all that does.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, styled: bool) -> String {
    let (level, name) = match (diagnostic.severity, lang) {
        (Severity::Error, Lang::Th) => (Level::ERROR, "ข้อผิดพลาด"),
        (Severity::Error, Lang::En) => (Level::ERROR, "error"),
        (Severity::Warning, Lang::Th) => (Level::WARNING, "คำเตือน"),
        (Severity::Warning, Lang::En) => (Level::WARNING, "warning"),
    };
    // What is shown goes to logs and screens: a secret key in it is starred out.
    let message = mask(diagnostic.message.get(lang));
    let source = sources.text(&diagnostic.span.path).map(mask);
    let title = level.with_name(name).primary_title(&*message).id(diagnostic.rule.code);
    let path = diagnostic.span.path.as_str();
    let veiled = source.as_deref().map(|text| {
        let also = diagnostic.span.bytes.filter(|_| diagnostic.is_secret);
        personal::veil(text, also, |kind| diagnostic.is_secret || kind == Kind::NationalId)
    });
    let mut group = match (diagnostic.span.bytes, &veiled) {
        (Some((start, end)), Some(text)) => {
            let (start, end) = (text.floor_char_boundary(start), text.floor_char_boundary(end.max(start)));
            let lines = lines(text, start, end);
            let line = 1 + text[..lines.start].matches('\n').count();
            if lines.len() <= MAX_SNIPPET {
                let span = AnnotationKind::Primary.span(start - lines.start..end - lines.start);
                title.element(Snippet::source(&text[lines]).line_start(line).path(path).annotation(span))
            } else {
                let column = 1 + text[lines.start..start].chars().count();
                title.element(Origin::path(path).line(line).char_column(column))
            }
        }
        _ => title.element(Origin::path(path)),
    };
    if let Some(help) = &diagnostic.help {
        let name = match lang {
            Lang::Th => "วิธีแก้",
            Lang::En => "help",
        };
        group = group.element(Level::HELP.with_name(name).message(help.get(lang).as_str()));
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// The whole lines that a place lies in; the rest of the file need not be looked at.
fn lines(text: &str, start: usize, end: usize) -> Range<usize> {
    let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let last = text[end..].find('\n').map_or(text.len(), |at| end + at);
    first..last
}
