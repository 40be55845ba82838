//! Thai typography of a finished page: lines break between words, names and dates stay together, `ๆ` starts no line.
//!
//! Browsers break inside titles of office (`ผู้อำนวยการก|องคลัง`). A `<wbr>` between the words and `white-space: nowrap` around
//! them leave the browser no other place. Headings and short texts are set whole; in sentences, where browsers do well, only names
//! and titles of office are.

use std::borrow::Cow;
use std::sync::{LazyLock, RwLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use foldhash::HashMap;

use super::html::{Tag, Token};
use crate::diagnostic::Lang;
use crate::thai::words::{self, Kind, Piece};

/// Elements whose text is copied as it is.
fn is_verbatim(name: &str) -> bool {
    matches!(name, "script" | "style" | "title" | "textarea" | "pre" | "code" | "svg")
}

/// Elements whose text is set whole, however long it is.
fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" | "dt" | "caption" | "figcaption" | "summary" | "legend")
}

/// Letters a text has at most to be a label, not a sentence.
const MAX_LABEL: usize = 60;

/// Letters of a name or of two words that are kept on one line, at most: about 100 CSS px at 18 px.
const MAX_WHOLE: usize = 11;

/// Words that belong to the next.
const PREFIXES: [&str; 6] = ["การ", "ความ", "ผู้", "นัก", "รอง", "ไม่"];

/// Titles in front of a name.
const TITLES: [&str; 3] = ["นาย", "นาง", "นางสาว"];

/// What a title of office in a sentence starts with.
const OFFICES: [&str; 9] = ["ผู้อำนวยการ", "ผู้ว่าราชการ", "หัวหน้า", "ปลัด", "นายก", "รองนายก", "เจ้าพนักงาน", "นักวิเคราะห์", "องค์การบริหาร"];

static OFFICE: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // The first bytes of all Thai letters are two, so looking for those first only costs time.
    let builder = &mut AhoCorasick::builder();
    builder.kind(Some(AhoCorasickKind::DFA)).prefilter(false).build(OFFICES).expect("a few words")
});

/// Longest title of office that is looked for in a sentence, in bytes.
const MAX_OFFICE: usize = 360;

/// Words that stay with the number after them.
const BEFORE_NUMBER: [&str; 8] = ["พ.ศ.", "ค.ศ.", "ข้อ", "ที่", "มาตรา", "หน้า", "โทร.", "ฉบับที่"];

/// Words that stay with the number before them.
const AFTER_NUMBER: [&str; 30] = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
    "ข้อ",
    "วัน",
    "บาท",
    "หน้า",
    "คน",
    "เดือน",
];

/// How many runs of letters are kept.
const MAX_MEMO: usize = 20_000;

/// Runs of Thai letters that were set before: the same words stand on every page.
#[derive(Debug, Default)]
pub(super) struct Memo(RwLock<HashMap<Box<str>, Box<str>>>);

/// Sets the Thai text of a page, token by token. On an English page Thai is marked as Thai (WCAG 2.2, 3.1.2).
pub(super) struct Setter<'a> {
    out: String,
    lang: Lang,
    memo: &'a Memo,
    /// The head of a page is copied.
    is_body: bool,
    /// How many headings are open.
    n_headings: usize,
    /// The element whose text stays as it is.
    verbatim: Option<&'a str>,
}

