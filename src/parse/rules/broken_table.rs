//! `broken-table` (P122)

use std::ops::Range;

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};

pub(crate) static RULE: Rule = Rule {
    code: "P122",
    name: "broken-table",
    severity: Severity::Warning,
    explanation: Text {
        th: "ตารางในเนื้อความไม่ครบแบบ ถ้าแถวมีช่องมากกว่าหัวตาราง ช่องที่เกินจะหายไปจากหน้าเว็บ ถ้าไม่มีบรรทัด |---|---| ใต้หัวตาราง หน้าเว็บจะแสดงเครื่องหมาย | แทนตาราง ให้หัวตาราง บรรทัดขีด และทุกแถวมีจำนวนช่องเท่ากัน",
        en: "A table in the text is not complete. Cells beyond those of its first line are left out of the page; without the line |---|---| below the first line, the page shows the signs | in place of a table. Give the first line, the line of hyphens and every row the same number of cells.",
    },
    bad: r#"
-- content/news/road.md --
+++
title = "งบประมาณถนน"
date = "20 เมษายน 2566"
+++

| โครงการ | ระยะทาง |
|---|---|
| ถนนหน้าตลาด | 1 กม. | 333,333 บาท |
"#,
    good: r#"
-- content/news/road.md --
+++
title = "งบประมาณถนน"
date = "20 เมษายน 2566"
+++

| โครงการ | ระยะทาง | งบประมาณ |
|---|---|---|
| ถนนหน้าตลาด | 1 กม. | 333,333 บาท |
"#,
};

/// Reports a row that has more filled cells than its table has columns.
pub(crate) fn check_row(row: &str, n_columns: usize, at: Span, diagnostics: &mut Diagnostics) {
    let cells = cells(row);
    let Some(lost) = cells.iter().skip(n_columns).find(|cell| !cell.is_empty()) else { return };
    let n_cells = cells.len();
    let message = text!(
        th: "แถวนี้มี {n_cells} ช่อง แต่หัวตารางมี {n_columns} ช่อง “{lost}” จึงไม่ขึ้นหน้าเว็บ",
        en: "the row has {n_cells} cells, the table {n_columns} columns, so “{lost}” is not on the page"
    );
    let help = text!(
        th: "เพิ่มช่องในหัวตารางและบรรทัด |---| ใต้หัว หรือพิมพ์ \\| ถ้าหมายถึงเครื่องหมายนั้น",
        en: "add a cell to the first line and to the line |---| below it, or type \\| where the sign itself is meant"
    );
    diagnostics.push(RULE.at(at, message).help(help));
}

/// Reports lines of a paragraph that were meant to be a table; `text` is at `range` of the body.
pub(crate) fn check_paragraph(text: &str, range: &Range<usize>, span: impl Fn(Range<usize>) -> Span, diagnostics: &mut Diagnostics) {
    let is_row = |line: &str| line.len() > 1 && line.starts_with('|') && line.ends_with('|');
    let mut start = range.start;
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let head = line.trim();
        if is_row(head) {
            let n_columns = cells(head).len();
            let dashes = format!("|{}", "---|".repeat(n_columns));
            let is_below_text = start > range.start && lines.peek().is_some_and(|next| is_dashes(next) && cells(next).len() == n_columns);
            let message = text!(th: "ตารางนี้จะขึ้นเป็นเครื่องหมาย | ไม่ใช่ตาราง", en: "the page will show the signs | in place of this table");
            let help = if is_below_text {
                text!(th: "เว้นบรรทัดว่างเหนือบรรทัดนี้", en: "leave an empty line above this one")
            } else {
                text!(th: "ใต้หัวตารางต้องมีบรรทัด {dashes}", en: "the line below the first has to be {dashes}")
            };
            diagnostics.push(RULE.at(span(start..start + line.len()), message).help(help));
            return;
        }
        start += line.len() + 1;
    }
}

/// What stands in the cells of a row.
fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
    let mut is_escaped = false;
    let cells = row.split(move |c: char| {
        let is_border = c == '|' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_border
    });
    cells.map(str::trim).collect()
}

/// Whether a line is the one below the first of a table.
fn is_dashes(line: &str) -> bool {
    line.contains('-') && line.trim().chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn a_sign_that_is_escaped_is_no_border() {
        assert_eq!(cells("| ก | ข |"), ["ก", "ข"]);
        assert_eq!(cells("ก | ข"), ["ก", "ข"]);
        assert_eq!(cells(r"| ก \| ข |  |"), [r"ก \| ข", ""]);
        assert_eq!(cells(r"| ก | ข \|"), ["ก", r"ข \|"]);
    }
}
