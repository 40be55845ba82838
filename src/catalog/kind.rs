//! `RequirementKind`: how a requirement is met. Closed, so that every kind has its check in `site::coverage`.

use serde::{Deserialize, Serialize};

use super::Scope;
use crate::content::channel::ChannelKind;
use crate::content::executive::Group;
use crate::content::rows::{RowField, RowKind};
use crate::diagnostic::{Text, text};
use crate::thai::Code;

/// How a requirement is met.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum RequirementKind {
    /// Every executive has these fields, and each of these groups has one.
    Executives {
        /// `name`, `position`, `photo`, `phone`.
        fields: Vec<ExecutiveField>,
        /// Groups that must be there.
        #[serde(default)]
        groups: Vec<Group>,
    },
    /// `[agency]` has these fields.
    Agency {
        /// `address`, `phone`, `email`, `map`.
        fields: Vec<AgencyField>,
    },
    /// A post dated in the fiscal year.
    News,
    /// A channel of this kind with these fields.
    Channel {
        /// Kind of channel.
        channel: ChannelKind,
        /// `url`, `protection`, `steps`, `days`, `unit`, `two_way`, `apart`, `procedure`.
        fields: Vec<ChannelField>,
    },
    /// The year's analysis has these parts.
    Analysis {
        /// `result`, `urgent_issues`, `developments`.
        fields: Vec<AnalysisField>,
    },
    /// Every measure of the year has these fields.
    Measures {
        /// `responsible`, `steps`, `reporting`, `addresses`.
        fields: Vec<MeasureField>,
    },
    /// Progress of the year that the item is about is reported.
    Progress,
    /// An EIT survey of the year, its QR code on the site.
    Survey,
    /// The disclosure's `period` fits the scope.
    Dated {
        /// The item's own scope when absent.
        #[serde(default)]
        scope: Option<Scope>,
    },
    /// The disclosure's `period` is of one fiscal year, or of several.
    Duration {
        /// How many.
        years: Years,
    },
    /// The disclosure has a `[[month]]` for every month of the item's scope.
    Months,
    /// Every `[[month]]` has a place, or says that there is nothing.
    EmptyMonths,
    /// The disclosure has rows of this kind, each with all these fields.
    Rows {
        /// `project`, `risk`, `manual`, `statistic`.
        rows: RowKind,
        /// Columns; every row has a name.
        fields: Vec<RowField>,
        /// Item whose disclosure names the projects that must all be there.
        #[serde(default)]
        plan: Option<Code>,
    },
    /// The disclosure says that it reports on the plan of this item.
    ReportsOn {
        /// The item of the plan.
        plan: Code,
    },
    /// The disclosure says these, if only that there are none.
    Stated {
        /// `problems`, `recommendations`, `spending`.
        fields: Vec<StatedField>,
    },
    /// The disclosure is signed by the highest executive.
    Signed,
    /// The author points at the place with `[[covers]]`.
    Declared {
        /// Why a machine cannot tell.
        #[serde(default)]
        because: Option<Because>,
    },
}

macro_rules! field_names {
    ($($(#[$meta:meta])* $name:ident { $($(#[$vm:meta])* $variant:ident = $key:literal),+ $(,)? })+) => {
        $($(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vm])* $variant),+ }

        impl Field for $name {
            fn key(&self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }
        })+
    };
}

/// Something with a key in a file.
pub(crate) trait Field {
    /// The key.
    fn key(&self) -> &'static str;
}

field_names! {
    /// A field of an executive.
    ExecutiveField { /// Name.
        Name = "name", /// Position.
        Position = "position", /// Photo.
        Photo = "photo", /// Telephone.
        Phone = "phone" }
    /// A field of the agency.
    AgencyField { /// Address.
        Address = "address", /// Telephone.
        Phone = "phone", /// E-mail.
        Email = "email", /// Map.
        Map = "map" }
    /// A field of a channel.
    ChannelField { /// Online form.
        Url = "url", /// Protection.
        Protection = "protection", /// Steps.
        Steps = "steps", /// Days of each step.
        Days = "days", /// Unit responsible.
        Unit = "unit", /// Answers come back on the same channel.
        TwoWay = "two_way", /// Shares nothing with a channel for general complaints.
        Apart = "apart", /// The page of the procedure leads to it, or it has steps itself.
        Procedure = "procedure" }
    /// A part of an analysis.
    AnalysisField { /// The result analysed is on the site.
        Result = "result", /// Urgent issues.
        UrgentIssues = "urgent_issues", /// Points to develop.
        Developments = "developments" }
    /// A field of a measure.
    MeasureField { /// Unit responsible.
        Responsible = "responsible", /// Steps.
        Steps = "steps", /// Reporting.
        Reporting = "reporting", /// What it addresses.
        Addresses = "addresses" }
    /// Something a report must say, if only that there is none.
    StatedField { /// Problems and obstacles.
        Problems = "problems", /// Recommendations.
        Recommendations = "recommendations", /// Money spent.
        Spending = "spending" }
    /// How many fiscal years a plan is for.
    Years { /// One.
        One = "one", /// More than one.
        Several = "several" }
    /// Why a requirement is left to the author's word.
    Because { /// Only a reader can judge what a text says.
        Meaning = "meaning", /// The answer is inside a chart or picture.
        Picture = "picture", /// The answer is inside an attached file.
        File = "file", /// It takes legal judgement.
        Law = "law", /// Only a visit to another host shows it.
        Network = "network" }
}

