//! `file-kind` (P209)

use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::parse::asset::{Asset, AssetKind, Signature};
use crate::site::Site;
use crate::source::PdfFacts;
use crate::source::pdf::Damage;

use super::used;

pub(crate) static RULE: Rule = Rule {
    code: "P209",
    name: "file-kind",
    severity: Severity::Error,
    explanation: Text {
        th: "ไฟล์ที่แนบหรือลิงก์ไว้เปิดไม่ได้ หรือไม่ใช่ชนิดที่นามสกุลบอก เช่น ไฟล์ว่าง ไฟล์ที่ดาวน์โหลดมาไม่ครบ หรือไฟล์ Word ที่เปลี่ยนนามสกุลเป็น .pdf ผู้ประเมินที่เปิดไฟล์ไม่ได้จะไม่เห็นข้อมูล ให้บันทึกหรือส่งออกไฟล์ใหม่จากโปรแกรมต้นทาง แล้วลองเปิดดูก่อนวาง",
        en: "A file that is attached or linked does not open, or is not what its extension says: it is empty, its download was interrupted, or a Word file was renamed to .pdf. An assessor who cannot open it sees nothing. Save or export it anew, and open it before you put it here.",
    },
    bad: r#"
-- content/news/plan.md --
+++
title = "แผนดำเนินงาน"
date = "20 เมษายน 2566"
[[attachment]]
file = "plan.pdf"
title = "แผนดำเนินงาน"
+++
-- content/news/plan.pdf --
นี่ไม่ใช่ PDF
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

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for file in used::files(site) {
        let extension = file.path.extension();
        let Some(message) = problem(file.path.name(), &extension, file.asset) else { continue };
        let help = match extension.as_str() {
            "pdf" => text!(th: "ส่งออกเป็น PDF ใหม่จากโปรแกรมต้นทาง", en: "export it to PDF anew"),
            _ => text!(th: "บันทึกไฟล์ใหม่จากโปรแกรมต้นทาง หรือแก้นามสกุลให้ตรง", en: "save it anew, or correct its extension"),
        };
        diagnostics.push(RULE.at(file.span, message).help(help));
    }
}

fn problem(name: &str, extension: &str, asset: &Asset) -> Option<Text> {
    if asset.size == 0 {
        return Some(text!(th: "{name} เป็นไฟล์ว่าง", en: "{name} is empty"));
    }
    if is_other(extension, asset.signature) {
        let what = describe(asset.signature);
        let (th, en) = (what.th, what.en);
        return Some(text!(th: "{name} ไม่ใช่ไฟล์ .{extension} {th}", en: "{name} is not a .{extension} file: {en}"));
    }
    match asset.pdf {
        Some(PdfFacts::Broken(Damage::Cut)) => {
            return Some(text!(th: "{name} เปิดไม่ได้: ท้ายไฟล์ขาดหาย", en: "{name} does not open: its end is missing"));
        }
        Some(PdfFacts::Broken(Damage::Structure)) => {
            return Some(text!(th: "{name} เปิดไม่ได้: โครงสร้างไฟล์เสีย", en: "{name} does not open: its structure is damaged"));
        }
        Some(PdfFacts::Broken(Damage::NoPages)) => {
            return Some(text!(th: "{name} ไม่มีหน้าให้อ่าน", en: "{name} has no page"));
        }
        _ => {}
    }
    let is_damaged = asset.signature == Signature::Picture && asset.kind != AssetKind::Picture;
    is_damaged.then(|| text!(th: "{name} เปิดเป็นภาพไม่ได้", en: "{name} does not open as a picture"))
}

/// Whether the first bytes are not those of the extension. Nothing is said of extensions that are not named here, nor where
/// programs open the other kind as well: browsers show a PNG called .jpg, Word opens RTF called .doc.
fn is_other(extension: &str, signature: Signature) -> bool {
    use Signature::{Compound, Html, None, OldOffice, OtherArchive, OtherPicture, Pdf, PhonePicture, Picture, Zip};
    match extension {
        "pdf" => signature != Pdf,
        "jpg" | "jpeg" | "png" | "webp" => signature != Picture,
        // A compound file may be one with a password, which another rule reports.
        "docx" | "xlsx" | "pptx" => !matches!(signature, Zip | Compound),
        "zip" | "odt" | "ods" | "odp" => signature != Zip,
        "doc" | "xls" | "ppt" => !matches!(signature, OldOffice | Compound | Html | None),
        "csv" | "txt" => {
            matches!(signature, Pdf | Picture | PhonePicture | OtherPicture | Zip | OldOffice | Compound | OtherArchive)
        },
        _ => false,
    }
}

fn describe(signature: Signature) -> Text<&'static str> {
    match signature {
        Signature::Pdf => Text { th: "แต่เป็น PDF", en: "it is a PDF" },
        Signature::PhonePicture => Text { th: "แต่เป็นรูป HEIC หรือ AVIF ของโทรศัพท์", en: "it is a HEIC or AVIF picture of a phone" },
        Signature::Picture | Signature::OtherPicture => Text { th: "แต่เป็นรูปภาพ", en: "it is a picture" },
        Signature::Zip => Text { th: "แต่เป็น ZIP หรือไฟล์ Office รุ่นใหม่", en: "it is a ZIP file, or a newer Office file" },
        Signature::OldOffice | Signature::Compound => Text { th: "แต่เป็นไฟล์ Office รุ่นเก่า", en: "it is an older Office file" },
        Signature::Html => Text { th: "แต่เป็นหน้าเว็บ", en: "it is a web page" },
        Signature::OtherArchive => Text { th: "แต่เป็นไฟล์บีบอัด RAR หรือ 7z", en: "it is a RAR or 7z archive" },
        Signature::None => Text { th: "หรือไฟล์เสีย", en: "or it is damaged" },
    }
}

#[cfg(test)]
mod tests {
    use super::{Signature, is_other};

    #[test]
    fn what_programs_open_all_the_same_is_no_mistake() {
        for (extension, signature) in [
            ("jpg", Signature::Picture),
            ("doc", Signature::None),
            ("xls", Signature::Html),
            ("csv", Signature::None),
            ("docx", Signature::Compound),
            ("hwp", Signature::Zip),
        ] {
            assert!(!is_other(extension, signature), "{extension}: {signature:?}");
        }
        for (extension, signature) in [
            ("pdf", Signature::Html),
            ("jpg", Signature::OtherPicture),
            ("doc", Signature::Zip),
            ("docx", Signature::OldOffice),
            ("csv", Signature::Zip),
            ("zip", Signature::OtherArchive),
        ] {
            assert!(is_other(extension, signature), "{extension}: {signature:?}");
        }
    }
}
