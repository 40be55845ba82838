//! The files of every folder as the studio lists them: what each is called, and how many problems it has.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::schema::SETTINGS;
use crate::cli::serve::builder::Checked;
use crate::config;
use crate::content::{Content, FOLDERS, Folder};
use crate::desk::Manuscript;
use crate::diagnostic::Severity;
use crate::parse::Document;
use crate::render::audit::{Audit, AuditItem};
use crate::site::Site;
use crate::site::url;
use crate::source::{SourcePath, Sources};

/// Fields that say what a draft is about, the first that is filled in.
const TITLES: [&str; 3] = ["title", "name", "position"];

/// The files by folder: drafts first, for they wait; news newest first, the rest by path.
pub(super) fn documents(checked: &Checked, audit: Option<&Audit>) -> Json {
    let mut counts: BTreeMap<&SourcePath, (usize, usize)> = BTreeMap::new();
    for diagnostic in checked.diagnostics.iter() {
        let count = counts.entry(&diagnostic.span.path).or_default();
        match diagnostic.severity {
            Severity::Error => count.0 += 1,
            Severity::Warning => count.1 += 1,
        }
    }
    let of = |path: &SourcePath| counts.get(path).copied().unwrap_or_default();
    let items = audit.map(names_of_items).unwrap_or_default();
    let named = |path: &SourcePath, title: Option<String>, slug: &str| match title {
        Some(title) => json!(title),
        None => items.get(path.as_str()).cloned().unwrap_or_else(|| json!(slug)),
    };
    let site = checked.site();
    let mut folders: BTreeMap<&str, Vec<Json>> = FOLDERS.iter().map(|folder| (folder.name, Vec::new())).collect();
    for path in &site.drafts {
        let (errors, warnings) = of(path);
        let Some(folder) = path.parts().nth(1).and_then(Folder::named) else { continue };
        let title = named(path, title_of_draft(&checked.latest.sources, path, folder), path.stem());
        folders
            .entry(folder.name)
            .or_default()
            .push(json!({ "path": path.as_str(), "title": title, "draft": true, "errors": errors, "warnings": warnings }));
    }
    for document in in_order(site) {
        let (errors, warnings) = of(&document.path);
        let (page, anchor) = url::of_document(document);
        let url =
            site.pages.contains_key(&page).then(|| format!("{page}{}", anchor.map(|id| format!("#{id}")).unwrap_or_default()));
        let title = document.content.as_ref().ok().and_then(title);
        folders.entry(document.folder.name).or_default().push(json!({
            "path": document.path.as_str(), "title": named(&document.path, title, &document.slug),
            "year": document.year, "draft": false, "errors": errors, "warnings": warnings, "url": url,
            "english": document.english.as_ref().map(|english| english.path.as_str()),
        }));
    }
    let (errors, warnings) = of(&SourcePath::new(config::PATH));
    let settings =
        json!({ "path": config::PATH, "title": site.config.agency.name, "draft": false, "errors": errors, "warnings": warnings });
    folders.insert(SETTINGS, vec![settings]);
    json!(folders)
}

/// What the form calls the items, by the file that answers each, in both languages.
fn names_of_items(audit: &Audit) -> BTreeMap<&str, Json> {
    let name = |item: &AuditItem| json!({ "th": format!("{} {}", item.item, item.title.th), "en": format!("{} {}", item.item, item.title.en) });
    audit.items.iter().map(|item| (item.home.as_str(), name(item))).collect()
}

/// The documents; of the news, those that cannot be read first, then the newest.
fn in_order(site: &Site) -> impl Iterator<Item = &Document> {
    let others = site.documents().filter(|document| !matches!(document.content, Ok(Content::News(_))));
    others.chain(site.posts().map(|(document, _)| document))
}

/// What a draft says that it is about.
fn title_of_draft(sources: &Sources, path: &SourcePath, folder: &Folder) -> Option<String> {
    let manuscript = Manuscript::open(path, sources.text(path)?.as_bytes()).ok()?;
    let values = manuscript.values(&folder.asked());
    let titles = TITLES.into_iter().filter_map(|key| values.get(key)?.as_str().map(str::trim));
    titles.into_iter().find(|title| !title.is_empty()).map(str::to_owned)
}

/// What a document is called in a list; `None` where only its file and the form have a name for it.
fn title(content: &Content) -> Option<String> {
    let title = match content {
        Content::Executive(executive) => format!("{} · {}", executive.name.value, executive.position.value),
        Content::Results(results) => format!("{} · {}", results.fiscal_year.value, results.grade.value),
        Content::Analysis(analysis) => analysis.title.value.clone(),
        Content::Measure(measure) => measure.title.value.clone(),
        Content::Progress(progress) => {
            let step = progress.step.as_ref().map(|step| format!(".{}", step.value)).unwrap_or_default();
            progress.title.clone().unwrap_or_else(|| format!("{}{step} · {}", progress.measure.value, progress.period.value))
        }
        Content::Survey(survey) => survey.title.clone().unwrap_or_else(|| format!("EIT {}", survey.fiscal_year.value)),
        Content::Channel(channel) => channel.title.clone(),
        Content::Disclosure(disclosure) => disclosure.title.clone()?,
        Content::News(news) => news.title.clone(),
        Content::Page(page) => page.title.clone(),
        Content::Submission(submission) => submission.fiscal_year.value.to_string(),
    };
    Some(title).filter(|title| !title.trim().is_empty())
}
