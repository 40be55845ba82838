//! Which attributes of a finished page could harm a reader.

use super::html::decode;
use crate::site::address::is_harmless;

/// Whether an attribute runs a program, or holds an address that no page may have. It is the last line of defence: what content
/// writes was looked at before, what a theme writes is not.
pub(super) fn is_harmful(name: &str, value: &str) -> bool {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    match name.len() {
        2.. if name.as_bytes()[..2].eq_ignore_ascii_case(b"on") => true,
        3 if is("src") => !is_harmless(&decode(value)) && !starts_with(value, "data:image/"),
        4 if is("href") || is("data") || is("ping") => !is_harmless(&decode(value)),
        6 if is("action") || is("poster") => !is_harmless(&decode(value)),
        6 => is("srcdoc"),
        10 if is("formaction") || is("xlink:href") || is("background") => !is_harmless(&decode(value)),
        _ => false,
    }
}

fn starts_with(value: &str, start: &str) -> bool {
    value.get(..start.len()).is_some_and(|first| first.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::is_harmful;

    #[test]
    fn what_runs_or_leads_astray() {
        for (name, value) in [
            ("onclick", ""),
            ("ONLOAD", "a"),
            ("on", ""),
            ("href", "javascript:a"),
            ("HREF", "java&#10;script:a"),
            ("href", "&#x6A;avascript&colon;a"),
            ("href", "//evil.example"),
            ("src", "data:text/html,a"),
            ("srcdoc", ""),
            ("action", "javascript:a"),
            ("formaction", "data:,a"),
            ("xlink:href", "javascript:a"),
            ("poster", "javascript:a"),
            ("data", "data:a"),
        ] {
            assert!(is_harmful(name, value), "{name}={value}");
        }
        for (name, value) in [
            ("href", "/a/?b=c&amp;d=e:f"),
            ("href", "#a"),
            ("href", "https://a.example/"),
            ("href", "mailto:a@b.c"),
            ("src", "data:image/png;base64,AA"),
            ("o", ""),
            ("class", "onclick"),
            ("data-on", ""),
            ("alt", "javascript:a"),
            ("content", "0; url=/a/"),
        ] {
            assert!(!is_harmful(name, value), "{name}={value}");
        }
    }
}
