//! `new`: a file of the right name in the right place, with the fields of its type to fill in.

use std::io;

use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::civil::Date;
use serde_json::{Map, Value as Json};

use super::args::Say;
use super::{Options, PROBLEMS, USAGE_OR_DISK, report};
use crate::catalog::Item;
use crate::content::{FOLDERS, Folder};
use crate::desk::blank::Wish;
use crate::desk::drafts::{draft_of_item, is_answered_by_page};
use crate::desk::start;
use crate::diagnostic::{Diagnostics, Text, text};
use crate::fields::{Shape, nearest};
use crate::publish::edits::{self, Change, Conflict};
use crate::site::Site;
use crate::source::{self, SourcePath};
use crate::thai::{Code, FiscalYear};

/// Names of the types as people type them, and their folders.
const TYPES: [(&str, &str); 10] = [
    ("executive", "executives"),
    ("measure", "measures"),
    ("progress", "progress"),
    ("disclosure", "disclosures"),
    ("news", "news"),
    ("page", "pages"),
    ("channel", "channels"),
    ("survey", "surveys"),
    ("results", "results"),
    ("analysis", "analysis"),
];

/// The command for the command line.
pub(super) fn command(say: Say) -> Command {
    let types = TYPES.map(|(name, _)| name).join("|");
    let kind = Arg::new("type").value_name("TYPE").required(true).help(format!("{}: {types}", say.text("ชนิด", "What it is")));
    let name = Arg::new("name")
        .value_name("NAME")
        .help(say.text("ชื่อ-สกุล ชื่อเรื่อง หรือข้อในแบบ (disclosure O11)", "Name, title, or item of the form (disclosure O11)"));
    let year = say.value(
        "year",
        "YEAR",
        "ปีงบประมาณ หรือครึ่งปี เช่น 2566-h1 ค่าตั้งต้นตาม site.toml",
        "Fiscal year, or half such as 2566-h1 [default: that of site.toml]",
    );
    let slug = say.value("slug", "SLUG", "ชื่อไฟล์ ซึ่งเป็นที่อยู่หน้า", "Name of the file, which is the page's address");
    let set = say
        .value("set", "KEY=VALUE", "กรอกช่องนี้เลย (ใส่ได้หลายครั้ง)", "Fill in a field, any number of times")
        .action(ArgAction::Append);
    say.subcommand(
        "new",
        say.text("เพิ่มไฟล์ใหม่ให้ถูกที่", "Add a file in the right place"),
        say.text(
            "ตั้งชื่อไฟล์ให้ พร้อมช่องให้กรอกและคำอธิบาย ถ้ายังขาดช่องที่ต้องมี จะเป็นฉบับร่าง (draft = true) ซึ่งยังไม่เผยแพร่\nเช่น prongsai new executive \"นางสมมุติ ตัวอย่าง\" --set phone=\"0 4212 3456\"",
            "Names the file, with fields to fill in and what they are. While a required field is empty it is a draft (draft = true), which is not published.\nFor example: prongsai new executive \"Name Surname\" --set phone=\"0 4212 3456\"",
        ),
    )
    .args([kind, name, year, slug, set, say.today("วันที่ของข่าวหรือประกาศ ค่าตั้งต้นคือวันนี้", "Day of the post [default: today]")])
}

/// What is wrong with what was typed.
struct Wrong(Text);

