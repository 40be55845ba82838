//! The network, asked only by `check --external`, `audit --live` and `verify URL`: other hosts' links, and the site where it is deployed.

pub mod cache;
pub mod fetch;
pub mod links;
pub mod live;
pub mod outcome;
mod patience;
pub mod published;
pub mod resolve;
pub(crate) mod rules;
