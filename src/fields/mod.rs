//! Reads TOML field by field, so that every problem of a file is reported in one run, each at its own key or value.

mod choices;
pub mod labels;
pub(crate) mod rules;
mod shape;
mod stray;
mod value;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostics, Reported, Span, Spanned, Text};
use crate::source::SourcePath;
use rules::{missing_field, wrong_type};

pub(crate) use choices::choices;
pub(crate) use rules::unknown_field::nearest;
pub use shape::Shape;
use stray::{Stray, rows};
pub use value::{Contact, Email, FieldValue, FileName, Mismatch, Month, RequirementId, Topic, WebUrl, Words, Year};

/// What an officer is told where a table is meant.
const TABLE: Text<&str> = Text { th: "ตาราง", en: "a table" };

/// A table being read. Ask for each field once; then [`Fields::finish`] reports what nobody asked for.
///
/// Read all fields first and use `?` last, so that one pass finds every problem:
///
/// ```text
/// let name = fields.required("name");
/// let position = fields.required("position");
/// Ok(Executive { name: name?, position: position? })
/// ```
pub struct Fields<'a> {
    table: &'a DeTable<'a>,
    path: &'a SourcePath,
    /// Byte offset of the TOML text inside the file.
    offset: usize,
    /// Where a missing field would go.
    missing_at: Span,
    asked: Vec<Asked>,
    /// Keys that are missing, and where in `diagnostics` that is said.
    missing: Vec<(&'static str, usize)>,
    /// Files named so far.
    files: Vec<Spanned<String>>,
    /// Fields in the tables inside that those do not know.
    strays: Vec<Stray>,
    /// Tables that are missing, each with the fields it would have.
    absent: Vec<(&'static str, Vec<Asked>)>,
    any_key: bool,
    recording: bool,
    diagnostics: &'a mut Diagnostics,
}

/// A field that a content type asks for; the source of `docs/fields.md`.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its key.
    pub key: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What is written there.
    pub expects: Text<&'static str>,
    /// How it is typed.
    pub example: &'static str,
    /// What one value of it is.
    pub shape: Shape,
    /// Whether it may have several values.
    pub is_list: bool,
    /// Fields of the tables inside, for `[[key]]`.
    pub inner: Vec<Asked>,
}

impl Asked {
    /// Whether it is a table whose keys the author chooses, such as `[rules]`.
    pub fn has_any_key(&self) -> bool {
        self.shape == Shape::Table && self.inner.is_empty()
    }
}

/// A key that the author chose, and its value.
pub(crate) type Entry<T> = (Spanned<String>, Result<Spanned<T>, Reported>);

