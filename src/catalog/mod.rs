//! The forms of the fiscal years and the frame of the assessment, as data: the only place where a year's law lives.

mod ita;
mod kind;
pub(crate) mod rules;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};
use toml::de::DeTable;

use crate::diagnostic::{Diagnostics, Text, text};
use crate::fields::Topic;
use crate::source::{Source, SourcePath, Sources};
use crate::thai::code::Series;
use crate::thai::{Code, FiscalYear};
use rules::bad_catalog;

pub use ita::{GradeBand, GradeScheme, Indicator, Instrument, Ita, Questions, ita};
pub(crate) use kind::Field;
pub use kind::{
    AgencyField, AnalysisField, Because, ChannelField, ExecutiveField, MeasureField, RequirementKind, StatedField, Years,
};

/// The built-in forms, `fyNNNN.toml` each. A new year is a new file here, and nothing else.
static FORMS: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/catalog/forms");

/// All forms a build knows.
#[derive(Debug, Clone)]
pub struct Catalogs {
    forms: BTreeMap<FiscalYear, Arc<Form>>,
    /// A form of the site itself could not be read, so nothing is said about forms.
    pub is_broken: bool,
}

/// A form, read when it is asked for: a site answers one or two of them.
#[derive(Debug)]
struct Form {
    head: Head,
    text: &'static str,
    whole: OnceLock<Catalog>,
}

/// What a form begins with.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Head {
    fiscal_year: FiscalYear,
    item_count: usize,
}

/// The form of one fiscal year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// Number of items, to notice a lost one.
    pub item_count: usize,
    /// Where the wording comes from.
    #[serde(default, rename = "source")]
    pub sources: Vec<FormSource>,
    /// Groups of items.
    #[serde(rename = "sub")]
    pub groups: Vec<Group>,
    /// The items, in order.
    #[serde(default, rename = "item")]
    pub items: Vec<Item>,
}

/// A published source of a form's wording.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FormSource {
    /// Short name.
    pub id: String,
    /// Where it is.
    #[serde(rename = "ref")]
    pub reference: String,
    /// What it says.
    pub covers: String,
}

/// A group of items (ตัวชี้วัดย่อย): its score is the mean of its items.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// `9.1`.
    pub id: String,
    /// Number of the indicator it belongs to.
    pub indicator: u32,
    /// Title.
    pub title: Text,
    /// How sure the title is.
    pub confidence: Confidence,
}

/// One item of the form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// `O2`.
    pub id: Code,
    /// What it is about; the same over the years, and the page's name in URLs.
    pub topic: String,
    /// Title.
    pub title: Text,
    /// Id of its group.
    pub sub: String,
    /// Heading it stands under, in Thai as printed.
    pub group: String,
    /// The time it is about.
    pub scope: Scope,
    /// How sure the title is.
    pub confidence: Confidence,
    /// Whether "there is none this year" is an answer (`none = true` in the disclosure).
    #[serde(default)]
    pub may_be_none: bool,
    /// Ids of sources.
    #[serde(default)]
    pub sources: Vec<String>,
    /// For whoever corrects the form.
    #[serde(default)]
    pub note: Option<String>,
    /// What it asks for.
    #[serde(rename = "requirement")]
    pub requirements: Vec<Requirement>,
}

/// One thing an item asks for (องค์ประกอบด้านข้อมูล).
#[derive(Debug, Clone, Deserialize)]
pub struct Requirement {
    /// `O2.1`.
    pub id: String,
    /// What it asks for.
    pub text: Text,
    /// How sure the wording is.
    pub confidence: Confidence,
    /// For whom it is.
    #[serde(default)]
    pub audience: Audience,
    /// How it is met.
    #[serde(flatten)]
    pub kind: RequirementKind,
}

/// How sure a wording is, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Two independent sources for the year agree.
    Two,
    /// One source for the year and an analogue.
    #[serde(rename = "one+")]
    OnePlus,
    /// One source for the year.
    One,
    /// Only sources of neighbouring years or sister lists.
    Analogue,
    /// It merely restates the title.
    Title,
    /// General knowledge, not found in a source.
    Memory,
}

/// The time an item is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// No year.
    Undated,
    /// The fiscal year.
    Current,
    /// A plan of several years that includes it.
    Covers,
    /// Its first six months.
    FirstHalf,
    /// The year before.
    Previous,
    /// Not known.
    Unverified,
}

/// For whom a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Every agency.
    #[default]
    All,
    /// Local governments only.
    Local,
}

impl Confidence {
    /// Whether a source of the year itself confirms the wording.
    pub fn is_confirmed(self) -> bool {
        self <= Confidence::One
    }
}

