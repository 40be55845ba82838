//! `survey-url` (P206)

use crate::catalog::ita;
use crate::content::survey::Survey;
use crate::diagnostic::{Diagnostics, Rule, Severity, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P206",
    name: "survey-url",
    severity: Severity::Error,
    explanation: Text {
        th: "ลิงก์แบบวัด EIT ต้องเป็นลิงก์ที่ ป.ป.ช. ออกให้ คือ https://itas.nacc.go.th/go/eit/ ตามด้วยรหัส 6 ตัว ถ้าใช้ลิงก์ย่อหรือลิงก์ IIT (สำหรับบุคลากรภายใน) ประชาชนจะตอบแบบผิดชุดหรือตอบไม่ได้",
        en: "An EIT survey has the address the commission gave: https://itas.nacc.go.th/go/eit/ and a code of six letters or digits. A shortened link, or the IIT link for the agency's own people, sends citizens to the wrong survey.",
    },
    bad: r#"
-- content/surveys/eit-2566.toml --
fiscal_year = 2566
url = "https://itas.nacc.go.th/go/iit/sample"
"#,
    good: r#"
-- content/surveys/eit-2566.toml --
fiscal_year = 2566
url = "https://itas.nacc.go.th/go/eit/sample"
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let itas = &ita().itas;
    for (_, survey) in site.all::<Survey>() {
        let url = survey.url.value.0.as_str();
        if is_eit(url) {
            continue;
        }
        let message = if url.starts_with(&itas.iit) {
            text!(th: "ลิงก์นี้เป็นแบบวัด IIT ของบุคลากรภายใน", en: "this is the IIT survey, which is for the agency's own people")
        } else {
            text!(th: "`{url}` ไม่ใช่ลิงก์แบบวัด EIT ของ ป.ป.ช.", en: "`{url}` is not an EIT survey of the commission")
        };
        let (prefix, length) = (&itas.eit, itas.code_length);
        let help = text!(
            th: "พิมพ์ {prefix} ตามด้วยรหัส {length} ตัว (a-z, 0-9) จากระบบ ITAS",
            en: "type {prefix} and the code of {length} letters or digits (a-z, 0-9) from ITAS"
        );
        diagnostics.push(RULE.at(survey.url.span.clone(), message).help(help));
    }
}

/// Whether an address is that of an EIT survey.
pub(crate) fn is_eit(url: &str) -> bool {
    let itas = &ita().itas;
    let is_code = |code: &str| code.len() == itas.code_length && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    url.strip_prefix(&itas.eit).is_some_and(is_code)
}
