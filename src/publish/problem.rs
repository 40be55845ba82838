//! `Problem`: what is wrong with the disk, in both languages, and what to do about it; the system's own words are English only.

use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::diagnostic::{Text, text};

/// Words for an [`io::Error`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(Text);

impl Problem {
    /// What an error of the disk says in both languages, with the system's own words in brackets where they are all there is.
    pub fn words(error: &io::Error) -> Text {
        Problem::inside(error).map_or_else(|| explained(error), |problem| problem.0.clone())
    }

    fn inside(error: &io::Error) -> Option<&Problem> {
        error.get_ref()?.downcast_ref::<Problem>()
    }

    /// An error of our own.
    pub(super) fn error(kind: ErrorKind, words: Text) -> io::Error {
        io::Error::new(kind, Problem(words))
    }

    /// The same error, with the place where it happened.
    pub(super) fn at(error: &io::Error, path: &Path) -> io::Error {
        if let Some(problem) = Problem::inside(error) {
            return Problem::error(error.kind(), problem.0.clone());
        }
        let (path, Text { th, en }) = (path.display(), explained(error));
        Problem::error(error.kind(), text!(th: "{path}: {th}", en: "{path}: {en}"))
    }

    /// The same error, met before anything of the published site was touched.
    pub(super) fn untouched(error: &io::Error) -> io::Error {
        let Text { th, en } = Problem::words(error);
        Problem::error(error.kind(), text!(th: "{th}; public/ ยังเป็นของเดิม", en: "{en}; public/ is as it was"))
    }

    /// The same error, met while files were being moved.
    pub(super) fn halfway(error: &io::Error) -> io::Error {
        let Text { th, en } = Problem::words(error);
        let words = text!(
            th: "{th}; การเผยแพร่ค้างอยู่ หน้าที่เผยแพร่แล้วยังเปิดได้ แก้แล้วสั่ง prongsai build อีกครั้งเพื่อทำต่อให้เสร็จ",
            en: "{en}; publishing stopped half-way, the published pages still work; put this right and run prongsai build again, which completes it"
        );
        Problem::error(error.kind(), words)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.0.th, self.0.en)
    }
}

impl Error for Problem {}

/// What the system says, with what it means and what to do.
fn explained(error: &io::Error) -> Text {
    let Text { th, en } = meaning(error.kind()).owned();
    text!(th: "{th} ({error})", en: "{en} ({error})")
}

