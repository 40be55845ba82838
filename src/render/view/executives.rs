//! `/executives/`: everyone in charge, by group and rank.

use serde::Serialize;
use serde_json::json;

use super::data::DataLinks;
use super::{Head, View};
use crate::content::executive::{Executive, Group};
use crate::fields::Contact;
use crate::parse::Document;
use crate::render::json_ld::text_of;
use crate::render::markdown;
use crate::render::show::{DateView, Show};
use crate::site::people::{self, PortraitFiles};
use crate::site::url::{self, UrlPath};

/// Portraits that load at once, so that whoever captures the page has them; those after them load as they come into sight.
const MAX_EAGER: usize = 24;

#[derive(Serialize)]
struct Executives {
    groups: Vec<GroupView>,
    data: DataLinks,
    /// The contact cards of everybody in one file; none of nobody.
    cards: Option<String>,
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
    /// The portrait may come late.
    is_lazy: bool,
    /// Address of the contact card.
    card: String,
}

/// A portrait with its size in pixels, so that the page does not jump while it loads. The browser takes the lightest file that is
/// sharp on its screen.
#[derive(Debug, Clone, Serialize)]
struct PhotoView {
    url: String,
    width: u32,
    height: u32,
    /// The WebP files with their widths, as `srcset` wants them.
    webp: String,
    /// The JPEG files likewise.
    jpeg: String,
}

pub(super) fn view(show: &Show, url: &UrlPath) -> View {
    let executives = show.site.executives();
    let mut head = Head::new(show, url, show.t("executives")).about(show, &show.t("executives_lead"));
    head.is_example = executives.iter().any(|(document, _)| document.common.example);
    let group = |group: Group, key: &str| GroupView {
        title: show.t(key),
        people: executives
            .iter()
            .enumerate()
            .filter(|(_, (_, executive))| executive.group == group)
            .map(|(at, (document, executive))| PersonView { is_lazy: at >= MAX_EAGER, ..person(show, document, executive) })
            .collect(),
    };
    let groups = [group(Group::Political, "group_political"), group(Group::Permanent, "group_permanent")];
    let page = Executives {
        groups: groups.into_iter().filter(|group| !group.people.is_empty()).collect(),
        data: DataLinks::of(show, "executives", show.t("executives")),
        cards: (!executives.is_empty()).then(|| show.href(people::ALL_CARDS)),
    };
    head.facts = (!executives.is_empty()).then(|| everybody(show, &executives));
    super::page(show, "pages/executives.html", &head, &page)
}

/// One executive's card.
pub(super) fn person(show: &Show, document: &Document, executive: &Executive) -> PersonView {
    PersonView {
        id: url::anchor(document).unwrap_or_default(),
        body: (!document.body.is_empty()).then(|| markdown::html_at(show, document, 4)),
        name: show.text(&executive.name.value),
        position: show.text(&executive.position.value),
        photo: photo(show, &show.site.portraits(document)),
        phone: executive.phone.clone(),
        email: executive.email.as_ref().map(|email| email.0.clone()),
        since: executive.since.map(|date| show.date(date)),
        is_example: document.common.example,
        is_lazy: false,
        card: show.href(&people::card(document)),
    }
}

fn photo(show: &Show, portraits: &[PortraitFiles]) -> Option<PhotoView> {
    let smallest = portraits.first()?;
    let set = |place: &dyn Fn(&PortraitFiles) -> String| {
        let files = portraits.iter().map(|files| format!("{} {}w", show.href(&place(files)), files.portrait.width));
        files.collect::<Vec<_>>().join(", ")
    };
    Some(PhotoView {
        url: show.href(&smallest.jpeg),
        width: smallest.portrait.width,
        height: smallest.portrait.height,
        webp: set(&|files| files.webp.clone()),
        jpeg: set(&|files| files.jpeg.clone()),
    })
}

/// The executives as schema.org has them: one `Person` each, who works for the agency.
fn everybody(show: &Show, executives: &[(&Document, &Executive)]) -> String {
    let home = show.absolute("/");
    let person = |(document, executive): &(&Document, &Executive)| {
        let mut person = json!({
            "@type": "Person",
            "@id": show.absolute_url_of(document),
            "name": executive.name.value,
            "jobTitle": executive.position.value,
            "worksFor": { "@type": "GovernmentOrganization", "name": show.site.config.agency.name, "url": home },
        });
        if let Some(phone) = &executive.phone {
            person["telephone"] = json!(phone.tel);
        }
        if let Some(email) = &executive.email {
            person["email"] = json!(email.0);
        }
        if let Some(largest) = show.site.portraits(document).last() {
            person["image"] = json!(show.absolute(&largest.jpeg));
        }
        person
    };
    text_of(json!({ "@context": "https://schema.org", "@graph": executives.iter().map(person).collect::<Vec<_>>() }))
}
