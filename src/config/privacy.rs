//! `[[privacy]]` of `site.toml`: what may be published although it points at a person, and why.

use toml::de::DeValue;

use crate::diagnostic::{Reported, Spanned, Text};
use crate::fields::{FieldValue, Fields, FileName, Mismatch, Words, choices};
use crate::source::SourcePath;
use crate::source::traces::sum;
use crate::thai::personal::{self, Kind};

choices! {
    /// A kind of what points at a person, as it is called in the settings.
    KindChoice {
        /// เลขประจำตัวประชาชน.
        NationalId = "national-id",
        /// Mobile telephone.
        Phone = "phone",
        /// E-mail.
        Email = "email",
        /// Account at a bank.
        BankAccount = "bank-account",
        /// Where a person lives.
        Address = "address",
        /// Name of one who reports.
        Reporter = "reporter",
        /// Who wrote a file.
        Author = "author",
        /// Where a picture was taken.
        Location = "location",
    }
}

/// What may be published.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// A value; any when absent.
    pub value: Option<Spanned<String>>,
    /// A file below `content/`; any when absent.
    pub file: Option<Spanned<String>>,
    /// A kind; any when absent.
    pub kind: Option<KindChoice>,
    /// Why it may.
    pub reason: String,
}

impl Allowance {
    pub(super) fn read(fields: &mut Fields) -> Result<Allowance, Reported> {
        let file = fields.optional_spanned::<AllowedFile>("file");
        // One of both must be there.
        let value = match &file {
            Ok(None) => fields.required_spanned::<AllowedValue>("allow").map(Some),
            _ => fields.optional_spanned::<AllowedValue>("allow"),
        };
        let kind = fields.optional("kind");
        let reason = fields.required::<Reason>("reason");
        let value = value?.map(|value| Spanned { value: value.value.0, span: value.span });
        let file = file?.map(|file| Spanned { value: file.value.0, span: file.span });
        Ok(Allowance { value, file, kind: kind?, reason: reason?.0 })
    }

    /// Whether it allows something of a kind, with a sum, in a file.
    pub fn covers(&self, kind: Kind, found: u64, file: &SourcePath) -> bool {
        let is_value = |value: &Spanned<String>| personal::values(&value.value).iter().any(|value| sum(kind, value) == found);
        self.kind.is_none_or(|choice| choice.kind() == kind)
            && self.value.as_ref().is_none_or(is_value)
            && (self.file.is_none() || self.is_of_file(file))
    }

    /// Whether it names this file.
    pub fn is_of_file(&self, file: &SourcePath) -> bool {
        let name = self.file.as_ref().map(|name| name.value.trim_start_matches('/'));
        name.is_some_and(|name| file.as_str() == name || file.as_str().strip_prefix("content/") == Some(name))
    }
}

impl KindChoice {
    /// The kind itself.
    pub fn kind(self) -> Kind {
        match self {
            KindChoice::NationalId => Kind::NationalId,
            KindChoice::Phone => Kind::Phone,
            KindChoice::Email => Kind::Email,
            KindChoice::BankAccount => Kind::BankAccount,
            KindChoice::Address => Kind::Address,
            KindChoice::Reporter => Kind::Reporter,
            KindChoice::Author => Kind::Author,
            KindChoice::Location => Kind::Location,
        }
    }
}

/// A value that may be published, as it is written there; a number may be typed as one.
struct AllowedValue(String);

impl FieldValue for AllowedValue {
    const EXPECTS: Text<&'static str> = Text {
        th: "ข้อมูลที่เผยแพร่ได้ (หรือใช้ file แทน)",
        en: "what may be published (or `file` in its place)",
    };
    const EXAMPLE: &'static str = "\"08 1234 5678\"";

    fn read(value: &DeValue) -> Result<AllowedValue, Mismatch> {
        Words::read(value).map(|words| AllowedValue(words.0))
    }
}

/// A file of `content/`.
struct AllowedFile(String);

impl FieldValue for AllowedFile {
    const EXPECTS: Text<&'static str> = Text {
        th: "ไฟล์ใน content ที่ตรวจแล้วว่าเผยแพร่ได้",
        en: "a file of content/ that was looked through",
    };
    const EXAMPLE: &'static str = "\"disclosures/plan.pdf\"";

    fn read(value: &DeValue) -> Result<AllowedFile, Mismatch> {
        FileName::read(value).map(|name| AllowedFile(name.0))
    }
}

/// Why something may be published.
struct Reason(String);

impl FieldValue for Reason {
    const EXPECTS: Text<&'static str> =
        Text { th: "เหตุผลที่เผยแพร่ได้", en: "why it may be published" };
    const EXAMPLE: &'static str = "\"…\"";

    fn read(value: &DeValue) -> Result<Reason, Mismatch> {
        String::read(value).map(Reason)
    }
}
