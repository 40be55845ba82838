//! When documents were last changed, as far as they say: never from the clock.

use std::sync::Arc;

use jiff::civil::Date;

use crate::content::Content;
use crate::parse::Document;

/// The day a document was last changed, as far as it says.
pub(crate) fn last_change(document: &Document) -> Option<Date> {
    let own = match &document.content {
        Ok(Content::Disclosure(disclosure)) => disclosure.date,
        Ok(Content::News(news)) => Some(news.date),
        Ok(Content::Progress(progress)) => progress.date,
        Ok(Content::Analysis(analysis)) => analysis.date.as_ref().map(|date| date.value),
        _ => None,
    };
    document.common.updated.or(own)
}

/// The newest of these days.
pub(super) fn newest(documents: &[Arc<Document>]) -> Option<Date> {
    documents.iter().filter_map(|document| last_change(document)).max()
}
