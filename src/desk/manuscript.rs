//! `Manuscript`: a content file open for changes. What nobody changes stays as it was typed: comments, order, spelling, line ends.

use serde_json::{Map, Value as Json};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, Value};

use super::written::{LANGUAGES, list_of, to_value};
use crate::content::common::DRAFT;
use crate::diagnostic::{Text, text};
use crate::fields::{Asked, Shape};
use crate::source::SourcePath;

/// The key in a row of a table that says which row of the file it was, from 0.
pub const ROW: &str = "_row";

/// The line around the fields of a Markdown file.
pub(super) const FENCE: &str = "+++";
const MARK: &str = "\u{feff}";

/// A content file, open for changes.
#[derive(Debug, Clone)]
pub struct Manuscript {
    has_mark: bool,
    line_end: &'static str,
    /// The lines `+++` as they are typed; none in a TOML file.
    fences: Option<(String, String)>,
    table: DocumentMut,
    body: String,
}

impl Manuscript {
    /// A file with nothing in it yet.
    pub fn new(path: &SourcePath) -> Manuscript {
        let fence = || FENCE.to_owned();
        let fences = (path.extension() == "md").then(|| (fence(), fence()));
        Manuscript { has_mark: false, line_end: "\n", fences, table: DocumentMut::new(), body: String::new() }
    }

    /// Opens a file.
    ///
    /// # Errors
    /// Why its fields cannot be read: it is not UTF-8, has no front matter, or is not TOML.
    pub fn open(path: &SourcePath, bytes: &[u8]) -> Result<Manuscript, Text> {
        let text = str::from_utf8(bytes).map_err(|_| text!(th: "ไฟล์ไม่ใช่ UTF-8", en: "the file is not UTF-8"))?;
        let (has_mark, text) = text.strip_prefix(MARK).map_or((false, text), |text| (true, text));
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if path.extension() != "md" {
            return Ok(Manuscript { has_mark, line_end, fences: None, table: parse(&text)?, body: String::new() });
        }
        let missing = || text!(th: "ไม่มีบรรทัด +++ ที่เปิดและปิดข้อมูล", en: "the lines +++ around the fields are missing");
        let (first, rest) = text.split_once('\n').ok_or_else(missing)?;
        let mut start = 0;
        let mut lines = rest.split_inclusive('\n');
        let end = lines.find(|line| {
            start += line.len();
            line.trim_end() == FENCE
        });
        let (Some(end), true) = (end, first.trim_end() == FENCE) else { return Err(missing()) };
        let table = parse(&rest[..start - end.len()])?;
        let body = rest[start..].to_owned();
        let fences = Some((first.to_owned(), end.trim_end_matches('\n').to_owned()));
        Ok(Manuscript { has_mark, line_end, fences, table, body })
    }

    /// What follows the fields.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Replaces what follows the fields.
    pub fn set_body(&mut self, body: &str) {
        let body = body.replace("\r\n", "\n");
        if body.trim_end() != self.body.trim_end() {
            self.body = if body.trim().is_empty() { String::new() } else { format!("{}\n", body.trim_end()) };
        }
    }

    /// The fields that `schema` knows, each as it is typed: text, lists of texts, `true`, tables. A row of a table says under [`ROW`]
    /// which one it is.
    pub fn values(&self, schema: &[Asked]) -> Map<String, Json> {
        values(self.table.as_table(), schema)
    }

    /// Changes the fields of `schema` that stand in `values` and say something else than the file; `null` and empty ones are removed.
    pub fn set(&mut self, schema: &[Asked], values: &Map<String, Json>) {
        let mut left = String::new();
        set(self.table.as_table_mut(), schema, values, &mut left);
        if !left.is_empty() {
            let trailing = format!("{left}{}", self.table.trailing().as_str().unwrap_or_default());
            self.table.set_trailing(trailing);
        }
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let toml = self.table.to_string();
        let newline = if toml.is_empty() || toml.ends_with('\n') { "" } else { "\n" };
        let text = match &self.fences {
            Some((open, close)) => format!("{open}\n{toml}{newline}{close}\n{}", self.body),
            None => format!("{toml}{newline}"),
        };
        let text = if self.line_end == "\n" { text } else { text.replace('\n', self.line_end) };
        format!("{}{text}", if self.has_mark { MARK } else { "" }).into_bytes()
    }
}

fn parse(text: &str) -> Result<DocumentMut, Text> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        text!(th: "อ่านข้อมูลไม่ได้ที่บรรทัด {line} ของข้อมูล", en: "the fields cannot be read at their line {line}")
    })
}

