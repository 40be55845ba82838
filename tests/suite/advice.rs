//! What usual slips of webmasters are told: one problem, at its place, with advice that helps when it is followed.

use prongsai::diagnostic::Diagnostics;

use crate::support::sources;

/// Problems as `code file:line: message → help`, in Thai.
fn told(fixture: &str) -> Vec<String> {
    let sources = sources(fixture);
    let diagnostics: Diagnostics = prongsai::build(&sources).diagnostics;
    let line = |diagnostic: &prongsai::diagnostic::Diagnostic| {
        let span = &diagnostic.span;
        let line = span.bytes.zip(sources.text(&span.path)).map(|((at, _), text)| text[..at].matches('\n').count() + 1);
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        let help = diagnostic.help.as_ref().map_or("", |help| help.th.as_str());
        format!("{} {}{line}: {} → {help}", diagnostic.rule.code, span.path.name(), diagnostic.message.th)
    };
    diagnostics.iter().map(line).collect()
}

#[track_caller]
fn expect(fixture: &str, expected: &[&str]) {
    let told = told(fixture);
    assert_eq!(told.len(), expected.len(), "{fixture}\n{}", told.join("\n"));
    for (told, expected) in told.iter().zip(expected) {
        assert!(told == expected, "{fixture}\n{told}\n{expected}");
    }
}

/// An executive with a photo.
fn executive(file: &str, name: &str, photo: &str) -> String {
    format!(
        "-- content/executives/{file}.md --\n+++\nname = \"{name}\"\nposition = \"ปลัด\"\ngroup = \"permanent\"\nphoto = \"{photo}\"\n+++\n"
    )
}

const CHANNEL: &str = "-- content/channels/complaint.md --\n+++\ntitle = \"ร้องเรียน\"\nkind = \"complaint\"\n";

const SETTINGS: &str = "-- content/site.toml --\nbase_url = \"https://example.go.th/\"\nfiscal_year = 2566\n";

#[test]
fn no_photo_of_another_person_is_suggested() {
    let (first, sixth) = (executive("01-p", "นางหนึ่ง ใจดี", "01-p.jpg"), executive("06-q", "นายหก ใจดี", "06-p.png"));
    let both = format!("{first}{sixth}-- content/executives/06-p.png (png) --\n");
    let place = "P202 01-p.md:5: ไม่มีไฟล์ 01-p.jpg → วางไฟล์ไว้ที่ content/executives/01-p.jpg";
    expect(&both, &[place]);
    // Nor one that waits for its own document.
    let waits = "P207 06-p.jpg: ไม่มีเอกสารใดใช้ไฟล์นี้ จึงไม่เผยแพร่ → ";
    expect(&format!("{first}-- content/executives/06-p.jpg (png) --\n"), &[place, waits]);
    let elsewhere = told(&format!("{both}-- content/pages/01-p.jpg (png) --\n"));
    let moved = "P202 01-p.md:5: ไม่มีไฟล์ 01-p.jpg → ย้าย content/pages/01-p.jpg ไปไว้ที่ content/executives/01-p.jpg";
    assert_eq!(elsewhere[0], moved);
    let capitals = told(&format!("{first}-- content/executives/01-P.JPG (png) --\n"));
    assert_eq!(capitals[1], "P202 01-p.md:5: ไม่มีไฟล์ 01-p.jpg → น่าจะเป็น \"01-P.JPG\"");
    // One person in two positions.
    let twice = executive("02-q", "นางหนึ่ง ใจดี", "01.png").replace("ปลัด", "รักษาราชการแทนผู้อำนวยการ");
    expect(&format!("{}{twice}-- content/executives/01.png (png) --\n", executive("01-p", "นางหนึ่ง ใจดี", "01.png")), &[]);
}

