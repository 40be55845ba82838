//! A new site: its settings, and the whole checklist of its year as drafts.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

use super::blank::Wish;
use super::drafts::{draft_of_item, is_answered_by_page};
use super::schema::association_files;
use crate::catalog::{Catalog, Item, RequirementKind, Scope};
use crate::config::{self, AgencyKind};
use crate::content::Folder;
use crate::content::channel::ChannelKind;
use crate::diagnostic::Diagnostics;
use crate::site::Site;
use crate::source::{SourcePath, Sources};
use crate::thai::FiscalYear;

/// What is asked of somebody who begins.
#[derive(Debug, Clone)]
pub struct Answers {
    /// Name of the agency.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// Its kind.
    pub kind: AgencyKind,
    /// Address of the site to be.
    pub base_url: String,
    /// The year that is assessed.
    pub fiscal_year: FiscalYear,
}

/// The files of a new site, and what editors need to check them. `catalog` is the form of its year.
pub fn files(answers: &Answers, catalog: &Catalog, today: Date) -> Vec<(SourcePath, Vec<u8>)> {
    let mut files = vec![
        (SourcePath::new(config::PATH), settings(answers).into_bytes()),
        (SourcePath::new(".gitignore"), b"/public/\n/.prongsai/\n".to_vec()),
    ];
    let year = answers.fiscal_year;
    for wish in wishes(answers, catalog) {
        // What is there already gives the next file its number.
        let path = wish.path(&site(&files), year, today);
        files.push((path, draft(&wish)));
    }
    for item in catalog.items.iter().filter(|item| is_answered_by_page(item)) {
        let path = SourcePath::new(&format!("content/disclosures/{year}/{}.md", item.topic));
        files.push((path, draft_of_item(item, year, None)));
    }
    files.extend(association_files());
    files.sort();
    files
}

/// The site that these files are.
fn site(files: &[(SourcePath, Vec<u8>)]) -> Site {
    let mut sources = Sources::default();
    for (path, bytes) in files.iter().filter(|(path, _)| path.is_under("content")) {
        sources.insert_bytes(path.clone(), bytes);
    }
    crate::assemble(&sources, &mut crate::Memory::default(), &mut Diagnostics::default())
}

/// The file of a wish as a draft, whatever is known of it.
pub fn draft(wish: &Wish) -> Vec<u8> {
    let bytes = wish.file();
    let text = String::from_utf8_lossy(&bytes);
    if text.contains("draft = true") {
        return bytes;
    }
    let note = "# ฉบับร่าง: ยังไม่เผยแพร่ กรอกให้ครบแล้วลบบรรทัด draft\ndraft = true\n\n";
    match text.strip_prefix("+++\n") {
        Some(rest) => format!("+++\n{note}{rest}"),
        None => format!("{note}{text}"),
    }
    .into_bytes()
}