fn meaning(kind: ErrorKind) -> Text<&'static str> {
    let text = |th, en| Text { th, en };
    match kind {
        ErrorKind::StorageFull => text("ดิสก์เต็ม ลบสิ่งที่ไม่ใช้แล้วสั่งใหม่", "the disk is full; make room on it and try again"),
        ErrorKind::QuotaExceeded => text(
            "ใช้พื้นที่ครบโควตาแล้ว ลบสิ่งที่ไม่ใช้ หรือขอพื้นที่เพิ่ม แล้วสั่งใหม่",
            "the quota of space is used up; make room or ask for more, and try again",
        ),
        ErrorKind::FileTooLarge => text("ไฟล์ใหญ่เกินกว่าที่ดิสก์รับได้", "the file is larger than the disk takes"),
        ErrorKind::ReadOnlyFilesystem => text(
            "ดิสก์นี้อ่านได้อย่างเดียว ให้ผู้ดูแลระบบเปิดให้เขียนได้ แล้วสั่งใหม่",
            "the disk can only be read; have it opened for writing and try again",
        ),
        ErrorKind::PermissionDenied => text(
            "ไม่มีสิทธิ์ ให้ผู้ดูแลระบบเปิดสิทธิ์อ่านและเขียนแก่บัญชีที่สั่ง หรือปิดโปรแกรมที่เปิดไฟล์ค้างไว้ แล้วสั่งใหม่",
            "no permission; let the account that runs this read and write here, or close the program that holds the file, and try again",
        ),
        ErrorKind::NotFound => text(
            "ไม่มีอยู่แล้ว อาจถูกย้ายหรือลบระหว่างทำงาน สั่งใหม่อีกครั้ง",
            "it is not there any more; it may have been moved or deleted meanwhile; try again",
        ),
        ErrorKind::NotADirectory => {
            text("มีไฟล์อยู่ในที่ที่ต้องเป็นโฟลเดอร์ ย้ายไฟล์นั้นออกก่อน", "a file is where a folder has to be; move it away first")
        }
        ErrorKind::IsADirectory | ErrorKind::DirectoryNotEmpty => {
            text("มีโฟลเดอร์อยู่ในที่ที่ต้องเป็นไฟล์ ย้ายโฟลเดอร์นั้นออกก่อน", "a folder is where a file has to be; move it away first")
        }
        ErrorKind::AlreadyExists => text("มีสิ่งอื่นอยู่ที่นี่แล้ว ย้ายออกก่อน", "something else is there already; move it away first"),
        ErrorKind::CrossesDevices => text(
            "อยู่คนละดิสก์กับ public/ ทั้ง public/ ต้องอยู่บนดิสก์เดียว ให้ยกเลิกการเมานต์ที่นี่",
            "it is on another disk than public/, all of which has to be on one; unmount what is mounted here",
        ),
        ErrorKind::InvalidFilename => text(
            "ชื่อยาวเกินไป หรือมีอักขระที่ดิสก์ไม่รับ ตั้งชื่อให้สั้นลง (ไม่เกิน 255 ไบต์ อักษรไทยตัวละ 3 ไบต์)",
            "the name is too long, or has signs that the disk does not take; choose a shorter one (255 bytes at most, a Thai letter is three)",
        ),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy | ErrorKind::Deadlock => {
            text("โปรแกรมอื่นใช้อยู่ ปิดโปรแกรมนั้นแล้วสั่งใหม่", "another program uses it; close that and try again")
        }
        ErrorKind::Unsupported => text(
            "ดิสก์นี้ไม่รองรับสิ่งที่ต้องใช้ ให้เผยแพร่ลงดิสก์ของเครื่อง แล้วคัดลอกไป",
            "this disk does not support what is needed; publish to a disk of this machine and copy the result",
        ),
        ErrorKind::AddrInUse => {
            text("โปรแกรมอื่นใช้พอร์ตนี้อยู่ เลือกพอร์ตอื่นด้วย --port", "another program uses this port; choose another with --port")
        }
        ErrorKind::AddrNotAvailable => text("เครื่องนี้ไม่มีที่อยู่นี้ ตรวจ --host", "this machine does not have this address; check --host"),
        ErrorKind::OutOfMemory => {
            text("หน่วยความจำไม่พอ ปิดโปรแกรมอื่นแล้วสั่งใหม่", "there is too little memory; close other programs and try again")
        }
        _ => text(
            "ดิสก์หรือระบบมีปัญหา ตรวจดิสก์แล้วสั่งใหม่ ถ้ายังเป็นอยู่ ให้แจ้งผู้ดูแลระบบด้วยข้อความในวงเล็บ",
            "the disk or the system failed; check the disk and try again; if it stays, tell who looks after the machine what is in brackets",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_explained_in_both_languages() {
        for kind in [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::NotFound, ErrorKind::Other] {
            let Text { th, en } = Problem::words(&Problem::at(&io::Error::from(kind), Path::new("public/a.html")));
            assert!(th.starts_with("public/a.html: ") && en.starts_with("public/a.html: "), "{th} / {en}");
            assert!(th.contains(meaning(kind).th) && en.contains(meaning(kind).en), "{th} / {en}");
        }
    }

    #[test]
    fn words_are_said_once() {
        let first = Problem::at(&io::Error::from(ErrorKind::StorageFull), Path::new("a"));
        assert_eq!(Problem::words(&Problem::at(&first, Path::new("b"))), Problem::words(&first));
    }
}