#[test]
fn photos_that_do_not_open_say_why() {
    let person = executive("01-p", "นางหนึ่ง ใจดี", "01-p.jpg");
    for (photo, message) in [
        ("-- content/executives/01-p.jpg --\n", "01-p.jpg เป็นไฟล์ว่าง → คัดลอกรูปต้นฉบับมาวางใหม่"),
        (
            "-- content/executives/01-p.jpg --\n\0\0\0\u{18}ftypheic\0\0\0\0mif1heic\n",
            "01-p.jpg เป็นรูป HEIC หรือ AVIF ของโทรศัพท์ → เปิดรูปแล้วบันทึกเป็น JPEG เปลี่ยนแค่นามสกุลไฟล์ไม่พอ",
        ),
        (
            "-- content/executives/01-p.jpg (located jpg) --\n",
            "รูป 01-p.jpg เปิดไม่ได้: ไฟล์ไม่ครบหรือเสีย → คัดลอกรูปต้นฉบับมาวางใหม่ หรือบันทึกเป็น JPEG ใหม่",
        ),
        ("-- content/executives/01-p.jpg (pdf) --\n", "01-p.jpg ไม่ใช่รูปภาพ → ใช้ไฟล์ JPEG, PNG หรือ WebP"),
    ] {
        expect(&format!("{person}{photo}"), &[&format!("P203 01-p.md:5: {message}")]);
    }
}

#[test]
fn what_build_refuses_check_refuses() {
    let page = "-- content/pages/history.md --\n+++\ntitle = \"ประวัติ\"\n+++\n";
    expect(page, &["P204 history.md: ที่อยู่ /history/ เป็นของหน้าที่ระบบสร้าง → เปลี่ยนชื่อไฟล์นี้"]);
    expect(&format!("{SETTINGS}history = false\n[agency]\nname = \"ก\"\nname_en = \"A\"\nkind = \"other\"\n{page}"), &[]);
}

#[test]
fn numbers_that_are_proposed_are_free() {
    let files = |names: &[&str]| -> String {
        names.iter().map(|name| format!("-- content/measures/2566/{name}.md --\n+++\ntitle = \"{name}\"\n+++\n")).collect()
    };
    let none = "ไฟล์มาตรการไม่มีเลขนำหน้า";
    expect(&files(&["m1", "2-m2", "3-m3"]), &[&format!("P208 m1.md: {none} → เปลี่ยนชื่อไฟล์เป็น 1-m1.md")]);
    expect(
        &files(&["a", "b", "2-m2"]),
        &[&format!("P208 a.md: {none} → เปลี่ยนชื่อไฟล์เป็น 1-a.md"), &format!("P208 b.md: {none} → เปลี่ยนชื่อไฟล์เป็น 3-b.md")],
    );
    expect(&files(&["1-m1", "1-m2", "3-m3"]), &["P208 1-m2.md: เลข 1 เป็นของ 1-m1.md แล้ว → เปลี่ยนชื่อไฟล์เป็น 2-m2.md"]);
    expect(&files(&["1-m1", "๒-m2"]), &[]);
}

#[test]
fn documents_saved_as_text_are_found() {
    let person = executive("01-p", "นางหนึ่ง ใจดี", "").replace("photo = \"\"\n", "");
    let renamed = "(ใน Windows ให้เปิดแสดงนามสกุลไฟล์ก่อน)";
    for (name, better) in [("01-p.md.txt", "01-p.md"), ("01-p.txt", "01-p.md")] {
        let said = format!("P115 {name}: เอกสารนี้บันทึกเป็นไฟล์ .txt จึงไม่ได้อ่าน → เปลี่ยนชื่อเป็น {better} {renamed}");
        expect(&person.replace("01-p.md", name), &[&said]);
    }
    // A text file that is attached is one.
    let news = "-- content/news/a.md --\n+++\ntitle = \"ก\"\ndate = \"20 เมษายน 2566\"\n[[attachment]]\nfile = \"a.txt\"\ntitle = \"ก\"\n+++\n";
    expect(&format!("{news}-- content/news/a.txt --\n+++\n"), &[]);
}

