//! Alignment: which segments of the two documents say the same, and why.

use crate::anchor::Anchor;
use crate::document::Document;
use crate::text::Span;
use serde::Serialize;

/// One document of a pair with everything that has been read from it.
pub struct Side {
    /// The document, segmented.
    pub document: Document,
    /// For each segment its anchors, in text order.
    pub anchors: Vec<Vec<Anchor>>,
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
