//! The command line in Thai and English: a file per command.

mod args;
mod audit;
mod cms;
mod doctor;
mod explain;
mod export;
mod external;
mod import;
mod init;
mod keys;
mod live;
mod new;
mod open;
mod report;
mod schema;
mod serve;
mod shell;
mod sign;
mod submit;
mod undo;
mod verify;
mod year;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::ArgMatches;
use indicatif::ProgressBar;
use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Lang, Severity, Text, text};
use crate::parse::rules::unreadable;
use crate::publish::Problem;
use crate::render::audit::Audit;
use crate::render::{Forget, Keep};
use crate::source::{self, Fingerprint, Sources};
use crate::thai::date;
use crate::{Build, Outcome};

/// Exit code when problems stand in the way of publishing.
const PROBLEMS: u8 = 1;

/// Exit code for wrong usage and for a disk that fails.
const USAGE_OR_DISK: u8 = 2;

/// Folder below the site's that the site is published to.
const PUBLIC: &str = "public";

/// What every command is given.
#[derive(Debug, Clone)]
struct Options {
    /// The site folder.
    root: PathBuf,
    /// Language of messages.
    lang: Lang,
    /// JSON instead of words.
    json: bool,
    /// SARIF instead of both.
    sarif: bool,
}

/// Runs the program with these arguments; the result is its exit code: 0 clean or published, 1 problems, 2 usage or disk.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = language(&arguments);
    let matches = match args::command(lang).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return args::usage(&error, lang),
    };
    let options = match options(&matches, lang) {
        Ok(options) => options,
        Err(words) => {
            report::failure(&words, lang);
            return ExitCode::from(USAGE_OR_DISK);
        }
    };
    let outcome = match matches.subcommand() {
        Some(("init", matches)) => on(today(matches), lang, |today| init::init(&options, matches, today)),
        Some(("new", matches)) => on(today(matches), lang, |today| new::new(&options, matches, today)),
        Some(("undo", _)) => undo::undo(&options),
        Some(("doctor", matches)) => on(today(matches), lang, |today| doctor::doctor(&options, today)),
        Some(("completions", matches)) => Ok(shell::complete(&options, matches)),
        Some(("man", matches)) => shell::manual(&options, matches),
        Some(("build", matches)) => on(today(matches), lang, |today| build(&options, today)),
        Some(("check", matches)) => check(&options, matches.get_flag("external")),
        Some(("audit", matches)) => match matches.get_one::<String>("live") {
            Some(address) => live::live(&options, address),
            None => audit::audit(&options, &asked(matches)),
        },
        Some(("submit", matches)) => {
            on(today(matches), lang, |today| submit::submit(&options, today, matches.get_flag("replace")))
        }
        Some(("sign", matches)) => {
            let key = matches.get_one::<PathBuf>("key").expect("clap asks for it");
            on(today(matches), lang, |today| sign::sign(&options, key, today))
        }
        Some(("verify", matches)) => verify::verify(
            &options,
            &verify::Asked {
                place: matches.get_one::<String>("place").cloned(),
                keys: matches.get_many::<String>("key").unwrap_or_default().cloned().collect(),
                keep: matches.get_one::<PathBuf>("keep").cloned(),
            },
        ),
        Some(("serve", matches)) => {
            let host = matches.get_one::<IpAddr>("host").copied().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
            serve::serve(&options, host, matches.get_one::<u16>("port").copied())
        }
        Some(("keys", matches)) => {
            let new = matches.subcommand_matches("new").expect("clap asks for it");
            keys::new(&options, new.get_one::<PathBuf>("output").map(PathBuf::as_path))
        }
        Some(("open", matches)) => open::open(&options, &to_open(matches)),
        Some(("import", matches)) => import::run(&options, matches),
        Some(("export", matches)) => export::run(&options, matches),
        Some(("explain", matches)) => {
            Ok(explain::explain(&options, matches.get_one::<String>("code"), matches.get_one::<String>("year")))
        }
        Some(("cms", matches)) => cms::cms(&options, matches),
        Some(("schema", matches)) => schema::schema(&options, matches),
        Some(("year", matches)) => year::year(&options, matches),
        _ => unreachable!("clap asks for a known command"),
    };
    match outcome {
        Ok(0) => ExitCode::SUCCESS,
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            report::failure(&describe(&error, &options.root), lang);
            ExitCode::from(USAGE_OR_DISK)
        }
    }
}