#[test]
fn fields_below_a_table_are_moved_above_it() {
    let step = "[[step]]\ntext = \"รับเรื่อง\"\n\n[[law]]\ntitle = \"ก\"\ntext = \"ข\"\n";
    let said = "อยู่ใต้ `[[law]]` จึงอ่านเป็นส่วนหนึ่งของตารางนั้น → ย้ายบรรทัดนี้ขึ้นไปไว้เหนือ [[step]] แรก";
    expect(&format!("{CHANNEL}{step}phone = \"0 4212 3456\"\n+++\n"), &[&format!("P103 complaint.md:10: `phone` {said}")]);
    // A field that must be there is not missing as well.
    let without_kind = CHANNEL.replace("kind = \"complaint\"\n", "");
    let fixture = format!("{without_kind}{step}kind = \"complaint\"\n+++\n");
    expect(&fixture, &[&format!("P103 complaint.md:9: `kind` {said}")]);
}

#[test]
fn a_table_whose_line_is_missing_is_named_once() {
    let agency = "name = \"ก\"\nname_en = \"A\"\nkind = \"other\"\n";
    let line = "พิมพ์ [agency] บนบรรทัดของมันเอง";
    expect(&format!("{SETTINGS}{agency}"), &[&format!("P102 site.toml:3: ไม่มีบรรทัด `[agency]` เหนือ `name` → {line} เหนือ name")]);
    let said = told(SETTINGS);
    assert!(
        said.len() == 1 && said[0].starts_with(&format!("P102 site.toml: ไม่มีตาราง `[agency]` → {line} แล้วข้างใต้: name = ")),
        "{said:?}"
    );
}

#[test]
fn an_example_is_one_that_would_be_taken() {
    for typed in ["", "…", "-"] {
        let person = executive("01-p", "นางหนึ่ง ใจดี", "").replace("photo = \"\"\n", "").replace("ปลัด", typed);
        expect(&person, &["P102 01-p.md:3: `position` ว่างอยู่ → พิมพ์ position = \"ตำแหน่ง\" (ข้อความ)"]);
    }
}

#[test]
fn broken_lines_are_reported_once_where_the_slip_is() {
    let said = "รายการที่เปิดด้วย [ ไม่มี ] ปิด → พิมพ์ ] ท้ายรายการ ก่อนขึ้นข้อมูลถัดไป";
    let fixture =
        format!("{CHANNEL}protection = [\"เก็บเป็นความลับ\"\nphone = \"0 4212 3456\"\n\n[[step]]\ntext = \"รับเรื่อง\"\n+++\n");
    expect(&fixture, &[&format!("P101 complaint.md:4: {said}")]);
    let twice = told(&format!("{CHANNEL}title = \"ก\"\n+++\n"));
    assert!(twice.len() == 1 && twice[0].ends_with("มี `title` อยู่แล้วเหนือบรรทัดนี้ ลบบรรทัดหนึ่ง"), "{twice:?}");
}

#[test]
fn yes_is_true() {
    let page =
        |none: &str| format!("-- content/disclosures/2566/a.md --\n+++\ntopic = \"a\"\ntitle = \"ก\"\nnone = {none}\n+++\n");
    let said = told(&page("\"ใช่\""));
    assert!(said[0].starts_with("P104 a.md:4: `none` ต้องเป็นค่า true (ใช่) หรือ false (ไม่ใช่) → พิมพ์เช่น none = true"), "{said:?}");
    let said = told(&page("True"));
    assert!(said[0].ends_with("→ พิมพ์ตัวเล็กทั้งหมด ไม่มีเครื่องหมายคำพูด: none = true"), "{said:?}");
}

