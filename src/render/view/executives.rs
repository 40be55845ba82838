//! `/executives/`: everyone in charge, by group and rank.

use serde::Serialize;

use super::data::DataLinks;
use super::{Head, View};
use crate::content::executive::{Executive, Group};
use crate::fields::Contact;
use crate::parse::Document;
use crate::render::markdown;
use crate::render::show::{DateView, Show};
use crate::site::url::{self, UrlPath};

#[derive(Serialize)]
struct Executives {
    groups: Vec<GroupView>,
    data: DataLinks,
}

#[derive(Serialize)]
struct GroupView {
    title: String,
    people: Vec<PersonView>,
}

/// One executive.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PersonView {
    id: String,
    name: String,
    position: String,
    photo: Option<PhotoView>,
    phone: Option<Contact>,
    email: Option<String>,
    since: Option<DateView>,
    body: Option<String>,
    is_example: bool,
}

/// A photo with its own size in pixels, so that the page does not jump while it loads.
#[derive(Debug, Clone, Serialize)]
struct PhotoView {
    url: String,
    width: usize,
    height: usize,
}

pub(super) fn view(show: &Show, url: &UrlPath) -> View {
    let executives = show.site.executives();
    let mut head = Head::new(show, url, show.t("executives"));
    head.updated = executives.iter().filter_map(|(document, _)| document.common.updated).max().map(|date| show.date(date));
    head.is_example = executives.iter().any(|(document, _)| document.common.example);
    let group = |group: Group, key: &str| GroupView {
        title: show.t(key),
        people: executives
            .iter()
            .filter(|(_, executive)| executive.group == group)
            .map(|(document, executive)| person(show, document, executive))
            .collect(),
    };
    let groups = [group(Group::Political, "group_political"), group(Group::Permanent, "group_permanent")];
    let groups = groups.into_iter().filter(|group| !group.people.is_empty()).collect();
    let page = Executives { groups, data: DataLinks::of(show, "executives", show.t("executives")) };
    super::page(show, "pages/executives.html", &head, &page)
}

/// One executive's card.
pub(super) fn person(show: &Show, document: &Document, executive: &Executive) -> PersonView {
    let photo = executive.photo.as_ref().and_then(|photo| {
        let path = url::asset(document, &photo.value)?;
        let (width, height) = show.site.assets.get(&path)?.dimensions?;
        Some(PhotoView { url: show.file_href(&path), width, height })
    });
    PersonView {
        id: url::anchor(document).unwrap_or_default(),
        body: (!document.body.is_empty()).then(|| markdown::html_at(show, document, 4)),
        name: show.text(&executive.name.value),
        position: show.text(&executive.position.value),
        photo,
        phone: executive.phone.clone(),
        email: executive.email.as_ref().map(|email| email.0.clone()),
        since: executive.since.map(|date| show.date(date)),
        is_example: document.common.example,
    }
}
