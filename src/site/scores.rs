//! Arithmetic of scores: means, bounds where only some parts are printed, and what rounding explains.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::catalog::{Catalog, ita};
use crate::content::results::Results;

/// Least and greatest value a score can have, 0–100; the same where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Least.
    pub low: Decimal,
    /// Greatest.
    pub high: Decimal,
}

impl Bounds {
    /// A score that is not printed.
    pub const UNKNOWN: Bounds = Bounds { low: Decimal::ZERO, high: Decimal::ONE_HUNDRED };

    /// A score that is printed.
    pub fn exact(score: Decimal) -> Bounds {
        Bounds { low: score, high: score }
    }

    /// The simple mean of parts, not rounded; `None` of no parts.
    pub fn mean(parts: &[Bounds]) -> Option<Bounds> {
        let n = u64::try_from(parts.len()).ok().filter(|n| *n > 0).map(Decimal::from)?;
        let sum = |of: fn(&Bounds) -> Decimal| parts.iter().map(of).sum::<Decimal>() / n;
        Some(Bounds { low: sum(|part| part.low), high: sum(|part| part.high) })
    }

    /// Whether a printed score can be this one, when it may be `tolerance` away from it.
    pub fn admits(self, printed: Decimal, tolerance: Decimal) -> bool {
        self.low - tolerance <= printed && printed <= self.high + tolerance
    }

    /// Whether it is known.
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }
}

/// How far a printed score may be from what the other printed scores give: 0.01 where two decimals are printed (`[scoring]` of
/// `ita.toml`), for a part is up to half of that away from its true value and so is the score; 0.1 where one is, 1 where none is.
pub fn tolerance(results: &Results) -> Decimal {
    let scoring = &ita().scoring;
    let instruments = results.instruments.iter().map(|row| row.score.value);
    let indicators = results.indicators.iter().map(|row| row.score.value);
    let subs = results.subs.iter().map(|row| row.score.value);
    let questions = results.questions.iter().flat_map(|row| row.parts.iter().map(|part| part.score).chain([row.score.value]));
    let items = results.items.iter().map(|row| row.score.value);
    let all = instruments.chain(indicators).chain(subs).chain(questions).chain(items).chain([results.total.value]);
    let printed = all.map(|score| score.scale()).max().unwrap_or_default().min(scoring.decimals);
    (printed..scoring.decimals).fold(scoring.tolerance, |tolerance, _| tolerance * Decimal::TEN)
}

/// The mean of an instrument's indicators as printed, when all are.
pub fn of_instrument(results: &Results, code: &str) -> Option<Decimal> {
    let numbers = &ita().instrument(code)?.indicators;
    let score = |number: &u32| results.indicators.iter().find(|row| row.number.value == *number).map(|row| row.score.value);
    let scores: Vec<Bounds> = numbers.iter().map(|number| score(number).map(Bounds::exact)).collect::<Option<_>>()?;
    Bounds::mean(&scores).map(|mean| mean.low)
}

/// What the printed items say of a sub-indicator: the mean of its items; `None` when none of them is printed.
pub fn of_sub(results: &Results, form: &Catalog, sub: &str) -> Option<Bounds> {
    let items: Vec<_> = form.items.iter().filter(|item| item.sub == sub).collect();
    let score = |code| results.items.iter().find(|row| row.code.value == code).map(|row| Bounds::exact(row.score.value));
    let scores: Vec<Option<Bounds>> = items.iter().map(|item| score(item.id)).collect();
    scores.iter().any(Option::is_some).then_some(())?;
    Bounds::mean(&scores.into_iter().map(|score| score.unwrap_or(Bounds::UNKNOWN)).collect::<Vec<_>>())
}

/// What the printed sub-indicators and items say of an OIT indicator: the mean of its sub-indicators; `None` when none is printed.
pub fn of_oit_indicator(results: &Results, form: &Catalog, number: u32) -> Option<Bounds> {
    let printed = |id: &str| results.subs.iter().find(|row| row.id.value == id).map(|row| Bounds::exact(row.score.value));
    let groups = form.groups.iter().filter(|group| group.indicator == number);
    let scores: Vec<_> = groups.map(|group| printed(&group.id).or_else(|| of_sub(results, form, &group.id))).collect();
    scores.iter().any(Option::is_some).then_some(())?;
    Bounds::mean(&scores.into_iter().map(|score| score.unwrap_or(Bounds::UNKNOWN)).collect::<Vec<_>>())
}

