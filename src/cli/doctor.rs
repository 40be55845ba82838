//! `doctor`: whether this machine and this folder are fit for the work, and what to do where they are not.

use std::io;

use clap::Command;
use jiff::civil::Date;
use serde_json::json;

use super::args::Say;
use super::{Options, PROBLEMS, PUBLIC, built, report};
use crate::catalog::built_in;
use crate::diagnostic::{Severity, Text, text};
use crate::publish;
use crate::render::Forget;
use crate::site::Site;
use crate::thai::FiscalYear;

/// The command for the command line.
pub(super) fn command(say: Say) -> Command {
    say.subcommand(
        "doctor",
        say.text("ตรวจว่าเครื่องและโฟลเดอร์พร้อมใช้งาน", "See whether machine and folder are fit for the work"),
        say.text(
            "ตรวจโฟลเดอร์ สิทธิ์เขียน ปีของแบบ การตั้งค่า และสิ่งที่เผยแพร่ บอกว่าต้องทำอะไร จบด้วยรหัส 1 ถ้ามีสิ่งที่ต้องแก้",
            "Looks at the folder, permissions, the form's year, settings and what is published, and says what to do. Exits with 1 when something has to be mended.",
        ),
    )
    .arg(say.today("วันนี้", "Today's date"))
}

/// How a thing is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    /// Works, but somebody should look.
    Look,
    Bad,
}

type Finding = (State, Text);

/// Looks at everything; exit code 1 when something has to be mended.
pub(super) fn doctor(options: &Options, today: Date) -> io::Result<u8> {
    let version = env!("CARGO_PKG_VERSION");
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    let mut findings = vec![(
        State::Good,
        text!(th: "prongsai {version} บน {system} {machine}", en: "prongsai {version} on {system} {machine}"),
    )];
    let (_, build) = built(options, &Forget)?;
    let site = &build.site;
    let (n_files, n_drafts) = (site.documents.len(), site.drafts.len());
    let (n_errors, n_warnings) = (build.diagnostics.count(Severity::Error), build.diagnostics.count(Severity::Warning));
    findings.push((
        State::Good,
        text!(th: "อ่าน content/ ได้ {n_files} ไฟล์ ฉบับร่าง {n_drafts}", en: "read {n_files} files of content/, {n_drafts} drafts"),
    ));
    findings.push(if n_errors > 0 {
        (State::Bad, text!(th: "มีข้อผิดพลาด {n_errors} ข้อ เผยแพร่ไม่ได้: prongsai check", en: "{n_errors} errors keep it from being published: prongsai check"))
    } else {
        (State::Good, text!(th: "เผยแพร่ได้ มีคำเตือน {n_warnings} ข้อ", en: "can be published, {n_warnings} warnings"))
    });
    // Of settings that cannot be read nothing is known.
    if !site.config.is_stand_in {
        findings.extend(year(site, today));
        findings.extend(settings(site));
    }
    findings.push(may_write(options));
    findings.push(published(options));
    for (state, words) in &findings {
        let (mark, state) = match state {
            State::Good => ("✓", "good"),
            State::Look => ("!", "look"),
            State::Bad => ("✗", "bad"),
        };
        if options.json {
            report::plain(&format!("{}\n", json!({ "finding": words, "state": state })));
        } else {
            report::plain(&format!("{mark} {}\n", words.get(options.lang)));
        }
    }
    Ok(if findings.iter().any(|(state, _)| *state == State::Bad) { PROBLEMS } else { 0 })
}

fn year(site: &Site, today: Date) -> Vec<Finding> {
    let (year, now) = (site.fiscal_year(), FiscalYear::of(today));
    let form = match site.catalog() {
        Some(form) => {
            let n_items = form.items.len();
            (State::Good, text!(th: "แบบ OIT ปี {year} มี {n_items} ข้อ", en: "the OIT form of {year} has {n_items} items"))
        }
        None => (State::Bad, text!(th: "ไม่มีแบบ OIT ของปี {year}", en: "there is no OIT form of {year}")),
    };
    let newest = built_in().years().filter(|known| *known <= now).max();
    let later = newest.filter(|newest| *newest > year).map(|newest| {
        (State::Look, text!(th: "ปีงบประมาณปัจจุบันคือ {now} เริ่มปีงบประมาณใหม่ด้วย prongsai year {newest}", en: "the fiscal year is {now}; go on with prongsai year {newest}"))
    });
    std::iter::once(form).chain(later).collect()
}

fn settings(site: &Site) -> Vec<Finding> {
    let host = site.config.base_url.host_str().unwrap_or_default();
    let is_placeholder = host.ends_with("example.go.th") || host.ends_with(".example") || host == "localhost";
    let address = if is_placeholder {
        (
            State::Look,
            text!(th: "base_url ยังเป็นที่อยู่ตัวอย่าง ({host}) แก้ใน content/site.toml ก่อนเผยแพร่จริง", en: "base_url is an example ({host}); change it in content/site.toml before you publish"),
        )
    } else {
        (State::Good, text!(th: "ที่อยู่เว็บไซต์ {host}", en: "the site's address is {host}"))
    };
    let is_plain = site.config.base_url.scheme() == "http";
    let insecure = is_plain.then(|| (State::Look, text!(th: "base_url เป็น http ควรใช้ https", en: "base_url is http; use https")));
    std::iter::once(address).chain(insecure).collect()
}

fn may_write(options: &Options) -> Finding {
    match publish::write_aside(&options.root, "doctor", b"") {
        Ok(()) => (State::Good, text!(th: "เขียนในโฟลเดอร์ของเว็บไซต์ได้", en: "the site folder can be written")),
        Err(error) => {
            let Text { th, en } = publish::Problem::words(&error);
            (State::Bad, text!(th: "เขียนในโฟลเดอร์ของเว็บไซต์ไม่ได้: {th}", en: "the site folder cannot be written: {en}"))
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "what is published is looked at, not read")]
fn published(options: &Options) -> Finding {
    let public = options.root.join(PUBLIC);
    match public.join("manifest.json").metadata() {
        Ok(_) if public.join(".prongsai-pending.json").exists() => (
            State::Look,
            text!(
                th: "การเผยแพร่ครั้งก่อนหยุดกลางคัน สั่ง prongsai build อีกครั้งเพื่อให้ครบ",
                en: "the last publish was interrupted; prongsai build completes it"
            ),
        ),
        Ok(_) => (
            State::Good,
            text!(th: "มีเว็บไซต์ใน public/ แล้ว ตรวจด้วย prongsai verify", en: "public/ has a site; prongsai verify checks it"),
        ),
        Err(_) => (State::Look, text!(th: "ยังไม่ได้สร้าง public/ สั่ง prongsai build", en: "public/ is not made yet: prongsai build")),
    }
}
