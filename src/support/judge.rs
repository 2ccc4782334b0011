//! The judge: from the features of a target segment to the probability that it has a source.

use super::features;
use std::sync::LazyLock;

static WEIGHTS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let value = |name: &str| {
        let line = include_str!("weights.txt").lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|value| value.trim().parse().ok()).unwrap_or(0.0)
    };
    std::iter::once("intercept").chain(features::NAMES).map(value).collect()
});

/// The probability, 0 to 1, that a passage with these features has a source: a logistic, fitted on the golden pairs.
pub fn probability(features: &[f64]) -> f64 {
    let nats = WEIGHTS[0] + WEIGHTS[1..].iter().zip(features).map(|(weight, feature)| weight * feature).sum::<f64>();
    1.0 / (1.0 + (-nats).exp())
}
