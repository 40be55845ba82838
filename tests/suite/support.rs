//! What the tests share: fixtures with settings of their own, expected files, the program itself.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use data_encoding::BASE64_NOPAD;
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use prongsai::diagnostic::{Diagnostics, Lang, human, json};
use prongsai::sealed::Recipient;
use prongsai::source::Sources;
use sha2::Sha256;
use x25519_dalek::{PublicKey, StaticSecret};

/// Settings for fixtures that bring none.
const SETTINGS: &str = r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"
"#;

/// A form without items, for fixtures that are not about the form.
const FORM: &str = r"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 0
sub = []
";

/// A fixture's sources, with settings and an empty form unless it brings its own.
pub(crate) fn sources(fixture: &str) -> Sources {
    let mut whole = String::new();
    if !fixture.contains("content/site.toml") {
        whole.push_str(SETTINGS);
    }
    if !fixture.contains("content/catalog/") {
        whole.push_str(FORM);
    }
    whole.push_str(fixture);
    Sources::from_fixture(&whole)
}

/// The codes of the diagnostics, each once, in order.
pub(crate) fn codes(diagnostics: &Diagnostics) -> Vec<&'static str> {
    let mut codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.rule.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The diagnostics as people see them.
pub(crate) fn report(sources: &Sources, diagnostics: &Diagnostics, lang: Lang) -> String {
    diagnostics.iter().map(|diagnostic| human::render(diagnostic, sources, lang, false) + "\n\n").collect()
}

/// The diagnostics as programs see them.
pub(crate) fn report_json(sources: &Sources, diagnostics: &Diagnostics) -> String {
    diagnostics.iter().map(|diagnostic| json::render(diagnostic, sources) + "\n").collect()
}

/// A page without what the typography put between its words.
pub(crate) fn unset(html: &str) -> String {
    // Only the spans of the typography stand in the text with this class.
    let mut plain = html.replace("<wbr>", "").replace('\u{a0}', " ");
    while let Some(start) = plain.find("<span class=\"nb\">") {
        let end = plain[start..].find("</span>").map_or(plain.len(), |end| start + end + "</span>".len());
        let inner = plain[start..end].replace("<span class=\"nb\">", "").replace("</span>", "");
        plain.replace_range(start..end, &inner);
    }
    plain
}

/// Compares with an expected file, or writes it under `UPDATE=1`.
#[track_caller]
pub(crate) fn expect_file(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("the test folder can be written");
        fs::write(path, actual).expect("the test folder can be written");
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if expected != actual {
        let line = expected
            .lines()
            .zip(actual.lines())
            .position(|(a, b)| a != b)
            .unwrap_or_else(|| expected.lines().count().min(actual.lines().count()));
        let around = |text: &str| text.lines().skip(line.saturating_sub(2)).take(6).collect::<Vec<_>>().join("\n");
        panic!(
            "{} differs at line {}\n--- expected\n{}\n--- actual\n{}\n(UPDATE=1 cargo test rewrites it)",
            path.display(),
            line + 1,
            around(&expected),
            around(actual)
        );
    }
}

/// The folder of the project.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A site folder on disk made of a fixture.
pub(crate) fn folder(fixture: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let whole = if fixture.contains("content/site.toml") { fixture.to_owned() } else { format!("{SETTINGS}{fixture}") };
    let mut current: Option<(PathBuf, String)> = None;
    let finish = |current: Option<(PathBuf, String)>| {
        if let Some((path, text)) = current {
            fs::create_dir_all(path.parent().expect("a file in a folder")).expect("the folder can be made");
            fs::write(path, text).expect("the file can be written");
        }
    };
    for line in whole.split_inclusive('\n') {
        if let Some(path) = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
            finish(current.take());
            current = Some((folder.path().join(path), String::new()));
        } else if let Some((_, text)) = &mut current {
            text.push_str(line);
        }
    }
    finish(current);
    folder
}

/// Runs the program in a folder.
pub(crate) fn prongsai(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_prongsai"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C.UTF-8")
        .output()
        .expect("the program starts")
}

/// Standard output as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Standard error as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Seals contents for keys, as any program of age does. The numbers are not random, for a test needs none.
pub(crate) fn sealed_for(recipients: &[Recipient], contents: &[u8]) -> Vec<u8> {
    let derived = |salt: &[u8], secret: &[u8], purpose: &str| {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(Some(salt), secret).expand(purpose.as_bytes(), &mut key).expect("32 bytes");
        key
    };
    let cipher = |key: [u8; 32]| ChaCha20Poly1305::new(&key.into());
    let file_key = [9; 16];
    let mut file = "age-encryption.org/v1\n".to_owned();
    for (n, recipient) in (100..).zip(recipients) {
        let their = bech32::decode(&recipient.to_string()).expect("a key").1;
        let their: [u8; 32] = their.try_into().expect("32 bytes");
        let secret = StaticSecret::from([n; 32]);
        let share = PublicKey::from(&secret).to_bytes();
        let shared = secret.diffie_hellman(&PublicKey::from(their)).to_bytes();
        let wrapping = derived(&[share, their].concat(), &shared, "age-encryption.org/v1/X25519");
        let body = cipher(wrapping).encrypt(&Nonce::default(), &file_key[..]).expect("sealed");
        writeln!(file, "-> X25519 {}\n{}", BASE64_NOPAD.encode(&share), BASE64_NOPAD.encode(&body)).expect("in memory");
    }
    file.push_str("---");
    let mut seal = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&derived(&[], &file_key, "header")).expect("a key");
    seal.update(file.as_bytes());
    let seal = BASE64_NOPAD.encode(&seal.finalize().into_bytes());
    let mut file = format!("{file} {seal}\n").into_bytes();
    let salt = [5; 16];
    file.extend(salt);
    let cipher = cipher(derived(&salt, &file_key, "payload"));
    let pieces: Vec<&[u8]> = if contents.is_empty() { vec![b""] } else { contents.chunks(64 * 1024).collect() };
    for (n, piece) in pieces.iter().enumerate() {
        let mut nonce = [0; 12];
        nonce[3..11].copy_from_slice(&(n as u64).to_be_bytes());
        nonce[11] = u8::from(n + 1 == pieces.len());
        file.extend(cipher.encrypt(&nonce.into(), *piece).expect("sealed"));
    }
    file
}
