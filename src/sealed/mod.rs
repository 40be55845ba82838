//! Sealed reports: age files (age-encryption.org/v1) for keys of inspectors, and the parcel of a report and its attachments inside.

mod age;
mod armor;
mod key;
mod parcel;

pub use age::{Damage, Unopened, open};
pub use key::{Identity, NoRecipient, Recipient, SECRET, identities, mask};
pub use parcel::{Item, Parcel, unpack};

/// Largest sum of attachments that the page seals, in bytes.
pub const MAX_ATTACHMENTS: u64 = 20 * 1024 * 1024;
