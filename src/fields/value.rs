//! `FieldValue`: what a field may hold, read the way officers type it.

use std::num::NonZeroU32;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::de::DeValue;

use super::Shape;
use super::rules::{bad_date, bad_value, christian_year};
use crate::diagnostic::{Rule, Text, text};
use crate::thai::code::{Code, NotACode};
use crate::thai::date::{self, DateProblem, FiscalYear};
use crate::thai::digits::to_arabic;
use crate::thai::fold::is_blank;
use crate::thai::repair::repaired;
use crate::thai::{Period, period, phone};

/// A type that a field can be read into.
pub trait FieldValue: Sized {
    /// What an officer is told to write, in a few words.
    const EXPECTS: Text<&'static str>;

    /// How it is typed in TOML.
    const EXAMPLE: &'static str;

    /// What it is, for forms and schemas.
    const SHAPE: Shape = Shape::Text;

    /// Reads the value.
    ///
    /// # Errors
    /// [`Mismatch`], which the reader reports at the value.
    fn read(value: &DeValue) -> Result<Self, Mismatch>;
}

/// Why a value cannot be read.
#[derive(Debug)]
pub enum Mismatch {
    /// Another TOML type is expected.
    Type,
    /// Nothing between the quotation marks.
    Empty,
    /// The type is right, the value is not: rule, message, help.
    Value(&'static Rule, Text, Option<Text>),
}

/// A year of the Buddhist Era in a field.
pub type Year = FiscalYear;

/// A telephone number: 9 or 10 digits, or the short number of a service.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Contact {
    /// As typed, with Arabic digits.
    pub shown: String,
    /// For `tel:` links (RFC 3966): `+6642123456`, with a desk `+6642123456;ext=12`, or the short number as it is.
    pub tel: String,
}

/// A topic of the form, which becomes part of a URL: small Latin letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic(pub String);

impl Topic {
    /// Whether a text can be a topic.
    pub fn is_topic(text: &str) -> bool {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    }
}

impl FieldValue for Topic {
    const EXPECTS: Text<&'static str> = Text { th: "ชื่อเรื่องในแบบ", en: "a topic of the form" };
    const EXAMPLE: &'static str = "\"operating-plan\"";

    fn read(value: &DeValue) -> Result<Topic, Mismatch> {
        let typed = String::read(value)?;
        if Topic::is_topic(&typed) {
            return Ok(Topic(typed));
        }
        let message = text!(th: "`{typed}` ใช้เป็นที่อยู่หน้าเว็บไม่ได้", en: "`{typed}` cannot be part of a URL");
        let help = text!(th: "ใช้ a-z, 0-9 และขีด เช่น \"operating-plan\"", en: "use a-z, 0-9 and hyphens, like \"operating-plan\"");
        Err(Mismatch::Value(&bad_value::RULE, message, Some(help)))
    }
}

/// An e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(pub String);

impl FieldValue for Email {
    const EXPECTS: Text<&'static str> = Text { th: "อีเมล", en: "an e-mail address" };
    const EXAMPLE: &'static str = "\"name@example.go.th\"";
    const SHAPE: Shape = Shape::Email;

    fn read(value: &DeValue) -> Result<Email, Mismatch> {
        let typed = String::read(value)?;
        let is_plain =
            |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@,;<>()\"?&%:\\".contains(c));
        if typed.split_once('@').is_some_and(|(name, host)| is_plain(name) && is_plain(host) && host.contains('.')) {
            return Ok(Email(typed));
        }
        let message = text!(th: "`{typed}` ไม่ใช่อีเมล", en: "`{typed}` is not an e-mail address");
        let example = Self::EXAMPLE;
        Err(Mismatch::Value(
            &bad_value::RULE,
            message,
            Some(text!(th: "พิมพ์อีเมลเดียว เช่น {example}", en: "type one address, like {example}")),
        ))
    }
}

/// The id of a requirement, `O11.2`; every spelling of the item's code is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementId(pub String);

impl FieldValue for RequirementId {
    const EXPECTS: Text<&'static str> = Text { th: "รหัสข้อกำหนด", en: "the id of a requirement" };
    const EXAMPLE: &'static str = "\"O11.2\"";

