//! Translations: the best monotone path of beads by dynamic programming, then a rescue pass for what was moved.

use super::evidence::Matrix;
use super::length;

/// A bead of a path, as ranges of segment indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Source segments.
    pub source: Vec<usize>,
    /// Target segments.
    pub target: Vec<usize>,
}

/// Sizes of beads other than one to one and nulls, each with its cost in nats: how much rarer than one to one it is.
const MERGES: &[(usize, usize, f32)] =
    &[(1, 2, 5.5), (2, 1, 5.5), (2, 2, 16.0), (1, 3, 11.0), (3, 1, 11.0), (2, 3, 17.5), (3, 2, 17.5), (3, 3, 22.5)];
/// A pair that scores less than this, in nats, has no place in a merge.
const FOREIGN: f32 = -3.0;
/// What a one-to-one bead is worth before any evidence: in a translation it is the rule.
const ONE_TO_ONE: f32 = 2.0;
/// How much the two directions of word evidence count each: they say partly the same.
const DIRECTION: f32 = 0.5;
/// How much lengths count.
const LENGTH: f32 = 0.8;

/// The best monotone path through the whole matrix. Segments in no link have no partner.
///
/// A first path tells how many segments have a partner at all; where nearly all have, the second trusts the order more.
pub fn path(matrix: &Matrix) -> Vec<Link> {
    let pairs = PairScores::new(matrix);
    let first = path_with(matrix, &pairs, ONE_TO_ONE);
    let more = (log_odds_linked(matrix, &first) - 1.0).clamp(0.0, 3.0);
    if more == 0.0 { first } else { path_with(matrix, &pairs, ONE_TO_ONE + more) }
}

/// Log-odds of a segment being linked, over both sides, one of each kind added.
fn log_odds_linked(matrix: &Matrix, links: &[Link]) -> f32 {
    let linked: usize = links.iter().map(|link| link.source.len() + link.target.len()).sum();
    let all = matrix.sources.len() + matrix.targets.len();
    ((linked + 1) as f32 / (all - linked + 1) as f32).ln()
}

fn path_with(matrix: &Matrix, pairs: &PairScores, one_to_one: f32) -> Vec<Link> {
    let mut table = Table::new(matrix);
    for row in 0..=matrix.sources.len() {
        for column in table.range(row) {
            let (score, step) = pairs.best_step(matrix, &table, row, column, one_to_one);
            table.set(row, column, score, step);
        }
    }
    table.trace(matrix.sources.len(), matrix.targets.len())
}

/// The dynamic programme: for each point between segments the best score of a path to it and its last step; only the
/// band is kept.
struct Table {
    rows: Vec<Row>,
}

/// The points of one row, from column `first` on.
struct Row {
    first: usize,
    scores: Vec<f32>,
    steps: Vec<(u8, u8)>,
}

impl Table {
    fn new(matrix: &Matrix) -> Table {
        let rows = matrix.sources.len();
        let range = |row: usize| {
            let before = row.checked_sub(1).map(|index| matrix.range(index));
            let after = (row < rows).then(|| matrix.range(row));
            let first = after.as_ref().or(before.as_ref()).map_or(0, |range| range.start);
            let last = before.as_ref().or(after.as_ref()).map_or(matrix.targets.len(), |range| range.end);
            let first = if row == 0 { 0 } else { first.min(last) };
            let last = if row == rows { matrix.targets.len() } else { last.max(first) };
            Row { first, scores: vec![f32::NEG_INFINITY; last - first + 1], steps: vec![(0, 0); last - first + 1] }
        };
        Table { rows: (0..=rows).map(range).collect() }
    }

    fn range(&self, row: usize) -> std::ops::Range<usize> {
        self.rows[row].first..self.rows[row].first + self.rows[row].scores.len()
    }

    fn set(&mut self, row: usize, column: usize, score: f32, step: (u8, u8)) {
        let row = &mut self.rows[row];
        row.scores[column - row.first] = score;
        row.steps[column - row.first] = step;
    }

    /// The best score of a path to a point; none outside the band.
    fn score(&self, row: usize, column: usize) -> f32 {
        let row = &self.rows[row];
        column.checked_sub(row.first).and_then(|at| row.scores.get(at)).copied().unwrap_or(f32::NEG_INFINITY)
    }

    fn trace(&self, rows: usize, columns: usize) -> Vec<Link> {
        let mut links = Vec::new();
        let (mut row, mut column) = (rows, columns);
        while row > 0 || column > 0 {
            let (sources, targets) = self.rows[row].steps[column - self.rows[row].first];
            let (sources, targets) = (usize::from(sources), usize::from(targets));
            if sources > 0 && targets > 0 {
                links.push(Link { source: (row - sources..row).collect(), target: (column - targets..column).collect() });
            }
            // A point that no path reaches has no step; going up or left from it ends too.
            let (sources, targets) = if sources + targets > 0 { (sources, targets) } else { (usize::from(row > 0), usize::from(row == 0)) };
            row -= sources;
            column = (column - targets).clamp(self.rows[row].first, self.range(row).end - 1);
        }
        links.reverse();
        links
    }
}

