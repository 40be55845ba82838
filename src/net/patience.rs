//! `Patience`: a host that is down is not asked for every one of its pages.

use std::collections::BTreeMap;

use url::Url;

use super::fetch::{Answer, Failed, Failure};

/// Pages of one host that may go without a whole answer one after another before the rest is left alone.
const MAX_UNANSWERED: usize = 2;

/// What is known of hosts, by scheme, name and port.
#[derive(Default)]
pub(super) struct Patience(BTreeMap<String, Standing>);

#[derive(Default)]
struct Standing {
    n_unanswered: usize,
    down: Option<Failed>,
}

impl Patience {
    /// Why there is no use in asking for `url`.
    pub(super) fn is_over(&self, url: &Url) -> Option<&Failed> {
        self.0.get(&origin(url))?.down.as_ref()
    }

    /// Learns from what asking for `url` gave.
    pub(super) fn note(&mut self, url: &Url, result: &Result<Answer, Failed>) {
        let standing = self.0.entry(origin(url)).or_default();
        let Err(failed) = result else {
            standing.n_unanswered = 0;
            return;
        };
        // Behind a redirect it is another host's fault.
        if failed.at.origin() != url.origin() {
            return;
        }
        let is_of_host = match failed.why {
            Failure::NoHost | Failure::Refused | Failure::BadCertificate(_) => true,
            Failure::Timeout | Failure::CutOff => {
                standing.n_unanswered += 1;
                standing.n_unanswered >= MAX_UNANSWERED
            }
            _ => false,
        };
        if is_of_host {
            standing.down = Some(failed.clone());
        }
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
