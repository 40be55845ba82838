//! `unused-allowance` (P707)

use super::{private, used};
use crate::config::privacy::Allowance;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P707",
    name: "unused-allowance",
    severity: Severity::Warning,
    explanation: Text {
        th: "[[privacy]] อนุญาตข้อมูลที่ไม่มีในเว็บไซต์แล้ว อาจลบไปแล้ว พิมพ์ผิด หรือเป็นข้อมูลที่เปิดเผยได้อยู่แล้ว ให้ลบรายการที่ไม่ใช้แล้ว มิฉะนั้นวันหน้าข้อมูลของผู้อื่นอาจหลุดไปได้",
        en: "[[privacy]] allows something that is not on the site: it was deleted, is misspelt, or needs no leave. An entry that is not used lets somebody else's data pass some day. Delete it.",
    },
    bad: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[[privacy]]
allow = "08 1234 5678"
reason = "สายด่วนของศูนย์ป้องกันภัย"
"#,
    good: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"

[[privacy]]
allow = "08 1234 5678"
reason = "สายด่วนของศูนย์ป้องกันภัย"
-- content/news/flood.md --
+++
title = "แจ้งเหตุน้ำท่วม"
date = "20 เมษายน 2566"
+++

แจ้งเหตุที่ศูนย์ป้องกันภัย โทร. 081-234-5678
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    // What it allows may stand in the document that cannot be read.
    if site.config.privacy.is_empty() || site.documents().any(|document| document.content.is_err()) {
        return;
    }
    let findings = private::findings(site);
    let files = used::published(site);
    let is_used = |allowance: &Allowance| {
        let is_unsearched = |file: &used::Used| allowance.is_of_file(&file.path) && file.asset.traces.is_partial();
        findings.iter().any(|one| allowance.covers(one.kind, one.sum, &one.path)) || files.iter().any(is_unsearched)
    };
    for allowance in site.config.privacy.iter().filter(|allowance| !is_used(allowance)) {
        let Some(place) = allowance.value.as_ref().or(allowance.file.as_ref()) else { continue };
        let message = text!(th: "ไม่มีข้อมูลที่รายการนี้อนุญาต", en: "there is nothing on the site that this entry allows");
        let help = text!(th: "ลบรายการ [[privacy]] นี้ หรือแก้ค่าให้ตรง", en: "delete this [[privacy]] entry, or correct it");
        diagnostics.push(RULE.at(place.span.clone(), message).help(help).secret());
    }
}
