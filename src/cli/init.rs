//! `init`: a new site, with the checklist of its year as drafts. Asks what it is not told.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command, value_parser};
use jiff::civil::Date;

use super::args::Say;
use super::{Options, USAGE_OR_DISK, report};
use crate::catalog::built_in;
use crate::config::{self, AgencyKind};
use crate::desk::start::{self, Answers};
use crate::diagnostic::{Lang, Text, text};
use crate::fields::labels;
use crate::publish::edits::{self, Change};
use crate::thai::FiscalYear;

/// An address that is plainly not theirs yet.
const NO_ADDRESS: &str = "https://www.example.go.th/";

/// The command for the command line.
pub(super) fn command(say: Say) -> Command {
    let folder = Arg::new("folder")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .help(say.text("โฟลเดอร์ใหม่ ค่าตั้งต้นคือโฟลเดอร์นี้", "The new folder [default: here]"));
    let name = say.value("name", "NAME", "ชื่อหน่วยงาน", "Name of the agency, in Thai");
    let name_en = say.value("name-en", "NAME", "ชื่อหน่วยงานภาษาอังกฤษ", "The same in English");
    let url = say.value("url", "URL", "ที่อยู่เว็บไซต์ ขึ้นต้นด้วย https://", "Address of the site, with https:// in front");
    let year = say.value("year", "YEAR", "ปีงบประมาณ พ.ศ. ของแบบ", "Fiscal year of the form (Buddhist Era)");
    let kinds = AgencyKind::ALL.map(AgencyKind::word);
    let kind = say
        .value("kind", "KIND", "ประเภทหน่วยงาน เช่น town-municipality", "Kind of agency, such as town-municipality")
        .value_parser(PossibleValuesParser::new(kinds));
    say.subcommand(
        "init",
        say.text("เริ่มเว็บไซต์ใหม่", "Begin a new site"),
        say.text(
            "เขียน content/site.toml และฉบับร่างของทุกข้อในแบบของปี พร้อมคำอธิบายว่าแบบถามอะไร ถามเฉพาะสิ่งที่ไม่ได้ระบุ ไม่เขียนทับไฟล์ใด",
            "Writes content/site.toml and a draft of every item of the year's form, each with what the form asks. Asks what is not given; writes over no file.",
        ),
    )
    .args([folder, name, name_en, kind, url, year, say.today("วันนี้", "Today's date")])
}

/// Begins a site; exit code 2 when something is missing or there is a site already.
#[expect(clippy::disallowed_methods, reason = "a folder that has a site is left alone")]
pub(super) fn init(options: &Options, matches: &ArgMatches, today: Date) -> io::Result<u8> {
    let root = matches.get_one::<PathBuf>("folder").map_or_else(|| options.root.clone(), |folder| options.root.join(folder));
    if root.join(config::PATH).exists() {
        let folder = root.display();
        return Ok(wrong(
            options,
            &text!(
                th: "{folder} มีเว็บไซต์อยู่แล้ว สั่ง prongsai check เพื่อดูว่ายังขาดอะไร",
                en: "there is a site in {folder} already; prongsai check shows what it lacks"
            ),
        ));
    }
    let answers = match answers(options, matches, today) {
        Ok(answers) => answers,
        Err(words) => return Ok(wrong(options, &words)),
    };
    let year = answers.fiscal_year;
    let Some(catalog) = built_in().of(year) else {
        let known = built_in().years().map(|year| year.to_string()).collect::<Vec<_>>().join(", ");
        return Ok(wrong(
            options,
            &text!(th: "ยังไม่มีแบบของปี {year} มีปี {known}", en: "there is no form of {year} yet; there are {known}"),
        ));
    };
    let files = start::files(&answers, catalog, today);
    std::fs::create_dir_all(&root)?;
    let mut changes = Vec::new();
    for (path, bytes) in files {
        // What somebody put there before stays.
        if edits::read_source(&root, &path)?.is_none() {
            changes.push(Change { path, before: None, after: Some(bytes) });
        }
    }
    let n_files = changes.len();
    let what = text!(th: "เริ่มเว็บไซต์ {n_files} ไฟล์", en: "began a site of {n_files} files");
    if let Err(edits::Conflict(path)) = edits::carry_out(&root, &what, &changes)? {
        return Ok(wrong(options, &text!(th: "{path} เพิ่งถูกเขียน สั่งใหม่อีกครั้ง", en: "{path} was written just now; try again")));
    }
    say(options, &root, &changes, catalog.items.len(), year);
    Ok(0)
}

fn wrong(options: &Options, words: &Text) -> u8 {
    report::failure(words, options.lang);
    USAGE_OR_DISK
}

