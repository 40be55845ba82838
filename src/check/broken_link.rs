//! `broken-link` (P201)

use percent_encoding::percent_decode_str;

use crate::content::submission::Submission;
use crate::diagnostic::{Diagnostics, Rule, Severity, Spanned, Text, text};
use crate::fields::rules::unknown_field::nearest;
use crate::parse::Document;
use crate::site::Site;
use crate::site::url::{self, UrlPath};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P201",
    name: "broken-link",
    severity: Severity::Error,
    explanation: Text {
        th: "ลิงก์พาไปหน้าหรือไฟล์ที่ไม่มีบนเว็บไซต์ ผู้ประเมินที่ตามลิงก์เสียจะให้ 0 คะแนนในข้อนั้น ลิงก์ภายในเขียนจากรากเว็บไซต์ เช่น /executives/ หรือเป็นชื่อไฟล์ข้างเอกสาร เช่น plan.pdf หรือ ../news/drill.md",
        en: "A link leads to a page or file that is not on the site; an assessor who follows a dead link gives the item 0. Links inside the site start at its root, such as /executives/, or name a file beside the document, such as plan.pdf or ../news/drill.md.",
    },
    bad: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++

ดูรายละเอียดที่ [แผน](/2566/plan/)
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++

ดูรายละเอียดที่ [ผู้บริหาร](/executives/)
"#,
};

/// Schemes a link may have; others run code or leave the web.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Files at the root of every site.
const ROOT_FILES: [&str; 5] = ["/atom.xml", "/sitemap.xml", "/robots.txt", "/404.html", "/manifest.json"];

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for document in &site.documents {
        for link in &document.body.links {
            check_link(site, document, link, diagnostics);
        }
    }
    for (_, submission) in site.all::<Submission>() {
        for answer in &submission.answers {
            let path = answer.url.value.strip_prefix(site.config.base_url.as_str()).map(|rest| format!("/{rest}"));
            let path = path.unwrap_or_else(|| answer.url.value.clone());
            check_page(site, &path, &answer.url, diagnostics);
        }
    }
}

fn check_link(site: &Site, document: &Document, link: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let target = link.value.as_str();
    if let Some(anchor) = target.strip_prefix('#') {
        let anchor = percent_decode_str(anchor).decode_utf8_lossy();
        if !document.body.anchors.iter().any(|id| *id == anchor) {
            let message = text!(th: "ในหน้านี้ไม่มีหัวข้อ #{anchor}", en: "this page has no heading #{anchor}");
            diagnostics.push(RULE.at(link.span.clone(), message));
        }
    } else if url::has_scheme(target) {
        let scheme = target.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if !SCHEMES.contains(&scheme.as_str()) {
            let message = text!(th: "ลิงก์แบบ {scheme}: ใช้ไม่ได้", en: "links with {scheme}: are not published");
            let help = text!(th: "ใช้ https:, mailto: หรือ tel:", en: "use https:, mailto: or tel:");
            diagnostics.push(RULE.at(link.span.clone(), message).help(help));
        }
    } else if target.starts_with("//") {
        let message = text!(th: "ลิงก์ไม่บอกว่าเป็น http หรือ https", en: "the link does not say http or https");
        let help = text!(th: "พิมพ์ https:{target}", en: "type https:{target}");
        diagnostics.push(RULE.at(link.span.clone(), message).help(help));
    } else if target.starts_with('/') {
        check_page(site, target, link, diagnostics);
    } else {
        check_relative(site, document, link, diagnostics);
    }
}

fn check_page(site: &Site, target: &str, link: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let path = target.split(['#', '?']).next().unwrap_or(target);
    let path = percent_decode_str(path).decode_utf8_lossy();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let is_page = site.pages.contains_key(&UrlPath::of(&parts));
    if is_page || site.files.contains_key(path.as_ref()) || ROOT_FILES.contains(&path.as_ref()) {
        return;
    }
    let known: Vec<&str> = site.pages.keys().map(UrlPath::as_str).collect();
    let problem = RULE.at(link.span.clone(), text!(th: "ไม่มีหน้า {path} บนเว็บไซต์", en: "there is no page {path} on the site"));
    diagnostics.push(match nearest(&path, &known) {
        Some(near) => problem.help(text!(th: "น่าจะเป็น {near}", en: "did you mean {near}?")),
        None => problem,
    });
}

fn check_relative(site: &Site, document: &Document, link: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let target = &link.value;
    let known = |path: &SourcePath| site.assets.contains_key(path) || site.document(path).is_some();
    match url::asset(document, target) {
        Some(path) if known(&path) => {}
        Some(path) => {
            let help = text!(
                th: "วางไฟล์ {path} หรือแก้ลิงก์ (หน้าในเว็บไซต์ขึ้นต้นด้วย /)",
                en: "put the file {path} there, or correct the link (pages of the site start with /)"
            );
            diagnostics.push(RULE.at(link.span.clone(), text!(th: "ไม่มีไฟล์ {target}", en: "there is no file {target}")).help(help));
        }
        None => {
            let message = text!(th: "ลิงก์ {target} ออกไปนอกโฟลเดอร์ content", en: "the link {target} leaves the content folder");
            diagnostics.push(RULE.at(link.span.clone(), message));
        }
    }
}
