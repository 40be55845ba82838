//! `init`: a new site, with the checklist of its year as drafts. Asks what it is not told.

use std::io::{self, BufRead, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser};
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
    let kinds = AgencyKind::ALL.map(|kind| {
        let called = labels::word(kind.word()).map_or(kind.word(), |text| say.text(text.th, text.en));
        PossibleValue::new(kind.word()).help(called).aliases(short_names(kind))
    });
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
    let catalog = built_in().of(year).expect("the year was asked for until there was a form");
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
    let may_ask = io::stdin().is_terminal() && io::stderr().is_terminal() && !options.json;
    let mut input = io::stdin().lock();
    let given = |name: &str| matches.get_one::<String>(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut asking = Asking { input: may_ask.then_some(&mut input), lang: options.lang, given: &given };
    let name = asking.until("name", &text!(th: "ชื่อหน่วยงาน", en: "Name of the agency, in Thai"), None, words)?;
    let name_en = asking.until("name-en", &text!(th: "ชื่อภาษาอังกฤษ", en: "Its name in English"), None, words)?;
    if may_ask && given("kind").is_none() {
        list_kinds(options.lang);
    }
    let kind = asking.until("kind", &text!(th: "ประเภทหน่วยงาน (เลข)", en: "Kind of agency (number)"), None, kind_of)?;
    let base_url = asking.until("url", &text!(th: "ที่อยู่เว็บไซต์", en: "Address of the site"), Some(NO_ADDRESS), base_url)?;
    let now = FiscalYear::of(today);
    let newest = built_in().years().filter(|year| *year <= now).max().or_else(|| built_in().years().max()).unwrap_or(now);
    let question = text!(th: "ปีงบประมาณ พ.ศ.", en: "Fiscal year (Buddhist Era)");
    let fiscal_year = asking.until("year", &question, Some(&newest.to_string()), |typed| year_of(typed, newest))?;
    Ok(Answers { name, name_en, kind, base_url, fiscal_year })
}

/// Takes answers from the command line, or asks until there is one that can be used.
struct Asking<'a> {
    /// Who is asked, when anybody is there.
    input: Option<&'a mut dyn BufRead>,
    lang: Lang,
    /// What the command line gives.
    given: &'a dyn Fn(&str) -> Option<String>,
}

impl Asking<'_> {
    /// Nothing typed is the default. What cannot be read is an error on the command line; a person is told why, and asked again.
    fn until<T>(
        &mut self,
        flag: &str,
        question: &Text,
        default: Option<&str>,
        read: impl Fn(&str) -> Result<T, Text>,
    ) -> Result<T, Text> {
        let missing = || text!(th: "ต้องระบุ --{flag}", en: "--{flag} is missing");
        if let Some(given) = (self.given)(flag) {
            return read(&given);
        }
        let Some(input) = &mut self.input else { return read(default.ok_or_else(missing)?) };
        let shown = default.map(|default| format!(" [{default}]")).unwrap_or_default();
        loop {
            report::plain_error(&format!("{}{shown}: ", question.get(self.lang)));
            let _ = io::stderr().flush();
            let mut line = String::new();
            let n_read = input.read_line(&mut line).unwrap_or(0);
            let typed = Some(line.trim()).filter(|typed| !typed.is_empty()).or(default).unwrap_or_default();
            match read(typed) {
                Ok(answer) => return Ok(answer),
                // Nobody is there any more (Ctrl+D).
                Err(_) if n_read == 0 => return Err(missing()),
                Err(words) => report::plain_error(&format!("{}\n", words.get(self.lang))),
            }
        }
    }
}

fn words(typed: &str) -> Result<String, Text> {
    match typed {
        "" => Err(text!(th: "เว้นว่างไม่ได้ พิมพ์ชื่อแล้วกด Enter", en: "this cannot be left empty; type the name, then press Enter")),
        typed => Ok(typed.to_owned()),
    }
}