/// What every command is given; some formats are for some commands only.
fn options(matches: &ArgMatches, lang: Lang) -> Result<Options, Text> {
    let is_format = |name: &str| matches.get_one::<String>("format").is_some_and(|format| format == name);
    let command = matches.subcommand_name().unwrap_or_default();
    if is_format("csv") && command != "audit" {
        return Err(text!(th: "--format csv ใช้กับ audit เท่านั้น", en: "--format csv is for audit only"));
    }
    if is_format("sarif") && !matches!(command, "check" | "build") {
        return Err(text!(th: "--format sarif ใช้กับ check และ build เท่านั้น", en: "--format sarif is for check and build only"));
    }
    let root = matches.get_one::<PathBuf>("directory").cloned().unwrap_or_else(|| PathBuf::from("."));
    Ok(Options { root, lang, json: is_format("json"), sarif: is_format("sarif") })
}

fn to_open(matches: &ArgMatches) -> open::Asked {
    open::Asked {
        file: matches.get_one::<PathBuf>("file").cloned().expect("clap asks for it"),
        keys: matches.get_many::<PathBuf>("key").unwrap_or_default().cloned().collect(),
        output: matches.get_one::<PathBuf>("output").cloned(),
    }
}

fn asked(matches: &ArgMatches) -> audit::Asked {
    audit::Asked {
        items: matches.get_many::<String>("item").unwrap_or_default().cloned().collect(),
        require: matches.get_one::<String>("require").map(|word| match word.as_str() {
            "verified" => audit::Require::Verified,
            _ => audit::Require::Declared,
        }),
        output: matches.get_one::<PathBuf>("output").cloned(),
        external: matches.get_flag("external"),
        csv: matches.get_one::<String>("format").is_some_and(|format| format == "csv"),
    }
}

/// Does something on a day; says so when what was typed is none.
fn on(today: Result<Date, String>, lang: Lang, work: impl FnOnce(Date) -> io::Result<u8>) -> io::Result<u8> {
    match today {
        Ok(today) => work(today),
        Err(typed) => {
            let words =
                text!(th: "อ่านวันที่ `{typed}` ไม่ออก พิมพ์เช่น 2023-04-20", en: "`{typed}` is not a date; type it like 2023-04-20");
            report::failure(&words, lang);
            Ok(USAGE_OR_DISK)
        }
    }
}

/// The day given with `--today`, else the clock's.
#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is known")]
fn today(matches: &ArgMatches) -> Result<Date, String> {
    match matches.try_get_one::<String>("today").ok().flatten() {
        Some(typed) => date::parse(typed).map_err(|_| typed.clone()),
        None => Ok(reproducible_day().unwrap_or_else(|| jiff::Zoned::now().date())),
    }
}

/// The day of `SOURCE_DATE_EPOCH`, by which builds anywhere can be made to have the same day (reproducible-builds.org).
#[expect(clippy::disallowed_methods, reason = "the command line is where the environment is known")]
fn reproducible_day() -> Option<Date> {
    let seconds = std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()?;
    Some(jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date())
}

fn build(options: &Options, today: Date) -> io::Result<u8> {
    let progress = spinner(options, &text!(th: "กำลังสร้างเว็บไซต์", en: "building the site"));
    let public = options.root.join(PUBLIC);
    // A program is told every warning, not how many there were the last time.
    let outcome = if options.json || options.sarif {
        crate::build_all(&options.root, &public, Some(today), Fingerprint::of(&options.root))
    } else {
        crate::build_folder(&options.root, &public, Some(today))
    };
    progress.finish_and_clear();
    match outcome? {
        Outcome::Unchanged(published, built) => {
            report::published(published, built.n_warnings, built.form, options);
            Ok(0)
        }
        Outcome::Built(whole) => {
            let (sources, build, published) = *whole;
            let shown = |severity| options.json || options.sarif || severity == Severity::Error;
            report::diagnostics(&build.diagnostics, &sources, options, shown);
            match published {
                Some(published) => {
                    let form = Audit::of(&build.site).map(|audit| audit.counts);
                    report::published(published, build.diagnostics.count(Severity::Warning), form, options);
                }
                None => report::not_published(&build.diagnostics, options),
            }
            let code = exit_code(&build.diagnostics);
            // The process ends here. Taking thousands of pages apart first would only take time.
            std::mem::forget((sources, build));
            Ok(code)
        }
    }
}

