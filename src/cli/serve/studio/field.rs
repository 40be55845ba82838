//! Which field of a file a place in it belongs to, so that a problem is shown at the field that it is about.

use std::ops::Range;

use toml_edit::{Document, Item, Table, Value};

/// The field at a byte of a file, as the forms name it: `name`, `step.1.text`; `None` outside of the fields. `text` has line ends `\n`.
pub(super) fn at(text: &str, byte: usize) -> Option<String> {
    let (start, toml) = front_matter(text)?;
    // The fence below and the text are no fields.
    let at = byte.checked_sub(start).filter(|at| *at < toml.len())?;
    let document = Document::parse(toml).ok()?;
    in_table(document.as_table(), at, "")
}

/// The fields of a Markdown file, or a TOML file as a whole.
fn front_matter(text: &str) -> Option<(usize, &str)> {
    let Some(first) = text.split_inclusive('\n').next().filter(|line| line.trim_end() == "+++") else { return Some((0, text)) };
    let rest = &text[first.len()..];
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((first.len(), &rest[..end]));
        }
        end += line.len();
    }
    None
}

fn in_table(table: &Table, at: usize, prefix: &str) -> Option<String> {
    // A table of its own ends where the next begins, so the last one that starts before the place has it.
    let mut best: Option<(usize, String)> = None;
    for (key, item) in table {
        let name = format!("{prefix}{key}");
        let key_span = table.key(key).and_then(toml_edit::Key::span);
        let found = match item {
            Item::Value(value) => {
                let whole = key_span.zip(value.span()).map(|(key, value)| key.start..value.end);
                whole.filter(|whole| has(whole, at)).map(|whole| (whole.start, in_value(value, at, &name)))
            }
            Item::Table(inner) => inside(inner, at, &format!("{name}.")).map(|(start, found)| (start, found.unwrap_or(name))),
            Item::ArrayOfTables(rows) => {
                let row = |(number, row): (usize, &Table)| {
                    let name = format!("{name}.{number}");
                    inside(row, at, &format!("{name}.")).map(|(start, found)| (start, found.unwrap_or(name)))
                };
                rows.iter().enumerate().filter_map(row).max_by_key(|(start, _)| *start)
            }
            Item::None => None,
        };
        if let Some((start, found)) = found.filter(|(start, _)| best.as_ref().is_none_or(|(known, _)| start >= known)) {
            best = Some((start, found));
        }
    }
    best.map(|(_, found)| found)
}

/// Where a table starts, when that is before the place, and the field of it that has the place.
fn inside(table: &Table, at: usize, prefix: &str) -> Option<(usize, Option<String>)> {
    let start = table.span()?.start;
    (start <= at).then(|| (start, in_table(table, at, prefix)))
}

fn in_value(value: &Value, at: usize, name: &str) -> String {
    let Value::Array(array) = value else { return name.to_owned() };
    for (number, value) in array.iter().enumerate() {
        let Value::InlineTable(table) = value else { continue };
        if !table.span().is_some_and(|span| has(&span, at)) {
            continue;
        }
        let key =
            table.iter().find(|(_, value)| value.span().is_some_and(|span| has(&span, at))).map(|(key, _)| format!(".{key}"));
        return format!("{name}.{number}{}", key.unwrap_or_default());
    }
    name.to_owned()
}

fn has(span: &Range<usize>, at: usize) -> bool {
    span.start <= at && at <= span.end
}

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn a_place_belongs_to_the_field_it_stands_in() {
        let text = "+++\ntitle = \"ก\"\n# ข\naddresses = [\"O2\", \"O3\"]\n\n[[step]]\ntext = \"ค\"\n\n[[step]]\nperiod = \"ง\"\n\n[[attachment]]\nfile = \"a.pdf\"\n+++\nจ\n";
        let of = |words: &str| at(text, text.find(words).expect("it is there"));
        assert_eq!(of("ก").as_deref(), Some("title"));
        assert_eq!(of("O3").as_deref(), Some("addresses"));
        assert_eq!(of("ค").as_deref(), Some("step.0.text"));
        assert_eq!(of("ง").as_deref(), Some("step.1.period"));
        assert_eq!(of("a.pdf").as_deref(), Some("attachment.0.file"));
        assert_eq!(of("จ"), None);
        let inline = "agency = { }\nstep = [{ text = \"ก\" }, { text = \"ข\" }]\n";
        assert_eq!(at(inline, inline.find('ข').expect("it is there")).as_deref(), Some("step.1.text"));
        assert_eq!(at("+++\nbroken = \n+++\n", 6), None);
    }
}
