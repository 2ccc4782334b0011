//! Single links of a summary: how likely a target segment draws on a source segment, by a logistic over a few features.

use super::evidence::Matrix;
use crate::document::Kind;
use rayon::prelude::*;
use std::sync::LazyLock;

/// The names of the features, in the order of [`Candidate::features`].
pub const NAMES: [&str; 13] = [
    "forward",
    "forward_share",
    "reverse",
    "reverse_share",
    "behind_best_source",
    "behind_best_target",
    "is_best",
    "gain",
    "gain_share",
    "beside_source",
    "diagonal",
    "distance",
    "rank",
];

/// At most so many sources of a target segment are looked at.
const MOST_CANDIDATES: usize = 16;

/// A source segment that a target segment may draw on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Index from 0 of the source segment.
    pub source: usize,
    /// What speaks for it, all finite: see [`NAMES`].
    pub features: [f32; 13],
    /// The probability, 0 to 1, that the target segment draws on it, by the link alone.
    pub alone: f64,
    /// The same in the light of the other links, once they are weighed together; as `alone` before.
    pub probability: f64,
}

impl Candidate {
    /// Score in both directions, in nats.
    pub fn combined(&self) -> f32 {
        self.features[0] * 10.0 + REVERSE * self.features[2] * 10.0
    }
}

/// The candidates of every target segment, each weighed by itself, most probable first.
pub fn candidates(matrix: &Matrix) -> Vec<Vec<Candidate>> {
    candidates_by(matrix, &WEIGHTS)
}

/// Puts the most probable first.
pub fn sort(candidates: &mut [Candidate]) {
    candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.source.cmp(&b.source)));
}

/// The same by other weights: the intercept, then one a feature.
pub fn candidates_by(matrix: &Matrix, weights: &[f64]) -> Vec<Vec<Candidate>> {
    let scores = Scores::of(matrix);
    (0..matrix.targets.len()).into_par_iter().map(|target| scores.candidates(target, weights)).collect()
}

/// Scores of all pairs with any evidence, in nats.
struct Scores<'a> {
    matrix: &'a Matrix<'a>,
    /// For each target segment its sources by combined score, best first.
    ranked: Vec<Vec<(f32, usize)>>,
    /// For each source segment the best combined score of any target.
    best_target: Vec<f32>,
}

/// A summary writes its own headings: a heading, byline or note draws on its like, never on a sentence.
fn may_link(matrix: &Matrix, source: usize, target: usize) -> bool {
    let (source, target) = (matrix.source.document.segments[source].kind, matrix.target.document.segments[target].kind);
    target.is_judged() || !source.is_judged() || source == Kind::Title
}

/// What the reverse direction counts: a summary leaves most of its source unsaid.
const REVERSE: f32 = 0.25;

