//! Diagnostics for people: rustc's look, with carets right under Thai.

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Lang, Severity};
use crate::sealed::mask;
use crate::source::Sources;

/// One diagnostic as text, without a final line break.
///
/// `styled` adds terminal colours.
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
    let mut group = match (diagnostic.span.bytes, &source) {
        (Some((start, end)), Some(text)) => {
            let (start, end) = (start.min(text.len()), end.min(text.len()));
            title.element(Snippet::source(&**text).path(path).annotation(AnnotationKind::Primary.span(start..end)))
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
