//! `open FILE`: opens a sealed report with the inspector's key, into a new folder that only the inspector can read.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Options, PROBLEMS, USAGE_OR_DISK, keys, report};
use crate::diagnostic::{Text, text};
use crate::publish;
use crate::sealed::{self, Damage, Identity, Item, Parcel, Unopened};
use crate::source;

/// Largest sealed file that is opened: its contents are in memory before anything of them is written.
const MAX_SEALED: u64 = 256 * 1024 * 1024;

/// Largest file of keys.
const MAX_KEYS: u64 = 64 * 1024;

/// What the command is given.
pub(super) struct Asked {
    pub(super) file: PathBuf,
    /// Files of keys; the usual one when there is none.
    pub(super) keys: Vec<PathBuf>,
    /// The new folder.
    pub(super) output: Option<PathBuf>,
}

/// Opens the file; exit code 1 when the keys or the file are not right.
#[expect(clippy::disallowed_methods, reason = "a sealed report is no part of the site")]
pub(super) fn open(options: &Options, asked: &Asked) -> io::Result<u8> {
    if !asked.file.exists() {
        let file = asked.file.display();
        report::failure(&text!(th: "ไม่มีไฟล์ {file}", en: "there is no file {file}"), options.lang);
        return Ok(USAGE_OR_DISK);
    }
    let opened = match opened(asked)? {
        Ok(opened) => opened,
        Err(words) => return Ok(refuse(options, &words)),
    };
    let folder = asked.output.clone().unwrap_or_else(|| usual_folder(&asked.file));
    let shown = folder.display();
    if publish::is_in_site(&folder) {
        let words = text!(
            th: "ไม่เปิดเรื่องลงที่ {shown} เพราะอยู่ในโฟลเดอร์ของเว็บไซต์ ซึ่งเผยแพร่หรือส่งต่อได้ ระบุที่อื่นด้วย -o",
            en: "a report is not opened into {shown}: that is in a site's folder, which is published or handed on; name another place with -o"
        );
        return Ok(refuse(options, &words));
    }
    match publish::make_private_folder(&folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let words = text!(
                th: "มี {shown} อยู่แล้ว จึงไม่เขียนทับ ระบุโฟลเดอร์ใหม่ด้วย -o",
                en: "{shown} is there already and is left alone; name a new folder with -o"
            );
            return Ok(refuse(options, &words));
        }
        // What is not there is a folder that was named, not the site's.
        outcome => outcome.map_err(io::Error::other)?,
    }
    let items = match sealed::unpack(opened) {
        Parcel::Report(items) => items,
        Parcel::Other(bytes) => vec![Item { name: name_inside(&asked.file), called: None, bytes }],
    };
    for item in &items {
        publish::write_private(&folder.join(&item.name), &item.bytes).map_err(io::Error::other)?;
    }
    say(options, &folder, &items);
    Ok(0)
}

/// The contents; the error is what to tell.
fn opened(asked: &Asked) -> io::Result<Result<Vec<u8>, Text>> {
    let mut all = Vec::new();
    let usual = if asked.keys.is_empty() { keys::usual_file() } else { None };
    for path in asked.keys.iter().chain(&usual) {
        match read_keys(path) {
            Ok(keys) => all.extend(keys),
            Err(words) => return Ok(Err(words)),
        }
    }
    let file = asked.file.display();
    let bytes = source::read_named(&asked.file, MAX_SEALED).map_err(|error| io::Error::other(format!("{file}: {error}")))?;
    let Some(bytes) = bytes else {
        let most = MAX_SEALED / (1024 * 1024);
        let words = text!(
            th: "{file} ใหญ่กว่า {most} MB ใช้ age -d -i ไฟล์กุญแจ -o ไฟล์ใหม่ แทน",
            en: "{file} is larger than {most} MB; use age -d -i KEYFILE -o NEWFILE instead"
        );
        return Ok(Err(words));
    };
    Ok(sealed::open(&bytes, &all).map_err(|problem| why(problem, &asked.file)))
}

fn read_keys(path: &Path) -> Result<Vec<Identity>, Text> {
    let shown = path.display();
    let bytes = match source::read_named(path, MAX_KEYS) {
        Ok(bytes) => bytes.unwrap_or_default(),
        Err(error) => {
            return Err(text!(
                th: "อ่านไฟล์กุญแจ {shown} ไม่ได้ ({error}) ระบุไฟล์กุญแจด้วย --key",
                en: "the key file {shown} cannot be read ({error}); name one with --key"
            ));
        }
    };
    if bytes.starts_with(b"age-encryption.org/") || bytes.trim_ascii_start().starts_with(b"-----BEGIN AGE") {
        return Err(text!(
            th: "ไฟล์กุญแจ {shown} ปิดด้วยรหัสผ่าน เปิดก่อนด้วย age -d -o ไฟล์ใหม่ {shown}",
            en: "the key file {shown} is sealed with a passphrase; open it first with age -d -o NEWFILE {shown}"
        ));
    }
    match sealed::identities(&String::from_utf8_lossy(&bytes)) {
        Ok(keys) if !keys.is_empty() => Ok(keys),
        Ok(_) => Err(text!(th: "ไม่มีกุญแจในไฟล์ {shown}", en: "there is no key in {shown}")),
        Err(line) => Err(text!(
            th: "{shown} บรรทัดที่ {line} ไม่ใช่กุญแจลับ (AGE-SECRET-KEY-1…) หรือมีตัวอักษรผิด",
            en: "line {line} of {shown} is no secret key (AGE-SECRET-KEY-1…), or a letter of it is wrong"
        )),
    }
}

