//! `docs/` is generated from the code and fresh: `UPDATE=1 cargo test` writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use prongsai::catalog::{Confidence, RequirementKind, built_in};
use prongsai::content::{FOLDERS, Layout};
use prongsai::diagnostic::{Lang, explain};
use prongsai::fields::{Asked, Shape, labels};

use crate::support::{expect_file, root};

const GENERATED: &str = "<!-- ไฟล์นี้สร้างจากโปรแกรม อย่าแก้ด้วยมือ · generated; do not edit -->\n\n";

#[test]
fn rules_are_documented() {
    for (lang, file, title) in [(Lang::Th, "rules.th.md", "# กฎทั้งหมด"), (Lang::En, "rules.md", "# Rules")] {
        let mut out = format!("{GENERATED}{title}\n\n");
        for rule in prongsai::rules() {
            out.push_str(&explain::rule(rule, lang));
        }
        expect_file(&root().join("docs").join(file), &out);
    }
}

#[test]
fn fields_are_documented() {
    let mut out = format!("{GENERATED}# ข้อมูลในแต่ละโฟลเดอร์ · Fields of each folder\n");
    section(&mut out, "site", "content/site.toml", &prongsai::config::asked());
    for folder in FOLDERS {
        let example = match folder.layout {
            Layout::Markdown => "name.md",
            Layout::MarkdownByYear => "2566.md",
            Layout::MarkdownInYear => "2566/name.md",
            Layout::TomlByYear => "2566.toml",
            Layout::Toml => "name.toml",
        };
        section(&mut out, folder.name, &format!("content/{}/{example}", folder.name), &folder.asked());
    }
    expect_file(&root().join("docs/fields.md"), &out);
}

fn section(out: &mut String, folder: &str, title: &str, fields: &[Asked]) {
    let called = labels::folder(folder).map(|name| format!(" · {}", name.th)).unwrap_or_default();
    let _ = write!(
        out,
        "\n## `{title}`{called}\n\n| | เรียกว่า · called | ต้องมี · required | ค่า · value | ตัวอย่าง · example |\n|---|---|---|---|---|\n"
    );
    rows(out, folder, "", fields);
}

fn rows(out: &mut String, folder: &str, prefix: &str, fields: &[Asked]) {
    for field in fields {
        let path = format!("{prefix}{}", field.key);
        let required = if field.required { "✓" } else { "" };
        let label = labels::field(folder, &path).unwrap_or_else(|| panic!("{folder}: {path} has no label"));
        let (th, en) = (field.expects.th.replace('|', "\\|"), field.expects.en.replace('|', "\\|"));
        let example = if field.example.is_empty() { String::new() } else { format!("`{} = {}`", field.key, field.example) };
        let _ = writeln!(out, "| `{path}` | {} · {} | {required} | {th} · {en} | {example} |", label.th, label.en);
        if let Shape::Choice(words) = field.shape {
            assert!(words.iter().all(|word| labels::word(word).is_some()), "{path}: {words:?}");
        }
        rows(out, folder, &format!("{path}."), &field.inner);
    }
}

/// A limit: what it is of, in both languages, what it is, what happens above it.
type Limit = (&'static str, &'static str, String, &'static str, &'static str);

const MIB: u64 = 1024 * 1024;

/// What has no limit.
const THEMES: &str = "\nชุดหน้าตาใน themes/ เป็นโปรแกรม ผู้ดูแลต้องไว้ใจผู้เขียน แม่แบบที่วนไม่จบทำให้การสร้างเว็บไซต์ไม่จบ · \
                      A theme is a program: trust its author. A template that loops for ever keeps the build from ending.\n";

/// What is imported, and what is told at once.
fn limits_of_tables() -> Vec<Limit> {
    use prongsai::desk::sheets;
    use prongsai::diagnostic::{MAX_LISTED, MAX_SHOWN};
    let n = |number: usize| number.to_string();
    let mb = |bytes: u64| format!("{} MB", bytes / MIB);
    vec![
        ("ไฟล์ที่นำเข้า", "a file that is imported", mb(sheets::MAX_BYTES), "ไม่นำเข้า", "not imported"),
        ("แถวของตารางที่นำเข้า", "rows of a table that is imported", n(sheets::MAX_ROWS), "ไม่นำเข้า", "not imported"),
        ("คอลัมน์ของตารางที่นำเข้า", "columns of a table that is imported", n(sheets::MAX_COLUMNS), "ไม่นำเข้า", "not imported"),
        ("หน่วยความจำของเซลล์ในตาราง", "memory of a table's cells", mb(sheets::MAX_CELL_BYTES as u64), "ไม่นำเข้า", "not imported"),
        ("ปัญหาที่แสดงในครั้งเดียว", "problems that are shown at once", n(MAX_SHOWN), "นับที่เหลือ", "the rest is counted"),
        ("ปัญหาที่แสดงด้วย --format json", "problems that --format json lists", n(MAX_LISTED), "นับที่เหลือ", "the rest is counted"),
    ]
}

