//! Long texts: a chain of rare matches through both documents, and a band around it, so that time and memory grow linearly.

use super::side::{Key, SourceSegment, TargetSegment};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Below so many pairs of segments everything is compared with everything.
const DENSE: usize = 160_000;
/// A key is rare when no more segments of either side have it.
const RARE: usize = 8;
/// Target segments looked at on either side of the chain.
const HALF_WIDTH: usize = 20;
/// Links of the chain on either side that may be wrong without harm.
const DOUBTED: usize = 2;
/// Between links of the chain that lie farther apart than this, only the diagonal is followed.
const WIDEST_GAP: usize = 160;

/// For each source segment the targets it may be linked to; `None` when everything may. Pinned pairs lie in the chain.
pub fn of(sources: &[SourceSegment], targets: &[TargetSegment], pinned: &[(usize, usize)]) -> Option<Vec<Range<usize>>> {
    if sources.len() * targets.len() <= DENSE {
        return None;
    }
    let mut points = points(sources, targets);
    points.extend(pinned.iter().map(|&(source, target)| (source, target, PINNED)));
    points.sort_unstable();
    let mut chain = chain(&points);
    chain.insert(0, (0, 0));
    chain.push((sources.len(), targets.len()));
    let mut ranges = Vec::with_capacity(sources.len());
    for at in 1..chain.len() {
        let (from, to) = (chain[at.saturating_sub(1 + DOUBTED)], chain[(at + DOUBTED).min(chain.len() - 1)]);
        ranges
            .extend((chain[at - 1].0..chain[at].0).map(|source| range(source, (chain[at - 1], chain[at]), (from.1, to.1), targets.len())));
    }
    monotone(&mut ranges);
    Some(ranges)
}

/// What a pinned pair weighs in the chain: more than any chain without it.
const PINNED: u32 = 1 << 16;

/// The targets near the line between two links of the chain; all between the links around them where they lie close together.
fn range(source: usize, (from, to): ((usize, usize), (usize, usize)), around: (usize, usize), targets: usize) -> Range<usize> {
    let (rows, columns) = (to.0 - from.0, to.1 - from.1);
    let place = from.1 + (source - from.0) * columns / rows.max(1);
    let (first, last) = if rows.max(columns) <= WIDEST_GAP { (from.1, to.1) } else { (place, place) };
    let slack = if rows.max(columns) <= WIDEST_GAP { WIDEST_GAP / 4 } else { WIDEST_GAP / 2 };
    let (first, last) = (around.0.clamp(first.saturating_sub(slack), first), around.1.clamp(last, last + slack));
    first.saturating_sub(HALF_WIDTH)..(last + HALF_WIDTH).min(targets)
}

/// Makes both ends of the ranges rise and neighbours overlap, so that a path can always go on.
fn monotone(ranges: &mut [Range<usize>]) {
    for index in 1..ranges.len() {
        ranges[index].end = ranges[index].end.max(ranges[index - 1].end);
        ranges[index].start = ranges[index].start.min(ranges[index - 1].end.saturating_sub(1));
    }
    for index in (1..ranges.len()).rev() {
        ranges[index - 1].start = ranges[index - 1].start.min(ranges[index].start);
    }
}

/// Pairs of segments that share two rare keys and more, each with how much that says.
fn points(sources: &[SourceSegment], targets: &[TargetSegment]) -> Vec<(usize, usize, u32)> {
    let by_source = places(sources.iter().map(|segment| segment.features.iter().map(|feature| feature.key).collect()));
    let by_target = places(targets.iter().map(|segment| segment.items.iter().flat_map(|item| item.keys.iter().copied()).collect()));
    // For each pair how many keys it shares, and how rare they are.
    let mut shared: FxHashMap<(usize, usize), (u32, u32)> = FxHashMap::default();
    for (key, sources) in &by_source {
        let targets = by_target.get(key).filter(|targets| targets.len() <= RARE && sources.len() <= RARE);
        for &target in targets.into_iter().flatten() {
            for &source in sources {
                let count = shared.entry((source, target)).or_default();
                *count = (count.0 + 1, count.1 + (RARE * RARE) as u32 / (sources.len() * targets.map_or(1, Vec::len)) as u32);
            }
        }
    }
    shared.into_iter().filter(|(_, (count, _))| *count >= 2).map(|((source, target), (_, weight))| (source, target, weight)).collect()
}

/// The segments that have each key; no more than needed to see that it is not rare.
fn places(segments: impl Iterator<Item = Vec<Key>>) -> FxHashMap<Key, Vec<usize>> {
    let mut places: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (index, keys) in segments.enumerate() {
        for key in keys {
            let known = places.entry(key).or_default();
            if known.len() <= RARE && known.last() != Some(&index) {
                known.push(index);
            }
        }
    }
    places
}

/// The heaviest chain of points that rises on both sides, by a Fenwick tree of best weights over targets.
fn chain(points: &[(usize, usize, u32)]) -> Vec<(usize, usize)> {
    let columns = points.iter().map(|point| point.1 + 2).max().unwrap_or(0);
    // For each prefix of targets the weight of the best chain that ends in it, and that chain's last point.
    let mut tree: Vec<(u32, usize)> = vec![(0, usize::MAX); columns + 1];
    let mut before = vec![usize::MAX; points.len()];
    let mut best = (0, usize::MAX);
    let mut row = 0;
    while row < points.len() {
        let end = row + points[row..].partition_point(|point| point.0 == points[row].0);
        // All points of a row are looked up before any is entered: a chain uses a row once.
        let found: Vec<(u32, usize)> = points[row..end].iter().map(|point| highest(&tree, point.1)).collect();
        for (index, (weight, last)) in (row..end).zip(found) {
            before[index] = last;
            let weight = weight + points[index].2;
            if weight > best.0 {
                best = (weight, index);
            }
            enter(&mut tree, points[index].1 + 1, (weight, index));
        }
        row = end;
    }
    let mut chain = Vec::new();
    let mut at = best.1;
    while at != usize::MAX {
        chain.push((points[at].0, points[at].1));
        at = before[at];
    }
    chain.reverse();
    chain
}

/// The best entry among targets before `column`.
fn highest(tree: &[(u32, usize)], column: usize) -> (u32, usize) {
    let mut at = column;
    let mut best = (0, usize::MAX);
    while at > 0 {
        if tree[at].0 > best.0 {
            best = tree[at];
        }
        at &= at - 1;
    }
    best
}

/// Enters a chain that ends in a target; `place` counts from 1.
fn enter(tree: &mut [(u32, usize)], place: usize, chain: (u32, usize)) {
    let mut at = place;
    while at < tree.len() {
        if chain.0 > tree[at].0 {
            tree[at] = chain;
        }
        at += at & at.wrapping_neg();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_rises_on_both_sides_and_is_the_heaviest() {
        let points = [(0, 5, 2), (1, 1, 2), (2, 2, 2), (2, 3, 5), (3, 2, 9), (4, 4, 2)];
        assert_eq!(chain(&points), [(1, 1), (3, 2), (4, 4)]);
        assert_eq!(chain(&[]), []);
    }

    #[test]
    fn ranges_rise() {
        let mut ranges = vec![0..5, 3..4, 2..9];
        monotone(&mut ranges);
        assert_eq!(ranges, [0..5, 2..5, 2..9]);
    }
}
