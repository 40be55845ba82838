//! What the rules about the channel for reporting corruption share.

use crate::content::channel::{Channel, ChannelKind};
use crate::diagnostic::Diagnostic;
use crate::parse::Document;
use crate::site::Site;

/// Topic of the item that asks for the channel.
pub(super) const TOPIC: &str = "whistleblower-channel";

/// The channels for reporting corruption.
pub(super) fn channels(site: &Site) -> impl Iterator<Item = (&Document, &Channel)> {
    site.channels(ChannelKind::Whistleblower)
}

/// The problem, said to cost the item of a topic when the year's form has it.
pub(super) fn costs(site: &Site, topic: &str, problem: Diagnostic) -> Diagnostic {
    match site.catalog().and_then(|catalog| catalog.topic(topic)) {
        Some(item) => problem.item(item.id),
        None => problem,
    }
}
