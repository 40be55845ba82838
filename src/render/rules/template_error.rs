//! `template-error` (P601)

use tera::ErrorKind;

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::render::theme::Theme;

pub(crate) static RULE: Rule = Rule {
    code: "P601",
    name: "template-error",
    severity: Severity::Error,
    explanation: Text {
        th: "แม่แบบ (template) ของชุดหน้าตาผิด หน้าเว็บจึงสร้างไม่ได้ ตัวแปรที่ไม่มีอยู่ก็นับเป็นข้อผิดพลาด เพื่อไม่ให้หน้าเว็บขาดข้อมูลไปเงียบ ๆ ไฟล์ของชุดหน้าตาที่ไม่ได้แก้จะใช้ของที่มากับโปรแกรม",
        en: "A template of the theme is wrong, so its page cannot be made. A variable that does not exist is an error too: a page must not lose its contents silently. Files you have not changed come from the built-in theme.",
    },
    bad: r#"
-- themes/default/pages/free.html --
{% extends "base.html" %}
{% block main %}{{ view.titel }}{% endblock %}
-- content/pages/about.md --
+++
title = "เกี่ยวกับเรา"
+++
"#,
    good: r#"
-- themes/default/pages/free.html --
{% extends "base.html" %}
{% block main %}<h1>{{ page.title }}</h1>{% endblock %}
-- content/pages/about.md --
+++
title = "เกี่ยวกับเรา"
+++
"#,
};

/// Reports what Tera says, at its place in the template.
pub(crate) fn report(error: &tera::Error, theme: &Theme, diagnostics: &mut Diagnostics) {
    report_at(error, &theme.path("theme.toml"), |name| theme.path(name), diagnostics);
}

/// The same while the theme is being loaded: `path_of` tells where a template lies.
pub(crate) fn report_at(
    error: &tera::Error,
    whole: &crate::source::SourcePath,
    path_of: impl Fn(&str) -> crate::source::SourcePath,
    diagnostics: &mut Diagnostics,
) {
    let (span, words) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (Span::range(&path_of(report.filename()), report.span().range.clone()), report.message().to_owned())
        }
        other => (Span::file(whole), other.to_string()),
    };
    let words = words.trim();
    // The same mistake stops every page that uses the template.
    if diagnostics.iter().any(|known| known.rule.code == RULE.code && known.span == span) {
        return;
    }
    diagnostics.push(RULE.at(span, text!(th: "แม่แบบผิด: {words}", en: "template: {words}")));
}
