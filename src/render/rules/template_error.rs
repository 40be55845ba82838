//! `template-error` (P601)

use tera::ErrorKind;

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

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

/// Reports what Tera says, at its place in the template. `place` gives the path and text of a template by name.
pub(crate) fn report<'a>(
    error: &tera::Error,
    place: impl Fn(&str) -> (SourcePath, Option<&'a str>),
    diagnostics: &mut Diagnostics,
) {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            push(Span::range(&place(report.filename()).0, report.span().range.clone()), report.message(), diagnostics);
        }
        other => {
            // Unknown filters and components come as one text with a report for each, and no spans.
            let text = other.to_string();
            let reports = text.split("error: ").filter(|report| report.contains("--> "));
            let mut n_reports = 0;
            for report in reports {
                let words = report.lines().next().unwrap_or_default();
                let at = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
                push(at.map_or(Span::file(&place("base.html").0), |at| locate(at, &place)), words, diagnostics);
                n_reports += 1;
            }
            if n_reports == 0 {
                push(Span::file(&place("base.html").0), &text, diagnostics);
            }
        }
    }
}

fn push(span: Span, words: &str, diagnostics: &mut Diagnostics) {
    let words = words.trim();
    // The same mistake stops every page that uses the template.
    if !diagnostics.iter().any(|known| known.rule.code == RULE.code && known.span == span) {
        diagnostics.push(RULE.at(span, text!(th: "แม่แบบผิด ({words})", en: "template: {words}")));
    }
}

/// The place `pages/news.html:2:33`: line from 1, column from 1 in characters.
fn locate<'a>(at: &str, place: impl Fn(&str) -> (SourcePath, Option<&'a str>)) -> Span {
    let mut parts = at.trim().rsplitn(3, ':');
    let (column, line, name) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok()).unwrap_or(1).max(1);
    let (path, text) = place(name);
    let text = text.unwrap_or_default();
    let before: usize = text.split_inclusive('\n').take(number(line) - 1).map(str::len).sum();
    let in_line: usize = text[before..].chars().take(number(column) - 1).map(char::len_utf8).sum();
    let start = before + in_line;
    Span::range(&path, start..text.len().min(start + 1))
}
