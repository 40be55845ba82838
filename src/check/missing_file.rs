//! `missing-file` (P202)

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::used;
use crate::diagnostic::{Diagnostics, Rule, Severity, Spanned, Text, text};
use crate::fields::rules::unknown_field::Meant;
use crate::parse::Document;
use crate::site::Site;
use crate::site::url;
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P202",
    name: "missing-file",
    severity: Severity::Error,
    explanation: Text {
        th: "เอกสารอ้างถึงรูปหรือไฟล์แนบที่ไม่มีอยู่ วางไฟล์ไว้ในโฟลเดอร์เดียวกับเอกสาร และพิมพ์ชื่อให้ตรงทุกตัวอักษร ตัวพิมพ์เล็กใหญ่ถือว่าต่างกัน",
        en: "The document names a photo or attachment that is not there. Put the file beside the document and type its name exactly; capital and small letters differ.",
    },
    bad: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
photo = "01-somying.png"
+++
"#,
    good: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
photo = "01-somying.png"
+++
-- content/executives/01-somying.png (png) --
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let agency = &site.config.agency;
    if let Some(seal) = &agency.seal
        && agency.seal_path().is_none_or(|path| !site.assets.contains_key(&path))
    {
        let name = &seal.value.0;
        let help = text!(th: "วางไฟล์ไว้ที่ content/{name}", en: "put the file at content/{name}");
        let message = text!(th: "ไม่มีไฟล์ตรา {name}", en: "there is no file {name} for the seal");
        diagnostics.push(RULE.at(seal.span.clone(), message).help(help));
    }
    // A file that belongs to another document is never what is meant: following the advice would show a wrong face.
    let unused = LazyCell::new(|| {
        let unused = site.assets.keys().filter(|path| !used::is_used(site, path));
        unused.map(|path| (path.name(), path)).collect()
    });
    let mut meant = Meant::default();
    for document in &site.documents {
        for file in &document.files {
            check_file((site, &unused), document, file, &mut meant, diagnostics);
        }
    }
}

/// Files that nothing uses, by name.
type Unused<'a> = BTreeMap<&'a str, &'a SourcePath>;

fn check_file<'a>(
    (site, unused): (&'a Site, &LazyCell<Unused<'a>, impl FnOnce() -> Unused<'a>>),
    document: &Document,
    file: &Spanned<String>,
    meant: &mut Meant<'a>,
    diagnostics: &mut Diagnostics,
) {
    let name = &file.value;
    let is_plain = !name.starts_with('/') && !name.contains('\\') && !url::has_scheme(name);
    let Some(path) = url::asset(document, name).filter(|_| is_plain) else {
        let message = text!(th: "`{name}` อยู่นอกโฟลเดอร์ content", en: "`{name}` is outside the content folder");
        let help = text!(th: "วางไฟล์ไว้ข้างเอกสาร แล้วพิมพ์เฉพาะชื่อไฟล์", en: "put the file beside the document and type only its name");
        diagnostics.push(RULE.at(file.span.clone(), message).help(help));
        return;
    };
    if site.assets.contains_key(&path) {
        return;
    }
    let is_likely = |other: &&&SourcePath| other.sibling("") == path.sibling("") && numbers(other.name()) == numbers(path.name());
    let beside = || unused.values().filter(is_likely).map(|other| other.name()).collect();
    let help = match (unused.get(path.name()), meant.nearest(path.as_str(), path.name(), beside)) {
        (Some(other), _) => text!(th: "ย้าย {other} ไปไว้ที่ {path}", en: "move {other} to {path}"),
        (None, Some(near)) => text!(th: "น่าจะเป็น \"{near}\"", en: "did you mean \"{near}\"?"),
        (None, None) => text!(th: "วางไฟล์ไว้ที่ {path}", en: "put the file at {path}"),
    };
    diagnostics.push(RULE.at(file.span.clone(), text!(th: "ไม่มีไฟล์ {name}", en: "there is no file {name}")).help(help));
}

/// The numbers in a name: files whose numbers differ are of different people, measures or years.
fn numbers(name: &str) -> Vec<&str> {
    let numbers = name.split(|c: char| !c.is_ascii_digit()).map(|number| number.trim_start_matches('0'));
    numbers.filter(|number| !number.is_empty()).collect()
}
