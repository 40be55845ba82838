//! `Text`: a sentence in Thai and English, side by side.

use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Thai.
    Th,
    /// English.
    En,
}

/// One text in both languages; it does not deserialize with one missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text<S = String> {
    /// Thai.
    pub th: S,
    /// English.
    pub en: S,
}

impl<S> Text<S> {
    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &S {
        match lang {
            Lang::Th => &self.th,
            Lang::En => &self.en,
        }
    }
}

impl Text {
    /// The same with a note in brackets.
    pub(crate) fn noted(&self, note: Option<&Text>) -> Text {
        let with = |lang: Lang| match note {
            Some(note) => format!("{} ({})", self.get(lang), note.get(lang)),
            None => self.get(lang).clone(),
        };
        Text { th: with(Lang::Th), en: with(Lang::En) }
    }
}

impl Text<&'static str> {
    /// An owned copy.
    pub fn owned(&self) -> Text {
        Text { th: self.th.to_owned(), en: self.en.to_owned() }
    }
}

/// Formats one sentence in both languages: `text!(th: "ไม่มี {name}", en: "no {name}")`.
macro_rules! text {
    (th: $th:literal, en: $en:literal $(,)?) => {
        $crate::diagnostic::Text { th: format!($th), en: format!($en) }
    };
}
pub(crate) use text;
