//! `Shape`: what a field holds, for forms, schemas and tables that are made of what the content types ask for.

/// What one value of a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Words.
    Text,
    /// Words in both languages: `{ th = "…", en = "…" }`, or words alone.
    TwoTexts,
    /// A whole number, from this one.
    Number(u32),
    /// A score from 0 to 100.
    Score,
    /// `true` or `false`.
    Boolean,
    /// A day, as officers type it.
    Date,
    /// A year of the Buddhist Era.
    Year,
    /// A month, quarter, half or year, as officers type it.
    Period,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The name of a file beside the document.
    File,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// An address of the web.
    Url,
    /// Fields of its own: `[[key]]`.
    Table,
}