    fn read(value: &DeValue) -> Result<RequirementId, Mismatch> {
        let typed = String::read(value)?;
        let parts = typed
            .rsplit_once('.')
            .and_then(|(item, part)| Some((Code::item(item)?, to_arabic(part.trim()).parse::<u32>().ok()?)));
        if let Some((item, part)) = parts {
            return Ok(RequirementId(format!("{item}.{part}")));
        }
        let message = text!(th: "`{typed}` ไม่ใช่รหัสข้อกำหนด", en: "`{typed}` is not the id of a requirement");
        let help = text!(th: "พิมพ์รหัสข้อ จุด และเลขข้อย่อย เช่น \"O11.2\"", en: "type the item, a dot and a number, like \"O11.2\"");
        Err(Mismatch::Value(&bad_value::RULE, message, Some(help)))
    }
}

/// The address of a page on the web; `http` or `https`, so that it can be a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebUrl(pub String);

impl FieldValue for WebUrl {
    const EXPECTS: Text<&'static str> = Text { th: "ที่อยู่เว็บ", en: "a web address" };
    const EXAMPLE: &'static str = "\"https://www.example.go.th/\"";
    const SHAPE: Shape = Shape::Url;

    fn read(value: &DeValue) -> Result<WebUrl, Mismatch> {
        let typed = String::read(value)?;
        // Browsers drop line ends and read `\` as `/`; a name before an `@` passes for the host.
        let is_plain = !typed.contains(|c: char| c.is_control() || c == '\\');
        let is_web =
            |url: url::Url| matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        if is_plain && url::Url::parse(&typed).is_ok_and(is_web) {
            return Ok(WebUrl(typed));
        }
        let message = text!(th: "`{typed}` ไม่ใช่ที่อยู่เว็บ", en: "`{typed}` is not a web address");
        let example = Self::EXAMPLE;
        let help = text!(th: "พิมพ์ให้ขึ้นต้นด้วย https:// เช่น {example}", en: "type it with https:// in front, like {example}");
        Err(Mismatch::Value(&bad_value::RULE, message, Some(help)))
    }
}

impl FieldValue for String {
    const EXPECTS: Text<&'static str> = Text { th: "ข้อความ", en: "text" };
    const EXAMPLE: &'static str = "\"…\"";

    fn read(value: &DeValue) -> Result<String, Mismatch> {
        let DeValue::String(text) = value else { return Err(Mismatch::Type) };
        let text = text.trim();
        // `-` and an invisible space say as little as nothing.
        if is_blank(text) {
            return Err(Mismatch::Empty);
        }
        if text.contains(|c: char| c.is_control() && !c.is_whitespace()) {
            let message = text!(th: "มีอักขระควบคุมที่มองไม่เห็นในข้อความ", en: "the text contains an invisible control character");
            let help = text!(th: "พิมพ์ข้อความใหม่ ไม่คัดลอก", en: "type the text anew instead of pasting it");
            return Err(Mismatch::Value(&bad_value::RULE, message, Some(help)));
        }
        Ok(repaired(text).into_owned())
    }
}

/// The name of a file as it is typed, for so it is called on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName(pub String);

impl FieldValue for FileName {
    const EXPECTS: Text<&'static str> = Text {
        th: "ชื่อไฟล์ที่วางไว้ข้างเอกสาร", en: "the name of a file beside the document"
    };
    const EXAMPLE: &'static str = "\"file.pdf\"";
    const SHAPE: Shape = Shape::File;

    fn read(value: &DeValue) -> Result<FileName, Mismatch> {
        String::read(value)?;
        value.as_str().map(|typed| FileName(typed.trim().to_owned())).ok_or(Mismatch::Type)
    }
}

/// Text, or a number that an officer typed without quotation marks: `480000`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(pub String);

impl FieldValue for Words {
    const EXPECTS: Text<&'static str> = String::EXPECTS;
    const EXAMPLE: &'static str = String::EXAMPLE;

    fn read(value: &DeValue) -> Result<Words, Mismatch> {
        match value {
            DeValue::Integer(_) => number_text(value).map(Words),
            DeValue::Float(float) => Ok(Words(float.as_str().to_owned())),
            value => String::read(value).map(Words),
        }
    }
}

