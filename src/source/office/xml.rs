//! Words and authors in the XML of Office.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements whose text is shown, in word processors, sheets and slides; what stands in `delText` was deleted, and is there all the same.
const SHOWN: [&str; 4] = ["t", "delText", "instrText", "text"];

/// Elements that name a person among the properties of a file.
const PEOPLE: [&str; 6] = ["creator", "lastModifiedBy", "initial-creator", "printed-by", "Manager", "author"];

/// Attributes that name who changed a passage or wrote a note.
const BY: [&str; 2] = ["author", "displayName"];

/// Most text that is kept of one part, in bytes.
const MAX_TEXT: usize = 16 * 1024 * 1024;

/// Most names that are kept of one part.
const MAX_AUTHORS: usize = 200;

/// What a part says.
#[derive(Default)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) authors: Vec<String>,
    /// Part of it was not read.
    pub(super) is_cut: bool,
}

/// A piece of XML as the readers here need it.
pub(super) enum Piece<'a> {
    Start(&'a BytesStart<'a>),
    End(&'a str),
    Text(String),
}

/// Hands the pieces of XML to `see`, up to where it is broken; whether that is its end.
pub(super) fn each(part: impl BufRead, mut see: impl FnMut(Piece)) -> bool {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => see(Piece::Start(&tag)),
            Ok(Event::Empty(tag)) => {
                see(Piece::Start(&tag));
                see(Piece::End(tag.local_name().as_ref()));
            }
            Ok(Event::End(tag)) => see(Piece::End(tag.local_name().as_ref())),
            Ok(Event::Text(text)) => see(Piece::Text(text.to_string())),
            Ok(Event::CData(text)) => see(Piece::Text(text.to_string())),
            Ok(Event::GeneralRef(reference)) => see(Piece::Text(letter(&reference))),
            Ok(Event::Eof) => return true,
            Err(_) => return false,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// The words of a part, a paragraph a line, cells with a tab between them.
pub(super) fn words(part: impl BufRead) -> Words {
    let mut words = Words::default();
    // Open documents have text in paragraphs, without an element of its own.
    let (mut n_shown, mut n_paragraphs, mut is_open) = (0_usize, 0_usize, false);
    let is_whole = each(part, |piece| match piece {
        Piece::Start(tag) => {
            note(&mut words.authors, by(tag));
            is_open |= tag.name().as_ref().starts_with("office:");
            match tag.local_name().as_ref() {
                name if SHOWN.contains(&name) => n_shown += 1,
                "p" | "h" => n_paragraphs += 1,
                "tab" => words.text.push('\t'),
                "br" | "line-break" => words.text.push('\n'),
                "s" if is_open => words.text.push(' '),
                _ => {}
            }
        }
        Piece::End(name) => match name {
            name if SHOWN.contains(&name) => n_shown = n_shown.saturating_sub(1),
            "p" | "h" => {
                n_paragraphs = n_paragraphs.saturating_sub(1);
                words.text.push('\n');
            }
            "tc" | "table-cell" => cell(&mut words.text, '\t'),
            "tr" | "table-row" => cell(&mut words.text, '\n'),
            _ => {}
        },
        Piece::Text(text) => {
            let is_shown = n_shown > 0 || is_open && n_paragraphs > 0;
            if is_shown && words.text.len() < MAX_TEXT {
                words.text.push_str(&text);
            }
        }
    });
    words.is_cut = !is_whole || words.text.len() >= MAX_TEXT;
    words
}

/// Those who are named among the properties of a file, or in its description (XMP).
pub(in crate::source) fn authors_of(part: impl BufRead) -> Vec<String> {
    let mut authors: Vec<String> = Vec::new();
    let (mut n_inside, mut name) = (0_usize, String::new());
    each(part, |piece| match piece {
        Piece::Start(tag) => {
            note(&mut authors, by(tag));
            n_inside += usize::from(PEOPLE.contains(&tag.local_name().as_ref()));
        }
        // A list in XMP: `<dc:creator><rdf:Seq><rdf:li>…</rdf:li></rdf:Seq></dc:creator>`.
        Piece::End(tag) if tag == "li" || PEOPLE.contains(&tag) => {
            n_inside = n_inside.saturating_sub(usize::from(tag != "li"));
            note(&mut authors, vec![std::mem::take(&mut name)]);
        }
        Piece::Text(text) if n_inside > 0 && name.len() < 1024 => name.push_str(&text),
        _ => {}
    });
    // `lastModifiedBy` of Office may be a list with semicolons.
    authors.into_iter().flat_map(|names| names.split(';').map(|name| name.trim().to_owned()).collect::<Vec<_>>()).collect()
}

/// Adds names that are not there yet: a text that was worked on has the same one a thousand times.
fn note(authors: &mut Vec<String>, names: Vec<String>) {
    for name in names {
        if authors.len() < MAX_AUTHORS && !authors.contains(&name) {
            authors.push(name);
        }
    }
}

/// Who changed a passage, by the attributes of its element.
fn by(tag: &BytesStart) -> Vec<String> {
    let mut attributes = tag.attributes();
    let named = attributes.with_checks(false).filter_map(Result::ok);
    let named = named.filter(|attribute| BY.contains(&attribute.key.local_name().as_ref()));
    named.take(BY.len()).map(|attribute| attribute.value.into_owned()).collect()
}

/// The end of a cell: its last paragraph ends with it.
fn cell(text: &mut String, gap: char) {
    if text.ends_with('\n') {
        text.pop();
    }
    if gap == '\n' && text.ends_with('\t') {
        text.pop();
    }
    text.push(gap);
}

fn letter(reference: &BytesRef) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    match reference.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "\u{fffd}",
    }
    .to_owned()
}
