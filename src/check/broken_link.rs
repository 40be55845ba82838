//! `broken-link` (P201)

use std::collections::HashSet;

use percent_encoding::percent_decode_str;

use crate::content::submission::Submission;
use crate::content::survey::Survey;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Severity, Span, Text, text};
use crate::fields::rules::unknown_field::Meant;
use crate::parse::Document;
use crate::parse::asset::AssetKind;
use crate::parse::markdown::Link;
use crate::site::Site;
use crate::site::address::{Target, is_harmless};
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

/// Files at the root of every site.
const ROOT_FILES: [&str; 5] = ["/atom.xml", "/sitemap.xml", "/robots.txt", "/404.html", "/manifest.json"];

/// Files beside the page of the year's form.
const FORM_FILES: [&str; 3] = ["audit.json", "answers.csv", "answers.xlsx"];

/// What is known of all pages, for any number of dead links.
struct Pages<'a> {
    site: &'a Site,
    /// Those of documents that cannot be read.
    broken: HashSet<UrlPath>,
    meant: Meant<'a>,
}

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let broken = site.documents().filter(|document| document.content.is_err());
    let broken = broken.map(|document| url::of_document(document).0).collect();
    let mut pages = Pages { site, broken, meant: Meant::default() };
    for document in site.texts() {
        let of =
            |link: &Link| if link.is_picture { of_picture(site, document, link) } else { of_link(&mut pages, document, link) };
        // Another rule reports what is no place.
        for problem in document.body.links.iter().filter(|link| is_harmless(&link.target)).filter_map(of) {
            diagnostics.push(problem);
        }
    }
}

/// What only finished pages tell: headings and other ids of other pages, and files of the theme. `has_id` is `None` for pages that
/// are not there.
pub(crate) fn check_finished(
    site: &Site,
    has_id: &dyn Fn(&str, &str) -> Option<bool>,
    has_file: &dyn Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) {
    let links = site.texts().flat_map(|document| &document.body.links).map(|link| (link.target.as_str(), &link.span));
    let answers = site.all::<Submission>().flat_map(|(_, submission)| &submission.answers);
    let answers = answers.map(|answer| (answer.url.value.as_str(), &answer.url.span));
    let moved = site.config.redirects.iter().map(|redirect| (redirect.to.value.as_str(), &redirect.to.span));
    let rooted = links.filter(|(target, _)| target.starts_with('/')).chain(answers).chain(moved);
    for (Target { path, anchor }, span) in rooted.filter_map(|(target, span)| Some((site.inside(target)?, span))) {
        if path.starts_with("/assets/") && !has_file(&path[1..]) {
            diagnostics.push(RULE.at(span.clone(), text!(th: "ไม่มีไฟล์ {path} ในชุดหน้าตา", en: "the theme has no file {path}")));
        }
        // Who asks for a page that moved comes to the new one, if not to the same place on it.
        if anchor.is_empty() || site.settled(&path).as_ref() != Some(&path) {
            continue;
        }
        let page = format!("{}/", path.strip_suffix("index.html").unwrap_or(&path).trim_end_matches('/'));
        if has_id(&page, &anchor) == Some(false) {
            diagnostics.push(RULE.at(span.clone(), text!(th: "หน้า {page} ไม่มีหัวข้อ #{anchor}", en: "{page} has no heading #{anchor}")));
        }
    }
}

fn of_link(pages: &mut Pages, document: &Document, link: &Link) -> Option<Diagnostic> {
    let target = link.target.as_str();
    if target.is_empty() {
        return Some(RULE.at(link.span.clone(), text!(th: "ลิงก์ไม่มีที่อยู่", en: "the link leads nowhere")));
    }
    if let Some(anchor) = target.strip_prefix('#') {
        return of_anchor(document, anchor, &link.span);
    }
    // An absolute one may lead to a form or web board on the agency's own host, which is not made here.
    match url::is_relative(target) {
        true => of_relative(pages.site, document, link),
        false if url::has_scheme(target) => None,
        false => of_page(pages, target, &link.span),
    }
}

/// A heading of a document.
fn of_anchor(document: &Document, anchor: &str, span: &Span) -> Option<Diagnostic> {
    let anchor = percent_decode_str(anchor).decode_utf8_lossy();
    let is_known = document.content.is_err() || document.body.anchors.iter().any(|id| *id == anchor);
    if is_known {
        return None;
    }
    let path = &document.path;
    Some(RULE.at(span.clone(), text!(th: "ใน {path} ไม่มีหัวข้อ #{anchor}", en: "{path} has no heading #{anchor}")))
}

