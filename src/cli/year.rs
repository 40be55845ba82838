//! `year`: starts the next fiscal year, and says what is new in its form.

use std::fmt::Write as _;
use std::io;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::args::Say;
use super::{Options, PROBLEMS, USAGE_OR_DISK, report};
use crate::desk::year::{Fate, ItemPlan, Plan, plan};
use crate::diagnostic::{Diagnostics, Lang, Text, text};
use crate::publish::edits;
use crate::site::coverage::Status;
use crate::source;
use crate::thai::FiscalYear;
use crate::thai::date::{BUDDHIST_ERA, DateProblem};

pub(super) fn command(say: Say) -> Command {
    let year = Arg::new("year")
        .value_name("YEAR")
        .required(true)
        .help(say.text("ปีงบประมาณที่จะเริ่ม (พ.ศ.)", "The fiscal year to start (Buddhist Era)"));
    let dry = Arg::new("dry-run")
        .long("dry-run")
        .action(ArgAction::SetTrue)
        .help(say.text("แสดงอย่างเดียว ไม่เขียน", "Only show, write nothing"));
    say.subcommand(
        "year",
        say.text("เริ่มปีงบประมาณใหม่", "Start the next fiscal year"),
        say.text(
            "เปลี่ยนปีใน content/site.toml นำหน้าที่ยังใช้ได้มาต่อ ร่างหน้าที่ต้องทำใหม่พร้อมสิ่งที่แบบถาม (draft = true ยังไม่ขึ้นเว็บไซต์) และบอกว่าแบบปีใหม่ต่างจากเดิมอย่างไร หน้าของปีเก่าอยู่ที่เดิมทุกหน้า ไม่เขียนทับไฟล์ใด ย้อนกลับได้ด้วย prongsai undo",
            "Changes the year in content/site.toml, carries over the pages that are still valid, drafts those that must be renewed with what the form asks (draft = true: not published), and says how the form differs. Every page of the old year stays where it is. No file is overwritten; prongsai undo takes it all back.",
        ),
    )
    .args([year, dry])
}

/// Starts the year, or shows what it would do.
pub(super) fn year(options: &Options, matches: &ArgMatches) -> io::Result<u8> {
    let typed = matches.get_one::<String>("year").map(String::as_str).unwrap_or_default();
    let to = match FiscalYear::parse(typed) {
        Ok(year) => year,
        Err(problem) => {
            report::failure(&not_a_year(typed, problem), options.lang);
            return Ok(USAGE_OR_DISK);
        }
    };
    let sources = source::discover(&options.root)?;
    let site = crate::analyse(&sources, &mut Diagnostics::default());
    let plan = match plan(&site, &sources, to) {
        Ok(plan) => plan,
        Err(why) => {
            report::failure(&why, options.lang);
            return Ok(PROBLEMS);
        }
    };
    let is_dry = matches.get_flag("dry-run");
    if !is_dry && let Err(edits::Conflict(path)) = edits::carry_out(&options.root, &plan.what(), &plan.changes)? {
        let words = text!(
            th: "{path} ถูกแก้ในระหว่างนี้ จึงไม่ได้เขียนอะไร สั่งใหม่อีกครั้ง",
            en: "{path} was changed meanwhile, so nothing was written; run it again"
        );
        report::failure(&words, options.lang);
        return Ok(PROBLEMS);
    }
    if options.json {
        report::plain(&format!("{}\n", as_json(&plan, is_dry)));
    } else {
        report::plain(&words(&plan, is_dry, options.lang));
    }
    Ok(0)
}

fn not_a_year(typed: &str, problem: DateProblem) -> Text {
    match problem {
        DateProblem::ChristianYear(year) => {
            let meant = year + BUDDHIST_ERA;
            text!(
                th: "{year} เป็น ค.ศ. ปีงบประมาณใช้ พ.ศ. คือ {meant} สั่ง prongsai year {meant}",
                en: "{year} is of the Christian era; in the Buddhist Era it is {meant}: run prongsai year {meant}"
            )
        }
        _ => text!(th: "`{typed}` ไม่ใช่ปี พิมพ์ปี พ.ศ. สี่หลัก", en: "`{typed}` is not a year; type four digits of the Buddhist Era"),
    }
}

fn as_json(plan: &Plan, is_dry: bool) -> serde_json::Value {
    let files: Vec<&str> = plan.changes.iter().map(|change| change.path.as_str()).collect();
    let new: Vec<_> = plan.difference.items.iter().filter(|item| item.before.is_none()).map(|item| item.item).collect();
    json!({
        "from": plan.from, "to": plan.to, "dry_run": is_dry, "form": plan.difference.items, "new": new,
        "gone": plan.difference.gone, "items": plan.items, "papers": plan.papers, "written": files,
    })
}

