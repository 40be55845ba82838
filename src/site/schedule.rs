//! When the steps of a measure are to be done, and which time a progress report is about.

use jiff::ToSpan as _;

use crate::content::measure::{Measure, Step};
use crate::parse::Document;
use crate::thai::{FiscalYear, Period};

/// When a step is to be done: its own period, or the measure's where that has one for all steps or one for each. `None` where that
/// is not clear, or is no period but how often (`ทุก 3 เดือน`).
pub fn of_step(measure: &Measure, step: &Step) -> Option<Period> {
    let text = match &step.period {
        Some(period) => period,
        None => match measure.periods.as_slice() {
            [only] => only,
            periods if periods.len() == measure.steps.len() => {
                let at = measure.steps.iter().position(|other| std::ptr::eq(other, step))?;
                &periods[at]
            }
            _ => return None,
        },
    };
    Period::parse(&text.value).ok()
}

/// The time that the folder of a progress report names: a half or quarter in `progress/2566-h1/`, `progress/2566-q3/`; `None` for
/// a folder of the whole year.
pub fn reported(document: &Document) -> Option<Period> {
    let folder = document.path.parts().nth(2)?;
    part_of_year(document.year?, folder.split_once('-')?.1)
}

/// `h1` is October to March, `q1` October to December.
fn part_of_year(year: FiscalYear, part: &str) -> Option<Period> {
    let (first, n_months) = match part {
        "h1" => (0, 6),
        "h2" => (6, 6),
        "q1" => (0, 3),
        "q2" => (3, 3),
        "q3" => (6, 3),
        "q4" => (9, 3),
        _ => return None,
    };
    let from = Period::of_year(year).from.saturating_add(first.months());
    Some(Period { from, to: from.saturating_add((n_months - 1).months()).last_of_month() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_year() {
        let year = FiscalYear::STAND_IN;
        let shown = |part| part_of_year(year, part).map(Period::shown_en).unwrap_or_default();
        assert_eq!(shown("h1"), "1 October 2022 – 31 March 2023");
        assert_eq!(shown("h2"), "1 April 2023 – 30 September 2023");
        assert_eq!(shown("q2"), "1 January 2023 – 31 March 2023");
        assert_eq!(shown("q4"), "1 July 2023 – 30 September 2023");
        assert_eq!(shown("draft"), "");
    }
}
