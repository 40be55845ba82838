//! What is weak in the result that a year's measures rest on, and which measures address it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Site;
use super::chain::{Chain, instrument_of};
use crate::catalog::ita;
use crate::content::Reference;
use crate::content::analysis::Point;
use crate::content::results::Results;
use crate::diagnostic::{Span, Spanned};
use crate::thai::code::Series;
use crate::thai::{Code, FiscalYear};

/// One weakness.
#[derive(Debug, Clone)]
pub struct Weakness {
    /// What is weak.
    pub subject: Subject,
    /// Its name or text, as printed; empty where neither result nor analysis prints one.
    pub text: String,
    /// The indicator of a question or item, the instrument of an indicator.
    pub part_of: Option<Reference>,
    /// Its score, 0–100, where one is printed.
    pub score: Option<Decimal>,
    /// Where the analysis or the result says so.
    pub span: Span,
    /// The measures that address it, as places in [`Site::documents`], in order.
    pub addressed_by: Vec<usize>,
    /// What a point to develop is about and no measure addresses.
    pub open: Vec<Reference>,
    /// What an instrument below the line costs under the scheme of the measures' year.
    pub loss: Option<GradeLoss>,
}

/// What is weak, in the order of [`Site::weaknesses`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An instrument below the pass line.
    Instrument(String),
    /// An indicator below the pass line.
    Indicator(u32),
    /// An item below 100, or one the analysis has a remedy for.
    Item(Code),
    /// A question the analysis has a remedy for.
    Question(Code),
    /// An urgent issue, from 1.
    Urgent(u32),
    /// A point to develop, from 1.
    Development(u32),
    /// A finding of a fault that no issue and no point to develop takes up, from 1.
    Finding(u32),
}

/// What an instrument below the line costs: the grade that the same total would be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeLoss {
    /// The grade with the instrument as it is.
    pub grade: &'static str,
    /// The grade that the instrument alone stands in the way of.
    pub missed: &'static str,
    /// The total, 0–100.
    pub total: Decimal,
    /// What that grade asks of each instrument, 0–100.
    pub least: Decimal,
    /// A measure, issue or point to develop names the instrument itself, not only parts of it.
    pub is_named: bool,
}

/// Words that make a finding one of a fault.
const FAULTS: [&str; 5] = ["ข้อบกพร่อง", "จุดอ่อน", "ต้องแก้ไข", "ปรับปรุง", "ไม่ผ่าน"];

impl Site {
    /// The weaknesses of the result that the analysis of `year` is about; none without an analysis.
    ///
    /// A measure addresses what it names, and what the urgent issues it names address. Beyond that, an indicator addresses its
    /// questions and a question its indicator; an instrument is addressed when each of its indicators below the line is, or, where
    /// none is below, any part of it. Source of the chain: the text of O42 in the year's form (measures in line with the analysis).
    pub fn weaknesses(&self, year: FiscalYear) -> Vec<Weakness> {
        let Some(chain) = Chain::of(self, year) else { return Vec::new() };
        let mut found = chain.of_result();
        for remedy in &chain.analysis.remedies {
            chain.add_remedy(&remedy.about, &mut found);
        }
        let place = |subject: &Subject| match subject {
            Subject::Instrument(code) => ita().instruments.iter().position(|instrument| instrument.code == *code),
            _ => None,
        };
        // Instruments in the frame's order, which is not that of the alphabet.
        found.sort_by_cached_key(|weakness| {
            (!matches!(weakness.subject, Subject::Instrument(_)), place(&weakness.subject), weakness.subject.clone())
        });
        found.extend(chain.of_points());
        found
    }

    /// The indicator that a question or item of a year's assessment belongs to, by its form and the frame; where they know it.
    pub fn indicator_of(&self, year: FiscalYear, code: Code) -> Option<u32> {
        if code.series == Series::O {
            let form = self.catalogs.of(year).filter(|_| !self.catalogs.is_broken)?;
            let item = form.item(code)?;
            return form.groups.iter().find(|group| group.id == item.sub).map(|group| group.indicator);
        }
        ita().asking(code).filter(|_| ita().knows_questions_of(year)).map(|indicator| indicator.number)
    }

