//! The chain from what is weak to the measures that address it: who names what, directly or through something it belongs to.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Site;
use crate::catalog::ita;
use crate::content::analysis::Analysis;
use crate::content::measure::Measure;
use crate::content::results::Results;
use crate::content::{ContentType, Reference};
use crate::thai::code::Series;
use crate::thai::{Code, FiscalYear};

/// Result, analysis and measures of a year.
pub(super) struct Chain<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) results: Option<&'a Results>,
    site: &'a Site,
    pub(super) pass_line: Decimal,
    /// Each measure's place and all it names, directly or through an urgent issue.
    pub(super) measures: Vec<(usize, Vec<&'a Reference>)>,
}

impl<'a> Chain<'a> {
    /// That of a year which has an analysis.
    pub(super) fn of(site: &'a Site, year: FiscalYear) -> Option<Chain<'a>> {
        let (_, analysis) = site.analysis(year)?;
        let result = analysis.result.value;
        let results = site.results_of(result);
        let places = site.in_folder(Measure::FOLDER).filter(|(_, document)| document.year == Some(year));
        let measures = places.filter_map(|(at, document)| {
            let measure = Measure::of(document.content.as_ref().ok()?)?;
            let named = measure.addresses.iter().map(|reference| &reference.value);
            Some((at, named.flat_map(|reference| std::iter::once(reference).chain(through_issue(analysis, reference))).collect()))
        });
        Some(Chain {
            analysis,
            results: results.map(|(_, results)| results),
            site,
            pass_line: ita().pass_line(result),
            measures: measures.collect(),
        })
    }

    /// The measures that address something, as places in [`Site::documents`]; see [`Site::weaknesses`].
    pub(super) fn addressing(&self, about: &Reference) -> BTreeSet<usize> {
        let measures = |names: &dyn Fn(&Reference) -> bool| -> BTreeSet<usize> {
            let naming = self.measures.iter().filter(|(_, named)| named.iter().any(|reference| names(reference)));
            naming.map(|(at, _)| *at).collect()
        };
        let direct = measures(&|named| named == about);
        let through = match about {
            Reference::Indicator(number) => {
                measures(&|named| matches!(named, Reference::Code(code) if self.indicator_of(*code) == Some(*number)))
            }
            Reference::Code(code) => {
                let indicator = self.indicator_of(*code).map(Reference::Indicator);
                measures(&|named| indicator.as_ref() == Some(named))
            }
            Reference::Urgent(number) => {
                let issue = self.analysis.urgent_issues.get((*number as usize).saturating_sub(1));
                let about = issue.into_iter().flat_map(|issue| &issue.about).map(|about| &about.value);
                about.filter(|about| !matches!(about, Reference::Urgent(_))).flat_map(|about| self.addressing(about)).collect()
            }
            Reference::Instrument(code) => {
                let below = self.below(code);
                let each: Vec<_> = below.into_iter().map(|number| self.addressing(&Reference::Indicator(number))).collect();
                if each.is_empty() {
                    measures(&|named| instrument_of(named) == Some(code))
                } else if each.iter().all(|measures| !measures.is_empty()) {
                    each.into_iter().flatten().collect()
                } else {
                    BTreeSet::new()
                }
            }
        };
        direct.into_iter().chain(through).collect()
    }

    /// The indicators of an instrument below the pass line.
    pub(super) fn below(&self, instrument: &str) -> Vec<u32> {
        let rows = self.results.into_iter().flat_map(|results| &results.indicators);
        let below = rows.filter(|row| row.score.value < self.pass_line).map(|row| row.number.value);
        below.filter(|number| ita().indicator(*number).is_some_and(|indicator| indicator.instrument == instrument)).collect()
    }

    /// The indicator a question or item belongs to: by the frame or form of the year, else the one it is printed under.
    fn indicator_of(&self, code: Code) -> Option<u32> {
        let year = self.analysis.result.value;
        let known = self.site.indicator_of(year, code);
        if code.series == Series::O {
            let is_of_oit = |number: &u32| ita().indicator(*number).is_some_and(|indicator| indicator.instrument == "OIT");
            let printed = || self.results?.items.iter().find(|row| row.code.value == code).map(|row| row.indicator.value);
            return known.or_else(|| printed().filter(is_of_oit));
        }
        if ita().knows_questions_of(year) {
            return known;
        }
        self.results?.questions.iter().find(|row| row.code.value == code).map(|row| row.indicator.value)
    }

    /// The indicator of a question or item, the instrument of an indicator.
    pub(super) fn whole_of(&self, about: &Reference) -> Option<Reference> {
        match about {
            Reference::Code(code) => self.indicator_of(*code).map(Reference::Indicator),
            Reference::Indicator(_) => instrument_of(about).map(|code| Reference::Instrument(code.to_owned())),
            Reference::Instrument(_) | Reference::Urgent(_) => None,
        }
    }
}

/// What the urgent issue that a measure names addresses.
fn through_issue<'a>(analysis: &'a Analysis, reference: &Reference) -> impl Iterator<Item = &'a Reference> + use<'a> {
    let issue = match reference {
        Reference::Urgent(number) => (*number as usize).checked_sub(1).and_then(|at| analysis.urgent_issues.get(at)),
        _ => None,
    };
    issue.into_iter().flat_map(|issue| &issue.about).map(|about| &about.value)
}

/// The instrument that a reference is, or is a part of.
pub(super) fn instrument_of(reference: &Reference) -> Option<&str> {
    match reference {
        Reference::Instrument(code) => Some(code),
        Reference::Indicator(number) => ita().indicator(*number).map(|indicator| indicator.instrument.as_str()),
        Reference::Code(code) => Some(match code.series {
            Series::I => "IIT",
            Series::E => "EIT",
            Series::O => "OIT",
        }),
        Reference::Urgent(_) => None,
    }
}
