//! Single defects put into the complete site. Each must raise exactly its code, and fail exactly its item.
//!
//! The table is `tests/sites/complete/defects.txt`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use prongsai::Build;
use prongsai::diagnostic::Text;
use prongsai::site::coverage::Coverage;
use prongsai::source::{SourcePath, Sources};
use rayon::prelude::*;

use crate::complete::failing;
use crate::support::{codes, expect_file, root};

/// One defect.
struct Mutation {
    /// What is wrong.
    what: &'static str,
    /// The file below `content/`.
    file: &'static str,
    edit: Edit,
    /// The code it raises.
    code: &'static str,
    /// Number of the item it costs; 0 for none.
    item: u16,
}

/// What is done to the file.
enum Edit {
    /// The first of these texts is replaced by the other.
    Replace(&'static str, &'static str),
    /// The text is left out, and the file that it names is gone.
    Without(&'static str, &'static str),
    /// The file is gone.
    Delete,
    /// The file is there, with this text.
    Add(&'static str),
    /// The file has the bytes of another one.
    Bytes(&'static str),
    /// Only the first bytes are left.
    Cut(usize),
}

/// What an assessor, or the next build, would stumble over.
#[rustfmt::skip]
const MUTATIONS: &[Mutation] = &[
    // Executives (O2)
    m("an executive without a photo", "executives/04-secretary.md", Edit::Without("photo = \"04-secretary.png\"\n", "executives/04-secretary.png"), "P302", 2),
    m("an executive without a telephone", "executives/05-clerk.md", Edit::Replace("phone = \"0 2000 0015\"\n", ""), "P302", 2),
    m("the photo's file is gone", "executives/04-secretary.png", Edit::Delete, "P202", 2),
    m("the photo is no picture", "executives/04-secretary.png", Edit::Bytes("pages/about.md"), "P203", 2),
    m("the photo is half a file", "executives/04-secretary.png", Edit::Cut(12), "P203", 2),
    m("the photo is cut off in the middle", "executives/04-secretary.png", Edit::Cut(200), "P203", 2),
    m("one person twice", "executives/03-deputy-two.md", Edit::Replace("นายจำลอง", "นายสมมุติ"), "P814", 2),
    m("the clerk among the politicians", "executives/05-clerk.md", Edit::Replace("\"permanent\"", "\"political\""), "P817", 2),
    m("Devanagari in a name", "executives/02-deputy-one.md", Edit::Replace("นางสาวทดลอง", "นางสาวทดลोอง"), "P818", 0),
    // Agency, news, channels (O5, O7–O9, O27, O28)
    m("no map of the office", "site.toml", Edit::Replace("map = \"https://map.sommut.example/office\"\n", ""), "P302", 5),
    m("no e-mail address", "site.toml", Edit::Replace("email = \"saraban@sommut.example\"\n", ""), "P302", 5),
    m("no news this year", "news/2566-03-15-road-meeting.md", Edit::Delete, "P301", 7),
    m("only old news", "news/2566-03-15-road-meeting.md", Edit::Replace("2566", "2564"), "P301", 7),
    m("questions are not answered on the same channel", "channels/question.md", Edit::Replace("two_way = true\n", ""), "P302", 8),
    m("a LINE group as channel for reports", "channels/whistleblower.md", Edit::Replace("https://report.sommut.example/", "https://line.me/R/ti/g/abc"), "P902", 28),
    m("reports share the telephone of complaints", "channels/whistleblower.md", Edit::Replace("0 2000 0101", "0 2000 0102"), "P901", 28),
    m("reports share the form of complaints", "channels/whistleblower.md", Edit::Replace("https://report.", "https://complaint."), "P901", 28),
    m("reports demand a name", "channels/whistleblower.md", Edit::Replace("anonymous = true", "anonymous = false"), "P903", 28),
    m("no word of protection", "channels/whistleblower.md", Edit::Replace(PROTECTION, ""), "P904", 28),
    m("a step without days", "channels/whistleblower.md", Edit::Replace("days = 15\n", ""), "P302", 27),
    m("the procedure does not lead to the channel", "disclosures/2566/complaint-procedure.md", Edit::Replace("/report-corruption/", "/contact/"), "P906", 28),
    m("procedure and channel name different units", "disclosures/2566/complaint-procedure.md", Edit::Replace("unit = \"หน่วยตรวจสอบภายใน\"", "unit = \"สำนักปลัด\""), "P906", 28),
    // Time
    m("a plan of one year where several are asked", "disclosures/2566/development-plan.md", Edit::Replace("\"2566-2570\"", "\"2566\""), "P302", 4),
    m("a plan that ran out", "disclosures/2566/development-plan.md", Edit::Replace("\"2566-2570\"", "\"2561-2565\""), "P302", 4),
    m("last year's plan", "disclosures/2566/operating-plan.md", Edit::Replace("ต.ค. 2565 - ก.ย. 2566", "ต.ค. 2564 - ก.ย. 2565"), "P302", 11),
    m("three months where six are asked", "disclosures/2566/operating-plan-progress.md", Edit::Replace("ต.ค. 2565 - มี.ค. 2566", "ต.ค. 2565 - ธ.ค. 2565"), "P302", 12),
    m("an older report under this year's title", "disclosures/2566/annual-report.md", Edit::Replace("period = \"ต.ค. 2564 - ก.ย. 2565\"", "period = \"ต.ค. 2563 - ก.ย. 2564\""), "P302", 13),
    m("statistics of another half year", "disclosures/2566/service-statistics.md", Edit::Replace("ต.ค. 2565 - มี.ค. 2566", "เม.ย. 2565 - ก.ย. 2565"), "P302", 16),
    m("a declaration of last year", "disclosures/2566/no-gift-policy.md", Edit::Replace("date = \"9 ธันวาคม 2565\"", "date = \"9 ธันวาคม 2564\""), "P302", 31),
    m("a month of the Christian Era", "disclosures/2566/operating-plan-progress.md", Edit::Replace("มี.ค. 2566", "มี.ค. 2023"), "P107", 12),
    m("fiscal year of another folder", "analysis/2566.md", Edit::Replace("fiscal_year = 2566", "fiscal_year = 2567"), "P401", 42),
    m("a step outside the fiscal year", "measures/2566/1-budget.md", Edit::Replace("period = \"ส.ค. 2566\"", "period = \"ต.ค. 2566\""), "P402", 0),
    m("the plan is dated after its steps", "analysis/2566.md", Edit::Replace("date = \"15 พ.ย. 2565\"", "date = \"20 เม.ย. 2566\""), "P403", 0),
    m("the survey closes before it opens", "surveys/eit-2566.toml", Edit::Replace("30 เมษายน 2566", "30 มกราคม 2566"), "P402", 0),
    // Months, rows, statements
    m("a month is missing", "disclosures/2566/procurement-monthly.md", Edit::Replace("[[month]]\nmonth = \"ก.พ. 2566\"\nnone = true\n", ""), "P302", 21),
    m("an empty month is not said to be empty", "disclosures/2566/procurement-monthly.md", Edit::Replace("none = true\n", ""), "P302", 21),
    m("a purchase without its reference price", "disclosures/2566/procurement-monthly.md", Edit::Replace("reference_price = \"28,000 บาท\"\n", ""), "P302", 21),
    m("a purchase without its contract", "disclosures/2566/procurement-monthly.md", Edit::Replace("contract = \"4/2566 ลงวันที่ 20 ม.ค. 2566\"\n", ""), "P302", 21),
    m("a month said to be empty, and with a place", "disclosures/2566/procurement-monthly.md", Edit::Replace("at = \"#oct\"", "at = \"#oct\"\nnone = true"), "P302", 21),
    m("one row for two months", "disclosures/2566/procurement-monthly.md", Edit::Replace("month = \"พ.ย. 2565\"", "month = \"พ.ย. - ธ.ค. 2565\""), "P106", 21),
    m("a dash for a budget", "disclosures/2566/operating-plan.md", Edit::Replace("\"480,000 บาท\"", "\"-\""), "P102", 11),
    m("a project without its budget", "disclosures/2566/operating-plan.md", Edit::Replace("budget = \"480,000 บาท\"\n", ""), "P302", 11),
    m("a project of the plan is not reported", "disclosures/2566/operating-plan-progress.md", Edit::Replace("name = \"ขยายเขตไฟฟ้าสาธารณะ หมู่ที่ 5\"", "name = \"ขยายเขตไฟฟ้า\""), "P302", 12),
    m("spending of a project is left blank", "disclosures/2566/operating-plan-progress.md", Edit::Replace("spent = \"96,000 บาท\"\n", ""), "P302", 12),
    m("a report on the wrong plan", "disclosures/2566/hr-policy-progress.md", Edit::Replace("reports_on = \"hr-policy\"", "reports_on = \"operating-plan\""), "P302", 24),
    m("a report on no plan", "disclosures/2566/corruption-risk-actions.md", Edit::Replace("reports_on = \"corruption-risk\"\n", ""), "P302", 35),
    m("no word of recommendations", "disclosures/2566/annual-report.md", Edit::Replace("recommendations = [\"เริ่มจัดจ้างงานก่อสร้างตั้งแต่ไตรมาสแรก\"]\n", ""), "P302", 13),
    m("a risk without its level", "disclosures/2566/corruption-risk.md", Edit::Replace("level = \"สูง\"\n", ""), "P302", 34),
    m("statistics without those in progress", "disclosures/2566/complaint-statistics.md", Edit::Replace("pending = 1\n", ""), "P302", 29),
    m("statistics that do not add up", "disclosures/2566/complaint-statistics.md", Edit::Replace("pending = 1\n", "pending = 2\n"), "P816", 29),
    m("signed by the clerk", "disclosures/2566/no-gift-policy.md", Edit::Replace("signed_by = \"นายสมมุติ", "signed_by = \"นายต้นแบบ"), "P302", 31),
    m("a field of a manual misspelt", "disclosures/2566/work-manual.md", Edit::Replace("name = ", "nmae = "), "P103", 14),
    // Evidence
    m("none where the form knows no case of none", "disclosures/2566/laws.md", Edit::Replace("example = true\n\n[[covers]]\nrequirement = \"O6.1\"\nat = \"#laws\"\n", "example = true\nnone = true\n"), "P302", 6),
    m("an item without an answer", "disclosures/2566/laws.md", Edit::Delete, "P301", 6),
    m("an anchor with nothing under it", "disclosures/2566/hr-rules.md", Edit::Replace("หลักเกณฑ์ข้างต้นยังใช้บังคับในปีงบประมาณ พ.ศ. 2566", ""), "P302", 25),
    m("said to be answered and not to apply", "disclosures/2566/hr-rules.md", Edit::Replace("[[covers]]", "[[not_applicable]]\nrequirement = \"O25.6\"\nreason = \"ไม่มีหลักเกณฑ์ใหม่\"\n\n[[covers]]"), "P302", 25),
    m("a report of years to come", "disclosures/2566/annual-report.md", Edit::Replace("period = \"ต.ค. 2564 - ก.ย. 2565\"", "period = \"2565-2570\""), "P302", 13),
    m("an anchor that is not on the page", "disclosures/2566/hr-rules.md", Edit::Replace(" {#reward}", ""), "P205", 25),
    m("a page beyond the end of the PDF", "disclosures/2566/development-plan.md", Edit::Replace("page = 3", "page = 4"), "P212", 4),
    m("a PDF that is cut off", "disclosures/2566/chart-2566.pdf", Edit::Cut(9000), "P209", 1),
    m("a PDF that is no PDF", "disclosures/2566/chart-2566.pdf", Edit::Bytes("pages/about.md"), "P209", 1),
    m("a file that is not there", "disclosures/2566/chart-2566.pdf", Edit::Delete, "P202", 1),
    m("a file nobody refers to", "disclosures/2566/draft.pdf", Edit::Bytes("disclosures/2566/chart-2566.pdf"), "P207", 0),
    m("a link to a page that is not there", "disclosures/2566/operating-plan.md", Edit::Replace("(operating-plan-progress.md)", "(/2566/operating-progress/)"), "P201", 11),
    m("a link to a heading of another page that is not there", "disclosures/2566/operating-plan.md", Edit::Replace("(operating-plan-progress.md)", "(/2566/operating-plan-progress/#money)"), "P201", 11),
    m("evidence on Google Drive", "disclosures/2566/e-service.md", Edit::Replace("https://e-service.sommut.example/", "https://drive.google.com/file/d/x"), "P213", 0),
    m("a shortened link", "disclosures/2566/e-service.md", Edit::Replace("https://e-service.sommut.example/", "https://bit.ly/x"), "P213", 0),
    m("a requirement that the form does not have", "disclosures/2566/hr-rules.md", Edit::Replace("[[covers]]", "[[covers]]\nrequirement = \"O25.9\"\n\n[[covers]]"), "P205", 25),
    m("a topic that the form does not have", "disclosures/2566/extra.md", Edit::Add("+++\ntitle = \"เรื่องอื่น\"\n+++\n\nข้อความ\n"), "P303", 0),
    // Survey and progress (O43)
    m("the QR code of the survey for officials", "surveys/eit-2566.toml", Edit::Replace("/go/eit/", "/go/iit/"), "P206", 43),
    m("a code of five letters", "surveys/eit-2566.toml", Edit::Replace("sm2566", "sm256"), "P206", 43),
    m("no survey", "surveys/eit-2566.toml", Edit::Delete, "P302", 43),
    m("a report that says nothing", "progress/2566-h1/1-1-plan.md", Edit::Replace("แจ้งแผนในการประชุมพนักงานวันที่ 14 ธันวาคม 2565 ผู้เข้าประชุม 26 คน และติดแผนไว้ที่ป้ายประกาศ", ""), "P302", 43),
    m("a step that is not reported", "progress/2566-h1/2-2-radio.md", Edit::Delete, "P813", 0),
    m("progress of a measure that is not there", "progress/2566-h1/2-2-radio.md", Edit::Replace("measure = 2", "measure = 7"), "P205", 43),
    // Figures
    m("a mean off by 0.02", "results/2565.toml", Edit::Replace("score = \"87.20\"", "score = \"87.22\""), "P801", 0),
    m("a total off by 0.02", "results/2565.toml", Edit::Replace("total = \"91.70\"", "total = \"91.72\""), "P802", 0),
    m("a rank twice", "results/2565.toml", Edit::Replace("rank = 4", "rank = 5"), "P803", 0),
    m("a grade too good", "results/2565.toml", Edit::Replace("grade = \"A\"", "grade = \"AA\""), "P804", 0),
    m("an indicator by another name", "results/2565.toml", Edit::Replace("การใช้ทรัพย์สินของราชการ", "การใช้ทรัพย์สินของทางราชการ"), "P805", 0),
    m("a question under another indicator", "results/2565.toml", Edit::Replace("indicator = 7", "indicator = 6"), "P806", 0),
    m("a score of 187", "results/2565.toml", Edit::Replace("score = \"87.20\"", "score = \"187.20\""), "P105", 42),
    // Weakness, measure, progress
    m("a measure that addresses nothing weak", "measures/2566/4-duties.md", Edit::Add(MEASURE), "P809", 0),
    m("an issue that nobody takes up", "analysis/2566.md", Edit::Replace("[[development]]", "[[urgent_issue]]\ntext = \"เสียงตามสายใช้ไม่ได้\"\n\n[[development]]"), "P808", 0),
    m("a weak indicator unexamined", "analysis/2566.md", Edit::Replace("[[remedy]]\nabout = \"E12\"\nactions = [\"ทบทวนขั้นตอนการขอติดตั้งน้ำประปา\"]\n", ""), "P812", 0),
    m("a step without a unit", "measures/2566/1-budget.md", Edit::Replace("responsible = \"กองคลัง\"\n", ""), "P302", 42),
    m("a step without a period", "measures/2566/1-budget.md", Edit::Replace("period = \"ธ.ค. 2565\"\n", ""), "P811", 0),
    m("no word of reporting", "measures/2566/1-budget.md", Edit::Replace("reporting = [\"รายงานในการประชุมหัวหน้าส่วนราชการทุกเดือน\"]\n", ""), "P302", 42),
    m("a reference to a question that is not asked", "analysis/2566.md", Edit::Replace("\"I10\"]\ntext", "\"I31\"]\ntext"), "P205", 42),
    // What was handed in
    m("a submitted address that is gone", "submissions/2566.toml", Edit::Add("fiscal_year = 2566\ndate = \"28 เมษายน 2566\"\n\n[[answer]]\nitem = \"O2\"\nurl = \"/people/\"\n"), "P217", 2),
    m("a submitted page that changed", "submissions/2566.toml", Edit::Add("fiscal_year = 2566\ndate = \"28 เมษายน 2566\"\n\n[[answer]]\nitem = \"O2\"\nurl = \"/executives/\"\nsha256 = \"00\"\n"), "P218", 0),
    m("a submitted file that was exchanged", "submissions/2566.toml", Edit::Add("fiscal_year = 2566\ndate = \"28 เมษายน 2566\"\n\n[[answer]]\nitem = \"O1\"\nurl = \"/files/disclosures/2566/chart-2566.pdf\"\nsha256 = \"00\"\n"), "P218", 0),
    m("a redirect to nowhere", "site.toml", Edit::Replace("[agency]", "[redirects]\n\"/old/\" = \"/new/\"\n\n[agency]"), "P219", 0),
];

/// The lines of the channel for reports that say how the reporter is protected.
const PROTECTION: &str = r#"protection = [
  "ท่านแจ้งเบาะแสได้โดยไม่ต้องบอกชื่อ",
  "ชื่อและช่องทางติดต่อของผู้แจ้งเก็บเป็นความลับ เห็นได้เฉพาะเจ้าหน้าที่หน่วยตรวจสอบภายในที่ได้รับมอบหมาย",
  "ผู้ที่ถูกกล่าวหาและผู้บังคับบัญชาของผู้นั้นไม่มีสิทธิเข้าถึงข้อมูลผู้แจ้ง",
]
"#;

/// A measure about what is not weak.
const MEASURE: &str = r#"+++
title = "ทบทวนการปฏิบัติหน้าที่"
addresses = ["indicator:1"]
reporting = ["รายงานปีละครั้ง"]

[[step]]
text = "ทบทวนคำสั่งแบ่งงาน"
responsible = "สำนักปลัด"
period = "ส.ค. 2566"
+++
"#;

const fn m(what: &'static str, file: &'static str, edit: Edit, code: &'static str, item: u16) -> Mutation {
    Mutation { what, file, edit, code, item }
}

#[test]
fn each_defect_raises_its_code_and_fails_its_item() {
    let files = files();
    let outcomes: Vec<(String, bool)> = MUTATIONS.par_iter().map(|mutation| outcome(&files, mutation)).collect();
    let table: String = outcomes.iter().map(|(line, _)| format!("{line}\n")).collect();
    let wrong: Vec<&str> = outcomes.iter().filter(|(_, is_right)| !is_right).map(|(line, _)| line.as_str()).collect();
    let head = "# Single defects in the complete site: the code each raises, the item it fails, what it is\n\n";
    expect_file(&root().join("tests/sites/complete/defects.txt"), &format!("{head}{table}"));
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), MUTATIONS.len(), wrong.join("\n"));
}

