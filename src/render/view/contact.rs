//! `/contact/` and `/report-corruption/`: the ways to reach the agency.

use serde::Serialize;

use super::data::DataLinks;
use super::{Head, View};
use crate::content::channel::{Channel, ChannelKind};
use crate::diagnostic::Spanned;
use crate::fields::Contact;
use crate::parse::Document;
use crate::render::markdown;
use crate::render::show::{DateView, LinkView, Show};
use crate::site::url::{self, UrlPath};

#[derive(Serialize)]
struct ContactView {
    address: Option<String>,
    phone: Option<Contact>,
    email: Option<String>,
    map: Option<String>,
    /// The page of a channel of kind `contact`, shown first.
    main: Option<ChannelView>,
    channels: Vec<ChannelView>,
    report: String,
    data: DataLinks,
}

#[derive(Serialize)]
struct ReportView {
    channel: Option<ChannelView>,
    needs: Vec<NeedView>,
    /// The page for sealed reports.
    sealed: Option<String>,
}

/// One channel.
#[derive(Serialize)]
struct ChannelView {
    id: String,
    title: String,
    url: Option<String>,
    phone: Option<Contact>,
    email: Option<String>,
    post: Option<String>,
    walk_in: Option<String>,
    hours: Option<String>,
    is_anonymous: bool,
    protection: Vec<String>,
    steps: Vec<StepView>,
    total_days: Option<String>,
    follow_up: Vec<String>,
    laws: Vec<LawView>,
    unit: Option<String>,
    is_example: bool,
    body: Option<String>,
}

/// A law that protects the person who reports.
#[derive(Serialize)]
struct LawView {
    title: String,
    text: String,
    date: Option<DateView>,
    url: Option<String>,
}

/// What somebody who reports needs, and the ways that meet it.
#[derive(Serialize)]
struct NeedView {
    title: String,
    ways: Vec<LinkView>,
}

#[derive(Serialize)]
struct StepView {
    number: String,
    text: String,
    days: Option<String>,
}

pub(super) fn view(show: &Show, url: &UrlPath) -> View {
    let agency = &show.site.config.agency;
    let mut head = Head::new(show, url, show.t("contact"));
    let mut main = None;
    let mut contacts = show.site.channels(ChannelKind::Contact);
    if let Some((document, channel)) = contacts.next() {
        head = head.of(show, document);
        main = Some(channel_view(show, document, channel));
    }
    let others = [ChannelKind::Question, ChannelKind::Complaint, ChannelKind::Social];
    let page = ContactView {
        address: agency.address.as_ref().map(|text| show.text(text)),
        phone: agency.phone.clone(),
        email: agency.email.as_ref().map(|email| email.0.clone()),
        map: agency.map.as_ref().map(|map| map.value.0.clone()),
        main,
        channels: contacts
            .chain(others.into_iter().flat_map(|kind| show.site.channels(kind)))
            .map(|(document, channel)| channel_view(show, document, channel))
            .collect(),
        report: show.page_url(&["report-corruption"]),
        data: DataLinks::of(show, "channels", show.t("contact")),
    };
    super::page(show, "pages/contact.html", &head, &page)
}

pub(super) fn report(show: &Show, url: &UrlPath) -> View {
    let mut head = Head::new(show, url, show.t("report_corruption"));
    let mut page = ReportView { channel: None, needs: Vec::new(), sealed: sealed_page(show) };
    if let Some((document, channel)) = show.site.channels(ChannelKind::Whistleblower).next() {
        head = head.of(show, document);
        page.channel = Some(channel_view(show, document, channel));
        page.needs = needs(show, channel);
    }
    super::page(show, "pages/report.html", &head, &page)
}

/// Which ways suit whom. A telephone shows its number and a mail its sender, so neither is for those who stay anonymous; nobody can
/// hand over a picture by telephone.
fn needs(show: &Show, channel: &Channel) -> Vec<NeedView> {
    let way = |is_there: bool, id: &str, key: &str| is_there.then(|| LinkView { url: format!("#{id}"), title: show.t(key) });
    let sealed = || sealed_page(show).map(|url| LinkView { url, title: show.t("need_sealed") });
    let online = || way(channel.url.is_some(), "way-online", "need_online");
    let phone = || way(channel.phone.is_some(), "way-phone", "need_talk");
    let email = || way(channel.email.is_some(), "way-email", "need_write");
    let post = || way(channel.post.is_some(), "way-post", "need_post");
    let meet = || way(channel.walk_in.is_some(), "way-meet", "need_meet");
    let is_anonymous = channel.anonymous.as_ref().is_some_and(|anonymous| anonymous.value);
    let anonymous = if is_anonymous { vec![sealed(), online(), post()] } else { vec![sealed()] };
    [
        ("need_anonymous", anonymous),
        ("need_evidence", vec![sealed(), online(), email(), post(), meet()]),
        ("need_no_evidence", vec![phone(), meet()]),
    ]
    .into_iter()
    .map(|(key, ways)| NeedView { title: show.t(key), ways: ways.into_iter().flatten().collect() })
    .filter(|need| !need.ways.is_empty())
    .collect()
}

/// Address of the page for sealed reports, where there is one.
fn sealed_page(show: &Show) -> Option<String> {
    show.site.config.sealed.as_ref().map(|_| show.page_url(&["report-corruption", "sealed"]))
}

fn channel_view(show: &Show, document: &Document, channel: &Channel) -> ChannelView {
    let days: Option<Vec<u32>> = channel.steps.iter().map(|step| step.days).collect();
    let total = days.filter(|days| !days.is_empty()).map(|days| days.iter().fold(0_u32, |sum, days| sum.saturating_add(*days)));
    let text = |text: &Option<String>| text.as_ref().map(|text| show.text(text));
    let id = url::anchor(document).unwrap_or_else(|| channel.kind.word().to_owned());
    let level = if channel.kind == ChannelKind::Whistleblower { 2 } else { 3 };
    ChannelView {
        title: show.text(&channel.title),
        url: channel.url.as_ref().map(|url| url.value.0.clone()),
        phone: channel.phone.as_ref().map(|phone| phone.value.clone()),
        email: channel.email.as_ref().map(|email| email.value.0.clone()),
        post: text(&channel.post),
        walk_in: text(&channel.walk_in),
        hours: text(&channel.hours),
        is_anonymous: channel.anonymous.as_ref().is_some_and(|anonymous| anonymous.value),
        protection: channel.protection.iter().map(|Spanned { value, .. }| show.text(value)).collect(),
        steps: (1..)
            .zip(&channel.steps)
            .map(|(number, step)| StepView {
                number: show.number(number),
                text: show.text(&step.text),
                days: step.days.map(|days| show.number(days)),
            })
            .collect(),
        follow_up: channel.follow_up.iter().map(|text| show.text(&text.value)).collect(),
        laws: channel
            .laws
            .iter()
            .map(|law| LawView {
                title: show.text(&law.title),
                text: show.text(&law.text),
                date: law.date.map(|date| show.date(date)),
                url: law.url.as_ref().map(|url| url.0.clone()),
            })
            .collect(),
        total_days: total.map(|total| show.number(total)),
        unit: document.common.unit.as_ref().map(|unit| show.text(&unit.value)),
        is_example: document.common.example,
        body: (!document.body.is_empty()).then(|| markdown::html_at(show, document, level)),
        id,
    }
}
