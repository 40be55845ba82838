//! `sign`: puts the agency's signature beside the list of what is published.

use std::io;
use std::path::Path;

use jiff::civil::Date;
use serde_json::json;

use super::{Options, PROBLEMS, PUBLIC, USAGE_OR_DISK, report};
use crate::diagnostic::{Diagnostics, Text, text};
use crate::signing::{NoKey, SecretKey};
use crate::{config, publish, source};

/// Signs what is in the output folder with the secret key in a file.
#[expect(clippy::disallowed_methods, reason = "the key is no part of the site")]
pub(super) fn sign(options: &Options, key: &Path, today: Date) -> io::Result<u8> {
    let shown = key.display();
    let file = match std::fs::read_to_string(key) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let words =
                text!(th: "ไม่พบไฟล์กุญแจ {shown} ตรวจชื่อและโฟลเดอร์", en: "there is no key file {shown}; check its name and folder");
            report::failure(&words, options.lang);
            return Ok(USAGE_OR_DISK);
        }
        Err(error) => return Err(io::Error::new(error.kind(), format!("{shown}: {error}"))),
    };
    let key = match read(&file, options) {
        Ok(key) => key,
        Err(Text { th, en }) => {
            report::failure(&text!(th: "{shown}: {th}", en: "{shown}: {en}"), options.lang);
            return Ok(USAGE_OR_DISK);
        }
    };
    let public = match key.public() {
        Ok(public) => public,
        Err(words) => {
            report::failure(&words, options.lang);
            return Ok(USAGE_OR_DISK);
        }
    };
    let folder = options.root.join(PUBLIC);
    if !folder.join(crate::history::sums::FILE).is_file() {
        let words = text!(th: "ยังไม่ได้เผยแพร่ สั่ง prongsai build ก่อน", en: "nothing is published yet; run prongsai build first");
        report::failure(&words, options.lang);
        return Ok(PROBLEMS);
    }
    let comment = format!("prongsai {today}");
    publish::sign(&folder, public.tool(), |list| key.sign(list, &comment).map_err(|words| io::Error::other(words.en)))?;
    let name = publish::signature(public.tool());
    if options.json {
        report::plain(&format!("{}\n", json!({ "signed": format!("{PUBLIC}/{name}"), "key": public.to_string() })));
        return Ok(0);
    }
    report::say(options, &text!(th: "ลงลายมือชื่อแล้ว: public/{name}", en: "signed: public/{name}"));
    let sources = source::discover(&options.root)?;
    let config = config::read(&sources, &crate::rules(), &mut Diagnostics::default());
    if !config.signing_keys.iter().any(|known| known.value == public) {
        let words = text!(
            th: "ให้ผู้ตรวจรู้จักกุญแจนี้ ใส่ใน content/site.toml แล้วสร้างและลงลายมือชื่อใหม่:\nsigning_keys = [\"{public}\"]",
            en: "let auditors know the key: put it into content/site.toml, then build and sign again:\nsigning_keys = [\"{public}\"]"
        );
        report::say(options, &words);
    }
    Ok(0)
}

/// Reads the key; asks for its password where it has one.
fn read(file: &str, options: &Options) -> Result<SecretKey, Text> {
    let words = match SecretKey::read(file, None) {
        Ok(key) => return Ok(key),
        Err(NoKey::Other(words)) => return Err(words),
        Err(_) => text!(th: "รหัสผ่านของกุญแจ: ", en: "password of the key: "),
    };
    let unread = |error: io::Error| text!(th: "อ่านรหัสผ่านไม่ได้ ({error})", en: "the password cannot be read ({error})");
    let password = password(words.get(options.lang)).map_err(unread)?;
    if password.is_empty() {
        return Err(text!(th: "กุญแจนี้มีรหัสผ่าน แต่ไม่ได้พิมพ์รหัสผ่าน", en: "the key has a password, and none was given"));
    }
    SecretKey::read(file, Some(&password)).map_err(|why| match why {
        NoKey::Other(words) => words,
        _ => text!(th: "รหัสผ่านไม่ถูกต้อง", en: "the password is wrong"),
    })
}

/// A password: typed unseen on a terminal, else the first line that is piped in.
fn password(words: &str) -> io::Result<String> {
    use std::io::IsTerminal as _;
    if io::stdin().is_terminal() {
        return rpassword::prompt_password(words);
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