/// A picture is a file beside the document: the pages show nothing of other hosts.
fn of_picture(site: &Site, document: &Document, link: &Link) -> Option<Diagnostic> {
    let target = &link.target;
    if !url::is_relative(target) {
        let message = text!(th: "รูปต้องเป็นไฟล์ข้างเอกสาร ไม่ใช่ {target}", en: "a picture must be a file beside the document, not {target}");
        let help = text!(th: "ดาวน์โหลดรูปมาวางข้างเอกสาร แล้วพิมพ์ชื่อไฟล์", en: "put the picture beside the document and type its file name");
        return Some(RULE.at(link.span.clone(), message).help(help));
    }
    let asset = url::linked(document, target).and_then(|path| site.assets.get(&path));
    match asset {
        Some(asset) if asset.kind == AssetKind::Picture => None,
        Some(_) => {
            let message = text!(th: "{target} ไม่ใช่รูปภาพ JPEG, PNG หรือ WebP", en: "{target} is not a JPEG, PNG or WebP picture");
            Some(RULE.at(link.span.clone(), message))
        }
        None => of_relative(site, document, link),
    }
}

/// A page or file of the site, from its root.
fn of_page(pages: &mut Pages, target: &str, span: &Span) -> Option<Diagnostic> {
    let site = pages.site;
    let path = target.split(['#', '?']).next().unwrap_or(target);
    let path = percent_decode_str(path).decode_utf8_lossy();
    if is_published(site, &path) {
        return None;
    }
    let wanted = UrlPath::at(&path);
    // The page of a broken document is missing for a reason that is already reported; so are those of a form that cannot be read.
    let is_formless = site.is_formless() && wanted.as_str().starts_with("/oit/");
    if pages.broken.contains(&wanted) || is_formless {
        return None;
    }
    let known = || site.pages.keys().map(UrlPath::as_str).collect();
    let problem = RULE.at(span.clone(), text!(th: "ไม่มีหน้า {path} บนเว็บไซต์", en: "there is no page {path} on the site"));
    Some(match pages.meant.nearest(&path, &path, known) {
        Some(near) => problem.help(text!(th: "น่าจะเป็น {near}", en: "did you mean {near}?")),
        None => problem,
    })
}

/// Whether something is at `path`, from the site's root and not percent-encoded: a page, a file, or the way to where it moved.
pub(crate) fn is_published(site: &Site, path: &str) -> bool {
    is_made(site, path) || site.config.redirects.iter().any(|redirect| UrlPath::at(&redirect.from.value) == UrlPath::at(path))
}

/// Whether the build makes what is at `path`: a page or a file.
pub(super) fn is_made(site: &Site, path: &str) -> bool {
    let year = site.fiscal_year();
    let is_code = path.starts_with("/surveys/eit/eit-")
        && site.all::<Survey>().any(|(_, survey)| {
            let year = survey.fiscal_year.value;
            ["svg", "png"].iter().any(|kind| path == format!("/surveys/eit/eit-{year}.{kind}"))
        });
    let form = format!("/oit/{year}/");
    let is_form_file = path.strip_prefix(&form).is_some_and(|name| FORM_FILES.contains(&name)) && site.catalog().is_some();
    let is_file = site.files.contains_key(path) || site.made.contains_key(path) || ROOT_FILES.contains(&path) || path.starts_with("/assets/");
    is_code || is_file || is_form_file || site.pages.contains_key(&UrlPath::at(path))
}

/// A file or document, as seen from the one that links to it.
fn of_relative(site: &Site, document: &Document, link: &Link) -> Option<Diagnostic> {
    let target = &link.target;
    let has_page = |other: &Document| other.content.is_err() || site.pages.contains_key(&url::of_document(other).0);
    let known = |path: &SourcePath| site.assets.contains_key(path) || site.document(path).is_some_and(has_page);
    match url::linked(document, target) {
        Some(path) if known(&path) => {
            let (_, anchor) = target.split_once('#')?;
            of_anchor(site.document(&path)?, anchor, &link.span)
        }
        Some(path) => {
            // An address as people say it.
            let host = target.split('/').next().unwrap_or(target);
            let is_host = host.starts_with("www.") || [".th", ".com", ".org"].iter().any(|end| host.ends_with(end));
            let website = text!(th: "ถ้าเป็นเว็บไซต์ ให้เติม https:// คือ https://{target}", en: "if it is a web site, put https:// in front: https://{target}");
            let help = text!(
                th: "วางไฟล์ {path} หรือแก้ลิงก์ (หน้าในเว็บไซต์ขึ้นต้นด้วย /)",
                en: "put the file {path} there, or correct the link (pages of the site start with /)"
            );
            Some(RULE.at(link.span.clone(), text!(th: "ไม่มีไฟล์ `{target}`", en: "there is no file `{target}`")).help(if is_host { website } else { help }))
        }
        None => {
            let message = text!(th: "ลิงก์ {target} ออกไปนอกโฟลเดอร์ content", en: "the link {target} leaves the content folder");
            Some(RULE.at(link.span.clone(), message))
        }
    }
}