/// The total by the weights of the results' year: from the instruments as printed, and from the means of the indicators, which are
/// not rounded before they are weighted. Only what all parts are printed for.
pub fn totals(results: &Results) -> Vec<Decimal> {
    let printed = |code: &str| results.instruments.iter().find(|row| row.code.value == code).map(|row| row.score.value);
    let total = |of: &dyn Fn(&str) -> Option<Decimal>| -> Option<Decimal> {
        let weigh = |code: &str| {
            let weight = ita().weight(results.fiscal_year.value, code)?;
            Some(of(code)? * Decimal::from(weight) / Decimal::ONE_HUNDRED)
        };
        ita().instruments.iter().map(|instrument| weigh(&instrument.code)).sum()
    };
    [total(&printed), total(&|code| of_instrument(results, code))].into_iter().flatten().collect()
}

/// A computed score in words: up to three decimals, half up.
pub fn shown(score: Decimal) -> String {
    score.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero).normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(scores: &[&str]) -> Decimal {
        let parts: Vec<_> = scores.iter().map(|score| Bounds::exact(score.parse().expect("a decimal"))).collect();
        Bounds::mean(&parts).expect("parts").low
    }

    fn rounded(score: Decimal) -> String {
        score.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).to_string()
    }

    /// The numbers a published memo prints.
    #[test]
    fn means_as_printed() {
        let iit = mean(&["90.62", "80.83", "87.21", "81.94", "83.52"]);
        assert_eq!((iit.normalize().to_string(), rounded(iit)), ("84.824".to_owned(), "84.82".to_owned()));
        assert_eq!(rounded(mean(&["90.66", "88.48", "88.89"])), "89.34");
        assert_eq!(mean(&["97.78", "100.00"]).normalize().to_string(), "98.89");
        assert_eq!(rounded(mean(&["78.20", "77.67", "78.55", "75.69"])), "77.53");
        let e6 = mean(&["86.79", "87.14"]);
        assert_eq!((shown(e6), rounded(e6)), ("86.965".to_owned(), "86.97".to_owned()));
    }

    #[test]
    fn rounding_explains_a_hundredth_and_no_more() {
        let tolerance: Decimal = "0.01".parse().expect("a decimal");
        let iit = Bounds::exact(mean(&["90.62", "80.83", "87.21", "81.94", "83.52"]));
        for (printed, is_possible) in [("84.83", true), ("84.82", true), ("84.84", false), ("84.81", false)] {
            assert_eq!(iit.admits(printed.parse().expect("a decimal"), tolerance), is_possible, "{printed}");
        }
    }

    /// One item of nine at 0 in the first of five sub-indicators, nothing known of the others.
    #[test]
    fn bounds_of_what_is_not_printed() {
        let mut items = vec![Bounds::UNKNOWN; 8];
        items.push(Bounds::exact(Decimal::ZERO));
        let mut subs = vec![Bounds::UNKNOWN; 4];
        subs.push(Bounds::mean(&items).expect("items"));
        let indicator = Bounds::mean(&subs).expect("subs");
        assert_eq!((shown(indicator.low), shown(indicator.high)), ("0".to_owned(), "97.778".to_owned()));
        let tolerance: Decimal = "0.01".parse().expect("a decimal");
        assert!(indicator.admits("97.78".parse().expect("a decimal"), tolerance));
        assert!(!indicator.admits("98.00".parse().expect("a decimal"), tolerance));
        assert_eq!(Bounds::mean(&[]), None);
    }

    proptest::proptest! {
        /// What is computed from unrounded scores and printed with two decimals is never called wrong.
        #[test]
        fn honest_scores_pass(parts in proptest::collection::vec(0_i64..=1_000_000, 1..12)) {
            let round = |score: Decimal| score.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
            let whole: Vec<_> = parts.iter().map(|part| Bounds::exact(Decimal::new(*part, 4))).collect();
            let printed: Vec<_> = whole.iter().map(|part| Bounds::exact(round(part.low))).collect();
            let parent = round(Bounds::mean(&whole).expect("parts").low);
            let mean = Bounds::mean(&printed).expect("parts");
            proptest::prop_assert!(mean.admits(parent, ita().scoring.tolerance), "{parent} {mean:?}");
        }
    }
}
