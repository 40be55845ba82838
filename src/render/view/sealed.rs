//! `/report-corruption/sealed/`: a report sealed in the browser for the inspectors; the script of the theme does the rest.

use serde::Serialize;
use url::Url;

use super::{Head, View};
use crate::content::channel::ChannelKind;
use crate::render::show::Show;
use crate::sealed::MAX_ATTACHMENTS;
use crate::site::url::UrlPath;

#[derive(Serialize)]
struct SealedView {
    /// Public keys, one an inspector.
    recipients: Vec<String>,
    /// How many they are, with the digits of the site.
    n_recipients: String,
    endpoint: Option<String>,
    /// The host it is on.
    endpoint_host: Option<String>,
    max_bytes: u64,
    max_size: String,
    /// The page with the ways to hand a file over.
    report: String,
    is_example: bool,
}

pub(super) fn view(show: &Show, url: &UrlPath) -> View {
    let sealed = show.site.config.sealed.as_ref().expect("the page is there where keys are set");
    let report = show.page_url(&["report-corruption"]);
    let mut head = Head::new(show, url, show.t("sealed"))
        .about(show, &show.t("sealed_lead"))
        .under(report.clone(), show.t("report_corruption"));
    if let Some((document, _)) = show.site.channels(ChannelKind::Whistleblower).next() {
        head = head.of(show, document);
    }
    let recipients: Vec<String> = sealed.recipients.iter().map(ToString::to_string).collect();
    let endpoint = sealed.endpoint.as_ref().map(|endpoint| endpoint.as_str().to_owned());
    let page = SealedView {
        n_recipients: show.number(recipients.len()),
        recipients,
        endpoint_host: endpoint.as_deref().and_then(|endpoint| Url::parse(endpoint).ok()?.host_str().map(str::to_owned)),
        endpoint,
        max_bytes: MAX_ATTACHMENTS,
        max_size: show.text(&format!("{} MB", MAX_ATTACHMENTS / (1024 * 1024))),
        report,
        is_example: head.is_example,
    };
    super::page(show, "pages/sealed.html", &head, &page)
}
