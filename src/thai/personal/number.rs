//! Numbers of cards, telephones and accounts, in Thai or Arabic digits, however they are grouped.

use super::person;
use super::words::{Mark, Marks, is_public};
use super::{Found, Kind, ahead, behind};

/// How many letters may stand between a word for an account and its number.
const NEAR_ACCOUNT: usize = 60;

/// The same for the number of a card.
const NEAR_CARD: usize = 40;

/// How far around an account the name of an agency or a person counts.
const AROUND: usize = 80;

/// Digits of the shortest number that is looked for.
const MIN_DIGITS: usize = 10;

/// Most groups that one number is written in.
const MAX_GROUPS: usize = 13;

/// How the number of a card is grouped.
const CARD: [usize; 5] = [1, 4, 5, 2, 1];

/// How mobile numbers are grouped.
const MOBILE: [&[usize]; 13] = [
    &[10],
    &[3, 7],
    &[3, 3, 4],
    &[3, 4, 3],
    &[2, 4, 4],
    &[2, 8],
    &[2, 3, 5],
    &[1, 4, 5],
    &[1, 5, 4],
    &[1, 4, 4, 1],
    &[1, 9],
    &[4, 3, 3],
    &[4, 6],
];

/// How they are grouped after `+66`.
const ABROAD: [&[usize]; 7] = [&[9], &[2, 7], &[2, 3, 4], &[1, 4, 4], &[2, 4, 3], &[1, 8], &[3, 6]];

/// Digits that stand together.
struct Group {
    start: usize,
    end: usize,
    n_digits: usize,
}

impl Group {
    /// As Arabic digits.
    fn digits(&self, text: &str) -> String {
        text[self.start..self.end].chars().filter_map(digit).collect()
    }
}

/// The numbers of a text that point at a person.
pub(super) fn find(text: &str, marks: &Marks) -> Vec<Found> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let rest = &groups[at..];
        if reach(text, rest, MIN_DIGITS).is_none() {
            at += 1;
            continue;
        }
        let one = card(text, rest, marks).or_else(|| account(text, rest, marks)).or_else(|| mobile(text, rest));
        at += match one {
            Some((kind, n_groups, value)) => {
                found.push(Found { kind, range: rest[0].start..rest[n_groups - 1].end, value });
                n_groups
            }
            None => 1,
        };
    }
    found
}

/// The digits of a text as one number, when it has enough and nothing else but what groups them.
pub(super) fn digits(text: &str) -> Option<String> {
    let groups = groups(text);
    let digits = joined(text, &groups, groups.len());
    let is_number = text.chars().all(|c| digit(c).is_some() || c.is_whitespace() || "-–+().".contains(c));
    (is_number && digits.len() >= 9).then(|| digits.strip_prefix("66").map_or(digits.clone(), |national| format!("0{national}")))
}

/// Whether 13 digits are the number of a citizen's card: the last is made of the others, modulo 11.
pub(super) fn is_card(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let [first @ 1..=8, ..] = digits[..] else { return false };
    let sum: u32 = digits.iter().zip((2..=13).rev()).map(|(digit, weight)| digit * weight).sum();
    first != 0 && digits.len() == 13 && (11 - sum % 11) % 10 == digits[12]
}

fn groups(text: &str) -> Vec<Group> {
    let bytes = text.as_bytes();
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let len = match bytes[at..] {
            [b'0'..=b'9', ..] => 1,
            // `๐` to `๙`.
            [0xE0, 0xB9, 0x90..=0x99, ..] => 3,
            _ => {
                at += 1;
                continue;
            }
        };
        match groups.last_mut() {
            Some(group) if group.end == at => {
                group.n_digits += 1;
                group.end += len;
            }
            _ => groups.push(Group { start: at, end: at + len, n_digits: 1 }),
        }
        at += len;
    }
    groups
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '๐'..='๙' => char::from_digit(u32::from(c) - u32::from('๐'), 10),
        _ => None,
    }
}

