//! `bad-redirect` (P219)

use std::collections::BTreeSet;

use ::url::Url;

use super::broken_link::is_made;
use crate::config::Redirect;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P219",
    name: "bad-redirect",
    severity: Severity::Error,
    explanation: Text {
        th: "รายการใน [redirects] ใช้ไม่ได้: ทางซ้ายคือที่อยู่เดิมซึ่งไม่มีหน้าแล้ว ทางขวาคือหน้าหรือไฟล์ที่มีอยู่จริง เช่น \"/เดิม/\" = \"/executives/\"",
        en: "A line under [redirects] does not work: on the left stands an old address that has no page any more, on the right a page or file that is there, such as \"/old/\" = \"/executives/\".",
    },
    bad: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[redirects]
"/chiefs/" = "/executive/"
"#,
    good: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[redirects]
"/chiefs/" = "/executives/"
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let is_broken = site.is_formless() || site.documents().any(|document| document.content.is_err());
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for Redirect { from, to } in &site.config.redirects {
        let (old, new) = (&from.value, &to.value);
        if let Some(problem) = of_old(site, old) {
            diagnostics.push(RULE.at(from.span.clone(), problem.0).help(problem.1));
        } else if !seen.insert(old.trim_end_matches('/')) {
            let message = text!(th: "{old} มีสองบรรทัด", en: "{old} is there twice");
            diagnostics.push(RULE.at(from.span.clone(), message).help(text!(th: "ลบบรรทัดหนึ่ง", en: "delete one line")));
        }
        let is_elsewhere = Url::parse(new).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some());
        let is_here = || site.inside(new).is_some_and(|target| is_broken || is_made(site, &target.path));
        let is_own = site.inside(new).is_some();
        let is_round = site.inside(new).is_some_and(|target| target.path.trim_end_matches('/') == old.trim_end_matches('/'));
        if is_round || !(if is_own { is_here() } else { is_elsewhere }) || new.contains(char::is_control) {
            let message = text!(th: "ไม่มีหน้าหรือไฟล์ {new}", en: "there is no page or file {new}");
            let help = text!(th: "พิมพ์ที่อยู่ใหม่ที่มีอยู่จริง เช่น \"/executives/\"", en: "type a place that is there, such as \"/executives/\"");
            diagnostics.push(RULE.at(to.span.clone(), message).help(help));
        }
    }
}

/// What is wrong with an old address, and what to do.
fn of_old(site: &Site, old: &str) -> Option<(Text, Text)> {
    let is_plain = |part: &str| !matches!(part, "." | "..") && !part.contains(|c: char| c.is_control() || "#?\\\"<>|:*".contains(c));
    let path = old.trim_start_matches('/');
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    if !old.starts_with('/') || !parts.iter().all(|part| !part.is_empty() && is_plain(part)) {
        let message = text!(th: "`{old}` ไม่ใช่ที่อยู่เดิมในเว็บไซต์นี้", en: "`{old}` is not an old address of this site");
        return Some((message, text!(th: "พิมพ์ให้ขึ้นต้นด้วย / เช่น \"/เดิม/\"", en: "start it with /, such as \"/old/\"")));
    }
    if is_made(site, old) {
        let message = text!(th: "{old} ยังเป็นหน้าหรือไฟล์ของเว็บไซต์อยู่", en: "{old} is still a page or file of the site");
        return Some((message, text!(th: "ลบบรรทัดนี้", en: "delete the line")));
    }
    // A file cannot be a folder, too.
    let above = (1..parts.len()).map(|n| format!("/{}", parts[..n].join("/")));
    let file = above.into_iter().find(|path| path.rsplit('/').next().is_some_and(|name| name.contains('.')) && is_made(site, path))?;
    let message = text!(th: "{old} อยู่ใต้ไฟล์ {file}", en: "{old} lies below the file {file}");
    Some((message, text!(th: "ลบบรรทัดนี้", en: "delete the line")))
}
