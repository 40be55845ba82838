//! Tables of what follows from a result: measures, their steps, the progress reported on them.

use super::table::{Column, Kind, Table, both, column};
use super::{attached, documents, example, from, page_of, to, unit, updated, year};
use crate::content::Reference;
use crate::content::measure::{Measure, Step};
use crate::content::progress::Progress;
use crate::diagnostic::Spanned;
use crate::parse::Document;
use crate::site::{Site, schedule};

pub(super) fn measures(site: &Site) -> Table {
    type Row<'a> = (&'a Document, &'a Measure);
    let rows: Vec<Row> = site.all::<Measure>().collect();
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| row.0.year),
        number(|row: &Row| row.0),
        column("title", Kind::Text, both("ชื่อมาตรการ", "Title"), |row: &Row| row.1.title.value.clone()),
        column(
            "addresses",
            Kind::List,
            both("แก้จุดอ่อนเรื่อง", "What it addresses"),
            |row: &Row| row.1.addresses.iter().map(|address| reference(&address.value)).collect::<Vec<_>>(),
        )
        .about(both(
            "รหัสข้อ เครื่องมือ indicator:เลขตัวชี้วัด หรือ urgent:เลขประเด็นเร่งด่วน",
            "A code, an instrument, indicator:number or urgent:number of an urgent issue",
        )),
        list("responsible", both("ผู้รับผิดชอบ", "Responsible"), |row: &Row| &row.1.responsible),
        list("periods", both("ระยะเวลา", "Periods"), |row: &Row| &row.1.periods),
        list("reporting", both("การรายงานผล", "Reporting"), |row: &Row| &row.1.reporting),
        column("n_steps", Kind::Integer, both("จำนวนขั้นตอน", "Steps"), |row: &Row| {
            row.1.steps.len() as u64
        }),
        page_of(site, |row: &Row| row.0),
        updated(|row: &Row| row.0),
        example(|row: &Row| row.0),
    ];
    let title = both("มาตรการส่งเสริมคุณธรรมและความโปร่งใส", "Integrity measures");
    let about = both("มาตรการหนึ่งต่อหนึ่งแถว", "One measure a row");
    Table::of(("measures", title, about), &["fiscal_year_be", "measure"], &rows, columns).dated_by(documents(&rows))
}

pub(super) fn steps(site: &Site) -> Table {
    type Row<'a> = (&'a Document, &'a Measure, u32, &'a Step);
    let rows: Vec<Row> = site
        .all::<Measure>()
        .flat_map(|(document, measure)| (1..).zip(&measure.steps).map(move |(number, step)| (document, measure, number, step)))
        .collect();
    let period = |row: &Row| schedule::of_step(row.1, row.3);
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| row.0.year),
        number(|row: &Row| row.0),
        column("step", Kind::Integer, both("ขั้นตอนที่", "Step"), |row: &Row| row.2),
        column("text", Kind::Text, both("สิ่งที่ทำ", "What is done"), |row: &Row| row.3.text.value.clone()),
        column("responsible", Kind::Text, both("ผู้รับผิดชอบ", "Responsible"), |row: &Row| {
            words(row.3.responsible.as_ref())
        }),
        column("period", Kind::Text, both("ระยะเวลาตามเอกสาร", "Period as written"), |row: &Row| words(row.3.period.as_ref())),
        from(period),
        to(period),
        column("frequency", Kind::Text, both("ความถี่", "How often"), |row: &Row| row.3.frequency.clone()),
        example(|row: &Row| row.0),
    ];
    let title = both("ขั้นตอนของมาตรการ", "Steps of measures");
    let about = both("ขั้นตอนหนึ่งของมาตรการต่อหนึ่งแถว", "One step of a measure a row");
    Table::of(("measure-steps", title, about), &["fiscal_year_be", "measure", "step"], &rows, columns)
        .dated_by(rows.iter().map(|row| row.0))
}

pub(super) fn progress(site: &Site) -> Table {
    type Row<'a> = (&'a Document, &'a Progress);
    let rows: Vec<Row> = site.all::<Progress>().collect();
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| row.0.year),
        column("report", Kind::Text, both("รหัสรายงาน", "Report"), |row: &Row| {
            format!("{}/{}", row.0.path.parts().nth(2).unwrap_or_default(), row.0.slug)
        }),
        column("measure", Kind::Integer, both("มาตรการที่", "Measure"), |row: &Row| {
            row.1.measure.value.get()
        }),
        column("step", Kind::Integer, both("ขั้นตอนที่", "Step"), |row: &Row| {
            row.1.step.as_ref().map(|step| step.value.get())
        })
        .about(both("ว่าง = ทั้งมาตรการ", "Empty = the measure as a whole")),
        column("status", Kind::Text, both("สถานะ", "Status"), |row: &Row| row.1.status.value.word())
            .about(both("done = แล้วเสร็จ, ongoing = กำลังดำเนินการ, not-started = ยังไม่เริ่ม", "done, ongoing, not-started")),
        column("title", Kind::Text, both("ชื่อรายงาน", "Title"), |row: &Row| row.1.title.clone()),
        column("period", Kind::Text, both("ช่วงเวลาตามเอกสาร", "Period as written"), |row: &Row| row.1.period.value.clone()),
        from(|row: &Row| schedule::reported(row.0)),
        to(|row: &Row| schedule::reported(row.0)),
        column("date", Kind::Date, both("วันที่รายงาน", "Day of the report"), |row: &Row| row.1.date),
        column("files", Kind::List, both("เอกสาร", "Documents"), |row: &Row| {
            attached(site, row.0, &row.1.attachments)
        })
        .about(both("URL ของไฟล์", "URLs of files")),
        unit(|row: &Row| row.0),
        page_of(site, |row: &Row| row.0),
        updated(|row: &Row| row.0),
        example(|row: &Row| row.0),
    ];
    let title = both("ผลการดำเนินการตามมาตรการ", "Progress on measures");
    let about = both("รายงานความก้าวหน้าหนึ่งฉบับต่อหนึ่งแถว", "One report of progress a row");
    Table::of(("progress", title, about), &["fiscal_year_be", "report"], &rows, columns).dated_by(documents(&rows))
}

fn number<'a, R>(of: impl Fn(&R) -> &Document + 'a) -> Column<'a, R> {
    column("measure", Kind::Integer, both("มาตรการที่", "Measure"), move |row: &R| of(row).number)
}

fn list<'a, R>(
    name: &'static str,
    title: crate::diagnostic::Text<&'static str>,
    of: impl Fn(&R) -> &Vec<Spanned<String>> + 'a,
) -> Column<'a, R> {
    column(name, Kind::List, title, move |row: &R| of(row).iter().map(|text| text.value.clone()).collect::<Vec<_>>())
}

fn words(text: Option<&Spanned<String>>) -> Option<String> {
    text.map(|text| text.value.clone())
}

/// A reference as it is typed: `indicator:2`.
fn reference(reference: &Reference) -> String {
    match reference {
        Reference::Instrument(code) => code.clone(),
        Reference::Indicator(number) => format!("indicator:{number}"),
        Reference::Code(code) => code.to_string(),
        Reference::Urgent(number) => format!("urgent:{number}"),
    }
}
