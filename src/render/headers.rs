//! Headers for web servers, ready to use: Apache, nginx, IIS, and `_headers` of static hosts.

use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

use super::Output;
use super::policy::Policy;
use crate::site::Site;

/// Headers of every file.
const COMMON: [(&str, &str); 3] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Headers of the page for reports: no address of it elsewhere, no copy of it on the way.
const REPORT: [(&str, &str); 2] = [("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store")];

/// The page for reports.
const REPORT_PAGE: &str = "/report-corruption/";

/// A file whose name has its checksum in it never changes: a year, in seconds.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Media types that servers often lack, by extension.
const TYPES: [(&str, &str); 9] = [
    ("csv", "text/csv"),
    ("json", "application/json"),
    ("jsonld", "application/ld+json"),
    ("vcf", "text/vcard"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("svg", "image/svg+xml"),
    ("xml", "application/xml"),
    ("webmanifest", "application/manifest+json"),
];

/// Those of them that nginx lacks; to say the others again is a warning there.
const NGINX_LACKS: [&str; 4] = ["csv", "jsonld", "vcf", "webmanifest"];

/// Extensions of files that are text in UTF-8.
const TEXTS: [&str; 9] = ["html", "css", "js", "csv", "json", "jsonld", "vcf", "xml", "txt"];

/// Browsers remember it: nobody can take it back for a year.
const HSTS: &str = "max-age=31536000";

const WARNING: &str = "Only when every host of this name serves HTTPS for good; browsers remember it for a year.";

/// What differs from site to site.
struct Facts<'a> {
    policy: Policy<'a>,
    /// Path of the site on its host, with `/` at both ends: `/ita/`.
    base: String,
    /// Pages with a policy of their own, from the site's root.
    wider: Vec<String>,
    /// The page for reports, in every language, from the site's root.
    reports: Vec<String>,
    /// Files that never change, below the output folder.
    fixed: Vec<String>,
}

/// The files, by path below the output folder.
pub(super) fn files(site: &Site, output: &Output) -> Vec<(String, Vec<u8>)> {
    let pages = || output.files.keys().filter_map(|path| path.strip_suffix("index.html")).map(|path| format!("/{path}"));
    let policy = Policy::of(&site.config);
    let facts = Facts {
        base: site.config.base_url.path().to_owned(),
        wider: pages().filter(|path| policy.is_special(path)).collect(),
        reports: pages().filter(|path| path.ends_with(REPORT_PAGE)).collect(),
        fixed: output.files.keys().filter(|path| is_fixed(path)).cloned().collect(),
        policy,
    };
    let file = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    vec![
        file("_headers", facts.hosts()),
        file("headers.apache.conf", facts.apache()),
        file("headers.nginx.conf", facts.nginx()),
        file("headers.iis.config", facts.iis()),
    ]
}

