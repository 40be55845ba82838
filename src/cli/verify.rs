//! `verify`: whether a published site, in a folder or on the web, is as it was published.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::ProgressBar;
use serde_json::json;
use url::Url;

use super::{Options, PROBLEMS, PUBLIC, USAGE_OR_DISK, report};
use crate::diagnostic::{Diagnostics, Text, text};
use crate::net::fetch::{Fetcher, Limits};
use crate::net::published::PublishedSite;
use crate::net::resolve::is_local;
use crate::publish::verify::{Finding, PublishedFolder, Verdict, verify as look};
use crate::publish::write_file;
use crate::signing::PublicKey;
use crate::{config, source};

/// Between two requests to the host: the agency's own site, of which every file is asked once.
const PAUSE: Duration = Duration::from_millis(50);

/// Largest file that is asked for, in bytes.
const MAX_FILE_BYTES: u64 = 512 * 1024 * 1024;

/// What `verify` was asked.
pub(super) struct Asked {
    /// Folder or address; the site's own output folder without one.
    pub(super) place: Option<String>,
    /// Keys, or files of keys, whose signature is wanted.
    pub(super) keys: Vec<String>,
    /// Where the history is kept from one time to the next.
    pub(super) keep: Option<PathBuf>,
}

/// Verifies; exit code 1 when something is not as it was published.
#[expect(clippy::disallowed_methods, reason = "the copy of the history that the user keeps is no part of the site")]
pub(super) fn verify(options: &Options, asked: &Asked) -> io::Result<u8> {
    let keys = match keys(options, &asked.keys) {
        Ok(keys) => keys,
        Err(words) => {
            report::failure(&words, options.lang);
            return Ok(USAGE_OR_DISK);
        }
    };
    let kept = match asked.keep.as_deref().map(std::fs::read) {
        Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        kept => kept.and_then(Result::ok),
    };
    let place = asked.place.clone().unwrap_or_else(|| options.root.join(PUBLIC).to_string_lossy().into_owned());
    let bar = if options.json { ProgressBar::hidden() } else { ProgressBar::new(0) };
    let progress = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let verdict = match Url::parse(&place).ok().filter(|url| matches!(url.scheme(), "http" | "https")) {
        Some(url) => {
            let limits = Limits { allow_local: is_local(&url), pause: PAUSE, body_bytes: MAX_FILE_BYTES, ..Limits::default() };
            look(&PublishedSite::at(&url, Fetcher::new(limits)), &keys, kept.as_deref(), &progress)
        }
        None if !Path::new(&place).is_dir() => {
            let words = text!(
                th: "ไม่พบโฟลเดอร์ {place} สั่ง prongsai build ก่อน หรือระบุที่อยู่เช่น https://www.example.go.th/",
                en: "there is no folder {place}; run prongsai build first, or give an address like https://www.example.go.th/"
            );
            report::failure(&words, options.lang);
            return Ok(USAGE_OR_DISK);
        }
        None => look(&PublishedFolder::at(Path::new(&place)), &keys, kept.as_deref(), &progress),
    };
    bar.finish_and_clear();
    show(options, &verdict);
    if !verdict.findings.is_empty() {
        return Ok(PROBLEMS);
    }
    if let (Some(file), Some(log)) = (&asked.keep, &verdict.log) {
        write_file(file, log)?;
    }
    Ok(0)
}

fn show(options: &Options, verdict: &Verdict) {
    let findings: Vec<Text> = verdict.findings.iter().map(Finding::text).collect();
    let signed_by = verdict.signed_by.as_ref().map(ToString::to_string);
    if options.json {
        let publishes = verdict.publishes.map(|(n, date)| json!({ "number": n, "last": date.to_string() }));
        let line = json!({ "files": verdict.n_files, "findings": findings, "publishes": publishes, "signed_by": signed_by });
        return report::plain(&format!("{line}\n"));
    }
    for finding in &findings {
        report::say(options, finding);
    }
    let (n_files, n_findings) = (verdict.n_files, findings.len());
    report::say(
        options,
        &match n_findings {
            0 => text!(th: "ตรวจ {n_files} ไฟล์ ตรงกับที่เผยแพร่ทุกไฟล์", en: "{n_files} files verified, all as they were published"),
            _ => text!(th: "ตรวจ {n_files} ไฟล์ ไม่ตรง {n_findings} เรื่อง", en: "{n_files} files verified, {n_findings} findings"),
        },
    );
    match verdict.publishes {
        Some((n, date)) => report::say(
            options,
            &text!(th: "ประวัติ: เผยแพร่ {n} ครั้ง ล่าสุด {date}", en: "history: published {n} times, last on {date}"),
        ),
        // What could not be read or is broken is among the findings.
        None if verdict.log.is_some() || verdict.findings.iter().any(Finding::is_unread) => {}
        None => report::say(options, &text!(th: "ไม่มีประวัติการเผยแพร่", en: "there is no history")),
    }
    let signature = match (&signed_by, verdict.is_unchecked) {
        (Some(key), _) => text!(th: "ลายมือชื่อถูกต้อง: {key}", en: "the signature holds: {key}"),
        (None, true) => text!(
            th: "มีลายมือชื่อ แต่ไม่ได้ตรวจ ระบุกุญแจสาธารณะของหน่วยงานด้วย --key",
            en: "there is a signature, which was not checked; give the agency's public key with --key"
        ),
        (None, false) => text!(
            th: "ไม่มีลายมือชื่อที่ตรวจแล้ว: ผู้ที่คุมเครื่องแม่ข่ายอาจแก้ทั้งไฟล์และรายการ ถ้าเก็บประวัติไว้ด้วย --keep จะเห็นในครั้งต่อไป",
            en: "no signature was checked: whoever controls the server could change files and lists alike; keep the history with --keep to see it next time"
        ),
    };
    report::say(options, &signature);
}

/// The keys that were given, by themselves or in files; else those of the site folder.
#[expect(clippy::disallowed_methods, reason = "keys of an agency lie anywhere")]
fn keys(options: &Options, given: &[String]) -> Result<Vec<PublicKey>, Text> {
    if given.is_empty() && options.root.join(config::PATH).is_file() {
        let Ok(sources) = source::discover(&options.root) else { return Ok(Vec::new()) };
        let config = config::read(&sources, &crate::rules(), &mut Diagnostics::default());
        return Ok(config.signing_keys.into_iter().map(|key| key.value).collect());
    }
    let read = |given: &String| {
        let read = std::fs::read_to_string(given);
        let is_file = read.is_ok();
        PublicKey::parse(&read.unwrap_or_else(|_| given.clone())).map_err(|Text { th, en }| {
            if is_file {
                text!(th: "--key {given}: {th}", en: "--key {given}: {en}")
            } else {
                text!(th: "--key {given}: ไม่มีไฟล์นี้ และ{th}", en: "--key {given}: there is no such file, and {en}")
            }
        })
    };
    given.iter().map(read).collect()
}
