//! `dead-theme-link` (P604)

use std::collections::HashSet;

use rayon::prelude::*;

use crate::history::sums;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::render::Output;
use crate::render::walk::Walk;
use crate::site::Site;
use crate::site::address::Target;
use crate::site::url::UrlPath;

pub(crate) static RULE: Rule = Rule {
    code: "P604",
    name: "dead-theme-link",
    severity: Severity::Error,
    explanation: Text {
        th: "แม่แบบของชุดหน้าตามีลิงก์ไปหน้า ไฟล์ หรือหัวข้อที่ไม่มีบนเว็บไซต์ แก้ที่แม่แบบใน themes/",
        en: "A template of the theme links to a page, file or heading that the site does not have. Mend the template in themes/.",
    },
    bad: r#"
-- themes/default/pages/not_found.html --
{% extends "base.html" %}
{% block main %}<h1>404</h1>{% endblock main %}
-- themes/default/pages/contact.html --
{% extends "base.html" %}
{% block main %}<h1>{{ page.title }}</h1><p><a href="{{ site.home }}map/">แผนที่</a></p>{% endblock main %}
"#,
    good: r#"
-- themes/default/pages/contact.html --
{% extends "base.html" %}
{% block main %}<h1>{{ page.title }}</h1><p><a href="{{ site.home }}executives/">ผู้บริหาร</a></p>{% endblock main %}
"#,
};

/// Every link of the finished pages leads to a page, a file or a heading. Those that documents write are errors of theirs, and then
/// this is not asked.
pub(in crate::render) fn check(site: &Site, output: &Output, walk: &Walk, diagnostics: &mut Diagnostics) {
    let mut seen: HashSet<&Target> = HashSet::new();
    let links: Vec<_> = walk.links().filter(|(_, target)| seen.insert(target)).collect();
    let dead: Vec<_> = links.into_par_iter().filter(|(_, target)| !is_there(site, output, walk, target)).collect();
    for (page, target) in dead {
        let Target { path, anchor } = target;
        let to = if anchor.is_empty() { path.clone() } else { format!("{path}#{anchor}") };
        let message = text!(th: "หน้า {page} มีลิงก์ไป {to} ซึ่งไม่มี", en: "{page} links to {to}, which is not there");
        diagnostics.push(RULE.at(site.config.theme.span.clone(), message));
    }
}

fn is_there(site: &Site, output: &Output, walk: &Walk, target: &Target) -> bool {
    let page = UrlPath::at(&target.path);
    match (site.pages.contains_key(&page), target.anchor.as_str()) {
        (true, "") => true,
        (true, anchor) => walk.has_id(page.as_str(), anchor).unwrap_or(true),
        // English pages are not in the list, files are in no walk.
        (false, anchor) => match walk.has_id(page.as_str(), anchor) {
            Some(has_id) => has_id || anchor.is_empty(),
            None => output.at(&target.path).is_some() || sums::LAST.contains(&&target.path[1..]),
        },
    }
}
