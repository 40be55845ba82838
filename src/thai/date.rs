//! Dates and fiscal years of the Buddhist Era.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::digits::to_arabic;

/// Years from the birth of Christ to the same year of the Buddhist Era.
pub const BUDDHIST_ERA: i16 = 543;

/// How a date is typed in TOML.
pub const EXAMPLE: &str = "\"20 เมษายน 2566\"";

/// How a year is typed in TOML.
pub const YEAR_EXAMPLE: &str = "2566";

/// Years of the Christian Era that an officer may type where พ.ศ. is meant.
const CHRISTIAN: std::ops::RangeInclusive<i16> = 1900..=2200;

/// Years of the Buddhist Era that occur in documents of an agency.
pub const BUDDHIST: std::ops::RangeInclusive<i16> = 2400..=2743;

/// Names of a month: long, short, English.
pub(super) type MonthNames = (&'static str, &'static str, &'static str);

const MONTHS: [MonthNames; 12] = [
    ("มกราคม", "ม.ค.", "January"),
    ("กุมภาพันธ์", "ก.พ.", "February"),
    ("มีนาคม", "มี.ค.", "March"),
    ("เมษายน", "เม.ย.", "April"),
    ("พฤษภาคม", "พ.ค.", "May"),
    ("มิถุนายน", "มิ.ย.", "June"),
    ("กรกฎาคม", "ก.ค.", "July"),
    ("สิงหาคม", "ส.ค.", "August"),
    ("กันยายน", "ก.ย.", "September"),
    ("ตุลาคม", "ต.ค.", "October"),
    ("พฤศจิกายน", "พ.ย.", "November"),
    ("ธันวาคม", "ธ.ค.", "December"),
];

/// A fiscal year of the Buddhist Era: 1 October of the year before to 30 September.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "u16")]
pub struct FiscalYear(u16);

/// Why a text is not a date or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateProblem {
    /// A year of the Christian Era where พ.ศ. is meant.
    ChristianYear(i16),
    /// No such day: 31 เมษายน.
    NoSuchDay,
    /// Of a period: its end, the second day, is before its start.
    Reversed(Date, Date),
    /// Not written like a date.
    Unreadable,
}

impl FiscalYear {
    /// Stands in for a year that could not be read.
    pub const STAND_IN: FiscalYear = FiscalYear(2566);

    /// The fiscal year with this number of the Buddhist Era.
    ///
    /// # Errors
    /// [`DateProblem`] for a year that is Christian or far from today's.
    pub fn new(year: i64) -> Result<FiscalYear, DateProblem> {
        let small = i16::try_from(year).map_err(|_| DateProblem::Unreadable)?;
        if CHRISTIAN.contains(&small) {
            return Err(DateProblem::ChristianYear(small));
        }
        if !BUDDHIST.contains(&small) {
            return Err(DateProblem::Unreadable);
        }
        u16::try_from(small).map(FiscalYear).map_err(|_| DateProblem::Unreadable)
    }

    /// Reads `2566` or `๒๕๖๖`, with or without พ.ศ.
    ///
    /// # Errors
    /// [`DateProblem`] as in [`FiscalYear::new`].
    pub fn parse(text: &str) -> Result<FiscalYear, DateProblem> {
        let text = to_arabic(text.trim());
        let digits = text.trim_start_matches("ปี").trim().trim_start_matches("พ.ศ.").trim();
        FiscalYear::new(digits.parse().map_err(|_| DateProblem::Unreadable)?)
    }

    /// The year that a day lies in.
    pub fn of(date: Date) -> FiscalYear {
        let year = buddhist_year(date) + i16::from(date.month() >= 10);
        FiscalYear(u16::try_from(year).unwrap_or_default())
    }

    /// The number of the Buddhist Era.
    pub fn number(self) -> u16 {
        self.0
    }

    /// The year before.
    #[must_use]
    pub fn previous(self) -> FiscalYear {
        FiscalYear(self.0 - 1)
    }

    /// Whether `date` lies in the year: 1 October to 30 September.
    pub fn contains(self, date: Date) -> bool {
        FiscalYear::of(date) == self
    }
}

impl TryFrom<i64> for FiscalYear {
    type Error = String;

    fn try_from(year: i64) -> Result<FiscalYear, String> {
        FiscalYear::new(year).map_err(|_| format!("{year} is not a year of the Buddhist Era"))
    }
}

