//! What a form has in common with another year's: items by their topic, requirements by their words.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalog::{Catalog, Item, Requirement, Scope};
use crate::diagnostic::Text;
use crate::thai::Code;

/// Least likeness of two requirements that ask the same, from 0 to 1: wordings of two years differ in a word, not in a half.
const ALIKE: f64 = 0.78;

/// Least length of a text that, found inside of another, asks the same.
const LEAST_LETTERS: usize = 12;

/// An item of the new form, beside that of the old one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Its number on the new form.
    pub item: Code,
    /// Its topic, which its address comes from.
    pub topic: String,
    /// Its title.
    pub title: Text,
    /// Its number on the old form; `None` when it is new.
    pub before: Option<Code>,
    /// The time it asks about is another: a plan that now is to report its progress, a year in place of six months.
    pub asks_another_time: bool,
    /// Requirements that the old form did not have, by id.
    pub new_requirements: Vec<String>,
}

/// An item of the old form that the new one does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// Its number on the old form.
    pub item: Code,
    /// Its topic.
    pub topic: String,
    /// Its title.
    pub title: Text,
}

/// How a form differs from an earlier one.
#[derive(Debug)]
pub struct Difference {
    /// The new form's items, in its order.
    pub items: Vec<Moved>,
    /// Items that are gone.
    pub gone: Vec<Gone>,
    /// The new id of every old requirement that is still asked.
    pub ids: BTreeMap<String, String>,
}

impl Difference {
    /// Compares a form with an earlier one; without one, everything is new.
    pub fn of(old: Option<&Catalog>, new: &Catalog) -> Difference {
        let mut ids = BTreeMap::new();
        let mut items = Vec::new();
        for item in &new.items {
            let before = old.and_then(|old| old.topic(&item.topic));
            let pairs = before.map(|before| same(before, item)).unwrap_or_default();
            let is_known = |requirement: &&Requirement| pairs.iter().any(|(_, new)| *new == requirement.id);
            let fresh = item.requirements.iter().filter(|requirement| !is_known(requirement));
            items.push(Moved {
                item: item.id,
                topic: item.topic.clone(),
                title: item.title.clone(),
                before: before.map(|before| before.id),
                asks_another_time: before
                    .is_some_and(|before| time_of(before).zip(time_of(item)).is_some_and(|(old, new)| old != new)),
                new_requirements: if before.is_some() {
                    fresh.map(|requirement| requirement.id.clone()).collect()
                } else {
                    Vec::new()
                },
            });
            ids.extend(pairs);
        }
        let old = old.map(|old| old.items.as_slice()).unwrap_or_default();
        let gone = old.iter().filter(|item| new.topic(&item.topic).is_none());
        let gone = gone.map(|item| Gone { item: item.id, topic: item.topic.clone(), title: item.title.clone() });
        Difference { items, gone: gone.collect(), ids }
    }
}

/// A plan for the year and one that covers it are asked about the same time; what is not known is no difference.
fn time_of(item: &Item) -> Option<Scope> {
    match item.scope {
        Scope::Unverified => None,
        Scope::Covers => Some(Scope::Current),
        scope => Some(scope),
    }
}

/// Requirements of two forms that ask the same, the likest first, each once: old id and new id.
fn same(old: &Item, new: &Item) -> Vec<(String, String)> {
    let mut pairs: Vec<(f64, &Requirement, &Requirement)> = Vec::new();
    for one in &old.requirements {
        for other in new.requirements.iter().filter(|other| other.kind.word() == one.kind.word()) {
            let likeness = likeness(&one.text.th, &other.text.th);
            if likeness >= ALIKE {
                pairs.push((likeness, one, other));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut taken: Vec<(String, String)> = Vec::new();
    for (_, one, other) in pairs {
        if !taken.iter().any(|(old, new)| *old == one.id || *new == other.id) {
            taken.push((one.id.clone(), other.id.clone()));
        }
    }
    taken
}

/// How alike two wordings are, from 0 to 1. Neither the year that they name nor an example in brackets is one of their words, and what
/// asks for less asks the same.
fn likeness(old: &str, new: &str) -> f64 {
    let (old, new) = (bare(old), bare(new));
    let is_part = new.chars().count() >= LEAST_LETTERS && old.contains(&new);
    if is_part { 1.0 } else { strsim::normalized_levenshtein(&old, &new) }
}

fn bare(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 && !c.is_numeric() && !c.is_whitespace() => out.push(c),
            _ => {}
        }
    }
    out
}
