//! Bars of scores: geometry for the `bar-chart` component, which draws SVG by attributes.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

/// A chart of scores 0–100.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Chart {
    /// Unique on the page, for ids.
    pub(super) id: &'static str,
    /// What it shows.
    pub(super) title: String,
    /// Where the pass line is, 0–100 as SVG units.
    pub(super) line: Option<f64>,
    /// The pass line in words.
    pub(super) line_label: String,
    /// Bars, top to bottom.
    pub(super) bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Bar {
    /// What it is.
    pub(super) label: String,
    /// The score as shown.
    pub(super) value: String,
    /// Its length, 0–100 as SVG units.
    pub(super) length: f64,
    /// Below the pass line.
    pub(super) is_below: bool,
}

impl Chart {
    /// A chart of labelled scores against a pass line.
    pub(super) fn new(
        id: &'static str,
        title: String,
        line: Option<(Decimal, String)>,
        bars: Vec<(String, Decimal, String)>,
    ) -> Chart {
        let pass = line.as_ref().map(|(line, _)| *line);
        let bars = bars.into_iter().map(|(label, score, value)| Bar {
            label,
            value,
            length: units(score),
            is_below: pass.is_some_and(|pass| score < pass),
        });
        Chart {
            id,
            title,
            line: pass.map(units),
            bars: bars.collect(),
            line_label: line.map(|(_, label)| label).unwrap_or_default(),
        }
    }
}

fn units(score: Decimal) -> f64 {
    score.to_f64().unwrap_or_default()
}