#[test]
fn limits_are_documented() {
    use prongsai::parse::svg;
    use prongsai::source::{ASSET_HEAD_BYTES, MAX_TEXT_BYTES, bounded, pdf, photo};
    let mb = |bytes: u64| format!("{} MB", bytes / MIB);
    let kb = |bytes: u64| format!("{} KB", bytes / 1024);
    let n = |number: usize| number.to_string();
    let bytes = |number: usize| mb(number as u64);
    let (text, head) = (mb(MAX_TEXT_BYTES), kb(ASSET_HEAD_BYTES));
    let mut limits: Vec<Limit> = vec![
        ("ไฟล์ .md .toml และแม่แบบ", "a .md, .toml or template file", text, "P111 ไม่อ่าน", "P111, not read"),
        (
            "ส่วนของไฟล์แนบที่อ่าน",
            "what is read of an attachment",
            head,
            "คัดลอกทั้งไฟล์โดยไม่อ่านเข้าหน่วยความจำ",
            "copied whole, never held in memory",
        ),
        ("รูป SVG", "an SVG", kb(svg::MAX_SVG_BYTES), "P222 ไม่เผยแพร่", "P222, not published"),
        ("<use> ในรูป SVG", "<use> in an SVG", n(svg::MAX_USES), "P222", "P222"),
        ("ชั้นที่ซ้อนกันในรูป SVG", "nesting in an SVG", n(svg::MAX_DEPTH), "P222", "P222"),
        ("รูปบุคคล", "the photo of a person", mb(photo::MAX_PHOTO_BYTES), "P203 ไม่เปิด", "P203, not opened"),
        (
            "จุดภาพของรูป",
            "pixels of a picture",
            n(usize::try_from(photo::MAX_PIXELS).expect("a number")),
            "P203 P222 ไม่ถอดรหัส",
            "P203, P222, not decoded",
        ),
        ("หน่วยความจำของการถอดรหัสรูป", "memory to decode a photo", mb(photo::MAX_DECODER_BYTES), "P203", "P203"),
        (
            "PDF ที่ตรวจข้างใน",
            "a PDF that is looked into",
            mb(pdf::MAX_PDF_BYTES),
            "เผยแพร่โดยไม่ตรวจข้างใน",
            "published, not looked into",
        ),
        ("หน้าของ PDF", "pages of a PDF", n(pdf::MAX_PAGES), "ไม่กล่าวถึง", "nothing is said"),
        (
            "หน้าของ PDF ที่หาข้อความ",
            "pages of a PDF that are searched for text",
            n(pdf::MAX_PAGES_READ),
            "เลือกกระจายทั้งไฟล์",
            "spread over the file",
        ),
        ("ชั้นของหน้าใน PDF", "levels of a PDF's page tree", n(pdf::MAX_TREE_DEPTH), "ไม่ตามต่อ", "not followed"),
        (
            "ข้อมูลที่คลายออกจาก PDF แต่ละส่วน",
            "a stream of a PDF, unpacked",
            bytes(pdf::MAX_STREAM_BYTES),
            "ไม่กล่าวถึง",
            "nothing is said",
        ),
        ("ส่วนของ PDF ที่อ่าน", "streams of a PDF that are read", n(pdf::MAX_STREAMS), "ไม่กล่าวถึง", "nothing is said"),
        ("หน่วยความจำของวัตถุใน PDF", "memory of a PDF's objects", bytes(pdf::MAX_OBJECT_BYTES), "ไม่กล่าวถึง", "nothing is said"),
        ("เวลาของ PDF หนึ่งไฟล์", "time for one PDF", format!("{} s", bounded::MAX_TIME.as_secs()), "ไม่กล่าวถึง", "nothing is said"),
        ("ชั้นที่ซ้อนกันในบรรทัดหนึ่งของ Markdown", "nesting in a line of Markdown", n(prongsai::parse::MAX_NESTING), "P121", "P121"),
    ];
    limits.extend(limits_of_tables());
    let mut out = format!("{GENERATED}# ขีดจำกัด · Limits\n\n");
    out.push_str(
        "ไฟล์ที่ใหญ่หรือซับซ้อนผิดปกติ ไม่ว่าตั้งใจหรือไม่ ต้องไม่ทำให้เครื่องค้างหรือหน่วยความจำหมด ขีดจำกัดเหล่านี้สูงกว่าที่งานจริงต้องใช้มาก จึงไม่มีการตั้งค่า · ",
    );
    out.push_str("No file, however large or tangled, may hang the machine or use up its memory. These limits lie far above what real work needs, so there is no setting for them.\n\n");
    out.push_str("| ของอะไร · of what | ขีดจำกัด · limit | เมื่อเกิน · above it |\n|---|---|---|\n");
    for (th, en, limit, then_th, then_en) in limits {
        let _ = writeln!(out, "| {th} · {en} | {limit} | {then_th} · {then_en} |");
    }
    out.push_str(THEMES);
    expect_file(&root().join("docs/limits.md"), &out);
}