impl FieldValue for Text {
    const EXPECTS: Text<&'static str> = Text { th: "ข้อความสองภาษา", en: "text in both languages" };
    const EXAMPLE: &'static str = r#"{ th = "…", en = "…" }"#;
    const SHAPE: Shape = Shape::TwoTexts;

    fn read(value: &DeValue) -> Result<Text, Mismatch> {
        if let DeValue::Table(table) = value {
            let get = |key| table.get(key).map_or(Err(Mismatch::Type), |value| String::read(value.get_ref()));
            return Ok(Text { th: get("th")?, en: get("en")? });
        }
        let th = String::read(value)?;
        Ok(Text { en: th.clone(), th })
    }
}

impl FieldValue for bool {
    const EXPECTS: Text<&'static str> =
        Text { th: "ค่า true (ใช่) หรือ false (ไม่ใช่)", en: "true or false" };
    const EXAMPLE: &'static str = "true";
    const SHAPE: Shape = Shape::Boolean;

    fn read(value: &DeValue) -> Result<bool, Mismatch> {
        value.as_bool().ok_or(Mismatch::Type)
    }
}

impl FieldValue for NonZeroU32 {
    const EXPECTS: Text<&'static str> =
        Text { th: "จำนวนเต็มตั้งแต่ 1", en: "a whole number from 1" };
    const EXAMPLE: &'static str = "1";
    const SHAPE: Shape = Shape::Number(1);

    fn read(value: &DeValue) -> Result<NonZeroU32, Mismatch> {
        NonZeroU32::new(u32::read(value)?).ok_or(Mismatch::Type)
    }
}

impl FieldValue for u32 {
    const EXPECTS: Text<&'static str> = Text { th: "จำนวนเต็ม", en: "a whole number" };
    const EXAMPLE: &'static str = "1";
    const SHAPE: Shape = Shape::Number(0);

    fn read(value: &DeValue) -> Result<u32, Mismatch> {
        let digits = number_text(value)?;
        digits.parse().map_err(|_| Mismatch::Type)
    }
}

impl FieldValue for Decimal {
    const EXPECTS: Text<&'static str> = Text { th: "คะแนน 0–100", en: "a score from 0 to 100" };
    const EXAMPLE: &'static str = "\"91.81\"";
    const SHAPE: Shape = Shape::Score;

    fn read(value: &DeValue) -> Result<Decimal, Mismatch> {
        let typed = match value {
            DeValue::Float(float) => float.as_str().to_owned(),
            value => number_text(value)?,
        };
        let score: Decimal = typed.parse().map_err(|_| Mismatch::Type)?;
        if score < Decimal::ZERO || score > Decimal::ONE_HUNDRED {
            let message = text!(th: "คะแนน {typed} อยู่นอกช่วง 0–100", en: "the score {typed} is not between 0 and 100");
            return Err(Mismatch::Value(&bad_value::RULE, message, None));
        }
        Ok(score)
    }
}

impl FieldValue for Date {
    const EXPECTS: Text<&'static str> = Text { th: "วันที่", en: "a date" };
    const EXAMPLE: &'static str = date::EXAMPLE;
    const SHAPE: Shape = Shape::Date;

    fn read(value: &DeValue) -> Result<Date, Mismatch> {
        let typed = match value {
            DeValue::String(_) => String::read(value)?,
            DeValue::Datetime(datetime) => datetime.date.map(|date| date.to_string()).ok_or(Mismatch::Type)?,
            _ => return Err(Mismatch::Type),
        };
        date::parse(&typed).map_err(|problem| date_mismatch(problem, &typed))
    }
}

impl FieldValue for Period {
    const EXPECTS: Text<&'static str> = Text { th: "ช่วงเวลา", en: "a period" };
    const EXAMPLE: &'static str = period::EXAMPLE;
    const SHAPE: Shape = Shape::Period;

    fn read(value: &DeValue) -> Result<Period, Mismatch> {
        let typed = number_text(value)?;
        Period::parse(&typed).map_err(|problem| match problem {
            DateProblem::ChristianYear(year) => christian_year::mismatch(year),
            problem => bad_date::period_mismatch(problem, &typed),
        })
    }
}

