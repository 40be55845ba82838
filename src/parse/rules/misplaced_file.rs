//! `misplaced-file` (P115)

use crate::content::{FOLDERS, Folder, Layout};
use crate::diagnostic::{Diagnostics, Reported, Rule, Severity, Span, Text, text};
use crate::fields::labels;
use crate::fields::rules::unknown_field::nearest;
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P115",
    name: "misplaced-file",
    severity: Severity::Error,
    explanation: Text {
        th: "โฟลเดอร์บอกชนิดของเอกสาร ไฟล์ที่อยู่ผิดที่จึงไม่ขึ้นหน้าเว็บ ย้ายไปไว้ในโฟลเดอร์ที่ถูก เช่น executives/01-mayor.md, measures/2566/1-budget.md, results/2565.toml",
        en: "The folder says what a document is, so a file in no known place is not published. Move it, for example to executives/01-mayor.md, measures/2566/1-budget.md or results/2565.toml.",
    },
    bad: r#"
-- content/new/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
};

/// The first folder is none of the content types.
pub(crate) fn unknown_folder(path: &SourcePath, diagnostics: &mut Diagnostics) {
    let names: Vec<&str> = FOLDERS.iter().map(|folder| folder.name).collect();
    let folder = path.parts().nth(1).filter(|_| path.parts().count() > 2);
    let list = names.join(", ");
    let message = match folder {
        Some(folder) => text!(th: "ไม่รู้จักโฟลเดอร์ `{folder}`", en: "unknown folder `{folder}`"),
        None => text!(th: "ไฟล์นี้ไม่อยู่ในโฟลเดอร์ใด", en: "the file is in no folder"),
    };
    let help = match folder.and_then(|folder| nearest(folder, &names)) {
        Some(near) => text!(th: "น่าจะเป็น `{near}`", en: "did you mean `{near}`?"),
        None => text!(th: "โฟลเดอร์ที่ใช้ได้: {list}", en: "known folders: {list}"),
    };
    diagnostics.push(RULE.at(Span::file(path), message).help(help));
}

/// A `.toml` where the folder has `.md`, or the other way round.
pub(crate) fn wrong_kind(path: &SourcePath, folder: &Folder, diagnostics: &mut Diagnostics) {
    let (name, extension) = (folder.name, folder.extension());
    let message = text!(th: "เอกสารใน {name}/ เป็นไฟล์ .{extension}", en: "documents in {name}/ are .{extension} files");
    let example = example(folder);
    diagnostics.push(RULE.at(Span::file(path), message).help(text!(th: "เช่น {example}", en: "for example {example}")));
}

/// Too many or too few folders, or a name that is not a year where one is needed.
pub(crate) fn wrong_depth(path: &SourcePath, folder: &Folder, diagnostics: &mut Diagnostics) {
    let name = folder.name;
    let message = text!(th: "ที่อยู่ของไฟล์ใน {name}/ ไม่ตรงแบบ", en: "the file is not where {name}/ keeps its documents");
    let example = example(folder);
    diagnostics.push(RULE.at(Span::file(path), message).help(text!(th: "ย้ายหรือเปลี่ยนชื่อ เช่น {example}", en: "move or rename it, for example {example}")));
}

/// A document whose fields are those of another folder.
pub(crate) fn wrong_folder(path: &SourcePath, folder: &Folder, diagnostics: &mut Diagnostics) -> Reported {
    let example = example(folder);
    let (folder, name) = (folder.name, path.name());
    let label = labels::folder(folder).unwrap_or(Text { th: folder, en: folder });
    let (th, en) = (label.th, label.en);
    let message = text!(th: "{name} มีข้อมูลของเอกสารใน {folder}/ ({th})", en: "{name} has the fields of a document of {folder}/ ({en})");
    let help = text!(th: "ย้ายไปไว้ที่ content/{folder}/ แบบ {example}", en: "move it to content/{folder}/, as in {example}");
    diagnostics.push(RULE.at(Span::file(path), message).help(help))
}

/// A document with `.txt` behind its name, which is not read.
pub(crate) fn saved_as_text(path: &SourcePath, name: &str, diagnostics: &mut Diagnostics) {
    let message = text!(th: "เอกสารนี้บันทึกเป็นไฟล์ .txt จึงไม่ได้อ่าน", en: "the document was saved as a .txt file, so it is not read");
    let help = text!(
        th: "เปลี่ยนชื่อเป็น {name} (ใน Windows ให้เปิดแสดงนามสกุลไฟล์ก่อน)",
        en: "rename it to {name} (on Windows, first let file name extensions be shown)"
    );
    diagnostics.push(RULE.at(Span::file(path), message).help(help));
}

fn example(folder: &Folder) -> String {
    let rest = match folder.layout {
        Layout::Markdown => "name.md",
        Layout::MarkdownByYear => "YYYY.md",
        Layout::MarkdownInYear => "YYYY/name.md",
        Layout::TomlByYear => "YYYY.toml",
        Layout::Toml => "name.toml",
    };
    format!("content/{}/{rest} (YYYY = พ.ศ.)", folder.name)
}
