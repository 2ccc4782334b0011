//! Alignment: which segments of the two documents say the same, and why.

pub mod band;
pub mod context;
pub mod evidence;
pub mod explain;
pub mod length;
pub mod link;
pub mod path;
pub mod score;
pub mod side;
pub mod summary;
pub mod translation;

use crate::anchor::{self, Anchor, Context, Given};
use crate::document::Document;
use crate::learn::Learnt;
use crate::segment;
use crate::text::Span;
use evidence::Matrix;
use serde::Serialize;
use std::sync::Arc;
use summary::Sources;
use translation::{Costs, Link, Pins};

/// One document of a pair with everything that has been read from it.
pub struct Side {
    /// The document, segmented.
    pub document: Document,
    /// For each segment its anchors, in text order.
    pub anchors: Vec<Vec<Anchor>>,
    /// What a memory knows of its words.
    pub learnt: Arc<Learnt>,
}

impl Side {
    /// A segmented document and its anchors.
    pub fn new(document: Document, anchors: Vec<Vec<Anchor>>) -> Side {
        Side { document, anchors, learnt: Arc::default() }
    }

    /// The anchors of a segment.
    pub fn anchors_of(&self, segment_index: usize) -> &[Anchor] {
        self.anchors.get(segment_index).map_or(&[], Vec::as_slice)
    }

    /// A text without its original: segmented, with its anchors.
    pub fn alone(target: Document, given: &Given) -> Side {
        let target = segment::segment(target);
        let context = Context::of(None, &target).with(given);
        let anchors = anchor::find(&target, &context);
        Side::new(target, anchors)
    }

    /// A Korean original and its English text: segmented, with their anchors, each read in the light of the other.
    pub fn pair(source: Document, target: Document, given: &Given) -> (Side, Side) {
        let (source, target) = rayon::join(|| segment::segment(source), || segment::segment(target));
        let context = Context::of(Some(&source), &target).with(given);
        let (source_anchors, target_anchors) = (anchor::find(&source, &context), anchor::find(&target, &context));
        let side = |document, anchors| Side { document, anchors, learnt: given.learnt.clone() };
        (side(source, source_anchors), side(target, target_anchors))
    }
}

/// How the target follows the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Keeps the order and covers everything.
    Translation,
    /// Omits, merges, condenses and moves.
    Summary,
}

/// A word or phrase of the target that has a counterpart in the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What kind of counterpart: an anchor kind, `term` or `lexicon`.
    pub kind: &'static str,
    /// The words in the target document.
    pub target_span: Span,
    /// Index from 0 of the source segment.
    pub source_index: usize,
    /// The counterpart in the source document.
    pub source_span: Span,
    /// The value or meaning both share.
    pub value: String,
    /// How much it says, in nats: rarity of the target word times trust in the match.
    pub weight: f64,
}

/// Groups of segments that say the same. Indices from 0, ascending; one side is empty for a segment without partner.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// Source segments.
    pub source: Vec<usize>,
    /// Target segments.
    pub target: Vec<usize>,
    /// Calibrated probability, 0 to 1, that the link is right.
    pub score: f64,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
}

/// An alignment: the mode, and every segment of both sides in at least one bead.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Which kind of target this is.
    pub mode: Mode,
    /// By first target segment, beads without one by first source segment in between.
    pub beads: Vec<Bead>,
}

/// What a user asks of an alignment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The mode; without it the evidence decides.
    pub mode: Option<Mode>,
    /// What nulls and merges cost.
    pub costs: Costs,
    /// Beads that stand whatever the evidence says.
    pub pins: Pins,
}

/// Aligns two documents. Without a mode given, the evidence decides.
pub fn align(matrix: &Matrix, mode: Option<Mode>) -> Alignment {
    align_with(matrix, &Options { mode, ..Options::default() })
}

/// Aligns two documents as a user asks.
pub fn align_with(matrix: &Matrix, options: &Options) -> Alignment {
    let (mode, links) = match options.mode {
        Some(Mode::Translation) => {
            let links = translation::path(matrix, options.costs, &options.pins);
            (Mode::Translation, scored(matrix, rescued(matrix, links, options)))
        }
        Some(Mode::Summary) => (Mode::Summary, summary::links(&summary::assign(matrix), &options.pins)),
        None => {
            let (sources, path) = summary::assign_beside(matrix);
            let is_asked = options.costs == Costs::default() && options.pins.links().is_empty();
            let links = if is_asked { path } else { translation::path(matrix, options.costs, &options.pins) };
            let links = rescued(matrix, links, options);
            match tell_mode(matrix, &links, &sources) {
                Mode::Translation => (Mode::Translation, scored(matrix, links)),
                Mode::Summary => (Mode::Summary, summary::links(&sources, &options.pins)),
            }
        }
    };
    Alignment { mode, beads: beads(matrix, links, &options.pins) }
}

