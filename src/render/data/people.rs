//! Tables of people and of ways to reach the agency: executives, channels and the steps of handling a report.

use super::table::{Column, Kind, Table, Value, both, column, url};
use super::{documents, example, page_of, updated};
use crate::content::channel::{Channel, ServiceStep};
use crate::content::executive::Executive;
use crate::fields::Contact;
use crate::parse::Document;
use crate::site::Site;

pub(super) fn executives(site: &Site) -> Table {
    type Row<'a> = (u32, &'a Document, &'a Executive);
    let rows: Vec<Row> = (1..).zip(site.executives()).map(|(rank, (document, executive))| (rank, document, executive)).collect();
    let photo = |document: &Document| site.portraits(document).last().map(|largest| site.absolute(&largest.jpeg));
    let columns: Vec<Column<Row>> = vec![
        column("id", Kind::Text, both("รหัส", "Id"), |row: &Row| row.1.slug.as_str().to_owned()),
        column("rank", Kind::Integer, both("ลำดับ", "Rank"), |row: &Row| row.0)
            .about(both("ลำดับที่แสดงบนหน้าเว็บ", "Order on the page")),
        column("name", Kind::Text, both("ชื่อและนามสกุล", "Name and surname"), |row: &Row| {
            row.2.name.value.clone()
        }),
        column("position", Kind::Text, both("ตำแหน่ง", "Position"), |row: &Row| row.2.position.value.clone()),
        column("group", Kind::Text, both("ฝ่าย", "Group"), |row: &Row| row.2.group.word())
            .about(both("political = ฝ่ายการเมือง, permanent = ฝ่ายประจำ", "political = elected, permanent = officials")),
        phone(|row: &Row| row.2.phone.as_ref()),
        tel(|row: &Row| row.2.phone.as_ref()),
        column("email", Kind::Text, both("อีเมล", "E-mail"), |row: &Row| {
            row.2.email.as_ref().map(|email| email.0.clone())
        }),
        column("in_office_since", Kind::Date, both("ดำรงตำแหน่งตั้งแต่", "In office since"), |row: &Row| row.2.since),
        column("photo", Kind::Url, both("รูปถ่าย", "Photo"), move |row: &Row| photo(row.1)),
        page_of(site, |row: &Row| row.1),
        updated(|row: &Row| row.1),
        example(|row: &Row| row.1),
    ];
    let about = both("ผู้บริหารหนึ่งคนต่อหนึ่งแถว", "One executive a row");
    Table::of(("executives", both("ผู้บริหาร", "Executives"), about), &["id"], &rows, columns).dated_by(rows.iter().map(|row| row.1))
}

pub(super) fn channels(site: &Site) -> Table {
    type Row<'a> = (&'a Document, &'a Channel);
    let rows: Vec<Row> = site.all::<Channel>().collect();
    let columns: Vec<Column<Row>> = vec![
        column("id", Kind::Text, both("รหัส", "Id"), |row: &Row| row.0.slug.clone()),
        column("title", Kind::Text, both("ชื่อช่องทาง", "Title"), |row: &Row| row.1.title.clone()),
        column("kind", Kind::Text, both("ใช้สำหรับ", "What it is for"), |row: &Row| row.1.kind.word()).about(both(
            "whistleblower = แจ้งเบาะแสการทุจริต, complaint = ร้องเรียนทั่วไป, question = ถามตอบ, social = สื่อสังคม, contact = ติดต่อ",
            "whistleblower = reports of corruption, complaint = complaints, question = questions, social = social network, contact = contact",
        )),
        column("url", Kind::Url, both("ออนไลน์", "Online"), |row: &Row| row.1.url.as_ref().map(|typed| url(&typed.value.0))),
        phone(|row: &Row| row.1.phone.as_ref().map(|phone| &phone.value)),
        tel(|row: &Row| row.1.phone.as_ref().map(|phone| &phone.value)),
        column("email", Kind::Text, both("อีเมล", "E-mail"), |row: &Row| row.1.email.as_ref().map(|email| email.value.0.clone())),
        column("post", Kind::Text, both("ไปรษณีย์", "By post"), |row: &Row| row.1.post.clone()),
        column("walk_in", Kind::Text, both("มาด้วยตนเอง", "In person"), |row: &Row| row.1.walk_in.clone()),
        column("hours", Kind::Text, both("เวลาทำการ", "Hours"), |row: &Row| row.1.hours.clone()),
        column("anonymous", Kind::Boolean, both("ไม่ต้องบอกชื่อ", "No name is needed"), |row: &Row| {
            row.1.anonymous.as_ref().map(|anonymous| anonymous.value)
        }),
        column("two_way", Kind::Boolean, both("ตอบกลับทางเดียวกัน", "Answers come back"), |row: &Row| row.1.two_way),
        column("protection", Kind::List, both("การคุ้มครองผู้แจ้ง", "Protection"), |row: &Row| {
            row.1.protection.iter().map(|text| text.value.clone()).collect::<Vec<_>>()
        }),
        super::unit(|row: &Row| row.0),
        page_of(site, |row: &Row| row.0),
        updated(|row: &Row| row.0),
        example(|row: &Row| row.0),
    ];
    let about = both("ช่องทางติดต่อหรือแจ้งเรื่องหนึ่งช่องทางต่อหนึ่งแถว", "One way to reach the agency a row");
    Table::of(("channels", both("ช่องทางติดต่อและแจ้งเรื่อง", "Channels"), about), &["id"], &rows, columns).dated_by(documents(&rows))
}

