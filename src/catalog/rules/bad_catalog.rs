//! `bad-catalog` (P703)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P703",
    name: "bad-catalog",
    severity: Severity::Error,
    explanation: Text {
        th: "แบบ OIT ที่เว็บไซต์นำมาใช้เอง (content/catalog/fyNNNN.toml) ไม่ตรงรูปแบบ จึงตรวจตามแบบนั้นไม่ได้ ให้เทียบกับแบบที่มากับโปรแกรม",
        en: "The site's own form, content/catalog/fyNNNN.toml, is not written like one, so nothing can be checked against it. Compare it with the forms that come with the program.",
    },
    bad: r#"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 0
sub = 5
"#,
    good: r#"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 0
sub = []
"#,
};

/// Why a form cannot be used.
pub(crate) enum Problem {
    /// It does not deserialize.
    Toml(toml::de::Error),
    /// It contradicts itself.
    Form(Text),
}

/// The form cannot be used.
pub(crate) fn report(path: &SourcePath, text: &str, problem: &Problem, diagnostics: &mut Diagnostics) {
    let (span, message) = match problem {
        Problem::Toml(error) => {
            let span = error.span().filter(|range| range.end <= text.len()).map_or(Span::file(path), |range| Span::range(path, range));
            let words = error.message();
            (span, text!(th: "แบบ OIT ผิดรูปแบบ ({words})", en: "not a form: {words}"))
        }
        Problem::Form(words) => (Span::file(path), words.clone()),
    };
    diagnostics.push(RULE.at(span, message));
}