    /// The measures of `year` that address one thing, as places in [`Site::documents`]; see [`Site::weaknesses`].
    pub fn addressing(&self, year: FiscalYear, reference: &Reference) -> Vec<usize> {
        Chain::of(self, year).map(|chain| chain.addressing(reference).into_iter().collect()).unwrap_or_default()
    }
}

impl Chain<'_> {
    fn of_result(&self) -> Vec<Weakness> {
        let Some(results) = self.results else { return Vec::new() };
        let mut found = Vec::new();
        for row in results.instruments.iter().filter(|row| row.score.value < self.pass_line) {
            let subject = Subject::Instrument(row.code.value.clone());
            let about = Reference::Instrument(row.code.value.clone());
            let mut weakness = self.weakness(subject, row.name.clone(), &row.score, &about);
            weakness.loss = self.loss(results, &about, &row.code.value);
            found.push(weakness);
        }
        for row in results.indicators.iter().filter(|row| row.score.value < self.pass_line) {
            let number = row.number.value;
            let (subject, about) = (Subject::Indicator(number), Reference::Indicator(number));
            found.push(self.weakness(subject, row.name.value.clone(), &row.score, &about));
        }
        for row in results.items.iter().filter(|row| row.score.value < Decimal::ONE_HUNDRED) {
            let code = row.code.value;
            found.push(self.weakness(Subject::Item(code), row.text.clone(), &row.score, &Reference::Code(code)));
        }
        found
    }

    fn weakness(&self, subject: Subject, text: String, score: &Spanned<Decimal>, about: &Reference) -> Weakness {
        Weakness {
            subject,
            text,
            part_of: self.whole_of(about),
            score: Some(score.value),
            span: score.span.clone(),
            addressed_by: self.addressing(about).into_iter().collect(),
            open: Vec::new(),
            loss: None,
        }
    }

    /// What the analysis has a remedy for is weak, and that is the place to say so.
    fn add_remedy(&self, about: &Spanned<Reference>, found: &mut Vec<Weakness>) {
        let subject = match &about.value {
            Reference::Instrument(code) => Subject::Instrument(code.clone()),
            Reference::Indicator(number) => Subject::Indicator(*number),
            Reference::Code(code) if code.series == Series::O => Subject::Item(*code),
            Reference::Code(code) => Subject::Question(*code),
            Reference::Urgent(_) => return,
        };
        if let Some(known) = found.iter_mut().find(|known| known.subject == subject) {
            known.span = about.span.clone();
            return;
        }
        let printed = self.printed(&about.value);
        found.push(Weakness {
            subject,
            text: printed.as_ref().map(|(text, _)| text.clone()).unwrap_or_default(),
            part_of: self.whole_of(&about.value),
            score: printed.map(|(_, score)| score),
            span: about.span.clone(),
            addressed_by: self.addressing(&about.value).into_iter().collect(),
            open: Vec::new(),
            loss: None,
        });
    }

    /// Name and score as the result prints them.
    fn printed(&self, about: &Reference) -> Option<(String, Decimal)> {
        let results = self.results?;
        match about {
            Reference::Instrument(code) => {
                let row = results.instruments.iter().find(|row| row.code.value == *code)?;
                Some((row.name.clone(), row.score.value))
            }
            Reference::Indicator(number) => {
                let row = results.indicators.iter().find(|row| row.number.value == *number)?;
                Some((row.name.value.clone(), row.score.value))
            }
            Reference::Code(code) if code.series == Series::O => {
                let row = results.items.iter().find(|row| row.code.value == *code)?;
                Some((row.text.clone(), row.score.value))
            }
            Reference::Code(code) => {
                let row = results.questions.iter().find(|row| row.code.value == *code)?;
                Some((row.text.clone(), row.score.value))
            }
            Reference::Urgent(_) => None,
        }
    }

    fn of_points(&self) -> Vec<Weakness> {
        let mut found = Vec::new();
        for (number, issue) in (1..).zip(&self.analysis.urgent_issues) {
            let addressed_by = self.addressing(&Reference::Urgent(number));
            found.push(of_point(Subject::Urgent(number), issue, addressed_by, Vec::new()));
        }
        for (number, point) in (1..).zip(&self.analysis.developments).filter(|(_, point)| !point.about.is_empty()) {
            let open = point.about.iter().map(|about| &about.value).filter(|about| self.addressing(about).is_empty());
            let open = open.cloned().collect();
            found.push(of_point(Subject::Development(number), point, self.addressing_any(point), open));
        }
        for (number, point) in (1..).zip(&self.analysis.findings) {
            if self.is_fault(point) && !self.is_taken_up(point) {
                found.push(of_point(Subject::Finding(number), point, self.addressing_any(point), Vec::new()));
            }
        }
        found
    }

    fn addressing_any(&self, point: &Point) -> BTreeSet<usize> {
        point.about.iter().flat_map(|about| self.addressing(&about.value)).collect()
    }

    /// Whether a finding is one of a fault: about something that is weak, or said to be one. What scored 100 is none.
    fn is_fault(&self, finding: &Point) -> bool {
        let is_low = |about: &Reference| {
            let score = self.printed(about).map(|(_, score)| score);
            match about {
                Reference::Instrument(code) => score.is_some_and(|score| score < self.pass_line) || !self.below(code).is_empty(),
                Reference::Code(Code { series: Series::O, .. }) => score.is_some_and(|score| score < Decimal::ONE_HUNDRED),
                _ => score.is_some_and(|score| score < self.pass_line),
            }
        };
        let is_full = |about: &Reference| self.printed(about).is_some_and(|(_, score)| score == Decimal::ONE_HUNDRED);
        let about = || finding.about.iter().map(|about| &about.value);
        let is_said = FAULTS.iter().any(|word| finding.text.value.contains(word));
        about().any(is_low) || is_said && about().any(|about| !is_full(about))
    }

    /// Whether an urgent issue or a point to develop is about the same thing as a finding, or a part of it.
    fn is_taken_up(&self, finding: &Point) -> bool {
        let points = self.analysis.urgent_issues.iter().chain(&self.analysis.developments);
        let mut taken = points.flat_map(|point| &point.about).map(|about| &about.value);
        taken.any(|taken| finding.about.iter().any(|about| is_part(taken, &about.value)))
    }

    /// The grade that the instrument alone stands in the way of, under the scheme of the measures' year.
    fn loss(&self, results: &Results, about: &Reference, instrument: &str) -> Option<GradeLoss> {
        let scheme = ita().grade_scheme(self.analysis.fiscal_year.value)?;
        if results.instruments.len() < ita().instruments.len() {
            return None;
        }
        let others = results.instruments.iter().filter(|row| row.code.value != instrument).map(|row| row.score.value);
        let others: Vec<_> = others.collect();
        let all: Vec<_> = results.instruments.iter().map(|row| row.score.value).collect();
        let band = |scores: &[Decimal]| &scheme.bands[scheme.band(results.total.value, scores)];
        let (band, missed) = (band(&all), band(&others));
        let points = self.analysis.urgent_issues.iter().chain(&self.analysis.developments);
        let mut named = points.flat_map(|point| &point.about).map(|about| &about.value);
        let mut measures = self.measures.iter().flat_map(|(_, named)| named.iter().copied());
        let is_named = named.any(|named| named == about) || measures.any(|named| named == about);
        (band.grade != missed.grade).then_some(GradeLoss {
            grade: &band.grade,
            missed: &missed.grade,
            total: results.total.value,
            least: missed.instrument,
            is_named,
        })
    }
}

fn of_point(subject: Subject, point: &Point, addressed_by: BTreeSet<usize>, open: Vec<Reference>) -> Weakness {
    Weakness {
        subject,
        text: point.text.value.clone(),
        part_of: None,
        score: None,
        span: point.text.span.clone(),
        addressed_by: addressed_by.into_iter().collect(),
        open,
        loss: None,
    }
}

fn is_part(reference: &Reference, whole: &Reference) -> bool {
    reference == whole || matches!(whole, Reference::Instrument(code) if instrument_of(reference) == Some(code))
}
