//! Words of a Thai text, which writes no spaces between them: the fewest words of a dictionary that make it up.
//!
//! `words.txt` is the word list of `PyThaiNLP` (CC0-1.0), `office.txt` the words of offices and of the assessment, which win. Both are
//! inside the binary as one finite state transducer, `words.fst`, which a test makes of them.

use std::sync::LazyLock;

use fst::raw::{Fst, Output};

static WORDS: &[u8] = include_bytes!("words.fst");

static DICTIONARY: LazyLock<Fst<&'static [u8]>> = LazyLock::new(|| Fst::new(WORDS).expect("tested: the words are a transducer"));

/// What a step over letters that no word begins with costs; a word costs [`WORD`], so that words win.
const UNKNOWN: u32 = 40;

/// What a word costs.
const WORD: u32 = 10;

/// What a word of an office costs.
const OFFICE: u32 = 9;

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Its letters.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind,
}

/// What a piece of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word of an office or of the assessment.
    Office,
    /// Any other word of the dictionary.
    Word,
    /// Letters that are no word: a name, a mistake. Where it may break is not known.
    Unknown,
}

/// Whether a letter is Thai and belongs to words: no digit, no sign.
pub fn is_letter(letter: char) -> bool {
    matches!(letter, '\u{0e01}'..='\u{0e2e}' | '\u{0e30}'..='\u{0e3a}' | '\u{0e40}'..='\u{0e45}' | '\u{0e47}'..='\u{0e4e}')
}

/// Splits a run of Thai letters into words. Together the pieces are the text; neighbours are never both unknown.
pub fn split(text: &str) -> Vec<Piece<'_>> {
    let dictionary = &*DICTIONARY;
    let mut best: Vec<Option<Step>> = vec![None; text.len() + 1];
    best[0] = Some(Step { cost: 0, from: 0, kind: Kind::Unknown });
    for at in 0..text.len() {
        let Some(Step { cost, .. }) = best[at] else { continue };
        let mut reach = |to: usize, kind: Kind, price: u32| {
            let step = Step { cost: cost + price, from: at, kind };
            // Of two ways as short, the one with the longer first word is right more often: บอก|ว่า, not บอ|กว่า.
            if best[to].is_none_or(|known| step.cost <= known.cost) {
                best[to] = Some(step);
            }
        };
        for (to, value) in prefixes(dictionary, &text[at..]) {
            if may_begin(&text[at + to..]) {
                let (kind, price) = if value == 1 { (Kind::Office, OFFICE) } else { (Kind::Word, WORD) };
                reach(at + to, kind, price);
            }
        }
        reach(at + cluster(&text[at..]), Kind::Unknown, UNKNOWN);
    }
    trace(text, &best)
}

/// The last place at or before `max` bytes where a word may begin; the end of a shorter text.
pub fn boundary(text: &str, max: usize) -> usize {
    if text.len() <= max {
        return text.len();
    }
    (1..=max).rev().find(|at| text.is_char_boundary(*at) && may_begin(&text[*at..])).unwrap_or(text.len())
}

/// The cheapest way to a place.
#[derive(Debug, Clone, Copy)]
struct Step {
    cost: u32,
    from: usize,
    kind: Kind,
}

/// The pieces of the cheapest way to the end of the text.
fn trace<'a>(text: &'a str, best: &[Option<Step>]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut end = text.len();
    let mut at = end;
    while at > 0 {
        let Some(Step { from, kind, .. }) = best[at] else { break };
        let follows_unknown = pieces.last().is_some_and(|piece| piece.kind == Kind::Unknown);
        if kind == Kind::Unknown && follows_unknown {
            pieces.pop();
        } else {
            end = at;
        }
        pieces.push(Piece { text: &text[from..end], kind });
        at = from;
    }
    pieces.reverse();
    pieces
}