impl<'a> Fields<'a> {
    /// The fields of a table whose TOML text starts `offset` bytes into the file.
    pub(crate) fn new(
        table: &'a DeTable<'a>,
        path: &'a SourcePath,
        offset: usize,
        missing_at: Span,
        diagnostics: &'a mut Diagnostics,
    ) -> Fields<'a> {
        Fields {
            table,
            path,
            offset,
            missing_at,
            asked: Vec::new(),
            missing: Vec::new(),
            files: Vec::new(),
            strays: Vec::new(),
            absent: Vec::new(),
            any_key: false,
            recording: false,
            diagnostics,
        }
    }

    /// A field that must be there.
    pub(crate) fn required<T: FieldValue>(&mut self, key: &'static str) -> Result<T, Reported> {
        Ok(self.required_spanned(key)?.value)
    }

    /// A field that must be there, with its place.
    pub(crate) fn required_spanned<T: FieldValue>(&mut self, key: &'static str) -> Result<Spanned<T>, Reported> {
        self.ask::<T>(key, true);
        match self.read_value(key)? {
            Some(value) => Ok(value),
            None => Err(self.missing(key, &T::EXPECTS, T::EXAMPLE)),
        }
    }

    /// A field that may be there.
    pub(crate) fn optional<T: FieldValue>(&mut self, key: &'static str) -> Result<Option<T>, Reported> {
        Ok(self.optional_spanned(key)?.map(|spanned| spanned.value))
    }

    /// A field that may be there, with its place.
    pub(crate) fn optional_spanned<T: FieldValue>(&mut self, key: &'static str) -> Result<Option<Spanned<T>>, Reported> {
        self.ask::<T>(key, false);
        self.read_value(key)
    }

    /// The name of a file beside the document; kept in [`Fields::finish`]'s result even when another field is broken.
    pub(crate) fn file(&mut self, key: &'static str) -> Result<Option<Spanned<String>>, Reported> {
        let file = self.optional_spanned::<FileName>(key)?.map(named);
        self.files.extend(file.clone());
        Ok(file)
    }

    /// The name of a file beside the document, which must be there.
    pub(crate) fn required_file(&mut self, key: &'static str) -> Result<Spanned<String>, Reported> {
        let file = named(self.required_spanned::<FileName>(key)?);
        self.files.push(Spanned::clone(&file));
        Ok(file)
    }

    /// A list of values, each with its place; one value alone counts as a list of one, and none as empty.
    pub(crate) fn list<T: FieldValue>(&mut self, key: &'static str) -> Result<Vec<Spanned<T>>, Reported> {
        self.ask::<T>(key, false);
        self.asks_for_many();
        let table = self.table;
        let Some(value) = table.get(key) else { return Ok(Vec::new()) };
        let DeValue::Array(array) = value.get_ref() else {
            return Ok(vec![self.convert(key, value)?]);
        };
        let read: Vec<_> = array.iter().map(|value| self.convert(key, value)).collect();
        read.into_iter().collect()
    }

    /// A list that must have a value.
    pub(crate) fn required_list<T: FieldValue>(&mut self, key: &'static str) -> Result<Vec<Spanned<T>>, Reported> {
        let list = self.list(key)?;
        if let Some(asked) = self.asked.last_mut() {
            asked.required = true;
        }
        if list.is_empty() { Err(self.missing(key, &T::EXPECTS, T::EXAMPLE)) } else { Ok(list) }
    }

    /// The tables `[[key]]`, each read by `read`; none when the key is absent.
    pub(crate) fn tables<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Fields) -> Result<T, Reported>,
    ) -> Result<Vec<T>, Reported> {
        let (required, expects, shape) = (false, TABLE, Shape::Table);
        self.asked.push(Asked { key, required, expects, example: "", shape, is_list: true, inner: Vec::new() });
        let table = self.table;
        let Some(value) = table.get(key) else {
            if self.recording {
                let inner = Fields::record(&|fields: &mut Fields| read(fields).map(|_| ()));
                if let Some(asked) = self.asked.last_mut() {
                    asked.inner = inner;
                }
            }
            return Ok(Vec::new());
        };
        let rows: Vec<_> = rows(value).collect();
        let read: Vec<_> = rows.into_iter().map(|row| self.read_row(key, row, &read)).collect();
        read.into_iter().collect()
    }

    /// The table `[key]`, read by `read`; a missing one is read as empty, unless it has fields that must be there.
    pub(crate) fn table<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Fields) -> Result<T, Reported>,
    ) -> Result<T, Reported> {
        let tables = self.tables(key, &read);
        if let Some(asked) = self.asked.last_mut() {
            asked.is_list = false;
        }
        let mut tables = tables?;
        if tables.len() > 1 {
            return Err(self.diagnostics.push(wrong_type::one_table(key, self.missing_at.clone())));
        }
        match tables.pop() {
            Some(value) => Ok(value),
            None if self.recording => Err(self.missing(key, &TABLE, "…")),
            None => self.absent_table(key, read),
        }
    }

    /// All keys of a table whose keys the author chooses, such as `[rules]`, each with its value.
    pub(crate) fn entries<T: FieldValue>(&mut self) -> Vec<Entry<T>> {
        let table = self.table;
        self.any_key = true;
        let entries = table.iter().map(|(key, value)| {
            let name = key.get_ref().to_string();
            let key = Spanned { value: name, span: self.span(key.span()) };
            let value = self.convert(&key.value, value);
            (key, value)
        });
        entries.collect()
    }

    /// Reports a problem found while reading, at a place of this file.
    pub(crate) fn diagnostics(&mut self) -> &mut Diagnostics {
        self.diagnostics
    }

    /// Reports fields that nobody asked for, each with the nearest known one; returns the files that were named.
    pub(crate) fn finish(self) -> Vec<Spanned<String>> {
        self.close().0
    }

    /// What `read` asks for, found by letting it read an empty table.
    pub(crate) fn record(read: &dyn Fn(&mut Fields) -> Result<(), Reported>) -> Vec<Asked> {
        let (table, path, mut unheard) = (DeTable::new(), SourcePath::new(""), Diagnostics::default());
        let mut fields = Fields::new(&table, &path, 0, Span::file(&path), &mut unheard);
        fields.recording = true;
        // The reading fails, for the table is empty; what it asked for is the result.
        let _ = read(&mut fields);
        fields.asked
    }

    fn read_row<T>(
        &mut self,
        key: &'static str,
        row: &'a toml::Spanned<DeValue<'a>>,
        read: impl Fn(&mut Fields) -> Result<T, Reported>,
    ) -> Result<T, Reported> {
        let span = self.span(row.span());
        let DeValue::Table(table) = row.get_ref() else {
            return Err(self.diagnostics.push(wrong_type::table(key, span)));
        };
        let mut inner = Fields::new(table, self.path, self.offset, span, self.diagnostics);
        let value = read(&mut inner);
        let (files, unknown) = inner.close();
        self.files.extend(files);
        self.strays.extend(unknown.into_iter().map(|stray| Stray { table: stray.table.or(Some(key)), ..stray }));
        value
    }

    fn read_value<T: FieldValue>(&mut self, key: &'static str) -> Result<Option<Spanned<T>>, Reported> {
        let table = self.table;
        table.get(key).map(|value| self.convert(key, value)).transpose()
    }

    fn convert<T: FieldValue>(&mut self, key: &str, value: &toml::Spanned<DeValue>) -> Result<Spanned<T>, Reported> {
        let span = self.span(value.span());
        let problem = match T::read(value.get_ref()) {
            Ok(value) => return Ok(Spanned { value, span }),
            Err(Mismatch::Type) => wrong_type::problem(key, &T::EXPECTS, T::EXAMPLE, span),
            Err(Mismatch::Empty) => missing_field::empty(key, &T::EXPECTS, T::EXAMPLE, span),
            Err(Mismatch::Value(rule, message, help)) => {
                let problem = rule.at(span, message);
                match help {
                    Some(help) => problem.help(help),
                    None => problem,
                }
            }
        };
        Err(self.diagnostics.push(problem))
    }

    fn missing(&mut self, key: &'static str, expects: &Text<&'static str>, example: &str) -> Reported {
        self.missing.push((key, self.diagnostics.len()));
        self.diagnostics.push(missing_field::problem(key, expects, example, self.missing_at.clone()))
    }

    fn ask<T: FieldValue>(&mut self, key: &'static str, required: bool) {
        let (expects, example, shape) = (T::EXPECTS, T::EXAMPLE, T::SHAPE);
        self.asked.push(Asked { key, required, expects, example, shape, is_list: false, inner: Vec::new() });
    }

    /// The field asked for last may have several values.
    fn asks_for_many(&mut self) {
        if let Some(asked) = self.asked.last_mut() {
            asked.is_list = true;
        }
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        shift(self.path, self.offset, range)
    }
}

fn shift(path: &SourcePath, offset: usize, range: std::ops::Range<usize>) -> Span {
    Span::range(path, range.start + offset..range.end + offset)
}

/// The name of a file, as text.
fn named(name: Spanned<FileName>) -> Spanned<String> {
    Spanned { value: name.value.0, span: name.span }
}
