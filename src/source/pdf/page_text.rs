//! The text of a page as it is read: strings put together by where they stand, so that a number that is drawn in pieces is one number.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::content::{Scanner, Token};
use super::font::{Font, Moved, number};
use super::{Page, dictionary, has_subtype};

/// Bytes of content and tables that are unpacked of one file.
const MAX_UNPACKED: usize = 64 * 1024 * 1024;

/// Largest single stream, once unpacked, in bytes.
const MAX_STREAM_BYTES: usize = 8 * 1024 * 1024;

/// Streams that are unpacked of one file.
const MAX_STREAMS: usize = 20_000;

/// Bytes of text that are kept of one page.
const MAX_TEXT: usize = 1024 * 1024;

/// Forms inside forms that are followed.
const MAX_DEPTH: usize = 8;

/// States that are kept, one inside the other; ISO 32000-1, annex C, allows 28.
const MAX_STATES: usize = 64;

/// Operands of one operator; lines of text in one array have some hundred.
const MAX_OPERANDS: usize = 10_000;

/// Operators that say how or where text is shown.
const OPERATORS: [&[u8]; 14] = [b"cm", b"BT", b"Tm", b"Td", b"TD", b"T*", b"TL", b"Tc", b"Tw", b"Tz", b"Tj", b"TJ", b"'", b"\""];

/// Gaps in parts of the size of the letters: from which on it is a space, and from which on another column.
const SPACE: f32 = 0.2;
const COLUMN: f32 = 1.5;

/// Reads pages of one file, within its limits.
pub(super) struct Reader<'a> {
    document: &'a Document,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    unpacked: usize,
    n_streams: usize,
    /// Something was over a limit, or could not be read.
    pub(super) is_cut: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a Document) -> Reader<'a> {
        Reader { document, fonts: BTreeMap::new(), unpacked: 0, n_streams: 0, is_cut: false }
    }

    /// The text of a page, and of the fields and notes on it.
    pub(super) fn page(&mut self, page: &Page<'a>) -> String {
        let mut content = Vec::new();
        let parts: Vec<&Object> = match page.dict.get_deref(b"Contents", self.document) {
            Ok(Object::Array(parts)) => parts.iter().take(MAX_STREAMS).collect(),
            Ok(part) => vec![part],
            Err(_) => Vec::new(),
        };
        for part in parts {
            content.extend(self.unpack(part, MAX_STREAM_BYTES.saturating_sub(content.len())));
            content.push(b'\n');
        }
        let mut sheet = Sheet::default();
        self.run(&content, page.resources, State::default(), 0, &mut sheet);
        self.notes(page.dict, &mut sheet.text);
        self.is_cut |= sheet.text.len() >= MAX_TEXT;
        ordered(&sheet.text)
    }

    /// What was typed into fields, and written beside the page.
    fn notes(&self, page: &Dictionary, text: &mut String) {
        let Ok(Object::Array(notes)) = page.get_deref(b"Annots", self.document) else { return };
        for note in notes.iter().take(MAX_STREAMS) {
            let Some(note) = self.document.dereference(note).ok().and_then(|(_, note)| note.as_dict().ok()) else { continue };
            let parent = dictionary(self.document, note, b"Parent");
            let typed = note.get_deref(b"V", self.document).or_else(|error| parent.ok_or(error)?.get_deref(b"V", self.document));
            for said in [typed.ok(), note.get_deref(b"Contents", self.document).ok()].into_iter().flatten() {
                if let Ok(said) = lopdf::decode_text_string(said)
                    && text.len() < MAX_TEXT
                {
                    text.push('\n');
                    text.push_str(&said);
                }
            }
        }
    }

    /// The content of a stream, within the limits.
    pub(super) fn unpack(&mut self, object: &Object, limit: usize) -> Vec<u8> {
        self.n_streams += 1;
        let limit = limit.min(MAX_UNPACKED.saturating_sub(self.unpacked));
        let content = match self.document.dereference(object) {
            Ok((_, Object::Stream(stream))) if self.n_streams <= MAX_STREAMS => stream.get_plain_content_with_limit(limit).ok(),
            Ok((_, Object::Stream(_))) => None,
            _ => Some(Vec::new()),
        };
        self.is_cut |= content.is_none();
        let content = content.unwrap_or_default();
        self.unpacked += content.len();
        content
    }

    /// Follows the operators of content (ISO 32000-1, 9.4).
    fn run(&mut self, content: &[u8], resources: Option<&'a Dictionary>, mut state: State, depth: usize, sheet: &mut Sheet) {
        let mut scanner = Scanner::new(content);
        let (mut states, mut operands) = (Vec::new(), Vec::new());
        while let Some(token) = scanner.token() {
            let operator = match token {
                Token::Operator(operator) => operator,
                Token::Open | Token::Close => continue,
                operand => {
                    if operands.len() < MAX_OPERANDS {
                        operands.push(operand);
                    }
                    continue;
                }
            };
            if sheet.text.len() >= MAX_TEXT {
                return;
            }
            match operator {
                b"BDC" | b"BMC" if sheet.passages.len() < MAX_STATES => sheet.open(&operands),
                b"EMC" => drop(sheet.passages.pop()),
                b"q" if states.len() < MAX_STATES => states.push(state.clone()),
                b"Q" => state = states.pop().unwrap_or(state),
                b"ID" => scanner.skip_picture(),
                b"Tf" => {
                    state.size = numbers(&operands).first().copied().unwrap_or(0.0);
                    state.font = name(&operands).and_then(|name| self.font(resources, name));
                }
                b"Do" if depth < MAX_DEPTH => {
                    if let Some((content, resources, matrix)) = name(&operands).and_then(|name| self.form(resources, name)) {
                        let inside = State { page: matrix.over(&state.page), ..state.clone() };
                        self.run(&content, resources, inside, depth + 1, sheet);
                    }
                }
                _ if OPERATORS.contains(&operator) => state.apply(operator, &operands, sheet),
                _ => {}
            }
            operands.clear();
        }
    }

    fn font(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) -> Option<Rc<Font>> {
        let reference = dictionary(self.document, resources?, b"Font")?.get(name).ok()?;
        let (id, font) = self.document.dereference(reference).ok()?;
        let dict = font.as_dict().ok()?;
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(font));
        }
        let document = self.document;
        let font = Rc::new(Font::of(document, dict, |stream| self.unpack(stream, MAX_STREAM_BYTES)));
        // One that stands where it is used is read each time.
        match id {
            Some(id) => drop(self.fonts.insert(id, Rc::clone(&font))),
            None => self.n_streams += 1,
        }
        Some(font)
    }

    /// A form: its content, its resources, and where it is put.
    fn form(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) -> Option<(Vec<u8>, Option<&'a Dictionary>, Matrix)> {
        let reference = dictionary(self.document, resources?, b"XObject")?.get(name).ok()?;
        let (_, form @ Object::Stream(stream)) = self.document.dereference(reference).ok()? else { return None };
        if !has_subtype(stream, b"Form") {
            return None;
        }
        let matrix = match stream.dict.get_deref(b"Matrix", self.document) {
            Ok(Object::Array(numbers)) => Matrix::of(&numbers.iter().filter_map(number).collect::<Vec<_>>()),
            _ => None,
        };
        let own = dictionary(self.document, &stream.dict, b"Resources").or(resources);
        Some((self.unpack(form, MAX_STREAM_BYTES), own, matrix.unwrap_or(Matrix::SAME)))
    }
}

