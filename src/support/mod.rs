//! The ledger: for every target segment a verdict, its probability, its sources and the evidence.

use crate::align::Evidence;
use crate::text::Span;
use serde::Serialize;

/// What the ledger says of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It has a source.
    Supported,
    /// A part of it has none.
    Partial,
    /// It has none.
    Unsupported,
    /// There is too little to judge by.
    Undecided,
}

/// A row of the ledger: one target segment.
#[derive(Clone, Debug)]
pub struct Row {
    /// Index from 0 of the target segment.
    pub target_index: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// Calibrated probability, 0 to 1, that the passage has a source.
    pub support: f64,
    /// Indices from 0 of the source segments it rests on, best first, at most five.
    pub sources: Vec<usize>,
    /// Every word that has a counterpart in the sources.
    pub evidence: Vec<Evidence>,
    /// Words that should have a counterpart and have none: kind and bytes in the target document.
    pub missing: Vec<(&'static str, Span)>,
    /// The part without source, where the verdict is `Partial`.
    pub unsupported_span: Option<Span>,
}