fn values(table: &dyn TableLike, schema: &[Asked]) -> Map<String, Json> {
    let mut values = Map::new();
    for asked in schema.iter().filter(|asked| !asked.has_any_key()) {
        if let Some(item) = table.get(asked.key) {
            values.insert(asked.key.to_owned(), of_item(item, asked));
        }
    }
    values
}

fn of_item(item: &Item, asked: &Asked) -> Json {
    if asked.shape == Shape::Table {
        let row = |(number, table): (usize, &dyn TableLike)| {
            let mut row = values(table, &asked.inner);
            row.insert(ROW.to_owned(), number.into());
            Json::Object(row)
        };
        let tables = rows(item);
        if !asked.is_list {
            return tables.first().map_or(Json::Null, |table| Json::Object(values(*table, &asked.inner)));
        }
        return Json::Array(tables.into_iter().enumerate().map(row).collect());
    }
    match item.as_value() {
        Some(Value::Array(array)) if asked.is_list => Json::Array(array.iter().map(of_value).collect()),
        Some(value) if asked.is_list => Json::Array(vec![of_value(value)]),
        Some(value) => of_value(value),
        // A text in two languages as a table of its own.
        None => item.as_table_like().map_or(Json::Null, |table| {
            let text = |(key, item): (&str, &Item)| Some((key.to_owned(), of_value(item.as_value()?)));
            Json::Object(table.iter().filter_map(text).collect())
        }),
    }
}

/// The tables of `[[key]]`, `[key]` or `key = [{ … }]`.
fn rows(item: &Item) -> Vec<&dyn TableLike> {
    if let Some(tables) = item.as_array_of_tables() {
        return tables.iter().map(|table| table as &dyn TableLike).collect();
    }
    if let Some(array) = item.as_array() {
        return array.iter().filter_map(|value| value.as_inline_table().map(|table| table as &dyn TableLike)).collect();
    }
    item.as_table_like().into_iter().collect()
}

/// A value as it is typed.
pub(super) fn of_value(value: &Value) -> Json {
    match value {
        Value::Boolean(value) => Json::Bool(*value.value()),
        Value::String(value) => Json::String(value.value().clone()),
        Value::InlineTable(table) => Json::Object(table.iter().map(|(key, value)| (key.to_owned(), of_value(value))).collect()),
        Value::Array(array) => Json::Array(array.iter().map(of_value).collect()),
        value => Json::String(value.clone().decorated("", "").to_string()),
    }
}

fn set(table: &mut dyn TableLike, schema: &[Asked], values: &Map<String, Json>, left: &mut String) {
    // What has keys of its author's own is in no form, and stays.
    for asked in schema.iter().filter(|asked| !asked.has_any_key()) {
        let Some(wanted) = values.get(asked.key) else { continue };
        let now = table.get(asked.key).map(|item| of_item(item, asked));
        let is_table = asked.shape == Shape::Table;
        if is_table && now.as_ref().is_some_and(|now| filled(now) == filled(wanted)) {
            continue;
        }
        if is_nothing(wanted) {
            if now.is_some() {
                remove(table, asked.key, left);
            }
        } else if now.as_ref() != Some(wanted) {
            match asked.shape {
                Shape::Table => set_tables(table, asked, wanted, left),
                _ => set_value(table, asked, wanted),
            }
        }
    }
}

/// The same value without the keys that say nothing: a form sends all that it knows.
fn filled(value: &Json) -> Json {
    match value {
        Json::Object(table) => {
            table.iter().filter(|(_, value)| !is_nothing(value)).map(|(key, value)| (key.clone(), filled(value))).collect()
        }
        Json::Array(list) => list.iter().map(filled).collect(),
        value => value.clone(),
    }
}

pub(super) fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(list) => list.iter().all(is_nothing),
        Json::Object(table) => table.iter().all(|(key, value)| key == ROW || is_nothing(value)),
        _ => false,
    }
}

/// Removes a field. Comments around it are kept, for they may be about more than the field.
fn remove(table: &mut dyn TableLike, key: &str, left: &mut String) {
    let mut before = table.key(key).and_then(|key| key.leaf_decor().prefix()?.as_str()).unwrap_or_default().to_owned();
    let behind = table.get(key).and_then(Item::as_value).and_then(|value| value.decor().suffix()?.as_str());
    if let Some(comment) = behind.map(str::trim).filter(|comment| !comment.is_empty()) {
        before.extend([comment, "\n"]);
    }
    let next = table.iter().skip_while(|(name, _)| *name != key).nth(1).map(|(name, _)| name.to_owned());
    table.remove(key);
    // What was said of the draft is over with it.
    if !before.contains('#') || key == DRAFT {
        return;
    }
    let next = next.filter(|next| table.get(next).is_some_and(Item::is_value));
    match next.as_ref().and_then(|next| table.key_mut(next)) {
        Some(mut key) => {
            let decor = key.leaf_decor_mut();
            let after = decor.prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
            decor.set_prefix(format!("{before}{after}"));
        }
        None => left.push_str(&before),
    }
}

