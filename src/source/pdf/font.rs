//! A font of a PDF, as far as text is read: what its codes mean, and how far each moves the pen.

use encoding_rs::WINDOWS_874;
use lopdf::{Dictionary, Document, Object};

use super::cmap::CMap;
use super::{dictionary, glyph};

/// Width of a letter where a font says nothing, in its own units: that of a digit of Helvetica.
const DEFAULT_WIDTH: f32 = 556.0;

/// Widths that are kept of one font.
const MAX_WIDTHS: usize = 70_000;

/// A font.
pub(super) struct Font {
    /// Codes have two bytes.
    is_wide: bool,
    to_unicode: Option<CMap>,
    /// What single bytes mean where a font differs from the usual.
    differences: Vec<(u8, char)>,
    /// First and last code, and their width.
    widths: Vec<(u32, u32, f32)>,
    default_width: f32,
    /// Units of the font to those of text.
    scale: f32,
}

impl Font {
    /// A font from its dictionary; `unpack` gives the content of a stream.
    pub(super) fn of(document: &Document, dict: &Dictionary, unpack: impl FnOnce(&Object) -> Vec<u8>) -> Font {
        let subtype = dict.get_deref(b"Subtype", document).and_then(Object::as_name).unwrap_or_default();
        let is_wide = subtype == b"Type0";
        let to_unicode = dict.get(b"ToUnicode").ok().map(|stream| CMap::parse(&unpack(stream)));
        let scale = match dict.get_deref(b"FontMatrix", document) {
            Ok(Object::Array(matrix)) if subtype == b"Type3" => matrix.first().and_then(number).unwrap_or(0.001),
            _ => 0.001,
        };
        let (widths, default_width) = if is_wide { wide(document, dict) } else { simple(document, dict) };
        Font { is_wide, to_unicode, differences: differences(document, dict), widths, default_width, scale }
    }

    /// Reads a string: adds its letters; gives how far the pen moves, in units of text at size 1, how many codes there are, and how many
    /// of them are spaces.
    pub(super) fn read(&self, bytes: &[u8], out: &mut String) -> Moved {
        let mut moved = Moved { width: 0.0, codes: 0.0, spaces: 0.0 };
        for chunk in bytes.chunks(if self.is_wide { 2 } else { 1 }) {
            let code = chunk.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            moved.width += self.width(code) * self.scale;
            moved.codes += 1.0;
            if !self.is_wide && code == 32 {
                moved.spaces += 1.0;
            }
            let is_known = self.to_unicode.as_ref().is_some_and(|map| map.push(code, out));
            if !is_known {
                out.push(if self.is_wide { char::REPLACEMENT_CHARACTER } else { self.letter(chunk[0]) });
            }
        }
        moved
    }

    fn letter(&self, byte: u8) -> char {
        let different = self.differences.iter().find(|(code, _)| *code == byte).map(|(_, letter)| *letter);
        // Fonts of Thai offices before Unicode have Thai letters where TIS-620 has them, whatever their encoding is called.
        different.or_else(|| WINDOWS_874.decode(&[byte]).0.chars().next()).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn width(&self, code: u32) -> f32 {
        let after = self.widths.partition_point(|(first, _, _)| *first <= code);
        let range = after.checked_sub(1).and_then(|at| self.widths.get(at)).filter(|(_, last, _)| code <= *last);
        range.map_or(self.default_width, |(_, _, width)| *width)
    }
}

/// How a string moves the pen.
pub(super) struct Moved {
    pub(super) width: f32,
    pub(super) codes: f32,
    pub(super) spaces: f32,
}

/// Widths of a font of single bytes (ISO 32000-1, 9.2.4).
fn simple(document: &Document, dict: &Dictionary) -> (Vec<(u32, u32, f32)>, f32) {
    let first = dict.get_deref(b"FirstChar", document).and_then(Object::as_i64).ok().and_then(|first| u32::try_from(first).ok());
    let Ok(Object::Array(list)) = dict.get_deref(b"Widths", document) else { return (Vec::new(), DEFAULT_WIDTH) };
    let widths = list.iter().take(256).map(|width| resolved(document, width).unwrap_or(DEFAULT_WIDTH));
    let missing =
        dictionary(document, dict, b"FontDescriptor").and_then(|descriptor| number(descriptor.get(b"MissingWidth").ok()?));
    ((first.unwrap_or(0)..).zip(widths).map(|(code, width)| (code, code, width)).collect(), missing.unwrap_or(DEFAULT_WIDTH))
}

/// Widths of a font of two bytes (ISO 32000-1, 9.7.4.3): `c [w w …]` and `c c w`.
fn wide(document: &Document, dict: &Dictionary) -> (Vec<(u32, u32, f32)>, f32) {
    let Ok(Object::Array(descendants)) = dict.get_deref(b"DescendantFonts", document) else { return (Vec::new(), 1000.0) };
    let descendant =
        descendants.first().and_then(|font| document.dereference(font).ok()).and_then(|(_, font)| font.as_dict().ok());
    let Some(descendant) = descendant else { return (Vec::new(), 1000.0) };
    let default = descendant.get_deref(b"DW", document).ok().and_then(number).unwrap_or(1000.0);
    let mut widths: Vec<(u32, u32, f32)> = Vec::new();
    let code = |object: &Object| u32::try_from(object.as_i64().ok()?).ok();
    if let Ok(Object::Array(list)) = descendant.get_deref(b"W", document) {
        let mut rest = &list[..];
        while let [first, second, ..] = rest {
            let Some(first) = code(first) else { break };
            if let Ok((_, Object::Array(each))) = document.dereference(second) {
                let each = each.iter().map(|width| resolved(document, width).unwrap_or(default));
                widths.extend((first..).zip(each).map(|(code, width)| (code, code, width)));
                rest = &rest[2..];
            } else {
                let (Some(last), Some(width)) = (code(second), rest.get(2).and_then(|width| resolved(document, width))) else {
                    break;
                };
                widths.push((first, last, width));
                rest = &rest[3..];
            }
            if widths.len() > MAX_WIDTHS {
                break;
            }
        }
    }
    widths.sort_by_key(|(first, _, _)| *first);
    (widths, default)
}

/// What single bytes mean by the names of glyphs (ISO 32000-1, 9.6.6): `/Differences [48 /zero /one 161 /uni0E01]`.
fn differences(document: &Document, dict: &Dictionary) -> Vec<(u8, char)> {
    let encoding = dictionary(document, dict, b"Encoding");
    let Some(Ok(Object::Array(list))) = encoding.map(|encoding| encoding.get_deref(b"Differences", document)) else {
        return Vec::new();
    };
    let mut code: u8 = 0;
    let mut found = Vec::new();
    for object in list.iter().take(1024) {
        match object {
            Object::Integer(first) => code = u8::try_from(*first).unwrap_or(0),
            Object::Name(name) => {
                found.extend(glyph::letter(name).map(|letter| (code, letter)));
                code = code.wrapping_add(1);
            }
            _ => {}
        }
    }
    found
}

fn resolved(document: &Document, object: &Object) -> Option<f32> {
    document.dereference(object).ok().and_then(|(_, object)| number(object))
}

/// A number of an object.
#[expect(clippy::cast_precision_loss, reason = "widths and places of letters are small numbers")]
pub(super) fn number(object: &Object) -> Option<f32> {
    match object {
        Object::Integer(integer) => Some(*integer as f32),
        Object::Real(real) => Some(*real),
        _ => None,
    }
}
