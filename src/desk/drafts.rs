//! A draft of the page that answers an item of the form: what the form asks, requirement by requirement, as comments beside examples.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use super::Manuscript;
use crate::catalog::{Audience, Because, Field, Item, Requirement, RequirementKind, Scope, StatedField, Years, built_in};
use crate::content::Folder;
use crate::content::rows::{RowField, RowKind};
use crate::fields::labels;
use crate::thai::{Code, FiscalYear, Period};

/// What is typed where the author is to put words.
const BLANK: &str = "…";

/// Months as officers shorten them, from October.
const MONTHS: [&str; 12] = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."];

/// Whether a page in `disclosures/` can answer any of an item's requirements by itself; others look at executives, channels and the like.
pub fn is_answered_by_page(item: &Item) -> bool {
    item.requirements.iter().any(|requirement| {
        !matches!(
            requirement.kind,
            RequirementKind::Executives { .. }
                | RequirementKind::Agency { .. }
                | RequirementKind::News
                | RequirementKind::Channel { .. }
                | RequirementKind::Analysis { .. }
                | RequirementKind::Measures { .. }
                | RequirementKind::Progress
                | RequirementKind::Survey
        )
    })
}

/// The file `content/disclosures/<year>/<topic>.md` of an item as a draft. Of `previous`, the page of another year, it takes the title,
/// the unit, the headings, and the places that `[[covers]]` names by their anchors; dates, numbers and files are left out. The ids that
/// `previous` names have to be those of this form.
pub fn draft_of_item(item: &Item, year: FiscalYear, previous: Option<&Manuscript>) -> Vec<u8> {
    let kept = previous.map(Kept::of).unwrap_or_default();
    let mut out = String::from(
        "+++\n# ฉบับร่าง ยังไม่ขึ้นเว็บไซต์ เมื่อเขียนเสร็จให้ลบบรรทัด draft = true\n# บรรทัดที่ขึ้นต้นด้วย # เป็นคำอธิบายหรือตัวอย่าง ลบ # ข้างหน้าตัวอย่างแล้วพิมพ์ข้อมูลจริงแทน …\ndraft = true\n",
    );
    let title = kept.title.clone().unwrap_or_else(|| title(item, year));
    let _ = writeln!(out, "title = {}", quoted(&title));
    match &kept.unit {
        Some(unit) => drop(writeln!(out, "unit = {}", quoted(unit))),
        None => drop(writeln!(out, "# unit = \"{BLANK}\" # {}", label("unit"))),
    }
    write_question(&mut out, item, year);
    write_fields(&mut out, item, year);
    write_tables(&mut out, item, year);
    write_places(&mut out, item, &kept);
    out.push_str("+++\n");
    for heading in &kept.headings {
        let _ = write!(out, "\n{heading}\n");
    }
    out.into_bytes()
}

/// A page that is whole but for these requirements, as a draft: it says what the form asks, and what of that is lacking.
pub fn unfinished(page: &[u8], item: &Item, year: FiscalYear, lacks: &[String]) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    let (fence, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let (line_end, lacks) = (if fence.ends_with('\r') { "\r\n" } else { "\n" }, lacks.join(", "));
    let mut out = format!("# ฉบับร่าง ยังไม่ขึ้นเว็บไซต์ เติมส่วนที่ขาดแล้วลบบรรทัด draft = true\n# ยังขาด: {lacks}\ndraft = true\n");
    write_question(&mut out, item, year);
    format!("{fence}\n{}{line_end}{rest}", out.replace('\n', line_end)).into_bytes()
}

/// The title of an item's page: that of the item, and the year that it is about.
pub fn title(item: &Item, year: FiscalYear) -> String {
    let year = match item.scope {
        Scope::Undated | Scope::Unverified | Scope::Covers => return plain(&item.title.th),
        Scope::Current | Scope::FirstHalf => year,
        Scope::Previous => year.previous(),
    };
    let title = plain(&item.title.th);
    let joined =
        if title.ends_with("ประจำปี") { "งบประมาณ" } else { " ปีงบประมาณ" };
    format!("{title}{joined} พ.ศ. {year}")
}