/// What was found at the first of some groups: how many of them it takes, and its value.
type One = (Kind, usize, String);

fn card(text: &str, groups: &[Group], marks: &Marks) -> Option<One> {
    let is_announced = || {
        let end = marks.last_before(Mark::Card, groups[0].start);
        end.is_some_and(|end| text[end..groups[0].start].chars().count() <= NEAR_CARD)
    };
    let lengths = [&[13][..], &CARD, &[1; 13]];
    let known = lengths.into_iter().find(|lengths| is_grouped(text, groups, lengths)).map(<[usize]>::len);
    let n_groups = known.or_else(|| if is_announced() { n_groups_of(text, groups, 13) } else { None })?;
    let digits = joined(text, groups, n_groups);
    let is_free = stands_free(text, groups[0].start, groups[n_groups - 1].end, 0);
    (is_free && is_card(&digits)).then_some((Kind::NationalId, n_groups, digits))
}

fn mobile(text: &str, groups: &[Group]) -> Option<One> {
    if let Some(before) = text[..groups[0].start].strip_suffix('+') {
        return abroad(text, before.len(), groups);
    }
    let is_mobile = |digits: &str| ["06", "08", "09"].iter().any(|start| digits.starts_with(start));
    let lengths = MOBILE.into_iter().find(|lengths| is_grouped(text, groups, lengths))?;
    let digits = joined(text, groups, lengths.len());
    // `08 2565 2566` is a month and two years.
    let is_year =
        |group: &Group| group.n_digits == 4 && ["25", "20"].iter().any(|century| group.digits(text).starts_with(century));
    let is_date = lengths.len() > 1 && groups[1..lengths.len()].iter().all(is_year);
    // A digit may follow that says where a range ends: `08 1234 5678-9`.
    let is_free = stands_free(text, groups[0].start, groups[lengths.len() - 1].end, 1);
    (is_free && is_mobile(&digits) && !is_date).then_some((Kind::Phone, lengths.len(), digits))
}

/// After the `+` at `plus`: `66812345678`, `66 81 234 5678`.
fn abroad(text: &str, plus: usize, groups: &[Group]) -> Option<One> {
    let (n_groups, digits) = match groups[0].digits(text).strip_prefix("66")? {
        "" => {
            let lengths = ABROAD.into_iter().find(|lengths| is_grouped(text, &groups[1..], lengths))?;
            let is_near = is_separator(&text[groups[0].end..groups.get(1)?.start]);
            (lengths.len() + 1, is_near.then(|| joined(text, &groups[1..], lengths.len()))?)
        }
        digits => (1, digits.to_owned()),
    };
    let is_mobile = digits.len() == 9 && digits.starts_with(['6', '8', '9']);
    let is_free = stands_free(text, plus, groups[n_groups - 1].end, 1);
    (is_mobile && is_free).then(|| (Kind::Phone, n_groups, format!("0{digits}")))
}

/// A number of 10 to 12 or 15 digits near a word for an account; where only a bank is named, one that is grouped as accounts are. In
/// the accounts of an agency such numbers are its own, and its books have codes of 10 digits.
fn account(text: &str, groups: &[Group], marks: &Marks) -> Option<One> {
    let start = groups[0].start;
    let is_near = |mark| {
        let end = marks.last_before(mark, start)?;
        (ahead(text, end, NEAR_ACCOUNT).len() >= start - end).then_some(())
    };
    let is_named = is_near(Mark::Account).is_some();
    if !is_named && is_near(Mark::Bank).is_none() {
        return None;
    }
    let n_groups = [10, 12, 11, 15].into_iter().find_map(|n_digits| n_groups_of(text, groups, n_digits))?;
    let is_typical = n_groups >= 3 && groups[0].n_digits == 3 && text[groups[0].end..groups[1].start].contains(['-', '–']);
    let end = groups[n_groups - 1].end;
    let (before, after) = (behind(text, start, AROUND), ahead(text, end, AROUND));
    let has_bank = is_near(Mark::Bank).is_some()
        || ["ธนาคาร", "สาขา", "ออมทรัพย์", "ออมสิน"].iter().any(|word| before.contains(word) || after.contains(word));
    let is_account = if is_named { is_typical || has_bank } else { is_typical };
    let is_private = person::is_named(before) || person::is_named(after) || !is_public(before) && !is_public(after);
    (is_account && is_private && stands_free(text, start, end, 0))
        .then(|| (Kind::BankAccount, n_groups, joined(text, groups, n_groups)))
}

