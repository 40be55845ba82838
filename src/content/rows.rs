//! Rows of a disclosure: `[[project]]`, `[[risk]]`, `[[manual]]`, `[[purchase]]`, `[[statistic]]`, each a name and columns.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Reported, Spanned};
use crate::fields::{Fields, Words};

/// A kind of row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// A project or activity of a plan or report.
    Project,
    /// A risk of corruption.
    Risk,
    /// A manual for officials or for people who use a service.
    Manual,
    /// Goods or work procured.
    Purchase,
    /// A number of things counted.
    Statistic,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is about.
    pub name: Spanned<String>,
    /// Its filled columns, as typed.
    pub cells: BTreeMap<RowField, String>,
}

macro_rules! row_fields {
    ($($(#[$meta:meta])* $variant:ident = $key:literal),+ $(,)?) => {
        /// A column of a row. `count` columns hold whole numbers, the others text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
        pub enum RowField { $($(#[$meta])* #[serde(rename = $key)] $variant),+ }

        impl RowField {
            /// Its key in the file.
            pub fn key(self) -> &'static str {
                match self { $(RowField::$variant => $key),+ }
            }
        }
    };
}

row_fields! {
    /// Money it is to cost, in words: `150,000 บาท`, `ไม่ใช้งบประมาณ`.
    Budget = "budget",
    /// When it is done.
    Period = "period",
    /// How far it is, or what came of it.
    Progress = "progress",
    /// Money spent, in words.
    Spent = "spent",
    /// How great the risk is.
    Level = "level",
    /// What is to be done about the risk.
    Measure = "measure",
    /// What was done about the risk.
    Action = "action",
    /// Who uses the manual.
    Users = "users",
    /// Method and steps.
    Steps = "steps",
    /// Time it takes.
    Days = "days",
    /// Where the service is given.
    Channel = "channel",
    /// Fee, or that there is none.
    Fee = "fee",
    /// Papers to bring, or that there are none.
    Documents = "documents",
    /// Laws it rests on.
    Laws = "laws",
    /// Money allotted to the purchase, in words.
    Amount = "amount",
    /// Reference price.
    ReferencePrice = "reference_price",
    /// Method of procurement.
    Method = "method",
    /// Who made an offer.
    Bidders = "bidders",
    /// Prices offered.
    Offers = "offers",
    /// Who was selected.
    Winner = "winner",
    /// Price agreed.
    Price = "price",
    /// Why they were selected.
    Reason = "reason",
    /// Number and date of the contract.
    Contract = "contract",
    /// Where the money comes from.
    Source = "source",
    /// How far the procurement is.
    Stage = "stage",
    /// Number in the e-GP system.
    EgpNumber = "egp_number",
    /// All of them.
    Total = "total",
    /// Those settled.
    Settled = "settled",
    /// Those in progress.
    Pending = "pending",
    /// Those at the counter.
    WalkIn = "walk_in",
    /// Those online.
    Online = "online",
}

impl RowKind {
    /// All kinds, in the order a page shows them.
    pub const ALL: [RowKind; 5] = [RowKind::Project, RowKind::Risk, RowKind::Manual, RowKind::Purchase, RowKind::Statistic];

    /// Its key in the file: `[[project]]`.
    pub fn key(self) -> &'static str {
        match self {
            RowKind::Project => "project",
            RowKind::Risk => "risk",
            RowKind::Manual => "manual",
            RowKind::Purchase => "purchase",
            RowKind::Statistic => "statistic",
        }
    }

    /// Its columns.
    pub fn fields(self) -> &'static [RowField] {
        use RowField::{
            Action, Amount, Bidders, Budget, Channel, Contract, Days, Documents, EgpNumber, Fee, Laws, Level, Measure, Method,
            Offers, Online, Pending, Period, Price, Progress, Reason, ReferencePrice, Settled, Source, Spent, Stage, Steps,
            Total, Users, WalkIn, Winner,
        };
        match self {
            RowKind::Project => &[Budget, Period, Progress, Spent],
            RowKind::Risk => &[Level, Measure, Action],
            RowKind::Manual => &[Users, Steps, Days, Channel, Fee, Documents, Laws],
            RowKind::Purchase => {
                &[Amount, Source, Stage, Method, ReferencePrice, Bidders, Offers, Winner, Price, Reason, Contract, EgpNumber]
            }
            RowKind::Statistic => &[Total, Settled, Pending, WalkIn, Online],
        }
    }
}

impl Row {
    pub(super) fn read(kind: RowKind, fields: &mut Fields) -> Result<Row, Reported> {
        let name = fields.required_spanned("name");
        let read: Vec<_> = kind.fields().iter().map(|field| Ok((*field, cell(kind, *field, fields)?))).collect();
        let cells: Vec<_> = read.into_iter().collect::<Result<_, Reported>>()?;
        Ok(Row { name: name?, cells: cells.into_iter().filter_map(|(field, text)| Some((field, text?))).collect() })
    }

    /// A column as a number, where it holds one.
    pub fn count(&self, field: RowField) -> Option<u32> {
        self.cells.get(&field)?.parse().ok()
    }
}

fn cell(kind: RowKind, field: RowField, fields: &mut Fields) -> Result<Option<String>, Reported> {
    if kind == RowKind::Statistic {
        return Ok(fields.optional::<u32>(field.key())?.map(|count| count.to_string()));
    }
    Ok(fields.optional::<Words>(field.key())?.map(|words| words.0))
}
