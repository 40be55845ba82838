//! `audit`: the year's form as a table with status and reasons, for people, programs and spreadsheets.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use super::{Options, PROBLEMS, USAGE_OR_DISK, built, external, report};
use crate::diagnostic::{Lang, Severity, text};
use crate::publish;
use crate::render::Forget;
use crate::render::audit::{Audit, AuditItem, day};
use crate::site::coverage::Status;
use crate::thai::Code;

/// What `audit` is asked for.
pub(super) struct Asked {
    /// Items; all when empty.
    pub(super) items: Vec<String>,
    /// How good every item must be.
    pub(super) require: Option<Require>,
    /// File to write: `.json`, `.csv` or `.xlsx`.
    pub(super) output: Option<PathBuf>,
    /// Links to other hosts are asked, too.
    pub(super) external: bool,
    /// CSV instead of words.
    pub(super) csv: bool,
}

/// How good every item must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Require {
    /// Complete: every requirement verified, declared or not applicable.
    Declared,
    /// Every requirement verified by the machine or not applicable.
    Verified,
}

/// Shows the audit; exit code 1 when an item asked for falls short of what is required, or the site cannot be published.
pub(super) fn audit(options: &Options, asked: &Asked) -> io::Result<u8> {
    let (sources, mut build) = built(options, &Forget)?;
    let links = asked.external.then(|| external::check(options, &build.site, &mut build.diagnostics));
    let Some(mut audit) = Audit::of(&build.site) else {
        report::diagnostics(&build.diagnostics, &sources, options, |severity| severity == Severity::Error);
        let year = build.site.fiscal_year();
        report::failure(&text!(th: "ไม่มีแบบของปี {year} ให้ตรวจ", en: "there is no form of {year} to check against"), options.lang);
        return Ok(PROBLEMS);
    };
    match wanted(&audit, &asked.items) {
        Ok(wanted) => audit.keep(&wanted),
        Err(unknown) => {
            let year = audit.fiscal_year;
            report::failure(
                &text!(th: "แบบปี {year} ไม่มีข้อ `{unknown}`", en: "the form of {year} has no item `{unknown}`"),
                options.lang,
            );
            return Ok(USAGE_OR_DISK);
        }
    }
    let short: Vec<Code> = audit.items.iter().filter(|item| falls_short(item, asked.require)).map(|item| item.item).collect();
    match &asked.output {
        Some(path) => {
            let Some(bytes) = bytes(&audit, path, options.lang) else {
                let words =
                    text!(th: "--output ต้องลงท้ายด้วย .json, .csv หรือ .xlsx", en: "--output must end in .json, .csv or .xlsx");
                report::failure(&words, options.lang);
                return Ok(USAGE_OR_DISK);
            };
            publish::write_file(path, &bytes)?;
            let path = path.display();
            report::say(options, &text!(th: "เขียน {path} แล้ว", en: "wrote {path}"));
        }
        None if options.json => report::plain(&(json(&audit) + "\n")),
        None if asked.csv => report::plain(&String::from_utf8_lossy(&audit.sheet(options.lang).csv())),
        None => report::plain(&words(&audit, options.lang)),
    }
    if let Some(links) = links {
        report::diagnostics(&build.diagnostics, &sources, options, |_| true);
        external::summary(links, options);
    }
    if build.diagnostics.has_errors() {
        report::not_published(&build.diagnostics, options);
        return Ok(PROBLEMS);
    }
    if asked.require.is_some() && !short.is_empty() {
        let list = short.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        report::failure(&text!(th: "ข้อที่ยังไม่ถึงเกณฑ์: {list}", en: "items that fall short: {list}"), options.lang);
        return Ok(PROBLEMS);
    }
    Ok(0)
}

fn wanted(audit: &Audit, items: &[String]) -> Result<Vec<Code>, String> {
    let known = |typed: &String| {
        let code = Code::item(typed).filter(|code| audit.items.iter().any(|item| item.item == *code));
        code.ok_or_else(|| typed.clone())
    };
    if items.is_empty() {
        return Ok(audit.items.iter().map(|item| item.item).collect());
    }
    items.iter().map(known).collect()
}

