//! The words beside which a number or a name points at a person, or at an agency.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// What a word says of what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// The number of an account follows.
    Account,
    /// A bank is named.
    Bank,
    /// The number of a house follows.
    House,
    /// One who reports is meant.
    Reporter,
    /// The number of a card follows, however it is grouped.
    Card,
}

/// The words; where two begin at the same place the longer counts.
const WORDS: [(&str, Mark); 36] = [
    ("เลขที่บัญชี", Mark::Account),
    ("เลขบัญชี", Mark::Account),
    ("หมายเลขบัญชี", Mark::Account),
    ("บัญชีเลขที่", Mark::Account),
    ("บัญชีธนาคาร", Mark::Account),
    ("บัญชีออมทรัพย์", Mark::Account),
    ("บัญชีเงินฝาก", Mark::Account),
    ("บัญชีกระแสรายวัน", Mark::Account),
    ("ออมทรัพย์เลขที่", Mark::Account),
    ("bank account", Mark::Account),
    ("Bank account", Mark::Account),
    ("account number", Mark::Account),
    ("Account number", Mark::Account),
    ("ธนาคาร", Mark::Bank),
    ("ธ.กรุงไทย", Mark::Bank),
    ("ธ.ก.ส.", Mark::Bank),
    ("ธกส", Mark::Bank),
    ("ธ.ออมสิน", Mark::Bank),
    ("ธ.กสิกร", Mark::Bank),
    ("กรุงไทย", Mark::Bank),
    ("พร้อมเพย์", Mark::Bank),
    ("บ้านเลขที่", Mark::House),
    ("อยู่เลขที่", Mark::House),
    ("ผู้ร้องเรียน", Mark::Reporter),
    ("ผู้ร้องทุกข์", Mark::Reporter),
    ("ผู้แจ้งเบาะแส", Mark::Reporter),
    ("ผู้ชี้เบาะแส", Mark::Reporter),
    ("ผู้กล่าวหา", Mark::Reporter),
    ("ร้องเรียนว่า", Mark::Reporter),
    ("แจ้งเบาะแสว่า", Mark::Reporter),
    ("whistleblower", Mark::Reporter),
    ("Whistleblower", Mark::Reporter),
    ("ประจำตัวประชาชน", Mark::Card),
    ("บัตรประชาชน", Mark::Card),
    ("บัตร ปชช", Mark::Card),
    ("ผู้เสียภาษี", Mark::Card),
];

static MACHINE: LazyLock<AhoCorasick> = LazyLock::new(|| machine(str::to_owned));

/// The same for texts without marks.
static BARE_MACHINE: LazyLock<AhoCorasick> = LazyLock::new(|| machine(bare));

fn machine(form: impl Fn(&str) -> String) -> AhoCorasick {
    let words = WORDS.iter().map(|(word, _)| form(word));
    // The first bytes of all Thai letters are two, so looking for those first only costs time.
    let builder = &mut AhoCorasick::builder();
    let builder = builder.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::DFA)).prefilter(false);
    builder.build(words).expect("a short list of words")
}

/// A text without the marks above and below its letters.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | char::REPLACEMENT_CHARACTER)
}

/// The marks of a text, in order.
pub(super) struct Marks(Vec<(Mark, usize, usize)>);

impl Marks {
    pub(super) fn of(text: &str) -> Marks {
        Marks(MACHINE.find_iter(text).map(|found| (WORDS[found.pattern().as_usize()].1, found.start(), found.end())).collect())
    }

    /// The marks of a text whose letters may have lost theirs.
    pub(super) fn of_worn(text: &str) -> Marks {
        let (mut plain, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
        for (at, c) in text.char_indices().filter(|(_, c)| !is_mark(*c)) {
            plain.push(c);
            places.extend((at..).take(c.len_utf8()));
        }
        places.push(text.len());
        let found = BARE_MACHINE.find_iter(&plain);
        Marks(found.map(|found| (WORDS[found.pattern().as_usize()].1, places[found.start()], places[found.end()])).collect())
    }

    pub(super) fn has(&self, mark: Mark) -> bool {
        self.0.iter().any(|(kind, _, _)| *kind == mark)
    }

    /// Start and end of every word of a mark.
    pub(super) fn all(&self, mark: Mark) -> impl Iterator<Item = (usize, usize)> {
        self.0.iter().filter(move |(kind, _, _)| *kind == mark).map(|(_, start, end)| (*start, *end))
    }

    /// Where the last word of a mark before `at` ends.
    pub(super) fn last_before(&self, mark: Mark, at: usize) -> Option<usize> {
        let n_before = self.0.partition_point(|(_, _, end)| *end <= at);
        self.0[..n_before].iter().rev().find(|(kind, _, _)| *kind == mark).map(|(_, _, end)| *end)
    }
}

/// Words in the names of agencies and companies.
const PUBLIC: [&str; 27] = [
    "เทศบาล",
    "องค์การ",
    "อบต",
    "อบจ",
    "อปท",
    "กรม",
    "กระทรวง",
    "สำนัก",
    "กอง",
    "ศูนย์",
    "โรงเรียน",
    "มหาวิทยาลัย",
    "วิทยาลัย",
    "โรงพยาบาล",
    "รพ.สต",
    "มูลนิธิ",
    "สมาคม",
    "สหกรณ์",
    "บริษัท",
    "ห้างหุ้นส่วน",
    "หจก",
    "บจก",
    "ร้าน",
    "วัด",
    "เงินฝากธนาคาร",
    "เงินฝากออมทรัพย์",
    "ที่ทำการ",
];

/// Whether a text names an agency, a company or an account that is theirs.
pub(super) fn is_public(text: &str) -> bool {
    PUBLIC.iter().any(|word| text.contains(word))
}

/// What programs, shops and printers write where the name of an author belongs.
const GENERIC: [&str; 44] = [
    "desktop",
    "laptop",
    "notebook",
    "it",
    "admin",
    "administrator",
    "user",
    "users",
    "owner",
    "guest",
    "pc",
    "com",
    "computer",
    "home",
    "office",
    "student",
    "test",
    "default",
    "unknown",
    "anonymous",
    "none",
    "author",
    "microsoft",
    "windows",
    "windows10",
    "windows11",
    "win7",
    "acer",
    "asus",
    "dell",
    "hp",
    "lenovo",
    "toshiba",
    "samsung",
    "apple",
    "canon",
    "epson",
    "ricoh",
    "xerox",
    "canva",
    "openpyxl",
    "apache",
    "poi",
    "account",
];

/// Whether the name of an author says nothing of a person: a program's, a computer's or an agency's.
pub fn is_generic(author: &str) -> bool {
    let is_named = |word: &str| {
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
        // A single letter and a number alone are nobody's name.
        word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !GENERIC.contains(&word.as_str())
    };
    is_public(author) || !author.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\u{e31}'..='\u{e4e}')).any(is_named)
}
