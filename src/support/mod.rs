//! The ledger: for every target segment a verdict, its probability, its sources and the evidence.

pub mod facts;
pub mod clause;
pub mod features;
pub mod judge;
pub mod omitted;

use crate::align::Evidence;
use crate::align::evidence::Matrix;
use crate::align::side::Class;
use crate::align::summary::{self, Sources};
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

impl Verdict {
    /// The name used in every output form.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::Partial => "partial",
            Verdict::Unsupported => "unsupported",
            Verdict::Undecided => "undecided",
        }
    }
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

/// Below this probability a passage counts as unsupported. Both cuts are chosen together for five false alarms in a hundred, on
/// golden pairs that the models had not seen: see benches/records.
const UNSUPPORTED: f64 = 0.60;
/// With fewer content words than this there is too little to judge by.
const FEWEST_WORDS: usize = 3;

/// The ledger of a pair: a row for every target segment that makes statements.
pub fn ledger(matrix: &Matrix) -> Vec<Row> {
    let assigned = summary::assign(matrix);
    let segments = matrix.target.document.segments.iter().enumerate();
    segments.filter(|(_, segment)| segment.kind.is_judged()).map(|(target, _)| row(matrix, target, &assigned[target])).collect()
}

/// From this probability on a clause counts as one without a source.
const PARTIAL: f64 = 0.28;

fn row(matrix: &Matrix, target: usize, sources: &Sources) -> Row {
    let support = judge::probability(&features::of(matrix, target, sources));
    let items = &matrix.targets[target].items;
    let covered = matrix.covered(&sources.indices, target);
    let content = items.iter().filter(|item| item.is_content).count();
    let missing = items.iter().zip(&covered).filter(|(item, quality)| item.is_content && item.class != Class::Unknown && **quality == 0.0);
    let whole = verdict(support, content);
    let clauses = if whole == Verdict::Supported { clause::clauses(matrix, target, sources) } else { Vec::new() };
    let invented = clauses
        .into_iter()
        .map(|clause| (clause.probability(), clause.span))
        .filter(|clause| clause.0 > PARTIAL)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    Row {
        target_index: target,
        verdict: if invented.is_some() { Verdict::Partial } else { whole },
        support,
        sources: sources.indices.clone(),
        evidence: matrix.evidence(&sources.indices, target),
        missing: missing.map(|(item, _)| (kind_of(matrix, target, item.anchor_index), item.span)).collect(),
        unsupported_span: invented.map(|(_, span)| span),
    }
}

fn verdict(support: f64, content_words: usize) -> Verdict {
    match support {
        _ if content_words < FEWEST_WORDS => Verdict::Undecided,
        _ if support < UNSUPPORTED => Verdict::Unsupported,
        _ => Verdict::Supported,
    }
}

fn kind_of(matrix: &Matrix, target: usize, anchor_index: Option<usize>) -> &'static str {
    anchor_index.map_or("lexicon", |index| matrix.target.anchors[target][index].kind)
}