/// A line of the table, and whether the defect did what it must.
fn outcome(files: &BTreeMap<String, Vec<u8>>, mutation: &Mutation) -> (String, bool) {
    let mut files = files.clone();
    let path = format!("content/{}", mutation.file);
    match &mutation.edit {
        Edit::Replace(from, to) => {
            let text = String::from_utf8(files[&path].clone()).expect("a text");
            assert!(text.contains(from), "{}: `{from}` is not in {path}", mutation.what);
            files.insert(path, text.replacen(from, to, 1).into_bytes());
        }
        Edit::Without(text, other) => {
            let whole = String::from_utf8(files[&path].clone()).expect("a text");
            assert!(whole.contains(text) && files.remove(&format!("content/{other}")).is_some(), "{}", mutation.what);
            files.insert(path, whole.replacen(text, "", 1).into_bytes());
        }
        Edit::Delete => {
            files.remove(&path).unwrap_or_else(|| panic!("{path} is not there"));
        }
        Edit::Add(text) => assert!(files.insert(path, text.as_bytes().to_vec()).is_none(), "{} is there already", mutation.file),
        Edit::Bytes(other) => {
            let bytes = files[&format!("content/{other}")].clone();
            files.insert(path, bytes);
        }
        Edit::Cut(n_bytes) => {
            let bytes = files[&path][..*n_bytes].to_vec();
            files.insert(path, bytes);
        }
    }
    let mut sources = Sources::default();
    for (path, bytes) in &files {
        sources.insert_bytes(SourcePath::new(path), bytes);
    }
    let build = prongsai::build(&sources);
    let (codes, failing) = (codes(&build.diagnostics), failing(&build));
    if !build.diagnostics.has_errors() {
        let typed: Vec<&Text> = said_to_readers(&build).into_iter().filter(|text| is_typed(text)).collect();
        assert!(typed.is_empty(), "{}: pages show what is typed into files: {typed:?}", mutation.what);
    }
    let wanted: Vec<u16> = (mutation.item > 0).then_some(mutation.item).into_iter().collect();
    let is_right = codes == [mutation.code] && failing == wanted;
    let items = failing.iter().map(|item| format!("O{item}")).collect::<Vec<_>>().join(" ");
    let mark = if is_right { "ok   " } else { "WRONG" };
    (format!("{mark} {:<10} {items:<8} {}", codes.join(" "), mutation.what), is_right)
}

/// What the pages of items say is lacking or wrong.
fn said_to_readers(build: &Build) -> Vec<&Text> {
    let audit = || build.site.audit.iter();
    let gaps = audit().flat_map(|item| &item.requirements).flat_map(|row| match &row.coverage {
        Coverage::Missing(gaps) => gaps.as_slice(),
        _ => &[],
    });
    gaps.map(|gap| &gap.what).chain(audit().flat_map(|item| &item.charges).map(|charge| &charge.what)).collect()
}

/// Whether a text has keys, tables, or values of a file in it.
fn is_typed(text: &Text) -> bool {
    let is_key = |word: &str| word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase());
    let has_sign = |text: &String| ["= \"", "= true", "[", "_", "content/"].iter().any(|sign| text.contains(sign));
    text.th.split(|c: char| !c.is_ascii_graphic()).any(is_key) || [&text.th, &text.en].into_iter().any(has_sign)
}

/// Every file of the complete site, by path.
fn files() -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, root: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder of the complete site").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, root, files);
            } else {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).expect("a file of the complete site"));
            }
        }
    }
    let folder = root().join("tests/sites/complete");
    let mut files = BTreeMap::new();
    walk(&folder.join("content"), &folder, &mut files);
    files
}
