//! Whether an SVG can be published: it only draws. Everything is refused that is not known to be harmless.

use std::collections::BTreeSet;

/// Largest SVG that is looked through, in bytes; a larger one is not published.
pub const MAX_SVG_BYTES: u64 = crate::source::ASSET_HEAD_BYTES;

/// Most `<use>` of one picture: each may draw all that another draws, so thirty can draw a thousand million things.
pub const MAX_USES: usize = 32;

/// Deepest nesting of elements.
pub const MAX_DEPTH: usize = 64;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Elements that draw, or describe what is drawn (SVG 2). Not among them: `script`, `foreignObject`, `a`, `animate`, `set`, `feImage`.
const ELEMENTS: [&str; 53] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "title",
    "desc",
    "metadata",
    "style",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "image",
    "switch",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
];

/// Pictures that may lie inside.
const PICTURES: [&str; 4] =
    ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/jpg;base64,", "data:image/webp;base64,"];

const COMMENT: &str = "<!--";

/// The start of text without markup.
const PLAIN: &str = "<![CDATA[";

/// The first thing in an SVG that may do more than draw, as it is written; `None` when there is none.
pub(super) fn harm(text: &str) -> Option<String> {
    let mut picture = Picture { depth: 0, n_uses: 0, prefixes: BTreeSet::new(), is_style: false };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    if let Some(end) = rest.strip_prefix("<?xml ").and_then(|rest| rest.find("?>")) {
        let (declaration, after) = rest.split_at("<?xml ".len() + end + "?>".len());
        let is_utf8 = !declaration.contains("encoding") || declaration.to_ascii_lowercase().contains("utf-8");
        if !is_utf8 || has_markup(declaration) {
            return Some(short(declaration));
        }
        rest = after;
    }
    while let Some(start) = rest.find('<') {
        let (before, markup) = rest.split_at(start);
        if let Some(harm) = picture.text(before) {
            return Some(harm);
        }
        match len(markup) {
            Some(len) if picture.is_harmless(&markup[..len]) => rest = &markup[len..],
            _ => return Some(short(markup)),
        }
    }
    picture.text(rest)
}

/// Whether a tag has a `<` in it, which XML does not allow, or what is none a `>` before its end: read as HTML, elements begin there.
fn has_markup(markup: &str) -> bool {
    let inside = &markup[1..markup.len() - 1];
    inside.contains('<') || inside.starts_with(['?', '!']) && inside.contains('>')
}

/// Where a comment, a piece of plain text or a tag ends; `None` for what has no end.
fn len(markup: &str) -> Option<usize> {
    for (start, end) in [(COMMENT, "-->"), (PLAIN, "]]>")] {
        if let Some(inside) = markup.strip_prefix(start) {
            return inside.find(end).map(|at| start.len() + at + end.len());
        }
    }
    let mut quote = None;
    for (at, letter) in markup.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    None
}

struct Picture<'a> {
    depth: usize,
    n_uses: usize,
    /// Prefixes of names that are not SVG: notes of drawing programs.
    prefixes: BTreeSet<&'a str>,
    is_style: bool,
}

impl<'a> Picture<'a> {
    /// What stands between tags: words, or a style.
    fn text(&self, text: &str) -> Option<String> {
        (self.is_style && !is_plain_style(text)).then(|| short(text))
    }

    fn is_harmless(&mut self, markup: &'a str) -> bool {
        // Read as HTML, these end a comment early.
        if let Some(comment) = markup.strip_prefix(COMMENT).and_then(|markup| markup.strip_suffix("-->")) {
            return !comment.starts_with(['>', '-']) && !comment.contains("--");
        }
        if let Some(plain) = markup.strip_prefix(PLAIN) {
            return self.is_style && !plain.contains('<') && is_plain_style(plain);
        }
        if has_markup(markup) {
            return false;
        }
        // A document type may name pieces of text that stand for others.
        if let Some(kind) = markup.strip_prefix("<!DOCTYPE") {
            return kind.trim_start().starts_with("svg") && !kind.contains('[');
        }
        let inside = &markup[1..markup.len() - 1];
        if let Some(name) = inside.strip_prefix('/') {
            self.depth = self.depth.saturating_sub(1);
            self.is_style = false;
            return self.is_known(name.trim_end());
        }
        let (inside, is_closed) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let name = inside.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
        let Some(attributes) = attributes(&inside[name.len()..]) else { return false };
        if !attributes.iter().all(|(key, value)| self.is_plain(name, key, value)) {
            return false;
        }
        self.depth += usize::from(!is_closed);
        self.n_uses += usize::from(name == "use");
        self.is_style = name == "style" && !is_closed;
        self.is_known(name) && self.depth <= MAX_DEPTH && self.n_uses <= MAX_USES
    }

