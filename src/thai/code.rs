//! Codes of the assessment: items `O42`, questions `I20` and `E6`, in every spelling found in real documents.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::digits::to_arabic;

/// Which questionnaire or form a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Series {
    /// Question to the agency's own people (IIT).
    I,
    /// Question to people who deal with the agency (EIT).
    E,
    /// Item of the disclosure form (OIT).
    O,
}

/// A code: `O42`, `I20`, `E6`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code {
    /// The letter.
    pub series: Series,
    /// The number, from 1.
    pub number: u16,
}

/// A text that is not a code; carries the code it was probably meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotACode {
    /// What to type instead, when that is clear.
    pub likely: Option<Code>,
}

impl FromStr for Code {
    type Err = NotACode;

    /// Reads `O42`, `o 42`, `O๔๒`, `๐๔๒`, `042` and `๐๒` (the digit zero for the letter O).
    ///
    /// `๑๒๐` or `120` is not accepted but suggests `I20`: scanners read a capital I as one.
    fn from_str(text: &str) -> Result<Code, NotACode> {
        let text = to_arabic(text.trim()).to_ascii_uppercase();
        let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-' && *c != '.').collect();
        let number = |digits: &str| -> Option<u16> {
            (digits.len() <= 3 && digits.chars().all(|c| c.is_ascii_digit()))
                .then(|| digits.parse().ok())
                .flatten()
                .filter(|n| *n > 0)
        };
        let code = |series, digits: &str| number(digits).map(|number| Code { series, number });
        let mut chars = text.chars();
        let read = match chars.next() {
            Some('I') => code(Series::I, chars.as_str()),
            Some('E') => code(Series::E, chars.as_str()),
            Some('O') => code(Series::O, chars.as_str()),
            Some('0') if matches!(text.len(), 2 | 3) => code(Series::O, chars.as_str()),
            Some('1') => {
                return Err(NotACode { likely: code(Series::I, chars.as_str()) });
            }
            _ => None,
        };
        read.ok_or(NotACode { likely: None })
    }
}

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(text: String) -> Result<Code, String> {
        text.parse().map_err(|_| format!("`{text}` is not a code such as O42"))
    }
}

impl From<Code> for String {
    fn from(code: Code) -> String {
        code.to_string()
    }
}

impl Code {
    /// Reads an item code without its letter too: `42`, `๔๒`. For places where only an item can be meant.
    pub fn item(text: &str) -> Option<Code> {
        let read = text.parse().ok().filter(|code: &Code| code.series == Series::O);
        read.or_else(|| format!("O{}", to_arabic(text.trim())).parse().ok())
    }

    /// Lower case, for URLs: `o42`.
    pub fn slug(self) -> String {
        self.to_string().to_ascii_lowercase()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.series {
            Series::I => 'I',
            Series::E => 'E',
            Series::O => 'O',
        };
        write!(f, "{letter}{}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling() {
        for text in ["O42", "o42", "O๔๒", "๐๔๒", "042", " O 42 ", "O-42"] {
            assert_eq!(text.parse::<Code>().map(|code| code.to_string()), Ok("O42".to_owned()), "{text}");
        }
        assert_eq!("E๖".parse::<Code>().map(|code| code.to_string()), Ok("E6".to_owned()));
        assert_eq!(Code::item("๔๒").map(Code::slug), Some("o42".to_owned()));
    }

    #[test]
    fn a_lost_letter_is_suggested() {
        let likely = "๑๒๐".parse::<Code>().err().and_then(|error| error.likely);
        assert_eq!(likely.map(|code| code.to_string()), Some("I20".to_owned()));
        for text in ["", "O", "O0", "X1", "O1x", "ข้อ"] {
            assert!(text.parse::<Code>().is_err(), "{text}");
        }
    }
}
