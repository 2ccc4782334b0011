//! Summaries: each target segment draws on one to several source segments, adjacent or not, in any order.

use super::context;
use super::evidence::Matrix;
use super::link::{self, Candidate};
use super::translation::{Link, Pins};
use rayon::prelude::*;

/// Most sources of one target segment.
const MOST_SOURCES: usize = 5;
/// A source is named from this probability on: the best F1 of links on the golden pairs, see benches/records.
const LINKED: f64 = 0.45;

/// The sources of one target segment, best first, with what speaks for them.
#[derive(Clone, Debug, PartialEq)]
pub struct Sources {
    /// Source segments, best first: the best even where it is improbable; empty only without any evidence.
    pub indices: Vec<usize>,
    /// Probability of the best single link, 0 to 1.
    pub probability: f64,
    /// Probability of the best link, 0 to 1, each weighed alone.
    pub alone: f64,
    /// Probability of the second best, 0 to 1.
    pub second: f64,
    /// The sources that together explain most, whether probable or not: what can be said for a source at all.
    pub widest: Vec<usize>,
    /// Every source segment that is looked at, with the probability, 0 to 1, that the target segment draws on it.
    pub candidates: Vec<(usize, f64)>,
    /// Score of the best single source, both directions, in nats.
    pub score: f32,
    /// How far it is ahead of the second, in nats.
    pub lead: f32,
}

impl Sources {
    /// The sources that a candidate list gives.
    pub fn of(matrix: &Matrix, target: usize, candidates: &[Candidate]) -> Sources {
        let probability = |rank: usize| candidates.get(rank).map_or(0.0, |candidate| candidate.probability);
        let named =
            candidates.iter().enumerate().take(MOST_SOURCES).filter(|(rank, candidate)| *rank == 0 || candidate.probability > LINKED);
        let indices: Vec<usize> = named.map(|(_, candidate)| candidate.source).collect();
        let mut ranked: Vec<(f32, usize)> = candidates.iter().map(|candidate| (candidate.combined(), candidate.source)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let score = ranked.first().map_or(f32::NEG_INFINITY, |first| first.0);
        let lead = ranked.get(1).map_or(score.max(0.0), |second| score - second.0);
        Sources {
            indices,
            probability: probability(0),
            alone: candidates.iter().map(|candidate| candidate.alone).fold(0.0, f64::max),
            second: probability(1),
            widest: widest(matrix, target, &ranked),
            candidates: candidates.iter().map(|candidate| (candidate.source, candidate.probability)).collect(),
            score,
            lead,
        }
    }

    /// The probability that all of some sources are right.
    fn together(&self, indices: &[usize]) -> f64 {
        let named = self.candidates.iter().filter(|(source, _)| indices.contains(source));
        named.map(|(_, probability)| probability).product()
    }
}

/// Adds sources to the best one while each explains more.
fn widest(matrix: &Matrix, target: usize, ranked: &[(f32, usize)]) -> Vec<usize> {
    let mut indices: Vec<usize> = ranked.first().map(|first| first.1).into_iter().collect();
    let mut explained = matrix.target_score(&indices, target);
    while indices.len() < MOST_SOURCES {
        let score_with = |source: usize| matrix.target_score(&[&indices[..], &[source]].concat(), target);
        let further = ranked
            .iter()
            .map(|candidate| candidate.1)
            .filter(|source| !indices.contains(source))
            .map(|source| (score_with(source), source));
        match further.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).filter(|further| further.0 > explained + FURTHER) {
            Some((score, source)) => {
                indices.push(source);
                explained = score;
            }
            None => break,
        }
    }
    indices
}

/// A further source must add so many nats of explanation.
const FURTHER: f32 = 3.0;

/// The best sources of every target segment.
pub fn assign(matrix: &Matrix) -> Vec<Sources> {
    assign_beside(matrix).0
}

/// The same, and the best path, by which links are weighed.
pub fn assign_beside(matrix: &Matrix) -> (Vec<Sources>, Vec<Link>) {
    // Side by side they take memory side by side, which a long text needs for itself.
    let (path, candidates) = if matrix.is_long() {
        (context::path(matrix), link::candidates(matrix))
    } else {
        rayon::join(|| context::path(matrix), || link::candidates(matrix))
    };
    let candidates = context::weigh(matrix, candidates, &path);
    let sources = candidates.par_iter().enumerate().map(|(target, candidates)| Sources::of(matrix, target, candidates));
    (sources.collect(), path)
}

/// Links of a summary: of every target segment that probably has a source, and the pinned ones. Each with the probability
/// that all its sources are right.
pub fn links(sources: &[Sources], pins: &Pins) -> Vec<(Link, f64)> {
    let linked = sources.iter().enumerate().filter(|(target, sources)| sources.probability > LINKED && !pins.has_target(*target));
    let free = linked.map(|(target, sources)| {
        let mut source: Vec<usize> = sources.indices.iter().copied().filter(|source| !pins.refuses(*source)).collect();
        source.sort_unstable();
        let score = sources.together(&source);
        (Link { source, target: vec![target] }, score)
    });
    let mut links: Vec<(Link, f64)> = free.filter(|(link, _)| !link.source.is_empty()).collect();
    links.extend(pins.links().iter().filter(|link| link.is_linked()).map(|link| (link.clone(), 1.0)));
    links.sort_by_key(|(link, _)| link.target.first().copied());
    links
}