/// What of the page of another year is good for this one.
#[derive(Default)]
struct Kept {
    title: Option<String>,
    unit: Option<String>,
    /// Requirement and anchor.
    places: Vec<(String, String)>,
    headings: Vec<String>,
}

impl Kept {
    fn of(previous: &Manuscript) -> Kept {
        let schema = Folder::named("disclosures").map(Folder::asked).unwrap_or_default();
        let values = previous.values(&schema);
        let text = |values: &Map<String, Json>, key: &str| values.get(key).and_then(Json::as_str).map(str::to_owned);
        let rows = values.get("covers").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        let headings: Vec<String> = headings(previous.body()).map(str::to_owned).collect();
        let place = |row: &Json| {
            let row = row.as_object()?;
            let (requirement, at) = (text(row, "requirement")?, text(row, "at")?);
            // Without its heading the place is lost.
            let id = format!("{{#{}}}", at.trim().trim_start_matches('#'));
            headings.iter().any(|heading| heading.ends_with(&id)).then_some((requirement, at))
        };
        let places = rows.iter().filter_map(place).collect();
        Kept { title: text(&values, "title"), unit: text(&values, "unit"), places, headings }
    }
}

/// The headings of a text, as they are typed; what stands in a block of code is none.
fn headings(body: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    body.lines().map(str::trim_end).filter(move |line| {
        if line.starts_with("```") || line.starts_with("~~~") {
            in_code = !in_code;
        }
        let level = line.chars().take_while(|c| *c == '#').count();
        !in_code && (1..=6).contains(&level) && line[level..].starts_with(' ')
    })
}

/// What the form asks, as comments.
fn write_question(out: &mut String, item: &Item, year: FiscalYear) {
    let _ = write!(out, "\n# ข้อ {} {} (แบบ OIT ปีงบประมาณ พ.ศ. {year})\n", item.id, plain(&item.title.th));
    if let Some(time) = time(item.scope, year) {
        let _ = writeln!(out, "# ช่วงเวลาที่แบบถาม: {time}");
    }
    out.push_str("# แบบถามดังนี้ (หลัง → คือวิธีตอบ)\n");
    for requirement in &item.requirements {
        let local = if requirement.audience == Audience::Local { " (เฉพาะ อปท.)" } else { "" };
        let (id, text) = (&requirement.id, plain(&requirement.text.th));
        let _ = writeln!(out, "#   {id} {text}{local}\n#     → {}", plain(&requirement.kind.how().th));
    }
    if item.may_be_none {
        out.push_str("\n# ถ้าปีนี้ไม่มีเรื่องให้เปิดเผย ลบ # ข้างหน้าบรรทัดนี้ แล้วเขียนใต้ +++ ว่าไม่มี\n# none = true\n");
    }
}

/// The fields outside of tables that the requirements ask for, as comments.
fn write_fields(out: &mut String, item: &Item, year: FiscalYear) {
    let mut lines: Vec<String> = Vec::new();
    // A key stands once; what the form says of the time itself comes before what follows from months.
    let key = |line: &str| line.split(" = ").next().map(str::to_owned);
    let mut add = |line: String| {
        if !lines.iter().any(|known| key(known) == key(&line)) {
            lines.push(line);
        }
    };
    let is_months = |requirement: &&Requirement| matches!(requirement.kind, RequirementKind::Months);
    let (months, others): (Vec<_>, Vec<_>) = item.requirements.iter().partition(is_months);
    for requirement in others.into_iter().chain(months) {
        match &requirement.kind {
            RequirementKind::Dated { scope } => {
                for line in dated(scope.unwrap_or(item.scope), year) {
                    add(line);
                }
            }
            RequirementKind::Duration { years: Years::One } => add(period_line(&shown(Period::of_year(year)))),
            RequirementKind::Duration { years: Years::Several } => add(period_line(&several(year))),
            RequirementKind::Months => dated(item.scope, year).into_iter().for_each(&mut add),
            RequirementKind::ReportsOn { plan } => add(reports_on(*plan, year)),
            RequirementKind::Stated { fields } => fields.iter().for_each(|field| add(stated(*field))),
            RequirementKind::Signed => add(format!("# signed_by = \"{BLANK}\" # {}", label("signed_by"))),
            _ => {}
        }
    }
    if !lines.is_empty() {
        let _ = write!(out, "\n{}\n", lines.join("\n"));
    }
}

