//! Tables of the assessments' results, all years in one: totals, instruments, indicators, questions and their parts, items.

use rust_decimal::Decimal;

use super::table::{Column, Kind, Table, both, column};
use super::{documents, example, page_of, updated, year};
use crate::catalog::ita;
use crate::content::results::{Indicator, Instrument, Results};
use crate::parse::Document;
use crate::site::Site;
use crate::thai::FiscalYear;

/// A result and one row of it.
type Of<'a, T> = (&'a Document, FiscalYear, T);

pub(super) fn totals(site: &Site) -> Table {
    type Row<'a> = (&'a Document, &'a Results);
    let rows = all(site);
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| Some(row.1.fiscal_year.value)),
        column("total", Kind::Number, both("คะแนนรวม", "Total score"), |row: &Row| row.1.total.value)
            .about(both("0–100", "0–100")),
        column("grade", Kind::Text, both("ระดับ", "Grade"), |row: &Row| row.1.grade.value.clone()),
        column("pass_line", Kind::Number, both("เกณฑ์ผ่าน", "Pass line"), |row: &Row| {
            ita().pass_line(row.1.fiscal_year.value)
        }),
        column("statement", Kind::Text, both("ผลโดยสรุป", "The result in a sentence"), |row: &Row| {
            row.1.statement.clone()
        }),
        column("source", Kind::Text, both("แหล่งที่มา", "Source"), |row: &Row| row.1.source.clone()),
        page_of(site, |row: &Row| row.0),
        updated(|row: &Row| row.0),
        example(|row: &Row| row.0),
    ];
    let about = both("ผลการประเมิน ITA หนึ่งปีต่อหนึ่งแถว", "The ITA result of one year a row");
    Table::of(("results", both("ผลการประเมิน ITA", "ITA results"), about), &["fiscal_year_be"], &rows, columns)
        .dated_by(documents(&rows))
}

pub(super) fn instruments(site: &Site) -> Table {
    type Row<'a> = Of<'a, &'a Instrument>;
    let rows = rows(site, |results| results.instruments.iter().collect());
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| Some(row.1)),
        column("instrument", Kind::Text, both("รหัสเครื่องมือ", "Instrument"), |row: &Row| {
            row.2.code.value.clone()
        }),
        column("name", Kind::Text, both("ชื่อเครื่องมือ", "Name"), |row: &Row| row.2.name.clone()),
        column(
            "weight_percent",
            Kind::Number,
            both("น้ำหนักร้อยละ", "Weight in per cent"),
            |row: &Row| ita().weight(row.1, &row.2.code.value),
        ),
        score(|row: &Row| row.2.score.value),
    ];
    let title = both("คะแนนตามเครื่องมือประเมิน", "Scores by instrument");
    let about = both("คะแนนของเครื่องมือหนึ่งในหนึ่งปีต่อหนึ่งแถว", "One instrument in one year a row");
    finish(Table::of(("results-instruments", title, about), &["fiscal_year_be", "instrument"], &rows, columns), site)
}

pub(super) fn indicators(site: &Site) -> Table {
    type Row<'a> = Of<'a, &'a Indicator>;
    let rows = rows(site, |results| results.indicators.iter().collect());
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| Some(row.1)),
        column("indicator", Kind::Integer, both("ตัวชี้วัดที่", "Indicator"), |row: &Row| {
            row.2.number.value
        }),
        column("name", Kind::Text, both("ชื่อตัวชี้วัด", "Name"), |row: &Row| row.2.name.value.clone()),
        column("instrument", Kind::Text, both("รหัสเครื่องมือ", "Instrument"), |row: &Row| {
            row.2.instrument.value.clone()
        }),
        column("rank", Kind::Integer, both("อันดับ", "Rank"), |row: &Row| row.2.rank.as_ref().map(|rank| rank.value))
            .about(both("1 = คะแนนมากที่สุด", "1 = the best")),
        score(|row: &Row| row.2.score.value),
    ];
    let title = both("คะแนนตามตัวชี้วัด", "Scores by indicator");
    let about = both("คะแนนของตัวชี้วัดหนึ่งในหนึ่งปีต่อหนึ่งแถว", "One indicator in one year a row");
    finish(Table::of(("results-indicators", title, about), &["fiscal_year_be", "indicator"], &rows, columns), site)
}

/// A question, or one of its parts.
struct Asked<'a> {
    code: String,
    /// From 1 in the order printed; 0 for the question itself.
    part: u32,
    indicator: u32,
    belongs_to: Option<u32>,
    text: &'a str,
    score: Decimal,
}

