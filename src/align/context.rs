//! A second look at the links of a summary: each is weighed again in the light of all the others.

use super::evidence::Matrix;
use super::link::{self, Candidate};
use super::translation::{self, Costs, Link, Pins};
use rayon::prelude::*;
use std::sync::LazyLock;

/// The names of the features of the second look, after those of the first: see [`link::NAMES`].
pub const NAMES: [&str; 8] = ["left_gain", "rival", "beside_link", "same_block", "next_target", "on_path", "path_in_order", "beside_path"];

/// The features of both looks, all finite.
pub type Features = [f64; link::NAMES.len() + NAMES.len()];

/// The path that links are weighed by: the best one without pins.
pub fn path(matrix: &Matrix) -> Vec<Link> {
    translation::path(matrix, Costs::default(), &Pins::default())
}

/// The features of every candidate, for each target segment in the order of its candidates.
pub fn features(matrix: &Matrix, candidates: &[Vec<Candidate>], path: &[Link]) -> Vec<Vec<Features>> {
    let context = Context::of(matrix, candidates, path);
    (0..candidates.len()).map(|target| context.features_of(target)).collect()
}

/// Gives every candidate its probability in the light of the others; most probable first.
pub fn weigh(matrix: &Matrix, candidates: Vec<Vec<Candidate>>, path: &[Link]) -> Vec<Vec<Candidate>> {
    weigh_by(matrix, candidates, path, &WEIGHTS)
}

/// The same by other weights: the intercept, then one a feature.
pub fn weigh_by(matrix: &Matrix, mut candidates: Vec<Vec<Candidate>>, path: &[Link], weights: &[f64]) -> Vec<Vec<Candidate>> {
    let context = Context::of(matrix, &candidates, path);
    // Features are weighed as they come: those of all candidates of a long text would fill memory for nothing.
    let probable =
        |target: usize| -> Vec<f64> { context.features_of(target).iter().map(|features| super::logistic(weights, features)).collect() };
    let probabilities: Vec<Vec<f64>> = (0..candidates.len()).into_par_iter().map(probable).collect();
    for (list, probabilities) in candidates.iter_mut().zip(probabilities) {
        for (candidate, probability) in list.iter_mut().zip(probabilities) {
            candidate.probability = probability;
        }
        link::sort(list);
    }
    candidates
}

/// How likely each link is by itself, by either side.
struct Context<'a> {
    matrix: &'a Matrix<'a>,
    candidates: &'a [Vec<Candidate>],
    /// For each source: the two most probable links, with their targets.
    best_of_source: Vec<[(f64, usize); 2]>,
    /// For each target: the sources that it has on the best monotone path.
    path: Vec<&'a [usize]>,
    /// The share of the targets with a probable source that have it on the path.
    order: f64,
}

impl Context<'_> {
    fn of<'a>(matrix: &'a Matrix, candidates: &'a [Vec<Candidate>], path: &'a [Link]) -> Context<'a> {
        let mut best_of_source = vec![[(0.0, usize::MAX); 2]; matrix.sources.len()];
        for (target, list) in candidates.iter().enumerate() {
            for candidate in list {
                let best = &mut best_of_source[candidate.source];
                if candidate.probability > best[0].0 {
                    *best = [(candidate.probability, target), best[0]];
                } else if candidate.probability > best[1].0 {
                    best[1] = (candidate.probability, target);
                }
            }
        }
        let mut sources_on_path: Vec<&[usize]> = vec![&[]; candidates.len()];
        for link in path {
            link.target.iter().for_each(|&target| sources_on_path[target] = &link.source);
        }
        let order = order(candidates, &sources_on_path);
        Context { matrix, candidates, best_of_source, path: sources_on_path, order }
    }

    /// The features of the candidates of a target segment.
    fn features_of(&self, target: usize) -> Vec<Features> {
        let left = left_gains(self.matrix, target, &self.candidates[target]);
        (0..left.len()).map(|rank| self.features(target, rank, left[rank])).collect()
    }

    /// The probability of a link, 0 where there is no such segment.
    fn link(&self, target: Option<usize>, source: Option<usize>) -> f64 {
        let list = target.and_then(|target| self.candidates.get(target)).map_or(&[][..], Vec::as_slice);
        list.iter().find(|candidate| Some(candidate.source) == source).map_or(0.0, |candidate| candidate.probability)
    }

    fn features(&self, target: usize, rank: usize, left_gain: f64) -> Features {
        let candidate = &self.candidates[target][rank];
        let source = candidate.source;
        let [first, second] = self.best_of_source[source];
        let rival = if first.1 == target { second.0 } else { first.0 };
        let beside = self.link(Some(target), source.checked_sub(1)).max(self.link(Some(target), Some(source + 1)));
        let next = self.link(target.checked_sub(1), Some(source)).max(self.link(Some(target + 1), Some(source)));
        let segments = &self.matrix.source.document.segments;
        let in_block = self.candidates[target]
            .iter()
            .filter(|other| other.source != source && segments[other.source].block_index == segments[source].block_index)
            .map(|other| other.probability)
            .fold(0.0, f64::max);
        let on_path = f64::from(u8::from(self.path[target].contains(&source)));
        let beside_path = f64::from(u8::from(!self.path[target].is_empty() && on_path == 0.0));
        let mut features = [0.0; link::NAMES.len() + NAMES.len()];
        let (alone, context) = features.split_at_mut(link::NAMES.len());
        alone.copy_from_slice(&candidate.features.map(f64::from));
        context.copy_from_slice(&[
            left_gain / 10.0,
            rival,
            beside,
            in_block,
            next,
            on_path,
            on_path * self.order,
            beside_path * self.order,
        ]);
        features
    }
}

/// The share of the targets with a probable source that have it on the path, one of each kind added.
fn order(candidates: &[Vec<Candidate>], path: &[&[usize]]) -> f64 {
    let probable = candidates.iter().enumerate().filter_map(|(target, list)| {
        let best = list.iter().max_by(|one, other| one.probability.total_cmp(&other.probability))?;
        (best.probability > 0.5).then(|| path[target].contains(&best.source))
    });
    let (on, all) = probable.fold((1_u32, 2_u32), |(on, all), one| (on + u32::from(one), all + 1));
    f64::from(on) / f64::from(all)
}

/// For each candidate of a target segment what it adds, in nats, to what the others probably explain.
fn left_gains(matrix: &Matrix, target: usize, candidates: &[Candidate]) -> Vec<f64> {
    let worth = matrix.item_worth(target);
    let share = |candidate: &Candidate, quality: f32| 1.0 - candidate.probability.min(SURE) * f64::from(quality);
    let mut open = vec![1.0; worth.len()];
    for candidate in candidates {
        for found in matrix.matches(candidate.source, target) {
            open[found.item as usize] *= share(candidate, found.quality);
        }
    }
    let gain = |candidate: &Candidate| {
        let matches = matrix.matches(candidate.source, target).iter();
        matches
            .map(|found| {
                let left = open[found.item as usize] / share(candidate, found.quality);
                let worth = worth[found.item as usize];
                left * f64::from(found.quality) * f64::from(worth.found - worth.lacking)
            })
            .sum()
    };
    candidates.iter().map(gain).collect()
}

/// No link is surer than this, so that what it explains can be taken out again.
const SURE: f64 = 0.999;

/// A logistic fitted on the golden pairs.
static WEIGHTS: LazyLock<Vec<f64>> =
    LazyLock::new(|| super::weights(include_str!("context.txt"), &[&link::NAMES[..], &NAMES[..]].concat()));
