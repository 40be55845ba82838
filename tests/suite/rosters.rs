//! Lists of people in workbooks, as messy as offices make them, and what becomes of them to the letter.

use std::fs;

use prongsai::desk::sheets::Wish;

use crate::office::{EMPTY, Typed, book, carry_out, expect, into_empty, lines, plan, row, told, wish};
use crate::support::folder;

const MAYOR: &str = "-- content/executives/01-mayor.md --
+++
# ตรวจแล้ว
name = \"นายสมชาย ใจดี\" # ท่านนายก
position = \"นายกเทศมนตรี\"
group = \"political\"
phone = \"0 4212 3456\"
since = \"28 ธ.ค. 2564\"
+++
ประวัติ
-- content/executives/02-clerk.md --
+++
name = \"นางสาวสมหญิง รักงาน\"
position = \"ปลัดเทศบาล\"
group = \"permanent\"
email = \"clerk@example.go.th\"
+++
";

#[test]
fn titles_above_empty_rows_and_a_signature_below() {
    let bytes = book(
        "Sheet1",
        &[
            row!["ทำเนียบผู้บริหาร"],
            row!["เทศบาลตำบลตัวอย่าง ปีงบประมาณ พ.ศ. 2566"],
            row![],
            row!["ที่", "ชื่อ - นามสกุล ", "ตำแหน่ง\u{a0}", "ฝ่าย", "เบอร์โทร", "หมายเหตุ"],
            row![1.0, "นายสมชาย  ใจดี ", "\u{a0}นายกเทศมนตรี", "การเมือง", "0-4212-3456", ""],
            row![],
            row![2.0, "นางสาวสมหญิง\u{a0}รักงาน", "ปลัดเทศบาล\n", "ฝ่ายประจำ ", "-", ""],
            row![],
            row!["", "", "(ลงชื่อ) .................... ผู้รายงาน"],
            row!["", "", "(นายสมชาย ใจดี)"],
        ],
        &[(0, 0, 0, 5), (1, 0, 1, 5)],
    );
    expect(
        &into_empty("ผู้บริหาร 2566", &bytes),
        &[
            "new executives/01-executive-01.md",
            "  name = นายสมชาย ใจดี",
            "  position = นายกเทศมนตรี",
            "  group = political",
            "  phone = 0-4212-3456",
            "new executives/02-executive-02.md",
            "  name = นางสาวสมหญิง รักงาน",
            "  position = ปลัดเทศบาล",
            "  group = permanent",
            "note sheet Sheet1, row 9: nothing is read from this row on: it is a signature",
        ],
    );
}