impl Scores<'_> {
    fn of<'a>(matrix: &'a Matrix) -> Scores<'a> {
        let mut ranked = vec![Vec::new(); matrix.targets.len()];
        let mut best_target = vec![f32::NEG_INFINITY; matrix.sources.len()];
        for (source, best) in best_target.iter_mut().enumerate() {
            for cover in matrix.row_of(source).iter().filter(|cover| may_link(matrix, source, cover.target())) {
                let (forward, reverse) = matrix.scores_of(source, *cover);
                let combined = forward + REVERSE * reverse;
                ranked[cover.target()].push((combined, source));
                *best = best.max(combined);
            }
        }
        ranked.par_iter_mut().for_each(|list| list.sort_by(|a: &(f32, usize), b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))));
        Scores { matrix, ranked, best_target }
    }

    fn pair(&self, source: usize, target: usize) -> (f32, f32) {
        let row = if source < self.best_target.len() { self.matrix.row_of(source) } else { &[] };
        let found = row.binary_search_by_key(&target, |cover| cover.target());
        found.map_or((UNRELATED, UNRELATED), |at| self.matrix.scores_of(source, row[at]))
    }

    fn combined(&self, source: Option<usize>, target: Option<usize>) -> f32 {
        match (source, target) {
            (Some(source), Some(target)) => {
                let (forward, reverse) = self.pair(source, target);
                forward + REVERSE * reverse
            }
            _ => UNRELATED,
        }
    }

    fn candidates(&self, target: usize, weights: &[f64]) -> Vec<Candidate> {
        let matrix = self.matrix;
        let Some(&(best, first)) = self.ranked[target].first() else { return Vec::new() };
        let place = self.place(target);
        let weight: f64 = matrix.item_worth(target).iter().map(|worth| f64::from(worth.found)).sum::<f64>().max(1.0);
        let alone = f64::from(matrix.target_score(&[first], target));
        let first_share = share(matrix, target, &[first], weight);
        let mut found: Vec<Candidate> = Vec::with_capacity(self.ranked[target].len().min(MOST_CANDIDATES));
        for (rank, &(combined, source)) in self.ranked[target].iter().take(MOST_CANDIDATES).enumerate() {
            let (forward, reverse) = self.pair(source, target);
            let together = if rank == 0 {
                (alone, first_share)
            } else {
                (
                    f64::from(matrix.target_score(&[first, source], target)) - alone,
                    share(matrix, target, &[first, source], weight) - first_share,
                )
            };
            let beside = self.combined(source.checked_sub(1), Some(target)).max(self.combined(Some(source + 1), Some(target)));
            let diagonal =
                self.combined(source.checked_sub(1), target.checked_sub(1)).max(self.combined(Some(source + 1), Some(target + 1)));
            let distance = place.map_or(0.3, |place| (source as f64 - place).abs() / self.best_target.len() as f64);
            let features = [
                f64::from(forward) / 10.0,
                share(matrix, target, &[source], weight),
                f64::from(reverse.max(-20.0)) / 10.0,
                carried_share(matrix, source, target),
                f64::from(combined - best).max(-30.0) / 10.0,
                f64::from(combined - self.best_target[source]).max(-30.0) / 10.0,
                f64::from(u8::from(rank == 0)),
                together.0 / 10.0,
                together.1,
                f64::from((beside - best).clamp(-20.0, 0.0)) / 10.0,
                f64::from(diagonal.clamp(-10.0, 15.0)) / 10.0,
                distance,
                1.0 / (rank + 1) as f64,
            ];
            let alone = crate::align::logistic(weights, &features);
            found.push(Candidate { source, features: features.map(|value| value as f32), alone, probability: alone });
        }
        sort(&mut found);
        found
    }

    /// Where a target segment is expected: the mean place of the confident sources of its neighbours.
    fn place(&self, target: usize) -> Option<f64> {
        let neighbours = [target.checked_sub(2), target.checked_sub(1), Some(target + 1), Some(target + 2)];
        let confident = neighbours.into_iter().flatten().filter_map(|neighbour| {
            let list = self.ranked.get(neighbour)?;
            let (best, source) = *list.first()?;
            let second = list.get(1).map_or(0.0, |second| second.0);
            (best > 5.0 && best - second > 3.0).then_some(source as f64)
        });
        let places: Vec<f64> = confident.collect();
        (!places.is_empty()).then(|| places.iter().sum::<f64>() / places.len() as f64)
    }
}

/// Score of a pair without any evidence, in nats.
const UNRELATED: f32 = -8.0;

/// The share of a target segment's weight that some sources explain.
fn share(matrix: &Matrix, target: usize, sources: &[usize], weight: f64) -> f64 {
    let covered = matrix.covered(sources, target);
    matrix.item_worth(target).iter().zip(covered).map(|(worth, quality)| f64::from(worth.found * quality)).sum::<f64>() / weight
}

/// The share of a source segment's weight that a target segment carries.
fn carried_share(matrix: &Matrix, source: usize, target: usize) -> f64 {
    let carried = matrix.carried(source, &[target]);
    let worth = matrix.word_worth(source);
    let all: f64 = worth.iter().map(|worth| f64::from(worth.found)).sum();
    worth.iter().zip(carried).map(|(worth, quality)| f64::from(worth.found * quality)).sum::<f64>() / all.max(1.0)
}

/// A logistic fitted on the golden pairs.
static WEIGHTS: LazyLock<Vec<f64>> = LazyLock::new(|| crate::align::weights(include_str!("link.txt"), &NAMES));
