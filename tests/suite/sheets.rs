//! Tables in CSV files, workbooks and `OpenDocument`, as messy as offices make them, and what becomes of them to the letter.

use encoding_rs::WINDOWS_874;
use prongsai::desk::sheets;
use rust_xlsxwriter::Workbook;

use crate::office::{EMPTY, Typed, book, expect, into_empty, row, sheet, told, wish_for};
use crate::support::folder;

#[test]
fn csv_of_windows_in_thai() {
    let text = "ที่,ชื่อ-สกุล,ตำแหน่ง,ฝ่าย,อีเมล์\r\n1,นายสมชาย ใจดี,\"นายกเทศมนตรี, รักษาการ\",การเมือง,a@b.go.th\r\n\r\n2,น.ส.สมหญิง รักงาน,ปลัดเทศบาล,ข้าราชการประจำ,\r\n";
    let (bytes, _, is_lossy) = WINDOWS_874.encode(text);
    assert!(!is_lossy);
    expect(
        &into_empty("รายชื่อ", &bytes),
        &[
            "new executives/01-executive-01.md",
            "  name = นายสมชาย ใจดี",
            "  position = นายกเทศมนตรี, รักษาการ",
            "  group = political",
            "  email = a@b.go.th",
            "new executives/02-executive-02.md",
            "  name = น.ส.สมหญิง รักงาน",
            "  position = ปลัดเทศบาล",
            "  group = permanent",
        ],
    );
}

#[test]
fn csv_of_two_bytes_a_letter_with_tabs() {
    let text =
        "\u{feff}No.\tFull name\tJob title\tgroup\tPhone\tE-mail\n1\tMr Somchai Jaidee\tMayor\tPolitical\t042123456\ta@b.go.th\n";
    for bytes in [
        text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ] {
        expect(
            &into_empty("export", &bytes),
            &[
                "new executives/01-mr-somchai-jaidee.md",
                "  name = Mr Somchai Jaidee",
                "  position = Mayor",
                "  group = political",
                "  phone = 042123456",
                "  email = a@b.go.th",
            ],
        );
    }
}

#[test]
fn csv_with_semicolons_line_breaks_and_sep() {
    let table =
        "ชื่อ-สกุล;\"ตำแหน่ง\";ฝ่าย;โทรศัพท์\n\"นายสมชาย\nใจดี\";\"นายก\"\"ทต.\"\"\";การเมือง;'042 123 456\n\nนางสมหญิง รักงาน;ปลัด;x;0\n";
    expect(
        &into_empty("a", format!("\u{feff}{table}").as_bytes()),
        &[
            "new executives/01-executive-01.md",
            "  name = นายสมชาย ใจดี",
            "  position = นายก\"ทต.\"",
            "  group = political",
            "  phone = 042 123 456",
            "new executives/02-executive-02.md",
            "  name = นางสมหญิง รักงาน",
            "  position = ปลัด",
            "  group = x",
            "  phone = 0",
            "problem row 3, column C: `x` is not a value for this field (type one of: political, permanent)",
            "problem row 3, column D: `0` is not a number that can be called (type a telephone number, like 0 4212 3456)",
        ],
    );
    let named = format!("sep=|\r\n{}", table.replace(';', "|").replace('\n', "\r\n"));
    let told = into_empty("a", named.as_bytes());
    assert_eq!(told.len(), into_empty("a", table.as_bytes()).len(), "{told:?}");
}

#[test]
fn columns_twice_unknown_misspelt_and_hidden() {
    let mut workbook = Workbook::new();
    let rows = [
        row!["ตำแหน่ง", "หมายเหตุภายใน", "ชื่อ-สกุล", "โทรศัพท์", "มือถือ", "อีเมลย์ราชการ", "ฝ่าย", "อีเมลลล์"],
        row!["ปลัด", "ลาออกสิ้นปี", "นายสมชาย ใจดี", "042123456", "0812345678", "", "ประจำ", "a@b.go.th"],
    ];
    sheet(&mut workbook, "ผู้บริหาร", &rows, &[]).set_column_hidden(6).expect("hidden");
    sheet(&mut workbook, "ของเดิม", &[row!["ชื่อ-สกุล", "ตำแหน่ง"], row!["นายเก่า แก่", "ปลัด"]], &[]).set_hidden(true);
    let bytes = workbook.save_to_buffer().expect("a workbook");
    expect(
        &into_empty("a", &bytes),
        &[
            "new executives/01-executive-01.md",
            "  name = นายสมชาย ใจดี",
            "  position = ปลัด",
            "  group = permanent",
            "  phone = 042123456",
            "note sheet ผู้บริหาร, row 1, column B: the column `หมายเหตุภายใน` is not used",
            "note sheet ผู้บริหาร, row 1, column E: the column `มือถือ` is not used, for another one before it says the same",
            "note sheet ผู้บริหาร, row 1, column H: the column `อีเมลลล์` is not used (if you mean อีเมล, change the head of the column)",
        ],
    );
    assert_eq!(sheets::read(&bytes).expect("read").1, ["ของเดิม"]);
}

