//! `raw-html` (P117)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P117",
    name: "raw-html",
    severity: Severity::Error,
    explanation: Text {
        th: "ในเนื้อความมีแท็ก HTML ซึ่งไม่เผยแพร่ เพราะอาจมีสคริปต์หรือสิ่งที่ใช้ติดตามผู้อ่านแฝงมา ใช้ Markdown แทน เช่น **ตัวหนา** [ลิงก์](https://…) และตาราง แท็กที่ใช้ได้มีเพียง <br> และ <sup> <sub> คร่อมข้อความธรรมดา",
        en: "The text contains HTML, which is not published: it can carry scripts and trackers. Use Markdown: **bold**, [link](https://…), tables. The only tags that are read are <br>, and <sup> and <sub> around plain text.",
    },
    bad: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++

<script src="https://stats.example/track.js"></script>
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++

อ่านสถิติที่ [หน้าสถิติ](https://stats.example/)
"#,
};

/// Reports a piece of HTML, unless it is a comment.
pub(crate) fn check(html: &str, at: Span, diagnostics: &mut Diagnostics) {
    let mut html = html.trim();
    while let Some((_, rest)) = html.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        html = rest.trim();
    }
    if html.is_empty() {
        return;
    }
    let name: String = html.trim_start_matches(['<', '/', '!', '?']).chars().take_while(char::is_ascii_alphanumeric).collect();
    let message = text!(th: "มีแท็ก HTML <{name}> ในเนื้อความ", en: "raw HTML <{name}> in the text");
    let help = match name.to_ascii_lowercase().as_str() {
        "script" | "iframe" | "object" | "embed" | "style" => text!(
            th: "ลบออก ถ้าต้องการพาไปหน้าอื่นให้ใส่ลิงก์ [ชื่อ](ที่อยู่)",
            en: "delete it; to lead readers elsewhere, use a link: [name](address)"
        ),
        "br" => text!(th: "เว้นบรรทัดว่างเพื่อขึ้นย่อหน้าใหม่", en: "leave an empty line to start a new paragraph"),
        "b" | "strong" => text!(th: "ใช้ **ตัวหนา**", en: "use **bold**"),
        "i" | "em" | "u" => text!(th: "ใช้ *เน้น*", en: "use *emphasis*"),
        "a" => text!(th: "ใช้ [ชื่อลิงก์](ที่อยู่)", en: "use [name](address)"),
        "img" => text!(th: "ใช้ ![คำอธิบายภาพ](ไฟล์ภาพ)", en: "use ![description](file)"),
        _ => text!(th: "เขียนด้วย Markdown แทน", en: "write it in Markdown"),
    };
    diagnostics.push(RULE.at(at, message).help(help));
}
