//! What the studio shows of the whole site, and the panel of one page: what is wrong, what is lacking.

use serde_json::{Value as Json, json};

use super::documents::documents;
use super::{Answer, Refusal, Studio, field};
use crate::cli::serve::builder::Checked;
use crate::config;
use crate::desk::next;
use crate::diagnostic::{Diagnostic, Severity, text};
use crate::publish::edits;
use crate::render::audit::Audit;
use crate::sealed::mask;
use crate::site::url::{self, UrlPath};
use crate::source::Sources;

/// Most problems that are listed.
const MAX_LISTED: usize = 500;

impl Studio {
    /// The newest site, checked.
    pub(super) fn checked(&self) -> Result<Checked, Refusal> {
        let words = text!(th: "ยังอ่านเว็บไซต์ไม่ได้ ดูข้อความในหน้าต่างคำสั่ง", en: "the site cannot be read yet; see the terminal");
        self.builder.state().checked().ok_or(Refusal(axum::http::StatusCode::SERVICE_UNAVAILABLE, words))
    }
}

/// The whole site: counts, problems, the form, the files of every folder.
pub(super) fn site(studio: &Studio) -> Answer {
    let checked = studio.checked()?;
    let (site, found) = (checked.site(), &checked.diagnostics);
    let audit = Audit::of(site);
    let problems: Vec<Json> =
        found.iter().take(MAX_LISTED).map(|diagnostic| problem(diagnostic, &checked.latest.sources)).collect();
    Ok(json!({
        "agency": site.config.agency.name,
        "fiscal_year": site.fiscal_year(),
        "base": site.config.base_url.path(),
        "can_write": studio.can_write,
        "errors": found.count(Severity::Error),
        "warnings": found.count(Severity::Warning),
        "problems": problems,
        "form": audit,
        "next": next::steps(site),
        "documents": documents(&checked, audit.as_ref()),
        "undo": edits::to_undo(&studio.options.root),
    }))
}

/// What concerns the page at a path of the site, and how the site as a whole is.
pub(super) fn panel(studio: &Studio, path: &str) -> Answer {
    let checked = studio.checked()?;
    let (site, found) = (checked.site(), &checked.diagnostics);
    let base = site.config.base_url.path().trim_end_matches('/');
    let place = path.strip_prefix(base).unwrap_or(path);
    let page = UrlPath::at(place.strip_prefix("/en").filter(|rest| rest.starts_with('/')).unwrap_or(place));
    let mut sources: Vec<String> = site
        .documents()
        .filter(|document| document.content.is_ok() && url::of_document(document).0 == page)
        .map(|document| document.path.to_string())
        .collect();
    if sources.is_empty() && page.as_str() == "/" {
        sources.push(config::PATH.to_owned());
    }
    let is_here = |diagnostic: &&Diagnostic| sources.iter().any(|path| diagnostic.span.path.as_str() == path);
    let list = |all: Vec<&Diagnostic>| -> Vec<Json> {
        all.into_iter().take(50).map(|diagnostic| problem(diagnostic, &checked.latest.sources)).collect()
    };
    let errors = found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
    Ok(json!({
        "page": page.as_str(),
        "sources": sources,
        "here": list(found.iter().filter(is_here).collect()),
        "broken": list(errors),
        "errors": found.count(Severity::Error),
        "warnings": found.count(Severity::Warning),
        "drafts": site.drafts.len(),
        "form": Audit::of(site).map(|audit| audit.counts),
        "fiscal_year": site.fiscal_year(),
    }))
}

/// A problem with its place: line and column from 1, and the field that it is about.
pub(super) fn problem(diagnostic: &Diagnostic, sources: &Sources) -> Json {
    let (path, text) = (&diagnostic.span.path, sources.text(&diagnostic.span.path));
    let place = diagnostic.span.bytes.zip(text).map(|((start, _), text)| {
        let start = text.floor_char_boundary(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        (text[..start].matches('\n').count() + 1, text[line_start..start].chars().count() + 1, field::at(text, start))
    });
    let (line, column, at) = place.map_or((None, None, None), |(line, column, at)| (Some(line), Some(column), at));
    let field = match (diagnostic.key, at) {
        // The row of a table that lacks a field is the place.
        (Some(key), Some(row)) => Some(format!("{}.{key}", row.trim_end_matches('.'))),
        (Some(key), None) => Some(key.to_owned()),
        (None, at) => at,
    };
    json!({
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": if diagnostic.severity == Severity::Error { "error" } else { "warning" },
        "path": path.as_str(),
        "line": line,
        "column": column,
        "field": field,
        "message": { "th": mask(&diagnostic.message.th), "en": mask(&diagnostic.message.en) },
        "help": diagnostic.help.as_ref().map(|help| json!({ "th": mask(&help.th), "en": mask(&help.en) })),
        "item": diagnostic.item,
    })
}
