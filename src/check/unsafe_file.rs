//! `unsafe-file` (P222)

use std::collections::BTreeMap;

use super::used;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::parse::asset::Asset;
use crate::site::Site;
use crate::source::SourcePath;
use crate::source::photo::MAX_PIXELS;

pub(crate) static RULE: Rule = Rule {
    code: "P222",
    name: "unsafe-file",
    severity: Severity::Error,
    explanation: Text {
        th: "ไฟล์ชนิดนี้เปิดจากเว็บไซต์แล้วเบราว์เซอร์หรือเครื่องแม่ข่ายอาจสั่งให้ทำงานเหมือนเป็นส่วนหนึ่งของเว็บไซต์ เช่น .html .js .php หรือรูป SVG ที่มีสคริปต์ ลิงก์ หรือเรียกรูปจากที่อื่น จึงเผยแพร่ได้เฉพาะเอกสาร ตาราง รูป เสียง วิดีโอ และไฟล์บีบอัด ชนิดอื่นให้บีบอัดเป็น .zip ก่อน ส่วนรูป SVG ให้บันทึกเป็น Plain SVG หรือ PNG",
        en: "Opened from the site, a file of this kind may run as if it were a part of it, in the browser or on the server: .html, .js, .php, or an SVG with a script, a link or a picture from elsewhere. Documents, tables, pictures, sound, video and archives are published; put any other kind into a .zip. Save an SVG as plain SVG, or as PNG.",
    },
    bad: r#"
-- content/news/plan.md --
+++
title = "แผนดำเนินงาน"
date = "20 เมษายน 2566"
[[attachment]]
file = "plan.html"
title = "แผนดำเนินงาน"
+++
-- content/news/plan.html --
<html><script>alert(1)</script></html>
"#,
    good: r#"
-- content/news/plan.md --
+++
title = "แผนดำเนินงาน"
date = "20 เมษายน 2566"
[[attachment]]
file = "plan.pdf"
title = "แผนดำเนินงาน"
+++
-- content/news/plan.pdf (pdf) --
"#,
};

/// Extensions of files that browsers show without running anything, or hand to a program.
const PUBLISHED: [&str; 53] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "odg", "rtf", "txt", "csv", "tsv", "md", "epub", "json",
    "geojson", "ics", "vcf", "eml", "msg", "jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "heic", "avif", "svg", "mp3", "m4a",
    "aac", "wav", "ogg", "mp4", "m4v", "mov", "webm", "zip", "7z", "rar", "gz", "kmz", "dwg", "p7s", "asc", "sig", "age",
];

/// Parts of a name that some servers run wherever they stand in it: `plan.php.pdf` (Apache, `mod_mime`: several extensions).
const RUN_BY_SERVERS: [&str; 16] = [
    "php", "php3", "php4", "php5", "php7", "php8", "phtml", "phar", "cgi", "pl", "py", "asp", "aspx", "jsp", "shtml", "htaccess",
];

/// Signs that turn the direction of writing: `plan\u{202e}fdp.exe` looks like `planexe.pdf` (Unicode, UAX #9).
const TURNS: [char; 11] = [
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{200e}', '\u{200f}',
];

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let named: BTreeMap<SourcePath, Span> = used::files(site).into_iter().map(|file| (file.path, file.span)).collect();
    for path in site.files.values() {
        let Some(problem) = site.assets.get(path).and_then(|asset| problem(path, asset)) else { continue };
        let (message, help) = problem;
        let seal = || site.config.agency.seal.as_ref().filter(|_| site.config.agency.seal_path().as_ref() == Some(path));
        let span = named.get(path).cloned().or_else(|| seal().map(|seal| seal.span.clone())).unwrap_or_else(|| Span::file(path));
        diagnostics.push(RULE.at(span, message).help(help));
    }
}

fn problem(path: &SourcePath, asset: &Asset) -> Option<(Text, Text)> {
    let (name, extension) = (path.name(), path.extension());
    if path.as_str().contains(|c: char| c.is_control() || TURNS.contains(&c)) {
        let message = text!(th: "ชื่อไฟล์มีอักขระที่มองไม่เห็น", en: "the name of the file has letters that cannot be seen");
        return Some((message, text!(th: "พิมพ์ชื่อไฟล์ใหม่", en: "type the name of the file anew")));
    }
    if let Some(harm) = &asset.harm {
        let message = text!(th: "รูป {name} มี {harm} ซึ่งไม่ใช่การวาดรูป", en: "the picture {name} has {harm}, which does more than draw");
        return Some((message, text!(th: "บันทึกเป็น Plain SVG หรือ PNG", en: "save it as plain SVG, or as PNG")));
    }
    if asset.dimensions.is_some_and(|(width, height)| (width as u64).saturating_mul(height as u64) > MAX_PIXELS) {
        let millions = MAX_PIXELS / 1_000_000;
        let message = text!(th: "รูป {name} มีจุดภาพเกิน {millions} ล้านจุด เครื่องของผู้อ่านอาจค้าง", en: "the picture {name} has more than {millions} million pixels, which may hang a reader's device");
        return Some((message, text!(th: "ย่อรูปก่อนวาง", en: "make it smaller")));
    }
    let lower = name.to_ascii_lowercase();
    let run = lower.split('.').skip(1).find(|part| RUN_BY_SERVERS.contains(part));
    let is_published = PUBLISHED.contains(&extension.as_str());
    if run.is_none() && is_published {
        return None;
    }
    let kind = run.map_or(extension, str::to_owned);
    let message = match kind.as_str() {
        "" => text!(th: "{name} ไม่มีนามสกุล เบราว์เซอร์จึงต้องเดาว่าเป็นอะไร", en: "{name} has no extension, so browsers guess what it is"),
        kind => text!(th: "ไฟล์ .{kind} ไม่เผยแพร่ ({name})", en: ".{kind} files are not published ({name})"),
    };
    Some((message, text!(th: "ส่งออกเป็น PDF หรือบีบอัดเป็น .zip", en: "export it to PDF, or put it into a .zip")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_that_run() {
        let asset = Asset::of(&SourcePath::new("a.txt"), 1, b"a", (None, std::sync::Arc::default()), None);
        for name in [
            "a.html", "a.HTM", "a.xhtml", "a.xml", "a.js", "a.mjs", "a.mht", "a.php", "a.php.pdf", "a.PHTML", "a.svgz", "a", "a.exe", "a.swf",
            "a\u{202e}fdp.pdf", "a\nb.pdf", "a.pdf.", ".htaccess",
        ] {
            assert!(problem(&SourcePath::new(&format!("content/news/{name}")), &asset).is_some(), "{name}");
        }
        for name in ["a.pdf", "แผน 2566.PDF", "a.v1.2.docx", "php.pdf", "a.csv"] {
            assert!(problem(&SourcePath::new(&format!("content/news/{name}")), &asset).is_none(), "{name}");
        }
    }
}
