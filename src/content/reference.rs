//! `Reference`: what a measure addresses or a finding is about, as one word: `indicator:2`, `I20`, `O2`, `urgent:1`, `IIT`.

use toml::de::DeValue;

use crate::diagnostic::{Text, text};
use crate::fields::rules::bad_value;
use crate::fields::{FieldValue, Mismatch};
use crate::thai::Code;
use crate::thai::digits::to_arabic;

/// A weakness, finding or part of a result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// An instrument: `IIT`, `EIT`, `OIT`.
    Instrument(String),
    /// An indicator by number: `indicator:2`.
    Indicator(u32),
    /// A question or item: `I20`, `O2`.
    Code(Code),
    /// An urgent issue of the year's analysis by number: `urgent:1`.
    Urgent(u32),
}

impl FieldValue for Reference {
    const EXPECTS: Text<&'static str> = Text { th: "จุดอ่อนที่อ้างถึง", en: "a reference" };
    const EXAMPLE: &'static str = "\"indicator:2\"";

    fn read(value: &DeValue) -> Result<Reference, Mismatch> {
        let typed = String::read(value)?;
        let number = |text: &str| to_arabic(text.trim()).parse::<u32>().ok();
        let reference = match typed.split_once(':') {
            Some(("indicator", text)) => number(text).map(Reference::Indicator),
            Some(("urgent", text)) => number(text).map(Reference::Urgent),
            Some(_) => None,
            None if ["IIT", "EIT", "OIT"].contains(&typed.as_str()) => Some(Reference::Instrument(typed.clone())),
            None => return Code::read(value).map(Reference::Code),
        };
        reference.ok_or_else(|| {
            let message = text!(th: "`{typed}` ไม่ใช่สิ่งที่อ้างถึงได้", en: "`{typed}` is not a reference");
            let help = text!(
                th: "พิมพ์ \"indicator:2\" (ตัวชี้วัด), \"urgent:1\" (ประเด็นเร่งด่วน), \"IIT\" (เครื่องมือ) หรือรหัสข้อ เช่น \"I20\", \"O2\"",
                en: "type \"indicator:2\", \"urgent:1\", an instrument such as \"IIT\", or a code such as \"I20\" or \"O2\""
            );
            Mismatch::Value(&bad_value::RULE, message, Some(help))
        })
    }
}
