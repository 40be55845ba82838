//! A finished page as tokens. It is written for what themes and Markdown make of content, where it finds what `html5gum` finds, at a
//! tenth of the time; a property test compares the two.

use std::borrow::Cow;

use super::harm::is_harmful;

/// Elements whose content is text whatever it looks like (HTML standard, 13.2.5: RCDATA and raw text).
const RAW: [&str; 4] = ["script", "style", "title", "textarea"];

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// The start of an element.
    Open(Tag<'a>),
    /// The end of an element: its name as written, and all of the tag.
    Close(&'a str, &'a str),
    /// Text as written, with its character references.
    Text(&'a str),
    /// Text inside a `<script>`, `<style>`, `<title>` or `<textarea>`.
    Raw(&'a str),
    /// A comment or the document type.
    Other(&'a str),
}

/// The start tag of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its name as written.
    pub(super) name: &'a str,
    /// All of it, from `<` to `>`.
    pub(super) all: &'a str,
}

/// The attributes that what reads a page asks for, as written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Attributes<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) href: Option<&'a str>,
    pub(super) rel: Option<&'a str>,
    pub(super) label: Option<&'a str>,
    pub(super) alt: Option<&'a str>,
    /// One of them makes a browser run a program, or leads where no link may.
    pub(super) is_harmful: bool,
}

/// Reads a page from its start; together the tokens are the page.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The element whose raw text comes next.
    raw: Option<&'a str>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Tokens<'a> {
        Tokens { rest: html, raw: None }
    }

    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(len);
        self.rest = rest;
        taken
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            let len = end_of_raw(self.rest, name);
            if len > 0 {
                return Some(Token::Raw(self.take(len)));
            }
        }
        let bytes = self.rest.as_bytes();
        if bytes.is_empty() {
            return None;
        }
        if bytes[0] != b'<' || !starts_markup(bytes) {
            let len = text_len(bytes);
            return Some(Token::Text(self.take(len)));
        }
        match bytes[1] {
            b'!' | b'?' => {
                let end = if self.rest.starts_with("<!--") {
                    self.rest.find("-->").map(|at| at + 3)
                } else {
                    self.rest.find('>').map(|at| at + 1)
                };
                let len = end.unwrap_or(self.rest.len());
                Some(Token::Other(self.take(len)))
            }
            b'/' => {
                let all = self.take(end_of_tag(bytes));
                Some(Token::Close(name_of(&all[2..]), all))
            }
            _ => {
                let all = self.take(end_of_tag(bytes));
                let name = name_of(&all[1..]);
                self.raw = if matches!(name.len(), 5 | 6 | 8) {
                    RAW.into_iter().find(|raw| raw.eq_ignore_ascii_case(name))
                } else {
                    None
                };
                Some(Token::Open(Tag { name, all }))
            }
        }
    }
}

impl<'a> Attributes<'a> {
    /// Those of a start tag; none of any other token.
    pub(super) fn of(token: &Token<'a>) -> Attributes<'a> {
        let mut found = Attributes::default();
        let Token::Open(tag) = token else { return found };
        for (name, value) in tag.attributes() {
            found.is_harmful |= is_harmful(name, value);
            let place = match name {
                "id" => &mut found.id,
                "href" => &mut found.href,
                "rel" => &mut found.rel,
                "aria-label" => &mut found.label,
                "alt" => &mut found.alt,
                _ => continue,
            };
            // Of two attributes of a name the first counts.
            place.get_or_insert(value);
        }
        found
    }
}

impl<'a> Tag<'a> {
    /// Whether the element ends with its start: `<path/>` inside a picture.
    pub(super) fn is_closed(&self) -> bool {
        self.all.ends_with("/>")
    }