/// What was read of a page, and where the pen is.
#[derive(Default)]
struct Sheet {
    text: String,
    /// Where the last string ended.
    pen: Option<(f32, f32)>,
    /// Passages that are open, each with whether it says itself what it reads (ISO 32000-1, 14.9.4, `ActualText`).
    passages: Vec<bool>,
    /// What the passage reads, until it is shown.
    actual: String,
}

/// How text is shown.
#[derive(Clone)]
struct State {
    page: Matrix,
    text: Matrix,
    line: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    leading: f32,
    /// Space between letters, between words, and how wide letters are stretched.
    letters: f32,
    words: f32,
    stretch: f32,
}

impl Default for State {
    fn default() -> State {
        let same = Matrix::SAME;
        State { page: same, text: same, line: same, font: None, size: 0.0, leading: 0.0, letters: 0.0, words: 0.0, stretch: 1.0 }
    }
}

impl State {
    fn apply(&mut self, operator: &[u8], operands: &[Token], sheet: &mut Sheet) {
        let given = numbers(operands);
        let first = given.first().copied().unwrap_or(0.0);
        match operator {
            b"cm" => self.page = Matrix::of(&given).map_or(self.page, |matrix| matrix.over(&self.page)),
            b"BT" => (self.text, self.line) = (Matrix::SAME, Matrix::SAME),
            b"Tm" => {
                self.line = Matrix::of(&given).unwrap_or(self.line);
                self.text = self.line;
            }
            b"Td" | b"TD" => {
                let down = given.get(1).copied().unwrap_or(0.0);
                if operator == b"TD" {
                    self.leading = -down;
                }
                self.next_line(first, down);
            }
            b"T*" => self.next_line(0.0, -self.leading),
            b"TL" => self.leading = first,
            b"Tc" => self.letters = first,
            b"Tw" => self.words = first,
            b"Tz" => self.stretch = first / 100.0,
            b"Tj" | b"TJ" => self.show(operands, sheet),
            b"'" | b"\"" => {
                if let (b"\"", [words, letters, ..]) = (operator, &given[..]) {
                    (self.words, self.letters) = (*words, *letters);
                }
                self.next_line(0.0, -self.leading);
                self.show(operands, sheet);
            }
            _ => {}
        }
    }

    fn next_line(&mut self, right: f32, down: f32) {
        self.line = Matrix { numbers: [1.0, 0.0, 0.0, 1.0, right, down] }.over(&self.line);
        self.text = self.line;
    }

