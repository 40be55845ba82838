//! `/site-index/`: all pages and executives in the order of the Thai alphabet.

use serde::Serialize;

use super::{Head, View};
use crate::content::executive::Executive;
use crate::render::search::Found;
use crate::render::show::Show;
use crate::site::url::{Page, UrlPath};
use crate::thai::sort;

/// News of a site with more posts than this are found at `/news/` only, so that the list stays a list.
const MOST_NEWS: usize = 200;

/// What stands before a name and does not count in its order.
const HONORIFICS: [&str; 5] = ["นางสาว", "นาง", "นาย", "น.ส.", "ดร."];

#[derive(Serialize)]
struct SiteIndexView {
    groups: Vec<Group>,
}

/// The entries of one consonant; of numbers and Latin letters together.
#[derive(Serialize)]
struct Group {
    id: String,
    /// The consonant, or `None` for numbers and Latin.
    letter: Option<char>,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    title: String,
    url: String,
    /// A person's position.
    note: Option<String>,
    #[serde(skip)]
    sorted_as: String,
}

/// The page, of the pages that a search finds.
pub(in crate::render) fn view(show: &Show, url: &UrlPath, found: &[Found]) -> View {
    let head = Head::new(show, url, show.t("site_index")).about(show, &show.t("site_index_lead"));
    let n_news = found.iter().filter(|found| matches!(found.page, Page::News(_))).count();
    let listed = found.iter().filter(|found| n_news <= MOST_NEWS || !matches!(found.page, Page::News(_)));
    let of_page = |found: &Found| Entry {
        title: found.text.title.clone(),
        url: show.href(found.url.as_str()),
        note: None,
        sorted_as: found.text.title.clone(),
    };
    let people = show.site.all::<Executive>().map(|(document, person)| {
        let name = person.name.value.trim_start();
        let bare = HONORIFICS.iter().find_map(|honorific| name.strip_prefix(honorific)).unwrap_or(name);
        Entry {
            title: show.text(&person.name.value),
            url: show.document_url(document),
            note: Some(show.text(&person.position.value)),
            sorted_as: bare.to_owned(),
        }
    });
    let entries = listed.map(of_page).chain(people).collect();
    super::page(show, "pages/site_index.html", &head, &SiteIndexView { groups: groups(entries) })
}

fn groups(mut entries: Vec<Entry>) -> Vec<Group> {
    entries.sort_by_cached_key(|entry| (sort::key(&entry.sorted_as), entry.url.clone()));
    let mut groups: Vec<Group> = Vec::new();
    for entry in entries {
        let letter = sort::initial(&entry.sorted_as);
        match groups.last_mut().filter(|group| group.letter == letter) {
            Some(group) => group.entries.push(entry),
            None => groups.push(Group {
                id: letter.map_or_else(|| "letter-0".to_owned(), |letter| format!("letter-{:x}", u32::from(letter))),
                letter,
                entries: vec![entry],
            }),
        }
    }
    groups
}
