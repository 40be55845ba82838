//! `import`: tables of an office → content files, after showing what would change; nothing is written unasked.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Value as Json, json};

use super::args::Say;
use super::{Options, PROBLEMS, USAGE_OR_DISK, report};
use crate::desk::sheets::{self, Kind, Plan, Problem, State, Wish, kind};
use crate::diagnostic::{Diagnostics, Lang, Text, text};
use crate::fields::labels;
use crate::publish::edits::{self, Conflict};
use crate::source::{self, SourcePath, Sources};
use crate::thai::FiscalYear;
use crate::{config, rules};

/// Most fields of a file whose changes are shown.
const MAX_FIELDS: usize = 12;

/// Most letters of a value that are shown.
const MAX_LETTERS: usize = 70;

/// What the command accepts.
pub(super) fn command(say: Say) -> Command {
    let flag = |name: &'static str, th, en| Arg::new(name).long(name).action(ArgAction::SetTrue).help(say.text(th, en));
    let what = Arg::new("what").value_name("KIND|FILE").required(true).help(say.text(
        "ไฟล์ .xlsx, .xls, .ods หรือ .csv หรือชนิดของตารางแล้วตามด้วยไฟล์: executives, measures, progress, results, news, channels",
        "The file (.xlsx, .xls, .ods, .csv), or what the table is about and then the file: executives, measures, progress, results, news, channels",
    ));
    let file = Arg::new("file").value_name("FILE").value_parser(value_parser!(PathBuf)).help(say.text("ไฟล์", "The file"));
    let year = Arg::new("year").long("year").value_name("YEAR").help(say.text(
        "ปีงบประมาณ พ.ศ. ของตารางที่ไม่ได้บอกปี ค่าตั้งต้นคือปีของเว็บไซต์",
        "Fiscal year (B.E.) of a table that names none [default: the site's]",
    ));
    say.subcommand(
        "import",
        say.text("นำตาราง Excel หรือ CSV เข้าเป็นไฟล์เนื้อหา", "Turn tables of Excel or CSV into content files"),
        say.text(
            "แสดงก่อนว่าแต่ละไฟล์จะเปลี่ยนอะไรจากอะไร แล้วจึงถาม หัวคอลัมน์ไทยหรืออังกฤษก็ได้ อยู่แถวใดก็ได้ ไม่มีไฟล์ใดถูกลบ ช่องว่างในตารางคงของเดิมไว้ ถ้ามีช่องที่ผิด จะบอกแผ่นงาน แถว และคอลัมน์ แล้วไม่เขียนอะไรเลย ย้อนกลับได้ด้วย prongsai undo ดูแบบตารางด้วย prongsai export",
            "Shows first what would change in each file, then asks. Heads of columns may be Thai or English, in any row. Nothing is deleted; an empty cell leaves what is there. Mistakes are told by sheet, row and column, and then nothing is written. prongsai undo takes it back; prongsai export shows what tables look like.",
        ),
    )
    .args([
        what,
        file,
        year,
        flag("yes", "เขียนโดยไม่ถาม", "Write without asking"),
        flag("clear", "ช่องว่างในตารางลบข้อมูลเดิมของช่องนั้น", "An empty cell takes away what is there"),
        flag("skip-bad-rows", "ข้ามแถวที่ผิด และนำเข้าแถวที่เหลือ", "Leave rows with mistakes out, and import the rest"),
    ])
}

