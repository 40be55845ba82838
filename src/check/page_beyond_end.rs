//! `page-beyond-end` (P212)

use percent_encoding::percent_decode_str;

use crate::content::disclosure::{Covers, Disclosure};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Severity, Text, text};
use crate::parse::Document;
use crate::parse::asset::{Asset, Signature};
use crate::parse::markdown::Link;
use crate::site::Site;
use crate::site::url;
use crate::source::SourcePath;
use crate::thai::Code;

pub(crate) static RULE: Rule = Rule {
    code: "P212",
    name: "page-beyond-end",
    severity: Severity::Error,
    explanation: Text {
        th: "เอกสารชี้ไปยังหน้าของ PDF ที่ไม่มี เช่น หน้า 9 ของไฟล์ที่มี 3 หน้า ผู้ประเมินจะไม่พบคำตอบ เลขหน้านับจากหน้าแรกของไฟล์เป็น 1 ไม่ใช่เลขที่พิมพ์บนกระดาษ ไฟล์ชนิดอื่น เช่น Word ไม่มีหน้าให้ลิงก์เปิด",
        en: "A document points at a page that the PDF does not have, such as page 9 of a file with 3 pages, so an assessor does not find the answer. Pages count from 1 at the start of the file, whatever is printed on them. No link opens at a page of another kind of file, such as one of Word.",
    },
    bad: r#"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.1", indicator = 9, title = { th = "ข้อมูลพื้นฐาน", en = "Basic information" }, confidence = "two" }]

[[item]]
id = "O11"
topic = "operating-plan"
title = { th = "แผนดำเนินงาน", en = "Operating plan" }
sub = "9.1"
group = "ข้อมูลพื้นฐาน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O11.1", text = { th = "มีงบประมาณของแต่ละโครงการ", en = "The budget of each project" }, confidence = "two", kind = "declared" },
]
-- content/disclosures/2566/operating-plan.md --
+++
[[covers]]
requirement = "O11.1"
file = "plan.pdf"
page = 9
+++
-- content/disclosures/2566/plan.pdf (pdf 3 pages) --
"#,
    good: r#"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.1", indicator = 9, title = { th = "ข้อมูลพื้นฐาน", en = "Basic information" }, confidence = "two" }]

[[item]]
id = "O11"
topic = "operating-plan"
title = { th = "แผนดำเนินงาน", en = "Operating plan" }
sub = "9.1"
group = "ข้อมูลพื้นฐาน"
scope = "undated"
confidence = "two"
requirement = [
  { id = "O11.1", text = { th = "มีงบประมาณของแต่ละโครงการ", en = "The budget of each project" }, confidence = "two", kind = "declared" },
]
-- content/disclosures/2566/operating-plan.md --
+++
[[covers]]
requirement = "O11.1"
file = "plan.pdf"
page = 2
+++
-- content/disclosures/2566/plan.pdf (pdf 3 pages) --
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (document, disclosure) in site.all::<Disclosure>() {
        for problem in disclosure.covers.iter().filter_map(|covers| of_covers(site, document, covers)) {
            diagnostics.push(problem);
        }
    }
    for document in &site.documents {
        for problem in document.body.links.iter().filter_map(|link| of_link(site, document, link)) {
            diagnostics.push(problem);
        }
    }
}

fn of_covers(site: &Site, document: &Document, covers: &Covers) -> Option<Diagnostic> {
    let (file, page) = (covers.file.as_ref()?, covers.page?.get());
    let path = url::asset(document, &file.value)?;
    let (message, help) = problem(&path, site.assets.get(&path)?, page)?;
    let problem = RULE.at(file.span.clone(), message).help(help);
    Some(match item_of(site, document, &covers.requirement.value.0) {
        Some(item) => problem.item(item),
        None => problem,
    })
}

/// The item that a requirement belongs to, when the site answers the form of that year.
fn item_of(site: &Site, document: &Document, requirement: &str) -> Option<Code> {
    let catalog = site.catalog().filter(|catalog| document.year == Some(catalog.fiscal_year))?;
    let item = catalog.items.iter().find(|item| item.requirements.iter().any(|known| known.id == requirement));
    item.map(|item| item.id)
}

/// A link such as `plan.pdf#page=9` (RFC 8118, section 3), relative or from the site's root.
fn of_link(site: &Site, document: &Document, link: &Link) -> Option<Diagnostic> {
    let (target, fragment) = link.target.split_once('#')?;
    let page = fragment.split('&').find_map(|part| part.strip_prefix("page="))?.parse().ok()?;
    let path = if url::is_relative(target) {
        url::linked(document, target)?
    } else {
        site.files.get(percent_decode_str(target).decode_utf8_lossy().as_ref())?.clone()
    };
    let (message, help) = problem(&path, site.assets.get(&path)?, page)?;
    Some(RULE.at(link.span.clone(), message).help(help))
}

/// What is wrong with naming a page of a file, and what to do.
fn problem(path: &SourcePath, asset: &Asset, page: u32) -> Option<(Text, Text)> {
    let name = path.name();
    // A file that is only called .pdf is the business of another rule.
    if asset.signature != Signature::Pdf && path.extension() != "pdf" {
        let message = text!(th: "{name} ไม่ใช่ PDF ลิงก์จึงเปิดที่หน้า {page} ไม่ได้", en: "{name} is no PDF, so no link opens at its page {page}");
        return Some((message, text!(th: "ลบเลขหน้า หรือแนบไฟล์เป็น PDF", en: "delete the page, or attach the file as PDF")));
    }
    let n_pages = asset.n_pages().filter(|n_pages| page > *n_pages)?;
    let message = text!(th: "{name} มี {n_pages} หน้า ไม่มีหน้า {page}", en: "{name} has {n_pages} pages, none with number {page}");
    Some((message, text!(th: "พิมพ์เลขหน้าที่นับจากหน้าแรกของไฟล์", en: "type the page as counted from the start of the file")))
}
