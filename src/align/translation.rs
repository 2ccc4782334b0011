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
    let (rows, columns) = (matrix.sources.len(), matrix.targets.len());
    let width = columns + 1;
    let mut best = vec![0.0_f32; (rows + 1) * width];
    let mut step = vec![(0_u8, 0_u8); (rows + 1) * width];
    for row in 0..=rows {
        for column in 0..=columns {
            let (score, from) = pairs.best_step(matrix, &best, row, column, one_to_one);
            best[row * width + column] = score;
            step[row * width + column] = from;
        }
    }
    trace(&step, rows, columns)
}

fn trace(step: &[(u8, u8)], rows: usize, columns: usize) -> Vec<Link> {
    let mut links = Vec::new();
    let (mut row, mut column) = (rows, columns);
    while row > 0 || column > 0 {
        let (sources, targets) = step[row * (columns + 1) + column];
        let (sources, targets) = (usize::from(sources), usize::from(targets));
        if sources > 0 && targets > 0 {
            links.push(Link { source: (row - sources..row).collect(), target: (column - targets..column).collect() });
        }
        row -= sources;
        column -= targets;
    }
    links.reverse();
    links
}

/// The scores of all single pairs, which say where merges are worth a look.
struct PairScores {
    columns: usize,
    scores: Vec<f32>,
}

impl PairScores {
    fn new(matrix: &Matrix) -> PairScores {
        let columns = matrix.targets.len();
        let mut scores = vec![f32::NEG_INFINITY; matrix.sources.len() * columns];
        for source_index in 0..matrix.sources.len() {
            for target_index in 0..columns {
                scores[source_index * columns + target_index] = bead_score(matrix, &[source_index], &[target_index]);
            }
        }
        PairScores { columns, scores }
    }

    fn at(&self, source_index: usize, target_index: usize) -> f32 {
        self.scores[source_index * self.columns + target_index]
    }

    fn best_step(&self, matrix: &Matrix, best: &[f32], row: usize, column: usize, one_to_one: f32) -> (f32, (u8, u8)) {
        let width = self.columns + 1;
        let mut found = (if row + column == 0 { 0.0 } else { f32::NEG_INFINITY }, (0, 0));
        let mut consider = |score: f32, step: (u8, u8)| {
            if score > found.0 {
                found = (score, step);
            }
        };
        if row > 0 {
            consider(best[(row - 1) * width + column], (1, 0));
        }
        if column > 0 {
            consider(best[row * width + column - 1], (0, 1));
        }
        if row > 0 && column > 0 {
            consider(best[(row - 1) * width + column - 1] + self.at(row - 1, column - 1) + one_to_one, (1, 1));
            for &(sources, targets, cost) in MERGES {
                if sources <= row && targets <= column && self.may_merge(row - sources..row, column - targets..column) {
                    let before = best[(row - sources) * width + column - targets];
                    let (source, target): (Vec<usize>, Vec<usize>) = ((row - sources..row).collect(), (column - targets..column).collect());
                    consider(before + bead_score(matrix, &source, &target) - cost, (sources as u8, targets as u8));
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
        sources.clone().all(|source| targets.clone().any(|target| self.at(source, target) > -6.0))
            && targets.clone().all(|target| sources.clone().any(|source| self.at(source, target) > -6.0))
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
    let free = |count: usize, used: Vec<usize>| (0..count).filter(move |index| !used.contains(index)).collect::<Vec<_>>();
    let sources = free(matrix.sources.len(), links.iter().flat_map(|link| link.source.iter().copied()).collect());
    let targets = free(matrix.targets.len(), links.iter().flat_map(|link| link.target.iter().copied()).collect());
    let mut candidates: Vec<(f32, usize, usize)> = sources
        .iter()
        .flat_map(|&source| targets.iter().map(move |&target| (source, target)))
        .map(|(source, target)| (bead_score(matrix, &[source], &[target]), source, target))
        .filter(|candidate| candidate.0 > RESCUE)
        .collect();
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_sources, mut used_targets) = (Vec::new(), Vec::new());
    for (_, source, target) in candidates {
        if !used_sources.contains(&source) && !used_targets.contains(&target) {
            used_sources.push(source);
            used_targets.push(target);
            links.push(Link { source: vec![source], target: vec![target] });
        }
    }
}

/// A crossing link has no order to speak for it, so its words must, in nats.
const RESCUE: f32 = 4.0;
