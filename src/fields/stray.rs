//! Fields that stand where they are not read: unknown ones, and known ones below the line of another table.

use toml::de::{DeTable, DeValue};

use super::rules::{missing_field, unknown_field};
use super::{Asked, Fields};
use crate::diagnostic::{Reported, Span, Spanned};

/// A field that its table does not know, which is reported.
pub(super) struct Stray {
    pub(super) key: String,
    pub(super) span: Span,
    /// The table inside which it stands, seen from the one that is being read.
    pub(super) table: Option<&'static str>,
}

/// The tables of a value, `[key]` or `[[key]]`.
pub(super) fn rows<'a>(value: &'a toml::Spanned<DeValue<'a>>) -> impl Iterator<Item = &'a toml::Spanned<DeValue<'a>>> {
    let (rows, one) = match value.get_ref() {
        DeValue::Array(array) => (Some(array.iter()), None),
        _ => (None, Some(value)),
    };
    rows.into_iter().flatten().chain(one)
}

impl Fields<'_> {
    /// Reports what nobody asked for; returns the files that were named, and what may be known to the table around.
    pub(super) fn close(mut self) -> (Vec<Spanned<String>>, Vec<Stray>) {
        self.name_absent_tables();
        let mut unknown = self.place_strays();
        let known: Vec<&str> = self.asked.iter().map(|asked| asked.key).collect();
        for (key, _) in self.table {
            let key_text = key.get_ref().as_ref();
            let is_absent = |(_, inner): &(&str, Vec<Asked>)| inner.iter().any(|asked| asked.key == key_text);
            if self.any_key || known.contains(&key_text) || self.absent.iter().any(is_absent) {
                continue;
            }
            let span = self.span(key.span());
            let meant = unknown_field::report(key_text, &known, span.clone(), self.diagnostics);
            // A misspelt key is one mistake: it is not missing as well.
            if let Some(meant) = meant {
                self.withdraw_missing(meant);
            }
            unknown.push(Stray { key: key_text.to_owned(), span, table: None });
        }
        (self.files, unknown)
    }

    /// A table that is not there: what it needs is said at once.
    pub(super) fn absent_table<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Fields) -> Result<T, Reported>,
    ) -> Result<T, Reported> {
        let inner = Fields::record(&|fields: &mut Fields| read(fields).map(|_| ()));
        let needed = inner.iter().filter(|asked| asked.required);
        let line = |asked: &Asked| format!("{} = {}", asked.key, missing_field::shown(asked.key, asked.example).th);
        let lines: Vec<String> = needed.map(line).collect();
        if lines.is_empty() {
            let empty = DeTable::new();
            return read(&mut Fields::new(&empty, self.path, self.offset, self.missing_at.clone(), self.diagnostics));
        }
        self.absent.push((key, inner));
        self.missing.push((key, self.diagnostics.len()));
        Err(self.diagnostics.push(missing_field::table(key, &lines.join(", "), self.missing_at.clone())))
    }

    /// Where fields of a missing table stand without its line, that line is what is missing, and they are not unknown.
    fn name_absent_tables(&mut self) {
        let is_known = |key: &str, asked: &[Asked]| asked.iter().any(|asked| asked.key == key);
        for (table, inner) in std::mem::take(&mut self.absent) {
            let fields = self.table.iter().map(|(key, _)| (key.get_ref().as_ref(), key.span()));
            let strays = fields.filter(|(key, _)| is_known(key, &inner) && !is_known(key, &self.asked));
            let Some((first, range)) = strays.min_by_key(|(_, range)| range.start) else { continue };
            let problem = missing_field::heading(table, first, self.span(range));
            self.withdraw_missing(table);
            self.diagnostics.push(problem);
            self.absent.push((table, inner));
        }
    }

    /// Says of fields below the line of a table that they belong above it, where this table knows them; returns the others.
    fn place_strays(&mut self) -> Vec<Stray> {
        let strays = std::mem::take(&mut self.strays);
        let (ours, others): (Vec<_>, Vec<_>) = strays.into_iter().partition(|stray| {
            self.asked.iter().any(|asked| asked.key == stray.key) && !self.table.contains_key(stray.key.as_str())
        });
        let first = self.first_table().unwrap_or_default();
        for stray in ours {
            let table = stray.table.map(|table| self.line_of(table)).unwrap_or_default();
            let words = unknown_field::below_table(&stray.key, &table, &first);
            self.diagnostics.reword(&unknown_field::RULE, &stray.span, words);
            self.withdraw_missing(&stray.key);
        }
        others
    }

    /// The line that starts the first table inside: fields of this one stand above it.
    fn first_table(&self) -> Option<String> {
        let starts = self.asked.iter().filter_map(|asked| {
            let row = rows(self.table.get(asked.key)?).find(|row| row.get_ref().is_table())?;
            Some((row.span().start, asked.key))
        });
        starts.min().map(|(_, key)| self.line_of(key))
    }

    /// How the line of a table is typed.
    fn line_of(&self, key: &str) -> String {
        let is_list = self.table.get(key).is_some_and(|value| value.get_ref().is_array());
        if is_list { format!("[[{key}]]") } else { format!("[{key}]") }
    }

    /// Takes back that a field is missing.
    fn withdraw_missing(&mut self, key: &str) {
        if let Some(at) = self.missing.iter().position(|(missing, _)| *missing == key) {
            let (_, index) = self.missing.remove(at);
            self.diagnostics.withdraw(index);
            self.missing.iter_mut().filter(|(_, later)| *later > index).for_each(|(_, later)| *later -= 1);
        }
    }
}