/// The links of a translation: those of a path, and what was moved.
fn rescued(matrix: &Matrix, mut links: Vec<Link>, options: &Options) -> Vec<Link> {
    translation::rescue(matrix, &options.pins, &mut links);
    links
}

/// The links of a translation with their probabilities.
fn scored(matrix: &Matrix, links: Vec<Link>) -> Vec<(Link, f64)> {
    let scores = score::of(matrix, &links);
    links.into_iter().zip(scores).collect()
}

/// A summary merges: passages draw on neighbouring source segments together, and much of the source is left out.
fn tell_mode(matrix: &Matrix, links: &[Link], sources: &[Sources]) -> Mode {
    let confident: Vec<&Sources> = sources.iter().filter(|sources| sources.probability > 0.5).collect();
    let beside = |sources: &&Sources| sources.indices[1..].iter().filter(|index| index.abs_diff(sources.indices[0]) == 1).count();
    // Counted as if eight more passages had been seen, as translations have them: short documents say little.
    let merged = (confident.iter().map(beside).sum::<usize>() as f64 + 1.6) / (confident.len() as f64 + 8.0);
    let merged_on_path = links.iter().filter(|link| link.source.len() > 1).count() as f64 / links.len().max(1) as f64;
    let on_path = links.iter().map(|link| link.source.len()).sum::<usize>() as f64 / matrix.sources.len().max(1) as f64;
    let in_order = confident.windows(2).all(|pair| pair[0].indices[0] < pair[1].indices[0]);
    let is_translation = in_order || on_path > COMPLETE || merged + 2.0 * merged_on_path < SUMMARY;
    if is_translation { Mode::Translation } else { Mode::Summary }
}

/// Share of the source on the monotone path above which nothing was summarised: golden pairs reach .82.
const COMPLETE: f64 = 0.86;
/// Merges a passage above which a target is a summary: golden pairs have .43 and more, translations nearly all less;
/// see benches/records.
const SUMMARY: f64 = 0.41;

fn beads(matrix: &Matrix, links: Vec<(Link, f64)>, pins: &Pins) -> Vec<Bead> {
    let free_sources = translation::free(matrix.sources.len(), links.iter().flat_map(|link| &link.0.source));
    let free_targets = translation::free(matrix.targets.len(), links.iter().flat_map(|link| &link.0.target));
    let mut beads: Vec<Bead> =
        links.into_iter().map(|(link, score)| bead(matrix, if pins.links().contains(&link) { 1.0 } else { score }, link)).collect();
    beads.extend(free_targets.into_iter().map(|index| Bead { source: Vec::new(), target: vec![index], score: 1.0, evidence: Vec::new() }));
    beads.extend(free_sources.into_iter().map(|index| Bead { source: vec![index], target: Vec::new(), score: 1.0, evidence: Vec::new() }));
    beads.sort_by_key(|bead| (bead.source.first().copied().unwrap_or(usize::MAX), bead.target.first().copied().unwrap_or(usize::MAX)));
    beads
}

fn bead(matrix: &Matrix, score: f64, link: Link) -> Bead {
    let mut evidence: Vec<Evidence> = link.target.iter().flat_map(|&target| matrix.evidence(&link.source, target)).collect();
    evidence.shrink_to_fit();
    Bead { source: link.source, target: link.target, score, evidence }
}

/// Reads weights from a text of `name value` lines: the intercept, then one a name; what is not named weighs nothing.
pub fn weights(text: &str, names: &[&str]) -> Vec<f64> {
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|value| value.trim().parse().ok()).unwrap_or(0.0)
    };
    std::iter::once("intercept").chain(names.iter().copied()).map(value).collect()
}

/// A logistic: the intercept, then a weight a feature.
pub fn logistic(weights: &[f64], features: &[f64]) -> f64 {
    let nats = weights[0] + weights[1..].iter().zip(features).map(|(weight, feature)| weight * feature).sum::<f64>();
    1.0 / (1.0 + (-nats).exp())
}
