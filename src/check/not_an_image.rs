//! `not-an-image` (P203)

use crate::content::executive::Executive;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::parse::asset::{Asset, AssetKind, Signature};
use crate::site::Site;
use crate::site::url;
use crate::source::Photo;

pub(crate) static RULE: Rule = Rule {
    code: "P203",
    name: "not-an-image",
    severity: Severity::Error,
    explanation: Text {
        th: "ไฟล์รูปผู้บริหารเปิดเป็นภาพไม่ได้ อาจเป็นไฟล์เสีย หรือเปลี่ยนนามสกุลจากไฟล์ชนิดอื่น หรือใหญ่เกินไป ใช้ไฟล์ JPEG, PNG หรือ WebP ไม่เกิน 32 MB ระบบย่อให้พอดีกับหน้าเว็บเอง",
        en: "The photo does not open as a picture: the file is damaged, another kind of file was renamed, or it is too large. Use JPEG, PNG or WebP of up to 32 MB; the build makes it small enough for a page.",
    },
    bad: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
photo = "01-somying.jpg"
+++
-- content/executives/01-somying.jpg --
นี่ไม่ใช่รูป
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
    for (document, executive) in site.all::<Executive>() {
        let Some(photo) = &executive.photo else { continue };
        let asset = url::asset(document, &photo.value).and_then(|path| site.assets.get(&path));
        if let Some((message, help)) = asset.and_then(|asset| problem(&photo.value, asset)) {
            diagnostics.push(RULE.at(photo.span.clone(), message).help(help));
        }
    }
}

/// Why a photo cannot be shown, and what to do.
fn problem(name: &str, asset: &Asset) -> Option<(Text, Text)> {
    let problem = if asset.photo.as_deref() == Some(&Photo::TooLarge) {
        let message = text!(th: "รูป {name} ใหญ่เกินไป", en: "{name} is too large a photo");
        (message, text!(th: "ย่อรูปให้ไม่เกิน 32 MB และ 120 ล้านพิกเซล", en: "make it at most 32 MB and 120 million pixels"))
    } else if asset.kind == AssetKind::Picture {
        return None;
    } else if asset.size == 0 {
        let message = text!(th: "{name} เป็นไฟล์ว่าง", en: "{name} is empty");
        (message, text!(th: "คัดลอกรูปต้นฉบับมาวางใหม่", en: "copy the original photo here again"))
    } else if asset.signature == Signature::PhonePicture {
        let message = text!(th: "{name} เป็นรูป HEIC หรือ AVIF ของโทรศัพท์", en: "{name} is a HEIC or AVIF picture of a phone");
        let help = text!(
            th: "เปิดรูปแล้วบันทึกเป็น JPEG เปลี่ยนแค่นามสกุลไฟล์ไม่พอ",
            en: "open it and save it as JPEG; another extension is not enough"
        );
        (message, help)
    } else if asset.signature == Signature::Picture {
        let message = text!(th: "รูป {name} เปิดไม่ได้: ไฟล์ไม่ครบหรือเสีย", en: "the photo {name} does not open: a part of it is missing or damaged");
        (message, text!(th: "คัดลอกรูปต้นฉบับมาวางใหม่ หรือบันทึกเป็น JPEG ใหม่", en: "copy the original photo here again, or save it anew as JPEG"))
    } else {
        let message = text!(th: "{name} ไม่ใช่รูปภาพ", en: "{name} is not a picture");
        (message, text!(th: "ใช้ไฟล์ JPEG, PNG หรือ WebP", en: "use a JPEG, PNG or WebP file"))
    };
    Some(problem)
}
