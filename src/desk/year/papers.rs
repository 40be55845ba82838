//! Drafts of what the form asks beside pages: the result of the year before, its analysis, measures, their progress, the survey.

use std::fmt::Write as _;

use crate::catalog::{Catalog, RequirementKind, Scope, ita};
use crate::content::survey::Survey;
use crate::desk::drafts::{plain, quoted};
use crate::site::Site;
use crate::source::SourcePath;
use crate::thai::FiscalYear;

const HEAD: &str = "# ฉบับร่าง ยังไม่ขึ้นเว็บไซต์ เมื่อกรอกเสร็จให้ลบบรรทัด draft = true\ndraft = true\n";

/// A draft of one of these, or the document that is there already.
#[derive(Debug)]
pub(super) struct Paper {
    pub(super) path: SourcePath,
    /// None where there is a document already, which `path` names.
    pub(super) draft: Option<Vec<u8>>,
}

/// What the form of the year asks for beside pages.
pub(super) fn papers(site: &Site, form: &Catalog) -> Vec<Paper> {
    let year = form.fiscal_year;
    let kinds = || form.items.iter().flat_map(|item| item.requirements.iter().map(move |row| (item, &row.kind)));
    let asks = |is_it: fn(&RequirementKind) -> bool| kinds().any(|(_, kind)| is_it(kind));
    let mut papers = Vec::new();
    let mut add = |there: Option<&SourcePath>, path: String, draft: String| {
        papers.push(match there {
            Some(path) => Paper { path: path.clone(), draft: None },
            None => Paper { path: SourcePath::new(&path), draft: Some(draft.into_bytes()) },
        });
    };
    if asks(|kind| matches!(kind, RequirementKind::Analysis { .. })) {
        let last = year.previous();
        let there = site.results_of(last).map(|(document, _)| &document.path);
        add(there, format!("content/results/{last}.toml"), results(last));
        let there = site.analysis(year).map(|(document, _)| &document.path);
        add(there, format!("content/analysis/{year}.md"), analysis(year));
    }
    if asks(|kind| matches!(kind, RequirementKind::Measures { .. })) {
        let there = site.measures(year).first().map(|(document, _)| &document.path);
        add(there, format!("content/measures/{year}/1-name.md"), measure());
    }
    let progress = kinds().find(|(_, kind)| matches!(kind, RequirementKind::Progress));
    if let Some((item, _)) = progress {
        let (about, half) = if item.scope == Scope::Previous { (year.previous(), 2) } else { (year, 1) };
        let there = site.progress(about).first().map(|(document, _)| &document.path);
        add(there, format!("content/progress/{about}-h{half}/measure-1.md"), progress_of(site, about, half));
    }
    // People answer the survey every year, whether the form asks for its page or not.
    if asks(|kind| matches!(kind, RequirementKind::Survey)) || site.all::<Survey>().next().is_some() {
        let there = site.survey_of(year).map(|(document, _)| &document.path);
        add(there, format!("content/surveys/eit-{year}.toml"), survey(year));
    }
    papers
}

fn results(year: FiscalYear) -> String {
    let mut out = format!(
        "# ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {year} คัดลอกตามที่ประกาศ ไม่คำนวณใหม่ คะแนนพิมพ์ในเครื่องหมายคำพูด เช่น \"91.81\"\n{HEAD}fiscal_year = {year}\ntotal = \"\" # คะแนนรวม\ngrade = \"\" # ระดับผลการประเมิน\n# source = \"…\" # เอกสารที่คัดลอกมา\n\n# คะแนนเฉลี่ยของแต่ละเครื่องมือ\n"
    );
    for instrument in &ita().instruments {
        let (code, name) = (&instrument.code, quoted(&instrument.title.th));
        let _ = write!(out, "[[instrument]]\ncode = \"{code}\"\nname = {name}\nscore = \"\"\n\n");
    }
    out.push_str("# คะแนนของแต่ละตัวชี้วัด\n");
    for indicator in &ita().indicators {
        let (number, name, instrument) = (indicator.number, quoted(&indicator.title.th), &indicator.instrument);
        let _ = write!(out, "[[indicator]]\nnumber = {number}\nname = {name}\ninstrument = \"{instrument}\"\nscore = \"\"\n\n");
    }
    out.push_str(
        "# ข้อคำถามที่ทราบคะแนน ลบ # แล้วคัดลอกทั้งกลุ่มตามจำนวนที่มี\n# [[question]]\n# code = \"I1\"\n# indicator = 1\n# text = \"…\"\n# score = \"…\"\n",
    );
    out
}

