//! Summaries: each target segment draws on one to several source segments, adjacent or not, in any order.

use super::evidence::Matrix;
use super::translation::Link;

/// Most sources of one target segment.
const MOST_SOURCES: usize = 5;
/// A further source must add so many nats of explanation.
const FURTHER: f32 = 3.0;
/// Below this score, in nats, a target segment has no source.
const FLOOR: f32 = 0.5;
/// What the reverse direction counts: a summary leaves most of its source unsaid.
const REVERSE: f32 = 0.25;
/// How much it costs, in nats, to lie far from where the neighbours lie.
const FAR: f32 = 1.5;

/// The sources of one target segment, best first, with what they explain together.
#[derive(Clone, Debug, PartialEq)]
pub struct Sources {
    /// Source segments, best first; may be empty.
    pub indices: Vec<usize>,
    /// Score of the best single source, in nats.
    pub score: f32,
    /// How far the best is ahead of the second, in nats.
    pub lead: f32,
    /// How far the best is ahead of what a source segment of this document reaches by chance, in standard deviations.
    pub distinction: f32,
}

/// The best sources of every target segment.
pub fn assign(matrix: &Matrix) -> Vec<Sources> {
    let candidates: Vec<Vec<(f32, usize)>> = (0..matrix.targets.len()).map(|target| candidates(matrix, target)).collect();
    let places = expected_places(&candidates, matrix.sources.len());
    candidates.iter().enumerate().map(|(target, candidates)| choose(matrix, target, candidates, places[target])).collect()
}

/// Single sources of a target segment by score, best first.
fn candidates(matrix: &Matrix, target: usize) -> Vec<(f32, usize)> {
    let mut found: Vec<(f32, usize)> = (0..matrix.sources.len())
        .filter(|&source| !matrix.matches(source, target).is_empty())
        .map(|source| (matrix.target_score(&[source], target) + REVERSE * matrix.source_score(source, &[target]), source))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found
}

/// Where each target segment is expected: between the places of its confident neighbours, `None` where there are none.
fn expected_places(candidates: &[Vec<(f32, usize)>], sources: usize) -> Vec<Option<f32>> {
    let confident: Vec<Option<f32>> = candidates
        .iter()
        .map(|list| {
            let lead = list.first().map_or(0.0, |first| first.0 - list.get(1).map_or(0.0, |second| second.0.max(0.0)));
            list.first().filter(|first| first.0 > 6.0 && lead > 4.0).map(|first| first.1 as f32)
        })
        .collect();
    (0..candidates.len())
        .map(|target| {
            let before = confident[..target].iter().rev().take(3).flatten().next();
            let after = confident[target + 1..].iter().take(3).flatten().next();
            match (before, after) {
                (Some(before), Some(after)) if (before - after).abs() < sources as f32 * 0.25 => Some((before + after) / 2.0),
                (Some(place), None) | (None, Some(place)) => Some(*place),
                _ => None,
            }
        })
        .collect()
}

fn choose(matrix: &Matrix, target: usize, candidates: &[(f32, usize)], place: Option<f32>) -> Sources {
    let near = |source: usize| {
        place.map_or(0.0, |place| -FAR * ((source as f32 - place).abs() / matrix.sources.len().max(1) as f32 * 4.0).min(1.0))
    };
    let mut ranked: Vec<(f32, usize)> = candidates.iter().take(40).map(|&(score, source)| (score + near(source), source)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let Some(&(score, first)) = ranked.first() else {
        return Sources { indices: Vec::new(), score: f32::NEG_INFINITY, lead: 0.0, distinction: 0.0 };
    };
    let lead = score - ranked.get(1).map_or(score.min(0.0), |second| second.0);
    let mut indices = vec![first];
    let mut explained = matrix.target_score(&indices, target);
    while indices.len() < MOST_SOURCES {
        let gain = |source: usize| {
            let mut more = indices.clone();
            more.push(source);
            matrix.target_score(&more, target) - explained + 0.5 * near(source)
        };
        let further = ranked
            .iter()
            .filter(|(_, source)| !indices.contains(source))
            .map(|&(_, source)| (gain(source), source))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        match further.filter(|further| further.0 > FURTHER) {
            Some((_, source)) => indices.push(source),
            None => break,
        }
        explained = matrix.target_score(&indices, target);
    }
    Sources { indices, score, lead, distinction: distinction(score, candidates) }
}

/// How far a score lies above the others of its target, in standard deviations; the three best are left out as possibly true.
fn distinction(score: f32, candidates: &[(f32, usize)]) -> f32 {
    let others: Vec<f32> = candidates.iter().skip(3).map(|candidate| candidate.0).collect();
    if others.len() < 4 {
        return 0.0;
    }
    let mean = others.iter().sum::<f32>() / others.len() as f32;
    let variance = others.iter().map(|other| (other - mean).powi(2)).sum::<f32>() / others.len() as f32;
    (score - mean) / variance.sqrt().max(1.0)
}

/// Links of a summary: of every target segment that has a source.
pub fn links(sources: &[Sources]) -> Vec<Link> {
    let linked = sources.iter().enumerate().filter(|(_, sources)| sources.score > FLOOR && !sources.indices.is_empty());
    linked
        .map(|(target, sources)| {
            let mut source = sources.indices.clone();
            source.sort_unstable();
            Link { source, target: vec![target] }
        })
        .collect()
}
