//! `broken-toml` (P101)

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Reported, Rule, Severity, Span, Text, text};
use crate::fields::rules::missing_field;
use crate::parse::toml_hint;
use crate::source::SourcePath;

pub(crate) static RULE: Rule = Rule {
    code: "P101",
    name: "broken-toml",
    severity: Severity::Error,
    explanation: Text {
        th: "ส่วนหัวของไฟล์อ่านไม่ได้ เพราะเขียนผิดรูปแบบ TOML ที่พบบ่อย: ลืมปิดเครื่องหมายคำพูด ใช้เครื่องหมายคำพูดโค้งจากโปรแกรมพิมพ์เอกสาร ข้อความหรือเลขไทยไม่มีเครื่องหมายคำพูด และพิมพ์ชื่อข้อมูลซ้ำ",
        en: "The TOML cannot be read. Common causes: a quotation mark that is not closed, curly quotation marks from a word processor, text or Thai digits without quotation marks, the same key twice.",
    },
    bad: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม
date = "20 เมษายน 2566"
+++
"#,
    good: r#"
-- content/news/flood-drill.md --
+++
title = "ซ้อมแผนรับน้ำท่วม"
date = "20 เมษายน 2566"
+++
"#,
};

/// Most lines of a file that are reported as broken; the first often breaks the others.
const MAX_BROKEN_LINES: usize = 100;

/// The lines of a text that are not TOML.
pub(crate) struct BrokenLines {
    /// Where each line of the text ends.
    ends: Vec<usize>,
    broken: BTreeSet<usize>,
}

/// Reports the syntax errors of a TOML text that starts `offset` bytes into `text`, one per line.
///
/// Returns the lines, to tell problems apart that follow from them.
pub(crate) fn report(
    path: &SourcePath,
    text: &str,
    offset: usize,
    errors: &[toml::de::Error],
    diagnostics: &mut Diagnostics,
) -> Option<(Reported, BrokenLines)> {
    if errors.is_empty() {
        return None;
    }
    let ends = text.match_indices('\n').map(|(at, _)| at).collect();
    let mut lines = BrokenLines { ends, broken: BTreeSet::new() };
    let mut reported = None;
    let open = toml_hint::open_bracket(text, offset);
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let (mut start, mut end) = (range.start + offset, range.end + offset);
        // An unclosed string ends at the line break; show the line it is on.
        if start > 0 && text.as_bytes().get(start).is_none_or(|byte| *byte == b'\n') {
            start -= text[..start].chars().next_back().map_or(0, char::len_utf8);
            end = end.max(start);
        }
        let line = lines.line_of(start);
        // What follows a list that is not closed is no mistake of its own.
        if let Some(bracket) = open.filter(|bracket| *bracket < start.max(1)) {
            let message = text!(th: "รายการที่เปิดด้วย [ ไม่มี ] ปิด", en: "the list that [ opens has no ] at its end");
            let help = text!(th: "พิมพ์ ] ท้ายรายการ ก่อนขึ้นข้อมูลถัดไป", en: "type ] at the end of the list, before the next field");
            lines.broken.extend(lines.line_of(bracket)..=lines.ends.len());
            return Some((diagnostics.push(RULE.at(Span::range(path, bracket..bracket + 1), message).help(help)), lines));
        }
        if lines.broken.insert(line) && lines.broken.len() <= MAX_BROKEN_LINES {
            let words = error.message().trim();
            let message = text!(th: "บรรทัดนี้อ่านเป็น TOML ไม่ได้ ({words})", en: "this line is not TOML: {words}");
            let problem = RULE.at(Span::range(path, start..end), message).help(toml_hint::of(lines.text(text, line), words));
            reported = Some(diagnostics.push(problem));
        }
    }
    reported.map(|reported| (reported, lines))
}

impl BrokenLines {
    /// Whether a problem found in a recovered table stands on its own.
    pub(crate) fn is_apart(&self, diagnostic: &Diagnostic) -> bool {
        let line = diagnostic.span.bytes.map(|(start, _)| self.line_of(start));
        diagnostic.rule.code != missing_field::RULE.code && line.is_some_and(|line| !self.broken.contains(&line))
    }

    fn line_of(&self, at: usize) -> usize {
        self.ends.partition_point(|end| *end < at)
    }

    fn text<'a>(&self, text: &'a str, line: usize) -> &'a str {
        let start = line.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end + 1);
        &text[start..self.ends.get(line).copied().unwrap_or(text.len())]
    }
}
