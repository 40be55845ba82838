//! `Rule`: one kind of problem, with its explanation and the examples that test it.

use super::{Diagnostic, Span, Text};

/// How much a problem matters, for publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be published right.
    Error,
    /// It can, but loses points or readers.
    Warning,
}

/// What a site sets for a rule under `[rules]` of `site.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Do not report it.
    Ignore,
    /// Report it, publish all the same.
    Warn,
    /// Report it and do not publish.
    Error,
}

/// The levels a site sets; rules that are not named keep their own severity.
#[derive(Debug, Clone, Default)]
pub struct Levels(pub(crate) Vec<(String, Level)>);

/// One kind of problem. Lives in one file, together with the check that finds it.
#[derive(Debug)]
pub struct Rule {
    /// Stable code, never used again for something else: `P103`.
    pub code: &'static str,
    /// What is wrong, as a name: `unknown-field`.
    pub name: &'static str,
    /// Severity unless the site sets a level.
    pub severity: Severity,
    /// Why it matters and what to do, in a few sentences.
    pub explanation: Text<&'static str>,
    /// A fixture that raises exactly this rule; see [`crate::source::Sources::from_fixture`].
    pub bad: &'static str,
    /// The same, repaired; raises nothing.
    pub good: &'static str,
}

impl Rule {
    /// A problem of this kind at a place.
    pub fn at(&'static self, span: Span, message: Text) -> Diagnostic {
        Diagnostic { rule: self, severity: self.severity, span, message, help: None, item: None, key: None, is_secret: false }
    }
}

impl Levels {
    /// The level the site sets for `rule`, by name or code.
    pub fn of(&self, rule: &Rule) -> Option<Level> {
        self.0.iter().find(|(name, _)| name == rule.name || name == rule.code).map(|(_, level)| *level)
    }
}

/// Declares the modules of a folder of rules and lists their `RULE`s, so that each is named once.
macro_rules! rules {
    ($($module:ident),+ $(,)?) => {
        $(pub(crate) mod $module;)+

        /// The rules of this folder.
        pub(crate) static RULES: &[&$crate::diagnostic::Rule] = &[$(&$module::RULE),+];
    };
}
pub(crate) use rules;
