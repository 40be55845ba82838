//! Periods as officers type them: `ต.ค. ๖๕ - มี.ค. ๖๖`, `2566-2570`, `ไตรมาส 1/2566`, `รอบ 6 เดือนแรก ปี 2566`.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::date::{DateProblem, FiscalYear, after_month_name, buddhist_year, long_en, long_th, month_name, month_names};
use super::digits::to_arabic;

/// How a period is typed in TOML.
pub const EXAMPLE: &str = "\"ต.ค. 2565 - มี.ค. 2566\"";

/// How a month is typed in TOML.
pub const MONTH_EXAMPLE: &str = "\"ต.ค. 2565\"";

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// A word of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Number(i16),
    Month(i8),
    /// A hyphen, `ถึง` or `และ` between first and last.
    To,
    /// `ไตรมาส`.
    Quarter,
    /// `6 เดือน` of a fiscal year: the first half unless `หลัง` says otherwise.
    Half(i8),
}

/// One end of a period; what is not written is taken from the other end.
#[derive(Debug, Clone, Copy, Default)]
struct End {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
}

/// Words that say nothing about when.
const FILLERS: [&str; 23] = [
    "ปีงบประมาณ",
    "งบประมาณ",
    "ประจำ",
    "ตลอดทั้ง",
    "ตลอด",
    "ระหว่าง",
    "ตั้งแต่",
    "วันที่",
    "เดือน",
    "พ.ศ.",
    "พ.ศ",
    "รอบ",
    "แรก",
    "งปม.",
    "งบฯ",
    "ช่วง",
    "จน",
    "ของ",
    "ราย",
    "ณ",
    "ปี",
    "ที่",
    "สิ้น",
];

impl Period {
    /// Reads a period. A year alone is a fiscal year, years joined by a hyphen are fiscal years, a month is all its days. Where
    /// brackets hold a period, as in `รอบ 6 เดือน (ต.ค. 65 - มี.ค. 66)`, it counts.
    ///
    /// # Errors
    /// [`DateProblem`]; `ทุก 3 เดือน` says how often, not when, and cannot be read.
    pub fn parse(text: &str) -> Result<Period, DateProblem> {
        let inside = text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside);
        if let Some(Ok(period)) = inside.map(Period::parse) {
            return Ok(period);
        }
        let text = to_arabic(&without_brackets(text)).into_owned();
        if let Some((from, to)) = days(&text) {
            return ordered(from, to);
        }
        read(&tokens(&text).ok_or(DateProblem::Unreadable)?)
    }

    /// All days of a fiscal year.
    pub fn of_year(year: FiscalYear) -> Period {
        let ce = i16::try_from(year.number()).expect("a year of the calendar") - super::date::BUDDHIST_ERA;
        Period {
            from: Date::constant(2000, 10, 1).with().year(ce - 1).build().expect("every year has an October"),
            ..september(ce)
        }
    }

    /// October to March of a fiscal year.
    pub fn first_half(year: FiscalYear) -> Period {
        let whole = Period::of_year(year);
        Period { from: whole.from, to: whole.from.saturating_add(5.months()).last_of_month() }
    }

    /// Whether every day of `other` lies in it.
    pub fn covers(self, other: Period) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// Whether a day of `other` lies in it.
    pub fn meets(self, other: Period) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// The first days of its months.
    pub fn months(self) -> impl Iterator<Item = Date> {
        let first = self.from.first_of_month();
        (0..).map(move |n| first.saturating_add(n.months())).take_while(move |month| *month <= self.to)
    }

    /// Number of whole fiscal years it covers.
    pub fn n_years(self) -> usize {
        let first = buddhist_year(self.from);
        let years = (first..=buddhist_year(self.to) + 1).filter_map(|year| FiscalYear::new(i64::from(year)).ok());
        years.filter(|year| self.covers(Period::of_year(*year))).count()
    }

    /// Whether it is one month, from its first day to its last.
    pub fn is_month(self) -> bool {
        self.from == self.from.first_of_month() && self.to == self.from.last_of_month()
    }

    /// Its first month: `ตุลาคม 2565`.
    pub fn month_th(self) -> String {
        format!("{} {}", month_name(self.from).0, buddhist_year(self.from))
    }

    /// Its first month: `October 2022`.
    pub fn month_en(self) -> String {
        format!("{} {}", month_name(self.from).2, self.from.year())
    }

    /// `1 ตุลาคม 2565 – 31 มีนาคม 2566`.
    pub fn shown_th(self) -> String {
        format!("{} – {}", long_th(self.from), long_th(self.to))
    }

    /// `1 October 2022 – 31 March 2023`.
    pub fn shown_en(self) -> String {
        format!("{} – {}", long_en(self.from), long_en(self.to))
    }
}