/// One month, all its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month(pub Period);

impl FieldValue for Month {
    const EXPECTS: Text<&'static str> = Text { th: "เดือนและปี พ.ศ.", en: "a month and its year" };
    const EXAMPLE: &'static str = period::MONTH_EXAMPLE;
    const SHAPE: Shape = Shape::Period;

    fn read(value: &DeValue) -> Result<Month, Mismatch> {
        let typed = number_text(value)?;
        match Period::parse(&typed) {
            Ok(period) if period.is_month() => Ok(Month(period)),
            Err(DateProblem::ChristianYear(year)) => Err(christian_year::mismatch(year)),
            period => Err(bad_date::month_mismatch(period.ok(), &typed)),
        }
    }
}

impl FieldValue for FiscalYear {
    const EXPECTS: Text<&'static str> =
        Text { th: "ปี พ.ศ. สี่หลัก", en: "a year of the Buddhist Era, four digits" };
    const EXAMPLE: &'static str = date::YEAR_EXAMPLE;
    const SHAPE: Shape = Shape::Year;

    fn read(value: &DeValue) -> Result<FiscalYear, Mismatch> {
        let typed = number_text(value)?;
        FiscalYear::parse(&typed).map_err(|problem| date_mismatch(problem, &typed))
    }
}

impl FieldValue for Code {
    const EXPECTS: Text<&'static str> = Text { th: "รหัสข้อ", en: "a code" };
    const EXAMPLE: &'static str = "\"O42\"";

    fn read(value: &DeValue) -> Result<Code, Mismatch> {
        let typed = String::read(value)?;
        typed.parse().map_err(|NotACode { likely }| {
            let message = text!(th: "`{typed}` ไม่ใช่รหัสข้อ", en: "`{typed}` is not a code");
            let help = match likely {
                Some(code) => text!(th: "น่าจะเป็น \"{code}\" (ตัวอักษร I ถูกอ่านเป็นเลข ๑)", en: "probably \"{code}\" (a capital I read as the digit 1)"),
                None => text!(th: "พิมพ์ตัวอักษร I, E หรือ O ตามด้วยเลขข้อ เช่น \"O42\"", en: "type the letter I, E or O and the number, such as \"O42\""),
            };
            Mismatch::Value(&bad_value::RULE, message, Some(help))
        })
    }
}

impl FieldValue for Contact {
    const EXPECTS: Text<&'static str> = Text { th: "หมายเลขโทรศัพท์", en: "a telephone number" };
    const EXAMPLE: &'static str = "\"0 4212 3456\"";
    const SHAPE: Shape = Shape::Phone;

    fn read(value: &DeValue) -> Result<Contact, Mismatch> {
        let typed = String::read(value)?;
        let shown = to_arabic(&typed).into_owned();
        let Some(tel) = phone::dialled(&shown) else {
            let message = text!(th: "`{typed}` ไม่ใช่หมายเลขโทรศัพท์ที่โทรได้", en: "`{typed}` is not a number that can be called");
            let help = text!(
                th: "พิมพ์ 9 หลัก (มือถือ 10 หลัก) ที่ขึ้นต้นด้วย 0 เช่น \"0 4212 3456\" หรือเลขสายด่วน 3–5 หลัก",
                en: "type 9 digits (10 for mobiles) that start with 0, such as \"0 4212 3456\", or a short number of 3 to 5 digits"
            );
            return Err(Mismatch::Value(&bad_value::RULE, message, Some(help)));
        };
        Ok(Contact { shown, tel })
    }
}

fn number_text(value: &DeValue) -> Result<String, Mismatch> {
    match value {
        DeValue::Integer(integer) if integer.radix() == 10 => Ok(integer.as_str().replace('_', "")),
        DeValue::String(text) if text.trim().is_empty() => Err(Mismatch::Empty),
        DeValue::String(text) => Ok(to_arabic(text.trim()).into_owned()),
        _ => Err(Mismatch::Type),
    }
}

fn date_mismatch(problem: DateProblem, typed: &str) -> Mismatch {
    match problem {
        DateProblem::ChristianYear(year) => christian_year::mismatch(year),
        problem => bad_date::mismatch(problem, typed),
    }
}