fn set_value(table: &mut dyn TableLike, asked: &Asked, wanted: &Json) {
    if let (Some(inner), Json::Object(wanted)) = (table.get_mut(asked.key).and_then(Item::as_table_like_mut), wanted) {
        set_texts(inner, wanted);
        return;
    }
    let old = table.get(asked.key).and_then(Item::as_value).cloned();
    let mut value = match wanted {
        Json::Array(list) => list_of(list, asked, old.as_ref()),
        wanted if asked.is_list => list_of(std::slice::from_ref(wanted), asked, old.as_ref()),
        wanted => to_value(wanted, asked.shape),
    };
    if let Some(old) = old {
        *value.decor_mut() = old.decor().clone();
    }
    put(table, asked.key, Item::Value(value));
}

/// The languages of a text, each where it stands.
fn set_texts(texts: &mut dyn TableLike, wanted: &Map<String, Json>) {
    for (language, typed) in LANGUAGES.iter().filter_map(|language| Some((*language, wanted.get(*language)?))) {
        let now = texts.get(language).and_then(Item::as_value);
        if now.map(of_value).as_ref() != Some(typed) {
            let mut value = to_value(typed, Shape::Text);
            if let Some(now) = now {
                *value.decor_mut() = now.decor().clone();
            }
            put(texts, language, Item::Value(value));
        }
    }
}

/// Inserting anew would take the comments above the key away.
fn put(table: &mut dyn TableLike, key: &str, item: Item) {
    match table.get_mut(key) {
        Some(place) => *place = item,
        None => {
            table.insert(key, item);
        }
    }
}

fn set_tables(table: &mut dyn TableLike, asked: &Asked, wanted: &Json, left: &mut String) {
    if !asked.is_list {
        if table.get(asked.key).and_then(Item::as_table_like).is_none() {
            table.insert(asked.key, Item::Table(Table::new()));
        }
        let inner = table.get_mut(asked.key).and_then(Item::as_table_like_mut);
        if let (Some(inner), Json::Object(wanted)) = (inner, wanted) {
            set(inner, &asked.inner, wanted, left);
        }
        return;
    }
    let wanted = wanted.as_array().map(Vec::as_slice).unwrap_or_default().iter().filter(|row| !is_nothing(row));
    let wanted: Vec<&Map<String, Json>> = wanted.filter_map(Json::as_object).collect();
    let row_of = |wanted: &Map<String, Json>| usize::try_from(wanted.get(ROW)?.as_u64()?).ok();
    // A table that stands alone stays as it is typed: `[key]`, or in braces.
    if let ([wanted], Some(alone)) = (wanted.as_slice(), table.get_mut(asked.key).and_then(Item::as_table_like_mut))
        && row_of(wanted).is_some()
    {
        set(alone, &asked.inner, wanted, left);
        return;
    }
    let mut old = table.get(asked.key).map(tables_of).unwrap_or_default();
    // Where the rows stand in the file is decided anew only when they change places.
    if !wanted.iter().filter_map(|wanted| row_of(wanted)).is_sorted() {
        old.iter_mut().for_each(unplace);
    }
    let mut tables = ArrayOfTables::new();
    for wanted in wanted {
        let mut row = row_of(wanted).and_then(|row| old.get(row)).cloned().unwrap_or_else(|| {
            let mut row = Table::new();
            row.decor_mut().set_prefix("\n");
            row
        });
        set(&mut row, &asked.inner, wanted, left);
        tables.push(row);
    }
    put(table, asked.key, Item::ArrayOfTables(tables));
}

/// The same as [`rows`], as tables of their own with their comments.
fn tables_of(item: &Item) -> Vec<Table> {
    match item {
        Item::ArrayOfTables(tables) => tables.iter().cloned().collect(),
        Item::Table(table) => vec![table.clone()],
        item => {
            let inline = |array: &Array| array.iter().filter_map(|value| value.as_inline_table().cloned()).collect();
            let tables: Vec<_> = match item.as_value() {
                Some(Value::Array(array)) => inline(array),
                Some(Value::InlineTable(table)) => vec![table.clone()],
                _ => Vec::new(),
            };
            tables.into_iter().map(toml_edit::InlineTable::into_table).collect()
        }
    }
}

fn unplace(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(table) => unplace(table),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(unplace),
            _ => {}
        }
    }
}
