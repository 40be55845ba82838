//! The history: what was published when, a line a publish, each line chained to the one before it by that one's checksum.
//!
//! The file is JSON Lines. A line is `{"number", "date", "before", "published", "changes"}`: numbers count from 1; `before` is the
//! SHA-256 of the line before without its line end, 64 zeros in the first line; `published` is the checksum of all published files
//! ([`sums::published`]); `changes` name the sources of each page that are new, changed or gone. Lines are only ever added.

pub(crate) mod rules;
pub mod sums;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::diagnostic::{Text, text};
use crate::source::hex;

/// Where the history is published, below the output folder.
pub const LOG: &str = "history/log.jsonl";

/// What stands in the first line for the line before.
const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One publish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    /// Its number, from 1.
    pub number: usize,
    /// Its day.
    #[serde(with = "day")]
    pub date: Date,
    /// SHA-256 of the line before, in hexadecimal.
    pub before: String,
    /// Checksum of everything that was published, the history itself aside.
    pub published: String,
    /// Pages whose sources changed; none when only theme or program did.
    pub changes: Vec<Change>,
}

/// What changed of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Its path from the site's root: `/executives/`.
    pub page: String,
    /// Items of the form that its documents answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// Its sources that changed, in order, each with its SHA-256; `None` when it is gone. In JSON an object.
    #[serde(with = "object")]
    pub files: Vec<(String, Option<String>)>,
}

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It was not there before.
    New,
    /// It was there.
    Changed,
    /// It is not there any more.
    Gone,
}

/// Sources by page, each with its checksum.
pub type State = BTreeMap<String, BTreeMap<String, String>>;

/// A line that breaks the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: Text,
}

/// Reads a history and follows its chain.
///
/// # Errors
/// The first line that does not follow from those before it.
pub fn read(log: &[u8]) -> Result<Vec<Publish>, Broken> {
    let mut publishes: Vec<Publish> = Vec::new();
    let mut before = NOTHING_BEFORE.to_owned();
    let mut rest = log;
    while !rest.is_empty() {
        let number = publishes.len() + 1;
        let broken = |why| Err(Broken { line: number, why });
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
            return broken(text!(th: "บรรทัดสุดท้ายขาดหาย", en: "the last line is cut off"));
        };
        let (line, after) = (&rest[..end], &rest[end + 1..]);
        let publish: Publish = match serde_json::from_slice(line) {
            Ok(publish) => publish,
            Err(error) => return broken(text!(th: "อ่านบรรทัดนี้ไม่ได้", en: "the line cannot be read ({error})")),
        };
        let found = publish.number;
        if found != number {
            return broken(
                text!(th: "ควรเป็นครั้งที่ {number} แต่เขียนว่า {found}", en: "it should be number {number}, and says {found}"),
            );
        }
        if publish.before != before {
            return broken(
                text!(th: "ไม่ต่อจากบรรทัดก่อนหน้า บรรทัดใดบรรทัดหนึ่งถูกแก้", en: "it does not follow from the line before: one of them was edited"),
            );
        }
        if publishes.last().is_some_and(|last| last.date > publish.date) {
            return broken(text!(th: "วันที่ย้อนหลังกว่าบรรทัดก่อนหน้า", en: "its day is earlier than that of the line before"));
        }
        before = hex(&Sha256::digest(line));
        publishes.push(publish);
        rest = after;
    }
    Ok(publishes)
}

/// The line that follows on a history: what it says, with its number and chain. A clock that went back does not turn days around.
pub fn next(log: &[u8], earlier: &[Publish], date: Date, published: String, changes: Vec<Change>) -> String {
    let last_line = log.strip_suffix(b"\n").map(|log| log.rsplit(|byte| *byte == b'\n').next().unwrap_or(log));
    let before = last_line.map_or_else(|| NOTHING_BEFORE.to_owned(), |line| hex(&Sha256::digest(line)));
    let date = earlier.last().map_or(date, |last| last.date.max(date));
    let publish = Publish { number: earlier.len() + 1, date, before, published, changes };
    serde_json::to_string(&publish).expect("strings and numbers always serialize") + "\n"
}

/// What the sources of all pages were after these publishes.
pub fn state(publishes: &[Publish]) -> State {
    let mut state = State::new();
    for change in publishes.iter().flat_map(|publish| &publish.changes) {
        apply(&mut state, change);
    }
    state
}

/// Puts a change into a state; says what became of its page.
pub fn apply(state: &mut State, change: &Change) -> Kind {
    let files = state.entry(change.page.clone()).or_default();
    let was_there = !files.is_empty();
    for (file, sum) in &change.files {
        match sum {
            Some(sum) => drop(files.insert(file.clone(), sum.clone())),
            None => drop(files.remove(file)),
        }
    }
    match (was_there, files.is_empty()) {
        (false, _) => Kind::New,
        (true, false) => Kind::Changed,
        (true, true) => Kind::Gone,
    }
}

/// What has to change for a state to become another; `items` gives the items that a page answers.
pub fn changes(before: &State, after: &State, items: impl Fn(&str) -> Vec<String>) -> Vec<Change> {
    let nothing = BTreeMap::new();
    let mut pages: Vec<&String> = before.keys().chain(after.keys()).collect();
    pages.sort_unstable();
    pages.dedup();
    let change = |page: &String| {
        let (old, new) = (before.get(page).unwrap_or(&nothing), after.get(page).unwrap_or(&nothing));
        let gone = old.keys().filter(|file| !new.contains_key(*file)).map(|file| (file.clone(), None));
        let other = new.iter().filter(|(file, sum)| old.get(*file) != Some(*sum));
        let mut files: Vec<_> = other.map(|(file, sum)| (file.clone(), Some(sum.clone()))).chain(gone).collect();
        files.sort_unstable();
        (!files.is_empty()).then(|| Change { page: page.clone(), items: items(page), files })
    };
    pages.into_iter().filter_map(change).collect()
}

/// A day as `2023-04-20` (ISO 8601).
mod day {
    use jiff::civil::Date;
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(date)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Files as an object; a map for each of thousands of pages would be five times as large.
mod object {
    use std::collections::BTreeMap;

    use serde::{Deserialize as _, Deserializer, Serializer};

    type Files = Vec<(String, Option<String>)>;

    pub(super) fn serialize<S: Serializer>(files: &Files, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(files.iter().map(|(file, sum)| (file, sum)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Files, D::Error> {
        Ok(BTreeMap::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests;