/// Abbreviations that everybody uses.
fn short_names(kind: AgencyKind) -> &'static [&'static str] {
    match kind {
        AgencyKind::SubdistrictOrganisation => &["อบต", "อบต."],
        AgencyKind::ProvincialOrganisation => &["อบจ", "อบจ."],
        _ => &[],
    }
}

/// A kind of agency by its number in the list, its word, or what it is called.
fn kind_of(typed: &str) -> Result<AgencyKind, Text> {
    let number = crate::thai::digits::to_arabic(typed).parse::<usize>().ok();
    let by_number = number.and_then(|number| AgencyKind::ALL.get(number.checked_sub(1)?).copied());
    let is_called = |kind: &AgencyKind| {
        let label = labels::word(kind.word());
        kind.word() == typed
            || short_names(*kind).contains(&typed)
            || label.is_some_and(|label| label.th == typed || label.en == typed)
    };
    by_number.or_else(|| AgencyKind::ALL.into_iter().find(is_called)).ok_or_else(|| {
        let last = AgencyKind::ALL.len();
        text!(th: "พิมพ์เลขหน้าประเภทหน่วยงาน 1 ถึง {last}", en: "type the number in front of the kind, 1 to {last}")
    })
}

fn list_kinds(lang: Lang) {
    for (number, kind) in AgencyKind::ALL.into_iter().enumerate() {
        let called = labels::word(kind.word()).map_or(kind.word(), |text| text.get(lang));
        report::plain_error(&format!("  {}. {called}\n", number + 1));
    }
}

/// An address with a scheme in front and `/` at its end.
fn base_url(typed: &str) -> Result<String, Text> {
    let url = if typed.contains("://") || !typed.contains('.') { typed.to_owned() } else { format!("https://{typed}") };
    let is_web = url::Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !is_web {
        return Err(
            text!(th: "`{url}` ไม่ใช่ที่อยู่เว็บไซต์ พิมพ์เช่น https://www.example.go.th/", en: "`{url}` is no address of a site; type it like https://www.example.go.th/"),
        );
    }
    Ok(if url.ends_with('/') { url } else { format!("{url}/") })
}

/// A year that there is a form for.
fn year_of(typed: &str, newest: FiscalYear) -> Result<FiscalYear, Text> {
    let year = FiscalYear::parse(typed).map_err(|_| {
        text!(th: "`{typed}` ไม่ใช่ปี พ.ศ. พิมพ์เช่น {newest}", en: "`{typed}` is no year of the Buddhist Era; type it like {newest}")
    })?;
    let known = built_in().years().map(|year| year.to_string()).collect::<Vec<_>>().join(", ");
    let is_known = built_in().of(year).is_some();
    is_known
        .then_some(year)
        .ok_or_else(|| text!(th: "ยังไม่มีแบบของปี {year} มีปี {known}", en: "there is no form of {year} yet; there are {known}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of lines that somebody types.
    fn asked<T>(lines: &str, default: Option<&str>, read: impl Fn(&str) -> Result<T, Text>) -> Result<T, Text> {
        let mut input = lines.as_bytes();
        let given = |_: &str| None;
        let mut asking = Asking { input: Some(&mut input), lang: Lang::Th, given: &given };
        asking.until("x", &text!(th: "ถาม", en: "asked"), default, read)
    }

    #[test]
    fn who_mistypes_is_asked_again() {
        let year = FiscalYear::new(2566).expect("a year");
        let read = |typed: &str| year_of(typed, year);
        assert_eq!(asked("2023\n๒๕๖๖\n", Some("2566"), read), Ok(year));
        assert_eq!(asked("1999\n\n", Some("2566"), read), Ok(year), "nothing typed is the default");
        assert_eq!(asked("ไม่มี\nwww.a.go.th\n", Some(NO_ADDRESS), base_url).as_deref(), Ok("https://www.a.go.th/"));
        assert_eq!(asked("\n \nเทศบาล\n", None, words).as_deref(), Ok("เทศบาล"));
        assert_eq!(asked("\n0\nอบต.\n", None, kind_of), Ok(AgencyKind::SubdistrictOrganisation));
        assert!(asked("\n", None, words).is_err(), "nobody is there any more");
    }
}