/// Adds a file; exit code 1 when it is there already, 2 when what was typed means nothing.
pub(super) fn new(options: &Options, matches: &ArgMatches, today: Date) -> io::Result<u8> {
    let sources = source::discover(&options.root)?;
    let site = crate::analyse(&sources, &mut Diagnostics::default());
    let (path, bytes) = match file(&site, matches, today) {
        Ok(file) => file,
        Err(Wrong(words)) => {
            report::failure(&words, options.lang);
            return Ok(USAGE_OR_DISK);
        }
    };
    let what = text!(th: "เพิ่ม {path}", en: "added {path}");
    let is_draft = String::from_utf8_lossy(&bytes).lines().any(|line| line.trim() == "draft = true");
    let change = Change { path: path.clone(), before: None, after: Some(bytes) };
    if let Err(Conflict(path)) = edits::carry_out(&options.root, &what, &[change])? {
        report::failure(&text!(th: "{path} มีอยู่แล้ว ไม่เขียนทับ", en: "{path} is there already and was left as it is"), options.lang);
        return Ok(PROBLEMS);
    }
    if options.json {
        report::plain(&format!("{}\n", serde_json::json!({ "created": path.as_str(), "draft": is_draft })));
        return Ok(0);
    }
    report::say(options, &what);
    let next = if is_draft {
        text!(
            th: "เป็นฉบับร่าง กรอกให้ครบแล้วลบบรรทัด draft = true (แก้ในเบราว์เซอร์ได้ด้วย prongsai serve, ยกเลิกด้วย prongsai undo)",
            en: "it is a draft: fill it in and remove the line draft = true (prongsai serve edits it in the browser, prongsai undo takes it back)"
        )
    } else {
        text!(th: "ตรวจด้วย prongsai check, ยกเลิกด้วย prongsai undo", en: "check it with prongsai check; prongsai undo takes it back")
    };
    report::say(options, &next);
    Ok(0)
}

fn file(site: &Site, matches: &ArgMatches, today: Date) -> Result<(SourcePath, Vec<u8>), Wrong> {
    let typed = matches.get_one::<String>("type").expect("clap asks for it").to_lowercase();
    let folder = folder_of(&typed)?;
    let name = matches.get_one::<String>("name").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let asked = folder.asked();
    let title = if folder.name == "executives" { "name" } else { "title" };
    let asks_for_title = asked.iter().any(|asked| asked.key == title);
    // What has no title is named by its year.
    let is_year = !asks_for_title && folder.name != "disclosures";
    let period = period(matches.get_one::<String>("year").or_else(|| name.as_ref().filter(|_| is_year)))?;
    let year = period.as_ref().map_or(site.fiscal_year(), |(year, _)| *year);
    if folder.name == "disclosures" {
        return disclosure(site, name.as_deref(), year);
    }
    let mut values = values(folder, matches)?;
    if let Some(name) = name.filter(|_| asks_for_title) {
        values.entry(title).or_insert(Json::String(name));
    }
    if asked.iter().any(|asked| asked.key == "fiscal_year") {
        values.entry("fiscal_year").or_insert(Json::String(year.to_string()));
    }
    if folder.name == "news" {
        values.entry("date").or_insert(Json::String(crate::thai::date::long_th(today)));
    }
    let wish = Wish { folder, slug: matches.get_one::<String>("slug").cloned(), period: period.map(|(_, typed)| typed), values };
    // What they say is still to be written below their fields.
    let is_text = matches!(folder.name, "news" | "pages");
    Ok((wish.path(site, year, today), if is_text { start::draft(&wish) } else { wish.file() }))
}

fn folder_of(typed: &str) -> Result<&'static Folder, Wrong> {
    let by_name = TYPES.iter().find(|(name, folder)| *name == typed || *folder == typed);
    let by_label =
        || FOLDERS.iter().find(|folder| crate::fields::labels::folder(folder.name).is_some_and(|label| label.th == typed));
    if let Some(folder) = by_name.and_then(|(_, folder)| Folder::named(folder)).or_else(by_label) {
        return Ok(folder);
    }
    let names = TYPES.map(|(name, _)| name);
    let near = nearest(typed, &names).map_or_else(|| names.join(", "), str::to_owned);
    Err(Wrong(text!(th: "ไม่มีชนิด `{typed}` ลอง: {near}", en: "there is no type `{typed}`; try: {near}")))
}

