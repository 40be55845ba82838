//! The head of a table: which row it is, one or two, and which column is which.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::grid::Grid;
use super::kind::{Column, KINDS, Kind};
use crate::thai::digits::to_arabic;
use crate::thai::repair::repaired;

/// Most rows above a table: titles, the name of the agency.
const MAX_ABOVE: usize = 40;

/// Longest head, in bytes: what is longer is a text of the table.
const MAX_HEAD: usize = 1024;

/// How alike a head must be to a known one to be named as what is meant.
const NEAR: f64 = 0.72;

/// Every head that is known, folded, by kind: of two columns with one name the first has it.
static KNOWN: LazyLock<BTreeMap<&'static str, BTreeMap<String, &'static Column>>> = LazyLock::new(|| {
    let of_kind = |kind: &'static Kind| {
        let all = kind.columns.iter().rev().flat_map(|column| names(column).map(move |name| (fold(name), column)));
        (kind.folder, all.collect())
    };
    KINDS.iter().map(of_kind).collect()
});

/// The head of a table that was found.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) kind: &'static Kind,
    /// Its first row, from 0.
    pub(super) row: usize,
    /// How many rows it has.
    pub(super) n_rows: usize,
    /// The columns that are known, by their number.
    pub(super) columns: BTreeMap<usize, &'static Column>,
    /// Columns that are not: number, head.
    pub(super) unknown: Vec<(usize, String)>,
    /// Columns that say what another one says already.
    pub(super) doubled: Vec<(usize, String)>,
    score: usize,
}

/// A head folded for comparison: small letters, Arabic digits, letters and digits only.
pub(super) fn fold(text: &str) -> String {
    let text = to_arabic(&repaired(text)).to_lowercase();
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The best head of each kind that a sheet can be, the best first; kinds that are as good come one after the other.
pub(super) fn find(grid: &Grid, wanted: Option<&'static Kind>) -> Vec<Head> {
    let kinds = KINDS.iter().filter(|kind| wanted.is_none_or(|wanted| wanted.folder == kind.folder));
    let mut heads: Vec<Head> = kinds.filter_map(|kind| best(grid, kind)).collect();
    heads.sort_by_key(|head| std::cmp::Reverse(head.score));
    heads
}

impl Head {
    /// Whether another kind fits as well.
    pub(super) fn is_as_good_as(&self, other: &Head) -> bool {
        self.score == other.score
    }

    /// The known head that is most alike to one that is not.
    pub(super) fn near(&self, head: &str) -> Option<&'static str> {
        if head.len() > MAX_HEAD {
            return None;
        }
        let folded = fold(head);
        let all = self.kind.columns.iter().flat_map(|column| names(column).map(move |name| (column, name)));
        let scored = all.map(|(column, name)| (strsim::normalized_damerau_levenshtein(&folded, &fold(name)), column.head.th));
        scored.filter(|(score, _)| *score >= NEAR).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
    }

    /// The column that fills a field.
    pub(super) fn column(&self, key: &str) -> Option<usize> {
        self.columns.iter().find(|(_, column)| column.key == key).map(|(at, _)| *at)
    }
}

fn best(grid: &Grid, kind: &'static Kind) -> Option<Head> {
    let mut best: Option<Head> = None;
    for row in 0..grid.rows.len().min(MAX_ABOVE) {
        let Some(head) = at(grid, kind, row) else { continue };
        // A title above a head is no part of it, where the head says as much without it.
        let is_within = |best: &Head| head.row < best.row + best.n_rows && head.n_rows < best.n_rows;
        if best.as_ref().is_none_or(|best| head.score > best.score || head.score == best.score && is_within(best)) {
            best = Some(head);
        }
    }
    best
}

fn at(grid: &Grid, kind: &'static Kind, row: usize) -> Option<Head> {
    let one = read(grid, kind, row, 1);
    let two = if is_second(grid, kind, row) { read(grid, kind, row, 2) } else { None };
    match (one, two) {
        (Some(one), Some(two)) if one.score > two.score => Some(one),
        (one, two) => two.or(one),
    }
}

/// Whether the row below is part of the head: most of its cells are heads themselves or go on from above.
fn is_second(grid: &Grid, kind: &'static Kind, row: usize) -> bool {
    let n_columns = grid.rows.get(row + 1).map_or(0, Vec::len);
    let filled: Vec<usize> = (0..n_columns).filter(|column| !grid.cell(row + 1, *column).is_empty()).collect();
    let is_head = |column: &&usize| {
        let (above, below) = (grid.cell(row, **column).words(), grid.cell(row + 1, **column).words());
        above == below || known(kind, &below).is_some()
    };
    let n_heads = filled.iter().filter(is_head).count();
    n_heads > 0 && n_heads * 2 >= filled.len()
}

fn read(grid: &Grid, kind: &'static Kind, row: usize, n_rows: usize) -> Option<Head> {
    let n_columns = (row..row + n_rows).map(|row| grid.rows.get(row).map_or(0, Vec::len)).max().unwrap_or(0);
    let mut head = Head { kind, row, n_rows, columns: BTreeMap::new(), unknown: Vec::new(), doubled: Vec::new(), score: 0 };
    for column in 0..n_columns {
        let (above, below) = (grid.cell(row, column).words(), grid.cell(row + n_rows - 1, column).words());
        let shown = if below.is_empty() { above.clone() } else { below.clone() };
        if shown.is_empty() {
            continue;
        }
        let found = known(kind, &below).or_else(|| known(kind, &format!("{above}{below}"))).or_else(|| known(kind, &above));
        match found {
            Some(known) if head.column(known.key).is_some() => head.doubled.push((column, shown)),
            Some(known) => {
                head.columns.insert(column, known);
            }
            None => head.unknown.push((column, shown)),
        }
    }
    let has = |keys: &[&str]| head.columns.values().filter(|column| keys.contains(&column.key)).count();
    head.score = head.columns.len() + has(kind.telling);
    (head.columns.len() >= 2 && has(kind.anchors) > 0).then_some(head)
}

/// The column of a head, also when something stands after it in brackets.
fn known(kind: &'static Kind, head: &str) -> Option<&'static Column> {
    if head.len() > MAX_HEAD {
        return None;
    }
    let whole = fold(head);
    if whole.is_empty() {
        return None;
    }
    let named = |folded: &str| KNOWN.get(kind.folder)?.get(folded).copied();
    named(&whole).or_else(|| {
        let bare = fold(head.split(['(', '*', '\n']).next().unwrap_or(head));
        if bare.is_empty() || bare == whole { None } else { named(&bare) }
    })
}

fn names(column: &'static Column) -> impl Iterator<Item = &'static str> {
    [column.head.th, column.head.en].into_iter().chain(column.aliases.iter().copied())
}
