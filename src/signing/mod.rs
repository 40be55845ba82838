//! Signatures of an agency: keys and signature files of OpenSSH (`ssh-keygen -Y`, PROTOCOL.sshsig) and minisign. Only Ed25519.

use std::fmt;
use std::io::Cursor;

use data_encoding::BASE64;
use minisign::{SecretKeyBox, SignatureBox};
use ssh_key::{Algorithm, HashAlg, LineEnding, SshSig};

use crate::diagnostic::{Text, text};

/// What a signature of OpenSSH is for: `ssh-keygen -Y verify -n file`.
const NAMESPACE: &str = "file";

/// Tools that an agency may sign with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// `ssh-keygen -Y sign`.
    Ssh,
    /// `minisign -S`.
    Minisign,
}

/// A key that anybody may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// `ssh-ed25519 AAAA… comment`.
    Ssh(ssh_key::PublicKey),
    /// `RWQ…`.
    Minisign(minisign::PublicKey),
}

/// A key that the agency holds.
pub enum SecretKey {
    /// Of `ssh-keygen -t ed25519`.
    Ssh(Box<ssh_key::PrivateKey>),
    /// Of `minisign -G`.
    Minisign(Box<minisign::SecretKey>),
}

/// Why a secret key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoKey {
    /// It is locked, and no password was given.
    Locked,
    /// The password is another one.
    WrongPassword,
    /// It is no such key; what to do.
    Other(Text),
}

impl Tool {
    /// Every tool.
    pub const ALL: [Tool; 2] = [Tool::Ssh, Tool::Minisign];

    /// What is put after the name of a file for that of its signature.
    pub fn extension(self) -> &'static str {
        match self {
            Tool::Ssh => "sig",
            Tool::Minisign => "minisig",
        }
    }
}

impl PublicKey {
    /// Reads a key as it stands in its file, or the last line of one.
    ///
    /// # Errors
    /// What is wrong with it. A secret key is never repeated in the words.
    pub fn parse(typed: &str) -> Result<PublicKey, Text> {
        if typed.contains("PRIVATE KEY") || typed.contains("secret key") {
            return Err(text!(
                th: "นี่คือกุญแจลับ ห้ามใส่ในเว็บไซต์ ใส่กุญแจสาธารณะแทน (ไฟล์ .pub)",
                en: "this is the secret key, which must never be on the site; put the public one here (the .pub file)"
            ));
        }
        let line = typed.trim().lines().last().unwrap_or_default().trim();
        if let Ok(key) = minisign::PublicKey::from_base64(line) {
            return Ok(PublicKey::Minisign(key));
        }
        match ssh_key::PublicKey::from_openssh(line) {
            Ok(key) if key.algorithm() == Algorithm::Ed25519 => Ok(PublicKey::Ssh(key)),
            Ok(_) => Err(only_ed25519()),
            Err(_) => Err(text!(
                th: "ไม่ใช่กุญแจสาธารณะของ ssh-keygen หรือ minisign",
                en: "it is no public key of ssh-keygen or minisign"
            )),
        }
    }

    /// The tool that the key is of.
    pub fn tool(&self) -> Tool {
        match self {
            PublicKey::Ssh(_) => Tool::Ssh,
            PublicKey::Minisign(_) => Tool::Minisign,
        }
    }

    /// Whether a signature file says that the holder of this key signed `message`.
    pub fn accepts(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(signature) else { return false };
        match self {
            PublicKey::Ssh(key) => {
                SshSig::from_pem(text.trim_end()).is_ok_and(|signature| key.verify(NAMESPACE, message, &signature).is_ok())
            }
            PublicKey::Minisign(key) => SignatureBox::from_string(text)
                .is_ok_and(|signature| minisign::verify(key, &signature, Cursor::new(message), true, false, false).is_ok()),
        }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PublicKey::Ssh(key) => f.write_str(&key.to_openssh().map_err(|_| fmt::Error)?),
            PublicKey::Minisign(key) => f.write_str(&key.to_base64()),
        }
    }
}

impl SecretKey {
    /// Reads the file of a secret key, with its password where it has one.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn read(file: &str, password: Option<&str>) -> Result<SecretKey, NoKey> {
        if file.contains("PRIVATE KEY") {
            let key = ssh_key::PrivateKey::from_openssh(file).map_err(|_| NoKey::Other(no_secret_key()))?;
            if key.algorithm() != Algorithm::Ed25519 {
                return Err(NoKey::Other(only_ed25519()));
            }
            let key = match (key.is_encrypted(), password) {
                (false, _) => key,
                (true, None) => return Err(NoKey::Locked),
                (true, Some(password)) => key.decrypt(password).map_err(|_| NoKey::WrongPassword)?,
            };
            return Ok(SecretKey::Ssh(Box::new(key)));
        }
        let bytes = file.lines().nth(1).and_then(|line| BASE64.decode(line.trim().as_bytes()).ok()).unwrap_or_default();
        let unread = || NoKey::Other(no_secret_key());
        let key = match bytes.get(2..4) {
            // Minisign writes no checksum of a key without a password, which its own library insists on.
            Some([0, 0]) => minisign::SecretKey::from_bytes(&bytes).map_err(|_| unread())?,
            Some(b"Sc") => {
                let locked = SecretKeyBox::from_string(file).map_err(|_| unread())?;
                let password = password.ok_or(NoKey::Locked)?;
                locked.into_secret_key(Some(password.to_owned())).map_err(|_| NoKey::WrongPassword)?
            }
            _ => return Err(unread()),
        };
        Ok(SecretKey::Minisign(Box::new(key)))
    }

    /// The key that belongs to it.
    ///
    /// # Errors
    /// When the key is damaged.
    pub fn public(&self) -> Result<PublicKey, Text> {
        match self {
            SecretKey::Ssh(key) => Ok(PublicKey::Ssh(key.public_key().clone())),
            SecretKey::Minisign(key) => {
                minisign::PublicKey::from_secret_key(key).map(PublicKey::Minisign).map_err(|_| no_secret_key())
            }
        }
    }

    /// The signature file of `message`. `comment` is signed, too, where the tool has a place for it.
    ///
    /// # Errors
    /// When the key is damaged.
    pub fn sign(&self, message: &[u8], comment: &str) -> Result<String, Text> {
        let signature = match self {
            SecretKey::Ssh(key) => {
                let signature = key.sign(NAMESPACE, HashAlg::Sha512, message).map_err(|_| no_secret_key())?;
                signature.to_pem(LineEnding::LF).map_err(|_| no_secret_key())?
            }
            SecretKey::Minisign(key) => {
                let signature = minisign::sign(None, key, Cursor::new(message), Some(comment), None);
                signature.map_err(|_| no_secret_key())?.into_string()
            }
        };
        // The two halves of a damaged key do not fit.
        if self.public()?.accepts(message, signature.as_bytes()) { Ok(signature) } else { Err(no_secret_key()) }
    }
}

fn only_ed25519() -> Text {
    text!(
        th: "ใช้ได้เฉพาะกุญแจชนิด Ed25519 สร้างด้วย ssh-keygen -t ed25519 -f FILE",
        en: "only keys of the kind Ed25519 can be used; make one with ssh-keygen -t ed25519 -f FILE"
    )
}

fn no_secret_key() -> Text {
    text!(
        th: "ไม่ใช่ไฟล์กุญแจลับของ ssh-keygen -t ed25519 หรือ minisign -G",
        en: "it is no secret key file of ssh-keygen -t ed25519 or minisign -G"
    )
}