    fn show(&mut self, operands: &[Token], sheet: &mut Sheet) {
        let Some(font) = self.font.clone() else { return };
        for operand in operands {
            let width = match operand {
                Token::Number(kerning) => -kerning / 1000.0 * self.size,
                Token::String(bytes) => {
                    sheet.arrive(&self.text.over(&self.page), self.size);
                    let mut glyphs = String::new();
                    let Moved { width, codes, spaces } = font.read(bytes, &mut glyphs);
                    sheet.write(&glyphs);
                    width * self.size + codes * self.letters + spaces * self.words
                }
                _ => continue,
            };
            self.text = Matrix { numbers: [1.0, 0.0, 0.0, 1.0, width * self.stretch, 0.0] }.over(&self.text);
            if matches!(operand, Token::String(_)) {
                sheet.pen = Some(self.text.over(&self.page).origin());
            }
        }
    }
}

impl Sheet {
    /// A passage begins.
    fn open(&mut self, operands: &[Token]) {
        let is_key = |operand: &Token| matches!(operand, Token::Name(name) if name == b"ActualText");
        let actual = operands.iter().skip_while(|operand| !is_key(operand)).nth(1);
        let actual = if let Some(Token::String(bytes)) = actual { Some(Object::string_literal(bytes.clone())) } else { None };
        self.passages.push(actual.is_some());
        self.actual = actual.and_then(|actual| lopdf::decode_text_string(&actual).ok()).unwrap_or_default();
    }

    /// Adds what glyphs read, or in their place what their passage does.
    fn write(&mut self, glyphs: &str) {
        if self.passages.contains(&true) {
            self.text.push_str(&std::mem::take(&mut self.actual));
        } else {
            self.text.push_str(glyphs);
        }
    }

    /// The pen comes to where the next string begins: what lies between is a space, another column or another line.
    fn arrive(&mut self, at: &Matrix, size: f32) {
        let Some(pen) = self.pen else { return };
        let [across, rise, lean, height, ..] = at.numbers;
        let (along, em) = (across.hypot(rise), lean.hypot(height) * size.abs());
        if along <= 0.0 || em <= 0.0 {
            return;
        }
        let (dx, dy) = (at.origin().0 - pen.0, at.origin().1 - pen.1);
        let (right, down) = ((dx * across + dy * rise) / along / em, ((dy * across - dx * rise) / along / em).abs());
        let gap = match right {
            _ if down > 0.5 => '\n',
            right if right > COLUMN => '\t',
            right if right > SPACE => ' ',
            // Marks of Thai are drawn a little behind; a jump back is another column.
            right if right < -COLUMN => '\n',
            _ => return,
        };
        if !self.text.ends_with(char::is_whitespace) {
            self.text.push(gap);
        } else if gap != ' ' && !self.text.ends_with('\n') {
            self.text.pop();
            self.text.push(gap);
        }
    }
}

/// A place and direction (ISO 32000-1, 8.3.3).
#[derive(Clone, Copy)]
struct Matrix {
    numbers: [f32; 6],
}

impl Matrix {
    const SAME: Matrix = Matrix { numbers: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0] };

    fn of(numbers: &[f32]) -> Option<Matrix> {
        Some(Matrix { numbers: numbers.try_into().ok()? })
    }

    /// This one first, then `other`.
    fn over(&self, other: &Matrix) -> Matrix {
        let [.., right, up] = other.numbers;
        let turned = |x: f32, y: f32| {
            let [xx, xy, yx, yy, ..] = other.numbers;
            (x * xx + y * yx, x * xy + y * yy)
        };
        let own = self.numbers;
        let (first, second, place) = (turned(own[0], own[1]), turned(own[2], own[3]), turned(own[4], own[5]));
        Matrix { numbers: [first.0, first.1, second.0, second.1, place.0 + right, place.1 + up] }
    }

    fn origin(&self) -> (f32, f32) {
        (self.numbers[4], self.numbers[5])
    }
}

/// The text with every vowel below or above its consonant before the tone mark: some programs draw the mark first.
fn ordered(text: &str) -> String {
    let (mut out, mut tone) = (String::with_capacity(text.len()), None);
    for c in text.chars() {
        match c {
            '\u{e31}' | '\u{e34}'..='\u{e39}' => out.push(c),
            _ => {
                out.extend(tone.take());
                tone = Some(c).filter(|c| matches!(c, '\u{e48}'..='\u{e4c}'));
                out.extend(Some(c).filter(|_| tone.is_none()));
            }
        }
    }
    out.extend(tone);
    out
}

fn numbers(operands: &[Token]) -> Vec<f32> {
    operands.iter().filter_map(|operand| if let Token::Number(number) = operand { Some(*number) } else { None }).collect()
}

fn name<'t>(operands: &'t [Token]) -> Option<&'t [u8]> {
    operands.iter().find_map(|operand| if let Token::Name(name) = operand { Some(name.as_slice()) } else { None })
}