fn say(options: &Options, root: &Path, changes: &[Change], n_items: usize, year: FiscalYear) {
    if options.json {
        let paths: Vec<&str> = changes.iter().map(|change| change.path.as_str()).collect();
        return report::plain(&format!("{}\n", serde_json::json!({ "created": paths, "fiscal_year": year })));
    }
    let is_content = |change: &&Change| change.path.is_under("content");
    let (n_files, folder) = (changes.iter().filter(is_content).count(), root.display());
    report::say(
        options,
        &text!(
            th: "เริ่มเว็บไซต์ใน {folder} แล้ว: {n_files} ไฟล์ใน content/ เป็นฉบับร่างของแบบ OIT ปี {year} ทั้ง {n_items} ข้อ",
            en: "began a site in {folder}: {n_files} files in content/, drafts of all {n_items} items of the OIT form of {year}"
        ),
    );
    let is_here = root == Path::new(".");
    let go = if is_here { String::new() } else { format!("  cd {folder}\n") };
    let next = text!(
        th: "\nทำต่อไป:\n{go}  prongsai serve     กรอกข้อมูลในเบราว์เซอร์\n  prongsai check     ดูว่ายังขาดอะไร ข้อที่คุ้มที่สุดก่อน\n  prongsai new executive \"ชื่อ สกุล\"\n",
        en: "\nNext:\n{go}  prongsai serve     fill it in, in the browser\n  prongsai check     what is lacking, most valuable first\n  prongsai new executive \"Name Surname\"\n"
    );
    report::plain(next.get(options.lang));
}

fn answers(options: &Options, matches: &ArgMatches, today: Date) -> Result<Answers, Text> {
    let given = |name: &str| matches.get_one::<String>(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let may_ask = io::stdin().is_terminal() && io::stderr().is_terminal() && !options.json;
    let ask = |flag: &str, question: Text, default: Option<String>| {
        let asked = || if may_ask { question_at_terminal(&question, default.as_deref(), options.lang) } else { default };
        let answer = given(flag).or_else(asked);
        answer.ok_or_else(|| text!(th: "ต้องระบุ --{flag}", en: "--{flag} is missing"))
    };
    let name = ask("name", text!(th: "ชื่อหน่วยงาน", en: "Name of the agency, in Thai"), None)?;
    let name_en = ask("name-en", text!(th: "ชื่อภาษาอังกฤษ", en: "Its name in English"), None)?;
    let kind = match given("kind") {
        Some(word) => kind_of(&word),
        None if may_ask => kind_at_terminal(options.lang),
        None => None,
    };
    let kind = kind.ok_or_else(|| {
        let words = AgencyKind::ALL.map(AgencyKind::word).join(", ");
        text!(th: "ต้องระบุ --kind เป็นคำใดคำหนึ่ง: {words}", en: "--kind is missing; one of: {words}")
    })?;
    let url = ask("url", text!(th: "ที่อยู่เว็บไซต์", en: "Address of the site"), Some(NO_ADDRESS.to_owned()))?;
    let url = if url.contains("://") || !url.contains('.') { url } else { format!("https://{url}") };
    let is_web = url::Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !is_web {
        return Err(
            text!(th: "`{url}` ไม่ใช่ที่อยู่เว็บไซต์ พิมพ์เช่น https://www.example.go.th/", en: "`{url}` is no address of a site; type it like https://www.example.go.th/"),
        );
    }
    let base_url = if url.ends_with('/') { url } else { format!("{url}/") };
    let now = FiscalYear::of(today);
    let newest = built_in().years().filter(|year| *year <= now).max().or_else(|| built_in().years().max()).unwrap_or(now);
    let year = ask("year", text!(th: "ปีงบประมาณ พ.ศ.", en: "Fiscal year (Buddhist Era)"), Some(newest.to_string()))?;
    let fiscal_year = FiscalYear::parse(&year).map_err(|_| {
        text!(th: "`{year}` ไม่ใช่ปี พ.ศ. พิมพ์เช่น {newest}", en: "`{year}` is no year of the Buddhist Era; type it like {newest}")
    })?;
    Ok(Answers { name, name_en, kind, base_url, fiscal_year })
}

fn kind_of(word: &str) -> Option<AgencyKind> {
    AgencyKind::ALL.into_iter().find(|kind| kind.word() == word)
}

/// Asks until there is an answer; nothing typed is the default. `None` when there is nobody to ask any more (Ctrl+D).
fn question_at_terminal(question: &Text, default: Option<&str>, lang: Lang) -> Option<String> {
    loop {
        let shown = default.map(|default| format!(" [{default}]")).unwrap_or_default();
        report::plain_error(&format!("{}{shown}: ", question.get(lang)));
        let _ = io::stderr().flush();
        let mut line = String::new();
        let n_read = io::stdin().read_line(&mut line).unwrap_or(0);
        match (line.trim(), default) {
            ("", Some(default)) => return Some(default.to_owned()),
            ("", None) if n_read == 0 => return None,
            ("", None) => {}
            (answer, _) => return Some(answer.to_owned()),
        }
    }
}

fn kind_at_terminal(lang: Lang) -> Option<AgencyKind> {
    for (number, kind) in AgencyKind::ALL.into_iter().enumerate() {
        let called = labels::word(kind.word()).map_or(kind.word(), |text| text.get(lang));
        report::plain_error(&format!("  {}. {called}\n", number + 1));
    }
    loop {
        let typed = question_at_terminal(&text!(th: "ประเภทหน่วยงาน (เลข)", en: "Kind of agency (number)"), None, lang)?;
        let number = crate::thai::digits::to_arabic(&typed).parse::<usize>().ok();
        let kind = number.and_then(|number| AgencyKind::ALL.get(number.checked_sub(1)?).copied());
        if let Some(kind) = kind.or_else(|| kind_of(&typed)) {
            return Some(kind);
        }
    }
}
