//! `RequirementKind`: how a requirement is met. Closed, so that every kind has its check in `site::coverage`.

use serde::{Deserialize, Serialize};

use super::Scope;
use crate::content::channel::ChannelKind;
use crate::content::executive::Group;
use crate::content::rows::{RowField, RowKind};
use crate::diagnostic::Text;
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
    /// The disclosure has this many files.
    Attachments {
        /// How many at least.
        at_least: usize,
    },
    /// The author points at the place with `[[covers]]`.
    Declared {
        /// Why a machine cannot tell.
        #[serde(default)]
        because: Option<Because>,
    },
}

macro_rules! field_names {
    ($($(#[$meta:meta])* $name:ident { $($(#[$vm:meta])* $variant:ident),+ $(,)? })+) => {
        $($(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vm])* $variant),+ })+
    };
}

field_names! {
    /// A field of an executive.
    ExecutiveField { /// Name.
        Name, /// Position.
        Position, /// Photo.
        Photo, /// Telephone.
        Phone }
    /// A field of the agency.
    AgencyField { /// Address.
        Address, /// Telephone.
        Phone, /// E-mail.
        Email, /// Map.
        Map }
    /// A field of a channel.
    ChannelField { /// Online form.
        Url, /// Protection.
        Protection, /// Steps.
        Steps, /// Days of each step.
        Days, /// Unit responsible.
        Unit, /// Answers come back on the same channel.
        TwoWay, /// Shares nothing with a channel for general complaints.
        Apart, /// The page of the procedure leads to it, or it has steps itself.
        Procedure }
    /// A part of an analysis.
    AnalysisField { /// The result analysed is on the site.
        Result, /// Urgent issues.
        UrgentIssues, /// Points to develop.
        Developments }
    /// A field of a measure.
    MeasureField { /// Unit responsible.
        Responsible, /// Steps.
        Steps, /// Reporting.
        Reporting, /// What it addresses.
        Addresses }
    /// Something a report must say, if only that there is none.
    StatedField { /// Problems and obstacles.
        Problems, /// Recommendations.
        Recommendations, /// Money spent.
        Spending }
    /// How many fiscal years a plan is for.
    Years { /// One.
        One, /// More than one.
        Several }
    /// Why a requirement is left to the author's word.
    Because { /// Only a reader can judge what a text says.
        Meaning, /// The answer is inside a chart or picture.
        Picture, /// The answer is inside an attached file.
        File, /// It takes legal judgement.
        Law, /// Only a visit to another host shows it.
        Network }
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
            RequirementKind::Attachments { .. } => "attachments",
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
