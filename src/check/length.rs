//! `length`: an English sentence that is far longer or shorter than its source, by the measure of its own document.

use super::{Examination, Finding, Place, Severity};
use crate::align::{Bead, Mode, Side, align};

/// Reports the outliers of a translation. A summary has no law of length.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let Some(matrix) = examination.matrix else { return };
    let alignment = align(matrix, None);
    if alignment.mode == Mode::Summary {
        return;
    }
    let ratio = |bead: &Bead| ratio(bead, matrix.source, matrix.target);
    let ratios: Vec<(&Bead, f64)> = alignment.beads.iter().filter_map(|bead| Some((bead, ratio(bead)?))).collect();
    let Some((middle, spread)) = band(ratios.iter().map(|(_, ratio)| *ratio).collect()) else { return };
    for (bead, ratio) in ratios.into_iter().filter(|(_, ratio)| (ratio - middle).abs() > WIDTH * spread) {
        let word = if ratio > middle { "longer" } else { "shorter" };
        let times = (ratio - middle).abs().exp();
        let (first, place) = (bead.target[0], bead.source[0]);
        let message = format!("{times:.1} times {word} than sentence {} of the original makes expect", place + 1);
        let finding = Finding::in_target("length", Severity::Minor, first, matrix.target.document.segments[first].span, message);
        findings.push(finding.with_related(Place::Source, place, matrix.source.document.segments[place].span));
    }
}

/// The logarithm of the English length of a bead over its Korean one.
fn ratio(bead: &Bead, source: &Side, target: &Side) -> Option<f64> {
    let visible = |text: &str| text.chars().filter(|character| !character.is_whitespace()).count() as f64;
    let length = |side: &Side, indices: &[usize]| indices.iter().map(|&index| visible(side.document.segment_text(index))).sum::<f64>();
    let (korean, english) = (length(source, &bead.source), length(target, &bead.target));
    (korean >= SHORTEST && english >= SHORTEST && bead.score >= SURE).then(|| (english / korean).ln())
}

/// Links less likely than this may be wrong, and then their lengths say nothing.
const SURE: f64 = 0.8;
/// Characters below which a sentence says nothing about lengths.
const SHORTEST: f64 = 12.0;
/// So many spreads from the middle lies the edge of the band.
const WIDTH: f64 = 3.5;
/// Fewer pairs than this teach no band.
const FEWEST: usize = 12;
/// The least spread that is believed, and the most that a translation has (news: 0.22).
const LEAST: f64 = 0.15;
const MOST: f64 = 0.33;

/// Median and spread of the logarithms of length, where the spread is that of a translation. The spread is the median distance from the middle, 1.4826 times, as of a normal law.
fn band(mut ratios: Vec<f64>) -> Option<(f64, f64)> {
    if ratios.len() < FEWEST {
        return None;
    }
    let middle = median(&mut ratios);
    let mut distances: Vec<f64> = ratios.iter().map(|ratio| (ratio - middle).abs()).collect();
    let spread = 1.4826 * median(&mut distances);
    (spread <= MOST).then_some((middle, spread.max(LEAST)))
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