fn analysis(year: FiscalYear) -> String {
    let last = year.previous();
    format!(
        "+++\n{HEAD}title = \"การวิเคราะห์ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {last} เพื่อกำหนดมาตรการปีงบประมาณ พ.ศ. {year}\"\nfiscal_year = {year}\n# ปีของผลที่วิเคราะห์ กรอกผลไว้ใน content/results/{last}.toml\nresult = {last}\n# date = \"…\" # วันที่วิเคราะห์\n# ถ้าไม่มีประเด็นเร่งด่วนจริง บอกเหตุผล\n# no_urgent_issue = \"…\"\n\n# about และ addresses คือสิ่งที่กล่าวถึง: \"indicator:2\" ตัวชี้วัด, \"I5\" \"E3\" ข้อคำถาม, \"O2\" ข้อในแบบ\n# ข้อค้นพบ คัดลอกทั้งกลุ่มตามจำนวนที่มี\n# [[finding]]\n# text = \"…\"\n# about = [\"indicator:…\"]\n\n# ข้อบกพร่องหรือจุดอ่อนที่ต้องแก้ไขเร่งด่วน มาตรการอ้างเป็น \"urgent:1\" \"urgent:2\" ตามลำดับ\n# [[urgent_issue]]\n# text = \"…\"\n# addresses = [\"indicator:…\"]\n\n# ประเด็นที่ต้องพัฒนา\n# [[development]]\n# text = \"…\"\n+++\n\n<!-- เขียนที่มาของการวิเคราะห์ใต้บรรทัดนี้ -->\n"
    )
}

fn measure() -> String {
    format!(
        "+++\n{HEAD}# ไฟล์ละหนึ่งมาตรการ ตั้งชื่อไฟล์เป็นเลขลำดับและคำภาษาอังกฤษ เช่น 1-budget.md ซึ่งเป็นที่อยู่ของหน้า\ntitle = \"\"\n# จุดอ่อนที่มาตรการนี้แก้: \"indicator:2\" ตัวชี้วัด, \"urgent:1\" ประเด็นเร่งด่วน, \"I5\" \"E3\" ข้อคำถาม\n# addresses = [\"…\"]\n# reporting = [\"…\"] # การกำกับติดตามและรายงานผล\n\n# ขั้นตอน คัดลอกทั้งกลุ่มตามจำนวนที่มี\n# [[step]]\n# text = \"…\" # ทำอะไร\n# responsible = \"…\" # ผู้รับผิดชอบ\n# period = \"…\" # เมื่อใด\n+++\n"
    )
}

fn progress_of(site: &Site, year: FiscalYear, half: u8) -> String {
    let mut measures = String::new();
    for (document, measure) in site.measures(year) {
        let number = document.number.map_or_else(|| "?".to_owned(), |number| number.to_string());
        let _ = writeln!(measures, "#   {number} {}", plain(&measure.title.value));
    }
    let list =
        if measures.is_empty() { String::new() } else { format!("# มาตรการของปี {year}:\n{measures}") };
    let period = match half {
        1 => format!("ต.ค. {} - มี.ค. {year}", year.previous()),
        _ => format!("เม.ย. {year} - ก.ย. {year}"),
    };
    format!(
        "+++\n{HEAD}# ไฟล์ละหนึ่งมาตรการหรือขั้นตอน ตั้งชื่อเช่น 1-2-quarter.md (มาตรการที่ 1 ขั้นตอนที่ 2)\n{list}measure = 1\n# step = 1 # ขั้นตอนที่ ถ้ารายงานเป็นรายขั้นตอน\n# status = \"…\" # done แล้วเสร็จ, ongoing กำลังดำเนินการ, not-started ยังไม่เริ่ม\nperiod = \"{period}\"\n# date = \"…\" # วันที่รายงาน\n\n# หลักฐาน วางไฟล์ไว้ข้างไฟล์นี้\n# [[attachment]]\n# file = \"….pdf\"\n# title = \"…\"\n+++\n\n<!-- เขียนผลการดำเนินการใต้บรรทัดนี้ -->\n"
    )
}

fn survey(year: FiscalYear) -> String {
    let address = &ita().itas.eit;
    format!(
        "# แบบวัด EIT ของปีงบประมาณ พ.ศ. {year} ระบบทำ QR code จาก url ให้ทุกจุดที่ต้องแสดง\n{HEAD}title = \"แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT) ประจำปีงบประมาณ พ.ศ. {year}\"\nfiscal_year = {year}\n# ลิงก์ของปีนี้ที่ได้รับจากระบบ ITAS ขึ้นต้นด้วย {address}\nurl = \"\"\n# opens = \"…\" # วันเปิดให้ตอบ\n# closes = \"…\" # วันปิดรับคำตอบ\n"
    )
}