/// Lengths in bytes of the words that a text starts with, each with its value: 1 for words of an office.
fn prefixes<'a>(dictionary: &'a Fst<&'static [u8]>, text: &'a str) -> impl Iterator<Item = (usize, u64)> + 'a {
    let mut node = dictionary.root();
    let mut output = Output::zero();
    let mut bytes = text.bytes().enumerate();
    let next = move || {
        for (at, byte) in bytes.by_ref() {
            let transition = node.transition(node.find_input(byte)?);
            node = dictionary.node(transition.addr);
            output = output.cat(transition.out);
            if node.is_final() {
                return Some((at + 1, output.cat(node.final_output()).value()));
            }
        }
        None
    };
    std::iter::from_fn(next)
}

/// Whether a word may begin here: not before a vowel or mark that stands after, above or below a consonant.
fn may_begin(rest: &str) -> bool {
    !rest.starts_with(|letter| matches!(letter, '\u{0e30}'..='\u{0e3a}' | '\u{0e45}' | '\u{0e47}'..='\u{0e4e}'))
}

/// Bytes of the letters at the start of a text that no line may part: a vowel in front, a consonant, what hangs on it.
fn cluster(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1).peekable();
    if text.starts_with(['เ', 'แ', 'โ', 'ใ', 'ไ']) {
        letters.next();
    }
    while letters.next_if(|(at, _)| !may_begin(&text[*at..])).is_some() {}
    letters.peek().map_or(text.len(), |(at, _)| *at)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> String {
        split(text).iter().map(|piece| piece.text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn titles_are_split_between_their_words() {
        for (title, split) in [
            ("ผู้อำนวยการกองคลัง", "ผู้อำนวยการ|กองคลัง"),
            ("ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ", "ผู้อำนวยการ|กอง|ยุทธศาสตร์|และ|งบประมาณ"),
            ("นักวิเคราะห์นโยบายและแผนชำนาญการพิเศษ", "นักวิเคราะห์|นโยบาย|และ|แผน|ชำนาญการ|พิเศษ"),
            ("รองนายกเทศมนตรีนครอุดรธานี", "รองนายก|เทศมนตรี|นคร|อุดรธานี"),
            ("มาตรการส่งเสริมคุณธรรมและความโปร่งใส", "มาตรการ|ส่งเสริม|คุณธรรม|และ|ความ|โปร่งใส"),
            ("จัดซื้อจัดจ้างหรือการจัดหาพัสดุ", "จัดซื้อจัดจ้าง|หรือ|การ|จัดหา|พัสดุ"),
            ("หน้าของข้อนั้นบอกว่าต้องทำอะไร", "หน้า|ของ|ข้อ|นั้น|บอก|ว่า|ต้อง|ทำ|อะไร"),
        ] {
            assert_eq!(words(title), split);
        }
    }

    #[test]
    fn what_is_no_word_stays_whole() {
        assert_eq!(split("ซฮฮซฮ").iter().map(|piece| piece.kind).collect::<Vec<_>>(), [Kind::Unknown]);
        assert_eq!(split(""), []);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "under UPDATE=1 the test writes a file of the project")]
    fn the_transducer_is_made_of_the_lists() {
        let mut words: BTreeMap<&str, u64> = BTreeMap::new();
        for (list, value) in [(include_str!("words.txt"), 0), (include_str!("office.txt"), 1)] {
            for word in list.lines().filter(|line| !line.starts_with('#')) {
                assert!(word.chars().all(is_letter), "{word}");
                words.insert(word, value);
            }
        }
        let mut builder = fst::MapBuilder::memory();
        for (word, value) in words {
            builder.insert(word, value).expect("words are in order");
        }
        let made = builder.into_inner().expect("it fits in memory");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/thai/words/words.fst"), &made)
                .expect("a file of the project");
        } else {
            assert!(made == WORDS, "words.txt or office.txt changed: run UPDATE=1 cargo test words, then build again");
        }
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(text in "[ก-ฮะ-ฺเ-ๅ็-๎]{0,40}") {
            let pieces = split(&text);
            prop_assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text.clone());
            let mut at = 0;
            for piece in pieces {
                prop_assert!(at == 0 || may_begin(&text[at..]), "{} at {}", text, at);
                at += piece.text.len();
            }
        }
    }
}
