//! `LinkCache`: what became of each link and when, so that hosts are not asked again and again. The file is `.prongsai/links.json`.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::outcome::Outcome;

/// Name of the file inside the folder that [`crate::publish::write_aside`] writes to.
pub const FILE: &str = "links.json";

/// How long an answer counts when the link is alive: a week.
const ALIVE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The same when nobody knows: a day.
const UNSURE: SignedDuration = SignedDuration::from_hours(24);

/// The same when it is dead: an hour, so that a repair is seen soon.
const DEAD: SignedDuration = SignedDuration::from_hours(1);

/// Version of the file; another one is not read.
const VERSION: u32 = 1;

/// Answers of earlier runs, by address.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LinkCache(BTreeMap<String, Known>);

/// One answer.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    /// When it was given, RFC 3339.
    asked: String,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Serialize, Deserialize)]
struct Whole<T> {
    generator: String,
    version: u32,
    links: T,
}

impl LinkCache {
    /// Reads the file; one that is broken, or not ours, holds nothing.
    pub fn from_json(bytes: &[u8]) -> LinkCache {
        let whole = serde_json::from_slice::<Whole<BTreeMap<String, Known>>>(bytes).ok();
        let ours = whole.filter(|whole| whole.generator == "prongsai" && whole.version == VERSION);
        LinkCache(ours.map(|whole| whole.links).unwrap_or_default())
    }

    /// The file.
    pub fn to_json(&self) -> Vec<u8> {
        let whole = Whole { generator: "prongsai".to_owned(), version: VERSION, links: &self.0 };
        let mut bytes = serde_json::to_vec_pretty(&whole).expect("strings and numbers always serialize");
        bytes.push(b'\n');
        bytes
    }

    /// What is known of an address at `now`, unless it is too old.
    pub fn get(&self, url: &str, now: Timestamp) -> Option<&Outcome> {
        let known = self.0.get(url)?;
        let age = now.duration_since(known.asked.parse().ok()?);
        let limit = match &known.outcome {
            outcome if outcome.is_alive() => ALIVE,
            Outcome::Unsure => UNSURE,
            _ => DEAD,
        };
        // A time to come was written by a clock that was wrong.
        (!age.is_negative() && age < limit).then_some(&known.outcome)
    }

    /// Keeps an answer given at `now`.
    pub fn put(&mut self, url: &str, outcome: Outcome, now: Timestamp) {
        self.0.insert(url.to_owned(), Known { asked: now.to_string(), outcome });
    }

    /// Forgets addresses for which `keep` does not hold.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.0.retain(|url, _| keep(url));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_counts_for_a_while() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
        let later = |hours| now + SignedDuration::from_hours(hours);
        let mut cache = LinkCache::default();
        cache.put("alive", Outcome::Moved { to: "https://a.go.th/".to_owned() }, now);
        cache.put("dead", Outcome::Gone { status: 404 }, now);
        cache.put("unsure", Outcome::Unsure, now);
        let cache = LinkCache::from_json(&cache.to_json());
        let known = |hours| ["alive", "dead", "unsure"].map(|url| cache.get(url, later(hours)).is_some());
        assert_eq!(known(0), [true, true, true]);
        assert_eq!(known(2), [true, false, true]);
        assert_eq!(known(30), [true, false, false]);
        assert_eq!(known(7 * 24), [false, false, false]);
        assert_eq!(known(-1), [false, false, false], "written by a clock that was wrong");
    }

    #[test]
    fn a_broken_or_foreign_file_holds_nothing() {
        let now = Timestamp::UNIX_EPOCH;
        let mut cache = LinkCache::default();
        cache.put("a", Outcome::Alive, now);
        let ours = String::from_utf8(cache.to_json()).expect("JSON");
        for broken in ["", "{", "[]", "null", &ours.replace("prongsai", "x"), &ours.replace("\"alive\"", "\"soso\"")] {
            assert_eq!(LinkCache::from_json(broken.as_bytes()), LinkCache::default(), "{broken}");
        }
        let odd_time = ours.replace("1970-01-01T00:00:00Z", "yesterday");
        assert_eq!(LinkCache::from_json(odd_time.as_bytes()).get("a", now), None);
        assert_eq!(LinkCache::from_json(b"\xff\xfe"), LinkCache::default());
    }
}
