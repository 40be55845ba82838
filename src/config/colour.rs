//! `Colour`: the colour of an agency, and the contrast of two colours (WCAG 2.2).

use toml::de::DeValue;

use crate::diagnostic::{Text, text};
use crate::fields::rules::bad_value;
use crate::fields::{FieldValue, Mismatch};

/// A colour: red, green and blue, 0–255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// Black.
const BLACK: Colour = Colour([0, 0, 0]);

/// White.
const WHITE: Colour = Colour([255, 255, 255]);

impl Colour {
    /// Reads `#0a4f5a`.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits =
            text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Colour([red, green, blue]))
    }

    /// `#0a4f5a`.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Contrast with another colour, 1–21 (WCAG 2.2, contrast ratio).
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The nearest shade of this colour, towards black, whose contrast with a light `ground` is at least `ratio`.
    #[must_use]
    pub fn darker(self, ground: Colour, ratio: f64) -> Colour {
        self.towards(BLACK, ground, ratio)
    }

    /// The nearest tint of this colour, towards white, whose contrast with a dark `ground` is at least `ratio`.
    #[must_use]
    pub fn lighter(self, ground: Colour, ratio: f64) -> Colour {
        self.towards(WHITE, ground, ratio)
    }

    fn towards(self, end: Colour, ground: Colour, ratio: f64) -> Colour {
        let mixed = |step: u16| {
            let mix = |at: usize| (u16::from(self.0[at]) * (64 - step) + u16::from(end.0[at]) * step) / 64;
            Colour([0, 1, 2].map(|at| u8::try_from(mix(at)).unwrap_or(u8::MAX)))
        };
        (0..=64).map(mixed).find(|colour| colour.contrast(ground) >= ratio).unwrap_or(end)
    }

    fn luminance(self) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl FieldValue for Colour {
    const EXPECTS: Text<&'static str> = Text { th: "รหัสสี", en: "a colour" };
    const EXAMPLE: &'static str = "\"#0a4f5a\"";

    fn read(value: &DeValue) -> Result<Colour, Mismatch> {
        let typed = String::read(value)?;
        Colour::parse(&typed).ok_or_else(|| {
            let message = text!(th: "`{typed}` ไม่ใช่รหัสสี", en: "`{typed}` is not a colour");
            let help = text!(
                th: "พิมพ์ # ตามด้วยเลขฐานสิบหก 6 ตัว เช่น \"#0a4f5a\"",
                en: "type # and six hexadecimal digits, like \"#0a4f5a\""
            );
            Mismatch::Value(&bad_value::RULE, message, Some(help))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((BLACK.contrast(WHITE) - 21.0).abs() < 1e-9);
        assert!((Colour([0x76, 0x76, 0x76]).contrast(WHITE) - 4.54).abs() < 0.01);
        assert_eq!(Colour::parse("#0A4f5a").map(Colour::hex).as_deref(), Some("#0a4f5a"));
        assert_eq!((Colour::parse("0a4f5a"), Colour::parse("#0a4f5"), Colour::parse("#0a4fก")), (None, None, None));
    }

    proptest! {
        #[test]
        fn any_colour_becomes_readable(rgb: [u8; 3]) {
            let (paper, night) = (Colour([0xfa, 0xf6, 0xed]), Colour([0x0e, 0x1a, 0x1d]));
            prop_assert!(Colour(rgb).darker(paper, 7.0).contrast(paper) >= 7.0);
            prop_assert!(Colour(rgb).lighter(night, 7.0).contrast(night) >= 7.0);
        }
    }
}
