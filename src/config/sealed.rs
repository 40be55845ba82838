//! `[sealed]` of the settings: the keys of those who open sealed reports, and where a sealed report can be posted.

use memchr::memmem;
use toml::de::DeValue;
use url::{Host, Url};

use super::rules::secret_key;
use crate::diagnostic::{Diagnostics, Reported, Span, Text, text};
use crate::fields::rules::bad_value;
use crate::fields::{FieldValue, Fields, Mismatch};
use crate::sealed::{NoRecipient, Recipient, SECRET};
use crate::source::{Source, Sources};

/// The page for sealed reports.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// Who can open them; at least one.
    pub recipients: Vec<Recipient>,
    /// Where the page can post them.
    pub endpoint: Option<Endpoint>,
}

/// An address that the page posts to. It stands in a policy and in the settings of web servers, so it has no sign that means something
/// there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint(String);

impl Endpoint {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parse(typed: &str) -> Option<Endpoint> {
        let url = Url::parse(typed).ok()?;
        // On this machine it may be tried without a certificate.
        let is_here = match url.host()? {
            // In a policy `*` is every host.
            Host::Domain(name) if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)) => return None,
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(_) => false,
        };
        let is_safe = url.scheme() == "https" || url.scheme() == "http" && is_here;
        let is_bare = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
        let is_plain = url.path().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte));
        (is_safe && is_bare && is_plain).then(|| Endpoint(url.into()))
    }
}

impl FieldValue for Endpoint {
    const EXPECTS: Text<&'static str> =
        Text { th: "ที่อยู่เว็บที่รับไฟล์", en: "a web address that takes the file" };
    const EXAMPLE: &'static str = "\"https://reports.example.go.th/sealed\"";

    fn read(value: &DeValue) -> Result<Endpoint, Mismatch> {
        let typed = String::read(value)?;
        Endpoint::parse(&typed).ok_or_else(|| {
            let message = text!(th: "ส่งไฟล์ปิดผนึกไปที่ `{typed}` ไม่ได้", en: "sealed files cannot be posted to `{typed}`");
            let help = text!(
                th: "ใช้ที่อยู่ https:// ที่มีเฉพาะชื่อเครื่องและทางเดิน (a-z, 0-9, / - . _ ~) ไม่มี ? # ; % และไม่มีรหัสผ่าน",
                en: "use an https:// address of a host and a path (a-z, 0-9, / - . _ ~), without ? # ; % and without a password"
            );
            Mismatch::Value(&bad_value::RULE, message, Some(help))
        })
    }
}

impl FieldValue for Recipient {
    const EXPECTS: Text<&'static str> =
        Text { th: "กุญแจสาธารณะของ age", en: "a public key of age" };
    const EXAMPLE: &'static str = "\"age1…\"";

    fn read(value: &DeValue) -> Result<Recipient, Mismatch> {
        let typed = String::read(value)?;
        let problem = match Recipient::parse(&typed) {
            Ok(key) => return Ok(key),
            Err(problem) => problem,
        };
        let (message, help) = match problem {
            NoRecipient::Secret => return Err(secret_key::mismatch()),
            NoRecipient::Damaged => (
                text!(th: "กุญแจ `{typed}` ไม่ครบหรือมีตัวอักษรผิด", en: "a letter of the key `{typed}` is wrong or missing"),
                text!(
                    th: "คัดลอกทั้งบรรทัดที่ขึ้นต้นด้วย age1 จาก prongsai keys new อีกครั้ง อย่าพิมพ์เอง",
                    en: "copy the whole line that starts with age1 from prongsai keys new again; do not type it"
                ),
            ),
            NoRecipient::OtherKind => (
                text!(th: "กุญแจ `{typed}` เป็นชนิดที่หน้าเว็บใช้ปิดผนึกไม่ได้", en: "the page cannot seal for a key of this kind: `{typed}`"),
                text!(th: "สร้างกุญแจด้วย prongsai keys new หรือ age-keygen", en: "make one with prongsai keys new or age-keygen"),
            ),
            NoRecipient::NoKey => (
                text!(th: "`{typed}` ไม่ใช่กุญแจสาธารณะของ age", en: "`{typed}` is not a public key of age"),
                text!(
                    th: "สร้างกุญแจด้วย prongsai keys new แล้ววางบรรทัดที่ขึ้นต้นด้วย age1",
                    en: "make a key with prongsai keys new, then paste the line that starts with age1"
                ),
            ),
        };
        Err(Mismatch::Value(&bad_value::RULE, message, Some(help)))
    }
}

/// The fields of `[sealed]`.
pub(super) fn read(fields: &mut Fields) -> Result<Sealed, Reported> {
    let first = fields.required_list("recipients");
    let endpoint = fields.optional("endpoint");
    let mut recipients: Vec<Recipient> = Vec::new();
    for key in first? {
        if recipients.contains(&key.value) {
            let message = text!(th: "มีกุญแจนี้แล้ว", en: "this key is there already");
            fields
                .diagnostics()
                .push(bad_value::RULE.at(key.span, message).help(text!(th: "ลบกุญแจที่ซ้ำ", en: "delete the second one")));
        } else {
            recipients.push(key.value);
        }
    }
    Ok(Sealed { recipients, endpoint: endpoint? })
}

/// Reports every secret key that stands in a text of the site folder, where it would be published or handed on; but not one that was
/// reported in place of a public key.
pub(super) fn check_secrets(sources: &Sources, diagnostics: &mut Diagnostics) {
    // As long as a key is: who writes about keys need not spell one.
    const LETTERS: usize = 40;
    let finder = memmem::Finder::new(SECRET);
    let mut found = Vec::new();
    for (path, source) in sources.under("content").chain(sources.under("themes")) {
        let Source::Text { text, .. } = source else { continue };
        for start in finder.find_iter(text.as_bytes()) {
            let key = start + SECRET.len();
            let len = text[key..].bytes().take_while(u8::is_ascii_alphanumeric).count();
            if len >= LETTERS {
                found.push((path, start, key + len));
            }
        }
    }
    let known: Vec<Span> = diagnostics
        .iter()
        .filter(|problem| problem.rule.code == secret_key::RULE.code)
        .map(|problem| problem.span.clone())
        .collect();
    for (path, start, end) in found {
        let is_it = |span: &Span| span.path == *path && span.bytes.is_some_and(|(from, to)| from <= start && start < to);
        if !known.iter().any(is_it) {
            secret_key::report(Span::range(path, start..end), diagnostics);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_address_can_stand_in_a_policy() {
        let good = [
            "https://reports.example.go.th",
            "https://รายงาน.example/a-b/c_d~e.php",
            "http://127.0.0.1:8000/in",
            "http://localhost/",
        ];
        for typed in good {
            let endpoint = Endpoint::parse(typed).unwrap_or_else(|| panic!("{typed}"));
            assert!(endpoint.as_str().is_ascii() && !endpoint.as_str().contains([';', ' ', ',', '\'', '"', '$', '%']));
        }
        for typed in [
            "http://example.go.th/in",
            "https://a:b@example.go.th/",
            "https://example.go.th/?to=1",
            "https://example.go.th/#a",
            "https://example.go.th/a;script-src *",
            "https://example.go.th/ก",
            "https://example.go.th/$host",
            "ftp://example.go.th/",
            "mailto:a@example.go.th",
            "/report",
            "javascript:alert(1)",
            "https://example.go.th/a,b",
            "https://*.example.go.th/",
        ] {
            assert_eq!(Endpoint::parse(typed), None, "{typed}");
        }
    }
}
