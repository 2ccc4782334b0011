//! The judge: from the features of a target segment to the probability that it has a source.

use super::features;
use crate::align::{logistic, weights};
use std::sync::LazyLock;

static WEIGHTS: LazyLock<Vec<f64>> = LazyLock::new(|| weights(include_str!("weights.txt"), &features::NAMES));

/// The probability, 0 to 1, that a passage with these features has a source: a logistic, fitted on the golden pairs.
pub fn probability(features: &[f64]) -> f64 {
    logistic(&WEIGHTS, features)
}
