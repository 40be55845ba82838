//! `dead-theme-link` (P604)

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::render::Output;
use crate::render::walk::Walk;
use crate::site::Site;
use crate::site::url::UrlPath;

pub(crate) static RULE: Rule = Rule {
    code: "P604",
    name: "dead-theme-link",
    severity: Severity::Error,
    explanation: Text {
        th: "แม่แบบของธีมมีลิงก์ไปหน้า ไฟล์ หรือหัวข้อที่ไม่มีบนเว็บไซต์ แก้ที่แม่แบบใน themes/",
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

/// Every link of the finished pages leads to a page, a file or a heading. Those that documents write are `broken-link`'s.
pub(in crate::render) fn check(site: &Site, output: &Output, walk: &Walk, diagnostics: &mut Diagnostics) {
    let of_documents: BTreeSet<&str> =
        site.documents.iter().flat_map(|document| &document.body.links).map(|link| link.target.as_str()).collect();
    let mut dead: BTreeSet<&str> = BTreeSet::new();
    for (page, target) in walk.links() {
        if is_there(site, output, walk, target) || of_documents.contains(target) || !dead.insert(target) {
            continue;
        }
        let anchor = target.split_once('#').map_or("", |(_, anchor)| anchor);
        if of_documents.contains(format!("#{anchor}").as_str()) {
            continue;
        }
        let message = text!(th: "หน้า {page} มีลิงก์ไป {target} ซึ่งไม่มี", en: "{page} links to {target}, which is not there");
        diagnostics.push(RULE.at(site.config.theme.span.clone(), message));
    }
}

fn is_there(site: &Site, output: &Output, walk: &Walk, target: &str) -> bool {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let path = path.split('?').next().unwrap_or(path);
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let is_page = path.ends_with('/') && site.pages.contains_key(&UrlPath::of(&parts));
    match (is_page, anchor) {
        (true, Some(anchor)) if !anchor.is_empty() => walk.has_id(path, anchor).unwrap_or(true),
        (true, _) => true,
        (false, _) => output.files.contains_key(path.trim_start_matches('/')),
    }
}