    /// Names and values as written.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.all[1 + self.name.len()..].strip_suffix('>').unwrap_or_default();
        std::iter::from_fn(move || {
            let start = rest.bytes().position(|byte| !byte.is_ascii_whitespace() && byte != b'/')?;
            let all = &rest[start..];
            // A name may begin with `=`.
            let len = all.bytes().skip(1).position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/'));
            let (name, after) = all.split_at(len.map_or(all.len(), |len| len + 1));
            let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
                rest = after;
                return Some((name, ""));
            };
            let value = value.trim_ascii_start();
            let (value, after) = match value.as_bytes().first() {
                Some(quote @ (b'"' | b'\'')) => {
                    let inside = &value[1..];
                    let end = memchr::memchr(*quote, inside.as_bytes()).unwrap_or(inside.len());
                    (&inside[..end], inside.get(end + 1..).unwrap_or_default())
                }
                _ => value.split_at(value.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(value.len())),
            };
            rest = after;
            Some((name, value))
        })
    }
}

/// Text with its character references decoded. Those that templates write are decoded here, all others by `html5gum`.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while !rest.is_empty() {
        let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#x27;", '\''), ("&#39;", '\'')];
        if let Some((name, letter)) = known.into_iter().find(|(name, _)| rest.starts_with(name)) {
            out.push(letter);
            rest = &rest[name.len()..];
        } else if rest.starts_with('&') {
            return Cow::Owned(decode_all(text));
        }
        let next = rest.find('&').unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(out)
}

fn decode_all(text: &str) -> String {
    // A `<` would begin a tag.
    let text = text.replace('<', "&lt;");
    let tokens = html5gum::Tokenizer::new(&text).flatten();
    tokens
        .filter_map(|token| match token {
            html5gum::Token::String(text) => Some(String::from_utf8_lossy(&text).into_owned()),
            _ => None,
        })
        .collect()
}

/// Whether a `<` begins a tag or a comment, not a sign in a text.
fn starts_markup(bytes: &[u8]) -> bool {
    match bytes.get(1) {
        Some(b'!' | b'?') => true,
        Some(b'/') => bytes.get(2).is_some_and(u8::is_ascii_alphabetic),
        Some(letter) => letter.is_ascii_alphabetic(),
        None => false,
    }
}

fn text_len(bytes: &[u8]) -> usize {
    let mut from = 1;
    while let Some(at) = memchr::memchr(b'<', &bytes[from.min(bytes.len())..]) {
        if starts_markup(&bytes[from + at..]) {
            return from + at;
        }
        from += at + 1;
    }
    bytes.len()
}

/// Where a tag ends; `>` inside an attribute's quotes does not end it.
fn end_of_tag(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(next) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        at += next + 1;
        let sign = bytes[at - 1];
        if sign == b'>' {
            return at;
        }
        // Only the value of an attribute is quoted: `<p it's>` is a tag.
        if bytes[..at - 1].trim_ascii_end().ends_with(b"=") {
            match memchr::memchr(sign, &bytes[at..]) {
                Some(end) => at += end + 1,
                None => return bytes.len(),
            }
        }
    }
    bytes.len()
}

fn name_of(tag: &str) -> &str {
    let end = tag.bytes().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    &tag[..end.unwrap_or(tag.len())]
}

