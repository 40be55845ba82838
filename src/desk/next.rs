//! What to do next: the items that are not complete, those first that give most points for what they lack.

use serde::Serialize;

use crate::catalog::Catalog;
use crate::diagnostic::Text;
use crate::render::audit::{Audit, AuditGap, AuditItem};
use crate::site::Site;
use crate::site::coverage::Status;
use crate::thai::Code;

/// An item to complete.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// The item.
    pub item: Code,
    /// Its title on the form.
    pub title: Text,
    /// Whether something answers it already.
    pub is_begun: bool,
    /// How many things it lacks.
    pub n_lacks: usize,
    /// How much work it is: a thing that is lacking counts 1, a page still to be written 3 for each thing that it has to have.
    pub effort: usize,
    /// The first of them.
    pub lacks: Option<Text>,
    /// Where it is written: a draft that is there, or the file that would answer it.
    pub path: String,
    /// Whether that file is a draft.
    pub is_draft: bool,
    /// Points of the OIT part that it gives, 0–100: an item is a part of its group, a group of its indicator, an indicator of the whole.
    pub points: f64,
}

/// All that is to be done for the form of the site's year; empty without one.
pub fn steps(site: &Site) -> Vec<Step> {
    let (Some(catalog), Some(audit)) = (site.catalog(), Audit::of(site)) else { return Vec::new() };
    let open = audit.items.iter().filter(|item| item.status != Status::Complete);
    let mut steps: Vec<Step> = open.map(|item| step(site, catalog, item)).collect();
    // Much for little comes first; of equals the one that is begun, then the form's order.
    let worth = |step: &Step| step.points / f64::from(u32::try_from(step.effort).unwrap_or(u32::MAX));
    steps.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(b.is_begun.cmp(&a.is_begun)).then(a.item.cmp(&b.item)));
    steps
}

fn step(site: &Site, catalog: &Catalog, item: &AuditItem) -> Step {
    let gaps = item.requirements.iter().filter(|row| row.coverage == "missing").flat_map(|row| &row.gaps);
    let problems = item.problems.iter().map(|problem| problem.what.clone());
    let lacks: Vec<Text> = gaps.map(AuditGap::for_webmaster).chain(problems).collect();
    // Of what is begun, the file that lacks something is the place.
    let lacking = item.requirements.iter().filter(|row| row.coverage == "missing").flat_map(|row| &row.gaps).map(|gap| &gap.path);
    let first = lacking
        .chain(item.problems.iter().map(|problem| &problem.path))
        .next()
        .filter(|_| item.status == Status::Partial)
        .cloned();
    let draft = site.drafts.iter().find(|path| path.as_str() == item.home);
    Step {
        item: item.item,
        title: item.title.clone(),
        is_begun: item.status == Status::Partial,
        n_lacks: lacks.len(),
        effort: if item.status == Status::Partial { lacks.len().max(1) } else { 3 * item.requirements.len().max(1) },
        lacks: lacks.first().cloned(),
        path: draft.map(ToString::to_string).or(first).unwrap_or_else(|| item.home.clone()),
        is_draft: draft.is_some(),
        points: points(catalog, item.item),
    }
}

/// What an item is worth.
fn points(catalog: &Catalog, code: Code) -> f64 {
    let Some(item) = catalog.items.iter().find(|item| item.id == code) else { return 0.0 };
    let Some(group) = catalog.groups.iter().find(|group| group.id == item.sub) else { return 0.0 };
    let mut indicators: Vec<u32> = catalog.groups.iter().map(|group| group.indicator).collect();
    indicators.sort_unstable();
    indicators.dedup();
    let n_items = catalog.items.iter().filter(|other| other.sub == item.sub).count();
    let n_groups = catalog.groups.iter().filter(|other| other.indicator == group.indicator).count();
    let part = |n: usize| 1.0 / f64::from(u32::try_from(n.max(1)).unwrap_or(u32::MAX));
    100.0 * part(indicators.len()) * part(n_groups) * part(n_items)
}
