//! Links to other hosts: each address asked once, hosts side by side, one request at a time for each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use url::Url;

use super::cache::LinkCache;
use super::fetch::{Failure, Fetcher, host};
use super::outcome::Outcome;
use super::patience::Patience;
use super::resolve::is_local;
use super::rules::{dead_external_link, moved_link};
use crate::check::broken_link::is_published;
use crate::check::survey_url::is_eit;
use crate::content::channel::Channel;
use crate::content::submission::Submission;
use crate::content::survey::Survey;
use crate::diagnostic::{Diagnostics, Span};
use crate::site::Site;

/// Links whose hosts answered that are asked again before another host's silence counts.
const N_CONTROLS: usize = 2;

/// What a run of the link checker did, in addresses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// All addresses.
    pub n_links: usize,
    /// Those that were asked in this run.
    pub n_asked: usize,
    /// Those known from an earlier run.
    pub n_cached: usize,
    /// Those that lead somewhere.
    pub n_alive: usize,
    /// Those that do not.
    pub n_dead: usize,
    /// Those that a person has to look at.
    pub n_unsure: usize,
    /// Those of a local network, which were not asked.
    pub n_skipped: usize,
    /// The network of this machine is down, or went down: nothing is said about links that did not answer.
    pub is_offline: bool,
}

/// Where an address is written.
struct Place {
    /// As an officer reads it there, with Thai letters.
    typed: String,
    span: Span,
    /// In the answers that were handed in, which stay as they are.
    is_frozen: bool,
}

/// Asks every link of the site to another host and reports those that are dead or have moved.
///
/// What `cache` knows at `now` is not asked again; answers are kept in it. `progress` is called with the number of addresses done and
/// of all that are asked, from several threads. A network that fails gives fewer reports, never an error.
pub fn external(
    site: &Site,
    fetcher: &Fetcher,
    cache: &mut LinkCache,
    now: Timestamp,
    progress: impl Fn(usize, usize) + Sync,
    diagnostics: &mut Diagnostics,
) -> Checked {
    let links = collect(site);
    let mut checked = Checked { n_links: links.len(), ..Checked::default() };
    let mut outcomes: BTreeMap<&Url, Outcome> = BTreeMap::new();
    let mut to_ask: BTreeMap<String, Vec<&Url>> = BTreeMap::new();
    for url in links.keys() {
        if !fetcher.limits().allow_local && is_local(url) {
            outcomes.insert(url, Outcome::Skipped);
        } else if let Some(known) = cache.get(url.as_str(), now) {
            checked.n_cached += 1;
            outcomes.insert(url, known.clone());
        } else {
            to_ask.entry(host(url)).or_default().push(url);
        }
    }
    let asked = ask(fetcher, to_ask, progress);
    checked.n_asked = asked.iter().filter(|(_, outcome)| outcome.is_some()).count();
    checked.is_offline = is_offline(fetcher, &asked, &outcomes);
    for (url, outcome) in asked {
        match outcome {
            Some(outcome) if !(checked.is_offline && is_silent(&outcome)) => {
                cache.put(url.as_str(), outcome.clone(), now);
                outcomes.insert(url, outcome);
            }
            _ => {
                outcomes.insert(url, Outcome::Unsure);
            }
        }
    }
    let known: BTreeSet<&str> = links.keys().map(Url::as_str).collect();
    cache.retain(|url| known.contains(url));
    for (url, outcome) in outcomes {
        match &outcome {
            Outcome::Skipped => checked.n_skipped += 1,
            outcome if outcome.is_alive() => checked.n_alive += 1,
            outcome if outcome.is_dead() => checked.n_dead += 1,
            _ => checked.n_unsure += 1,
        }
        for place in &links[url] {
            report(url, &outcome, place, diagnostics);
        }
    }
    checked
}

/// Whether the silence of hosts is the fault of this machine's network: links that did answer, now or the last time, are asked again.
fn is_offline(fetcher: &Fetcher, asked: &[(&Url, Option<Outcome>)], known: &BTreeMap<&Url, Outcome>) -> bool {
    if !asked.iter().any(|(_, outcome)| outcome.as_ref().is_none_or(is_silent)) {
        return false;
    }
    let now = asked.iter().filter_map(|(url, outcome)| outcome.as_ref().map(|outcome| (*url, outcome)));
    let answered = now.chain(known.iter().map(|(url, outcome)| (*url, outcome)));
    let mut controls = answered.filter(|(_, outcome)| !is_silent(outcome) && **outcome != Outcome::Skipped).take(N_CONTROLS);
    controls.all(|(url, _)| is_silent(&Outcome::of(url, &fetcher.head(url))))
}

