//! The dynamic programme of translations: the best monotone path of beads through the pairs of a band.

use super::evidence::{Matrix, RUN};
use super::length::{self, Expectation};
use super::translation::{Costs, DIRECTION, LENGTH, Link, Pins, bead_score};
use rayon::prelude::*;
use std::ops::Range;

/// Sizes of beads other than one to one and nulls, each with its cost in nats: how much rarer than one to one it is.
const MERGES: &[(usize, usize, f32)] = &[
    (1, 2, 5.5),
    (2, 1, 5.5),
    (2, 2, 16.0),
    (1, 3, 11.0),
    (3, 1, 11.0),
    (2, 3, 17.5),
    (3, 2, 17.5),
    (3, 3, 22.5),
    (1, 4, 16.5),
    (4, 1, 16.5),
    (1, 5, 22.0),
    (5, 1, 22.0),
    (1, 6, 27.5),
    (6, 1, 27.5),
];
/// Most segments of one side in a merge.
const LARGEST: usize = 6;
/// A pair that scores less than this, in nats, has no place in a merge.
const FOREIGN: f32 = -3.0;

/// One segment explains so much of the other, in nats, that the two may be parts of a large merge, whatever their lengths say.
const EXPLAINED: f32 = 3.0;

/// The scores of all pairs within the band, and of the merges that these make worth a look.
pub struct Pairs {
    /// The pairs of each source.
    rows: Vec<Row>,
    /// For each source the merges of which it is the last one, by the column they end in.
    merges: Vec<Vec<Merge>>,
}

/// The pairs of a source.
struct Row {
    /// The targets it is compared with.
    range: Range<usize>,
    /// Nats of each pair.
    scores: Vec<f32>,
    /// The targets of which the one explains much of the other and the lengths say no; ascending.
    explained: Vec<u32>,
}

/// A merge that is worth a look.
struct Merge {
    /// The column of the point it ends in.
    column: u32,
    /// Its size: index in [`MERGES`].
    size: u8,
    /// Its nats, costs included.
    score: f32,
}

impl Pairs {
    /// Scores the pairs and merges of a matrix; what is pinned is in no pair.
    pub fn new(matrix: &Matrix, costs: Costs, pins: &Pins) -> Pairs {
        let lengths: Vec<Option<f64>> = matrix.targets.iter().map(|target| length::logarithm(target.length)).collect();
        let sources = || (0..matrix.sources.len()).into_par_iter().with_min_len(RUN);
        let rows = sources().map(|source| Row::of(matrix, pins, source, &lengths)).collect();
        let pairs = Pairs { rows, merges: Vec::new() };
        let merges = sources().map(|source| pairs.merges_at(matrix, costs, source)).collect();
        Pairs { merges, ..pairs }
    }

    /// The targets that are not plainly unrelated to a source.
    fn related(&self, source: usize) -> Vec<usize> {
        let Row { range, scores, .. } = &self.rows[source];
        let targets = range.clone().zip(scores);
        targets.filter(|&(target, score)| *score > FOREIGN || self.is_explained(source, target)).map(|(target, _)| target).collect()
    }

    /// The merges whose last source is this one. Each has a related pair in the last row.
    fn merges_at(&self, matrix: &Matrix, costs: Costs, source: usize) -> Vec<Merge> {
        let mut merges = Vec::new();
        let mut ends: Vec<usize> = self.related(source).into_iter().flat_map(|target| target..target + LARGEST).collect();
        ends.sort_unstable();
        ends.dedup();
        for target in ends.into_iter().filter(|&target| target < matrix.targets.len()) {
            for (size, &(sources, targets, cost)) in (0..).zip(MERGES) {
                if sources > source + 1 || targets > target + 1 {
                    continue;
                }
                let (first_source, first_target) = (source + 1 - sources, target + 1 - targets);
                if self.may_merge(first_source..source + 1, first_target..target + 1) {
                    let run = |first: usize| -> [usize; LARGEST] { std::array::from_fn(|index| first + index) };
                    let (all, every) = (run(first_source), run(first_target));
                    let score = bead_score(matrix, &all[..sources], &every[..targets]) - cost * costs.merge;
                    // Leaving its segments alone costs nothing, so that what is worth nothing is never on the best path.
                    if score > 0.0 {
                        merges.push(Merge { column: target as u32 + 1, size, score });
                    }
                }
            }
        }
        merges.shrink_to_fit();
        merges
    }

