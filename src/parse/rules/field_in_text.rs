//! `field-in-text` (P124)

use crate::content::Folder;
use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P124",
    name: "field-in-text",
    severity: Severity::Warning,
    explanation: Text {
        th: "มีช่องข้อมูลพิมพ์อยู่ใต้ +++ ที่ปิดส่วนหัว ระบบจึงถือเป็นเนื้อความ และแสดงทั้งบรรทัดให้ประชาชนเห็น ย้ายบรรทัดขึ้นไปไว้เหนือ +++ นั้น",
        en: "A field stands below the second +++, so it is part of the text, and the page shows the line as it is typed. Move it above that +++.",
    },
    bad: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
+++
since = "1 ตุลาคม 2564"
"#,
    good: r#"
-- content/executives/01-somying.md --
+++
name = "นางสมหญิง ใจดี"
position = "ปลัดเทศบาล"
group = "permanent"
since = "1 ตุลาคม 2564"
+++
"#,
};

/// Reports a field of a folder's documents at the start of a body, which starts `offset` bytes into the file.
pub(crate) fn check(folder: &Folder, path: &SourcePath, body: &str, offset: usize, diagnostics: &mut Diagnostics) {
    let start = body.len() - body.trim_start().len();
    let line = body[start..].lines().next().unwrap_or_default();
    let table = line.trim_end().strip_prefix("[[").and_then(|line| line.strip_suffix("]]"));
    let Some(key) = table.or_else(|| line.split_once('=').map(|(key, _)| key.trim())) else { return };
    // Few bodies start so; only then is it asked what fields there are.
    let is_name = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if !is_name || !folder.asked().iter().any(|asked| asked.key == key) {
        return;
    }
    let at = Span::range(path, offset + start..offset + start + line.len());
    let message = text!(th: "`{key}` อยู่ใต้ +++ จึงขึ้นหน้าเว็บเป็นเนื้อความ", en: "`{key}` is below the +++, so the page shows the line as text");
    let help = text!(th: "ย้ายบรรทัดนี้ขึ้นไปไว้เหนือ +++", en: "move this line above the +++");
    diagnostics.push(RULE.at(at, message).help(help));
}
