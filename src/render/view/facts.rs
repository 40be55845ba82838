//! What pages tell search engines of themselves, in the words of schema.org. Made-up content is not told.

use serde_json::{Value, json};

use crate::content::Attachment;
use crate::content::disclosure::Disclosure;
use crate::content::news::News;
use crate::content::results::Results;
use crate::parse::Document;
use crate::render::json_ld::{Facts, text_of};
use crate::render::show::Show;
use crate::site::changed::last_change;
use crate::site::url;
use crate::thai::Period;

const CONTEXT: &str = "https://schema.org";

/// Tables of a result, by name.
const RESULT_TABLES: [&str; 3] = ["results", "results-instruments", "results-indicators"];

/// The agency and its site.
pub(super) fn home(show: &Show) -> String {
    let agency = &show.site.config.agency;
    let mut organisation = publisher(show);
    if show.pick_agency() != agency.name_en {
        organisation["alternateName"] = json!(agency.name_en);
    }
    organisation["url"] = json!(show.absolute("/"));
    if let Some(address) = &agency.address {
        organisation["address"] = json!(address);
    }
    if let Some(phone) = &agency.phone {
        organisation["telephone"] = json!(phone.tel);
    }
    if let Some(email) = &agency.email {
        organisation["email"] = json!(email.0);
    }
    if let Some(map) = &agency.map {
        organisation["hasMap"] = json!(map.value.0);
    }
    let site = json!({
        "@type": "WebSite",
        "@id": show.absolute("/#site"),
        "name": show.pick_agency(),
        "url": show.absolute("/"),
        "inLanguage": language(show),
        "publisher": { "@id": organisation["@id"] },
    });
    text_of(json!({ "@context": CONTEXT, "@graph": [organisation, site] }))
}

/// A result as a data set with its files.
pub(super) fn results(show: &Show, document: &Document, results: &Results, title: &str) -> Option<String> {
    let mut facts = about(show, document, "Dataset", title)?;
    let description = results.statement.as_ref().map_or_else(|| title.to_owned(), |statement| show.text(statement));
    let period = Period::of_year(results.fiscal_year.value);
    let files = RESULT_TABLES.iter().flat_map(|name| [(name, "csv", "text/csv"), (name, "json", "application/json")]);
    let has = |name: &str| match name {
        "results-instruments" => !results.instruments.is_empty(),
        "results-indicators" => !results.indicators.is_empty(),
        _ => true,
    };
    let download = |(name, extension, media): (&&str, &str, &str)| {
        let place = format!("/{}", crate::render::data::path(name, extension));
        json!({ "@type": "DataDownload", "encodingFormat": media, "contentUrl": show.absolute(&place) })
    };
    facts.set("description", description);
    facts.set("temporalCoverage", interval(period));
    facts.set("isAccessibleForFree", true);
    facts.set("distribution", files.filter(|(name, ..)| has(name)).map(download).collect::<Vec<_>>());
    if let Some(license) = &show.site.config.license {
        facts.set("license", &license.url.0);
    }
    Some(facts.text())
}

/// A disclosure as a report with its files.
pub(super) fn disclosure(show: &Show, document: &Document, disclosure: &Disclosure, title: &str) -> Option<String> {
    let mut facts = about(show, document, "Report", title)?;
    if let Some(date) = disclosure.date {
        facts.set("datePublished", date.to_string());
    }
    if let Some(period) = &disclosure.period {
        facts.set("temporalCoverage", interval(period.value));
    }
    let files = files(show, document, &disclosure.attachments);
    if !files.is_empty() {
        facts.set("associatedMedia", files);
    }
    Some(facts.text())
}

/// A post.
pub(super) fn news(show: &Show, document: &Document, news: &News) -> Option<String> {
    let mut facts = about(show, document, "NewsArticle", &show.text(&news.title))?;
    facts.set("headline", show.text(&news.title));
    facts.set("datePublished", news.date.to_string());
    facts.set_text("author", show.publisher());
    if let Some(summary) = &news.summary {
        facts.set("description", show.text(summary));
    }
    let files = files(show, document, &news.attachments);
    if !files.is_empty() {
        facts.set("associatedMedia", files);
    }
    Some(facts.text())
}

/// What is said of every document; nothing of one that is made up.
fn about(show: &Show, document: &Document, kind: &str, title: &str) -> Option<Facts> {
    if document.common.example {
        return None;
    }
    let url = show.absolute(url::of_document(document).0.as_str());
    let mut facts = Facts::about(kind).with("name", title).with("url", url).with("inLanguage", language(show));
    facts.set_text("publisher", show.publisher());
    if let Some(day) = last_change(document) {
        facts.set("dateModified", day.to_string());
    }
    Some(facts)
}

/// Who publishes the site.
pub(in crate::render) fn publisher(show: &Show) -> Value {
    json!({ "@type": "GovernmentOrganization", "@id": show.absolute("/#agency"), "name": show.pick_agency() })
}

fn files(show: &Show, document: &Document, attachments: &[Attachment]) -> Vec<Value> {
    let file = |attachment: &Attachment| {
        let path = url::asset(document, &attachment.file.value)?;
        show.site.assets.get(&path)?;
        let media = mime_guess::from_ext(&path.extension()).first_raw();
        let address = show.site.absolute(&url::link_to_asset(&path));
        Some(json!({ "@type": "DigitalDocument", "name": show.text(&attachment.title), "url": address, "encodingFormat": media }))
    };
    attachments.iter().filter_map(file).collect()
}

/// `2022-10-01/2023-09-30` (ISO 8601).
fn interval(period: Period) -> String {
    format!("{}/{}", period.from, period.to)
}

fn language(show: &Show) -> &'static str {
    if show.lang() == crate::diagnostic::Lang::Th { "th" } else { "en" }
}
