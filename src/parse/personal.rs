//! What a document says of people, and where: in its text, and in its fields but those that are there for it.

use toml::de::{DeTable, DeValue};

use crate::diagnostic::Span;
use crate::source::SourcePath;
use crate::source::traces::sum;
use crate::thai::personal::{self, Found, Kind};

/// Fields in which a telephone, an e-mail or an address is meant to be read by all.
const PUBLIC_FIELDS: [&str; 6] = ["phone", "email", "address", "post", "walk_in", "contact"];

/// What a document says of people.
#[derive(Debug, Clone, Default)]
pub struct Personal {
    /// What points at a person, at its place.
    pub found: Vec<Said>,
    /// What fields make public, each as its sum.
    pub public: Vec<u64>,
}

/// Something that points at a person.
#[derive(Debug, Clone)]
pub struct Said {
    /// What it is.
    pub kind: Kind,
    /// Masked.
    pub shown: String,
    /// Stands for what it says; see [`sum`].
    pub sum: u64,
    /// Where it is written.
    pub span: Span,
}

impl Personal {
    /// What a file says: its fields, whose text starts so many bytes into it, and its body from `body` on.
    pub(super) fn of(path: &SourcePath, whole: &str, (fields, offset): (&DeTable, usize), body: Option<usize>) -> Personal {
        let mut found = Personal::default();
        let reading = Reading { path, whole, offset };
        found.read_table(&reading, fields, false);
        if let Some(start) = body {
            found.read(path, &whole[start..], |range| (range.start + start, range.end + start));
        }
        found
    }

    fn read_table(&mut self, reading: &Reading, table: &DeTable, is_public: bool) {
        for (key, value) in table {
            let is_public = is_public || PUBLIC_FIELDS.contains(&key.get_ref().as_ref());
            self.read_value(reading, value, is_public);
        }
    }

    fn read_value(&mut self, reading: &Reading, value: &toml::Spanned<DeValue>, is_public: bool) {
        let (start, end) = (value.span().start + reading.offset, value.span().end + reading.offset);
        let text = match value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(number) => number.as_str(),
            DeValue::Array(values) => return values.iter().for_each(|value| self.read_value(reading, value, is_public)),
            DeValue::Table(table) => return self.read_table(reading, table, is_public),
            _ => return,
        };
        if is_public {
            self.public.extend(personal::find(text).into_iter().map(|found| sum(found.kind, &found.value)));
            return;
        }
        // Where it is written without escapes, the place is known to the letter.
        let raw = || reading.whole.get(start..end).and_then(|raw| raw.find(text)).map(|at| start + at);
        self.read(reading.path, text, |range| raw().map_or((start, end), |raw| (raw + range.start, raw + range.end)));
    }

    fn read(&mut self, path: &SourcePath, text: &str, place: impl Fn(&std::ops::Range<usize>) -> (usize, usize)) {
        for Found { kind, range, value } in personal::find(text) {
            let (start, end) = place(&range);
            let (shown, sum) = (personal::mask(kind, &text[range]), sum(kind, &value));
            self.found.push(Said { kind, shown, sum, span: Span::range(path, start..end) });
        }
    }
}

/// The file that is read.
struct Reading<'a> {
    path: &'a SourcePath,
    whole: &'a str,
    /// Where its fields start, in bytes.
    offset: usize,
}