pub(super) fn questions(site: &Site) -> Table {
    type Row<'a> = Of<'a, Asked<'a>>;
    let rows = rows(site, |results| {
        let asked = results.questions.iter().flat_map(|question| {
            let (code, indicator) = (question.code.value.to_string(), question.indicator.value);
            let belongs_to = site.indicator_of(results.fiscal_year.value, question.code.value);
            let part_code = code.clone();
            let whole = Asked { code, part: 0, indicator, belongs_to, text: &question.text, score: question.score.value };
            let parts = (1..).zip(&question.parts).map(move |(part, row)| Asked {
                code: part_code.clone(),
                part,
                indicator,
                belongs_to,
                text: &row.text,
                score: row.score,
            });
            std::iter::once(whole).chain(parts)
        });
        asked.collect()
    });
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| Some(row.1)),
        column("question", Kind::Text, both("รหัสข้อคำถาม", "Code"), |row: &Row| row.2.code.clone()),
        column("part", Kind::Integer, both("ข้อย่อยที่", "Part"), |row: &Row| row.2.part)
            .about(both("0 = ทั้งข้อ", "0 = the question as a whole")),
        column("text", Kind::Text, both("ข้อคำถาม", "Question"), |row: &Row| row.2.text),
        column("indicator", Kind::Integer, both("ตัวชี้วัดที่", "Indicator"), |row: &Row| {
            row.2.indicator
        }),
        by_form(|row: &Row| row.2.belongs_to),
        score(|row: &Row| row.2.score),
    ];
    let title = both("คะแนนรายข้อคำถาม", "Scores by question");
    let about = both(
        "คะแนนของข้อคำถามหรือข้อย่อยหนึ่งต่อหนึ่งแถว เฉพาะข้อที่มีในเอกสาร",
        "One question or part a row; only those that the document prints",
    );
    finish(Table::of(("results-questions", title, about), &["fiscal_year_be", "question", "part"], &rows, columns), site)
}

/// A sub-indicator or item of the form with a score.
struct Scored<'a> {
    code: String,
    indicator: Option<u32>,
    belongs_to: Option<u32>,
    text: Option<&'a str>,
    score: Decimal,
}

pub(super) fn items(site: &Site) -> Table {
    type Row<'a> = Of<'a, Scored<'a>>;
    let rows = rows(site, |results| {
        let subs = results.subs.iter().map(|row| Scored {
            code: row.id.value.clone(),
            indicator: row.id.value.split('.').next().and_then(|number| number.parse().ok()),
            belongs_to: None,
            text: row.name.as_deref(),
            score: row.score.value,
        });
        let items = results.items.iter().map(|row| Scored {
            code: row.code.value.to_string(),
            indicator: Some(row.indicator.value),
            belongs_to: site.indicator_of(results.fiscal_year.value, row.code.value),
            text: Some(&row.text),
            score: row.score.value,
        });
        subs.chain(items).collect()
    });
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| Some(row.1)),
        column("item", Kind::Text, both("รหัส", "Code"), |row: &Row| row.2.code.clone())
            .about(both("ข้อ OIT เช่น O2 หรือตัวชี้วัดย่อย เช่น 9.1", "An item such as O2, or a sub-indicator such as 9.1")),
        column("title", Kind::Text, both("รายการ", "Title"), |row: &Row| row.2.text),
        column("indicator", Kind::Integer, both("ตัวชี้วัดที่", "Indicator"), |row: &Row| {
            row.2.indicator
        }),
        by_form(|row: &Row| row.2.belongs_to),
        score(|row: &Row| row.2.score),
    ];
    let title = both("คะแนนรายข้อของแบบตรวจ OIT", "Scores by OIT item");
    let about = both(
        "คะแนนของข้อหรือตัวชี้วัดย่อยหนึ่งต่อหนึ่งแถว เฉพาะข้อที่มีในเอกสาร",
        "One item or sub-indicator a row; only those that the document prints",
    );
    finish(Table::of(("results-items", title, about), &["fiscal_year_be", "item"], &rows, columns), site)
}

fn by_form<'a, R>(of: impl Fn(&R) -> Option<u32> + 'a) -> Column<'a, R> {
    column("indicator_by_form", Kind::Integer, both("ตัวชี้วัดที่ตามแบบ", "Indicator by the form"), of).about(both(
        "ตัวชี้วัดของข้อนี้ตามแบบของปีนั้น ต่างจากที่พิมพ์ได้หากเอกสารพิมพ์ผิด",
        "Where it belongs by the form of the year; the document may print another by mistake",
    ))
}

fn score<'a, R>(of: impl Fn(&R) -> Decimal + 'a) -> Column<'a, R> {
    column("score", Kind::Number, both("คะแนน", "Score"), of).about(both("0–100", "0–100"))
}

/// The results, oldest first.
fn all(site: &Site) -> Vec<(&Document, &Results)> {
    let mut all: Vec<_> = site.all::<Results>().collect();
    all.sort_by_key(|(_, results)| results.fiscal_year.value);
    all
}

fn rows<'a, T>(site: &'a Site, of: impl Fn(&'a Results) -> Vec<T>) -> Vec<Of<'a, T>> {
    let one = |(document, results): (&'a Document, &'a Results)| {
        let year = results.fiscal_year.value;
        of(results).into_iter().map(move |row| (document, year, row)).collect::<Vec<_>>()
    };
    all(site).into_iter().flat_map(one).collect()
}

fn finish(table: Table, site: &Site) -> Table {
    table.dated_by(site.all::<Results>().map(|(document, _)| document))
}
