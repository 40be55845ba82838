//! `undo`: takes the last change back that `new`, `import`, `year`, `init` or the studio made.

use std::io;

use clap::Command;
use serde_json::json;

use super::args::Say;
use super::{Options, PROBLEMS, report};
use crate::diagnostic::text;
use crate::publish::edits::{self, Conflict, Undone};
use crate::source::SourcePath;

/// The command for the command line.
pub(super) fn command(say: Say) -> Command {
    say.subcommand(
        "undo",
        say.text("ย้อนการเปลี่ยนครั้งล่าสุด", "Take the last change back"),
        say.text(
            "ย้อนสิ่งที่ new, import, year, init, schema หรือการแก้ในเบราว์เซอร์ทำครั้งล่าสุด (สั่งซ้ำเพื่อย้อนต่อ ได้ถึง 50 ครั้ง) ไม่แตะไฟล์ที่ท่านแก้ต่อจากนั้น",
            "Takes back what new, import, year, init, schema or an edit in the browser did last; again for the one before, up to 50. A file that you changed since is left alone.",
        ),
    )
}

/// Takes the last change back; exit code 1 when a file of it was changed since.
pub(super) fn undo(options: &Options) -> io::Result<u8> {
    match edits::undo(&options.root)? {
        None if options.json => {
            report::plain("{\"undone\":null}\n");
            Ok(0)
        }
        None => {
            report::say(options, &text!(th: "ไม่มีอะไรให้ย้อน", en: "there is nothing to take back"));
            Ok(0)
        }
        Some(Err(Conflict(path))) => {
            let words = text!(
                th: "{path} ถูกแก้หลังจากนั้น จึงไม่ย้อน เพื่อไม่ให้งานของท่านหาย",
                en: "{path} was changed since; nothing was taken back, so that nobody's work is lost"
            );
            report::failure(&words, options.lang);
            Ok(PROBLEMS)
        }
        Some(Ok(Undone { what, paths })) if options.json => {
            let paths: Vec<&str> = paths.iter().map(SourcePath::as_str).collect();
            report::plain(&format!("{}\n", json!({ "undone": what, "files": paths })));
            Ok(0)
        }
        Some(Ok(Undone { what, paths })) => {
            let (th, en, n_files) = (what.th, what.en, paths.len());
            report::say(options, &text!(th: "ย้อนแล้ว: {th} ({n_files} ไฟล์)", en: "taken back: {en} ({n_files} files)"));
            Ok(0)
        }
    }
}
