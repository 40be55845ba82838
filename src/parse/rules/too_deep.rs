//! `too-deep` (P121)

use std::ops::Range;

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::source::SourcePath;

/// Most quotations and lists that may begin on one line, each inside the one before.
pub const MAX_NESTING: usize = 100;

pub(crate) static RULE: Rule = Rule {
    code: "P121",
    name: "too-deep",
    severity: Severity::Error,
    explanation: Text {
        th: "บรรทัดนี้ซ้อนกรอบข้อความหรือรายการหลายชั้นจนไม่มีหน้าจอใดแสดงได้ และทำให้เครื่องทำงานหนักโดยไม่มีประโยชน์ มักเป็นเส้นคั่นหรือภาพวาดด้วยตัวอักษรที่คัดลอกมา",
        en: "The line nests quotations or lists deeper than any screen can show, which only keeps the machine busy. It is usually a dividing line or a drawing made of letters that was pasted.",
    },
    bad: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>> น้ำท่วม
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
> น้ำท่วม

---
"#,
};

/// Reports the first line of a body that nests too deep. Counting is quick; what reads such a line is not.
pub(crate) fn check(path: &SourcePath, text: &str, offset: usize, diagnostics: &mut Diagnostics) -> bool {
    let Some(line) = find(text) else { return false };
    let message = text!(th: "ซ้อนกันเกิน {MAX_NESTING} ชั้น", en: "nested deeper than {MAX_NESTING}");
    let help = text!(th: "ลบเครื่องหมาย > - * + ที่ต้นบรรทัด หรือใช้ --- เป็นเส้นคั่น", en: "remove the > - * + at the start of the line, or divide with ---");
    diagnostics.push(RULE.at(Span::range(path, line.start + offset..line.end + offset), message).help(help));
    true
}

fn find(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let markers = line.bytes().take_while(|byte| matches!(byte, b'>' | b'-' | b'*' | b'+' | b' ' | b'\t'));
        let mut before = b' ';
        let mut n = 0;
        for (byte, after) in markers.zip(line.bytes().skip(1).chain([b'\n'])) {
            // `---` is a line; `- - -` are three lists until it turns out to be one.
            let is_list = byte != b'>' && !byte.is_ascii_whitespace() && after.is_ascii_whitespace() && matches!(before, b' ' | b'\t' | b'>');
            n += usize::from(byte == b'>' || is_list);
            before = byte;
        }
        if n > MAX_NESTING {
            return Some(start..start + line.trim_end().len().min(MAX_NESTING));
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nests_is_counted() {
        for shallow in ["-".repeat(500), format!("{} a", ">".repeat(100)), "> a\n".repeat(1000), "**".repeat(300), "- a\n".repeat(500)] {
            assert_eq!(find(&shallow), None, "{shallow}");
        }
        for deep in [">".repeat(101), "> ".repeat(2000), "- ".repeat(101), format!("a\n\n{}b", "* > ".repeat(60))] {
            assert!(find(&deep).is_some(), "{deep}");
        }
    }
}
