//! The network, asked only by `check --external` and `audit --live`: other hosts' links, and the site where it is deployed.

pub mod cache;
pub mod fetch;
pub mod links;
pub mod live;
pub mod outcome;
mod patience;
pub mod resolve;
pub(crate) mod rules;