impl From<FiscalYear> for u16 {
    fn from(year: FiscalYear) -> u16 {
        year.number()
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Reads a date as officers type it: `20 เมษายน 2566`, `๒๐ เม.ย. ๖๖`, `20/4/2566`, and ISO `2023-04-20` or `2566-04-20`.
///
/// A year of two digits is of this century (66 = 2566). ISO dates may use either era, for they are not mistaken.
///
/// # Errors
/// [`DateProblem`]; a Christian year with a Thai month or slashes is an error, since 2023 and 2566 are easily mixed up there.
pub fn parse(text: &str) -> Result<Date, DateProblem> {
    let text = to_arabic(text.trim()).replace("พ.ศ.", " ").replace("พ.ศ", " ");
    let text = text.trim().trim_start_matches("วันที่").trim();
    for separator in ['-', '/', '.'] {
        match split_numbers(text, separator) {
            Some([year, month, day_of_month]) if year > 31 => {
                let year = if BUDDHIST.contains(&year) { year - BUDDHIST_ERA } else { year };
                return day(year, month, day_of_month);
            }
            Some([day_of_month, month, year]) => return day(christian_year(year)?, month, day_of_month),
            None => {}
        }
    }
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = compact.chars().take_while(char::is_ascii_digit).count();
    let (day_of_month, rest) = compact.split_at(digits);
    let (month, year) = MONTHS
        .iter()
        .zip(1..)
        .find_map(|(names, month)| Some((month, after_month_name(rest, names)?)))
        .ok_or(DateProblem::Unreadable)?;
    day(christian_year(number(year)?)?, month, number(day_of_month)?)
}

/// The months, each with its number and names.
pub(super) fn month_names() -> impl Iterator<Item = (i8, &'static MonthNames)> {
    (1..).zip(&MONTHS)
}

/// What follows a month's name, long or short, with or without its dots.
pub(super) fn after_month_name<'a>(text: &'a str, (long, short, _): &MonthNames) -> Option<&'a str> {
    let bare: String = short.chars().filter(|c| *c != '.').collect();
    let one_dot = short.trim_end_matches('.');
    let names = [*long, *short, one_dot, bare.as_str()];
    let rest = names.iter().find_map(|name| text.strip_prefix(name))?;
    Some(rest.trim_start_matches('.'))
}

/// Digits only, and a year never of one digit.
fn number(digits: &str) -> Result<i16, DateProblem> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number).ok_or(DateProblem::Unreadable)
}

/// `20 เมษายน 2566`.
pub fn long_th(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date).0, buddhist_year(date))
}

/// `20 April 2023`.
pub fn long_en(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date).2, date.year())
}

/// The year of the Buddhist Era.
pub fn buddhist_year(date: Date) -> i16 {
    date.year() + BUDDHIST_ERA
}

/// The names of a day's month.
pub(super) fn month_name(date: Date) -> &'static MonthNames {
    &MONTHS[usize::try_from(date.month() - 1).expect("a month is 1 to 12")]
}

fn split_numbers(text: &str, separator: char) -> Option<[i16; 3]> {
    let parts: Vec<i16> = text.split(separator).map(|part| number(part.trim()).ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}

fn christian_year(year: i16) -> Result<i16, DateProblem> {
    match year {
        // `23` is this century's 2023, not พ.ศ. 2523.
        10..=39 => Err(DateProblem::ChristianYear(2000 + year)),
        40..=99 => Ok(2500 + year - BUDDHIST_ERA),
        year if BUDDHIST.contains(&year) => Ok(year - BUDDHIST_ERA),
        year if CHRISTIAN.contains(&year) => Err(DateProblem::ChristianYear(year)),
        _ => Err(DateProblem::Unreadable),
    }
}

fn day(year: i16, month: i16, day: i16) -> Result<Date, DateProblem> {
    if !CHRISTIAN.contains(&year) {
        return Err(DateProblem::Unreadable);
    }
    let small = |number| i8::try_from(number).map_err(|_| DateProblem::NoSuchDay);
    Date::new(year, small(month)?, small(day)?).map_err(|_| DateProblem::NoSuchDay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_officers_type() {
        for text in [
            "20 เมษายน 2566",
            "๒๐ เม.ย. ๒๕๖๖",
            "20 เม.ย. 66",
            "20 เมย 2566",
            "20เม.ย.66",
            "20/4/2566",
            "20-04-2566",
            "20.4.66",
            "2566/04/20",
            "20 เม.ย 2566",
            "วันที่ 20 เมษายน พ.ศ 2566",
            "20 เมษายน พ.ศ. ๒๕๖๖",
            "2023-04-20",
            "2566-04-20",
        ] {
            assert_eq!(parse(text).map(long_th), Ok("20 เมษายน 2566".to_owned()), "{text}");
        }
        assert_eq!(parse("1 มี.ค. 2566").map(long_en), Ok("1 March 2023".to_owned()));
    }

    #[test]
    fn christian_years_are_named() {
        assert_eq!(parse("20 เม.ย. 2023"), Err(DateProblem::ChristianYear(2023)));
        assert_eq!(parse("20/4/23"), Err(DateProblem::ChristianYear(2023)));
        assert_eq!(parse("20/4/2023"), Err(DateProblem::ChristianYear(2023)));
        assert_eq!(FiscalYear::new(2023), Err(DateProblem::ChristianYear(2023)));
        assert_eq!(parse("31 เมษายน 2566"), Err(DateProblem::NoSuchDay));
        for text in ["", "เมื่อวาน", "20", "20 เมษา", "2566", "99999-1-1", "20 เมษายน 99999", "20 เมษายน 0", "+5/1/2566", "1/2"]
        {
            assert_eq!(parse(text), Err(DateProblem::Unreadable), "{text}");
        }
    }

    #[test]
    fn fiscal_year_starts_in_october() {
        let year = FiscalYear::new(2566).expect("a year");
        assert!(year.contains(Date::constant(2022, 10, 1)) && year.contains(Date::constant(2023, 9, 30)));
        assert!(!year.contains(Date::constant(2022, 9, 30)) && !year.contains(Date::constant(2023, 10, 1)));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*") {
            let _ = parse(&text);
            let _ = FiscalYear::parse(&text);
            let _ = text.parse::<super::super::Code>();
        }

        #[test]
        fn what_is_shown_is_read_back(days in 0i32..60_000) {
            let date = Date::constant(1950, 1, 1) + jiff::Span::new().days(days);
            proptest::prop_assert_eq!(parse(&long_th(date)), Ok(date));
        }
    }
}