/// Documents other than pages of items that the form looks at.
fn wishes(answers: &Answers, catalog: &Catalog) -> Vec<Wish> {
    let year = answers.fiscal_year;
    let requirements = || catalog.items.iter().flat_map(|item| &item.requirements);
    let asks = |is_asked: fn(&RequirementKind) -> bool| requirements().any(|requirement| is_asked(&requirement.kind));
    let mut wishes = Vec::new();
    let mut add = |folder: &str, slug: Option<&str>, period: Option<String>, values: Json| {
        let values: Map<String, Json> = values.as_object().cloned().unwrap_or_default();
        if let Some(folder) = Folder::named(folder) {
            wishes.push(Wish { folder, slug: slug.map(str::to_owned), period, values });
        }
    };
    if asks(|kind| matches!(kind, RequirementKind::Executives { .. })) {
        if answers.kind.is_local() {
            add("executives", Some("head"), None, json!({ "group": "political" }));
        }
        add("executives", Some("permanent-head"), None, json!({ "group": "permanent" }));
    }
    let mut channels: BTreeSet<&str> = BTreeSet::new();
    for requirement in requirements() {
        if let RequirementKind::Channel { channel, .. } = &requirement.kind {
            channels.insert(channel.word());
            if channels.len() == 1 {
                channels.insert(ChannelKind::Contact.word());
            }
        }
    }
    for kind in channels {
        let title = crate::fields::labels::word(kind).map(|text| text.th);
        add("channels", Some(kind), None, json!({ "title": title, "kind": kind }));
    }
    if asks(|kind| matches!(kind, RequirementKind::Analysis { .. })) {
        let last = year.previous();
        add("results", None, Some(last.to_string()), json!({ "fiscal_year": last.number() }));
        let title = format!("การวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสของปี พ.ศ. {last}");
        add("analysis", None, None, json!({ "title": title, "fiscal_year": year.number(), "result": last.number() }));
    }
    if asks(|kind| matches!(kind, RequirementKind::Measures { .. })) {
        add("measures", Some("measure"), None, json!({}));
    }
    let is_progress = |item: &&Item| item.requirements.iter().any(|asked| matches!(asked.kind, RequirementKind::Progress));
    for item in catalog.items.iter().filter(is_progress) {
        // Forms ask for the first half of their own year, or for what came of the year before.
        let half = if item.scope == Scope::Previous { format!("{}-h2", year.previous()) } else { format!("{year}-h1") };
        add("progress", Some("measure-1"), Some(half), json!({ "measure": "1" }));
    }
    if asks(|kind| matches!(kind, RequirementKind::Survey)) {
        add("surveys", None, None, json!({ "fiscal_year": year.number() }));
    }
    if asks(|kind| matches!(kind, RequirementKind::News)) {
        add("news", Some("first"), None, json!({}));
    }
    wishes
}

fn settings(answers: &Answers) -> String {
    let text = |text: &str| toml_edit::Value::from(text).to_string();
    let (name, name_en, url) = (text(&answers.name), text(&answers.name_en), text(&answers.base_url));
    let (kind, year) = (answers.kind.word(), answers.fiscal_year);
    let called = crate::fields::labels::word(kind).map_or(kind, |text| text.th);
    format!(
        r##"# ไฟล์ตั้งค่าของทั้งเว็บไซต์ แก้ด้วยโปรแกรมแก้ข้อความธรรมดา (เช่น Notepad) แล้วบันทึกเป็น UTF-8 หรือแก้ในเบราว์เซอร์ด้วย prongsai serve
# บรรทัดที่ขึ้นต้นด้วย # เป็นคำอธิบาย ระบบไม่อ่าน ข้อความต้องอยู่ในเครื่องหมายคำพูด "..."

# ที่อยู่เว็บไซต์จริง ขึ้นต้นด้วย https:// และลงท้ายด้วย /
base_url = {url}

# ปีงบประมาณ พ.ศ. ที่กำลังรับการประเมิน ใช้เลือกแบบตรวจ OIT ของปีนั้น เริ่มปีงบประมาณใหม่ด้วย prongsai year
fiscal_year = {year}

# ภาษาหลักของเว็บไซต์ "th" = ไทย
language = "th"

# ตัวเลขที่แสดงบนหน้าเว็บ "arabic" = 1 2 3 หรือ "thai" = ๑ ๒ ๓ (ในไฟล์จะพิมพ์แบบใดก็ได้)
digits = "arabic"

# สีประจำหน่วยงาน ระบบปรับความเข้มให้อ่านง่ายเอง
# colour = "#0a4f5a"

# ข้อมูลหน่วยงาน แสดงที่หน้าแรก ท้ายทุกหน้า และหน้าติดต่อ
[agency]
name = {name}
name_en = {name_en}
kind = "{kind}"   # {called}

# ลบ # ข้างหน้าแล้วพิมพ์ของจริง
# seal = "seal.svg"          # ตราหน่วยงาน (SVG หรือ PNG) วางไว้ใน content/
# address = "…"
# phone = "0 4212 3456"
# email = "name@example.go.th"
# map = "https://…"

# ระดับของกฎตรวจสอบ ใส่เฉพาะกฎที่ต้องการเปลี่ยน: "ignore" = ไม่แจ้ง, "warn" = เตือน, "error" = ห้ามเผยแพร่
[rules]
"##
    )
}
