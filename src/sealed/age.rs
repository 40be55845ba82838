//! Opens an age file (age-encryption.org/v1) with keys of X25519: the header strictly as specified, the contents piece by piece.
//!
//! The age crate does the same and more, and takes 63 s of processor time to compile, for it brings its own translations and
//! post-quantum keys. What is here is held by the vectors of C2SP (`tests/suite/age.rs`) and by Debian's `age`.

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use data_encoding::BASE64_NOPAD;
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::armor::{dearmoured, is_armoured};
use super::key::Identity;

const FIRST: &[u8] = b"age-encryption.org/v1";

/// How any version of the format begins.
const ANY: &[u8] = b"age-encryption.org/";

/// Letters of a full line of a stanza's body.
const LINE: usize = 64;

/// Bytes of a piece of the contents, and of the tag that seals it.
const PIECE: usize = 64 * 1024;
const TAG: usize = 16;

/// Why a file was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unopened {
    /// It is no age file.
    NotAge,
    /// It is one of a version to come.
    Version,
    /// It is sealed with a passphrase.
    Passphrase,
    /// It is sealed for other keys.
    OtherKeys,
    /// It is not as it was sealed.
    Damaged(Damage),
}

/// What of a file is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The lines of base64.
    Armour,
    /// The lines that say for whom it is.
    Header,
    /// The seal of those lines.
    Seal,
    /// The contents: changed, cut off, or something after their end.
    Contents,
}

/// Opens a sealed file, in armour or not. Nothing is given away of contents that are not whole.
///
/// # Errors
/// Why it cannot be opened.
pub fn open(file: &[u8], keys: &[Identity]) -> Result<Vec<u8>, Unopened> {
    if is_armoured(file) {
        return open_bare(&dearmoured(file).ok_or(Unopened::Damaged(Damage::Armour))?, keys);
    }
    open_bare(file, keys)
}

fn open_bare(file: &[u8], keys: &[Identity]) -> Result<Vec<u8>, Unopened> {
    if !file.starts_with(ANY) {
        return Err(Unopened::NotAge);
    }
    let first = file.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if first != FIRST {
        return Err(Unopened::Version);
    }
    let header = Header::read(file).ok_or(Unopened::Damaged(Damage::Header))?;
    let key = header.file_key(keys)?;
    if !header.is_sealed_by(&key) {
        return Err(Unopened::Damaged(Damage::Seal));
    }
    contents(&key, &header.nonce, header.rest).ok_or(Unopened::Damaged(Damage::Contents))
}

/// What stands before the contents.
struct Header<'a> {
    stanzas: Vec<Stanza<'a>>,
    /// What the seal is of: all up to it.
    sealed: &'a [u8],
    seal: Vec<u8>,
    /// What makes the key of the contents one of its own.
    nonce: [u8; 16],
    /// The contents.
    rest: &'a [u8],
}

/// For whom the file is: one way to its key.
struct Stanza<'a> {
    arguments: Vec<&'a [u8]>,
    body: Vec<u8>,
}

/// The key of one file, 16 bytes.
type FileKey = [u8; 16];