    /// A merge is worth scoring only where each segment has a partner in it that is not plainly unrelated, and where
    /// both ends do not pair up anyway: neighbours share names, and two good beads must not become one large one.
    fn may_merge(&self, sources: Range<usize>, targets: Range<usize>) -> bool {
        let both = sources.len() > 1 && targets.len() > 1;
        if both && self.at(sources.start, targets.start) > 0.0 && self.at(sources.end - 1, targets.end - 1) > 0.0 {
            return false;
        }
        // Against a whole of four and more a part is short: there its own words must do.
        let is_large = sources.len().max(targets.len()) > 3;
        let fits = |source: usize, target: usize| self.at(source, target) > FOREIGN || is_large && self.is_explained(source, target);
        sources.clone().all(|source| targets.clone().any(|target| fits(source, target)))
            && targets.clone().all(|target| sources.clone().any(|source| fits(source, target)))
    }

    /// Whether the one of a pair explains much of the other, whatever their lengths say.
    fn is_explained(&self, source: usize, target: usize) -> bool {
        self.rows[source].explained.binary_search(&(target as u32)).is_ok()
    }

    /// Nats of a pair; none outside the band.
    fn at(&self, source: usize, target: usize) -> f32 {
        let Row { range, scores, .. } = &self.rows[source];
        if range.contains(&target) { scores[target - range.start] } else { f32::NEG_INFINITY }
    }
}

impl Row {
    fn of(matrix: &Matrix, pins: &Pins, source: usize, lengths: &[Option<f64>]) -> Row {
        let range = matrix.range(source);
        let (mut scores, mut explained) = (Vec::with_capacity(range.len()), Vec::new());
        let expectation = Expectation::of(matrix.sources[source].length);
        let mut covers = matrix.row_of(source).iter().peekable();
        for target in range.clone() {
            while covers.next_if(|cover| cover.target() < target).is_some() {}
            let (forward, reverse) = match covers.peek().filter(|cover| cover.target() == target) {
                Some(cover) => matrix.scores_of(source, **cover),
                None => matrix.scores_without(source, target),
            };
            let free = !pins.has_source(source) && !pins.has_target(target);
            let score = DIRECTION * (forward + reverse) + LENGTH * expectation.score(lengths[target]);
            scores.push(if free { score } else { f32::NEG_INFINITY });
            if free && score <= FOREIGN && forward.max(reverse) > EXPLAINED {
                explained.push(target as u32);
            }
        }
        Row { range, scores, explained }
    }
}

/// How a path comes to a point.
mod step {
    /// Nothing comes to it.
    pub const NONE: u8 = 0;
    /// A source without partner.
    pub const SOURCE: u8 = 1;
    /// A target without partner.
    pub const TARGET: u8 = 2;
    /// One to one.
    pub const PAIR: u8 = 3;
    /// A pinned bead.
    pub const PIN: u8 = 4;
    /// A merge, its size added.
    pub const MERGE: u8 = 5;
}

/// For each point between segments the best score of a path to it and its last step; only the band is kept.
struct Table<'a> {
    pairs: &'a Pairs,
    pins: &'a Pins,
    columns: usize,
    /// For each row its columns.
    ranges: Vec<Range<usize>>,
    /// For each row the index of its first point.
    offsets: Vec<usize>,
    scores: Vec<f32>,
    steps: Vec<u8>,
}

/// The best monotone path, a one-to-one bead being worth `one_to_one` nats before any evidence.
pub fn best(pairs: &Pairs, pins: &Pins, columns: usize, one_to_one: f32) -> Vec<Link> {
    let mut table = Table::new(pairs, pins, columns);
    for row in 0..table.ranges.len() {
        table.fill(row, one_to_one);
    }
    table.trace()
}

