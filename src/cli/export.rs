//! `export`: content files → a workbook or CSV file for offices, which `import` reads back unchanged.

use std::io;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use super::args::Say;
use super::{Options, USAGE_OR_DISK, import, report};
use crate::desk::sheets::{self, Kind, kind};
use crate::diagnostic::{Text, text};
use crate::{publish, source};

/// The file when none is named.
const FILE: &str = "prongsai-export.xlsx";

/// What the command accepts.
pub(super) fn command(say: Say) -> Command {
    let what = Arg::new("what")
        .value_name("KIND")
        .num_args(0..)
        .value_parser(PossibleValuesParser::new(kind::KINDS.iter().map(|kind| kind.folder)))
        .hide_possible_values(true)
        .help(say.text(
            "ตารางที่ต้องการ: executives, measures, progress, results, news, channels ค่าตั้งต้นคือทุกตาราง",
            "The tables: executives, measures, progress, results, news, channels [default: all]",
        ));
    let output =
        Arg::new("output").short('o').long("output").value_name("FILE").value_parser(value_parser!(PathBuf)).help(say.text(
            "ไฟล์ .xlsx หรือ .csv (หนึ่งตาราง) ค่าตั้งต้นคือ prongsai-export.xlsx",
            "The .xlsx file, or .csv for one table [default: prongsai-export.xlsx]",
        ));
    let force = Arg::new("force")
        .long("force")
        .action(ArgAction::SetTrue)
        .help(say.text("เขียนทับไฟล์ที่มีอยู่", "Write over a file that is there"));
    say.subcommand(
        "export",
        say.text("เขียนเนื้อหาเป็นตาราง Excel หรือ CSV", "Write the content as tables of Excel or CSV"),
        say.text(
            "แก้ในตารางแล้วนำกลับด้วย prongsai import ถ้าไม่ได้แก้อะไร นำกลับแล้วไม่มีไฟล์ใดเปลี่ยน",
            "Edit the tables and take them back with prongsai import. Without an edit nothing changes.",
        ),
    )
    .args([what, output, force])
}

/// Writes the tables.
#[expect(clippy::disallowed_methods, reason = "the command line tells a file that is there from a new one")]
pub(super) fn run(options: &Options, matches: &ArgMatches) -> io::Result<u8> {
    let named: Vec<&String> = matches.get_many::<String>("what").unwrap_or_default().collect();
    let kinds: Vec<&'static Kind> =
        kind::KINDS.iter().filter(|kind| named.is_empty() || named.iter().any(|name| *name == kind.folder)).collect();
    let path = matches.get_one::<PathBuf>("output").cloned().unwrap_or_else(|| PathBuf::from(FILE));
    let shown = path.display();
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    let refused = match extension.as_str() {
        "csv" if kinds.len() != 1 => Some(text!(
            th: "CSV เก็บได้ตารางเดียว เช่น prongsai export executives -o {shown}",
            en: "a CSV file holds one table, as in prongsai export executives -o {shown}"
        )),
        "csv" | "xlsx" => None,
        _ => Some(text!(th: "--output ต้องลงท้ายด้วย .xlsx หรือ .csv", en: "--output must end in .xlsx or .csv")),
    };
    let refused = refused.or_else(|| {
        let is_there = path.exists() && !matches.get_flag("force");
        is_there.then(|| text!(th: "มี {shown} อยู่แล้ว จึงไม่เขียนทับ ใช้ --force หรือ -o ชื่ออื่น", en: "{shown} is there already and is left alone; use --force, or another name with -o"))
    });
    if let Some(words) = refused {
        report::failure(&words, options.lang);
        return Ok(USAGE_OR_DISK);
    }
    let mut memory = crate::attachments(&options.root);
    let sources = source::discover_again(&options.root, None, &mut memory)?;
    let export = sheets::export(&options.root, sources, &kinds)?;
    let bytes = match (extension.as_str(), export.tables.as_slice()) {
        ("csv", [table]) => sheets::csv(table),
        (_, tables) => sheets::xlsx(tables),
    };
    publish::write_file(&path, &bytes)?;
    if options.json {
        let tables: Vec<_> =
            export.tables.iter().map(|table| json!({ "kind": table.kind.folder, "rows": table.n_rows() })).collect();
        report::plain(&format!("{}\n", json!({ "file": path.to_string_lossy(), "tables": tables })));
        return Ok(0);
    }
    for notice in &export.notices {
        let Text { th, en } = import::told(notice);
        report::say(options, &text!(th: "หมายเหตุ: {th}", en: "note: {en}"));
    }
    let n_rows: usize = export.tables.iter().map(sheets::Table::n_rows).sum();
    let n_tables = export.tables.len();
    report::say(
        options,
        &text!(th: "เขียน {shown} แล้ว {n_tables} ตาราง {n_rows} แถว", en: "wrote {shown}: {n_tables} tables, {n_rows} rows"),
    );
    Ok(0)
}
