//! `far-from-home` (P304)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::render::audit::documents;
use crate::render::show::places;
use crate::render::walk::Walk;
use crate::site::Site;
use crate::site::address::Target;

/// Clicks from the home page to an answer, at most.
const MAX_CLICKS: usize = 3;

pub(crate) static RULE: Rule = Rule {
    code: "P304",
    name: "far-from-home",
    severity: Severity::Warning,
    explanation: Text {
        th: "ผู้ประเมินต้องเข้าถึงคำตอบได้จากหน้าแรกของเว็บไซต์หลัก ตามที่คำอธิบายบอก หน้านี้ไม่มีลิงก์นำไป หรือต้องคลิกเกิน 3 ครั้ง ชุดหน้าตาของเว็บไซต์อาจตัดเมนูหรือตารางข้อ OIT ออก",
        en: "An assessor goes from the home page of the main website to the answer, as the explanation says. No link leads here, or it takes more than three clicks. The site's theme may have dropped the menu or the table of items.",
    },
    bad: r#"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.1", indicator = 9, title = { th = "ข้อมูลพื้นฐาน", en = "Basic information" }, confidence = "two" }]

[[item]]
id = "O1"
topic = "organisation-structure"
title = { th = "โครงสร้าง", en = "Organisation structure" }
sub = "9.1"
group = "ข้อมูลพื้นฐาน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O1.1", text = { th = "มีแผนผังโครงสร้าง", en = "There is a chart" }, confidence = "two", kind = "declared" },
]
-- content/disclosures/2566/organisation-structure.md --
+++
[[covers]]
requirement = "O1.1"
+++

แผนผังโครงสร้าง
-- themes/default/base.html --
<!DOCTYPE html>
<html lang="th"><head>{% block meta %}{% endblock meta %}{% block head %}{% endblock head %}<title>{{ page.title }}</title></head>
<body>{% block body %}<main id="main">{% block main %}{% endblock main %}</main>{% endblock body %}</body></html>
-- themes/default/pages/home.html --
{% extends "base.html" %}
{% block main %}<h1>{{ site.name }}</h1>{% endblock main %}
"#,
    good: r#"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.1", indicator = 9, title = { th = "ข้อมูลพื้นฐาน", en = "Basic information" }, confidence = "two" }]

[[item]]
id = "O1"
topic = "organisation-structure"
title = { th = "โครงสร้าง", en = "Organisation structure" }
sub = "9.1"
group = "ข้อมูลพื้นฐาน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O1.1", text = { th = "มีแผนผังโครงสร้าง", en = "There is a chart" }, confidence = "two", kind = "declared" },
]
-- content/disclosures/2566/organisation-structure.md --
+++
[[covers]]
requirement = "O1.1"
+++

แผนผังโครงสร้าง
-- themes/default/base.html --
<!DOCTYPE html>
<html lang="th"><head>{% block meta %}{% endblock meta %}{% block head %}{% endblock head %}<title>{{ page.title }}</title></head>
<body>{% block body %}<main id="main">{% block main %}{% endblock main %}</main>{% endblock body %}</body></html>
-- themes/default/pages/home.html --
{% extends "base.html" %}
{% block main %}<h1>{{ site.name }}</h1><p><a href="{{ site.home }}oit/2566/">การเปิดเผยข้อมูล</a></p>{% endblock main %}
"#,
};

/// Every place that answers is within three clicks of home.
pub(in crate::render) fn check(site: &Site, walk: &Walk, diagnostics: &mut Diagnostics) {
    for coverage in &site.audit {
        let mut seen: Vec<&str> = Vec::new();
        for place in coverage.requirements.iter().flat_map(|row| places(&row.coverage)) {
            let page = place.page();
            if seen.contains(&page) {
                continue;
            }
            seen.push(page);
            let id = coverage.item;
            let message = match walk.path(&Target::of(page)).map(|steps| steps.len()) {
                Some(0..=MAX_CLICKS) => continue,
                Some(n) => text!(th: "ข้อ {id}: ต้องคลิก {n} ครั้งจากหน้าแรกจึงถึง {page}", en: "{id}: {page} is {n} clicks from home"),
                None => text!(th: "ข้อ {id}: ไม่มีลิงก์จากหน้าแรกไปถึง {page}", en: "{id}: no links lead from home to {page}"),
            };
            let span = documents(site, page).first().map_or_else(|| coverage.home.clone(), |document| Span::file(&document.path));
            let help = text!(th: "ใส่ลิงก์ในหน้าแรก เมนู หรือหน้าที่ไปถึงง่าย", en: "link to it from the home page, the menu or a page near them");
            diagnostics.push(RULE.at(span, message).help(help).item(id));
        }
    }
}