/// `1/10/2565 - 31/3/2566`, `2565-10-01 ถึง 2566-03-31`, or one such day.
fn days(text: &str) -> Option<(Date, Date)> {
    let (first, last) = [" - ", " – ", "ถึง", "–"].iter().find_map(|to| text.split_once(to)).unwrap_or((text, text));
    Some((super::date::parse(first).ok()?, super::date::parse(last).ok()?))
}

fn ordered(from: Date, to: Date) -> Result<Period, DateProblem> {
    if from <= to { Ok(Period { from, to }) } else { Err(DateProblem::Reversed(from, to)) }
}

/// The text outside brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if !digits.is_empty() {
            rest = rest[digits.len()..].trim_start();
            // `6 เดือนแรก`, `6 เดือนหลัง`: half a fiscal year.
            match rest.strip_prefix("เดือน").map(str::trim_start) {
                Some(after) if digits == "6" => {
                    let is_second = after.starts_with("หลัง");
                    rest = after.strip_prefix("หลัง").unwrap_or(after);
                    tokens.push(Token::Half(if is_second { 2 } else { 1 }));
                }
                // `รอบ 12 เดือน` is the year that follows.
                Some(after) if digits == "12" => rest = after,
                // `วันที่ 1 เดือนตุลาคม`.
                Some(after) if month_names().any(|(_, names)| after_month_name(after, names).is_some()) => {
                    tokens.push(Token::Number(digits.parse().ok()?));
                }
                Some(_) => return None,
                None => tokens.push(Token::Number(digits.parse().ok()?)),
            }
        } else if let Some((month, after)) =
            month_names().find_map(|(month, names)| Some((month, after_month_name(rest, names)?)))
        {
            tokens.push(Token::Month(month));
            rest = after;
        } else if let Some(after) = ["-", "–", "—", "−", "ถึง", "และ"].iter().find_map(|word| rest.strip_prefix(word))
        {
            tokens.push(Token::To);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("ครึ่งปีแรก") {
            tokens.push(Token::Half(1));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("ครึ่งปีหลัง") {
            tokens.push(Token::Half(2));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("ไตรมาส") {
            tokens.push(Token::Quarter);
            rest = after;
        } else {
            rest = FILLERS.iter().find_map(|word| rest.strip_prefix(word)).or_else(|| rest.strip_prefix(['/', '.', ',']))?;
        }
        rest = rest.trim_start();
    }
    Some(tokens)
}

fn read(tokens: &[Token]) -> Result<Period, DateProblem> {
    match tokens {
        [Token::Quarter, Token::Number(quarter @ 1..=4), Token::Number(year)]
        | [Token::Number(year), Token::Quarter, Token::Number(quarter @ 1..=4)] => return quarters(*quarter, *quarter, *year),
        [Token::Quarter, Token::Number(first @ 1..=4), Token::To, Token::Number(last @ 1..=4), Token::Number(year)]
            if first <= last =>
        {
            return quarters(*first, *last, *year);
        }
        [Token::Half(half), Token::Number(year)] | [Token::Number(year), Token::Half(half)] => {
            let year = fiscal_year(*year)?;
            let first = Period::first_half(year);
            let second = Period { from: first.to.saturating_add(1.day()), ..Period::of_year(year) };
            return Ok(if *half == 1 { first } else { second });
        }
        _ => {}
    }
    let ends: Vec<End> =
        tokens.split(|token| *token == Token::To).map(end).collect::<Option<_>>().ok_or(DateProblem::Unreadable)?;
    let (mut first, last) = match ends.as_slice() {
        [only] => (*only, *only),
        [first, last] => (*first, *last),
        _ => return Err(DateProblem::Unreadable),
    };
    let last_year = last.year.ok_or(DateProblem::Unreadable)?;
    let Some(last_month) = last.month else {
        let (from, to) = (fiscal_year(first.year.unwrap_or(last_year))?, fiscal_year(last_year)?);
        let is_years = first.month.is_none() && first.day.is_none() && last.day.is_none();
        let whole = ordered(Period::of_year(from).from, Period::of_year(to).to);
        return if is_years { whole } else { Err(DateProblem::Unreadable) };
    };
    let last_year = calendar_year(last_year)?;
    // `1 - 31 ต.ค. 2565`: a number without a month is a day.
    if first.month.is_none() {
        let day = first.year.and_then(|day| i8::try_from(day).ok()).ok_or(DateProblem::Unreadable)?;
        first = End { day: Some(day), month: Some(last_month), year: None };
    }
    let first_month = first.month.unwrap_or(last_month);
    let first_year = match first.year {
        Some(year) => calendar_year(year)?,
        None => last_year - i16::from(first_month > last_month),
    };
    let from = Date::new(first_year, first_month, first.day.unwrap_or(1)).map_err(|_| DateProblem::NoSuchDay)?;
    let last_day = Date::new(last_year, last_month, last.day.unwrap_or(1)).map_err(|_| DateProblem::NoSuchDay)?;
    let to = if last.day.is_some() { last_day } else { last_day.last_of_month() };
    ordered(from, to)
}

/// From the start of one quarter of a fiscal year to the end of another.
fn quarters(first: i16, last: i16, year: i16) -> Result<Period, DateProblem> {
    let whole = Period::of_year(fiscal_year(year)?);
    let from = whole.from.saturating_add((3 * (i64::from(first) - 1)).months());
    let to = whole.from.saturating_add((3 * i64::from(last) - 1).months()).last_of_month();
    Ok(Period { from, to })
}

fn end(tokens: &[Token]) -> Option<End> {
    let day = |number: &i16| i8::try_from(*number).ok();
    match tokens {
        [Token::Number(d), Token::Month(month), Token::Number(year)] => {
            Some(End { day: Some(day(d)?), month: Some(*month), year: Some(*year) })
        }
        [Token::Number(d), Token::Month(month)] => Some(End { day: Some(day(d)?), month: Some(*month), year: None }),
        [Token::Month(month), Token::Number(year)] => Some(End { day: None, month: Some(*month), year: Some(*year) }),
        // `10/2565`.
        [Token::Number(month @ 1..=12), Token::Number(year @ 2400..)] => {
            Some(End { day: None, month: Some(day(month)?), year: Some(*year) })
        }
        [Token::Month(month)] => Some(End { day: None, month: Some(*month), year: None }),
        [Token::Number(year)] => Some(End { day: None, month: None, year: Some(*year) }),
        _ => None,
    }
}

/// A year of two digits is of this century (66 = 2566).
fn fiscal_year(year: i16) -> Result<FiscalYear, DateProblem> {
    FiscalYear::new(i64::from(if (40..=99).contains(&year) { 2500 + year } else { year }))
}

/// The year of the Christian Era that a year of the Buddhist Era begins in.
fn calendar_year(year: i16) -> Result<i16, DateProblem> {
    let number = fiscal_year(year)?.number();
    i16::try_from(number).map(|year| year - super::date::BUDDHIST_ERA).map_err(|_| DateProblem::Unreadable)
}

fn september(year: i16) -> Period {
    let to = Date::constant(2000, 9, 30).with().year(year).build().expect("every year has a 30 September");
    Period { from: to, to }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_officers_type() {
        for (text, shown) in [
            ("ต.ค. ๖๕", "1 ตุลาคม 2565 – 31 ตุลาคม 2565"),
            ("เดือนกุมภาพันธ์ 2567", "1 กุมภาพันธ์ 2567 – 29 กุมภาพันธ์ 2567"),
            ("ต.ค. ๖๕- เม.ย. ๖๖", "1 ตุลาคม 2565 – 30 เมษายน 2566"),
            ("ต.ค.๖๕- เม.ย. ๖๖", "1 ตุลาคม 2565 – 30 เมษายน 2566"),
            ("ต.ค. ๖๕ และเม.ย.๖๖", "1 ตุลาคม 2565 – 30 เมษายน 2566"),
            ("ต.ค. – มี.ค. 2566", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("ตุลาคม ๒๕๖๕ - มีนาคม ๒๕๖๖", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("1 ต.ค. 2565 ถึง 31 มี.ค. 2566", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("รอบ ๖ เดือน (ตุลาคม ๒๕๖๕ - มีนาคม ๒๕๖๖)", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("รอบ 6 เดือนแรก ปีงบประมาณ พ.ศ. 2566", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("6 เดือนหลัง 2566", "1 เมษายน 2566 – 30 กันยายน 2566"),
            ("ไตรมาสที่ 2/2566", "1 มกราคม 2566 – 31 มีนาคม 2566"),
            ("วันที่ 1 เดือนตุลาคม พ.ศ. 2565 ถึงวันที่ 31 เดือนมีนาคม พ.ศ. 2566", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("6 เดือนแรกของปีงบประมาณ 2566", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("รอบ 12 เดือน ปีงบประมาณ 2565", "1 ตุลาคม 2564 – 30 กันยายน 2565"),
            ("รอบ 6 เดือน (ครั้งที่ 1) ปีงบประมาณ 2566", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("ไตรมาสที่ 1-2 ปีงบประมาณ พ.ศ. 2566", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("ปีงบประมาณ 2566 ไตรมาส 1", "1 ตุลาคม 2565 – 31 ธันวาคม 2565"),
            ("1/10/2565 - 31/3/2566", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("2565-10-01 - 2566-03-31", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("ช่วงเดือนตุลาคม 2565 จนถึงมีนาคม 2566", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("ปีงบฯ 2566", "1 ตุลาคม 2565 – 30 กันยายน 2566"),
            ("ปี งปม. 2566", "1 ตุลาคม 2565 – 30 กันยายน 2566"),
            ("ครึ่งปีแรก 2566", "1 ตุลาคม 2565 – 31 มีนาคม 2566"),
            ("10/2565", "1 ตุลาคม 2565 – 31 ตุลาคม 2565"),
            ("1-15 ต.ค. 2565", "1 ตุลาคม 2565 – 15 ตุลาคม 2565"),
            ("20 เมษายน 2566", "20 เมษายน 2566 – 20 เมษายน 2566"),
            ("2566", "1 ตุลาคม 2565 – 30 กันยายน 2566"),
            ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๖", "1 ตุลาคม 2565 – 30 กันยายน 2566"),
            ("พ.ศ. 2566 - 2570", "1 ตุลาคม 2565 – 30 กันยายน 2570"),
        ] {
            assert_eq!(Period::parse(text).map(Period::shown_th), Ok(shown.to_owned()), "{text}");
        }
        for text in [
            "ทุก ๓ เดือน",
            "ปีละครั้ง",
            "ตลอดปี",
            "",
            "-",
            "ต.ค.",
            "2570-2566",
            "ไตรมาส 5/2566",
            "2560 - มี.ค. 2566",
            "32 ต.ค. 2565",
            "6 เดือน",
        ] {
            assert!(Period::parse(text).is_err(), "{text}");
        }
        assert_eq!(Period::parse("ต.ค. 2022"), Err(DateProblem::ChristianYear(2022)));
    }

    #[test]
    fn years_and_months() {
        let plan = Period::parse("2566-2570").expect("a period");
        assert_eq!(plan.n_years(), 5);
        let year = FiscalYear::new(2566).expect("a year");
        assert!(plan.covers(Period::of_year(year)));
        assert_eq!(Period::first_half(year).months().count(), 6);
        assert_eq!(Period::parse("2566"), Ok(Period::of_year(year)));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[ก-ฮ0-9 .()/-]{0,20}|\\PC*") {
            let _ = Period::parse(&text);
        }

        #[test]
        fn what_is_shown_is_read_back(days in 0i32..30_000, length in 0i32..4_000) {
            let from = Date::constant(1990, 1, 1) + jiff::Span::new().days(days);
            let period = Period { from, to: from + jiff::Span::new().days(length) };
            proptest::prop_assert_eq!(Period::parse(&period.shown_th()), Ok(period));
        }
    }
}
