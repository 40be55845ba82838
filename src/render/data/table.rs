//! `Table`: rows described once, for CSV (RFC 4180), JSON, Table Schema, DCAT and the page about the data.

use std::borrow::Cow;
use std::error::Error;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::ser::{SerializeMap as _, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::{Number, Value as Json, json};
use url::Url;

use crate::diagnostic::Text;
use crate::parse::Document;
use crate::render::sheet::{self, harmless};
use crate::site::changed::last_change;
use crate::thai::digits::to_arabic;

/// A table of data. It holds what machines want: ISO 8601 dates, Arabic digits, numbers as numbers, codes.
/// Rows are written as they are read, so that no table is in memory as thousands of values.
#[derive(Debug)]
pub(in crate::render) struct Table {
    /// Its name in addresses: `results-indicators`.
    pub(in crate::render) name: &'static str,
    pub(in crate::render) title: Text,
    /// What a row is.
    pub(in crate::render) about: Text,
    pub(in crate::render) fields: Vec<Field>,
    /// The columns that tell one row from another.
    pub(in crate::render) key: &'static [&'static str],
    pub(in crate::render) n_rows: usize,
    /// CSV in UTF-8 with a byte order mark, which Excel wants. A text that a spreadsheet would run as a formula has an apostrophe
    /// in front, here only.
    pub(super) csv: Vec<u8>,
    /// JSON: an array of one object a row.
    pub(super) json: Vec<u8>,
    /// Newest day of a document it is made of.
    pub(in crate::render) updated: Option<Date>,
}

/// What is said of a column.
#[derive(Debug)]
pub(in crate::render) struct Field {
    /// English, in small letters: `in_office_since`.
    pub(in crate::render) name: &'static str,
    pub(in crate::render) kind: Kind,
    pub(in crate::render) title: Text,
    /// More words, where the title is not enough.
    pub(in crate::render) about: Option<Text>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Kind {
    Text,
    /// Several texts: an array in JSON, a line each in CSV.
    List,
    /// A decimal number.
    Number,
    Integer,
    Boolean,
    /// A day, ISO 8601, of the common era.
    Date,
    /// A URL (RFC 3986); telephone numbers too, as `tel:` (RFC 3966).
    Url,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) enum Value {
    Empty,
    Text(String),
    List(Vec<String>),
    Number(Decimal),
    Integer(u64),
    Boolean(bool),
    Date(Date),
}

/// A column and how it is read off a row.
pub(super) struct Column<'a, R> {
    field: Field,
    read: Box<dyn Fn(&R) -> Value + 'a>,
}

/// Both languages of a title.
pub(super) const fn both(th: &'static str, en: &'static str) -> Text<&'static str> {
    Text { th, en }
}

/// A column: its name, what it holds, its title, and how it is read off a row.
pub(super) fn column<'a, R, V: Into<Value>>(
    name: &'static str,
    kind: Kind,
    title: Text<&'static str>,
    read: impl Fn(&R) -> V + 'a,
) -> Column<'a, R> {
    Column { field: Field { name, kind, title: title.owned(), about: None }, read: Box::new(move |row| read(row).into()) }
}

impl<R> Column<'_, R> {
    /// The same with more words.
    pub(super) fn about(mut self, about: Text<&'static str>) -> Self {
        self.field.about = Some(about.owned());
        self
    }

    /// The same with a title of the theme.
    pub(super) fn titled(mut self, title: Text) -> Self {
        self.field.title = title;
        self
    }
}

impl Table {
    /// The table of these rows.
    pub(super) fn of<R>(
        (name, title, about): (&'static str, Text<&'static str>, Text<&'static str>),
        key: &'static [&'static str],
        rows: &[R],
        columns: Vec<Column<R>>,
    ) -> Table {
        let (csv, json) = write(rows, &columns).expect("memory takes every row, and values always serialize");
        let fields = columns.into_iter().map(|column| column.field).collect();
        Table { name, title: title.owned(), about: about.owned(), fields, key, n_rows: rows.len(), csv, json, updated: None }
    }

    /// The same, as new as the newest of these documents.
    pub(super) fn dated_by<'d>(mut self, documents: impl Iterator<Item = &'d Document>) -> Table {
        self.updated = documents.filter_map(last_change).max();
        self
    }

    /// The same with another title.
    pub(super) fn titled(mut self, title: Text) -> Table {
        self.title = title;
        self
    }

    /// Table Schema of the CSV.
    pub(super) fn schema(&self) -> Json {
        let field = |field: &Field| {
            let mut about = field.title.th.clone();
            if let Some(more) = &field.about {
                about = format!("{about}: {}", more.th);
            }
            let (kind, format) = field.kind.in_schema();
            let mut schema = json!({ "name": field.name, "type": kind, "title": field.title.th, "description": about });
            schema["title_en"] = json!(field.title.en);
            if let Some(more) = &field.about {
                schema["description_en"] = json!(more.en);
            }
            if let Some(format) = format {
                schema["format"] = json!(format);
            }
            if self.key.contains(&field.name) {
                schema["constraints"] = json!({ "required": true });
            }
            schema
        };
        let fields: Vec<Json> = self.fields.iter().map(field).collect();
        json!({ "fields": fields, "primaryKey": self.key, "missingValues": [""] })
    }
}

