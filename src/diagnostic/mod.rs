//! Problems in content as values: a rule, a place, and words in both languages.

pub mod explain;
pub mod human;
pub mod json;
mod rule;
pub mod sarif;
mod text;

use std::ops::Range;

pub use rule::{Level, Levels, Rule, Severity};
pub use text::{Lang, Text};

use crate::source::SourcePath;
use crate::thai::Code;

pub(crate) use rule::rules;
pub(crate) use text::text;

/// A place in a source: a byte range, or the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub path: SourcePath,
    /// Bytes `start..end` of its text; `None` for the file as a whole.
    pub bytes: Option<(usize, usize)>,
}

/// A value and the place it was read from.
#[derive(Debug, Clone)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

/// One problem at one place.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The kind of problem.
    pub rule: &'static Rule,
    /// How severe it is here, after the site's own levels.
    pub severity: Severity,
    /// Where it is.
    pub span: Span,
    /// What is wrong here.
    pub message: Text,
    /// What to type.
    pub help: Option<Text>,
    /// The item of the form that it costs.
    pub item: Option<Code>,
    /// The field that is missing there.
    pub key: Option<&'static str>,
    /// What stands at the place is not to be shown: who sees the report is not to see it, too.
    pub is_secret: bool,
}

/// Proof that a problem was reported; only [`Diagnostics::push`] makes one.
#[derive(Debug, Clone, Copy)]
pub struct Reported(());

/// All problems of a run.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

/// Most problems that are shown to people; what is above them is counted. Each shows a piece of its file, which is read for it.
pub const MAX_SHOWN: usize = 300;

/// The same for programs.
pub const MAX_LISTED: usize = 2_000;

impl Span {
    /// The file as a whole.
    pub fn file(path: &SourcePath) -> Span {
        Span { path: path.clone(), bytes: None }
    }

    /// A byte range of the file's text.
    pub fn range(path: &SourcePath, range: Range<usize>) -> Span {
        Span { path: path.clone(), bytes: Some((range.start, range.end)) }
    }
}

impl Diagnostic {
    /// The same with a sentence that says what to type.
    #[must_use]
    pub fn help(mut self, help: Text) -> Diagnostic {
        self.help = Some(help);
        self
    }

    /// The same, said to be about a field that is not there.
    #[must_use]
    pub fn key(mut self, key: &'static str) -> Diagnostic {
        self.key = Some(key);
        self
    }

    /// The same, without showing what stands at the place.
    #[must_use]
    pub fn secret(mut self) -> Diagnostic {
        self.is_secret = true;
        self
    }

    /// The same, said to cost an item of the form.
    #[must_use]
    pub fn item(mut self, item: Code) -> Diagnostic {
        self.item = Some(item);
        self
    }
}

impl Diagnostics {
    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) -> Reported {
        self.list.push(diagnostic);
        Reported(())
    }

    /// Number of problems so far; the index of the next.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Takes back the problem at `index`, because another one just reported says the same better.
    pub(crate) fn withdraw(&mut self, index: usize) {
        self.list.remove(index);
    }

    /// Says what a rule found at a place in other words, because more became known.
    pub(crate) fn reword(&mut self, rule: &Rule, at: &Span, (message, help): (Text, Text)) {
        if let Some(found) = self.list.iter_mut().rfind(|found| found.rule.code == rule.code && found.span == *at) {
            found.message = message;
            found.help = Some(help);
        }
    }

    /// Adds the problems of `other`.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
    }

    /// Says of errors that name no item which one they cost, by the file they are in.
    pub(crate) fn charge_errors(&mut self, item: impl Fn(&SourcePath) -> Option<Code>) {
        for diagnostic in self.list.iter_mut().filter(|found| found.item.is_none() && found.severity == Severity::Error) {
            diagnostic.item = item(&diagnostic.span.path);
        }
    }

    /// Keeps the problems for which `keep` holds.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Applies the levels a site sets, drops what it ignores, and sorts by item and place.
    pub fn apply(&mut self, levels: &Levels) {
        self.list.retain_mut(|diagnostic| match levels.of(diagnostic.rule) {
            None => true,
            Some(Level::Ignore) => false,
            Some(Level::Warn) => {
                diagnostic.severity = Severity::Warning;
                true
            }
            Some(Level::Error) => {
                diagnostic.severity = Severity::Error;
                true
            }
        });
        // What costs an item comes after the rest, in the order of the form.
        self.list.sort_by(|a, b| {
            let key = |diagnostic: &Diagnostic| (diagnostic.item, diagnostic.span.clone(), diagnostic.rule.code);
            key(a).cmp(&key(b)).then_with(|| a.message.en.cmp(&b.message.en))
        });
    }

    /// Whether a problem stands in the way of publishing.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Number of problems of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// The problems.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