/// Shows what would change, and writes it when told to; exit code 1 when cells are wrong.
pub(super) fn run(options: &Options, matches: &ArgMatches) -> io::Result<u8> {
    let what = matches.get_one::<String>("what").expect("clap asks for it");
    let second = matches.get_one::<PathBuf>("file");
    let (kind, path) = match (Kind::named(what), second) {
        (Some(kind), Some(path)) => (Some(kind), path.clone()),
        (None, None) => (None, PathBuf::from(what)),
        (Some(_), None) => {
            let words = text!(th: "ระบุไฟล์ด้วย: prongsai import {what} FILE", en: "name the file too: prongsai import {what} FILE");
            return Ok(refuse(options, &words));
        }
        (None, Some(_)) => {
            let known = kind::KINDS.iter().map(|kind| kind.folder).collect::<Vec<_>>().join(", ");
            let words = text!(th: "ไม่มีตารางชนิด `{what}` ใช้ได้: {known}", en: "there is no kind of table `{what}`; known: {known}");
            return Ok(refuse(options, &words));
        }
    };
    let year = match matches.get_one::<String>("year").map(|typed| FiscalYear::parse(typed).map_err(|_| typed)) {
        None => None,
        Some(Ok(year)) => Some(year),
        Some(Err(typed)) => {
            let words = text!(th: "`{typed}` ไม่ใช่ปี พ.ศ.", en: "`{typed}` is not a year of the Buddhist Era");
            return Ok(refuse(options, &words));
        }
    };
    let progress = super::spinner(options, &text!(th: "กำลังอ่านตาราง", en: "reading the tables"));
    let mut memory = crate::attachments(&options.root);
    let sources = source::discover_again(&options.root, None, &mut memory)?;
    let wish = Wish {
        kind,
        year,
        site_year: site_year(sources),
        clear: matches.get_flag("clear"),
        skip_bad_rows: matches.get_flag("skip-bad-rows"),
    };
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut plan = match read(&path) {
        Ok((grids, hidden)) => {
            let mut plan = sheets::plan(&options.root, sources, &name, &grids, &wish)?;
            for sheet in hidden {
                let message = text!(th: "ไม่อ่านแผ่นงาน {sheet} เพราะซ่อนอยู่", en: "the sheet {sheet} is hidden and not read");
                plan.notices.push(Problem { place: None, message, help: None });
            }
            plan
        }
        Err(words) => {
            progress.finish_and_clear();
            return Ok(refuse(options, &words));
        }
    };
    progress.finish_and_clear();
    plan.notices.sort_by(|a, b| a.place.cmp(&b.place));
    finish(options, &path, &plan, matches.get_flag("yes"))
}

/// The year of the site, with which tables without a year are read.
fn site_year(sources: &Sources) -> FiscalYear {
    config::read(sources, &rules(), &mut Diagnostics::default()).fiscal_year.value
}

fn read(path: &Path) -> Result<(Vec<sheets::Grid>, Vec<String>), Text> {
    let shown = path.display();
    let bytes = match source::read_named(path, sheets::MAX_BYTES) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let most = sheets::MAX_BYTES / (1024 * 1024);
            return Err(text!(th: "{shown} ใหญ่เกิน {most} MB", en: "{shown} is larger than {most} MB"));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(text!(th: "ไม่มีไฟล์ {shown}", en: "there is no file {shown}"));
        }
        Err(error) => return Err(text!(th: "เปิด {shown} ไม่ได้ ({error})", en: "{shown} cannot be opened ({error})")),
    };
    sheets::read(&bytes).map_err(|Text { th, en }| text!(th: "{shown}: {th}", en: "{shown}: {en}"))
}

fn finish(options: &Options, path: &Path, plan: &Plan, is_told: bool) -> io::Result<u8> {
    let changes = plan.changes();
    let is_wrong = !plan.problems.is_empty();
    if !options.json {
        report::plain(&shown(plan, options.lang));
    }
    let is_wanted = !is_wrong && !changes.is_empty() && (is_told || !options.json && asks(options)?);
    if is_wanted {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let what = text!(th: "นำเข้า {name}", en: "import of {name}");
        if let Err(Conflict(path)) = edits::carry_out(&options.root, &what, &changes)? {
            let words = text!(
                th: "{path} ถูกแก้ระหว่างนี้ จึงไม่ได้เขียนอะไร สั่งใหม่อีกครั้ง",
                en: "{path} was changed meanwhile, so nothing was written; run this again"
            );
            report::failure(&words, options.lang);
            return Ok(PROBLEMS);
        }
    }
    if options.json {
        report::plain(&format!("{}\n", as_json(plan, is_wanted)));
    } else {
        report::say(options, &last_line(plan, changes.len(), is_wanted));
    }
    Ok(if is_wrong { PROBLEMS } else { 0 })
}

fn last_line(plan: &Plan, n_changes: usize, is_written: bool) -> Text {
    let n_problems = plan.problems.len();
    match (n_problems, n_changes) {
        (1.., _) => text!(
            th: "พบที่ต้องแก้ {n_problems} แห่ง จึงไม่ได้เขียนอะไร แก้ในตารางแล้วสั่งใหม่ หรือใช้ --skip-bad-rows",
            en: "{n_problems} problems, so nothing was written; correct the table and run this again, or use --skip-bad-rows"
        ),
        (0, 0) => text!(th: "ไม่มีอะไรเปลี่ยน", en: "nothing changes"),
        _ if is_written => text!(
            th: "เขียนแล้ว {n_changes} ไฟล์ ย้อนกลับด้วย prongsai undo ตรวจต่อด้วย prongsai check",
            en: "wrote {n_changes} files; prongsai undo takes this back, prongsai check checks it"
        ),
        _ => text!(th: "ยังไม่ได้เขียนอะไร เขียนด้วย --yes", en: "nothing written; run with --yes"),
    }
}