    fn is_known(&self, name: &str) -> bool {
        match name.split_once(':') {
            None => ELEMENTS.contains(&name),
            Some((prefix, rest)) => self.prefixes.contains(prefix) && is_name(rest),
        }
    }

    fn is_plain(&mut self, element: &str, key: &'a str, value: &str) -> bool {
        // References of any kind could spell anything; those of XML that are needed stand for signs.
        let value = value.replace("&quot;", "\"").replace("&apos;", "'").replace("&lt;", "<").replace("&gt;", ">");
        let value = value.replace("&#10;", " ").replace("&amp;", "\u{fffc}");
        if value.contains('&') {
            return false;
        }
        if let Some(prefix) = key.strip_prefix("xmlns:") {
            // A prefix for SVG or XHTML would make `<x:script>` one.
            let is_drawing = value.contains("w3.org/2000/svg") || value.contains("w3.org/1999/xhtml") || value.contains("MathML");
            if value != XLINK {
                self.prefixes.insert(prefix);
            }
            return !is_drawing && (prefix == "xlink") == (value == XLINK);
        }
        let key = key.to_ascii_lowercase();
        match key.as_str() {
            "xmlns" => value == SVG,
            "xml:base" | "src" | "data" | "action" | "formaction" => false,
            "href" | "xlink:href" => {
                value.starts_with('#') || element == "image" && PICTURES.iter().any(|start| value.starts_with(start))
            }
            key if key.starts_with("on") => false,
            _ => is_plain_style(&value),
        }
    }
}

/// Whether a style, or the value of an attribute, asks for nothing that lies elsewhere.
fn is_plain_style(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    let mut urls = style.match_indices("url(").map(|(at, found)| style[at + found.len()..].trim_start_matches([' ', '"', '\'']));
    !style.contains(['\\', '&'])
        && !["@import", "@charset", "@namespace", "javascript:", "image-set", "src("].iter().any(|word| style.contains(word))
        && urls.all(|url| url.starts_with('#'))
}

/// Names and values; `None` for what is not written as XML wants it.
fn attributes(mut rest: &str) -> Option<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    loop {
        let trimmed = rest.trim_ascii_start();
        if trimmed.is_empty() {
            return Some(found);
        }
        // Two attributes have a space between them.
        if trimmed.len() == rest.len() {
            return None;
        }
        let (key, after) = trimmed.split_once('=')?;
        let after = after.trim_ascii_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        let key = key.trim_ascii_end();
        if !key.split(':').all(is_name) {
            return None;
        }
        found.push((key, value));
        rest = after;
    }
}

/// Whether it is a name without a prefix, as drawing programs write it.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// The start of a piece of markup, to be shown.
fn short(markup: &str) -> String {
    let shown: String = markup.trim().chars().take_while(|c| c.is_ascii() && !c.is_control() && *c != '>').take(40).collect();
    if shown.starts_with('<') { shown + ">" } else { shown }
}

#[cfg(test)]
mod tests {
    use super::harm;