impl<'a> Table<'a> {
    fn new(pairs: &'a Pairs, pins: &'a Pins, columns: usize) -> Table<'a> {
        let rows = pairs.rows.len();
        let range = |row: usize| {
            let before = row.checked_sub(1).map(|index| &pairs.rows[index].range);
            let after = pairs.rows.get(row).map(|row| &row.range);
            let last = if row == rows { columns } else { before.or(after).map_or(columns, |range| range.end) };
            let first = if row == 0 { 0 } else { after.or(before).map_or(0, |range| range.start).min(last) };
            first..last + 1
        };
        let ranges: Vec<Range<usize>> = (0..=rows).map(range).collect();
        let mut offsets = Vec::with_capacity(ranges.len());
        let points = ranges.iter().fold(0, |points, range| {
            offsets.push(points);
            points + range.len()
        });
        Table { pairs, pins, columns, ranges, offsets, scores: vec![f32::NEG_INFINITY; points], steps: vec![step::NONE; points] }
    }

    fn fill(&mut self, row: usize, one_to_one: f32) {
        let mut merges = row.checked_sub(1).map_or(&[][..], |source| &self.pairs.merges[source]).iter().peekable();
        for column in self.ranges[row].clone() {
            let mut best = (if row + column == 0 { 0.0 } else { f32::NEG_INFINITY }, step::NONE);
            let mut consider = |score: f32, step: u8| {
                if score > best.0 {
                    best = (score, step);
                }
            };
            if row > 0 {
                consider(self.score(row - 1, column), step::SOURCE);
            }
            if column > 0 {
                consider(self.score(row, column - 1), step::TARGET);
            }
            if row > 0 && column > 0 {
                consider(self.score(row - 1, column - 1) + self.pairs.at(row - 1, column - 1) + one_to_one, step::PAIR);
            }
            while let Some(merge) = merges.next_if(|merge| merge.column as usize <= column) {
                let (sources, targets, _) = MERGES[usize::from(merge.size)];
                if merge.column as usize == column {
                    consider(self.score(row - sources, column - targets) + merge.score, step::MERGE + merge.size);
                }
            }
            if let Some((sources, targets)) = self.pins.ending_at(row, column) {
                consider(self.score(row - sources, column - targets) + PINNED, step::PIN);
            }
            let at = self.offsets[row] + column - self.ranges[row].start;
            (self.scores[at], self.steps[at]) = best;
        }
    }

    /// The best score of a path to a point; none outside the band.
    fn score(&self, row: usize, column: usize) -> f32 {
        let range = &self.ranges[row];
        if range.contains(&column) { self.scores[self.offsets[row] + column - range.start] } else { f32::NEG_INFINITY }
    }

    fn trace(&self) -> Vec<Link> {
        let mut links = Vec::new();
        let (mut row, mut column) = (self.pairs.rows.len(), self.columns);
        while row > 0 || column > 0 {
            let (sources, targets) = match self.steps[self.offsets[row] + column - self.ranges[row].start] {
                step::SOURCE => (1, 0),
                step::TARGET => (0, 1),
                step::PAIR => (1, 1),
                step::PIN => self.pins.ending_at(row, column).unwrap_or((1, 1)),
                // A point that no path reaches; going up or left from it ends too.
                step::NONE => (usize::from(row > 0), usize::from(row == 0)),
                merge => (MERGES[usize::from(merge - step::MERGE)].0, MERGES[usize::from(merge - step::MERGE)].1),
            };
            if sources > 0 && targets > 0 {
                links.push(Link { source: (row - sources..row).collect(), target: (column - targets..column).collect() });
            }
            row -= sources;
            column = (column - targets).clamp(self.ranges[row].start, self.ranges[row].end - 1);
        }
        links.reverse();
        links
    }
}

/// A pinned bead is worth more, in nats, than all that a path through a text of any length can gain around it.
const PINNED: f32 = 100_000.0;
