//! The content security policy of each page (CSP level 3), for its `<meta>` and for the headers of web servers.

/// What every page may do: show its own style, fonts and pictures. `connect-src` lets tools read `robots.txt`.
const DIRECTIVES: [(&str, &str); 7] = [
    ("default-src", "'none'"),
    ("img-src", "'self' data:"),
    ("style-src", "'self'"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
];

/// Pages that may do more, by their path in any language.
const MORE: [(&str, &[(&str, &str)]); 1] = [("/search/", &[("script-src", "'self'"), ("form-action", "'self'")])];

/// The policy of a page, given its path from the site's root, as its `<meta>` says it.
pub(super) fn meta(path: &str) -> String {
    let more = MORE.iter().find(|(page, _)| is_at(path, page)).map(|(_, more)| *more).unwrap_or_default();
    let mut directives: Vec<(&str, &str)> = DIRECTIVES.to_vec();
    for (name, value) in more {
        match directives.iter_mut().find(|(known, _)| known == name) {
            Some(directive) => directive.1 = value,
            None => directives.push((name, value)),
        }
    }
    directives.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join("; ")
}

/// The same as a header, which can also forbid that another site shows the page in a frame.
pub(super) fn header(path: &str) -> String {
    format!("{}; frame-ancestors 'none'", meta(path))
}

/// The page whose policy allows more, if this is one.
pub(super) fn is_wider(path: &str) -> bool {
    MORE.iter().any(|(page, _)| is_at(path, page))
}

/// Whether a path is that page, in the language of the site or below the folder of another one.
fn is_at(path: &str, page: &str) -> bool {
    path == page || path.strip_prefix("/en") == Some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_more_only_where_it_may() {
        assert!(meta("/").contains("form-action 'none'") && !meta("/").contains("script-src"));
        for path in ["/search/", "/en/search/"] {
            assert!(meta(path).contains("script-src 'self'") && meta(path).contains("form-action 'self'"), "{path}");
            assert_eq!(meta(path).matches("form-action").count(), 1);
        }
        assert!(!is_wider("/research/") && !is_wider("/search/old/"));
        assert_eq!(header("/"), format!("{}; frame-ancestors 'none'", meta("/")));
    }
}