fn falls_short(item: &AuditItem, require: Option<Require>) -> bool {
    match require {
        None => false,
        Some(Require::Declared) => item.status != Status::Complete,
        Some(Require::Verified) => !item.is_verified,
    }
}

fn bytes(audit: &Audit, path: &Path, lang: Lang) -> Option<Vec<u8>> {
    match path.extension()?.to_str()? {
        "json" => Some(json(audit).into_bytes()),
        "csv" => Some(audit.sheet(lang).csv()),
        "xlsx" => Some(audit.sheet(lang).xlsx()),
        _ => None,
    }
}

fn json(audit: &Audit) -> String {
    serde_json::to_string_pretty(audit).expect("strings and numbers always serialize")
}

/// A line per item, and below it what it lacks. Thai is never padded, so codes and counts come first.
fn words(audit: &Audit, lang: Lang) -> String {
    let mut out = String::new();
    let (agency, year) = (audit.agency.get(lang), audit.fiscal_year);
    let head = text!(th: "แบบ OIT ปีงบประมาณ พ.ศ. {year} · {agency}", en: "OIT form, fiscal year {year} · {agency}");
    let _ = writeln!(out, "{}\n", head.get(lang));
    for item in &audit.items {
        let n_met = item.requirements.iter().filter(|row| row.coverage != "missing").count();
        let (code, status, title) = (item.item.to_string(), item.status.title(), item.title.get(lang));
        let met = format!("{n_met}/{}", item.requirements.len());
        let _ = writeln!(out, "{code:<4} {met:>5}  {} · {title}", status.get(lang));
        for line in item_lines(item, lang) {
            let _ = writeln!(out, "{:12}{line}", "");
        }
    }
    let counts = audit.counts;
    let (items, complete, partial, missing) = (counts.items, counts.complete, counts.partial, counts.missing);
    let (verified, declared) = (count(audit, "verified"), count(audit, "declared"));
    let summary = text!(
        th: "{items} ข้อ: ครบถ้วน {complete}, ยังไม่ครบ {partial}, ยังขาด {missing} · ข้อกำหนดที่ระบบตรวจแล้ว {verified}, ระบุไว้ {declared}",
        en: "{items} items: {complete} complete, {partial} partial, {missing} missing · {verified} requirements verified, {declared} declared"
    );
    let _ = writeln!(out, "\n{}", summary.get(lang));
    out
}

fn item_lines(item: &AuditItem, lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> = item.evidence.iter().map(|url| format!("→ {url}")).collect();
    if let Some(updated) = &item.updated {
        let day = day(updated, lang);
        lines.push(text!(th: "ปรับปรุงล่าสุด {day}", en: "last update {day}").get(lang).clone());
    }
    if item.is_unsure {
        let words = text!(th: "มีไฟล์ที่อ่านไม่ได้ จึงยังบอกไม่ได้ ดู prongsai check", en: "a file cannot be read, so this is not certain; see prongsai check");
        lines.push(words.get(lang).clone());
        return lines;
    }
    let is_blank = item.status == Status::Missing;
    if is_blank {
        let home = &item.home;
        lines.push(text!(th: "ยังไม่มีคำตอบ เขียนใน {home}", en: "no answer yet; write {home}").get(lang).clone());
    }
    for row in item.requirements.iter().filter(|row| row.coverage == "missing" && !is_blank) {
        for gap in &row.gaps {
            lines.push(format!("{} {}: {} ({})", row.id, row.state.get(lang), gap.for_webmaster().get(lang), gap.path));
        }
    }
    lines.extend(item.problems.iter().map(|problem| format!("[{}] {} ({})", problem.code, problem.what.get(lang), problem.path)));
    lines
}

fn count(audit: &Audit, coverage: &str) -> usize {
    audit.items.iter().flat_map(|item| &item.requirements).filter(|row| row.coverage == coverage).count()
}
