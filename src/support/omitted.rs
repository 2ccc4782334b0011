//! The reverse view: what the original says and the target does not, the weightiest first.

use super::{Row, Verdict};
use crate::align::evidence::Matrix;
use crate::align::link;
use crate::anchor::Anchor;
use crate::document::Kind;
use crate::text::Span;

/// A source segment that no passage of the target rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Omission {
    /// Index from 0 of the source segment.
    pub source_index: usize,
    /// How much is lost with it, in nats: what its words are worth that the target has nowhere, and more for each reason.
    pub weight: f64,
    /// Why it weighs more than its words: see [`REASONS`].
    pub reasons: Vec<&'static str>,
    /// Its numbers, dates and names: kind and bytes in the source document.
    pub facts: Vec<(&'static str, Span)>,
}

/// What makes an omission weigh more, with what it adds, in nats: a number is worth what a rare word is (see
/// `align::evidence`), a conclusion what two are, since a summary is read for it.
pub const REASONS: &[(&str, f64)] = &[("numbers", 2.5), ("names", 1.5), ("heading", 2.0), ("conclusion", 5.0)];

/// Words of headings and sentences that draw a conclusion.
const CONCLUSIONS: &str = include_str!("conclusions.txt");

/// From this probability of its best link on a source segment counts as carried: see benches/records/omitted.md.
const CARRIED: f64 = 0.2;

/// The segments of the original that the target does not carry, by weight; the ledger says what it rests on.
pub fn omitted(matrix: &Matrix, ledger: &[Row]) -> Vec<Omission> {
    let rests = |row: &&Row| matches!(row.verdict, Verdict::Supported | Verdict::Partial);
    let mut links = vec![0.0; matrix.sources.len()];
    for candidate in link::candidates(matrix).iter().flatten() {
        links[candidate.source] = candidate.probability.max(links[candidate.source]);
    }
    ledger.iter().filter(rests).flat_map(|row| &row.sources).for_each(|&source| links[source] = 1.0);
    let segments = matrix.source.document.segments.iter().enumerate();
    let says = segments.filter(|(_, segment)| segment.kind.is_judged() && segment.kind != Kind::Title || segment.kind == Kind::Heading);
    let lost = says.map(|(index, _)| index).filter(|&index| links[index] < CARRIED);
    let mut omitted: Vec<Omission> = lost.map(|index| omission(matrix, index, links[index])).collect();
    omitted.retain(|omission| omission.weight > 0.0);
    omitted.sort_by(|one, other| other.weight.total_cmp(&one.weight).then(one.source_index.cmp(&other.source_index)));
    omitted
}

fn omission(matrix: &Matrix, source: usize, link: f64) -> Omission {
    let targets: Vec<usize> = (0..matrix.targets.len()).collect();
    let reasons = reasons(matrix, source);
    let added: f64 = REASONS.iter().filter(|(reason, _)| reasons.contains(reason)).map(|(_, nats)| nats).sum();
    let weight = (lost(matrix, source, &targets) + added) * (1.0 - link);
    let facts = facts(matrix, source).map(|anchor| (anchor.kind, anchor.span)).collect();
    Omission { source_index: source, weight, reasons, facts }
}

/// The numbers and names of a source segment; a number that it begins with counts sections or points and says nothing.
fn facts<'a>(matrix: &'a Matrix, source: usize) -> impl Iterator<Item = &'a Anchor> {
    let start = matrix.source.document.segments[source].span.start;
    let counts = move |anchor: &&Anchor| anchor.kind == "number" && anchor.span.start <= start + "가. ".len();
    matrix.source.anchors[source].iter().filter(move |anchor| class(anchor.kind).is_some() && !counts(anchor))
}

/// What the words are worth that some targets do not have, in nats.
fn lost(matrix: &Matrix, source: usize, targets: &[usize]) -> f64 {
    let carried = matrix.carried(source, targets);
    matrix.word_worth(source).iter().zip(&carried).map(|(worth, carried)| f64::from(worth.found * (1.0 - carried))).sum()
}

fn reasons(matrix: &Matrix, source: usize) -> Vec<&'static str> {
    let has = |reason: &str| match reason {
        "heading" => matrix.source.document.segments[source].kind == Kind::Heading,
        "conclusion" => concludes(matrix, source),
        _ => facts(matrix, source).any(|anchor| class(anchor.kind) == Some(reason)),
    };
    REASONS.iter().map(|(reason, _)| *reason).filter(|reason| has(reason)).collect()
}

/// The reason that an anchor of a kind gives.
fn class(kind: &str) -> Option<&'static str> {
    match kind {
        "number" | "money" | "measure" | "date" | "article" => Some("numbers"),
        "name" | "acronym" | "country" => Some("names"),
        _ => None,
    }
}

/// Whether a sentence draws a conclusion, by its own words or those of its heading.
fn concludes(matrix: &Matrix, source: usize) -> bool {
    let document = &matrix.source.document;
    let is_heading = |index: &usize| document.segments[*index].kind == Kind::Heading;
    let heading = (0..source).rev().find(is_heading).map_or("", |index| document.segment_text(index));
    let says = |text: &str, mark: &str| CONCLUSIONS.lines().filter_map(|line| line.strip_prefix(mark)).any(|word| text.contains(word));
    !is_heading(&source) && (says(heading, "heading ") || says(document.segment_text(source), "sentence "))
}