/// Whether an outcome may as well come from a network that is down.
fn is_silent(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::NoHost | Outcome::Timeout)
}

fn report(url: &Url, outcome: &Outcome, place: &Place, diagnostics: &mut Diagnostics) {
    match outcome {
        // The survey's address is the one that the commission gave, wherever it leads.
        Outcome::Moved { to } if !place.is_frozen && !is_eit(url.as_str()) => {
            moved_link::report(&place.typed, to, &place.span, diagnostics);
        }
        outcome if outcome.is_dead() => {
            dead_external_link::report(&place.typed, outcome, &place.span, place.is_frozen, diagnostics);
        }
        _ => {}
    }
}

/// Every address of the web that the build does not make itself, without fragment, and where it is written.
fn collect(site: &Site) -> BTreeMap<Url, Vec<Place>> {
    let mut links: BTreeMap<Url, Vec<Place>> = BTreeMap::new();
    let mut add = |typed: &str, span: &Span, is_frozen: bool| {
        let Ok(mut url) = Url::parse(typed) else { return };
        url.set_fragment(None);
        if matches!(url.scheme(), "http" | "https") && !is_made_here(site, &url) {
            links.entry(url).or_default().push(Place { typed: typed.to_owned(), span: span.clone(), is_frozen });
        }
    };
    for document in site.texts() {
        for link in document.body.links.iter().filter(|link| !link.is_picture) {
            add(&link.target, &link.span, false);
        }
    }
    for url in site.all::<Channel>().filter_map(|(_, channel)| channel.url.as_ref()) {
        add(&url.value.0, &url.span, false);
    }
    for (_, survey) in site.all::<Survey>() {
        add(&survey.url.value.0, &survey.url.span, false);
    }
    if let Some(map) = &site.config.agency.map {
        add(&map.value.0, &map.span, false);
    }
    for answer in site.all::<Submission>().flat_map(|(_, submission)| &submission.answers) {
        add(&answer.url.value, &answer.url.span, true);
    }
    links
}

/// Whether an address is a page or file of this very site, which P201 checks without the network.
fn is_made_here(site: &Site, url: &Url) -> bool {
    let base = &site.config.base_url;
    let path = (host(url) == host(base)).then(|| url.path().strip_prefix(base.path().trim_end_matches('/'))).flatten();
    path.is_some_and(|path| is_published(site, &percent_decode_str(path).decode_utf8_lossy()))
}

/// Asks hosts side by side. `None` for addresses that were not asked, because their host had stopped answering.
fn ask<'a>(
    fetcher: &Fetcher,
    hosts: BTreeMap<String, Vec<&'a Url>>,
    progress: impl Fn(usize, usize) + Sync,
) -> Vec<(&'a Url, Option<Outcome>)> {
    let n_all = hosts.values().map(Vec::len).sum();
    let n_workers = fetcher.limits().n_workers.min(hosts.len());
    let n_done = AtomicUsize::new(0);
    let done = || progress(n_done.fetch_add(1, Ordering::Relaxed) + 1, n_all);
    let queue = Mutex::new(hosts.into_values());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let all = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..n_workers {
            scope.spawn(|| {
                while let Some(urls) = next() {
                    let outcomes = ask_host(fetcher, &urls, &done);
                    all.lock().unwrap_or_else(PoisonError::into_inner).extend(urls.into_iter().zip(outcomes));
                }
            });
        }
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Asks the addresses of one host, one after another; what is so for the whole host is not asked again.
fn ask_host(fetcher: &Fetcher, urls: &[&Url], done: &impl Fn()) -> Vec<Option<Outcome>> {
    let mut patience = Patience::default();
    let mut outcomes = Vec::new();
    for url in urls {
        outcomes.push(match patience.is_over(url) {
            // A page that was not asked may be quicker than the others.
            Some(failed) if failed.why == Failure::Timeout => None,
            Some(failed) => Some(Outcome::of(url, &Err(failed.clone()))),
            None => {
                let result = fetcher.head(url);
                patience.note(url, &result);
                Some(Outcome::of(url, &result))
            }
        });
        done();
    }
    outcomes
}
