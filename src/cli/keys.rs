//! `keys new`: makes the key of an inspector, in the form of `age-keygen`, outside the folders of a site.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Options, PROBLEMS, USAGE_OR_DISK, report};
use crate::diagnostic::text;
use crate::publish;
use crate::sealed::Identity;

/// The file of the key in the user's own folder, where no other is named.
const FILE: &str = "prongsai-key.txt";

/// Where the key is kept when nothing is said.
pub(super) fn usual_file() -> Option<PathBuf> {
    std::env::home_dir().filter(|folder| !folder.as_os_str().is_empty()).map(|folder| folder.join(FILE))
}

/// Makes a key and writes it to `output`, or to the usual file.
pub(super) fn new(options: &Options, output: Option<&Path>) -> io::Result<u8> {
    let Some(path) = output.map(Path::to_owned).or_else(usual_file) else {
        let words = text!(th: "ไม่รู้ว่าโฟลเดอร์ของท่านอยู่ที่ใด ระบุไฟล์ด้วย -o", en: "your own folder is not known; name a file with -o");
        report::failure(&words, options.lang);
        return Ok(USAGE_OR_DISK);
    };
    let shown = path.display();
    if publish::is_in_site(&path) {
        let words = text!(
            th: "ไม่เก็บกุญแจไว้ที่ {shown} เพราะอยู่ในโฟลเดอร์ของเว็บไซต์ ซึ่งเผยแพร่หรือส่งต่อได้ ระบุที่อื่นด้วย -o",
            en: "a key is not kept at {shown}: that is in a site's folder, which is published or handed on; name another place with -o"
        );
        report::failure(&words, options.lang);
        return Ok(PROBLEMS);
    }
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    let key = Identity::of(random);
    let public = key.recipient();
    let file = format!("# created: {}\n# public key: {public}\n{}\n", now(), key.to_secret());
    match publish::write_private(&path, file.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let words = text!(
                th: "มีไฟล์ {shown} อยู่แล้ว จึงไม่เขียนทับ ถ้าทับกุญแจเดิม เรื่องที่ปิดผนึกไว้จะเปิดไม่ได้อีก ระบุไฟล์ใหม่ด้วย -o",
                en: "{shown} is there already and is left alone: reports sealed for a key that is gone stay sealed; name a new file with -o"
            );
            report::failure(&words, options.lang);
            return Ok(PROBLEMS);
        }
        // What is not there is the named folder, not the site's.
        outcome => outcome.map_err(io::Error::other)?,
    }
    if options.json {
        report::plain(&format!("{}\n", json!({ "key_file": path, "public_key": public.to_string() })));
        return Ok(0);
    }
    report::say(
        options,
        &text!(
            th: "สร้างกุญแจลับแล้ว: {shown}\n\nวางสองบรรทัดนี้ใน content/site.toml (มีหลายคนให้เพิ่มกุญแจในวงเล็บ คั่นด้วย ,):\n\n[sealed]\nrecipients = [\"{public}\"]\n\nให้ผู้ตรวจสอบเก็บไฟล์กุญแจไว้กับตัว และทำสำเนาไว้ในที่ปลอดภัยอีกแห่ง: ถ้าหาย เรื่องที่ปิดผนึกด้วยกุญแจนี้จะเปิดไม่ได้อีก ถ้าผู้อื่นได้ไป เขาอ่านได้ทุกเรื่อง",
            en: "made a secret key: {shown}\n\npaste these two lines into content/site.toml (several keys stand in the brackets, with commas between):\n\n[sealed]\nrecipients = [\"{public}\"]\n\nThe inspector keeps the file, and a copy of it somewhere safe: if it is lost, reports sealed for it stay sealed; whoever else gets it can read them all."
        ),
    );
    Ok(0)
}

/// The time, as `age-keygen` writes it.
#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is known")]
fn now() -> String {
    let now = jiff::Timestamp::now();
    format!("{now:.0}")
}