#[test]
fn the_head_again_on_every_page() {
    let head = || row!["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "ฝ่าย"];
    let rows = [head(), row!["1", "ก กก", "นายก", "การเมือง"], row![], head(), row!["2", "ข ขข", "ปลัด", "ประจำ"]];
    expect(
        &into_empty("a", &book("Sheet1", &rows, &[])),
        &[
            "new executives/01-executive-01.md",
            "  name = ก กก",
            "  position = นายก",
            "  group = political",
            "new executives/02-executive-02.md",
            "  name = ข ขข",
            "  position = ปลัด",
            "  group = permanent",
        ],
    );
}

#[test]
fn a_sheet_for_each_side_and_one_without_a_table() {
    let mut workbook = Workbook::new();
    sheet(&mut workbook, "ฝ่ายการเมือง", &[row!["ชื่อ-สกุล", "ตำแหน่ง"], row!["นายสมชาย ใจดี", "นายก อบต."]], &[]);
    sheet(&mut workbook, "ฝ่ายประจำ", &[row!["ชื่อ-สกุล", "ตำแหน่ง"], row!["นายหมาย มั่นคง", "ปลัด อบต."]], &[]);
    sheet(&mut workbook, "คำชี้แจง", &[row!["กรอกทุกช่อง"]], &[]);
    expect(
        &into_empty("a", &workbook.save_to_buffer().expect("a workbook")),
        &[
            "new executives/01-executive-01.md",
            "  name = นายสมชาย ใจดี",
            "  position = นายก อบต.",
            "  group = political",
            "new executives/02-executive-02.md",
            "  name = นายหมาย มั่นคง",
            "  position = ปลัด อบต.",
            "  group = permanent",
            "note no table that is known in the sheet คำชี้แจง",
        ],
    );
}

#[test]
fn what_cannot_be_told_is_asked() {
    let none = book("Sheet1", &[row!["ก", "ข"], row!["1", "2"]], &[]);
    expect(
        &into_empty("a", &none),
        &[
            "problem no row with heads of columns that are known (say what it is, as in prongsai import executives FILE, or see the heads with prongsai export)",
        ],
    );
    expect(
        &told(folder(EMPTY).path(), "a", &none, &wish_for("executives")),
        &[
            "problem no row with heads of columns that are known (name the columns, such as order, name and surname, position, side, telephone, e-mail, file (leave it))",
        ],
    );
    let two = book("Sheet1", &[row!["ชื่อเรื่อง", "รายละเอียด", "หน่วยงานเจ้าของข้อมูล"], row!["ก", "ข", "ค"]], &[]);
    expect(
        &into_empty("a", &two),
        &["problem sheet Sheet1, row 1: this table can be news as well as channels (name it: prongsai import news FILE)"],
    );
    let far = book("Sheet1", &[row!["ชื่อ-สกุล", "ตำแหน่ง"], vec![Typed::from(""); 300].into_iter().chain(row!["x"]).collect()], &[]);
    assert!(sheets::read(&far).expect_err("too wide").en.contains("256 columns"));
    for bytes in [&b"PK\x03\x04 cut off"[..], b"\xD0\xCF\x11\xE0 cut off", b"", b"\x00\x01\x02"] {
        assert!(sheets::read(bytes).is_err(), "{bytes:?}");
    }
}

#[test]
fn posts_and_channels() {
    let news = book(
        "ข่าว",
        &[
            row!["วันที่", "หัวข้อข่าว", "เนื้อหา"],
            row![(2566, 4, 20), "ซ้อมแผนรับน้ำท่วม", "ย่อหน้าแรก\n\nย่อหน้าสอง"],
            row!["21 เม.ย. 66", "No Gift Policy", ""],
        ],
        &[],
    );
    expect(
        &into_empty("a", &news),
        &[
            "new news/2023-04-20-news.md",
            "  title = ซ้อมแผนรับน้ำท่วม",
            "  date = 20 เมษายน 2566",
            "  @body = ย่อหน้าแรก||ย่อหน้าสอง",
            "new news/2023-04-21-no-gift-policy.md",
            "  title = No Gift Policy",
            "  date = 21 เม.ย. 66",
        ],
    );
    let channels = book(
        "ช่องทาง",
        &[
            row!["ช่องทาง", "ประเภท", "สายด่วน", "เว็บไซต์", "ไม่ต้องระบุชื่อ"],
            row!["แจ้งเบาะแสการทุจริต", "แจ้งเบาะแส", 1567.0, "https://a.go.th/", "ใช่"],
        ],
        &[],
    );
    expect(
        &into_empty("a", &channels),
        &[
            "new channels/whistleblower.md",
            "  title = แจ้งเบาะแสการทุจริต",
            "  kind = whistleblower",
            "  url = https://a.go.th/",
            "  phone = 1567",
            "  anonymous = true",
        ],
    );
}

/// A sheet of `OpenDocument`, as `LibreOffice` writes it.
#[test]
fn open_document() {
    use std::io::Write as _;
    let cell = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
    let line = |cells: &[&str]| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(|text| cell(text)).collect::<String>())
    };
    let day = "<table:table-cell office:value-type=\"date\" office:date-value=\"2021-12-28\"><text:p>28/12/64</text:p></table:table-cell>";
    let rows = line(&["ชื่อ-สกุล", "ตำแหน่ง", "ฝ่าย", "ดำรงตำแหน่งตั้งแต่"])
        + &line(&["นายสมชาย ใจดี", "นายก อบต.", "การเมือง"]).replace("</table:table-row>", &format!("{day}</table:table-row>"));
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"แผ่น1\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    for (name, text) in [("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", content.as_str())] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    let bytes = zip.finish().expect("a file").into_inner();
    expect(
        &into_empty("a", &bytes),
        &[
            "new executives/01-executive-01.md",
            "  name = นายสมชาย ใจดี",
            "  position = นายก อบต.",
            "  group = political",
            "  since = 28 ธันวาคม 2564",
        ],
    );
}
