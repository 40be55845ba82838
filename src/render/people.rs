//! Files made of executives: their portraits, a contact card each, and one card file of everybody.

use super::show::Show;
use super::vcard::Card;
use crate::content::executive::Executive;
use crate::parse::Document;
use crate::site::people;
use crate::thai::{name, phone};

/// The files, by path below the output folder.
pub(super) fn files(show: &Show) -> Vec<(String, Vec<u8>)> {
    let executives = show.site.executives();
    let mut files = Vec::new();
    let mut everybody = String::new();
    for (document, executive) in &executives {
        for portrait in show.site.portraits(document) {
            files.push((portrait.webp, portrait.portrait.webp.clone()));
            files.push((portrait.jpeg, portrait.portrait.jpeg.clone()));
        }
        let photo = show.site.portraits(document).first().map(|files| files.portrait.jpeg.as_slice());
        files.push((people::card(document), card(show, document, executive, photo).into_bytes()));
        // Without pictures: the cards of twenty people weigh less than one photo.
        everybody.push_str(&card(show, document, executive, None));
    }
    if !executives.is_empty() {
        files.push((people::ALL_CARDS.to_owned(), everybody.into_bytes()));
    }
    files.into_iter().map(|(place, bytes)| (place.trim_start_matches('/').to_owned(), bytes)).collect()
}

fn card(show: &Show, document: &Document, executive: &Executive, photo: Option<&[u8]>) -> String {
    let agency = &show.site.config.agency;
    let whole = executive.name.value.trim();
    let name = name::split(whole);
    let mut card = Card::new();
    card.parts("N", &[name.family, name.given, "", name.prefix, ""]);
    card.text("FN", whole);
    card.parts("ORG", &[&agency.name]);
    card.text("TITLE", &executive.position.value);
    let mut notes = Vec::new();
    if let Some(phone) = &executive.phone {
        let number = phone::without_extension(&phone.tel);
        card.text("TEL;TYPE=WORK,VOICE", number);
        // Telephones keep no extension that all of them dial; it is there to be read.
        if number != phone.tel {
            notes.push(phone.shown.clone());
        }
    }
    if let Some(email) = &executive.email {
        card.text("EMAIL;TYPE=INTERNET", &email.0);
    }
    if let Some(address) = &agency.address {
        card.parts("ADR;TYPE=WORK", &["", "", address, "", "", "", ""]);
    }
    card.uri("URL", &show.absolute_url_of(document));
    if document.common.example {
        notes.push(show.t("example_person"));
    }
    if !notes.is_empty() {
        card.text("NOTE", &notes.join("\n"));
    }
    if let Some(photo) = photo {
        card.jpeg(photo);
    }
    card.finish()
}
