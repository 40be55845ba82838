//! Diagnostics as SARIF 2.1.0, for editors and for services that show them beside the code.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value as Json, json};

use super::{Diagnostic, Lang, Rule, Severity, Text};
use crate::sealed::mask;
use crate::source::Sources;

/// Where the format is described.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Signs that a path has and a URI has not.
const SIGNS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A run as one SARIF log. The messages are in `lang`; both languages are among the properties. Of the rules only those that were
/// broken are described. Paths are seen from the site folder, `%SRCROOT%`; columns count UTF-16 code units.
pub fn render<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>, sources: &Sources, lang: Lang) -> String {
    let diagnostics: Vec<&Diagnostic> = diagnostics.collect();
    let rules: BTreeMap<&str, &Rule> = diagnostics.iter().map(|found| (found.rule.code, found.rule)).collect();
    let places: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(place, code)| (*code, place)).collect();
    let results: Vec<Json> = diagnostics.iter().map(|found| result(found, places[found.rule.code], sources, lang)).collect();
    let descriptions: Vec<Json> = rules.values().map(|rule| description(rule, lang)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "prongsai",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": if lang == Lang::Th { "th" } else { "en" },
                "rules": descriptions,
            } },
            "language": if lang == Lang::Th { "th" } else { "en" },
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "the site folder" } } },
            "results": results,
        }],
    });
    let text = serde_json::to_string_pretty(&log).expect("strings and numbers always serialize");
    mask(&text).into_owned()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A rule. Its page in the documentation is among the properties, for a `helpUri` would have to be absolute.
fn description(rule: &Rule, lang: Lang) -> Json {
    let explanation = rule.explanation.get(lang);
    let file = if lang == Lang::Th { "rules.th.md" } else { "rules.md" };
    let (code, name) = (rule.code, rule.name);
    json!({
        "id": code,
        "name": name,
        "shortDescription": { "text": name },
        "fullDescription": { "text": explanation },
        "help": { "text": explanation, "markdown": format!("{explanation}\n\n```\nprongsai explain {code}\n```") },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "docs": format!("docs/{file}#{}-{name}", code.to_ascii_lowercase()), "th": rule.explanation.th, "en": rule.explanation.en },
    })
}

fn result(found: &Diagnostic, rule: usize, sources: &Sources, lang: Lang) -> Json {
    let message = |lang| match &found.help {
        Some(help) => format!("{}\n{}", found.message.get(lang), help.get(lang)),
        None => found.message.get(lang).clone(),
    };
    let path = found.span.path.as_str();
    let uri = utf8_percent_encode(path, SIGNS).to_string();
    let mut place = json!({ "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" } });
    if let (Some((start, end)), Some(text)) = (found.span.bytes, sources.text(&found.span.path)) {
        place["region"] = region(text, start, end);
    }
    let both = Text { th: message(Lang::Th), en: message(Lang::En) };
    let mut properties = json!({ "th": both.th, "en": both.en });
    if let Some(item) = found.item {
        properties["item"] = json!(item);
    }
    json!({
        "ruleId": found.rule.code,
        "ruleIndex": rule,
        "level": level(found.severity),
        "message": { "text": both.get(lang) },
        "locations": [{ "physicalLocation": place }],
        "properties": properties,
    })
}

/// A range of bytes as lines and columns from 1; the end is the first column after it.
fn region(text: &str, start: usize, end: usize) -> Json {
    let place = |byte: usize| {
        let before = &text[..text.floor_char_boundary(byte)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].encode_utf16().count() + 1)
    };
    let ((line, column), (end_line, end_column)) = (place(start), place(end.max(start)));
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}
