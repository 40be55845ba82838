//! `hidden-channel` (P905)

use crate::content::channel::ChannelKind;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::render::walk::Walk;
use crate::site::Site;
use crate::site::address::Target;
use crate::site::channels::WHISTLEBLOWER_CHANNEL;

pub(crate) static RULE: Rule = Rule {
    code: "P905",
    name: "hidden-channel",
    severity: Severity::Warning,
    explanation: Text {
        th: "ช่องทางแจ้งเบาะแสต้องเข้าถึงได้จากหน้าแรกของเว็บไซต์หลักในคลิกเดียว ชุดหน้าตาของเว็บไซต์อาจตัดปุ่มแจ้งเบาะแสออก",
        en: "The channel for reports of corruption must be one click from the home page of the main website. The site's theme may have dropped its button.",
    },
    bad: r#"
-- content/channels/report.md --
+++
title = "แจ้งเบาะแสการทุจริต"
kind = "whistleblower"
url = "https://report.example.go.th/"
protection = ["ปกปิดชื่อผู้แจ้ง"]
+++
-- themes/default/base.html --
<!DOCTYPE html>
<html lang="th"><head>{% block meta %}{% endblock meta %}{% block head %}{% endblock head %}<title>{{ page.title }}</title></head>
<body>{% block body %}<main id="main">{% block main %}{% endblock main %}</main>{% endblock body %}</body></html>
-- themes/default/pages/home.html --
{% extends "base.html" %}
{% block main %}<h1>{{ site.name }}</h1>{% endblock main %}
"#,
    good: r#"
-- content/channels/report.md --
+++
title = "แจ้งเบาะแสการทุจริต"
kind = "whistleblower"
url = "https://report.example.go.th/"
protection = ["ปกปิดชื่อผู้แจ้ง"]
+++
-- themes/default/base.html --
<!DOCTYPE html>
<html lang="th"><head>{% block meta %}{% endblock meta %}{% block head %}{% endblock head %}<title>{{ page.title }}</title></head>
<body>{% block body %}<main id="main">{% block main %}{% endblock main %}</main>{% endblock body %}</body></html>
-- themes/default/pages/home.html --
{% extends "base.html" %}
{% block main %}<h1>{{ site.name }}</h1><p><a href="{{ site.report }}">แจ้งเบาะแส</a></p>{% endblock main %}
"#,
};

/// The page of the channel is one click from home.
pub(in crate::render) fn check(site: &Site, walk: &Walk, diagnostics: &mut Diagnostics) {
    let Some((document, _)) = site.channels(ChannelKind::Whistleblower).next() else { return };
    if walk.path(&Target::of("/report-corruption/")).is_some_and(|steps| steps.len() <= 1) {
        return;
    }
    let message = text!(th: "จากหน้าแรกไปไม่ถึงหน้าแจ้งเบาะแสในคลิกเดียว", en: "the page for reports is not one click from home");
    let help = text!(th: "ใส่ลิงก์ไป /report-corruption/ ในชุดหน้าตา", en: "put a link to /report-corruption/ into the theme");
    let problem = RULE.at(Span::file(&document.path), message).help(help);
    diagnostics.push(site.costing(WHISTLEBLOWER_CHANNEL, problem));
}
