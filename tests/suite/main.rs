//! One test binary. `UPDATE=1 cargo test` rewrites every expected file; read the diff before you commit it.

#![expect(clippy::disallowed_methods, reason = "tests set up and look at folders on disk")]

mod again;
mod age;
mod attachments;
mod audit;
mod bad_input;
mod catalog;
mod cli;
mod cms;
mod complete;
mod consistency;
mod data;
mod docs;
mod drafts;
mod english;
mod evidence;
mod example;
mod feeds;
mod fuzz;
mod headers;
mod hostile;
mod integrity;
mod live;
mod loopback;
mod manuscript;
mod mutations;
mod net;
mod people;
mod privacy;
mod publish;
mod rules;
mod sarif;
mod schema;
mod sealed;
mod search;
mod sites;
mod support;
mod theme;
mod tidy;
mod ui;
mod xss;
mod year;