/// The whole list in words.
fn words(plan: &Plan, is_dry: bool, lang: Lang) -> String {
    let mut out = String::new();
    let mut line = |words: Text| {
        out.push_str(words.get(lang));
        out.push('\n');
    };
    let (from, to) = (plan.from, plan.to);
    form(plan, &mut line);
    for (fate, head) in [
        (
            Fate::Carried,
            text!(th: "\nใช้ต่อ (หน้าเดิมยังตอบแบบปี {to} ตรวจอ่านอีกครั้ง)", en: "\nCarried over: these pages still answer the form of {to}; read them once more"),
        ),
        (Fate::Drafted, text!(th: "\nต้องทำใหม่ (ฉบับร่าง ยังไม่ขึ้นเว็บไซต์)", en: "\nTo be renewed: drafts, which nobody sees yet")),
        (Fate::Kept, text!(th: "\nมีอยู่แล้ว ไม่แตะต้อง", en: "\nThere already, left as they are")),
        (Fate::Elsewhere, text!(th: "\nตอบด้วยข้อมูลที่ไม่แยกปี", en: "\nAnswered by what goes by no year")),
    ] {
        let items: Vec<&ItemPlan> = plan.items.iter().filter(|item| item.fate == fate).collect();
        let papers: Vec<_> =
            plan.papers.iter().filter(|paper| paper.fate == fate && !items.iter().any(|item| item.path == paper.path)).collect();
        if items.is_empty() && papers.is_empty() {
            continue;
        }
        line(head);
        for item in items {
            let (id, path, Text { th, en }) = (item.item, &item.path, &item.title);
            // Of a draft the whole is lacking, which need not be said.
            let lack =
                item.lacks.first().filter(|_| matches!(fate, Fate::Kept | Fate::Elsewhere) && item.status != Status::Complete);
            match lack {
                Some(Text { th: lack_th, en: lack_en }) => {
                    line(text!(th: "  {id} {th}: {path} ({lack_th})", en: "  {id} {en}: {path} ({lack_en})"));
                }
                None => line(text!(th: "  {id} {th}: {path}", en: "  {id} {en}: {path}")),
            }
        }
        for paper in papers {
            let path = &paper.path;
            line(text!(th: "  {path}", en: "  {path}"));
        }
    }
    let n = plan.changes.len();
    if is_dry {
        line(
            text!(th: "\nยังไม่ได้เขียน จะเขียน {n} ไฟล์ถ้าไม่ใส่ --dry-run", en: "\nNothing was written; {n} files would be without --dry-run"),
        );
    } else {
        line(text!(
            th: "\nเริ่มปีงบประมาณ {to} แล้ว เขียน {n} ไฟล์ หน้าของปี {from} อยู่ที่อยู่เดิม ย้อนกลับได้ด้วย prongsai undo\nต่อไป: เขียนฉบับร่างแต่ละไฟล์ ลบ draft = true แล้วสั่ง prongsai check",
            en: "\nFiscal year {to} is started: {n} files written. The pages of {from} stay at their addresses. prongsai undo takes it back.\nNext: write each draft, remove its draft = true, then prongsai check"
        ));
    }
    out
}

/// What is new in the form, moved, gone.
fn form(plan: &Plan, line: &mut impl FnMut(Text)) {
    let (from, to, difference) = (plan.from, plan.to, &plan.difference);
    let n = difference.items.len();
    line(text!(th: "แบบ OIT ปี {to} มี {n} ข้อ ต่างจากปี {from} ดังนี้", en: "The form of {to} has {n} items. Compared with {from}:"));
    for item in difference.items.iter().filter(|item| item.before.is_none()) {
        let (id, Text { th, en }) = (item.item, &item.title);
        line(text!(th: "  ใหม่  {id} {th}", en: "  new    {id} {en}"));
    }
    for (item, before) in difference.items.iter().filter_map(|item| Some((item, item.before?))) {
        let (id, Text { th, en }) = (item.item, &item.title);
        let (mut more_th, mut more_en) = (String::new(), String::new());
        if item.asks_another_time {
            more_th.push_str(" ถามช่วงเวลาต่างจากเดิม");
            more_en.push_str(", asks about another time");
        }
        if !item.new_requirements.is_empty() {
            let ids = item.new_requirements.join(", ");
            let _ = write!(more_th, " ข้อกำหนดใหม่ {ids}");
            let _ = write!(more_en, ", new requirements {ids}");
        }
        if before != id {
            line(text!(th: "  ย้าย  {before} → {id} {th}{more_th}", en: "  moved  {before} → {id} {en}{more_en}"));
        } else if !more_th.is_empty() {
            line(text!(th: "  เปลี่ยน {id} {th}{more_th}", en: "  other  {id} {en}{more_en}"));
        }
    }
    for gone in &difference.gone {
        let (id, Text { th, en }) = (gone.item, &gone.title);
        line(text!(th: "  ตัดออก {id} {th} (หน้าเดิมยังอยู่)", en: "  gone   {id} {en} (its page stays)"));
    }
}
