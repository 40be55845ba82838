//! The content security policy of each page (CSP level 3), for its `<meta>` and for the headers of web servers.

use crate::config::Config;

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

const SEARCH: &str = "/search/";
const SEALED: &str = "/report-corruption/sealed/";

/// The policies of a site's pages, by their path in any language.
pub(super) struct Policy<'a> {
    /// Pages that do what others may not: what differs from [`DIRECTIVES`].
    special: Vec<(&'static str, [(&'static str, &'a str); 2])>,
}

impl<'a> Policy<'a> {
    pub(super) fn of(config: &'a Config) -> Policy<'a> {
        let mut special = vec![(SEARCH, [("script-src", "'self'"), ("form-action", "'self'")])];
        if let Some(sealed) = &config.sealed {
            // What is written there can go to one place only, or to none.
            let to = sealed.endpoint.as_ref().map_or("'none'", |endpoint| endpoint.as_str());
            special.push((SEALED, [("script-src", "'self'"), ("connect-src", to)]));
        }
        Policy { special }
    }

    /// The policy of a page, given its path from the site's root, as its `<meta>` says it.
    pub(super) fn meta(&self, path: &str) -> String {
        joined(&self.directives(path))
    }

    /// The same as a header, which can also forbid that another site shows the page in a frame.
    pub(super) fn header(&self, path: &str) -> String {
        format!("{}; frame-ancestors 'none'", self.meta(path))
    }

    /// One header that allows what any page of these may do.
    pub(super) fn widest(&self, paths: &[String]) -> String {
        let mut widest: Vec<(&str, Vec<&str>)> = Vec::new();
        for path in paths.iter().map(String::as_str).chain(["/"]) {
            for (name, value) in self.directives(path) {
                let at = widest.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
                    widest.push((name, Vec::new()));
                    widest.len() - 1
                });
                let sources = &mut widest[at].1;
                let new: Vec<&str> = value.split(' ').filter(|source| !sources.contains(source)).collect();
                sources.extend(new);
            }
        }
        for (_, sources) in widest.iter_mut().filter(|(_, sources)| sources.len() > 1) {
            sources.retain(|source| *source != "'none'");
        }
        let widest: Vec<(&str, String)> = widest.into_iter().map(|(name, sources)| (name, sources.join(" "))).collect();
        let widest: Vec<(&str, &str)> = widest.iter().map(|(name, sources)| (*name, sources.as_str())).collect();
        format!("{}; frame-ancestors 'none'", joined(&widest))
    }

    /// Whether a page has a policy of its own.
    pub(super) fn is_special(&self, path: &str) -> bool {
        self.special.iter().any(|(page, _)| is_at(path, page))
    }

    fn directives(&self, path: &str) -> Vec<(&'a str, &'a str)> {
        let own = self.special.iter().find(|(page, _)| is_at(path, page)).map(|(_, own)| &own[..]).unwrap_or_default();
        let mut directives: Vec<(&str, &str)> = DIRECTIVES.to_vec();
        for (name, value) in own {
            match directives.iter_mut().find(|(known, _)| known == name) {
                Some(directive) => directive.1 = value,
                None => directives.push((name, value)),
            }
        }
        directives
    }
}

fn joined(directives: &[(&str, &str)]) -> String {
    directives.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join("; ")
}

/// Whether a path is that page, in the language of the site or below the folder of another one.
fn is_at(path: &str, page: &str) -> bool {
    path == page || path.strip_prefix("/en") == Some(page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::diagnostic::Diagnostics;
    use crate::source::Sources;

    fn config(sealed: &str) -> Config {
        let key = "age168k6z9mfga796lwg7y9q25q4rxdnrkeg2m3fzp0a04ha6qfh95aqkeq28m";
        let sources = Sources::from_fixture(&format!("-- content/site.toml --\n{}\n", sealed.replace("KEY", key)));
        config::read(&sources, &[], &mut Diagnostics::default())
    }

    #[test]
    fn a_page_says_more_only_where_it_may() {
        let config = config("");
        let policy = Policy::of(&config);
        assert!(policy.meta("/").contains("form-action 'none'") && !policy.meta("/").contains("script-src"));
        for path in ["/search/", "/en/search/"] {
            let meta = policy.meta(path);
            assert!(meta.contains("script-src 'self'") && meta.contains("form-action 'self'"), "{path}");
            assert_eq!(meta.matches("form-action").count(), 1);
        }
        for path in ["/research/", "/search/old/", SEALED] {
            assert!(!policy.is_special(path), "{path}");
            assert_eq!(policy.meta(path), policy.meta("/"));
        }
        assert_eq!(policy.header("/"), format!("{}; frame-ancestors 'none'", policy.meta("/")));
        assert_eq!(policy.widest(&["/search/".to_owned()]), policy.header("/search/"));
    }

    #[test]
    fn what_is_sealed_goes_nowhere_but_to_the_endpoint() {
        let silent = config("[sealed]\nrecipients = [\"KEY\"]");
        let meta = Policy::of(&silent).meta("/en/report-corruption/sealed/");
        assert!(meta.contains("script-src 'self'") && meta.contains("connect-src 'none'") && meta.contains("form-action 'none'"));
        let sending = config("[sealed]\nrecipients = \"KEY\"\nendpoint = \"https://in.example.go.th/sealed\"");
        let policy = Policy::of(&sending);
        assert!(policy.meta(SEALED).contains("connect-src https://in.example.go.th/sealed; "));
        assert!(policy.meta("/report-corruption/").contains("connect-src 'self'; "), "no other page");
        let widest = policy.widest(&["/search/".to_owned(), SEALED.to_owned()]);
        let both = [
            "connect-src 'self' https://in.example.go.th/sealed;",
            "form-action 'self';",
            "script-src 'self';",
            "default-src 'none';",
        ];
        for directive in both {
            assert!(widest.contains(directive), "{directive}: {widest}");
        }
    }
}