impl Facts<'_> {
    /// Netlify and Cloudflare Pages. They join the headers of all rules that match, and of two policies a browser keeps what both
    /// allow. So the one policy here is as wide as the widest page's; each page's own `<meta>` narrows it.
    fn hosts(&self) -> String {
        let widest = self.policy.widest(&self.wider);
        let base = self.base.trim_end_matches('/');
        let mut out = format!("{base}/*\n  Content-Security-Policy: {widest}\n");
        for (name, value) in COMMON {
            let _ = writeln!(out, "  {name}: {value}");
        }
        let _ = writeln!(out, "# {WARNING}\n#  Strict-Transport-Security: {HSTS}");
        for page in &self.reports {
            // Of two referrer policies the last counts.
            let _ = writeln!(out, "\n{base}{page}*");
            for (name, value) in REPORT {
                let _ = writeln!(out, "  {name}: {value}");
            }
        }
        for path in &self.fixed {
            let _ = writeln!(out, "\n{base}/{path}\n  Cache-Control: {FOREVER}");
        }
        out
    }

    fn apache(&self) -> String {
        let mut out = "# Include in the <VirtualHost>, or name it .htaccess in the folder of the site (Apache 2.4).\n".to_owned();
        out.push_str("AddDefaultCharset UTF-8\n<IfModule mod_mime.c>\n");
        for (extension, media) in TYPES {
            let _ = writeln!(out, "  AddType {media} .{extension}");
        }
        let _ = writeln!(out, "  AddCharset UTF-8 .{}\n</IfModule>\n<IfModule mod_headers.c>", TEXTS.join(" ."));
        let _ = writeln!(out, "  Header always set Content-Security-Policy \"{}\"", self.policy.header("/"));
        for (name, value) in COMMON {
            let _ = writeln!(out, "  Header always set {name} \"{value}\"");
        }
        let _ = writeln!(out, "  # {WARNING}\n  # Header always set Strict-Transport-Security \"{HSTS}\"");
        let mut rule = |pattern: &str, headers: &[(&str, &str)]| {
            let _ = writeln!(out, "  <If \"%{{REQUEST_URI}} =~ m#{pattern}#\">");
            for (name, value) in headers {
                let _ = writeln!(out, "    Header always set {name} \"{value}\"");
            }
            out.push_str("  </If>\n");
        };
        for page in &self.wider {
            rule(&self.pattern(page), &[("Content-Security-Policy", self.policy.header(page).as_str())]);
        }
        for page in &self.reports {
            rule(&self.pattern(page), &REPORT);
        }
        rule(&self.fixed_pattern(), &[("Cache-Control", FOREVER)]);
        out.push_str("</IfModule>\n");
        out
    }

    /// `add_header` of a `location` hides those of its `server`, so what differs is kept in variables, and there is one place.
    fn nginx(&self) -> String {
        let mut out = "# Include inside server { }. A location with an add_header of its own must include it again.\n".to_owned();
        out.push_str("include mime.types;\ntypes {\n");
        for (extension, media) in TYPES.iter().filter(|(extension, _)| NGINX_LACKS.contains(extension)) {
            let _ = writeln!(out, "  {media} {extension};");
        }
        out.push_str("}\ncharset utf-8;\n");
        let texts: Vec<&str> = TYPES.iter().filter(|(extension, _)| TEXTS.contains(extension)).map(|(_, media)| *media).collect();
        let _ = writeln!(
            out,
            "charset_types text/css text/plain text/xml text/javascript application/javascript {};",
            texts.join(" ")
        );
        let _ = writeln!(out, "set $prongsai_policy \"{}\";", self.policy.header("/"));
        for page in &self.wider {
            let _ = writeln!(
                out,
                "if ($uri ~ \"{}\") {{ set $prongsai_policy \"{}\"; }}",
                self.pattern(page),
                self.policy.header(page)
            );
        }
        let referrer = COMMON.iter().find(|(name, _)| *name == "Referrer-Policy").map(|(_, value)| *value).unwrap_or_default();
        let _ = writeln!(out, "set $prongsai_referrer \"{referrer}\";\nset $prongsai_cache \"\";");
        let _ = writeln!(out, "if ($uri ~ \"{}\") {{ set $prongsai_cache \"{FOREVER}\"; }}", self.fixed_pattern());
        for page in &self.reports {
            let [(_, referrer), (_, cache)] = REPORT;
            let pattern = self.pattern(page);
            let _ = writeln!(
                out,
                "if ($uri ~ \"{pattern}\") {{ set $prongsai_referrer \"{referrer}\"; set $prongsai_cache \"{cache}\"; }}"
            );
        }
        out.push_str("add_header Content-Security-Policy $prongsai_policy always;\n");
        out.push_str("add_header Referrer-Policy $prongsai_referrer always;\nadd_header Cache-Control $prongsai_cache;\n");
        for (name, value) in COMMON.iter().filter(|(name, _)| *name != "Referrer-Policy") {
            let _ = writeln!(out, "add_header {name} \"{value}\" always;");
        }
        let _ = writeln!(out, "# {WARNING}\n# add_header Strict-Transport-Security \"{HSTS}\" always;");
        out
    }

    /// A `web.config` for the folder of the site; paths in it are seen from there.
    fn iis(&self) -> String {
        let header = |name: &str, value: &str| format!("<remove name=\"{name}\"/><add name=\"{name}\" value=\"{value}\"/>");
        let list = |headers: &[(&str, &str)]| headers.iter().map(|(name, value)| header(name, value)).collect::<Vec<_>>();
        let place = |path: &str, headers: &[(&str, &str)]| {
            let headers = list(headers).concat();
            let path = path.trim_matches('/');
            format!(
                "  <location path=\"{path}\"><system.webServer><httpProtocol><customHeaders>{headers}</customHeaders></httpProtocol></system.webServer></location>\n"
            )
        };
        let mut out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned();
        out.push_str(
            "<!-- Name it web.config in the folder of the site, or put its parts into the one there (IIS 7 or later). -->\n",
        );
        out.push_str("<configuration>\n  <system.webServer>\n    <staticContent>\n");
        for (extension, media) in TYPES {
            let charset = if TEXTS.contains(&extension) { "; charset=utf-8" } else { "" };
            let _ = writeln!(
                out,
                "      <remove fileExtension=\".{extension}\"/><mimeMap fileExtension=\".{extension}\" mimeType=\"{media}{charset}\"/>"
            );
        }
        out.push_str("    </staticContent>\n    <httpProtocol>\n      <customHeaders>\n");
        for line in list(&[&[("Content-Security-Policy", self.policy.header("/").as_str())], &COMMON[..]].concat()) {
            let _ = writeln!(out, "        {line}");
        }
        let _ = writeln!(out, "        <!-- {WARNING} -->\n        <!-- {} -->", header("Strict-Transport-Security", HSTS));
        out.push_str("      </customHeaders>\n    </httpProtocol>\n  </system.webServer>\n");
        for page in &self.wider {
            out.push_str(&place(page, &[("Content-Security-Policy", self.policy.header(page).as_str())]));
        }
        for page in &self.reports {
            out.push_str(&place(page, &REPORT));
        }
        for path in &self.fixed {
            out.push_str(&place(path, &[("Cache-Control", FOREVER)]));
        }
        out.push_str("</configuration>\n");
        out
    }

    /// A page and what lies below it, as a regular expression for the path on the host.
    fn pattern(&self, page: &str) -> String {
        format!("^{}", literal(&format!("{}{page}", self.base.trim_end_matches('/'))))
    }

    fn fixed_pattern(&self) -> String {
        format!("^{}assets/.*-[0-9a-f]{{8}}\\.[a-z0-9]+$", literal(&self.base))
    }
}

/// Whether a file's name has the checksum of its bytes in it. Only files of the theme do: a date in the name of an attachment is none.
fn is_fixed(path: &str) -> bool {
    let name = path.strip_prefix("assets/").unwrap_or_default();
    let stem = name.rsplit_once('.').map(|(stem, _)| stem).unwrap_or_default();
    let sum = stem.rsplit_once('-').map(|(_, sum)| sum).unwrap_or_default();
    sum.len() == 8 && sum.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
}

/// A path as a regular expression that matches it; servers see it decoded.
fn literal(path: &str) -> String {
    let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let escape = |c: char| if c.is_ascii_punctuation() && !"/-_".contains(c) { format!("\\{c}") } else { c.to_string() };
    decoded.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_named_by_their_checksum_are_kept() {
        assert!(is_fixed("assets/site-1a2b3c4d.css") && is_fixed("assets/fonts/sarabun-00ff00ff.woff2"));
        for path in ["assets/favicon.svg", "files/plan-20230420.pdf", "assets/site-1A2B3C4D.css", "assets/a-1234567.css"] {
            assert!(!is_fixed(path), "{path}");
        }
        assert_eq!(literal("/ita.v2/%E0%B8%81/"), "/ita\\.v2/ก/");
    }
}