/// `2566`, or `2566-h1`, with its year.
fn period(typed: Option<&String>) -> Result<Option<(FiscalYear, String)>, Wrong> {
    let Some(typed) = typed else { return Ok(None) };
    let arabic = crate::thai::digits::to_arabic(typed.trim()).to_lowercase();
    let (year, part) = arabic.split_once('-').map_or((arabic.as_str(), None), |(year, part)| (year, Some(part)));
    let is_part = part.is_none_or(|part| matches!(part, "h1" | "h2" | "q1" | "q2" | "q3" | "q4"));
    match FiscalYear::parse(year) {
        Ok(year) if is_part => {
            let typed = part.map_or_else(|| year.to_string(), |part| format!("{year}-{part}"));
            Ok(Some((year, typed)))
        }
        _ => Err(Wrong(
            text!(th: "`{typed}` ไม่ใช่ปี พ.ศ. หรือครึ่งปี พิมพ์เช่น 2566 หรือ 2566-h1", en: "`{typed}` is no year of the Buddhist Era or half; type it like 2566 or 2566-h1"),
        )),
    }
}

/// What `--set` says, for fields that the type has.
fn values(folder: &Folder, matches: &ArgMatches) -> Result<Map<String, Json>, Wrong> {
    let asked = folder.asked();
    let mut values = Map::new();
    for pair in matches.get_many::<String>("set").unwrap_or_default() {
        let Some((key, value)) = pair.split_once('=') else {
            return Err(Wrong(text!(th: "`--set {pair}` ต้องเป็น ชื่อช่อง=ค่า", en: "`--set {pair}` has to be KEY=VALUE")));
        };
        let key = key.trim();
        let Some(field) = asked.iter().find(|field| field.key == key && field.shape != Shape::Table) else {
            let keys: Vec<&str> = asked.iter().filter(|field| field.shape != Shape::Table).map(|field| field.key).collect();
            let near = nearest(key, &keys).map_or_else(|| keys.join(", "), str::to_owned);
            return Err(Wrong(text!(th: "ไม่มีช่อง `{key}` ลอง: {near}", en: "there is no field `{key}`; try: {near}")));
        };
        let value = Json::String(value.trim().to_owned());
        values.insert(key.to_owned(), if field.is_list { Json::Array(vec![value]) } else { value });
    }
    Ok(values)
}

/// The page of an item, given its code or its topic.
fn disclosure(site: &Site, name: Option<&str>, year: FiscalYear) -> Result<(SourcePath, Vec<u8>), Wrong> {
    let Some(form) = site.catalogs.of(year) else {
        return Err(Wrong(text!(th: "ไม่มีแบบของปี {year}", en: "there is no form of {year}")));
    };
    let Some(name) = name else {
        return Err(Wrong(
            text!(th: "ระบุข้อ เช่น prongsai new disclosure O11", en: "name an item, as in prongsai new disclosure O11"),
        ));
    };
    let code = Code::item(name);
    let is_meant = |item: &&Item| code == Some(item.id) || item.topic == name;
    let Some(item) = form.items.iter().find(is_meant) else {
        let topics: Vec<&str> = form.items.iter().map(|item| item.topic.as_str()).collect();
        let near = nearest(name, &topics).map_or_else(|| "prongsai audit".to_owned(), str::to_owned);
        return Err(Wrong(
            text!(th: "แบบปี {year} ไม่มีข้อ `{name}` ลอง: {near}", en: "the form of {year} has no item `{name}`; try: {near}"),
        ));
    };
    if !is_answered_by_page(item) {
        let (id, how) = (item.id, item.requirements.first().map(|requirement| requirement.kind.how()).unwrap_or_default());
        let (how_th, how_en) = (how.th, how.en);
        return Err(Wrong(text!(
            th: "ข้อ {id} ไม่ได้ตอบด้วยหน้าใน disclosures/ แต่ด้วย: {how_th}",
            en: "{id} is not answered by a page of disclosures/, but by: {how_en}"
        )));
    }
    Ok((SourcePath::new(&format!("content/disclosures/{year}/{}.md", item.topic)), draft_of_item(item, year, None)))
}
