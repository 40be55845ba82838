//! Addresses that moved: a page that leads on, and rules for servers (Apache, nginx, `_redirects` of static hosts).

use std::fmt::Write as _;

use serde::Serialize;
use tera::Context;
use url::Url;

use super::show::Show;
use crate::config::Redirect;
use crate::diagnostic::{Diagnostics, Lang};

#[derive(Serialize)]
struct RedirectView {
    lang: &'static str,
    title: String,
    words: String,
    url: String,
}

/// The files, by path below the output folder; none when nothing moved.
pub(super) fn files(show: &Show, diagnostics: &mut Diagnostics) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let (mut apache, mut nginx, mut hosts) = (String::new(), String::new(), String::new());
    for Redirect { from, to } in &show.site.config.redirects {
        let old = show.href(&from.value);
        let new = Url::parse(&to.value).map_or_else(|_| show.href(&to.value), |url| url.to_string());
        // nginx would put a variable there; a `\` would take the quotation mark's end away.
        let plain = |address: &str| address.replace('$', "%24").replace('\\', "%5C");
        let (old, new) = (plain(&old), plain(&new));
        let _ = writeln!(apache, "Redirect 301 \"{old}\" \"{new}\"");
        let _ = writeln!(nginx, "location = \"{old}\" {{ return 301 \"{new}\"; }}");
        let _ = writeln!(hosts, "{old} {new} 301");
        let path = from.value.trim_start_matches('/');
        let name = path.rsplit('/').next().unwrap_or_default();
        // A page cannot stand in for a PDF; there only the server's rules help.
        let file = match name.rsplit_once('.') {
            None => Some(format!("{}/index.html", path.trim_end_matches('/'))),
            Some((_, "html" | "htm")) => Some(path.to_owned()),
            Some(_) => None,
        };
        let Some(file) = file else { continue };
        let view = RedirectView {
            lang: if show.lang() == Lang::Th { "th" } else { "en" },
            title: show.t("moved"),
            words: show.t("moved_to"),
            url: new,
        };
        match show.theme.template("pages/redirect.html", &Context::from_serialize(&view).expect("a struct of plain values")) {
            Ok(html) => files.push((file, html.into_bytes())),
            Err(problem) => show.theme.report(&problem, diagnostics),
        }
    }
    if !hosts.is_empty() {
        files.push(("redirects.apache.conf".to_owned(), apache.into_bytes()));
        files.push(("redirects.nginx.conf".to_owned(), nginx.into_bytes()));
        files.push(("_redirects".to_owned(), hosts.into_bytes()));
    }
    files
}