impl RequirementKind {
    /// Its word in the form's file.
    pub fn word(&self) -> &'static str {
        match self {
            RequirementKind::Executives { .. } => "executives",
            RequirementKind::Agency { .. } => "agency",
            RequirementKind::News => "news",
            RequirementKind::Channel { .. } => "channel",
            RequirementKind::Analysis { .. } => "analysis",
            RequirementKind::Measures { .. } => "measures",
            RequirementKind::Progress => "progress",
            RequirementKind::Survey => "survey",
            RequirementKind::Dated { .. } => "dated",
            RequirementKind::Duration { .. } => "duration",
            RequirementKind::Months => "months",
            RequirementKind::EmptyMonths => "empty-months",
            RequirementKind::Rows { .. } => "rows",
            RequirementKind::ReportsOn { .. } => "reports-on",
            RequirementKind::Stated { .. } => "stated",
            RequirementKind::Signed => "signed",
            RequirementKind::Declared { .. } => "declared",
        }
    }

    /// The item whose plan it asks about.
    pub fn plan(&self) -> Option<Code> {
        match self {
            RequirementKind::Rows { plan, .. } => *plan,
            RequirementKind::ReportsOn { plan } => Some(*plan),
            _ => None,
        }
    }
}

impl RequirementKind {
    /// How it is checked, and what to write for it.
    pub fn how(&self) -> Text {
        match self {
            RequirementKind::Executives { groups, .. } if !groups.is_empty() => text!(
                th: "executives/ มีทั้ง group = \"political\" และ \"permanent\"",
                en: "executives/ has both group = \"political\" and \"permanent\""
            ),
            RequirementKind::Executives { fields, .. } if fields.is_empty() => {
                text!(th: "มีไฟล์ใน executives/", en: "there are files in executives/")
            }
            RequirementKind::Executives { fields, .. } => {
                let Text { th, en } = asked(fields);
                text!(th: "ทุกไฟล์ใน executives/ มี {th}", en: "every file in executives/ has {en}")
            }
            RequirementKind::Agency { fields } => {
                let Text { th, en } = asked(fields);
                text!(th: "[agency] ใน site.toml มี {th}", en: "[agency] in site.toml has {en}")
            }
            RequirementKind::News => text!(th: "news/ มีข่าวลงวันที่ในปีงบประมาณ", en: "news/ has a post dated in the fiscal year"),
            RequirementKind::Channel { channel, fields } => {
                let (kind, Text { th, en }) = (channel.word(), asked(fields));
                let colon = if fields.is_empty() { "" } else { ": " };
                text!(th: "channels/ มีช่องทาง kind = \"{kind}\"{colon}{th}", en: "channels/ has one of kind = \"{kind}\"{colon}{en}")
            }
            RequirementKind::Analysis { fields } => {
                let Text { th, en } = asked(fields);
                text!(th: "analysis/ ของปี มี {th}", en: "the year's file in analysis/ has {en}")
            }
            RequirementKind::Measures { fields } => {
                let Text { th, en } = asked(fields);
                text!(th: "ทุกมาตรการของปีมี {th}", en: "every measure of the year has {en}")
            }
            RequirementKind::Progress => {
                text!(th: "progress/ มีรายงานของปีที่ถาม", en: "progress/ has reports of the year asked about")
            }
            RequirementKind::Survey => {
                text!(th: "surveys/ มีแบบวัด EIT ของปี (QR code ขึ้นเอง)", en: "surveys/ has the year's EIT survey (its QR code follows)")
            }
            RequirementKind::Declared { because } => {
                let why = because.unwrap_or(Because::Meaning).words();
                let (th, en) = (why.th, why.en);
                text!(th: "ผู้เขียนชี้ตำแหน่งด้วย [[covers]] ({th})", en: "the author points at the place with [[covers]] ({en})")
            }
            disclosed => disclosed.how_disclosed(),
        }
    }