#[test]
fn months_and_periods_say_what_they_look_like() {
    let of =
        |field: &str| told(&format!("-- content/disclosures/2566/a.md --\n+++\ntopic = \"a\"\ntitle = \"ก\"\n{field}\n+++\n"));
    let month = |typed: &str| of(&format!("[[month]]\nnone = true\nmonth = \"{typed}\""))[0].clone();
    let no_month = "ไม่ใช่เดือนเดียวพร้อมปี พ.ศ. →";
    assert_eq!(month("1 พ.ย. 2565"), format!("P106 a.md:6: `1 พ.ย. 2565` {no_month} พิมพ์เฉพาะเดือนกับปี: \"พฤศจิกายน 2565\""));
    for typed in ["ตุลาคม", "ต.ค. - พ.ย. 2565"] {
        assert_eq!(month(typed), format!("P106 a.md:6: `{typed}` {no_month} พิมพ์เดือนกับปี พ.ศ. เช่น \"ต.ค. 2565\""));
    }
    assert_eq!(
        of("period = \"ต.ค. 2566 - มี.ค. 2566\"")[0],
        "P106 a.md:4: ช่วงเวลา `ต.ค. 2566 - มี.ค. 2566` จบก่อนเริ่ม → ดูปีที่เริ่ม น่าจะเป็น \"ตุลาคม 2565 - มีนาคม 2566\""
    );
}

#[test]
fn a_document_in_the_wrong_folder_is_sent_to_its_own() {
    let person = executive("01-p", "นางหนึ่ง ใจดี", "").replace("photo = \"\"\n", "");
    expect(
        &person.replace("executives", "news"),
        &[
            "P115 01-p.md: 01-p.md มีข้อมูลของเอกสารใน executives/ (ผู้บริหาร) → ย้ายไปไว้ที่ content/executives/ แบบ content/executives/name.md (YYYY = พ.ศ.)",
        ],
    );
}

#[test]
fn names_on_one_page_differ_after_the_number() {
    let of = |file: &str, name: &str| executive(file, name, "").replace("photo = \"\"\n", "");
    expect(
        &format!("{}{}", of("01-p1", "นางหนึ่ง ใจดี"), of("02-p1", "นายสอง ใจดี")),
        &["P204 02-p1.md: ชื่อ `p1` เป็นของ content/executives/01-p1.md แล้ว เลขหน้าชื่อไฟล์ไม่นับ → เปลี่ยนชื่อหลังเลขของ 02-p1.md ไม่ให้ซ้ำ"],
    );
}

#[test]
fn only_a_pdf_opens_at_a_page() {
    let news = "-- content/news/a.md --\n+++\ntitle = \"ก\"\ndate = \"20 เมษายน 2566\"\n+++\n\n[แผน](a.docx#page=9)\n-- content/news/a.docx (long zip) --\n";
    let said = told(news);
    let expected = "P212 a.md:6: a.docx ไม่ใช่ PDF ลิงก์จึงเปิดที่หน้า 9 ไม่ได้ → ลบเลขหน้า หรือแนบไฟล์เป็น PDF";
    assert!(said.iter().any(|said| said == expected), "{said:?}");
}

#[test]
fn a_month_that_says_nothing_answers_nothing() {
    let form = r#"
-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{ id = "9.1", indicator = 9, title = { th = "ก", en = "A" }, confidence = "two" }]

[[item]]
id = "O11"
topic = "procurement-monthly"
title = { th = "ก", en = "A" }
sub = "9.1"
group = "ก"
scope = "first-half"
confidence = "two"
requirement = [{ id = "O11.1", text = { th = "รายเดือน", en = "Month by month" }, confidence = "two", kind = "months" }]
-- content/disclosures/2566/procurement-monthly.md --
+++
title = "ก"
"#;
    let months = ["ต.ค. 2565", "พ.ย. 2565", "ธ.ค. 2565", "ม.ค. 2566", "ก.พ. 2566", "มี.ค. 2566"];
    let page: String = months.map(|month| format!("\n[[month]]\nmonth = \"{month}\"\nnone = true\n")).concat();
    expect(&format!("{form}{page}+++\n"), &[]);
    let said = told(&format!("{form}{}+++\n", page.replacen("none = true\n", "", 1)));
    assert!(said.len() == 1 && said[0].starts_with("P302") && said[0].contains("ตุลาคม 2565 ว่าง"), "{said:?}");
    let both = page.replacen("none = true\n", "none = true\nat = \"#a\"\n", 1);
    let said = told(&format!("{form}{both}+++\n\n## a\n\nก\n"));
    assert!(said.len() == 1 && said[0].contains("ตุลาคม 2565 บอกว่าไม่มี แต่มีข้อมูลด้วย"), "{said:?}");
}