/// What is left to the author's word, and why; and how much of each form is checked by which kind.
#[test]
fn what_is_only_declared_is_documented() {
    let mut out = format!("{GENERATED}# ข้อกำหนดที่ระบบตรวจเองไม่ได้ · Requirements that a machine cannot check\n\n");
    out.push_str("ผู้เขียนชี้ตำแหน่งที่ตอบด้วย `[[covers]]` ระบบตรวจว่าตำแหน่งนั้นมีจริง ไม่ใช่ว่าเนื้อหาตอบถูก · ");
    out.push_str("The author points at the place with `[[covers]]`; that the place is there is checked, that it answers is the author's word.\n");
    let forms: Vec<_> = built_in().years().filter_map(|year| built_in().of(year)).collect();
    let mut kinds: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for form in &forms {
        for requirement in form.items.iter().flat_map(|item| &item.requirements) {
            *kinds.entry(requirement.kind.word()).or_default().entry(form.fiscal_year.to_string()).or_default() += 1;
        }
    }
    let years: Vec<String> = forms.iter().map(|form| form.fiscal_year.to_string()).collect();
    let _ = write!(
        out,
        "\n## จำนวนต่อปี · Numbers per year\n\n| kind | {} |\n|---|{}\n",
        years.join(" | "),
        "---|".repeat(years.len())
    );
    for (kind, counts) in &kinds {
        let cells: Vec<String> = years.iter().map(|year| counts.get(year).copied().unwrap_or(0).to_string()).collect();
        let _ = writeln!(out, "| {kind} | {} |", cells.join(" | "));
    }
    for form in forms.iter().rev() {
        let _ = write!(out, "\n## {}\n\n", form.fiscal_year);
        for requirement in form.items.iter().flat_map(|item| &item.requirements) {
            let RequirementKind::Declared { because } = &requirement.kind else { continue };
            let why = because.expect("tested: every declared requirement of a built-in form has its reason").words();
            let _ =
                writeln!(out, "- {} {} · {}: {} · {}", requirement.id, requirement.text.th, requirement.text.en, why.th, why.en);
        }
    }
    expect_file(&root().join("docs/declared.md"), &out);
}

#[test]
fn forms_are_documented() {
    for year in built_in().years() {
        let catalog = built_in().of(year).expect("a year of the list");
        let mut out = format!("{GENERATED}# แบบ OIT ปีงบประมาณ พ.ศ. {year} · OIT form of fiscal year {year}\n\n");
        out.push_str("† = ยังไม่ยืนยันกับคู่มือทางการ · not yet confirmed against the official manual\n");
        for item in &catalog.items {
            let _ = write!(out, "\n## {} {} · {}\n\n`{}`\n\n", item.id, item.title.th, item.title.en, item.topic);
            for requirement in &item.requirements {
                let mark = if requirement.confidence <= Confidence::One { "" } else { " †" };
                let how = requirement.kind.how();
                let _ = writeln!(out, "- {} {} · {}{mark}", requirement.id, requirement.text.th, requirement.text.en);
                let _ = writeln!(out, "  - {} · {}", how.th, how.en);
            }
        }
        expect_file(&root().join(format!("docs/oit-{year}.md")), &out);
    }
}