/// How the time of an item is said.
fn dated(scope: Scope, year: FiscalYear) -> Vec<String> {
    match scope {
        Scope::Current => vec![
            period_line(&shown(Period::of_year(year))),
            format!("# date = \"{BLANK}\" # วันที่ของเอกสาร ใช้แทน period ได้ถ้าอยู่ในปีงบประมาณ พ.ศ. {year}"),
        ],
        Scope::FirstHalf => vec![period_line(&shown(Period::first_half(year)))],
        Scope::Previous => vec![period_line(&shown(Period::of_year(year.previous())))],
        Scope::Covers => vec![period_line(&several(year))],
        Scope::Undated | Scope::Unverified => vec![format!("# period = \"{BLANK}\" # {}", label("period"))],
    }
}

fn period_line(period: &str) -> String {
    format!("# period = \"{period}\" # {}", label("period"))
}

/// A plan of five years that starts with this one.
fn several(year: FiscalYear) -> String {
    format!("{year}-{}", year.number() + 4)
}

/// `ต.ค. 2566 - มี.ค. 2567`
fn shown(period: Period) -> String {
    let months: Vec<String> = period.months().map(month).collect();
    match months.as_slice() {
        [first, .., last] => format!("{first} - {last}"),
        _ => months.concat(),
    }
}

fn month(first: jiff::civil::Date) -> String {
    let place = usize::try_from((first.month() + 2) % 12).unwrap_or_default();
    format!("{} {}", MONTHS[place], crate::thai::date::buddhist_year(first))
}

/// The time that an item is about, in words; `None` where it is about none.
fn time(scope: Scope, year: FiscalYear) -> Option<String> {
    match scope {
        Scope::Undated => None,
        Scope::Current => Some(format!("ปีงบประมาณ พ.ศ. {year} ({})", shown(Period::of_year(year)))),
        Scope::Covers => Some(format!("แผนที่ครอบคลุมปีงบประมาณ พ.ศ. {year}")),
        Scope::FirstHalf => Some(format!("หกเดือนแรกของปีงบประมาณ พ.ศ. {year} ({})", shown(Period::first_half(year)))),
        Scope::Previous => {
            let previous = year.previous();
            Some(format!("ปีงบประมาณ พ.ศ. {previous} ({})", shown(Period::of_year(previous))))
        }
        Scope::Unverified => Some("ยังไม่ทราบแน่ ดูคู่มือของปี".to_owned()),
    }
}

fn reports_on(plan: Code, year: FiscalYear) -> String {
    let topic = built_in().of(year).and_then(|form| form.item(plan)).map_or(BLANK, |item| item.topic.as_str());
    format!("# reports_on = \"{topic}\" # เรื่องของแผนในข้อ {plan}")
}

fn stated(field: StatedField) -> String {
    let (key, words) = (field.key(), label(field.key()));
    match field {
        StatedField::Spending => format!("# {key} = \"{BLANK}\" # {words} (ถ้าไม่มี ให้เขียนว่าไม่มี)"),
        _ => format!("# {key} = [\"{BLANK}\"] # {words} (ถ้าไม่มี ให้เขียนว่า \"ไม่มี\")"),
    }
}