impl<'a> Setter<'a> {
    /// A setter of a page of about `len` bytes.
    pub(super) fn new(len: usize, lang: Lang, memo: &'a Memo) -> Setter<'a> {
        let out = String::with_capacity(len + len / 4);
        Setter { out, lang, memo, is_body: false, n_headings: 0, verbatim: None }
    }

    /// A setter of a part of a body.
    pub(super) fn of_part(len: usize, lang: Lang, memo: &'a Memo) -> Setter<'a> {
        Setter { is_body: true, ..Setter::new(len, lang, memo) }
    }

    /// What was made of a part, when it is complete in itself.
    pub(super) fn part(self) -> Option<String> {
        (self.n_headings == 0 && self.verbatim.is_none()).then_some(self.out)
    }

    /// Adds what is set already.
    pub(super) fn add(&mut self, set: &str) {
        self.out.push_str(set);
        self.is_body = true;
    }

    /// Adds the head of a page, which stays as it is.
    pub(super) fn head(&mut self, head: &str) {
        self.out.push_str(head);
    }

    /// The page as far as it was seen.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Adds the start of an element without its attributes.
    pub(super) fn bare(&mut self, tag: &Tag<'a>) {
        self.open(tag);
        let end = if tag.is_closed() { "/>" } else { ">" };
        self.out.extend(["<", tag.name, end]);
    }

    fn open(&mut self, tag: &Tag<'a>) {
        self.is_body |= tag.name == "body";
        self.n_headings += usize::from(is_heading(tag.name));
        if self.verbatim.is_none() && is_verbatim(tag.name) && !tag.is_closed() {
            self.verbatim = Some(tag.name);
        }
    }

    pub(super) fn token(&mut self, token: &Token<'a>) {
        match token {
            Token::Open(tag) => {
                self.open(tag);
                self.out.push_str(tag.all);
            }
            Token::Close(name, all) => {
                if is_heading(name) {
                    self.n_headings = self.n_headings.saturating_sub(1);
                }
                if self.verbatim == Some(name) {
                    self.verbatim = None;
                }
                self.out.push_str(all);
            }
            Token::Text(text) if self.is_body && self.verbatim.is_none() && !text.is_ascii() => self.set(text),
            Token::Text(text) | Token::Raw(text) | Token::Other(text) => self.out.push_str(text),
        }
    }

    /// Sets a text.
    fn set(&mut self, text: &str) {
        let text = bind(text);
        match (self.lang, text.find(words::is_letter), text.rfind(words::is_letter)) {
            (Lang::En, Some(first), Some(last)) => {
                let last = last + text[last..].chars().next().map_or(0, char::len_utf8);
                self.out.push_str(&text[..first]);
                self.out.push_str("<span lang=\"th\">");
                self.words(&text[first..last]);
                self.out.push_str("</span>");
                self.out.push_str(&text[last..]);
            }
            _ => self.words(&text),
        }
    }

    /// Sets the runs of Thai letters of a text.
    fn words(&mut self, text: &str) {
        let is_label = self.n_headings > 0 || text.chars().filter(|letter| words::is_letter(*letter)).count() <= MAX_LABEL;
        let mut is_surname = false;
        let mut rest = text;
        while let Some(start) = rest.find(words::is_letter) {
            self.out.push_str(&rest[..start]);
            rest = &rest[start..];
            let len = rest.find(|letter| !words::is_letter(letter)).unwrap_or(rest.len());
            let (run, after) = rest.split_at(len);
            let title = TITLES.iter().rev().find_map(|title| run.strip_prefix(title));
            let is_name = title
                .is_some_and(|name| !name.starts_with('ก') && width(name) <= MAX_WHOLE && after.starts_with([' ', '\u{a0}']));
            if is_name || is_surname && width(run) <= MAX_WHOLE {
                self.whole(run);
            } else if is_label {
                self.label(run);
            } else {
                self.sentence(run);
            }
            is_surname = is_name;
            rest = after;
        }
        self.out.push_str(rest);
    }

    /// A run of letters that is part of a label.
    fn label(&mut self, run: &str) {
        if let Some(set) = self.memo.0.read().ok().as_deref().and_then(|known| known.get(run)) {
            self.out.push_str(set);
            return;
        }
        let from = self.out.len();
        self.run(&words::split(run));
        if let Ok(mut known) = self.memo.0.write()
            && known.len() < MAX_MEMO
        {
            known.insert(run.into(), self.out[from..].into());
        }
    }

    /// Text that no line may part.
    fn whole(&mut self, text: &str) {
        self.out.push_str("<span class=\"nb\">");
        self.out.push_str(text);
        self.out.push_str("</span>");
    }

    /// Words side by side: lines may end between them, and in what is no word as the browser sees fit.
    fn run(&mut self, pieces: &[Piece]) {
        for stretch in pieces.chunk_by(|a, b| (a.kind == Kind::Unknown) == (b.kind == Kind::Unknown)) {
            if stretch[0].kind == Kind::Unknown {
                self.out.push_str(stretch[0].text);
                continue;
            }
            // A word of two letters has no place to break.
            if let [piece] = stretch
                && width(piece.text) < 3
            {
                self.out.push_str(piece.text);
                continue;
            }
            self.out.push_str("<span class=\"nb\">");
            for (at, piece) in stretch.iter().enumerate() {
                let before = at.checked_sub(1).map(|before| stretch[before].text);
                let sticks = |before: &str| PREFIXES.contains(&before) && width(before) + width(piece.text) <= MAX_WHOLE;
                if before.is_some_and(|before| !sticks(before)) {
                    self.out.push_str("<wbr>");
                }
                self.out.push_str(piece.text);
            }
            self.out.push_str("</span>");
        }
    }

    /// A part of a sentence: titles of office in it are set, the rest stays.
    fn sentence(&mut self, run: &str) {
        let mut rest = run;
        while let Some(start) = OFFICE.find(rest).map(|office| office.start()) {
            let (before, from) = rest.split_at(start);
            self.out.push_str(before);
            let pieces = words::split(&from[..words::boundary(from, MAX_OFFICE)]);
            let n = pieces.iter().take_while(|piece| piece.kind == Kind::Office || piece.text == "และ").count().max(1);
            // What is around it may be a longer word: ปลัดกระทรวง is one of ours, ปลัดขิก is not.
            if n > 1 {
                let joint = if before.is_empty() { "" } else { "<wbr>" };
                self.out.push_str(joint);
                self.run(&pieces[..n]);
                self.out.push_str(if n < pieces.len() { "<wbr>" } else { "" });
            } else {
                self.out.push_str(pieces[0].text);
            }
            rest = &from[pieces[..n].iter().map(|piece| piece.text.len()).sum()..];
        }
        self.out.push_str(rest);
    }
}

/// Spaces that no line may end at, made no-break spaces: before `ๆ`, between a number and its word.
fn bind(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices(' ') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let is_digit = |letter: char| letter.is_ascii_digit() || ('๐'..='๙').contains(&letter);
        let is_bound = after.starts_with('ๆ')
            || after.starts_with(is_digit) && BEFORE_NUMBER.iter().any(|word| before.ends_with(word))
            || before.ends_with(is_digit) && AFTER_NUMBER.iter().any(|word| after.starts_with(word));
        if is_bound {
            out.push_str(&text[from..at]);
            out.push('\u{a0}');
            from = at + 1;
        }
    }
    if from == 0 { Cow::Borrowed(text) } else { Cow::Owned(out + &text[from..]) }
}

/// Letters that take room: vowels and marks above and below take none.
pub(super) fn width(text: &str) -> usize {
    text.chars().filter(|letter| !matches!(letter, '\u{0e31}' | '\u{0e34}'..='\u{0e3a}' | '\u{0e47}'..='\u{0e4e}')).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::Tokens;

    fn set(html: &str, lang: Lang) -> String {
        let memo = Memo::default();
        let mut setter = Setter::new(html.len(), lang, &memo);
        Tokens::new(html).for_each(|token| setter.token(&token));
        setter.finish()
    }

    fn th(body: &str) -> String {
        let html = set(&format!("<title>ผู้อำนวยการกองคลัง</title><body>{body}</body>"), Lang::Th);
        let body = html.strip_prefix("<title>ผู้อำนวยการกองคลัง</title><body>").expect("the head stays");
        body.strip_suffix("</body>").expect("the end stays").to_owned()
    }

    #[test]
    fn labels_break_between_words() {
        assert_eq!(th("<p>ผู้อำนวยการกองคลัง</p>"), "<p><span class=\"nb\">ผู้อำนวยการ<wbr>กองคลัง</span></p>");
        assert_eq!(th("<b>การรายงานผล</b>"), "<b><span class=\"nb\">การรายงาน<wbr>ผล</span></b>");
        assert_eq!(th("<td>ข้อ</td>"), "<td>ข้อ</td>");
    }

    #[test]
    fn names_stay_whole() {
        assert_eq!(th("นางสาวสมมุติ ทดลอง"), "<span class=\"nb\">นางสาวสมมุติ</span> <span class=\"nb\">ทดลอง</span>");
        assert!(th("นายกเทศมนตรีนครอุดรธานี").contains("<wbr>"), "an office is no name");
    }

    #[test]
    fn sentences_are_left_but_for_offices() {
        let long = "เทศบาลจึงมอบหมายให้ผู้อำนวยการกองคลังรายงานผลการใช้จ่ายงบประมาณต่อนายกเทศมนตรีทุกเดือนตลอดทั้งปี";
        let set = th(&format!("<p>{long}</p>"));
        assert!(set.contains("ให้<wbr><span class=\"nb\">ผู้อำนวยการ<wbr>กองคลัง"), "{set}");
        assert!(set.starts_with("<p>เทศบาลจึงมอบหมาย"), "{set}");
        assert_eq!(set.replace("<wbr>", "").replace("<span class=\"nb\">", "").replace("</span>", ""), format!("<p>{long}</p>"));
    }

    #[test]
    fn numbers_stay_with_their_words() {
        assert_eq!(bind("ครบ 43 ข้อ เมื่อ 20 เมษายน"), "ครบ 43\u{a0}ข้อ เมื่อ 20\u{a0}เมษายน");
        assert_eq!(bind("ปีงบประมาณ พ.ศ. ๒๕๖๖ ต่าง ๆ"), "ปีงบประมาณ พ.ศ.\u{a0}๒๕๖๖ ต่าง\u{a0}ๆ");
    }

    #[test]
    fn markup_stays() {
        let page = "<body><a title=\"ก > ข\" href=\"/แผน/\">x</a><!-- ผู้อำนวยการกองคลัง --><svg aria-label=\"ข้อมูล\"><title>ข้อมูล</title></svg><pre>ผู้บริหาร</pre></body>";
        assert_eq!(set(page, Lang::Th), page);
    }

    #[test]
    fn thai_on_an_english_page_says_so() {
        let html = set("<body><h1>Results of เทศบาล 2 แห่ง (sample)</h1></body>", Lang::En);
        assert!(
            html.starts_with("<body><h1>Results of <span lang=\"th\">") && html.contains("</span></span> (sample)"),
            "{html}"
        );
    }
}