fn check(options: &Options, asks_links: bool) -> io::Result<u8> {
    let (sources, mut build) = built(options, &Forget)?;
    let links = asks_links.then(|| external::check(options, &build.site, &mut build.diagnostics));
    report::diagnostics(&build.diagnostics, &sources, options, |_| true);
    if let Some(links) = links {
        external::summary(links, options);
    }
    report::checked(&build.diagnostics, options);
    report::next(&build.site, options);
    Ok(exit_code(&build.diagnostics))
}

/// Everything but publishing.
fn built(options: &Options, keep: &dyn Keep) -> io::Result<(Sources, Build)> {
    let progress = spinner(options, &text!(th: "กำลังตรวจ", en: "checking"));
    let mut memory = crate::attachments(&options.root);
    let outcome = source::discover_again(&options.root, None, &mut memory).map(|sources| {
        let mut build = crate::build_into(sources, keep, &mut crate::Memory::default());
        crate::check_history(&options.root.join(PUBLIC), sources, &mut build);
        (sources.clone(), build)
    });
    progress.finish_and_clear();
    outcome
}

fn exit_code(diagnostics: &Diagnostics) -> u8 {
    let is_disk =
        |diagnostic: &Diagnostic| diagnostic.rule.code == unreadable::RULE.code && diagnostic.severity == Severity::Error;
    match diagnostics.has_errors() {
        true if diagnostics.iter().any(is_disk) => USAGE_OR_DISK,
        true => PROBLEMS,
        false => 0,
    }
}

/// A spinner on a terminal; nothing in a pipe.
fn spinner(options: &Options, words: &Text) -> ProgressBar {
    if !io::stderr().is_terminal() || options.json || options.sarif {
        return ProgressBar::hidden();
    }
    let spinner = ProgressBar::new_spinner().with_message(words.get(options.lang).clone());
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}

/// The language asked for with `--lang`, else Thai where the locale is Thai.
fn language(arguments: &[OsString]) -> Lang {
    let arguments: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let after = arguments.windows(2).find(|pair| pair[0] == "--lang").map(|pair| pair[1].clone());
    let asked = after
        .or_else(|| arguments.iter().find_map(|argument| argument.strip_prefix("--lang=").map(|lang| lang.to_owned().into())));
    match asked.as_deref() {
        Some(lang) => {
            if lang == "th" {
                Lang::Th
            } else {
                Lang::En
            }
        }
        None => {
            if locale().starts_with("th") {
                Lang::Th
            } else {
                Lang::En
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the locale is known")]
fn locale() -> String {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| std::env::var(name).ok());
    set.into_iter().find(|value| !value.is_empty()).unwrap_or_default()
}

/// What failed, in both languages, around the system's own words.
#[expect(clippy::disallowed_methods, reason = "the command line tells a folder that is no site from a disk that fails")]
fn describe(error: &io::Error, root: &Path) -> Text {
    let folder = root.display();
    if error.kind() == io::ErrorKind::NotFound && !root.join("content").is_dir() {
        return text!(
            th: "ไม่พบโฟลเดอร์ content ใน {folder} ให้สั่งในโฟลเดอร์ของเว็บไซต์ หรือระบุด้วย -C",
            en: "there is no content folder in {folder}; run this in a site folder, or name one with -C"
        );
    }
    let Text { th, en } = Problem::words(error);
    text!(th: "ทำไม่สำเร็จ: {th}", en: "failed: {en}")
}
