//! Tables of the disclosures: one of the disclosures themselves, one of their months, one for each kind of row.

use super::table::{Column, Kind, Table, Value, both, column};
use super::{attached, documents, example, from, page_of, to, unit, updated, year};
use crate::content::disclosure::{Disclosure, Month};
use crate::content::rows::{Row as Filled, RowField, RowKind};
use crate::diagnostic::{Spanned, Text};
use crate::parse::Document;
use crate::site::Site;
use crate::site::url as place;

pub(super) fn disclosures(site: &Site, title: &dyn Fn(&Document) -> String) -> Table {
    type Row<'a> = (&'a Document, &'a Disclosure);
    let rows: Vec<Row> = site.all::<Disclosure>().collect();
    let period = |row: &Row| row.1.period.as_ref().map(|period| period.value);
    let texts = |texts: &[Spanned<String>]| texts.iter().map(|text| text.value.clone()).collect::<Vec<_>>();
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| row.0.year),
        topic(|row: &Row| (row.0, row.1)),
        column("title", Kind::Text, both("ชื่อเรื่อง", "Title"), |row: &Row| title(row.0)),
        column("date", Kind::Date, both("ลงวันที่", "Date of the document"), |row: &Row| row.1.date),
        from(period),
        to(period),
        column("reports_on", Kind::Text, both("รายงานตามแผน", "Reports on"), |row: &Row| {
            row.1.reports_on.as_ref().map(|topic| topic.value.0.clone())
        })
        .about(both("topic ของแผน", "The topic of the plan")),
        column("signed_by", Kind::Text, both("ลงนามโดย", "Signed by"), |row: &Row| {
            row.1.signed_by.as_ref().map(|name| name.value.clone())
        }),
        column("is_none", Kind::Boolean, both("แจ้งว่าไม่มี", "Said to be none"), |row: &Row| row.1.none)
            .about(both("true = ปีนี้ไม่มีเรื่องที่ต้องเปิดเผย", "true = nothing to disclose this year")),
        column("spending", Kind::Text, both("ผลการใช้จ่ายงบประมาณ", "Spending"), |row: &Row| row.1.spending.clone()),
        column("problems", Kind::List, both("ปัญหาและอุปสรรค", "Problems"), move |row: &Row| {
            texts(&row.1.problems)
        }),
        column("recommendations", Kind::List, both("ข้อเสนอแนะ", "Recommendations"), move |row: &Row| {
            texts(&row.1.recommendations)
        }),
        column("files", Kind::List, both("เอกสาร", "Documents"), |row: &Row| {
            attached(site, row.0, &row.1.attachments)
        })
        .about(both("URL ของไฟล์", "URLs of files")),
        unit(|row: &Row| row.0),
        page_of(site, |row: &Row| row.0),
        updated(|row: &Row| row.0),
        example(|row: &Row| row.0),
    ];
    let about = both("เรื่องที่เปิดเผยหนึ่งเรื่องในหนึ่งปีต่อหนึ่งแถว", "One disclosure of one year a row");
    let heading = both("เรื่องที่เปิดเผย", "Disclosures");
    Table::of(("disclosures", heading, about), &["fiscal_year_be", "topic"], &rows, columns).dated_by(documents(&rows))
}

pub(super) fn months(site: &Site) -> Table {
    type Row<'a> = (&'a Document, &'a Disclosure, &'a Month);
    let rows: Vec<Row> = site
        .all::<Disclosure>()
        .flat_map(|(document, disclosure)| disclosure.months.iter().map(move |month| (document, disclosure, month)))
        .collect();
    let link = |row: &Row| {
        let page = place::of_document(row.0).0;
        let file = row.2.file.as_ref().and_then(|file| place::asset(row.0, &file.value));
        let at = row.2.at.as_ref().map(|at| format!("{page}#{}", at.value.trim_start_matches('#')));
        file.map(|path| place::link_to_asset(&path)).or(at).map(|place| site.absolute(&place))
    };
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| row.0.year),
        topic(|row: &Row| (row.0, row.1)),
        column("month", Kind::Date, both("วันแรกของเดือน", "First day of the month"), |row: &Row| {
            row.2.month.value.from
        }),
        column("is_none", Kind::Boolean, both("แจ้งว่าไม่มี", "Said to be none"), |row: &Row| row.2.none),
        column("link", Kind::Url, both("ดูได้ที่", "Where"), link),
        example(|row: &Row| row.0),
    ];
    let about = both("เดือนหนึ่งของเรื่องที่เปิดเผยรายเดือนต่อหนึ่งแถว", "One month of a monthly disclosure a row");
    let title = both("เรื่องที่เปิดเผยรายเดือน", "Monthly disclosures");
    Table::of(("disclosures-months", title, about), &["fiscal_year_be", "topic", "month"], &rows, columns)
        .dated_by(rows.iter().map(|row| row.0))
}

/// The rows of a kind; `words` gives the theme's word for a key in both languages.
pub(super) fn rows(site: &Site, kind: RowKind, words: &dyn Fn(&str) -> Text) -> Table {
    type Row<'a> = (&'a Document, &'a Disclosure, u32, &'a Filled);
    let rows: Vec<Row> = site
        .all::<Disclosure>()
        .flat_map(|(document, disclosure)| {
            (1..).zip(disclosure.rows(kind)).map(move |(number, row)| (document, disclosure, number, row))
        })
        .collect();
    // Titles of rows are the theme's.
    let none = || both("", "");
    let mut columns: Vec<Column<Row>> = vec![
        year(|row: &Row| row.0.year),
        topic(|row: &Row| (row.0, row.1)),
        column("row", Kind::Integer, both("แถวที่", "Row"), |row: &Row| row.2),
        column("name", Kind::Text, none(), |row: &Row| row.3.name.value.clone()).titled(words(&format!("row_{}", kind.key()))),
    ];
    for field in kind.fields() {
        let is_count = kind == RowKind::Statistic;
        let holds = if is_count { Kind::Integer } else { Kind::Text };
        let cell = move |row: &Row| cell(row.3, *field, is_count);
        columns.push(column(field.key(), holds, none(), cell).titled(words(&format!("column_{}", field.key()))));
    }
    columns.push(page_of(site, |row: &Row| row.0));
    columns.push(example(|row: &Row| row.0));
    let about = both("แถวหนึ่งของเรื่องที่เปิดเผยต่อหนึ่งแถว ตามที่หน่วยงานพิมพ์", "One row of a disclosure a row, as typed");
    Table::of((table_name(kind), none(), about), &["fiscal_year_be", "topic", "row"], &rows, columns)
        .titled(words(&format!("rows_{}", kind.key())))
        .dated_by(rows.iter().map(|row| row.0))
}

/// The table that rows of a kind are in.
pub(in crate::render) fn table_name(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Project => "disclosures-projects",
        RowKind::Risk => "disclosures-risks",
        RowKind::Manual => "disclosures-manuals",
        RowKind::Purchase => "disclosures-purchases",
        RowKind::Statistic => "disclosures-statistics",
    }
}

fn cell(row: &Filled, field: RowField, is_count: bool) -> Value {
    if is_count { row.count(field).into() } else { row.cells.get(&field).into() }
}

fn topic<'a, R>(of: impl Fn(&R) -> (&Document, &Disclosure) + 'a) -> Column<'a, R> {
    column("topic", Kind::Text, both("เรื่อง", "Topic"), move |row: &R| {
        let (document, disclosure) = of(row);
        disclosure.topic(&document.slug).to_owned()
    })
    .about(both("ตรงกับ topic ของตาราง oit-items", "The topic in the table oit-items"))
}