impl Catalogs {
    /// The built-in forms, and those a site brings in `content/catalog/fyNNNN.toml`, which win.
    pub fn load(sources: &Sources, diagnostics: &mut Diagnostics) -> Catalogs {
        let mut catalogs = built_in().clone();
        for (path, source) in sources.under("content/catalog") {
            let Source::Text { text, invalid_at } = source else { continue };
            if path.extension() != "toml" {
                continue;
            }
            // `parse` reports encoding and syntax of every TOML file.
            if invalid_at.is_some() || DeTable::parse(text).is_err() {
                catalogs.is_broken = true;
                continue;
            }
            match read(text).map_err(bad_catalog::Problem::Toml).and_then(|catalog| validate(path, catalog)) {
                Ok(catalog) => {
                    let head = Head { fiscal_year: catalog.fiscal_year, item_count: catalog.item_count };
                    catalogs.forms.insert(head.fiscal_year, Arc::new(Form { head, text: "", whole: catalog.into() }));
                }
                Err(error) => {
                    bad_catalog::report(path, text, &error, diagnostics);
                    catalogs.is_broken = true;
                }
            }
        }
        catalogs
    }

    /// The form of a year.
    pub fn of(&self, year: FiscalYear) -> Option<&Catalog> {
        self.forms.get(&year).map(|form| form.whole())
    }

    /// The years, in order, each with the number of items of its form.
    pub fn sizes(&self) -> impl Iterator<Item = (FiscalYear, usize)> + '_ {
        self.forms.iter().map(|(year, form)| (*year, form.head.item_count))
    }

    /// The years, in order.
    pub fn years(&self) -> impl Iterator<Item = FiscalYear> + '_ {
        self.forms.keys().copied()
    }

    /// The latest form.
    pub fn latest(&self) -> &Catalog {
        self.forms.values().next_back().expect("tested: there is a built-in form").whole()
    }
}

impl Form {
    fn built_in(text: &'static str) -> Form {
        let head = text.find("\n[").map_or(text, |end| &text[..end]);
        let head = toml::from_str(head).expect("tested: every built-in form begins with its year");
        Form { head, text, whole: OnceLock::new() }
    }

    fn whole(&self) -> &Catalog {
        self.whole.get_or_init(|| read(self.text).expect("tested: every built-in form parses"))
    }
}

impl Catalog {
    /// The item with this code.
    pub fn item(&self, id: Code) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The item of this topic.
    pub fn topic(&self, topic: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.topic == topic)
    }
}

/// The built-in forms.
pub fn built_in() -> &'static Catalogs {
    static CATALOGS: LazyLock<Catalogs> = LazyLock::new(|| {
        let texts = FORMS.files().map(|file| file.contents_utf8().expect("tested: every built-in form is UTF-8"));
        let forms = texts.map(Form::built_in).map(|form| (form.head.fiscal_year, Arc::new(form)));
        Catalogs { forms: forms.collect(), is_broken: false }
    });
    &CATALOGS
}

/// What a form must hold to be checked against; the built-in ones are tested for it.
fn validate(path: &SourcePath, catalog: Catalog) -> Result<Catalog, bad_catalog::Problem> {
    let problem = |words| Err(bad_catalog::Problem::Form(words));
    let (year, name, n_items) = (catalog.fiscal_year, path.name(), catalog.items.len());
    if name != format!("fy{year}.toml") {
        return problem(text!(th: "แบบของปี {year} ต้องอยู่ในไฟล์ fy{year}.toml", en: "the form of {year} belongs in fy{year}.toml"));
    }
    if n_items != catalog.item_count {
        let count = catalog.item_count;
        return problem(
            text!(th: "item_count เป็น {count} แต่มี {n_items} ข้อ", en: "item_count is {count}, but there are {n_items} items"),
        );
    }
    for (at, item) in catalog.items.iter().enumerate() {
        let (id, sub, topic) = (item.id, &item.sub, &item.topic);
        if id.series != Series::O || catalog.items[..at].iter().any(|other| other.id == id || other.topic == *topic) {
            return problem(
                text!(th: "ข้อ {id} หรือเรื่อง {topic} ซ้ำ หรือไม่ใช่ข้อ O", en: "item {id} or topic {topic} is there twice, or no O item"),
            );
        }
        if !catalog.groups.iter().any(|group| group.id == *sub) {
            return problem(text!(th: "ข้อ {id}: ไม่มีกลุ่ม {sub}", en: "item {id}: there is no sub {sub}"));
        }
        let mut ids = (1..).zip(&item.requirements);
        if !Topic::is_topic(topic) || ids.any(|(number, requirement)| requirement.id != format!("{id}.{number}")) {
            return problem(text!(
                th: "ข้อ {id}: topic ใช้ a-z, 0-9 และขีด ข้อกำหนดเรียง {id}.1, {id}.2, …",
                en: "item {id}: topic has a-z, 0-9 and hyphens; requirements are {id}.1, {id}.2, …"
            ));
        }
        let mut plans = item.requirements.iter().filter_map(|requirement| requirement.kind.plan());
        if let Some(plan) = plans.find(|plan| catalog.item(*plan).is_none()) {
            return problem(
                text!(th: "ข้อ {id} อ้างแผนของข้อ {plan} ซึ่งไม่มี", en: "item {id} refers to the plan of {plan}, which is not there"),
            );
        }
        if item.requirements.is_empty() {
            return problem(text!(th: "ข้อ {id} ไม่มีข้อกำหนด", en: "item {id} asks for nothing"));
        }
    }
    Ok(catalog)
}

fn read(text: &str) -> Result<Catalog, toml::de::Error> {
    toml::from_str(text)
}
