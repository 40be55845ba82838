//! How a value is written in TOML: numbers as numbers, texts in two languages, lists that keep their comments.

use serde_json::Value as Json;
use toml_edit::{Array, InlineTable, Value};

use super::manuscript::{FENCE, is_nothing, of_value};
use crate::fields::{Asked, Shape};
use crate::thai::digits::to_arabic;

/// The languages of a text, in the order in which they are written.
pub(super) const LANGUAGES: [&str; 2] = ["th", "en"];

/// Letters of a value from which on each value of a list has a line of its own.
const LONG: usize = 12;

/// A value as it is written: digits as a number where the field holds one, what is no such value as it was typed.
pub(super) fn to_value(wanted: &Json, shape: Shape) -> Value {
    match (wanted, shape) {
        (Json::Bool(value), _) => Value::from(*value),
        (Json::Object(table), _) => {
            let text = |language: &&'static str| Some((*language, Value::from(table.get(*language)?.as_str()?)));
            Value::InlineTable(LANGUAGES.iter().filter_map(text).collect::<InlineTable>())
        }
        (Json::Number(number), _) => number.as_i64().map_or_else(|| Value::from(number.to_string()), Value::from),
        (Json::String(typed), Shape::Number(_) | Shape::Year) => {
            let digits = to_arabic(typed.trim());
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            match digits.parse::<i64>() {
                // `007` is no integer of TOML.
                Ok(number) if is_number && number.to_string() == *digits => Value::from(number),
                _ => Value::from(typed.trim()),
            }
        }
        (Json::String(typed), Shape::Boolean) => match typed.trim() {
            "true" => Value::from(true),
            "false" => Value::from(false),
            typed => Value::from(typed),
        },
        (Json::String(typed), _) => text(typed.trim()),
        (Json::Array(_) | Json::Null, _) => Value::from(""),
    }
}

/// A text; one with a line that would end the fields is written on one line.
fn text(typed: &str) -> Value {
    let is_risky = typed.lines().any(|line| line.trim_end() == FENCE);
    // A string of JSON is one of TOML, but for this sign.
    let one_line = || Json::from(typed).to_string().replace('\u{7f}', "\\u007f").parse::<Value>().ok();
    is_risky.then(one_line).flatten().unwrap_or_else(|| Value::from(typed))
}

/// A list; what it has already stays as it is typed, and so does every comment.
pub(super) fn list_of(wanted: &[Json], asked: &Asked, old: Option<&Value>) -> Value {
    let known: Vec<&Value> = old.and_then(Value::as_array).map(|array| array.iter().collect()).unwrap_or_default();
    let wanted: Vec<&Json> = wanted.iter().filter(|value| !is_nothing(value)).collect();
    let is_long = wanted.len() > 1 && wanted.iter().any(|value| value.as_str().is_some_and(|text| text.chars().count() > LONG));
    let mut is_used = vec![false; known.len()];
    let found: Vec<Option<usize>> = wanted.iter().map(|value| take(&known, &mut is_used, value)).collect();
    let mut array = Array::new();
    // Comments of values that are gone go to what follows.
    let mut comments = known.iter().zip(&is_used).map(|(value, is_used)| (!is_used).then(|| comments_of(value)).flatten());
    let mut n_passed = 0;
    for (value, found) in wanted.into_iter().zip(found) {
        // A value that was typed anew is in the place of one that is gone.
        let n = found.map_or(1, |at| (at + 1).saturating_sub(n_passed));
        let lost: String = comments.by_ref().take(n).flatten().collect();
        n_passed += n;
        let mut value = found.map_or_else(|| to_value(value, asked.shape), |at| known[at].clone());
        let prefix = value.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or("").to_owned();
        let prefix = match (prefix.trim().is_empty(), lost.is_empty()) {
            (true, true) if is_long && (prefix.is_empty() || found.is_none()) => "\n  ".to_owned(),
            (true, true) if !is_long => if array.is_empty() { "" } else { " " }.to_owned(),
            (_, true) => prefix,
            (..) if prefix.contains('\n') => format!("{lost}{prefix}"),
            (..) => format!("{lost}\n  "),
        };
        value.decor_mut().set_prefix(prefix);
        array.push_formatted(value);
    }
    let lost: String = comments.flatten().collect();
    let behind = old.and_then(Value::as_array).and_then(|array| array.trailing().as_str()).filter(|behind| behind.contains('#'));
    array.set_trailing_comma(is_long);
    if !lost.is_empty() || behind.is_some() {
        array.set_trailing(format!("{lost}{}", behind.unwrap_or("\n")));
        array.set_trailing_comma(true);
    } else if is_long {
        array.set_trailing("\n");
    }
    Value::Array(array)
}

/// The place of a value in a list, the first that was not taken yet.
fn take(known: &[&Value], is_used: &mut [bool], wanted: &Json) -> Option<usize> {
    let at = (0..known.len()).find(|at| !is_used[*at] && of_value(known[*at]) == *wanted)?;
    is_used[at] = true;
    Some(at)
}

/// The comments before and behind a value of a list.
fn comments_of(value: &Value) -> Option<String> {
    let decor = value.decor();
    let around = [decor.prefix(), decor.suffix()].into_iter().flatten().filter_map(|around| around.as_str());
    let comments: Vec<&str> = around.map(str::trim_end).filter(|around| around.contains('#')).collect();
    (!comments.is_empty()).then(|| comments.join("\n"))
}
