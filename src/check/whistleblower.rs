//! What the rules about the channel for reporting corruption share.

use crate::content::channel::{Channel, ChannelKind};
use crate::parse::Document;
use crate::site::Site;

/// The channels for reporting corruption.
pub(super) fn channels(site: &Site) -> impl Iterator<Item = (&Document, &Channel)> {
    site.channels(ChannelKind::Whistleblower)
}