#[test]
fn a_head_of_two_rows() {
    let bytes = book(
        "รายชื่อ",
        &[
            row!["ลำดับ", "ชื่อ-สกุล", "", "", "ตำแหน่ง", "ติดต่อ", "", "ฝ่าย"],
            row!["", "คำนำหน้า", "ชื่อ", "สกุล", "", "โทร.", "E-mail", ""],
            row!["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
            row!["๑", "นาย", "สมชาย", "ใจดี", "นายก อบต.", "๐ ๔๒๑๒ ๓๔๕๖", "a@b.go.th", "การเมือง"],
            row!["๒", "ว่าที่ ร.ต.", "สมหญิง", "รักงาน", "ปลัด อบต.", "08-1234-5678", "", "ประจำ"],
        ],
        &[(0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 1, 4), (0, 5, 0, 6), (0, 7, 1, 7)],
    );
    expect(
        &into_empty("a", &bytes),
        &[
            "new executives/01-executive-01.md",
            "  name = นายสมชาย ใจดี",
            "  position = นายก อบต.",
            "  group = political",
            "  phone = ๐ ๔๒๑๒ ๓๔๕๖",
            "  email = a@b.go.th",
            "new executives/02-executive-02.md",
            "  name = ว่าที่ ร.ต.สมหญิง รักงาน",
            "  position = ปลัด อบต.",
            "  group = permanent",
            "  phone = 08-1234-5678",
        ],
    );
}

#[test]
fn telephone_numbers_that_became_numbers() {
    let bytes = book(
        "executives",
        &[
            row!["ที่", "ชื่อ-นามสกุล", "ตำแหน่ง", "ฝ่าย", "มือถือ"],
            row!["1", "ก กก", "นายก", "political", 812_345_678.0],
            row!["2", "ข ขข", "ปลัด", "permanent", 42_123_456.0],
            row!["3", "ค คค", "รองปลัด", "permanent", "812345678"],
            row!["4", "ง งง", "ผอ.", "permanent", 1567.0],
        ],
        &[],
    );
    expect(
        &into_empty("a", &bytes),
        &[
            "new executives/01-executive-01.md",
            "  name = ก กก",
            "  position = นายก",
            "  group = political",
            "  phone = 0812345678",
            "new executives/02-executive-02.md",
            "  name = ข ขข",
            "  position = ปลัด",
            "  group = permanent",
            "  phone = 042123456",
            "new executives/03-executive-03.md",
            "  name = ค คค",
            "  position = รองปลัด",
            "  group = permanent",
            "  phone = 0812345678",
            "new executives/04-executive-04.md",
            "  name = ง งง",
            "  position = ผอ.",
            "  group = permanent",
            "  phone = 1567",
        ],
    );
}

#[test]
fn sides_as_headings_with_numbers_that_begin_anew() {
    let bytes = book(
        "ทำเนียบ",
        &[
            row!["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "โทรศัพท์"],
            row!["คณะผู้บริหาร (ฝ่ายการเมือง)"],
            row![1.0, "นายสมชาย ใจดี", "นายก อบต.", ""],
            row!["ฝ่ายประจำ"],
            row![1.0, "นางสมหญิง รักงาน", "ปลัด อบต.", "042-123456"],
            row![2.0, "นายหมาย มั่นคง", "รองปลัด อบต.", ""],
            row!["รวมทั้งสิ้น 3 คน"],
            row!["หมายเหตุ ข้อมูล ณ เดือนเมษายน"],
        ],
        &[(1, 0, 1, 3), (3, 0, 3, 3), (6, 0, 6, 3), (7, 0, 7, 3)],
    );
    expect(
        &into_empty("a", &bytes),
        &[
            "new executives/01-executive-01.md",
            "  name = นายสมชาย ใจดี",
            "  position = นายก อบต.",
            "  group = political",
            "new executives/02-executive-02.md",
            "  name = นางสมหญิง รักงาน",
            "  position = ปลัด อบต.",
            "  group = permanent",
            "  phone = 042-123456",
            "new executives/03-executive-03.md",
            "  name = นายหมาย มั่นคง",
            "  position = รองปลัด อบต.",
            "  group = permanent",
            "note sheet ทำเนียบ, row 7: the row of totals `รวมทั้งสิ้น 3 คน` is not used",
            "note sheet ทำเนียบ, row 8: the row `หมายเหตุ ข้อมูล ณ เดือนเมษายน` is not used",
        ],
    );
}

#[test]
fn days_of_either_era_typed_or_counted() {
    let row = |order: f64, name: &str, since: Typed| {
        let mut row = row![order, name, "ผอ.", "ประจำ"];
        row.push(since);
        row
    };
    let bytes = book(
        "executives",
        &[
            row!["ลำดับที่", "ชื่อและสกุล", "ตำแหน่ง", "ฝ่าย", "วันที่ดำรงตำแหน่ง"],
            row(1.0, "ก กก", (2021, 12, 28).into()),
            row(2.0, "ข ขข", (2564, 12, 28).into()),
            row(3.0, "ค คค", 44_558.0.into()),
            row(4.0, "ง งง", "๒๘ ธ.ค. ๖๔".into()),
            row(5.0, "จ จจ", "28/12/2564".into()),
            row(6.0, "ฉ ฉฉ", "28/12/2021".into()),
            row(7.0, "ช ชช", "31 เมษายน 2564".into()),
        ],
        &[],
    );
    expect(
        &into_empty("a", &bytes),
        &[
            "new executives/01-executive-01.md",
            "  name = ก กก",
            "  position = ผอ.",
            "  group = permanent",
            "  since = 28 ธันวาคม 2564",
            "new executives/02-executive-02.md",
            "  name = ข ขข",
            "  position = ผอ.",
            "  group = permanent",
            "  since = 28 ธันวาคม 2564",
            "new executives/03-executive-03.md",
            "  name = ค คค",
            "  position = ผอ.",
            "  group = permanent",
            "  since = 28 ธันวาคม 2564",
            "new executives/04-executive-04.md",
            "  name = ง งง",
            "  position = ผอ.",
            "  group = permanent",
            "  since = ๒๘ ธ.ค. ๖๔",
            "new executives/05-executive-05.md",
            "  name = จ จจ",
            "  position = ผอ.",
            "  group = permanent",
            "  since = 28/12/2564",
            "new executives/06-executive-06.md",
            "  name = ฉ ฉฉ",
            "  position = ผอ.",
            "  group = permanent",
            "  since = 28/12/2021",
            "new executives/07-executive-07.md",
            "  name = ช ชช",
            "  position = ผอ.",
            "  group = permanent",
            "  since = 31 เมษายน 2564",
            "problem sheet executives, row 7, column E: 2021 is a year of the Christian Era; this field takes พ.ศ. (type a date, like 20 เมษายน 2566)",
            "problem sheet executives, row 8, column E: there is no such day as 31 เมษายน 2564 (type a date, like 20 เมษายน 2566)",
        ],
    );
}

#[test]
fn what_is_there_is_changed_and_nothing_is_lost() {
    let site = folder(MAYOR);
    let bytes = book(
        "executives",
        &[
            row!["ชื่อ-สกุล", "ตำแหน่ง", "โทร", "อีเมล", "ดำรงตำแหน่งตั้งแต่"],
            row!["สมชาย ใจดี", "นายกเทศมนตรี", "042-123-456", "mayor@example.go.th", (2021, 12, 28)],
        ],
        &[],
    );
    expect(
        &told(site.path(), "executives", &bytes, &wish()),
        &["changed executives/01-mayor.md", "  email = mayor@example.go.th", "stays executives/02-clerk.md"],
    );
    carry_out(site.path(), &plan(site.path(), "executives", &bytes, &wish()));
    let text = fs::read_to_string(site.path().join("content/executives/01-mayor.md")).expect("a file");
    let expected = "+++\n# ตรวจแล้ว\nname = \"นายสมชาย ใจดี\" # ท่านนายก\nposition = \"นายกเทศมนตรี\"\ngroup = \"political\"\nphone = \"0 4212 3456\"\nsince = \"28 ธ.ค. 2564\"\nemail = \"mayor@example.go.th\"\n+++\nประวัติ\n";
    assert_eq!(text, expected);
    let clear = Wish { clear: true, ..wish() };
    let bytes = book("executives", &[row!["ชื่อ-สกุล", "ตำแหน่ง", "โทร"], row!["สมชาย ใจดี", "", ""]], &[]);
    expect(
        &told(site.path(), "executives", &bytes, &clear),
        &["changed executives/01-mayor.md", "  phone = 0 4212 3456 -> ", "stays executives/02-clerk.md"],
    );
}

#[test]
fn cells_that_are_wrong_are_told_and_rows_can_be_left_out() {
    let rows = [
        row!["ชื่อ-สกุล", "ตำแหน่ง", "ฝ่าย", "โทรศัพท์", "อีเมล", "ไฟล์"],
        row!["นายก กก", "นายก", "การเมืองท้องถิ่น", "0421", "a@b", ""],
        row!["นายข ขข", "", "ประจำ", "042123456", "", ""],
        row!["นายค คค", "ผอ.", "ประจำ", Typed::Broken("#REF!"), "", ""],
        row!["นายง งง", "ผอ.", "ประจำ", "", "", "../../x.md"],
        row!["นายจ จจ", "ผอ.", "ประจำ", "", "", ""],
        row!["นาย จ  จจ", "ผอ. ", "ประจำ", "", "", ""],
    ];
    let bytes = book("executives", &rows, &[]);
    let site = folder(EMPTY);
    expect(
        &told(site.path(), "a", &bytes, &wish()),
        &[
            "new executives/01-executive-01.md",
            "  name = นายก กก",
            "  position = นายก",
            "  group = การเมืองท้องถิ่น",
            "  phone = 0421",
            "  email = a@b",
            "new executives/02-executive-02.md",
            "  name = นายข ขข",
            "  group = permanent",
            "  phone = 042123456",
            "new executives/03-executive-03.md",
            "  name = นายค คค",
            "  position = ผอ.",
            "  group = permanent",
            "new executives/04-executive-04.md",
            "  name = นายจ จจ",
            "  position = ผอ.",
            "  group = permanent",
            "problem sheet executives, row 2, column C: `การเมืองท้องถิ่น` is not a value for this field (type one of: political, permanent)",
            "problem sheet executives, row 2, column D: `0421` is not a number that can be called (type a telephone number, like 0 4212 3456)",
            "problem sheet executives, row 2, column E: `a@b` is not an e-mail address (type an e-mail address, like name@example.go.th)",
            "problem sheet executives, row 3, column B: position is not filled in",
            "problem sheet executives, row 4, column D: the cell has the error #REF! (type the value instead of the formula)",
            "problem sheet executives, row 5, column F: `../../x.md` cannot be the name of a file, or another row has it (empty the cell; a name is given then)",
            "problem sheet executives, row 7: this row is about the same as sheet executives, row 6 (keep one of them)",
        ],
    );
    expect(
        &told(site.path(), "a", &bytes, &Wish { skip_bad_rows: true, ..wish() }),
        &[
            "new executives/01-executive-01.md",
            "  name = นายจ จจ",
            "  position = ผอ.",
            "  group = permanent",
            "note sheet executives, row 2, column C: this row is left out: `การเมืองท้องถิ่น` is not a value for this field (type one of: political, permanent)",
            "note sheet executives, row 2, column D: this row is left out: `0421` is not a number that can be called (type a telephone number, like 0 4212 3456)",
            "note sheet executives, row 2, column E: this row is left out: `a@b` is not an e-mail address (type an e-mail address, like name@example.go.th)",
            "note sheet executives, row 3, column B: this row is left out: position is not filled in",
            "note sheet executives, row 4, column D: this row is left out: the cell has the error #REF! (type the value instead of the formula)",
            "note sheet executives, row 5, column F: this row is left out: `../../x.md` cannot be the name of a file, or another row has it (empty the cell; a name is given then)",
            "note sheet executives, row 7: this row is left out: this row is about the same as sheet executives, row 6 (keep one of them)",
        ],
    );
}

#[test]
fn a_plan_that_is_carried_out_leaves_nothing_to_do() {
    let site = folder(MAYOR);
    let rows = [row!["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "ฝ่าย"], row!["3", "นายใหม่ มาแล้ว", "ผอ.กองคลัง", "ประจำ"]];
    let bytes = book("executives", &rows, &[]);
    carry_out(site.path(), &plan(site.path(), "a", &bytes, &wish()));
    let again = plan(site.path(), "a", &bytes, &wish());
    assert!(again.changes().is_empty(), "{:?}", lines(&again));
}

#[test]
fn somebody_else_in_a_post_is_told() {
    let site = folder(MAYOR);
    let rows = [row!["ที่", "ชื่อ-สกุล", "ตำแหน่ง"], row!["2", "นายใหม่ มาแล้ว", "ปลัด เทศบาล"]];
    expect(
        &told(site.path(), "a", &book("executives", &rows, &[]), &wish()),
        &[
            "changed executives/02-clerk.md",
            "  name = นางสาวสมหญิง รักงาน -> นายใหม่ มาแล้ว",
            "  position = ปลัดเทศบาล -> ปลัด เทศบาล",
            "stays executives/01-mayor.md",
            "note sheet executives, row 2: นายใหม่ มาแล้ว takes the place of นางสาวสมหญิง รักงาน, but e-mail are still those of the one before (fill them in, or take them out of content/executives/02-clerk.md)",
        ],
    );
}
