//! What a file of Office says of people: a ZIP of XML (ECMA-376, ISO/IEC 26300). Read within limits, for a small one may unpack to a large one.

mod archive;
mod sheet;
mod xml;

use std::io::{BufReader, Read, Seek};

use super::picture;
use super::traces::{Place, Traces};
use archive::Archive;
pub(super) use xml::authors_of;

/// Largest file that is looked into, in bytes.
pub(super) const MAX_OFFICE_BYTES: u64 = 64 * 1024 * 1024;

/// How much of a picture inside is read: cameras write at its start.
const PICTURE_BYTES: u64 = 256 * 1024;

/// Parts that name people and have no words.
const PROPERTIES: [&str; 5] = ["docProps/core.xml", "docProps/app.xml", "meta.xml", "xl/persons/person.xml", "word/people.xml"];

/// Looks into a file that starts as a ZIP does; one that is none says nothing.
pub(super) fn look(file: impl Read + Seek) -> Traces {
    let mut traces = Traces::default();
    let mut archive = match Archive::open(file) {
        Ok(Some(archive)) => archive,
        Ok(None) => return traces,
        Err(_) => return Traces { is_cut: true, ..traces },
    };
    let names = archive.names();
    for name in &names {
        match Content::of(name) {
            Content::Words(place) => {
                let words = archive.read(name, |part| xml::words(part)).unwrap_or_default();
                traces.read(&words.text, place.as_ref());
                traces.authors(&words.authors);
                traces.is_cut |= words.is_cut;
            }
            Content::Properties => traces.authors(&archive.read(name, |part| authors_of(part)).unwrap_or_default()),
            Content::Picture => {
                if archive.read(name, is_located) == Some(true) {
                    traces.location();
                }
            }
            Content::Other => {}
        }
    }
    if names.iter().any(|name| name == "xl/workbook.xml") {
        sheet::read(&mut archive, &names, &mut traces);
    }
    traces.is_cut |= archive.is_cut;
    traces
}

/// What is in a part of an archive, by its name.
enum Content {
    /// Words; a part of a text document has no place.
    Words(Option<Place>),
    Properties,
    Picture,
    Other,
}

impl Content {
    fn of(name: &str) -> Content {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let extension = file.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase());
        let is_media = folder.ends_with("media") || folder == "Pictures";
        if PROPERTIES.contains(&name) {
            return Content::Properties;
        } else if is_media && matches!(extension.as_str(), "jpg" | "jpeg") {
            return Content::Picture;
        }
        let Some(stem) = file.strip_suffix(".xml") else { return Content::Other };
        let starts = |parts: &[&str]| parts.iter().any(|part| stem.starts_with(part));
        match folder {
            "ppt/slides" => {
                let number = stem.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok();
                Content::Words(number.map(Place::Slide))
            }
            // The numbers of notes are not those of the slides.
            "ppt/notesSlides" | "ppt/comments" | "xl/threadedComments" | "xl/drawings" | "xl/comments" => Content::Words(None),
            "word" if starts(&["document", "header", "footer", "footnotes", "endnotes", "comments"]) => Content::Words(None),
            "xl" if starts(&["comments"]) => Content::Words(None),
            // Open documents.
            "" if matches!(stem, "content" | "styles") => Content::Words(None),
            _ => Content::Other,
        }
    }
}

fn is_located(part: Part) -> bool {
    let mut start = Vec::new();
    part.take(PICTURE_BYTES).read_to_end(&mut start).is_ok() && picture::is_located(&start)
}

/// A part of an archive as it is unpacked.
type Part<'a> = BufReader<&'a mut dyn Read>;