/// Asks on a terminal; elsewhere nobody can answer.
fn asks(options: &Options) -> io::Result<bool> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Ok(false);
    }
    report::plain(text!(th: "เขียนตามนี้หรือไม่ (y/N) ", en: "Write this? (y/N) ").get(options.lang));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "ใช่"))
}

/// The plan for people: each file with its fields, old → new.
fn shown(plan: &Plan, lang: Lang) -> String {
    let mut out = String::new();
    let mut line = |words: &Text| {
        out.push_str(words.get(lang));
        out.push('\n');
    };
    for file in plan.files.iter().filter(|file| file.state != State::Unchanged) {
        let path = &file.change.path;
        match file.state {
            State::New => line(&text!(th: "ใหม่   {path}", en: "new      {path}")),
            _ => line(&text!(th: "เปลี่ยน {path}", en: "changed  {path}")),
        }
        for change in file.fields.iter().take(MAX_FIELDS) {
            let Text { th, en } = &change.label;
            let (old, new) = (short(&change.old), short(&change.new));
            let values = match (change.old.is_empty(), change.new.is_empty()) {
                (true, _) => new,
                (false, true) => format!("{old} → –"),
                _ => format!("{old} → {new}"),
            };
            line(&text!(th: "    {th}: {values}", en: "    {en}: {values}"));
        }
        let n_more = file.fields.len().saturating_sub(MAX_FIELDS);
        if n_more > 0 {
            line(&text!(th: "    และอีก {n_more} ช่อง", en: "    and {n_more} more"));
        }
    }
    let n_same = plan.files.iter().filter(|file| file.state == State::Unchanged).count();
    if n_same > 0 {
        line(&text!(th: "ไม่เปลี่ยน {n_same} ไฟล์", en: "unchanged: {n_same} files"));
    }
    for path in &plan.lacking {
        line(&text!(th: "ไม่มีในตาราง คงไว้: {path}", en: "not in the table, stays: {path}"));
    }
    for notice in &plan.notices {
        let Text { th, en } = told(notice);
        line(&text!(th: "หมายเหตุ: {th}", en: "note: {en}"));
    }
    for problem in &plan.problems {
        let Text { th, en } = told(problem);
        line(&text!(th: "ต้องแก้: {th}", en: "problem: {en}"));
    }
    out
}

/// A problem in one line: where, what, what to do.
pub(super) fn told(problem: &Problem) -> Text {
    let mut words = problem.message.clone();
    if let Some(place) = &problem.place {
        let Text { th, en } = place.words();
        words = Text { th: format!("{th}: {}", words.th), en: format!("{en}: {}", words.en) };
    }
    if let Some(help) = &problem.help {
        words = Text { th: format!("{} ({})", words.th, help.th), en: format!("{} ({})", words.en, help.en) };
    }
    words
}

fn short(value: &str) -> String {
    let known = labels::word(value).map_or_else(|| value.to_owned(), |label| format!("{value} ({})", label.th));
    let one_line = known.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: Vec<char> = one_line.chars().take(MAX_LETTERS + 1).collect();
    if letters.len() <= MAX_LETTERS {
        return one_line;
    }
    // A mark above or below a letter is not left without it, nor the letter without the mark.
    let is_mark = |c: char| matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{e33}');
    let mut end = MAX_LETTERS;
    while end > 0 && is_mark(letters[end]) {
        end -= 1;
    }
    letters[..end].iter().collect::<String>() + "…"
}

fn as_json(plan: &Plan, is_written: bool) -> Json {
    let problem = |problem: &Problem| {
        let place = problem.place.as_ref();
        json!({
            "sheet": place.and_then(|place| place.sheet.clone()),
            "row": place.map(|place| place.row),
            "column": place.and_then(|place| place.column).map(sheets::letters),
            "message": problem.message,
            "help": problem.help,
        })
    };
    let files = plan.files.iter().map(|file| {
        let fields = file.fields.iter().map(|change| {
            json!({ "field": change.field, "label": change.label, "old": change.old, "new": change.new })
        });
        json!({ "path": file.change.path.as_str(), "state": file.state, "row": file.place.row, "fields": fields.collect::<Vec<_>>() })
    });
    json!({
        "files": files.collect::<Vec<_>>(),
        "lacking": plan.lacking.iter().map(SourcePath::as_str).collect::<Vec<_>>(),
        "notices": plan.notices.iter().map(problem).collect::<Vec<_>>(),
        "problems": plan.problems.iter().map(problem).collect::<Vec<_>>(),
        "written": is_written,
    })
}

fn refuse(options: &Options, words: &Text) -> u8 {
    report::failure(words, options.lang);
    USAGE_OR_DISK
}
