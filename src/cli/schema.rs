//! `schema`: writes the JSON Schemas of the content files, and tells editors which file has which.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;

use super::args::Say;
use super::{Options, PROBLEMS, report};
use crate::desk::schema::{FOLDER, association_files, schemas, shown};
use crate::diagnostic::{Text, text};
use crate::publish::edits::{self, Change};
use crate::source::SourcePath;

pub(super) fn command(say: Say) -> Command {
    let output =
        Arg::new("output").short('o').long("output").value_name("DIR").value_parser(value_parser!(PathBuf)).help(say.text(
            "เขียนเฉพาะ schema ลงโฟลเดอร์นี้ ไม่แตะโฟลเดอร์ของเว็บไซต์",
            "Write the schemas alone to this folder, and nothing to the site",
        ));
    say.subcommand(
        "schema",
        say.text("เขียน JSON Schema ให้โปรแกรมแก้ไฟล์ตรวจขณะพิมพ์", "Write JSON Schemas, so that editors check while you type"),
        say.text(
            "เขียน schemas/ .taplo.toml และ .vscode/ ในโฟลเดอร์ของเว็บไซต์ ไฟล์ .taplo.toml และ .vscode/ ที่ท่านมีอยู่แล้วไม่ถูกเขียนทับ ไฟล์ .md ตรวจด้วย prongsai check เพราะโปรแกรมแก้ TOML ไม่อ่านข้อมูลระหว่าง +++",
            "Writes schemas/, .taplo.toml and .vscode/ to the site folder; a .taplo.toml or .vscode/ that you have is not overwritten. The fields of .md files lie between +++, which editors of TOML do not read: prongsai check does.",
        ),
    )
    .arg(output)
}

/// Writes them.
#[expect(clippy::disallowed_methods, reason = "only a folder that is a site is given them")]
pub(super) fn schema(options: &Options, matches: &ArgMatches) -> io::Result<u8> {
    if let Some(folder) = matches.get_one::<PathBuf>("output") {
        write(folder)?;
        let (n, shown) = (schemas().len(), folder.display());
        said(options, &[], n, &text!(th: "เขียน {n} ไฟล์ลง {shown} แล้ว", en: "wrote {n} files to {shown}"));
        return Ok(0);
    }
    if !options.root.join("content").is_dir() {
        return Err(io::ErrorKind::NotFound.into());
    }
    let (changes, kept) = changes(&options.root)?;
    let what = text!(th: "เขียน schema", en: "write the schemas");
    if let Err(edits::Conflict(path)) = edits::carry_out(&options.root, &what, &changes)? {
        report::failure(
            &text!(th: "{path} ถูกแก้ในระหว่างนี้ สั่งใหม่อีกครั้ง", en: "{path} was changed meanwhile; run it again"),
            options.lang,
        );
        return Ok(PROBLEMS);
    }
    let n = changes.len();
    said(
        options,
        &kept,
        n,
        &text!(
            th: "เขียน {n} ไฟล์แล้ว (schemas/ .taplo.toml .vscode/) ย้อนกลับได้ด้วย prongsai undo",
            en: "wrote {n} files (schemas/, .taplo.toml, .vscode/); prongsai undo takes them back"
        ),
    );
    Ok(0)
}

/// What differs from what is there, and the files of others, which stay.
pub(super) fn changes(root: &Path) -> io::Result<(Vec<Change>, Vec<SourcePath>)> {
    let (mut changes, mut kept) = (Vec::new(), Vec::new());
    for (path, bytes) in association_files() {
        let before = edits::read_source(root, &path)?;
        if before.as_ref() == Some(&bytes) {
            continue;
        }
        if before.is_some() && !path.is_under(FOLDER) {
            kept.push(path);
        } else {
            changes.push(Change { path, before, after: Some(bytes) });
        }
    }
    Ok((changes, kept))
}

fn said(options: &Options, kept: &[SourcePath], n: usize, words: &Text) {
    if options.json {
        let kept: Vec<&str> = kept.iter().map(SourcePath::as_str).collect();
        return report::plain(&format!("{}\n", json!({ "written": n, "kept": kept })));
    }
    report::say(options, words);
    for path in kept {
        report::say(options, &text!(th: "{path} เป็นของท่านอยู่แล้ว จึงไม่แตะ", en: "{path} is yours already and stays as it is"));
    }
}

#[expect(clippy::disallowed_methods, reason = "a folder that was named, outside of the site")]
fn write(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for schema in schemas() {
        std::fs::write(folder.join(format!("{}.json", schema.name)), shown(&schema.json))?;
    }
    Ok(())
}
