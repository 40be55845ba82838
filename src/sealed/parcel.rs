//! What is in a sealed report: a zip of `report.txt` and the attachments, none compressed. Names in it are a stranger's.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use zip::{CompressionMethod, ZipArchive};

/// The text of a report; the first file of its zip, by which the zip is known.
const REPORT: &str = "report.txt";

/// Most files of a report.
const MAX_ITEMS: usize = 500;

/// Longest name of a file, in bytes; file systems take 255.
const MAX_NAME: usize = 200;

/// Names that Windows gives to devices, whatever their ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// What a sealed file holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Parcel {
    /// A report as the page packs it: its text first, then the attachments.
    Report(Vec<Item>),
    /// Anything else, as it was sealed.
    Other(Vec<u8>),
}

/// A file of a report.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    /// A name that is safe on any file system, and none other's.
    pub name: String,
    /// What its sender called it, where that is not safe.
    pub called: Option<String>,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Unpacks a report. What is not packed as the page does stays as it is: a zip made to fill the disk is never unpacked here, for nothing
/// compressed is, and together the files are no larger than the zip.
pub fn unpack(contents: Vec<u8>) -> Parcel {
    match items(&contents) {
        Some(items) => Parcel::Report(items),
        None => Parcel::Other(contents),
    }
}

fn items(contents: &[u8]) -> Option<Vec<Item>> {
    let mut archive = ZipArchive::new(Cursor::new(contents)).ok()?;
    if archive.len() > MAX_ITEMS || archive.by_index_raw(0).ok()?.name().ok()? != REPORT {
        return None;
    }
    let mut names = Names::default();
    let (mut items, mut size) = (Vec::new(), 0);
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).ok()?;
        if file.compression() != CompressionMethod::Stored || file.encrypted() {
            return None;
        }
        size += file.size();
        if size > contents.len() as u64 {
            return None;
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        let called = file.name().ok()?.into_owned();
        let name = names.safe(&called);
        items.push(Item { called: (called != name).then_some(called), name, bytes });
    }
    Some(items)
}

/// Names given so far, as a file system that knows no capitals compares them.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    /// A safe name for a file that its sender called so.
    fn safe(&mut self, called: &str) -> String {
        let number = self.0.len();
        let last = called.rsplit(['/', '\\']).next().unwrap_or_default();
        let is_odd = |c: char| c.is_control() || "<>:\"|?*".contains(c) || is_unseen(c);
        let plain: String = last.chars().map(|c| if is_odd(c) { '_' } else { c }).collect();
        let plain = plain.trim_matches(|c: char| c == '.' || c.is_whitespace());
        let stem = plain.split('.').next().unwrap_or_default().trim_end().to_lowercase();
        let name = if plain.is_empty() {
            format!("attachment-{number}")
        } else if plain.len() > MAX_NAME {
            // A new name, for a long one cannot be cut without cutting a letter from its marks.
            let ending = plain.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
            let is_plain = (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if is_plain { format!("attachment-{number}.{ending}") } else { format!("attachment-{number}") }
        } else if DEVICES.contains(&stem.as_str()) {
            format!("_{plain}")
        } else {
            plain.to_owned()
        };
        let free = if self.0.contains(&name.to_lowercase()) { format!("{number}-{name}") } else { name };
        let mut unique = free;
        while !self.0.insert(unique.to_lowercase()) {
            unique.insert(0, '_');
        }
        unique
    }
}

/// Letters that nobody sees but that make a name look like another: `gpj.exe` after U+202E reads `exe.jpg`.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(method: CompressionMethod, files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("in memory");
            writer.write_all(bytes).expect("in memory");
        }
        writer.finish().expect("in memory").into_inner()
    }

    #[test]
    fn a_report_is_unpacked_under_safe_names() {
        let long = format!("{}.pdf", "ก".repeat(80));
        let called = [
            "report.txt",
            "ใบเสร็จ ๒๕.pdf",
            "../../etc/cron.d/run",
            "/etc/passwd",
            "C:\\Windows\\win.ini",
            "..",
            "REPORT.TXT",
            "NUL.txt",
            ".bashrc",
            "photo\u{202e}gpj.exe",
            "a:b\n.txt",
            long.as_str(),
            "x/",
            "name. ",
        ];
        let files: Vec<(&str, &[u8])> = called.iter().map(|name| (*name, name.as_bytes())).collect();
        let Parcel::Report(items) = unpack(zipped(CompressionMethod::Stored, &files)) else { panic!("a report") };
        let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
        let expected = [
            "report.txt",
            "ใบเสร็จ ๒๕.pdf",
            "run",
            "passwd",
            "win.ini",
            "attachment-5",
            "6-REPORT.TXT",
            "_NUL.txt",
            "bashrc",
            "photo_gpj.exe",
            "a_b_.txt",
            "attachment-11.pdf",
            "attachment-12",
            "name",
        ];
        assert_eq!(names, expected);
        for (item, called) in items.iter().zip(called) {
            assert_eq!(item.bytes, called.as_bytes(), "every file keeps its contents");
            assert_eq!(item.called.as_deref(), (item.name != called).then_some(called));
        }
    }

    #[test]
    fn what_the_page_did_not_pack_stays_as_it_is() {
        let letter = zipped(CompressionMethod::Stored, &[("word/document.xml", b"<w/>"), ("report.txt", b"")]);
        let bomb = zipped(CompressionMethod::Deflated, &[("report.txt", &vec![0; 1_000_000])]);
        for contents in [Vec::new(), "ข้อความ".as_bytes().to_vec(), letter, bomb] {
            assert_eq!(unpack(contents.clone()), Parcel::Other(contents));
        }
        let mut many: Vec<(String, &[u8])> = (0..=MAX_ITEMS).map(|n| (n.to_string(), &b""[..])).collect();
        many[0].0 = REPORT.to_owned();
        let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        assert!(matches!(unpack(zipped(CompressionMethod::Stored, &many)), Parcel::Other(_)));
    }
}
