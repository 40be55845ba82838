//! `unsafe-page` (P605)

use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P605",
    name: "unsafe-page",
    severity: Severity::Error,
    explanation: Text {
        th: "แม่แบบของชุดหน้าตาเขียนแอตทริบิวต์ที่สั่งให้เบราว์เซอร์ทำงาน เช่น onclick หรือลิงก์ที่ไม่ใช่ https:, http:, mailto: หรือ tel: ระบบตัดออกจากหน้าแล้ว แต่ต้องแก้ที่แม่แบบใน themes/ ก่อนเผยแพร่",
        en: "A template of the theme writes an attribute that makes a browser run a program, such as onclick, or a link that is not https:, http:, mailto: or tel:. It is taken out of the page, but mend the template in themes/ before you publish.",
    },
    bad: r#"
-- themes/default/pages/contact.html --
{% extends "base.html" %}
{% block main %}<h1>{{ page.title }}</h1><p><a href="javascript:print()">พิมพ์</a></p>{% endblock main %}
"#,
    good: r#"
-- themes/default/pages/contact.html --
{% extends "base.html" %}
{% block main %}<h1>{{ page.title }}</h1><p><a href="{{ site.home }}executives/">ผู้บริหาร</a></p>{% endblock main %}
"#,
};

/// Reports the pages of which something was left out, once: a template makes many. What a document writes is an error of the
/// document, which is reported at its place.
pub(in crate::render) fn report(site: &Site, pages: &[String], diagnostics: &mut Diagnostics) {
    let Some(page) = pages.first().filter(|_| !diagnostics.has_errors()) else { return };
    let n = pages.len();
    let message = text!(th: "{n} หน้ามีลิงก์หรือแอตทริบิวต์ที่ไม่ปลอดภัย หน้าแรกคือ {page}", en: "pages with an unsafe link or attribute: {n}, the first is {page}");
    let help = text!(
        th: "ลบแอตทริบิวต์ที่ขึ้นต้นด้วย on และลิงก์ที่ไม่ปลอดภัยออกจากแม่แบบ",
        en: "take attributes that start with on, and unsafe links, out of the template"
    );
    diagnostics.push(RULE.at(site.config.theme.span.clone(), message).help(help));
}
