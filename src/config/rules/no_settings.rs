//! `no-settings` (P701)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::{SourcePath, Sources};

pub(crate) static RULE: Rule = Rule {
    code: "P701",
    name: "no-settings",
    severity: Severity::Error,
    explanation: Text {
        th: "ไฟล์ content/site.toml บอกชื่อหน่วยงาน ที่อยู่เว็บไซต์ และปีงบประมาณ ถ้าไม่มีไฟล์นี้ก็สร้างเว็บไซต์ไม่ได้",
        en: "content/site.toml names the agency, the site's address and the fiscal year. Without it there is no site to make.",
    },
    bad: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
    good: r#"
-- content/site.toml --
base_url = "https://example.go.th/"
fiscal_year = 2566

[agency]
name = "เทศบาลตำบลตัวอย่าง"
name_en = "Example Subdistrict Municipality"
kind = "subdistrict-municipality"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
};

/// There is no `site.toml`; silent when the disk already said why.
pub(crate) fn report(sources: &Sources, path: &SourcePath, diagnostics: &mut Diagnostics) {
    if sources.problems().iter().any(|(problem, _)| problem == path) {
        return;
    }
    let help = text!(
        th: "สร้างไฟล์ที่มี base_url, fiscal_year และ [agency] (ดูตัวอย่าง: prongsai explain P701)",
        en: "create it with base_url, fiscal_year and [agency] (an example: prongsai explain P701)"
    );
    diagnostics.push(RULE.at(Span::file(path), text!(th: "ไม่มีไฟล์ตั้งค่า content/site.toml", en: "there is no content/site.toml")).help(help));
}