impl<'a> Header<'a> {
    fn read(file: &'a [u8]) -> Option<Header<'a>> {
        let mut lines = Lines { file, at: FIRST.len() + 1 };
        let mut stanzas = Vec::new();
        loop {
            let start = lines.at;
            let line = lines.next()?;
            if let Some(seal) = line.strip_prefix(b"--- ") {
                let seal = BASE64_NOPAD.decode(seal).ok().filter(|seal| seal.len() == 32)?;
                let is_empty = stanzas.is_empty();
                let (nonce, rest) = file[lines.at..].split_first_chunk()?;
                let header = Header { stanzas, sealed: &file[..start + "---".len()], seal, nonce: *nonce, rest };
                return (!is_empty).then_some(header);
            }
            stanzas.push(Stanza::read(line.strip_prefix(b"-> ")?, &mut lines)?);
        }
    }

    fn file_key(&self, keys: &[Identity]) -> Result<FileKey, Unopened> {
        let is = |stanza: &Stanza, kind: &[u8]| stanza.arguments[0] == kind;
        if self.stanzas.iter().any(|stanza| is(stanza, b"scrypt")) {
            // A passphrase stands alone, or who has another key could change what it seals.
            return Err(if self.stanzas.len() == 1 { Unopened::Passphrase } else { Unopened::Damaged(Damage::Header) });
        }
        let mut found = None;
        for stanza in self.stanzas.iter().filter(|stanza| is(stanza, b"X25519")) {
            for key in keys {
                found = found.or(stanza.unwrap(key).map_err(|()| Unopened::Damaged(Damage::Header))?);
            }
        }
        found.ok_or(Unopened::OtherKeys)
    }

    fn is_sealed_by(&self, key: &FileKey) -> bool {
        let mut seal =
            <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&derived(&[], key, b"header")).expect("any length is a key");
        seal.update(self.sealed);
        seal.verify_slice(&self.seal).is_ok()
    }
}

impl<'a> Stanza<'a> {
    fn read(arguments: &'a [u8], lines: &mut Lines<'a>) -> Option<Stanza<'a>> {
        let arguments: Vec<&[u8]> = arguments.split(|byte| *byte == b' ').collect();
        if arguments.iter().any(|argument| argument.is_empty() || !argument.iter().all(u8::is_ascii_graphic)) {
            return None;
        }
        let mut body = Vec::new();
        loop {
            let line = lines.next()?;
            body.extend(BASE64_NOPAD.decode(line).ok().filter(|_| line.len() <= LINE)?);
            if line.len() < LINE {
                return Some(Stanza { arguments, body });
            }
        }
    }

    /// The file's key, when this way is for `key`; an error when it is no way at all.
    fn unwrap(&self, key: &Identity) -> Result<Option<FileKey>, ()> {
        let [_, share] = self.arguments[..] else { return Err(()) };
        let share: [u8; 32] = BASE64_NOPAD.decode(share).ok().and_then(|share| share.try_into().ok()).ok_or(())?;
        if self.body.len() != size_of::<FileKey>() + TAG {
            return Err(());
        }
        let shared = key.shared(share).ok_or(())?;
        let salt = [share, *key.recipient().bytes()].concat();
        let wrapping = derived(&salt, &shared, b"age-encryption.org/v1/X25519");
        let opened = cipher(&wrapping).decrypt(&Nonce::default(), &self.body[..]).ok();
        Ok(opened.and_then(|opened| opened.try_into().ok()))
    }
}

/// The lines of a header, each with its end.
struct Lines<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.file.get(self.at..)?;
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        self.at += end + 1;
        Some(&rest[..end])
    }
}

/// The contents, which are sealed in pieces; the last one says that it is the last.
fn contents(key: &FileKey, nonce: &[u8], rest: &[u8]) -> Option<Vec<u8>> {
    let cipher = cipher(&derived(nonce, key, b"payload"));
    let mut contents = Vec::with_capacity(rest.len());
    let mut pieces = rest.chunks(PIECE + TAG).enumerate().peekable();
    while let Some((number, piece)) = pieces.next() {
        let is_last = pieces.peek().is_none();
        let mut nonce = [0; 12];
        nonce[3..11].copy_from_slice(&(number as u64).to_be_bytes());
        nonce[11] = u8::from(is_last);
        let opened = cipher.decrypt(&Nonce::from(nonce), piece).ok()?;
        // Only a file without contents ends with an empty piece.
        if opened.is_empty() && number > 0 {
            return None;
        }
        contents.extend(opened);
    }
    (!rest.is_empty()).then_some(contents)
}

fn cipher(key: &[u8; 32]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&Key::from(*key))
}

fn derived(salt: &[u8], secret: &[u8], purpose: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(Some(salt), secret).expand(purpose, &mut key).expect("32 bytes are few enough");
    key
}
