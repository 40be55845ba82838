//! Tables of what else the site has: news, surveys, files to download, pages.

use jiff::civil::Date;
use rayon::prelude::*;

use super::table::{Column, Kind, Table, Value, both, column, url};
use super::{attached, documents, example, page_of, unit, updated, year};
use crate::content::Attachment;
use crate::content::news::News;
use crate::content::survey::Survey;
use crate::parse::Document;
use crate::render::show::attachments;
use crate::render::updated::updated_of;
use crate::site::Site;
use crate::site::url::{UrlPath, asset, link_to_asset};

pub(super) fn news(site: &Site) -> Table {
    type Row<'a> = (&'a Document, &'a News);
    let rows: Vec<Row> = site.posts().collect();
    let columns: Vec<Column<Row>> = vec![
        column("id", Kind::Text, both("รหัส", "Id"), |row: &Row| row.0.slug.clone()),
        column("date", Kind::Date, both("วันที่", "Day"), |row: &Row| row.1.date),
        column("title", Kind::Text, both("หัวข้อข่าว", "Title"), |row: &Row| row.1.title.clone()),
        column("summary", Kind::Text, both("สรุป", "Summary"), |row: &Row| row.1.summary.clone()),
        column("files", Kind::List, both("เอกสาร", "Documents"), |row: &Row| {
            attached(site, row.0, &row.1.attachments)
        })
        .about(both("URL ของไฟล์", "URLs of files")),
        unit(|row: &Row| row.0),
        page_of(site, |row: &Row| row.0),
        updated(|row: &Row| row.0),
        example(|row: &Row| row.0),
    ];
    let about = both("ข่าวหนึ่งเรื่องต่อหนึ่งแถว ใหม่สุดก่อน", "One post a row, newest first");
    Table::of(("news", both("ข่าว", "News"), about), &["id"], &rows, columns).dated_by(documents(&rows))
}

pub(super) fn surveys(site: &Site) -> Table {
    type Row<'a> = (&'a Document, &'a Survey);
    let rows: Vec<Row> = site.all::<Survey>().collect();
    let columns: Vec<Column<Row>> = vec![
        year(|row: &Row| Some(row.1.fiscal_year.value)),
        column("id", Kind::Text, both("รหัส", "Id"), |row: &Row| row.0.slug.clone()),
        column("title", Kind::Text, both("ชื่อ", "Title"), |row: &Row| row.1.title.clone()),
        column("url", Kind::Url, both("ที่อยู่ของแบบวัด", "Address of the survey"), |row: &Row| url(&row.1.url.value.0)),
        column("opens", Kind::Date, both("วันแรก", "First day"), |row: &Row| {
            row.1.opens.as_ref().map(|day| day.value)
        }),
        column("closes", Kind::Date, both("วันสุดท้าย", "Last day"), |row: &Row| {
            row.1.closes.as_ref().map(|day| day.value)
        }),
        page_of(site, |row: &Row| row.0),
        updated(|row: &Row| row.0),
        example(|row: &Row| row.0),
    ];
    let about = both("แบบวัด EIT หนึ่งปีต่อหนึ่งแถว", "The EIT survey of one year a row");
    Table::of(("surveys", both("แบบวัด EIT", "EIT surveys"), about), &["fiscal_year_be", "id"], &rows, columns)
        .dated_by(documents(&rows))
}

pub(super) fn files(site: &Site) -> Table {
    type Row<'a> = (&'a Document, u32, &'a Attachment);
    let of = |document| -> Vec<Row> {
        let document: &Document = document;
        (1..).zip(attachments(document)).map(|(number, attachment)| (document, number, attachment)).collect()
    };
    let rows: Vec<Row> = site.documents().flat_map(of).collect();
    let found = |row: &Row| {
        let path = asset(row.0, &row.2.file.value)?;
        site.assets.get(&path).map(|asset| (path, asset))
    };
    let page = |row: &Row| crate::site::url::of_document(row.0).0.as_str().to_owned();
    let columns: Vec<Column<Row>> = vec![
        column("document", Kind::Text, both("เอกสารต้นทาง", "Document"), |row: &Row| {
            // A file may have Thai digits in its name.
            Value::Text(row.0.path.as_str().trim_start_matches("content/").to_owned())
        }),
        column("number", Kind::Integer, both("ลำดับ", "Number"), |row: &Row| row.1),
        year(|row: &Row| row.0.year),
        column("title", Kind::Text, both("ชื่อเอกสาร", "Title"), |row: &Row| row.2.title.clone()),
        column("url", Kind::Url, both("ที่อยู่ของไฟล์", "Address of the file"), move |row: &Row| {
            found(row).map(|(path, _)| site.absolute(&link_to_asset(&path)))
        }),
        column("format", Kind::Text, both("ชนิด", "Format"), move |row: &Row| {
            found(row).map(|(path, _)| path.extension())
        }),
        column("bytes", Kind::Integer, both("ขนาดเป็นไบต์", "Size in bytes"), move |row: &Row| {
            found(row).map(|(_, asset)| asset.size)
        }),
        column("pages", Kind::Integer, both("จำนวนหน้า", "Pages"), move |row: &Row| {
            found(row).and_then(|(_, asset)| asset.n_pages())
        }),
        column("page", Kind::Url, both("หน้าเว็บ", "Page"), move |row: &Row| site.absolute(&page(row))),
        example(|row: &Row| row.0),
    ];
    let about = both("ไฟล์ที่แนบหนึ่งไฟล์ต่อหนึ่งแถว", "One attached file a row");
    Table::of(("files", both("เอกสารที่ดาวน์โหลดได้", "Files to download"), about), &["document", "number"], &rows, columns)
        .dated_by(rows.iter().map(|row| row.0))
}

/// Every page with its title.
pub(super) fn pages(site: &Site, titles: &[(&UrlPath, String)]) -> Table {
    type Row<'a> = (&'a UrlPath, &'a str, Option<Date>);
    let rows: Vec<Row> = titles.par_iter().map(|(url, title)| (*url, title.as_str(), updated_of(site, url))).collect();
    let columns: Vec<Column<Row>> = vec![
        column("url", Kind::Url, both("ที่อยู่", "Address"), |row: &Row| site.absolute(row.0.as_str())),
        column("title", Kind::Text, both("ชื่อหน้า", "Title"), |row: &Row| row.1),
        column("updated", Kind::Date, both("ปรับปรุงล่าสุด", "Last update"), |row: &Row| row.2),
    ];
    let about = both("หน้าเว็บหนึ่งหน้าต่อหนึ่งแถว", "One page a row");
    let mut table = Table::of(("pages", both("หน้าเว็บทั้งหมด", "All pages"), about), &["url"], &rows, columns);
    table.updated = rows.iter().filter_map(|row| row.2).max();
    table
}
