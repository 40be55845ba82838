//! Keys as age writes them: `age1…` to seal with, `AGE-SECRET-KEY-1…` to open with.

use std::borrow::Cow;
use std::fmt;

use bech32::{Bech32, Hrp};
use x25519_dalek::{PublicKey, StaticSecret};

/// How every secret key begins.
pub const SECRET: &str = "AGE-SECRET-KEY-";

/// How the secret keys begin that this program makes and opens with.
const SECRET_1: &str = "AGE-SECRET-KEY-1";

/// A public key that reports are sealed with: `age1…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recipient([u8; 32]);

/// Why a text is no public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRecipient {
    /// It is a secret key.
    Secret,
    /// It begins as one, but a letter is wrong or missing.
    Damaged,
    /// It is a key of another kind: post-quantum, of a plugin, of SSH.
    OtherKind,
    /// It is something else.
    NoKey,
}

/// A secret key. It shows itself to nobody but [`Identity::to_secret`].
#[derive(Clone)]
pub struct Identity(StaticSecret);

impl Recipient {
    /// Reads a public key.
    ///
    /// # Errors
    /// What the text is instead.
    pub fn parse(text: &str) -> Result<Recipient, NoRecipient> {
        let text = text.trim();
        if text.to_ascii_uppercase().contains(SECRET) {
            return Err(NoRecipient::Secret);
        }
        if ["age1pq1", "age1tag1", "age1tagpq1", "age1yubikey1", "ssh-"].iter().any(|kind| text.starts_with(kind)) {
            return Err(NoRecipient::OtherKind);
        }
        if !text.to_ascii_lowercase().starts_with("age1") {
            return Err(NoRecipient::NoKey);
        }
        let key = decoded(text, "age").map(Recipient).ok_or(NoRecipient::Damaged)?;
        // A point of small order gives everybody the same secret.
        let probe = StaticSecret::from([1; 32]).diffie_hellman(&PublicKey::from(key.0));
        if probe.was_contributory() { Ok(key) } else { Err(NoRecipient::Damaged) }
    }

    /// Its 32 bytes.
    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encoded("age", &self.0))
    }
}

impl Identity {
    /// The key of 32 random bytes.
    pub fn of(random: [u8; 32]) -> Identity {
        Identity(StaticSecret::from(random))
    }

    /// Reads a secret key.
    pub fn parse(text: &str) -> Option<Identity> {
        text.starts_with(SECRET_1).then(|| decoded(text, "age-secret-key-").map(Identity::of))?
    }

    /// The public key that belongs to it.
    pub fn recipient(&self) -> Recipient {
        Recipient(PublicKey::from(&self.0).to_bytes())
    }

    /// The secret key as text, for the file it is kept in.
    pub fn to_secret(&self) -> String {
        encoded("age-secret-key-", self.0.as_bytes()).to_ascii_uppercase()
    }

    /// What it has in common with the other side; `None` when that is no honest key.
    pub(super) fn shared(&self, share: [u8; 32]) -> Option<[u8; 32]> {
        let shared = self.0.diffie_hellman(&PublicKey::from(share));
        shared.was_contributory().then(|| shared.to_bytes())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity(of {})", self.recipient())
    }
}

/// The secret keys of a file as `age-keygen` writes it: comments, and a key a line. The error is the number of a line that is none.
///
/// # Errors
/// The first line that is neither a key nor a comment, from 1.
pub fn identities(text: &str) -> Result<Vec<Identity>, usize> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(|(number, line)| Identity::parse(line.trim()).ok_or(number)).collect()
}

/// The text with every secret key starred out, as long as it was.
pub fn mask(text: &str) -> Cow<'_, str> {
    let upper = text.to_ascii_uppercase();
    if !upper.contains(SECRET) {
        return Cow::Borrowed(text);
    }
    let mut masked = text.to_owned();
    for (at, _) in upper.match_indices(SECRET) {
        let start = at + SECRET.len();
        let len = text[start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        masked.replace_range(start..start + len, &"*".repeat(len));
    }
    Cow::Owned(masked)
}

