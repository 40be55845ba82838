//! `bad-redirect` (P219)

use super::broken_link::is_made;
use crate::config::Redirect;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;
use crate::site::url;

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
    let is_broken = site.is_formless() || site.documents.iter().any(|document| document.content.is_err());
    for Redirect { from, to } in &site.config.redirects {
        let (old, new) = (&from.value, &to.value);
        let plain = old.starts_with('/') && !old.contains(['#', '?']) && !old.contains("//") && old.split('/').all(|part| part != "..");
        if !plain || old == "/" {
            let message = text!(th: "`{old}` ไม่ใช่ที่อยู่เดิมในเว็บไซต์นี้", en: "`{old}` is not an old address of this site");
            let help = text!(th: "พิมพ์ให้ขึ้นต้นด้วย / เช่น \"/เดิม/\"", en: "start it with /, such as \"/old/\"");
            diagnostics.push(RULE.at(from.span.clone(), message).help(help));
            continue;
        }
        if is_made(site, old) {
            let message = text!(th: "{old} ยังเป็นหน้าหรือไฟล์ของเว็บไซต์อยู่", en: "{old} is still a page or file of the site");
            diagnostics.push(RULE.at(from.span.clone(), message).help(text!(th: "ลบบรรทัดนี้", en: "delete the line")));
        }
        let place = new.split(['#', '?']).next().unwrap_or(new);
        let is_elsewhere = url::has_scheme(new) && (new.starts_with("https://") || new.starts_with("http://"));
        if !is_elsewhere && !(place.starts_with('/') && (is_broken || is_made(site, place))) {
            let message = text!(th: "ไม่มีหน้าหรือไฟล์ {new}", en: "there is no page or file {new}");
            let help = text!(th: "พิมพ์ที่อยู่ใหม่ที่มีอยู่จริง เช่น \"/executives/\"", en: "type a place that is there, such as \"/executives/\"");
            diagnostics.push(RULE.at(to.span.clone(), message).help(help));
        }
    }
}
