//! `cms`: writes the configuration of a CMS in the browser, and says how to put it up.

use std::io;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use super::args::Say;
use super::{Options, PROBLEMS, USAGE_OR_DISK, report};
use crate::desk::cms::{Backend, MARK, files};
use crate::diagnostic::{Diagnostics, text};
use crate::publish::edits::{self, Change};
use crate::source;

pub(super) fn command(say: Say) -> Command {
    let repo = Arg::new("repo")
        .long("repo")
        .value_name("OWNER/NAME")
        .required(true)
        .help(say.text("ที่เก็บ content/ เช่น tessaban/website", "Where content/ is kept, such as tessaban/website"));
    let backend = Arg::new("backend")
        .long("backend")
        .value_name("github|gitlab|gitea")
        .value_parser(PossibleValuesParser::new(["github", "gitlab", "gitea"]))
        .hide_possible_values(true)
        .default_value("github")
        .hide_default_value(true)
        .help(say.text("ผู้ให้บริการ ค่าตั้งต้นคือ github", "The service [default: github]"));
    let branch = Arg::new("branch")
        .long("branch")
        .value_name("NAME")
        .default_value("main")
        .hide_default_value(true)
        .help(say.text("สาขาที่แก้ ค่าตั้งต้นคือ main", "The branch that is changed [default: main]"));
    say.subcommand(
        "cms",
        say.text("เขียนการตั้งค่าของ CMS (Sveltia, Decap) สำหรับผู้ที่แก้เนื้อหาในเบราว์เซอร์", "Write the configuration of a CMS in the browser (Sveltia, Decap)"),
        say.text(
            "เขียน cms/index.html และ cms/config.yml ซึ่งไม่เผยแพร่กับเว็บไซต์ ต้องนำไปวางเอง CMS เขียนไฟล์ใหม่ทั้งไฟล์ คำอธิบาย (#) ในไฟล์จึงหาย จึงไม่รวม site.toml",
            "Writes cms/index.html and cms/config.yml, which are not published with the site: you put them up yourself. A CMS writes whole files anew and their comments are lost, so site.toml is not among them.",
        ),
    )
    .args([repo, backend, branch])
}

/// Writes the files.
pub(super) fn cms(options: &Options, matches: &ArgMatches) -> io::Result<u8> {
    let word = |name: &str| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let backend = Backend { name: word("backend"), repo: word("repo"), branch: word("branch") };
    let is_repo = |repo: &str| {
        repo.split('/').count() >= 2 && repo.split('/').all(|part| !part.is_empty() && !part.contains(char::is_whitespace))
    };
    if !is_repo(&backend.repo) {
        let typed = &backend.repo;
        let words = text!(th: "`{typed}` ไม่ใช่ที่เก็บ พิมพ์เช่น tessaban/website", en: "`{typed}` is no repository; type it like tessaban/website");
        report::failure(&words, options.lang);
        return Ok(USAGE_OR_DISK);
    }
    let sources = source::discover(&options.root)?;
    let site = crate::analyse(&sources, &mut Diagnostics::default());
    let mut changes = Vec::new();
    for (path, bytes) in files(&site, &backend) {
        let before = edits::read_source(&options.root, &path)?;
        let is_ours = before.as_ref().is_none_or(|before| String::from_utf8_lossy(before).contains(MARK));
        if !is_ours {
            let words = text!(th: "{path} ไม่ได้มาจากโปรแกรมนี้ จึงไม่เขียนทับ ย้ายไฟล์นั้นก่อน", en: "{path} is not of this program and is not overwritten; move it first");
            report::failure(&words, options.lang);
            return Ok(PROBLEMS);
        }
        changes.push(Change { path, before, after: Some(bytes) });
    }
    let what = text!(th: "เขียนการตั้งค่าของ CMS", en: "write the configuration of the CMS");
    if let Err(edits::Conflict(path)) = edits::carry_out(&options.root, &what, &changes)? {
        report::failure(
            &text!(th: "{path} ถูกแก้ในระหว่างนี้ สั่งใหม่อีกครั้ง", en: "{path} was changed meanwhile; run it again"),
            options.lang,
        );
        return Ok(PROBLEMS);
    }
    if options.json {
        let paths: Vec<&str> = changes.iter().map(|change| change.path.as_str()).collect();
        report::plain(&format!("{}\n", json!({ "written": paths })));
        return Ok(0);
    }
    report::say(
        options,
        &text!(
            th: "เขียน cms/index.html และ cms/config.yml แล้ว\n1. วางโฟลเดอร์ cms/ บนเครื่องแม่ข่ายที่เข้าด้วย https เช่น /admin/ ของเว็บไซต์ หรือเครื่องแม่ข่ายภายใน prongsai build ไม่เผยแพร่โฟลเดอร์นี้\n2. เปิดหน้านั้น เข้าด้วย token ของผู้แก้ที่มีสิทธิเขียนที่เก็บ (Sveltia) หรือตั้ง OAuth ตามคู่มือของ CMS\n3. สิ่งที่บันทึกจะเป็น commit ในที่เก็บ ให้ CI สั่ง prongsai check แล้วเผยแพร่\nเอกสารใหม่เป็นฉบับร่าง (draft) จนกว่าจะเอาเครื่องหมายออก คำอธิบาย (#) ในไฟล์ที่ CMS บันทึกจะหาย หน้าแปลภาษาอังกฤษ (.en.md) ให้แก้ในไฟล์",
            en: "wrote cms/index.html and cms/config.yml\n1. Put the folder cms/ on a server with https, such as /admin/ of the site or one inside; prongsai build does not publish it\n2. Open the page, and sign in with a token of an editor who may write to the repository (Sveltia), or set up OAuth as the manual of the CMS says\n3. What is saved becomes a commit; let CI run prongsai check and publish\nNew documents are drafts until the mark is taken away. Comments (#) in files that a CMS saves are lost. Edit translations (.en.md) in their files"
        ),
    );
    Ok(0)
}
