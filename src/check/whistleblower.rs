//! What the rules about the channel for reporting corruption share.

use crate::content::channel::{Channel, ChannelKind};
use crate::diagnostic::Diagnostic;
use crate::parse::Document;
use crate::site::Site;
use crate::site::channels::WHISTLEBLOWER_CHANNEL;

/// The channels for reporting corruption.
pub(super) fn channels(site: &Site) -> impl Iterator<Item = (&Document, &Channel)> {
    site.channels(ChannelKind::Whistleblower)
}

/// The problem, said to cost the item that asks for the channel when the year's form has it.
pub(super) fn costs(site: &Site, problem: Diagnostic) -> Diagnostic {
    match site.catalog().and_then(|catalog| catalog.topic(WHISTLEBLOWER_CHANNEL)) {
        Some(item) => problem.item(item.id),
        None => problem,
    }
}