/// Months and rows that the requirements ask for, as comments.
fn write_tables(out: &mut String, item: &Item, year: FiscalYear) {
    let kinds = || item.requirements.iter().map(|requirement| &requirement.kind);
    if kinds().any(|kind| matches!(kind, RequirementKind::Months | RequirementKind::EmptyMonths)) {
        out.push_str("\n# เดือนละหนึ่งรายการ ใส่ file (ไฟล์แนบ) หรือ at (หัวข้อในหน้านี้) ถ้าเดือนนั้นไม่มี ใส่ none = true แทน\n");
        let months = match item.scope {
            Scope::FirstHalf => Period::first_half(year),
            Scope::Previous => Period::of_year(year.previous()),
            _ => Period::of_year(year),
        };
        for first in months.months() {
            let _ = write!(out, "# [[month]]\n# month = \"{}\"\n# file = \"{BLANK}.pdf\"\n", month(first));
        }
    }
    for kind in RowKind::ALL {
        let mut is_asked = false;
        let mut fields: Vec<RowField> = Vec::new();
        for requirement in kinds() {
            if let RequirementKind::Rows { rows, fields: columns, .. } = requirement
                && *rows == kind
            {
                is_asked = true;
                fields.extend(columns.iter().filter(|column| !fields.contains(column)).copied().collect::<Vec<_>>());
            }
        }
        if is_asked {
            fields.sort_unstable();
            let key = kind.key();
            let columns: String = fields.iter().map(|field| column(kind, *field)).collect();
            let (name, words) = (row_label(key, "name"), label(key));
            let _ = write!(out, "\n# {words}: คัดลอกทั้งกลุ่มนี้ตามจำนวนที่มี\n# [[{key}]]\n# name = \"{BLANK}\" # {name}\n{columns}");
        }
    }
}

fn column(kind: RowKind, field: RowField) -> String {
    let key = field.key();
    let value = if kind == RowKind::Statistic { "0".to_owned() } else { format!("\"{BLANK}\"") };
    format!("# {key} = {value} # {}\n", row_label(kind.key(), key))
}

/// Where the answers are: `[[covers]]`, `[[not_applicable]]`, `[[attachment]]`.
fn write_places(out: &mut String, item: &Item, kept: &Kept) {
    let declared = |requirement: &&Requirement| matches!(requirement.kind, RequirementKind::Declared { .. });
    let declared: Vec<&Requirement> = item.requirements.iter().filter(declared).collect();
    let place = |id: &str| kept.places.iter().find(|(requirement, _)| requirement == id).map(|(_, at)| at.as_str());
    if !declared.is_empty() {
        out.push_str("\n# ชี้ว่าส่วนใดตอบข้อกำหนดใด: at คือหัวข้อในหน้านี้ เช่น ## แผนผัง {#chart} หรือ file กับ page คือหน้าของไฟล์แนบ\n");
    }
    // What is a comment stays together, for it would belong to the table above.
    for requirement in declared.iter().filter(|requirement| place(&requirement.id).is_none()) {
        let (id, text) = (&requirement.id, plain(&requirement.text.th));
        let place = if is_in_file(&requirement.kind) {
            format!("# file = \"{BLANK}.pdf\"\n# page = 1\n")
        } else {
            format!("# at = \"#{BLANK}\"\n")
        };
        let _ = write!(out, "# {text}\n# [[covers]]\n# requirement = \"{id}\"\n{place}");
    }
    if let Some(local) = item.requirements.iter().find(|requirement| requirement.audience == Audience::Local) {
        let id = &local.id;
        let _ = write!(
            out,
            "\n# ข้อกำหนดที่ไม่เกี่ยวกับหน่วยงาน บอกเหตุผลซึ่งจะแสดงบนเว็บไซต์\n# [[not_applicable]]\n# requirement = \"{id}\"\n# reason = \"{BLANK}\"\n"
        );
    }
    let _ = write!(out, "\n# ไฟล์แนบ วางไฟล์ไว้ข้างไฟล์นี้\n# [[attachment]]\n# file = \"{BLANK}.pdf\"\n# title = \"{BLANK}\"\n");
    for requirement in &item.requirements {
        if let Some(at) = place(&requirement.id) {
            let (id, text) = (&requirement.id, plain(&requirement.text.th));
            let _ =
                write!(out, "\n# {text}: เขียนใต้หัวข้อ {}\n[[covers]]\nrequirement = \"{id}\"\nat = {}\n", plain(at), quoted(at));
        }
    }
}

fn is_in_file(kind: &RequirementKind) -> bool {
    matches!(kind, RequirementKind::Declared { because: Some(Because::File | Because::Picture) })
}

fn label(key: &str) -> &'static str {
    labels::field("disclosures", key).map_or("", |label| label.th)
}

fn row_label(table: &str, key: &str) -> &'static str {
    labels::field("disclosures", &format!("{table}.{key}")).map_or("", |label| label.th)
}

/// A text on one line, for a comment ends with its line.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A text as TOML.
pub(super) fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}