/// The scores of all single pairs within the band, which say where merges are worth a look.
struct PairScores {
    rows: Vec<(usize, Vec<f32>)>,
}

impl PairScores {
    fn new(matrix: &Matrix) -> PairScores {
        let row = |source: usize| {
            let range = matrix.range(source);
            (range.start, range.map(|target| bead_score(matrix, &[source], &[target])).collect())
        };
        PairScores { rows: (0..matrix.sources.len()).map(row).collect() }
    }

    fn at(&self, source_index: usize, target_index: usize) -> f32 {
        let (first, scores) = &self.rows[source_index];
        target_index.checked_sub(*first).and_then(|at| scores.get(at)).copied().unwrap_or(f32::NEG_INFINITY)
    }

    fn best_step(&self, matrix: &Matrix, table: &Table, row: usize, column: usize, one_to_one: f32) -> (f32, (u8, u8)) {
        let mut found = (if row + column == 0 { 0.0 } else { f32::NEG_INFINITY }, (0, 0));
        let mut consider = |score: f32, step: (u8, u8)| {
            if score > found.0 {
                found = (score, step);
            }
        };
        if row > 0 {
            consider(table.score(row - 1, column), (1, 0));
        }
        if column > 0 {
            consider(table.score(row, column - 1), (0, 1));
        }
        if row > 0 && column > 0 {
            consider(table.score(row - 1, column - 1) + self.at(row - 1, column - 1) + one_to_one, (1, 1));
            for &(sources, targets, cost) in MERGES {
                if sources <= row && targets <= column && self.may_merge(row - sources..row, column - targets..column) {
                    let (source, target): (Vec<usize>, Vec<usize>) = ((row - sources..row).collect(), (column - targets..column).collect());
                    consider(
                        table.score(row - sources, column - targets) + bead_score(matrix, &source, &target) - cost,
                        (sources as u8, targets as u8),
                    );
                }
            }
        }
        found
    }

    /// A merge is worth scoring only where each segment has a partner in it that is not plainly unrelated, and where
    /// both ends do not pair up anyway: neighbours share names, and two good beads must not become one large one.
    fn may_merge(&self, sources: std::ops::Range<usize>, targets: std::ops::Range<usize>) -> bool {
        if sources.len() > 1
            && targets.len() > 1
            && self.at(sources.start, targets.start) > 0.0
            && self.at(sources.end - 1, targets.end - 1) > 0.0
        {
            return false;
        }
        sources.clone().all(|source| targets.clone().any(|target| self.at(source, target) > FOREIGN))
            && targets.clone().all(|target| sources.clone().any(|source| self.at(source, target) > FOREIGN))
    }
}

/// The log-likelihood ratio, in nats, of a bead against independence.
pub fn bead_score(matrix: &Matrix, sources: &[usize], targets: &[usize]) -> f32 {
    let words: f32 = targets.iter().map(|&target| matrix.target_score(sources, target)).sum::<f32>()
        + sources.iter().map(|&source| matrix.source_score(source, targets)).sum::<f32>();
    let source_length = sources.iter().map(|&source| matrix.sources[source].length).sum();
    let target_length = targets.iter().map(|&target| matrix.targets[target].length).sum();
    DIRECTION * words + LENGTH * length::score(source_length, target_length)
}

/// Adds links between segments that the path left alone: what was moved crosses the path.
pub fn rescue(matrix: &Matrix, links: &mut Vec<Link>) {
    let mut free_sources = flags(matrix.sources.len(), links.iter().flat_map(|link| &link.source));
    let mut free_targets = flags(matrix.targets.len(), links.iter().flat_map(|link| &link.target));
    let sources = (0..matrix.sources.len()).filter(|&source| free_sources[source]);
    // Without a shared word no pair reaches the score that is asked.
    let pairs = sources.flat_map(|source| matrix.row_of(source).iter().map(move |cover| (source, cover.target)));
    let mut candidates: Vec<(f32, usize, usize)> = pairs
        .filter(|pair| free_targets[pair.1])
        .map(|(source, target)| (bead_score(matrix, &[source], &[target]), source, target))
        .filter(|candidate| candidate.0 > RESCUE)
        .collect();
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, source, target) in candidates {
        if free_sources[source] && free_targets[target] {
            (free_sources[source], free_targets[target]) = (false, false);
            links.push(Link { source: vec![source], target: vec![target] });
        }
    }
}

/// The segments that are not used, ascending.
pub fn free<'a>(count: usize, used: impl Iterator<Item = &'a usize>) -> Vec<usize> {
    flags(count, used).iter().enumerate().filter(|(_, is_free)| **is_free).map(|(index, _)| index).collect()
}

/// For each segment whether it is not used.
fn flags<'a>(count: usize, used: impl Iterator<Item = &'a usize>) -> Vec<bool> {
    let mut free = vec![true; count];
    used.for_each(|&index| free[index] = false);
    free
}

/// A crossing link has no order to speak for it, so its words must, in nats.
const RESCUE: f32 = 3.0;