    fn picture(inside: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">{inside}</svg>"
        )
    }

    #[test]
    fn what_drawing_programs_write_is_published() {
        for inside in [
            "<title>ตรา &amp; ชื่อ</title><path d=\"M0 0\" fill=\"#fff\" style=\"stroke:url(#a)\"/>",
            "<style type=\"text/css\">.a{fill:#fff} .b{fill:url(#c)}</style><g class='a'><rect width='1' height='1'/></g>",
            "<style><![CDATA[.a{fill:#fff}]]></style>",
            "<defs><linearGradient id=\"a\"><stop offset=\"0\"/></linearGradient></defs><use xlink:href=\"#a\"/>",
            "<image width=\"1\" height=\"1\" xlink:href=\"data:image/png;base64,AAAA\"/>",
            "<metadata xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:RDF><rdf:li/></rdf:RDF></metadata>",
            "<!-- Generator: Adobe Illustrator -->",
        ] {
            let head =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\">\n";
            assert_eq!(harm(&(head.to_owned() + &picture(inside))), None, "{inside}");
        }
    }

    #[test]
    fn what_runs_or_fetches_is_not() {
        for inside in [
            "<script>alert(1)</script>",
            "<SCRIPT/>",
            "<a href=\"https://a.example\"><path/></a>",
            "<a xlink:href=\"javascript:alert(1)\"><path/></a>",
            "<path onload=\"alert(1)\"/>",
            "<path d=\"\"onload=\"alert(1)\"/>",
            "<foreignObject><b/></foreignObject>",
            "<animate attributeName=\"href\" values=\"javascript:alert(1)\"/>",
            "<set attributeName=\"onload\" to=\"alert(1)\"/>",
            "<use href=\"https://a.example/#a\"/>",
            "<use href=\"data:image/svg+xml;base64,AA#a\"/>",
            "<image href=\"https://a.example/a.png\"/>",
            "<image href=\"data:image/svg+xml;base64,AAAA\"/>",
            "<style>@import 'https://a.example'</style>",
            "<style>a{fill:url(https://a.example)}</style>",
            "<style>a{fill:u\\72l(https://a.example)}</style>",
            "<style>&#64;import 'a'</style>",
            "<path style=\"fill:url( 'https://a.example')\"/>",
            "<path fill=\"url(&#104;ttps://a.example)\"/>",
            "<x:script xmlns:x=\"http://www.w3.org/2000/svg\">alert(1)</x:script>",
            "<x:script xmlns:x=\"http://www.w3.org/&#50;000/svg\">alert(1)</x:script>",
            "<g xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "<a y:href=\"javascript:alert(1)\" xmlns:y=\"http://www.w3.org/1999/xlink\"/>",
            "<g xml:base=\"https://a.example\"/>",
            "<!--><script>alert(1)</script>-->",
            "<path d=\"<script>alert(1)</script>\"/>",
            "<![CDATA[<script>]]>",
            "<?xml-stylesheet href=\"a.xsl\"?>",
            "<iframe/>",
            "<handler/>",
            "<unknown:name/>",
            "<path",
        ] {
            assert!(harm(&picture(inside)).is_some(), "{inside}");
        }
        let entity = "<!DOCTYPE svg [<!ENTITY a \"<script>alert(1)</script>\">]>".to_owned() + &picture("&a;");
        assert_eq!(harm(&entity).as_deref(), Some("<!DOCTYPE svg [<!ENTITY a \"<script>"));
        assert!(harm("<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg/>").is_some());
        // Found by fuzzing: a name with quotation marks, in which HTML sees attributes.
        assert!(harm(&picture("<g xmlns:x=\"a\"><x:a\"\" onload=\"alert(1)\"/></g>")).is_some());
        assert!(harm(&picture("<g xmlns:x=\"a\"><x:a\"> onload=alert(1) \"/></g>")).is_some());
        // Found by fuzzing: read as HTML, the declaration ends at its first `>`.
        assert!(harm("<?xml version=\"1.0\" a=\"><svg onload=alert(1)>\"?><svg/>").is_some());
        assert!(harm("<!DOCTYPE svg PUBLIC \"><svg onload=alert(1)>\"><svg/>").is_some());
        assert!(harm(&picture(&"<use href=\"#a\"/>".repeat(33))).is_some());
        assert!(harm(&picture(&"<g>".repeat(100))).is_some());
    }
}