/// Whether groups of these lengths follow each other, with a separator between them.
fn is_grouped(text: &str, groups: &[Group], lengths: &[usize]) -> bool {
    groups.len() >= lengths.len()
        && lengths.iter().zip(groups).all(|(length, group)| group.n_digits == *length)
        && groups[..lengths.len()].windows(2).all(|pair| is_separator(&text[pair[0].end..pair[1].start]))
}

/// How many groups, in a chain, have so many digits together.
fn n_groups_of(text: &str, groups: &[Group], n_digits: usize) -> Option<usize> {
    reach(text, groups, n_digits).filter(|(_, sum)| *sum == n_digits).map(|(n_groups, _)| n_groups)
}

/// The first groups of a chain that have so many digits or more together: how many they are, and how many digits they have.
fn reach(text: &str, groups: &[Group], n_digits: usize) -> Option<(usize, usize)> {
    let mut sum = 0;
    for (at, group) in groups.iter().take(MAX_GROUPS).enumerate() {
        if at > 0 && !is_separator(&text[groups[at - 1].end..group.start]) {
            return None;
        }
        sum += group.n_digits;
        if sum >= n_digits {
            return Some((at + 1, sum));
        }
    }
    None
}

/// What may stand between the groups of one number.
fn is_separator(text: &str) -> bool {
    let mut letters = text.chars();
    match (letters.next(), letters.next(), letters.next(), letters.next()) {
        (Some(c), None, ..) => c == '.' || is_space(c) || is_dash(c),
        (Some(a), Some(b), None, _) => matches!((a, b), (')', ' ' | '-') | (' ', '(')),
        (Some(a), Some(b), Some(c), None) => is_space(a) && is_dash(b) && is_space(c),
        _ => false,
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2009}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2212}') || ('\u{2010}'..='\u{2015}').contains(&c)
}

/// The digits of the first groups.
fn joined(text: &str, groups: &[Group], n_groups: usize) -> String {
    groups[..n_groups].iter().map(|group| group.digits(text)).collect()
}

/// Whether a number is no part of a longer one, of an amount, of a code, of the name of a file or of an address on the web. So many
/// more digits may follow a hyphen.
fn stands_free(text: &str, start: usize, end: usize, n_range: usize) -> bool {
    let (before, after) = (&text[..start], &text[end..]);
    let mut back = before.chars().rev();
    let is_glued = match back.next() {
        Some(c) if c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '\\' | '%') => true,
        Some(c) if matches!(c, ',' | '.') || is_dash(c) => {
            back.next().is_some_and(|c| digit(c).is_some() || c.is_ascii_alphabetic())
        }
        _ => false,
    };
    let mut on = after.chars();
    let goes_on = match on.next() {
        Some(c) if c.is_ascii_alphanumeric() || matches!(c, '_' | '%' | '@') => true,
        Some('.' | ',' | '/') => on.next().is_some_and(|c| c.is_ascii_alphanumeric() || digit(c).is_some()),
        Some(c) if is_dash(c) => {
            let n_more = on.by_ref().take_while(|c| digit(*c).is_some()).count();
            n_more > n_range
        }
        _ => false,
    };
    !is_glued && !goes_on && !is_in_url(before)
}

/// Whether the last word of a text is an address on the web.
fn is_in_url(before: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | '<' | '"' | '\'');
    let word = &before[before.rfind(ends).map_or(0, |at| at + 1)..];
    word.contains("://") || word.starts_with("www.")
}
