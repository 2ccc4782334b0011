//! What is measured of a target segment and its best sources before it is judged.

use crate::align::evidence::Matrix;
use crate::align::side::Class;
use crate::align::summary::Sources;

/// The names of the features, in the order of [`of`].
pub const NAMES: [&str; 16] = [
    "score",
    "score_per_item",
    "share",
    "share_first",
    "best_link",
    "best_alone",
    "second_link",
    "lacking_facts",
    "lacking_names",
    "reverse",
    "strong",
    "rank_margin",
    "rare_share",
    "share_beyond_chance",
    "first_per_item",
    "lead",
];

/// The features of a target segment; all finite.
pub fn of(matrix: &Matrix, target: usize, sources: &Sources) -> [f64; 16] {
    let worth = matrix.item_worth(target);
    let items = &matrix.targets[target].items;
    let covered = matrix.covered(&sources.widest, target);
    let first = matrix.covered(&sources.widest[..sources.widest.len().min(1)], target);
    let content = items.iter().filter(|item| item.is_content).count().max(1) as f64;
    let share = |covered: &[f32]| {
        let weight = |index: usize| f64::from(worth[index].found);
        let all: f64 = (0..items.len()).map(weight).sum();
        (0..items.len()).map(|index| weight(index) * f64::from(covered[index])).sum::<f64>() / all.max(1.0)
    };
    let lacking =
        |class: Class| items.iter().zip(&covered).filter(|(item, quality)| item.class == class && **quality == 0.0).count() as f64;
    let score = f64::from(matrix.target_score(&sources.widest, target));
    let reverse = sources.widest.first().map_or(0.0, |&source| f64::from(matrix.source_score(source, &[target])));
    let strong = (0..items.len()).filter(|&index| covered[index] > 0.9 && worth[index].found > 2.0).count() as f64;
    let rare: Vec<usize> = (0..items.len()).filter(|&index| worth[index].found > 1.8).collect();
    let rare_share = rare.iter().map(|&index| f64::from(covered[index])).sum::<f64>() / (rare.len() as f64).max(1.0);
    let by_chance = matrix.share_by_chance(target);
    let first_score = f64::from(matrix.target_score(&sources.widest[..sources.widest.len().min(1)], target));
    [
        score / 10.0,
        score / content,
        share(&covered),
        share(&first),
        logit(sources.probability),
        logit(sources.alone),
        logit(sources.second),
        lacking(Class::Fact) + lacking(Class::Country),
        lacking(Class::Name),
        reverse.clamp(-30.0, 30.0) / 10.0,
        strong / content,
        f64::from(sources.score.clamp(-20.0, 40.0)) / 10.0,
        rare_share,
        share(&first) - by_chance,
        first_score / content,
        f64::from(sources.lead.clamp(-20.0, 20.0)) / 10.0,
    ]
}

/// A probability as log-odds, within bounds.
fn logit(probability: f64) -> f64 {
    (probability / (1.0 - probability)).ln().clamp(-5.0, 5.0)
}
