//! Translations: the best monotone path of beads by dynamic programming, then a rescue pass for what was moved.

use super::evidence::Matrix;
use super::length;
use super::path::{self, Pairs};
use rustc_hash::FxHashMap;

/// A bead of a path, as ranges of segment indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Source segments.
    pub source: Vec<usize>,
    /// Target segments.
    pub target: Vec<usize>,
}

impl Link {
    /// Whether it has segments on both sides.
    pub fn is_linked(&self) -> bool {
        !self.source.is_empty() && !self.target.is_empty()
    }
}

/// How much the two directions of word evidence count each: they say partly the same.
pub const DIRECTION: f32 = 0.5;
/// How much lengths count.
pub const LENGTH: f32 = 0.8;

/// What nulls and merges cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Costs {
    /// What a segment without partner costs beside a one-to-one bead, in nats.
    pub null: f32,
    /// How much merges cost: a factor on what was measured.
    pub merge: f32,
}

impl Default for Costs {
    /// The best on news and golden translations.
    fn default() -> Costs {
        Costs { null: 1.0, merge: 1.0 }
    }
}

/// Beads that stand whatever the evidence says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pins {
    links: Vec<Link>,
    /// The segments in them, ascending.
    sources: Vec<usize>,
    targets: Vec<usize>,
    /// Where unbroken beads end, behind their last segments, with their sizes.
    ends: FxHashMap<(usize, usize), (usize, usize)>,
}

impl Pins {
    /// Pins beads; one side of a bead may be empty: the other then has no partner.
    pub fn new(links: Vec<Link>) -> Pins {
        let sorted = |side: fn(&Link) -> &Vec<usize>| {
            let mut indices: Vec<usize> = links.iter().flat_map(side).copied().collect();
            indices.sort_unstable();
            indices
        };
        let (sources, targets) = (sorted(|link| &link.source), sorted(|link| &link.target));
        let is_unbroken = |indices: &[usize]| !indices.is_empty() && indices.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        let unbroken = links.iter().filter(|link| is_unbroken(&link.source) && is_unbroken(&link.target));
        let end = |indices: &[usize]| indices.last().map_or(0, |last| last + 1);
        let ends = unbroken.map(|link| ((end(&link.source), end(&link.target)), (link.source.len(), link.target.len()))).collect();
        Pins { links, sources, targets, ends }
    }

    /// The pinned beads.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// A pair of each bead, by source and target, for [`Matrix::around`]: where it begins.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        self.links.iter().filter_map(|link| Some((*link.source.first()?, *link.target.first()?))).collect()
    }

    /// Whether a source segment is pinned to have no partner.
    pub fn refuses(&self, source: usize) -> bool {
        self.has_source(source) && self.links.iter().any(|link| link.target.is_empty() && link.source.contains(&source))
    }

    /// Whether a source segment is pinned.
    pub fn has_source(&self, index: usize) -> bool {
        self.sources.binary_search(&index).is_ok()
    }

    /// Whether a target segment is pinned.
    pub fn has_target(&self, index: usize) -> bool {
        self.targets.binary_search(&index).is_ok()
    }

    /// The size of the unbroken bead that ends before a source and a target, if there is one.
    pub fn ending_at(&self, source: usize, target: usize) -> Option<(usize, usize)> {
        self.ends.get(&(source, target)).copied()
    }
}

/// The best monotone path through the whole matrix. Segments in no link have no partner.
///
/// A first path tells how many segments have a partner at all; where nearly all have, the second trusts the order more.
pub fn path(matrix: &Matrix, costs: Costs, pins: &Pins) -> Vec<Link> {
    let pairs = Pairs::new(matrix, costs, pins);
    let first = path::best(&pairs, pins, matrix.targets.len(), 2.0 * costs.null);
    let more = (ORDER * (log_odds_linked(matrix, &first) - 1.0)).clamp(0.0, 4.0);
    let mut links = if more == 0.0 { first } else { path::best(&pairs, pins, matrix.targets.len(), 2.0 * costs.null + more) };
    // Pinned beads that cross others or are broken lie on no path.
    let further: Vec<Link> = pins.links().iter().filter(|link| link.is_linked() && !links.contains(link)).cloned().collect();
    links.extend(further);
    links
}

/// How fast trust in the order grows, in nats, with the log-odds of being linked: 1.3 to 1.6 do equally well, 2 costs
/// technical texts with holes.
const ORDER: f32 = 1.5;

/// Log-odds of a segment being linked, over both sides, one of each kind added.
fn log_odds_linked(matrix: &Matrix, links: &[Link]) -> f32 {
    let linked: usize = links.iter().map(|link| link.source.len() + link.target.len()).sum();
    let all = matrix.sources.len() + matrix.targets.len();
    ((linked + 1) as f32 / (all - linked + 1) as f32).ln()
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
pub fn rescue(matrix: &Matrix, pins: &Pins, links: &mut Vec<Link>) {
    let mut free_sources = flags(matrix.sources.len(), links.iter().flat_map(|link| &link.source));
    let mut free_targets = flags(matrix.targets.len(), links.iter().flat_map(|link| &link.target));
    let sources = (0..matrix.sources.len()).filter(|&source| free_sources[source] && !pins.has_source(source));
    // Without a shared word no pair reaches the score that is asked.
    let pairs = sources.flat_map(|source| matrix.row_of(source).iter().map(move |cover| (source, cover.target())));
    let mut candidates: Vec<(f32, usize, usize)> = pairs
        .filter(|pair| free_targets[pair.1] && !pins.has_target(pair.1))
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
