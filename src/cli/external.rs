//! `check --external`: asks other hosts for every link, with a bar on a terminal, and says how it went.

use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use serde_json::json;

use super::{Options, report};
use crate::diagnostic::{Diagnostics, text};
use crate::net::cache::{self, LinkCache};
use crate::net::fetch::{Fetcher, Limits};
use crate::net::links::{self, Checked};
use crate::publish;
use crate::site::Site;

/// Asks the links of the site; its diagnostics join the others, at the levels that the site sets.
pub(super) fn check(options: &Options, site: &Site, diagnostics: &mut Diagnostics) -> Checked {
    let mut cache = publish::read_aside(&options.root, cache::FILE).map(|bytes| LinkCache::from_json(&bytes)).unwrap_or_default();
    let bar = bar(options);
    let progress = |n_done: usize, n_all: usize| {
        bar.set_length(n_all as u64);
        bar.set_position(n_done as u64);
    };
    let fetcher = Fetcher::new(Limits::default());
    let checked = links::external(site, &fetcher, &mut cache, now(), progress, diagnostics);
    bar.finish_and_clear();
    // Without its memory the next run asks again; that is no reason to fail.
    let _ = publish::write_aside(&options.root, cache::FILE, &cache.to_json());
    diagnostics.apply(&site.config.levels);
    checked
}

/// How it went, in one line.
pub(super) fn summary(checked: Checked, options: &Options) {
    let Checked { n_links, n_asked, n_cached, n_alive, n_dead, n_unsure, n_skipped, is_offline } = checked;
    if options.json {
        let line = json!({ "links": { "all": n_links, "asked": n_asked, "cached": n_cached, "alive": n_alive, "dead": n_dead,
            "unsure": n_unsure, "skipped": n_skipped, "offline": is_offline } });
        return report::plain(&format!("{line}\n"));
    }
    if is_offline {
        let words = text!(
            th: "เครื่องนี้ต่ออินเทอร์เน็ตไม่ได้ หรือหลุดระหว่างตรวจ ต่อให้ได้แล้วสั่งใหม่",
            en: "this machine has no network, or lost it on the way; see to it, then try again"
        );
        report::say(options, &words);
    }
    report::say(
        options,
        &text!(
            th: "ลิงก์ไปเว็บอื่น {n_links} ลิงก์: ถามใหม่ {n_asked}, ใช้ผลเดิม {n_cached}; เปิดได้ {n_alive}, เสีย {n_dead}, ไม่แน่ชัด {n_unsure}, ไม่ได้ถาม {n_skipped}",
            en: "{n_links} external links: {n_asked} asked, {n_cached} from cache; {n_alive} alive, {n_dead} dead, {n_unsure} unsure, {n_skipped} skipped"
        ),
    );
}

/// A bar on a terminal; nothing in a pipe.
fn bar(options: &Options) -> ProgressBar {
    if !io::stderr().is_terminal() || options.json {
        return ProgressBar::hidden();
    }
    let words = text!(th: "กำลังถามลิงก์", en: "asking links");
    let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style).with_message(words.get(options.lang).clone())
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is known")]
fn now() -> Timestamp {
    Timestamp::now()
}