pub(super) fn channel_steps(site: &Site) -> Table {
    type Row<'a> = (&'a Document, u32, &'a ServiceStep);
    let rows: Vec<Row> = site
        .all::<Channel>()
        .flat_map(|(document, channel)| (1..).zip(&channel.steps).map(move |(number, step)| (document, number, step)))
        .collect();
    let columns: Vec<Column<Row>> = vec![
        column("channel", Kind::Text, both("รหัสช่องทาง", "Channel"), |row: &Row| row.0.slug.clone())
            .about(both("ตรงกับ id ของตาราง channels", "The id in the table channels")),
        column("step", Kind::Integer, both("ขั้นตอนที่", "Step"), |row: &Row| row.1),
        column("text", Kind::Text, both("สิ่งที่ทำ", "What happens"), |row: &Row| row.2.text.clone()),
        column("days", Kind::Integer, both("ภายในกี่วัน", "Days at most"), |row: &Row| row.2.days),
        example(|row: &Row| row.0),
    ];
    let about = both("ขั้นตอนจัดการเรื่องที่แจ้งหนึ่งขั้นต่อหนึ่งแถว", "One step of handling a report a row");
    let title = both("ขั้นตอนของช่องทางรับเรื่อง", "Steps of handling reports");
    Table::of(("channel-steps", title, about), &["channel", "step"], &rows, columns).dated_by(rows.iter().map(|row| row.0))
}

/// The number as it is written, from `0` where it was typed from `+66`: a cell that starts with `+` is a sum to a spreadsheet.
fn phone<'a, R>(of: impl Fn(&R) -> Option<&Contact> + 'a) -> Column<'a, R> {
    let national =
        |contact: &Contact| match contact.shown.trim().strip_prefix("+66").map(|rest| rest.trim_start_matches([' ', '-'])) {
            Some(rest) if rest.starts_with(['0', '(']) => rest.to_owned(),
            Some(rest) => format!("0 {rest}"),
            None => contact.shown.clone(),
        };
    column("phone", Kind::Text, both("โทรศัพท์", "Telephone"), move |row: &R| of(row).map(national))
}

/// The number as it is dialled. The scheme in front keeps spreadsheets from reading it as a number.
fn tel<'a, R>(of: impl Fn(&R) -> Option<&Contact> + 'a) -> Column<'a, R> {
    let uri = |contact: &Contact| Value::from(format!("tel:{}", contact.tel));
    column("phone_uri", Kind::Url, both("โทรศัพท์สำหรับโปรแกรม", "Telephone for programs"), move |row: &R| of(row).map(uri))
        .about(both("RFC 3966 มีรหัสประเทศ", "RFC 3966, with the country code"))
}