/// A post with this body, which begins in line 6.
fn post(body: &str) -> String {
    format!("-- content/news/a.md --\n+++\ntitle = \"ก\"\ndate = \"20 เมษายน 2566\"\n+++\n\n{body}")
}

#[test]
fn tables_that_are_not_complete_are_said() {
    let lost = "P122 a.md:8: แถวนี้มี 3 ช่อง แต่หัวตารางมี 2 ช่อง “333333” จึงไม่ขึ้นหน้าเว็บ → เพิ่มช่องในหัวตารางและบรรทัด |---| ใต้หัว หรือพิมพ์ \\| ถ้าหมายถึงเครื่องหมายนั้น";
    expect(&post("| ก | ข |\n|---|---|\n| ถนน | 1 | 333333 |\n"), &[lost]);
    let raw = "ตารางนี้จะขึ้นเป็นเครื่องหมาย | ไม่ใช่ตาราง";
    let dashes = format!("P122 a.md:6: {raw} → ใต้หัวตารางต้องมีบรรทัด |---|---|");
    expect(&post("| ก | ข |\n| ถนน | 1 |\n"), &[&dashes]);
    expect(&post("| ก | ข |\n|---|\n| ถนน | 1 |\n"), &[&dashes]);
    for fine in [
        "| ก | ข |\n|---|:-:|\n| ถนน | |\n| ทาง\n",
        "ก | ข\n--|--\n1 | 2 |  |\n",
        "| ก \\| ค | ข |\n|---|---|\n| `a \\| b` | 1 |\n",
        "ก | ข\n",
    ] {
        expect(&post(fine), &[]);
    }
    // Below a text, a table is read as one or said not to be.
    let below = post("ตามตาราง\n| ก | ข |\n|---|---|\n| ถนน | 1 |\n");
    let build = prongsai::build(&sources(&below));
    let is_table = build.output.text("news/a/index.html").is_some_and(|page| page.contains("<table"));
    assert_eq!(told(&below).is_empty(), is_table, "{:?}", told(&below));
}

#[test]
fn a_paragraph_that_becomes_code_is_said() {
    let said = "บรรทัดนี้ขึ้นต้นด้วยแท็บหรือเว้นวรรคสี่เคาะ หน้าเว็บจะแสดงเป็นโค้ด → ลบช่องว่างหน้าบรรทัด";
    for indent in ["\t", "    ", "        "] {
        expect(&post(&format!("ก่อน\n\n{indent}ย่อหน้านี้\n{indent}ยาวสองบรรทัด\n")), &[&format!("P123 a.md:8: {said}")]);
    }
    for fine in ["- ข้อ\n\n    ย่อหน้าในข้อ\n", "ก่อน\n    ต่อบรรทัด\n", "    code\n", "```\nโค้ด\n```\n", "   สามเคาะ\n"]
    {
        expect(&post(fine), &[]);
    }
}

#[test]
fn a_field_below_the_fields_is_said() {
    let said = "อยู่ใต้ +++ จึงขึ้นหน้าเว็บเป็นเนื้อความ → ย้ายบรรทัดนี้ขึ้นไปไว้เหนือ +++";
    expect(&post("summary = \"ก\"\n\nเนื้อความ\n"), &[&format!("P124 a.md:6: `summary` {said}")]);
    expect(&post("[[attachment]]\n"), &[&format!("P124 a.md:6: `attachment` {said}")]);
    for fine in ["x = 2\n", "phone = \"1\"\n", "งบ = 2\n"] {
        expect(&post(fine), &[]);
    }
}

#[test]
fn a_link_without_its_scheme_is_a_web_site() {
    let said = told(&post("[เว็บ](www.example.go.th/a)\n"));
    assert!(said.len() == 1 && said[0].ends_with("→ ถ้าเป็นเว็บไซต์ ให้เติม https:// คือ https://www.example.go.th/a"), "{said:?}");
}