    /// The same, of kinds that look at the disclosure of the item's topic.
    fn how_disclosed(&self) -> Text {
        match self {
            RequirementKind::Duration { years: Years::One } => {
                text!(th: "period เป็นหนึ่งปีงบประมาณ", en: "period is one fiscal year")
            }
            RequirementKind::Duration { .. } => {
                text!(th: "period ยาวกว่าหนึ่งปีงบประมาณ", en: "period is longer than one fiscal year")
            }
            RequirementKind::Months => text!(th: "มี [[month]] ครบทุกเดือน", en: "a [[month]] for every month"),
            RequirementKind::EmptyMonths => {
                text!(th: "ทุก [[month]] มี file หรือ at หรือ none = true", en: "every [[month]] has file, at or none = true")
            }
            RequirementKind::Rows { rows, fields, plan } => {
                let (key, list) = (rows.key(), fields.iter().map(|field| field.key()).collect::<Vec<_>>().join(", "));
                match plan {
                    Some(plan) => text!(
                        th: "มี [[{key}]] ครบทุกโครงการในแผนของข้อ {plan} แต่ละรายการมี {list}",
                        en: "a [[{key}]] for every project of the plan in {plan}, each with {list}"
                    ),
                    None if list.is_empty() => text!(th: "มี [[{key}]]", en: "there is a [[{key}]]"),
                    None => text!(th: "ทุก [[{key}]] มี {list}", en: "every [[{key}]] has {list}"),
                }
            }
            RequirementKind::ReportsOn { plan } => {
                text!(th: "reports_on คือเรื่องของข้อ {plan}", en: "reports_on is the topic of {plan}")
            }
            RequirementKind::Stated { fields } => {
                let Text { th, en } = asked(fields);
                text!(th: "มี {th} (ถ้าไม่มี ให้เขียนว่าไม่มี)", en: "it has {en} (said to be none where there is none)")
            }
            RequirementKind::Signed => text!(th: "signed_by คือผู้บริหารสูงสุด", en: "signed_by is the highest executive"),
            _ => text!(th: "period อยู่ในเวลาที่ถาม", en: "period fits the time asked about"),
        }
    }
}

/// Fields as they are typed; what cannot be typed, in words.
fn asked<T: Field>(fields: &[T]) -> Text {
    let asked = |field: &T| match field.key() {
        "steps" => Text { th: "[[step]]", en: "[[step]]" },
        "days" => Text { th: "days ในทุก [[step]]", en: "days in every [[step]]" },
        "two_way" => Text { th: "two_way = true", en: "two_way = true" },
        "apart" => Text {
            th: "url, phone และ email ไม่ซ้ำกับช่องทางเรื่องอื่น",
            en: "url, phone and email are not those of a channel for other matters",
        },
        "procedure" => Text {
            th: "ตรงกับหน้าแนวปฏิบัติการจัดการเรื่องร้องเรียน ถ้าไม่มีหน้านั้นต้องมี [[step]]",
            en: "it agrees with the page of the procedure, or has [[step]] where there is no such page",
        },
        "urgent_issues" => Text { th: "[[urgent_issue]]", en: "[[urgent_issue]]" },
        "developments" => Text { th: "[[development]]", en: "[[development]]" },
        key => Text { th: key, en: key },
    };
    let list: Vec<_> = fields.iter().map(asked).collect();
    let joined = |of: fn(&Text<&'static str>) -> &'static str| list.iter().map(of).collect::<Vec<_>>().join(", ");
    Text { th: joined(|text| text.th), en: joined(|text| text.en) }
}

impl Because {
    /// The reason in words.
    pub fn words(self) -> Text<&'static str> {
        match self {
            Because::Meaning => Text {
                th: "ต้องอ่านความหมายของข้อความ", en: "only a reader can judge what a text says"
            },
            Because::Picture => Text {
                th: "คำตอบอยู่ในแผนผังหรือรูปภาพ", en: "the answer is inside a chart or picture"
            },
            Because::File => {
                Text { th: "คำตอบอยู่ในไฟล์แนบ", en: "the answer is inside an attached file" }
            }
            Because::Law => Text {
                th: "ต้องใช้ดุลยพินิจทางกฎหมาย", en: "it takes legal judgement"
            },
            Because::Network => Text {
                th: "ต้องเปิดเว็บไซต์อื่นดู", en: "only a visit to another host shows it"
            },
        }
    }
}