impl Kind {
    /// Type and format in a Table Schema.
    fn in_schema(self) -> (&'static str, Option<&'static str>) {
        match self {
            Kind::Text | Kind::List => ("string", None),
            Kind::Url => ("string", Some("uri")),
            Kind::Number => ("number", None),
            Kind::Integer => ("integer", None),
            Kind::Boolean => ("boolean", None),
            Kind::Date => ("date", Some("%Y-%m-%d")),
        }
    }

    /// The string of the theme that names it.
    pub(in crate::render) fn word(self) -> &'static str {
        match self {
            Kind::Text => "type_text",
            Kind::List => "type_list",
            Kind::Number => "type_number",
            Kind::Integer => "type_integer",
            Kind::Boolean => "type_boolean",
            Kind::Date => "type_date",
            Kind::Url => "type_url",
        }
    }
}

impl Value {
    /// As a cell of a CSV file.
    fn cell(&self) -> Cow<'_, str> {
        match self {
            Value::Empty => Cow::Borrowed(""),
            Value::Text(text) => harmless(text),
            Value::List(texts) => Cow::Owned(harmless(&texts.join("\n")).into_owned()),
            Value::Number(number) => Cow::Owned(number.to_string()),
            Value::Integer(number) => Cow::Owned(number.to_string()),
            Value::Boolean(is_so) => Cow::Borrowed(if *is_so { "true" } else { "false" }),
            Value::Date(date) => Cow::Owned(date.to_string()),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Empty => serializer.serialize_unit(),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(texts) => texts.serialize(serializer),
            // As in the CSV: scores have few digits, which binary floats keep.
            Value::Number(number) => number.to_string().parse::<Number>().ok().serialize(serializer),
            Value::Integer(number) => serializer.serialize_u64(*number),
            Value::Boolean(is_so) => serializer.serialize_bool(*is_so),
            Value::Date(date) => serializer.collect_str(date),
        }
    }
}

/// A URL as it travels (RFC 3986): Thai letters are percent-encoded.
pub(super) fn url(typed: &str) -> Value {
    Url::parse(typed).map_or(Value::Empty, |url| Value::Text(url.to_string()))
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        let text = text.trim();
        if text.is_empty() { Value::Empty } else { Value::Text(to_arabic(text).replace("\r\n", "\n")) }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::from(text.as_str())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::from(text.as_str())
    }
}

impl From<Vec<String>> for Value {
    fn from(texts: Vec<String>) -> Value {
        // A line each in CSV, so none may have lines of its own.
        let texts: Vec<String> =
            texts.iter().map(|text| to_arabic(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()).collect();
        if texts.is_empty() { Value::Empty } else { Value::List(texts) }
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Value {
        Value::Number(number.normalize())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Integer(number.into())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Value {
        Value::Integer(number)
    }
}

impl From<bool> for Value {
    fn from(is_so: bool) -> Value {
        Value::Boolean(is_so)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Value {
        Value::Date(date)
    }
}

impl<V: Into<Value>> From<Option<V>> for Value {
    fn from(value: Option<V>) -> Value {
        value.map_or(Value::Empty, Into::into)
    }
}

/// Rows as CSV and as JSON.
fn write<R>(rows: &[R], columns: &[Column<R>]) -> Result<(Vec<u8>, Vec<u8>), Box<dyn Error>> {
    let mut csv = sheet::csv_writer();
    csv.write_record(columns.iter().map(|column| column.field.name))?;
    let mut json = Vec::new();
    let mut serializer = serde_json::Serializer::pretty(&mut json);
    let mut objects = serializer.serialize_seq(Some(rows.len()))?;
    for row in rows {
        let values: Vec<Value> = columns.iter().map(|column| (column.read)(row)).collect();
        for value in &values {
            csv.write_field(&*value.cell())?;
        }
        csv.write_record(None::<&[u8]>)?;
        objects.serialize_element(&Record { columns, values: &values })?;
    }
    SerializeSeq::end(objects)?;
    json.push(b'\n');
    Ok((csv.into_inner()?, json))
}

/// A row as an object, its columns in order.
struct Record<'a, R> {
    columns: &'a [Column<'a, R>],
    values: &'a [Value],
}

impl<R> Serialize for Record<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, value) in self.columns.iter().zip(self.values) {
            map.serialize_entry(column.field.name, value)?;
        }
        map.end()
    }
}