/// 32 bytes as bech32; age's keys are longer than that of coins, but not too long for its checksum.
fn encoded(prefix: &str, bytes: &[u8; 32]) -> String {
    bech32::encode_lower::<Bech32>(Hrp::parse_unchecked(prefix), bytes).expect("32 bytes are short enough")
}

fn decoded(text: &str, prefix: &str) -> Option<[u8; 32]> {
    let checked = bech32::primitives::decode::CheckedHrpstring::new::<Bech32>(text).ok()?;
    if !checked.hrp().as_str().eq_ignore_ascii_case(prefix) {
        return None;
    }
    let bytes: Vec<u8> = checked.byte_iter().collect();
    // Bits left over must be nothing: one key has one spelling.
    let key: [u8; 32] = bytes.try_into().ok()?;
    encoded(prefix, &key).eq_ignore_ascii_case(text).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by `age-keygen` 1.1.1 for this test.
    const PUBLIC: &str = "age168k6z9mfga796lwg7y9q25q4rxdnrkeg2m3fzp0a04ha6qfh95aqkeq28m";
    const PRIVATE: &str = "AGE-SECRET-KEY-1MTG0VUVWRFCAKR9JU2V7XCKQTJMZ43ZLN8E6EQ4ZZ4QTCQALACUSPA74EX";

    #[test]
    fn keys_are_those_of_age() {
        let key = Identity::parse(PRIVATE).expect("a secret key");
        assert_eq!((key.to_secret().as_str(), key.recipient().to_string().as_str()), (PRIVATE, PUBLIC));
        assert_eq!(Recipient::parse(&format!(" {PUBLIC}\n")), Ok(key.recipient()));
        assert!(!format!("{key:?}").contains("AGE-SECRET"));
    }

    #[test]
    fn one_wrong_letter_is_no_key() {
        for at in 4..PUBLIC.len() {
            let mut wrong = PUBLIC.to_owned();
            wrong.replace_range(at..=at, if &PUBLIC[at..=at] == "q" { "p" } else { "q" });
            assert_eq!(Recipient::parse(&wrong), Err(NoRecipient::Damaged), "{wrong}");
            assert_eq!(Recipient::parse(&PUBLIC[..at]), Err(NoRecipient::Damaged));
        }
        for (text, why) in [
            (PRIVATE, NoRecipient::Secret),
            (&*PRIVATE.to_ascii_lowercase(), NoRecipient::Secret),
            ("age1pq1abc", NoRecipient::OtherKind),
            ("ssh-ed25519 AAAA", NoRecipient::OtherKind),
            ("officer@example.go.th", NoRecipient::NoKey),
        ] {
            assert_eq!(Recipient::parse(text), Err(why));
        }
        // The point zero: whoever seals to it seals to everybody.
        let nobody = encoded("age", &[0; 32]);
        assert_eq!(Recipient::parse(&nobody), Err(NoRecipient::Damaged));
    }

    #[test]
    fn a_file_of_keys_is_read_line_by_line() {
        let file = format!("# created: today\r\n# public key: {PUBLIC}\r\n{PRIVATE}\r\n\n{PRIVATE}");
        assert_eq!(identities(&file).expect("two keys").len(), 2);
        assert_eq!(identities(&format!("{PRIVATE}\n{PUBLIC}")).err(), Some(2));
    }

    #[test]
    fn a_secret_key_is_starred_out() {
        let text = format!("ก \"{PRIVATE}\" {} ข", PRIVATE.to_ascii_lowercase());
        let masked = mask(&text);
        assert_eq!(masked.len(), text.len());
        assert!(!masked.contains("MTG0") && !masked.contains("mtg0") && masked.ends_with(" ข"), "{masked}");
        assert!(matches!(mask("age1abc"), Cow::Borrowed(_)));
    }
}