/// Bytes up to the end tag of an element with raw text.
fn end_of_raw(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let after = &text[from + at + 2..];
        let is_it = after.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
        if is_it && after[name.len()..].starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')) {
            return from + at;
        }
        from += at + 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What both readers say of a page: names, attributes, texts.
    fn ours(html: &str) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        let mut name = "";
        for token in Tokens::new(html) {
            match token {
                Token::Open(tag) => {
                    name = tag.name;
                    let mut attributes: Vec<String> = Vec::new();
                    let mut seen: Vec<String> = Vec::new();
                    for (name, value) in tag.attributes() {
                        let name = name.to_ascii_lowercase();
                        if !seen.contains(&name) {
                            attributes.push(format!("{name}={}", decode(value)));
                            seen.push(name);
                        }
                    }
                    attributes.sort();
                    said.push(format!("<{} {attributes:?}", tag.name.to_ascii_lowercase()));
                }
                Token::Close(name, _) => said.push(format!("/{}", name.to_ascii_lowercase())),
                Token::Text(text) => text_said(&decode(text), &mut said),
                // References count in titles, not in scripts.
                Token::Raw(text) if name == "title" => text_said(&decode(text), &mut said),
                Token::Raw(text) => text_said(text, &mut said),
                Token::Other(_) => said.push("!".to_owned()),
            }
        }
        said
    }

    fn theirs(html: &str) -> Vec<String> {
        use html5gum::Token as T;
        let mut said = Vec::new();
        let mut emitter = html5gum::DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for token in html5gum::Tokenizer::new_with_emitter(html, emitter).flatten() {
            match token {
                T::StartTag(tag) => {
                    let attributes = tag.attributes.iter();
                    let mut attributes: Vec<String> = attributes
                        .map(|(name, value)| format!("{}={}", String::from_utf8_lossy(name), String::from_utf8_lossy(value)))
                        .collect();
                    attributes.sort();
                    said.push(format!("<{} {attributes:?}", String::from_utf8_lossy(&tag.name)));
                }
                T::EndTag(tag) => said.push(format!("/{}", String::from_utf8_lossy(&tag.name))),
                T::String(text) => text_said(&String::from_utf8_lossy(&text), &mut said),
                T::Comment(_) | T::Doctype(_) => said.push("!".to_owned()),
                T::Error(_) => {}
            }
        }
        said
    }

    /// Texts that follow each other are one.
    fn text_said(text: &str, said: &mut Vec<String>) {
        match said.last_mut() {
            Some(last) if last.starts_with('"') => last.push_str(text),
            _ => said.push(format!("\"{text}")),
        }
    }

    #[test]
    fn a_page_is_read_as_html5gum_reads_it() {
        for html in [
            "<!DOCTYPE html>\n<html lang=\"th\"><head><title>ก &amp; ข</title><style>a > b { }</style></head>",
            "<a title=\"ก > ข\" href='/แผน/?a=1&amp;b=2' hidden data-x=1>x &nbsp; &copy; &#3585; &#x27; &lt;b&gt;</a>",
            "<script type=\"application/ld+json\">{\"a\": \"<p>\"}</script><!-- <p> --><svg><path d=\"M0\"/></svg>",
            "1 < 2 และ a<b>c</b> x > y <",
            "<input value=a/b><br/><p class= \"x\" >",
        ] {
            assert_eq!(ours(html), theirs(html), "{html}");
        }
    }

    #[test]
    fn tokens_are_the_page() {
        let html = "<p>a<br>b</p><!-- c --><title>d</title> < ";
        let whole: String = Tokens::new(html)
            .map(|token| match token {
                Token::Open(tag) => tag.all,
                Token::Close(_, text) | Token::Text(text) | Token::Raw(text) | Token::Other(text) => text,
            })
            .collect();
        assert_eq!(whole, html);
    }

    fn markup() -> impl Strategy<Value = String> {
        let word = "[a-zก-ฮ]{1,5}";
        let text = prop_oneof![
            word,
            Just("&amp;".to_owned()),
            Just("&nbsp;".to_owned()),
            Just(" ".to_owned()),
            Just("&#39;".to_owned())
        ];
        let name = prop_oneof![Just("p"), Just("a"), Just("h2"), Just("svg"), Just("title"), Just("br")];
        let attribute = ("[a-z]{1,4}", "[a-zก-ฮ<> /=&;']{0,6}");
        let piece = prop_oneof![
            3 => text,
            2 => (name.clone(), proptest::collection::vec(attribute, 0..3)).prop_map(|(name, attributes)| {
                let attributes: String = attributes.iter().map(|(key, value)| format!(" {key}=\"{value}\"")).collect();
                format!("<{name}{attributes}>")
            }),
            2 => name.prop_map(|name| format!("</{name}>")),
            1 => Just("<!-- ก < ข -->".to_owned()),
        ];
        proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn both_readers_agree(html in markup()) {
            // What follows an end tag inside raw text, and an unclosed title, both read to the end of the page.
            prop_assert_eq!(ours(&html), theirs(&html));
        }

        #[test]
        fn any_text_is_read_whole(html in "[<>/!a-c\"'= &;-]{0,40}") {
            let len: usize = Tokens::new(&html)
                .map(|token| match token {
                    Token::Open(tag) => tag.all.len(),
                    Token::Close(_, text) | Token::Text(text) | Token::Raw(text) | Token::Other(text) => text.len(),
                })
                .sum();
            prop_assert_eq!(len, html.len());
        }
    }
}
