//! `Traces`: what a file says of people, in its text, in its properties and in its pictures. The file's words stay at home: what is kept is masked.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::thai::personal::{self, Kind};
use crate::thai::repair::repaired;

/// Most traces that are kept of one file.
const MAX_TRACES: usize = 500;

/// Longest name of an author that is believed, in letters.
const MAX_AUTHOR: usize = 100;

/// What a file says of people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traces {
    /// What was found, each once, at its first place.
    pub found: Vec<Trace>,
    /// Part of the file was not read: it is over a limit.
    pub is_cut: bool,
    /// The time was over before all was read.
    pub is_late: bool,
}

/// One thing that points at a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// What it is.
    pub kind: Kind,
    /// Masked.
    pub shown: String,
    /// Stands for what it says; see [`sum`].
    pub sum: u64,
    /// Where in the file.
    pub place: Option<Place>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// A page, from 1.
    Page(u32),
    /// A slide, from 1.
    Slide(u32),
    /// A sheet, by name.
    Sheet(String),
}

/// What stands for a value, so that it can be compared without being kept.
pub fn sum(kind: Kind, value: &str) -> u64 {
    let digest = Sha256::new().chain_update([kind as u8]).chain_update(value).finalize();
    digest.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

impl Traces {
    /// Whether there may be more in the file than was found.
    pub fn is_partial(&self) -> bool {
        self.is_cut || self.is_late
    }

    /// Looks through a text that was taken out of a file.
    pub(super) fn read(&mut self, text: &str, place: Option<&Place>) {
        let text = repaired(text);
        for found in personal::find_worn(&text) {
            let shown = personal::mask(found.kind, &text[found.range]);
            self.add(found.kind, shown, &found.value, place);
        }
    }

    /// Notes who wrote the file, unless it is a program, a computer or an agency.
    pub(super) fn author(&mut self, name: &str) {
        let name = name.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        if name.chars().count() <= MAX_AUTHOR && !personal::is_generic(name) {
            let value = personal::values(name).into_iter().next().unwrap_or_default();
            self.add(Kind::Author, personal::mask(Kind::Author, name), &value, None);
        }
    }

    /// The same for several names.
    pub(super) fn authors(&mut self, names: &[String]) {
        for name in names {
            self.author(name);
        }
    }

    /// Notes that a picture says where it was taken.
    pub(super) fn location(&mut self) {
        self.add(Kind::Location, String::new(), "", None);
    }

    fn add(&mut self, kind: Kind, shown: String, value: &str, place: Option<&Place>) {
        let sum = sum(kind, value);
        if self.found.iter().any(|trace| trace.kind == kind && trace.sum == sum) {
            return;
        }
        if self.found.len() < MAX_TRACES {
            self.found.push(Trace { kind, shown, sum, place: place.cloned() });
        } else {
            self.is_cut = true;
        }
    }
}