fn why(problem: Unopened, file: &Path) -> Text {
    let file = file.display();
    match problem {
        Unopened::NotAge => text!(
            th: "{file} ไม่ใช่ไฟล์ปิดผนึกของ age ถ้าเป็นข้อความ ต้องคัดลอกมาทุกบรรทัดตั้งแต่ BEGIN ถึง END",
            en: "{file} is no sealed file of age; of a text, every line from BEGIN to END is needed"
        ),
        Unopened::Version => text!(th: "{file} เป็นไฟล์ age รุ่นที่ยังไม่รู้จัก", en: "{file} is of a version of age that is not known yet"),
        Unopened::Passphrase => {
            text!(th: "{file} ปิดผนึกด้วยรหัสผ่าน เปิดด้วย age -d {file}", en: "{file} is sealed with a passphrase; open it with age -d {file}")
        }
        Unopened::OtherKeys => text!(
            th: "เปิด {file} ด้วยกุญแจนี้ไม่ได้ เพราะปิดผนึกให้กุญแจดอกอื่น ลองกุญแจอื่นด้วย --key",
            en: "{file} is sealed for other keys than this; try another with --key"
        ),
        Unopened::Damaged(damage) => {
            let (th, en) = match damage {
                Damage::Armour => ("ข้อความไม่ครบหรือถูกแก้", "its text is not complete, or was changed"),
                Damage::Header => ("ส่วนหัวเสียหาย", "its head is damaged"),
                Damage::Seal => ("ส่วนหัวถูกแก้หลังปิดผนึก", "its head was changed after it was sealed"),
                Damage::Contents => ("เนื้อหาถูกแก้หรือขาดหาย", "its contents were changed or cut off"),
            };
            text!(
                th: "เปิด {file} ไม่ได้: {th} ขอไฟล์จากผู้ส่งอีกครั้ง",
                en: "{file} cannot be opened: {en}; ask for the file once more"
            )
        }
    }
}

fn refuse(options: &Options, words: &Text) -> u8 {
    report::failure(words, options.lang);
    PROBLEMS
}

/// The folder beside the sealed file: `document-ab12.age` → `document-ab12-opened`.
fn usual_folder(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or("report");
    file.with_file_name(format!("{stem}-opened"))
}

/// The name of what is no report of the page: `report.zip.age` → `report.zip`.
fn name_inside(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match name.strip_suffix(".age") {
        Some(name) if !name.is_empty() && !name.starts_with('.') => name.to_owned(),
        _ => "contents".to_owned(),
    }
}

fn say(options: &Options, folder: &Path, items: &[Item]) {
    if options.json {
        let files: Vec<_> =
            items.iter().map(|item| json!({ "name": item.name, "called": item.called, "bytes": item.bytes.len() })).collect();
        return report::plain(&format!("{}\n", json!({ "opened": folder, "files": files })));
    }
    let shown = folder.display();
    report::say(options, &text!(th: "เปิดแล้วใน {shown}", en: "opened into {shown}"));
    for item in items {
        // A stranger's name may hold what a terminal obeys.
        let called = item.called.as_ref().map(|called| called.escape_debug().to_string());
        let (name, size) = (item.name.escape_debug(), item.bytes.len());
        let words = match called {
            Some(called) => {
                text!(th: "  {name} ({size} ไบต์, ผู้ส่งตั้งชื่อว่า \"{called}\")", en: "  {name} ({size} bytes, called \"{called}\" by the sender)")
            }
            None => text!(th: "  {name} ({size} ไบต์)", en: "  {name} ({size} bytes)"),
        };
        report::say(options, &words);
    }
    report::say(
        options,
        &text!(
            th: "ไฟล์แนบมาจากผู้ที่ไม่รู้จัก เปิดในเครื่องที่ไม่ต่ออินเทอร์เน็ต อย่าเก็บในที่ที่ผู้อื่นเปิดได้ และลบเมื่อเสร็จเรื่อง",
            en: "the attachments are a stranger's: open them on a computer that is offline, keep them where nobody else can look, and delete them when you are done"
        ),
    );
}
