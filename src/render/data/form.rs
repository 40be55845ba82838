//! Tables of the year's form: its items and requirements, each with how far the site meets it. They are the audit, made flat.

use super::table::{Column, Kind, Table, both, column};
use super::year;
use crate::render::audit::{Audit, AuditItem, AuditRequirement};
use crate::thai::FiscalYear;

pub(super) fn items(audit: &Audit) -> Table {
    type Row<'a> = (FiscalYear, &'a AuditItem);
    let rows: Vec<Row> = audit.items.iter().map(|item| (audit.fiscal_year, item)).collect();
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| Some(row.0)),
        column("item", Kind::Text, both("ข้อ", "Item"), |row: &Row| row.1.item.to_string()),
        column("topic", Kind::Text, both("เรื่อง", "Topic"), |row: &Row| row.1.topic.clone())
            .about(both("เหมือนเดิมทุกปี แม้เลขข้อเปลี่ยน", "The same every year, though the number moves")),
        column("title_th", Kind::Text, both("ชื่อข้อ", "Title in Thai"), |row: &Row| row.1.title.th.clone()),
        column("title_en", Kind::Text, both("ชื่อข้อภาษาอังกฤษ", "Title in English"), |row: &Row| row.1.title.en.clone()),
        column("status", Kind::Text, both("สถานะ", "Status"), |row: &Row| row.1.status.word())
            .about(both("complete = ครบถ้วน, partial = ยังไม่ครบ, missing = ยังขาด", "complete, partial, missing")),
        column(
            "n_requirements",
            Kind::Integer,
            both("จำนวนองค์ประกอบ", "Requirements"),
            |row: &Row| row.1.requirements.len() as u64,
        ),
        column("n_met", Kind::Integer, both("องค์ประกอบที่มี", "Requirements met"), |row: &Row| {
            row.1.requirements.iter().filter(|asked| asked.coverage != "missing").count() as u64
        }),
        column("evidence", Kind::List, both("หลักฐาน", "Evidence"), |row: &Row| row.1.evidence.clone()).about(urls()),
        column("updated", Kind::Date, both("ปรับปรุงล่าสุด", "Last update"), |row: &Row| {
            row.1.updated.as_ref().and_then(|iso| iso.parse::<jiff::civil::Date>().ok())
        }),
        column("unit", Kind::Text, both("หน่วยงานรับผิดชอบ", "Unit responsible"), |row: &Row| row.1.unit.clone()),
        column("page", Kind::Url, both("หน้าเว็บ", "Page"), |row: &Row| row.1.page.clone()),
    ];
    let title = both("แบบตรวจ OIT รายข้อ", "OIT form by item");
    let about = both("ข้อของแบบตรวจ OIT หนึ่งข้อต่อหนึ่งแถว", "One item of the OIT form a row");
    Table::of(("oit-items", title, about), &["fiscal_year_be", "item"], &rows, columns)
}

pub(super) fn requirements(audit: &Audit) -> Table {
    type Row<'a> = (FiscalYear, &'a AuditItem, &'a AuditRequirement);
    let of_item = |item| -> Vec<Row> {
        let item: &AuditItem = item;
        item.requirements.iter().map(|asked| (audit.fiscal_year, item, asked)).collect()
    };
    let rows: Vec<Row> = audit.items.iter().flat_map(of_item).collect();
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| Some(row.0)),
        column("item", Kind::Text, both("ข้อ", "Item"), |row: &Row| row.1.item.to_string()),
        column("requirement", Kind::Text, both("องค์ประกอบ", "Requirement"), |row: &Row| row.2.id.clone()),
        column("text_th", Kind::Text, both("แบบถามหา", "What the form asks, in Thai"), |row: &Row| {
            row.2.text.th.clone()
        }),
        column("text_en", Kind::Text, both("แบบถามหา ภาษาอังกฤษ", "What the form asks"), |row: &Row| row.2.text.en.clone()),
        column("coverage", Kind::Text, both("สถานะ", "Status"), |row: &Row| row.2.coverage).about(both(
            "verified = ระบบตรวจแล้ว, declared = หน่วยงานระบุ, missing = ยังขาด, not-applicable = ไม่มีกรณี",
            "verified by the program, declared by the agency, missing, not-applicable",
        )),
        column("places", Kind::List, both("ดูได้ที่", "Where"), |row: &Row| row.2.places.clone()).about(urls()),
        column("gaps", Kind::List, both("สิ่งที่ยังขาด", "What is missing"), |row: &Row| {
            row.2.gaps.iter().map(|gap| gap.what.th.clone()).collect::<Vec<_>>()
        }),
        column(
            "reason",
            Kind::Text,
            both("เหตุผลที่ไม่มีกรณี", "Why it does not apply"),
            |row: &Row| row.2.reason.as_ref().map(|reason| reason.th.clone()),
        ),
    ];
    let title = both("องค์ประกอบของแบบตรวจ OIT", "Requirements of the OIT form");
    let about = both("องค์ประกอบของข้อหนึ่งต่อหนึ่งแถว", "One requirement of an item a row");
    Table::of(("oit-requirements", title, about), &["fiscal_year_be", "requirement"], &rows, columns)
}

const fn urls() -> crate::diagnostic::Text<&'static str> {
    both("URL", "URLs")
}
