//! Tables of measures, progress and results, as messy as offices make them, and what becomes of them to the letter.

use prongsai::desk::sheets;
use rust_xlsxwriter::Workbook;

use crate::office::{EMPTY, Typed, book, carry_out, expect, into_empty, plan, row, sheet, told, wish, wish_for};
use crate::support::folder;

const MEASURES: &str = "-- content/measures/2566/1-budget.md --
+++
# จากบันทึกข้อความ
title = \"การใช้จ่ายงบประมาณ\"
reporting = [\"ที่ประชุมหัวหน้าส่วนราชการ\"]

[[step]]
text = \"ประชาสัมพันธ์แผนการใช้จ่ายงบประมาณ\" # เร่งด่วน
responsible = \"กองคลัง\"
period = \"ต.ค. 65\"

[[step]]
text = \"รายงานผลการใช้จ่ายรายไตรมาส\"
+++
-- content/measures/2566/2-assets.md --
+++
title = \"การใช้ทรัพย์สินของราชการ\"

[[step]]
text = \"แจ้งแนวทางการยืมทรัพย์สิน\"
+++
";

#[test]
fn measures_in_merged_cells() {
    let bytes = book(
        "Sheet1",
        &[
            row!["มาตรการส่งเสริมคุณธรรมและความโปร่งใส ปีงบประมาณ พ.ศ. ๒๕๖๗"],
            row!["มาตรการ/แนวทาง", "ขั้นตอน/วิธีการ", "ผู้รับผิดชอบ", "ระยะเวลา", "การรายงานผล"],
            row!["1. การใช้จ่ายงบประมาณ", "1) ประชาสัมพันธ์แผน", "กองคลัง", "ต.ค. ๖๖", "- ที่ประชุมหัวหน้าส่วนราชการ\n- เว็บไซต์"],
            row!["", "2) รายงานผลรายไตรมาส", "", "ทุก ๓ เดือน", ""],
            row!["2. การใช้อำนาจ", "ชี้แจงเกณฑ์", "สำนักปลัด", (2023, 11, 1), ""],
        ],
        &[(0, 0, 0, 4), (2, 0, 3, 0), (2, 2, 3, 2), (2, 4, 3, 4)],
    );
    expect(
        &into_empty("แผน", &bytes),
        &[
            "new measures/2567/1-measure-1.md",
            "  title = การใช้จ่ายงบประมาณ",
            "  reporting = ที่ประชุมหัวหน้าส่วนราชการ|เว็บไซต์",
            "  step[1].period = ต.ค. ๖๖",
            "  step[1].responsible = กองคลัง",
            "  step[1].text = ประชาสัมพันธ์แผน",
            "  step[2].period = ทุก ๓ เดือน",
            "  step[2].responsible = กองคลัง",
            "  step[2].text = รายงานผลรายไตรมาส",
            "new measures/2567/2-measure-2.md",
            "  title = การใช้อำนาจ",
            "  step[1].period = พฤศจิกายน 2566",
            "  step[1].responsible = สำนักปลัด",
            "  step[1].text = ชี้แจงเกณฑ์",
        ],
    );
}

#[test]
fn measures_as_headings_over_their_steps() {
    let bytes = book(
        "แผน",
        &[
            row!["ที่", "กิจกรรม", "หน่วยงานที่รับผิดชอบ", "ห้วงเวลา"],
            row!["มาตรการที่ ๑ การใช้จ่ายงบประมาณ", "", "", ""],
            row![1.0, "ประชาสัมพันธ์แผน", "กองคลัง", "ต.ค. 65"],
            row![2.0, "รายงานผลรายไตรมาส", "กองคลัง", "ทุก 3 เดือน"],
            row![],
            row!["มาตรการที่ ๒ : การใช้อำนาจ", "", "", ""],
            row![1.0, "ชี้แจงเกณฑ์", "สำนักปลัด", "พ.ย. 65"],
        ],
        &[(1, 0, 1, 3), (5, 0, 5, 3)],
    );
    expect(
        &into_empty("a", &bytes),
        &[
            "new measures/2566/1-measure-1.md",
            "  title = การใช้จ่ายงบประมาณ",
            "  step[1].period = ต.ค. 65",
            "  step[1].responsible = กองคลัง",
            "  step[1].text = ประชาสัมพันธ์แผน",
            "  step[2].period = ทุก 3 เดือน",
            "  step[2].responsible = กองคลัง",
            "  step[2].text = รายงานผลรายไตรมาส",
            "new measures/2566/2-measure-2.md",
            "  title = การใช้อำนาจ",
            "  step[1].period = พ.ย. 65",
            "  step[1].responsible = สำนักปลัด",
            "  step[1].text = ชี้แจงเกณฑ์",
        ],
    );
}

#[test]
fn an_empty_cell_means_what_stands_above() {
    let text = "ลำดับ,มาตรการ,ขั้นตอน,ผู้รับผิดชอบ\n๑,การใช้จ่ายงบประมาณ,ประชาสัมพันธ์แผน,กองคลัง\n,,รายงานผล,\n๒,การใช้อำนาจ,ชี้แจงเกณฑ์,สำนักปลัด\n,,,กองคลัง\n";
    expect(
        &into_empty("มาตรการ", text.as_bytes()),
        &[
            "new measures/2566/1-measure-1.md",
            "  title = การใช้จ่ายงบประมาณ",
            "  step[1].responsible = กองคลัง",
            "  step[1].text = ประชาสัมพันธ์แผน",
            "  step[2].text = รายงานผล",
            "new measures/2566/2-measure-2.md",
            "  title = การใช้อำนาจ",
            "  step[1].responsible = สำนักปลัด",
            "  step[1].text = ชี้แจงเกณฑ์",
            "note row 5: the row `กองคลัง` is not used",
        ],
    );
}

#[test]
fn numbers_beside_one_measure_count_its_steps() {
    let rows = [
        row!["มาตรการ", "ที่", "ขั้นตอน"],
        row!["การใช้จ่ายงบประมาณ", 1.0, "ประชาสัมพันธ์แผน"],
        row!["การใช้จ่ายงบประมาณ", 2.0, "รายงานผล"],
        row!["การใช้อำนาจ", 1.0, "ชี้แจงเกณฑ์"],
    ];
    expect(
        &into_empty("a", &book("measures", &rows, &[])),
        &[
            "new measures/2566/1-measure-1.md",
            "  title = การใช้จ่ายงบประมาณ",
            "  step[1].text = ประชาสัมพันธ์แผน",
            "  step[2].text = รายงานผล",
            "new measures/2566/2-measure-2.md",
            "  title = การใช้อำนาจ",
            "  step[1].text = ชี้แจงเกณฑ์",
        ],
    );
}

#[test]
fn steps_that_are_there_are_changed_and_kept() {
    let site = folder(MEASURES);
    let rows = [
        row!["ที่", "มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา"],
        row!["1", "การใช้จ่าย งบประมาณ", "1. ประชาสัมพันธ์แผนการใช้จ่ายงบประมาณ", "กองคลัง ", "ตุลาคม 2565"],
        row!["", "", "จัดอบรมการเบิกจ่าย", "กองคลัง", "พ.ย. 65"],
    ];
    let bytes = book("Sheet1", &rows, &[]);
    expect(
        &told(site.path(), "a", &bytes, &wish()),
        &[
            "changed measures/2566/1-budget.md",
            "  title = การใช้จ่ายงบประมาณ -> การใช้จ่าย งบประมาณ",
            "  step[1].period = ต.ค. 65 -> ตุลาคม 2565",
            "  step[3].period = พ.ย. 65",
            "  step[3].responsible = กองคลัง",
            "  step[3].text = จัดอบรมการเบิกจ่าย",
            "stays measures/2566/2-assets.md",
            "note sheet Sheet1, row 2: step 2 of content/measures/2566/1-budget.md is not in the table and stays",
        ],
    );
    carry_out(site.path(), &plan(site.path(), "a", &bytes, &wish()));
    let text = std::fs::read_to_string(site.path().join("content/measures/2566/1-budget.md")).expect("a file");
    assert!(text.contains("# จากบันทึกข้อความ") && text.contains("# เร่งด่วน"), "{text}");
    assert!(plan(site.path(), "a", &bytes, &wish()).changes().is_empty());
}

#[test]
fn a_step_without_its_text_is_a_mistake() {
    let rows = [row!["มาตรการ", "ขั้นตอนที่", "ขั้นตอน", "ระยะเวลา"], row!["การใช้อำนาจ", 1.0, "", "ต.ค. 65"], row!["", 2.0, "ข", ""]];
    expect(
        &into_empty("a", &book("measures", &rows, &[])),
        &[
            "new measures/2566/1-measure-1.md",
            "  title = การใช้อำนาจ",
            "  step[1].period = ต.ค. 65",
            "  step[2].text = ข",
            "problem sheet measures, row 2, column C: steps 1 · what is done is not filled in",
        ],
    );
}

#[test]
fn progress_by_the_words_of_measures_and_steps() {
    let site = folder(MEASURES);
    let rows = [
        row!["รายงานผลการดำเนินการตามมาตรการ รอบ 6 เดือนแรก"],
        row!["มาตรการ", "ขั้นตอน", "สถานะ", "ระยะเวลา", "ผลการดำเนินงาน", "วันที่รายงาน"],
        row![
            "1. การใช้จ่ายงบประมาณ",
            "ประชาสัมพันธ์แผนการใช้จ่ายงบประมาณ",
            "ดำเนินการแล้ว",
            "ต.ค. 65 - มี.ค. 66",
            "ประชุม 2 ครั้ง\nลงเว็บไซต์",
            (2566, 4, 5)
        ],
        row!["", "รายงานผลการใช้จ่ายรายไตรมาส", "อยู่ระหว่างดำเนินการ", (2022, 10, 1), "", ""],
        row!["การใช้ทรัพย์สินของราชการ", "1", "ยังไม่ดำเนินการ", "เม.ย. - ก.ย. 2566", "", ""],
        row!["การใช้ทรัพย์สินของราชการ", "1", "Done", "ปีงบประมาณ 2566", "", ""],
        row!["มาตรการอื่น", "2", "เสร็จบางส่วน", "", "", ""],
    ];
    expect(
        &told(site.path(), "รายงาน", &book("Sheet1", &rows, &[(0, 0, 0, 5), (2, 0, 3, 0)]), &wish()),
        &[
            "new progress/2566-h1/1-1-progress.md",
            "  measure = 1",
            "  step = 1",
            "  status = done",
            "  period = ต.ค. 65 - มี.ค. 66",
            "  date = 5 เมษายน 2566",
            "  @body = ประชุม 2 ครั้ง|ลงเว็บไซต์",
            "new progress/2566-h1/1-2-progress.md",
            "  measure = 1",
            "  step = 2",
            "  status = ongoing",
            "  period = ตุลาคม 2565",
            "new progress/2566-h2/2-1-progress.md",
            "  measure = 2",
            "  step = 1",
            "  status = not-started",
            "  period = เม.ย. - ก.ย. 2566",
            "new progress/2566/2-1-progress.md",
            "  measure = 2",
            "  step = 1",
            "  status = done",
            "  period = ปีงบประมาณ 2566",
            "problem sheet Sheet1, row 7, column A: there is no measure `มาตรการอื่น` of 2566 (type the number of the measure, or its title as it is)",
        ],
    );
    let rows = [row!["มาตรการที่", "ขั้นตอนที่", "สถานะ", "รอบ"], row!["1", "1", "แล้วเสร็จ", "ต.ค. 65 - มี.ค. 66"]];
    let bytes = book("progress", &rows, &[]);
    carry_out(site.path(), &plan(site.path(), "a", &bytes, &wish()));
    let rows = [row!["มาตรการที่", "ขั้นตอนที่", "สถานะ", "รอบ"], row![1.0, "๑", "กำลังดำเนินการ", "6 เดือนแรก ปี 2566"]];
    expect(
        &told(site.path(), "a", &book("progress", &rows, &[]), &wish()),
        &[
            "changed progress/2566-h1/1-1-progress.md",
            "  status = done -> ongoing",
            "  period = ต.ค. 65 - มี.ค. 66 -> 6 เดือนแรก ปี 2566",
        ],
    );
}

#[test]
fn results_known_by_their_codes() {
    let rows = [
        row!["ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๕"],
        row!["ที่", "ตัวชี้วัด", "เครื่องมือ", "คะแนน", "ระดับ", "ตัวชี้วัดที่"],
        row!["IIT", "แบบวัดการรับรู้ภายใน", "", 84.83, "", ""],
        row!["๑", "การปฏิบัติหน้าที่", "IIT", 90.6, "", ""],
        row![2.0, "การใช้งบประมาณ", "IIT", "๘๐.๘๓", "", ""],
        row!["9.1", "การเปิดเผยข้อมูล", "", 100.0, "", ""],
        row!["O๒", "ข้อมูลผู้บริหาร", "", "100", "", "๙"],
        row!["", "คะแนนรวม", "", 91.81, "A", ""],
    ];
    expect(
        &into_empty("a", &book("ผลการประเมิน", &rows, &[(0, 0, 0, 5)])),
        &[
            "new results/2565.toml",
            "  fiscal_year = 2565",
            "  total = 91.81",
            "  grade = A",
            "  instrument[1].code = IIT",
            "  instrument[1].name = แบบวัดการรับรู้ภายใน",
            "  instrument[1].score = 84.83",
            "  indicator[1].instrument = IIT",
            "  indicator[1].name = การปฏิบัติหน้าที่",
            "  indicator[1].number = 1",
            "  indicator[1].score = 90.60",
            "  indicator[2].instrument = IIT",
            "  indicator[2].name = การใช้งบประมาณ",
            "  indicator[2].number = 2",
            "  indicator[2].score = 80.83",
            "  sub[1].id = 9.1",
            "  sub[1].name = การเปิดเผยข้อมูล",
            "  sub[1].score = 100.00",
            "  item[1].code = O2",
            "  item[1].indicator = 9",
            "  item[1].score = 100",
            "  item[1].text = ข้อมูลผู้บริหาร",
        ],
    );
}

#[test]
fn results_on_several_sheets() {
    let mut workbook = Workbook::new();
    let total = [row!["ปีงบประมาณ", "ประเภท", "คะแนน", "ระดับผลการประเมิน"], row![2565.0, "คะแนนรวม", 91.81, "A"]];
    sheet(&mut workbook, "ภาพรวม", &total, &[]);
    let indicators = [
        row!["ผลคะแนนปี 2565"],
        row!["ตัวชี้วัดที่", "ชื่อตัวชี้วัด", "คะแนนที่ได้", "อันดับ"],
        row!["แบบ IIT", "", "", ""],
        row![1.0, "การปฏิบัติหน้าที่", 90.62, 1.0],
        row!["แบบ EIT", "", "", ""],
        row![6.0, "คุณภาพการดำเนินงาน", 90.0, 2.0],
    ];
    sheet(&mut workbook, "ตัวชี้วัด", &indicators, &[(2, 0, 2, 3), (4, 0, 4, 3)]);
    let questions = [
        row!["ปี", "รหัส", "ข้อคำถาม", "ตัวชี้วัดที่", "คะแนน", "ประเภท"],
        row!["๒๕๖๕", "I1", "ปฏิบัติงานตามขั้นตอน", "1", 85.5, "ข้อคำถาม"],
        row!["", "", "เป็นไปตามระยะเวลา", "", 80.0, "ข้อย่อย"],
        row!["", "", "เป็นไปตามขั้นตอน", "", 91.0, "ข้อย่อย"],
    ];
    sheet(&mut workbook, "ข้อคำถาม", &questions, &[]);
    expect(
        &into_empty("ผลคะแนน", &workbook.save_to_buffer().expect("a workbook")),
        &[
            "new results/2565.toml",
            "  fiscal_year = 2565",
            "  total = 91.81",
            "  grade = A",
            "  indicator[1].instrument = IIT",
            "  indicator[1].name = การปฏิบัติหน้าที่",
            "  indicator[1].number = 1",
            "  indicator[1].rank = 1",
            "  indicator[1].score = 90.62",
            "  indicator[2].instrument = EIT",
            "  indicator[2].name = คุณภาพการดำเนินงาน",
            "  indicator[2].number = 6",
            "  indicator[2].rank = 2",
            "  indicator[2].score = 90.00",
            "  question[1].code = I1",
            "  question[1].indicator = 1",
            "  question[1].part[1].score = 80.00",
            "  question[1].part[1].text = เป็นไปตามระยะเวลา",
            "  question[1].part[2].score = 91.00",
            "  question[1].part[2].text = เป็นไปตามขั้นตอน",
            "  question[1].score = 85.50",
            "  question[1].text = ปฏิบัติงานตามขั้นตอน",
        ],
    );
}

#[test]
fn scores_of_nothing_and_beyond_a_hundred() {
    let rows = [
        row!["รหัส", "รายการ", "คะแนน", "เครื่องมือ"],
        row!["1", "การปฏิบัติหน้าที่", 190.0, "IIT"],
        row!["ก", "อะไรก็ไม่รู้", 5.0, ""],
        row!["2", "การใช้งบประมาณ", "เก้าสิบ", "IIT"],
        row!["", "คะแนนรวม", Typed::Broken("#DIV/0!"), ""],
    ];
    expect(
        &told(folder(EMPTY).path(), "a", &book("Sheet1", &rows, &[]), &wish_for("results")),
        &[
            "new results/2566.toml",
            "  fiscal_year = 2566",
            "  indicator[1].instrument = IIT",
            "  indicator[1].name = การปฏิบัติหน้าที่",
            "  indicator[1].number = 1",
            "  indicator[1].score = 190.00",
            "  indicator[2].instrument = IIT",
            "  indicator[2].name = การใช้งบประมาณ",
            "  indicator[2].number = 2",
            "  indicator[2].score = เก้าสิบ",
            "problem the table has no total score (type a score from 0 to 100, like 91.81)",
            "problem the table has no grade",
            "problem sheet Sheet1, row 2, column C: the score 190.00 is not between 0 and 100 (type a score from 0 to 100, like 91.81)",
            "problem sheet Sheet1, row 3, column A: it is not said what this score is of (type a code such as IIT, 1, I14, O2, or what it is: ผลรวม, เครื่องมือ, ตัวชี้วัด, ตัวชี้วัดย่อย, ข้อคำถาม, ข้อย่อย, ข้อตามแบบ)",
            "problem sheet Sheet1, row 4, column C: `score` must be a score from 0 to 100 (type a score from 0 to 100, like 91.81)",
            "problem sheet Sheet1, row 5, column C: the cell has the error #DIV/0! (type the value instead of the formula)",
        ],
    );
    let rows = [
        row!["รหัส", "รายการ", "คะแนน", "เครื่องมือ"],
        row!["1", "การปฏิบัติหน้าที่", 0.9, "IIT"],
        row!["2", "การใช้งบประมาณ", 0.8, "IIT"],
        row!["", "คะแนนรวม", 0.85, ""],
    ];
    let told = into_empty("results", &book("Sheet1", &rows, &[]));
    assert!(told.iter().any(|line| line.contains("column C: no score is above 1")), "{told:?}");
}

#[test]
fn a_small_file_does_not_fill_the_memory() {
    let head = row!["ชื่อ-สกุล", "ตำแหน่ง"];
    let refused = |bytes: &[u8]| sheets::read(bytes).map(|_| ()).expect_err("more than fits").en;
    // One text in every cell of a merged block.
    let mut rows = vec![head.clone(), row!["นาง ก"]];
    rows.resize(9_000, row![]);
    rows.push(row!["x"]);
    let why = refused(&book("ก", &rows, &[(1, 0, 8_998, 255)]));
    assert!(why.starts_with("the sheet ก fills more than") && why.contains("unmerge"), "{why}");
    // A text that the file has once, in thousands of cells.
    let long = "ก".repeat(32_000);
    let mut rows = vec![head];
    rows.resize_with(3_000, || row![long.as_str()]);
    assert!(refused(&book("ก", &rows, &[])).contains("256 MB"));
    // As many rows as an archive of a decade has.
    let csv = format!("ชื่อ-สกุล,ตำแหน่ง\n{}", "นาง ก,ปลัด\n".repeat(50_000));
    assert_eq!(sheets::read(csv.as_bytes()).expect("a table").0[0].rows.len(), 50_001);
    assert!(refused("ก,ข\n".repeat(100_001).as_bytes()).starts_with("this table fills more than"));
}
