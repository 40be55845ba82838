//! `audit --live URL`: compares the deployed site with the submitted answers.

use std::io;

use indicatif::ProgressBar;
use serde_json::json;
use url::Url;

use super::{Options, PROBLEMS, USAGE_OR_DISK, report};
use crate::content::submission::Submission;
use crate::diagnostic::{Diagnostics, text};
use crate::net::fetch::{Fetcher, Limits};
use crate::net::live::{self, LiveProblem};
use crate::net::resolve::is_local;
use crate::render::walk;
use crate::source;

/// Asks the site at `address` for every submitted answer; exit code 1 when one is not as it was handed in.
pub(super) fn live(options: &Options, address: &str) -> io::Result<u8> {
    let Some(deployed) = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https")) else {
        let words = text!(th: "`{address}` ไม่ใช่ที่อยู่เว็บไซต์ พิมพ์เช่น https://www.example.go.th/", en: "`{address}` is not the address of a site; type it like https://www.example.go.th/");
        report::failure(&words, options.lang);
        return Ok(USAGE_OR_DISK);
    };
    let sources = source::discover(&options.root)?;
    let site = crate::analyse(&sources, &mut Diagnostics::default());
    let year = site.fiscal_year();
    let Some((_, submission)) = site.all::<Submission>().find(|(_, submission)| submission.fiscal_year.value == year) else {
        let words = text!(
            th: "ยังไม่มีคำตอบของปี {year} ที่ยื่นแล้ว สั่ง prongsai submit ก่อน",
            en: "no answers of {year} were submitted; run prongsai submit first"
        );
        report::failure(&words, options.lang);
        return Ok(PROBLEMS);
    };
    let bar = if options.json { ProgressBar::hidden() } else { ProgressBar::new(submission.answers.len() as u64) };
    // The site may be tried out on this machine before it is deployed; one on the web leads nowhere inside.
    let fetcher = Fetcher::new(Limits { allow_local: is_local(&deployed), ..Limits::default() });
    let found = live::live(&site, submission, &deployed, &fetcher, &walk::checksum, |done, _| bar.set_position(done as u64));
    bar.finish_and_clear();
    let mut n_bad = 0;
    let code = found.qr_code.iter().map(|code| ("QR".to_owned(), &code.url, &code.problems));
    let answers = found.answers.iter().map(|answer| (answer.item.to_string(), &answer.url, &answer.problems));
    for (what, url, problems) in answers.chain(code) {
        n_bad += usize::from(!problems.is_empty());
        if options.json || !problems.is_empty() {
            report::plain(&line(options, &what, url, problems));
        }
    }
    let n_all = found.answers.len() + usize::from(found.qr_code.is_some());
    if options.json {
        report::plain(&format!("{}\n", json!({ "asked": n_all, "problems": n_bad })));
    } else {
        report::say(options, &text!(th: "ถาม {n_all} ที่อยู่ มีปัญหา {n_bad}", en: "{n_all} addresses asked, {n_bad} with problems"));
    }
    Ok(if n_bad == 0 { 0 } else { PROBLEMS })
}

fn line(options: &Options, what: &str, url: &str, problems: &[LiveProblem]) -> String {
    if options.json {
        let problems: Vec<_> = problems.iter().map(LiveProblem::text).collect();
        return format!("{}\n", json!({ "item": what, "url": url, "problems": problems }));
    }
    let words: Vec<String> = problems.iter().map(|problem| problem.text().get(options.lang).clone()).collect();
    format!("{what:<4} {url}  {}\n", words.join(", "))
}
