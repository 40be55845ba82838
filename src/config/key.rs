//! How the key of an agency is typed in its settings.

use toml::de::DeValue;

use crate::diagnostic::{Text, text};
use crate::fields::rules::bad_value;
use crate::fields::{FieldValue, Mismatch};
use crate::signing::PublicKey;

impl FieldValue for PublicKey {
    const EXPECTS: Text<&'static str> = Text {
        th: "กุญแจสาธารณะของ ssh-keygen หรือ minisign",
        en: "a public key of ssh-keygen or minisign",
    };
    const EXAMPLE: &'static str = "\"ssh-ed25519 AAAA…\"";

    fn read(value: &DeValue) -> Result<PublicKey, Mismatch> {
        let typed = String::read(value)?;
        PublicKey::parse(&typed).map_err(|why| {
            let help = text!(
                th: "คัดลอกบรรทัดเดียวจากไฟล์ .pub ที่ขึ้นต้นด้วย ssh-ed25519 หรือ RW",
                en: "copy the one line of the .pub file that starts with ssh-ed25519 or RW"
            );
            Mismatch::Value(&bad_value::RULE, why, Some(help))
        })
    }
}
