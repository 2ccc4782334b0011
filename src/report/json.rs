//! JSON for programs: one document with everything, in the form that the contract of the schema names fixes.

use super::{Aligned, By, Checked, Format, Silenced, place};
use crate::align::{Evidence, Mode};
use crate::check::{Examination, Finding, Place, Severity};
use crate::document::{Document, Kind};
use crate::support::{Row, Verdict};
use crate::text::Span;
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// One JSON document.
pub const FORMAT: Format = Format {
    name: "json",
    about: "one JSON document, for programs",
    is_for_terminals: false,
    check: Some(|checked, out| document(&CheckOutput::of(checked), out)),
    align: Some(|aligned, out| document(&AlignOutput::of(aligned), out)),
};

/// Writes a value and a line feed.
pub fn document(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}

/// Segment numbers, from 1.
pub fn numbers(indices: &[usize]) -> Vec<usize> {
    indices.iter().map(|index| index + 1).collect()
}

/// A document as every JSON answer shows it.
#[derive(Serialize)]
pub struct DocumentOutput<'a> {
    path: &'a str,
    language: &'static str,
    segments: Vec<SegmentOutput<'a>>,
}

#[derive(Serialize)]
struct SegmentOutput<'a> {
    id: usize,
    kind: Kind,
    block: usize,
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> From<&'a Document> for DocumentOutput<'a> {
    fn from(document: &'a Document) -> Self {
        let segments = document.segments.iter().enumerate().map(|(index, segment)| {
            let Span { start, end } = document.span_as_read(segment.span);
            let text = document.text_as_read(segment.span);
            SegmentOutput { id: index + 1, kind: segment.kind, block: segment.block_index + 1, start, end, text }
        });
        DocumentOutput { path: &document.path, language: document.language.code(), segments: segments.collect() }
    }
}

/// Evidence as every JSON answer shows it.
#[derive(Serialize)]
pub struct EvidenceOutput<'a> {
    kind: &'a str,
    target_start: usize,
    target_end: usize,
    source_segment: usize,
    source_start: usize,
    source_end: usize,
    value: &'a str,
}

impl<'a> EvidenceOutput<'a> {
    fn of(evidence: &'a Evidence, source: &Document, target: &Document) -> EvidenceOutput<'a> {
        let (in_source, in_target) = (source.span_as_read(evidence.source_span), target.span_as_read(evidence.target_span));
        EvidenceOutput {
            kind: evidence.kind,
            target_start: in_target.start,
            target_end: in_target.end,
            source_segment: evidence.source_index + 1,
            source_start: in_source.start,
            source_end: in_source.end,
            value: &evidence.value,
        }
    }
}

/// An alignment.
#[derive(Serialize)]
pub struct AlignOutput<'a> {
    schema: &'static str,
    mode: Mode,
    source: DocumentOutput<'a>,
    target: DocumentOutput<'a>,
    #[serde(serialize_with = "beads_one_by_one")]
    beads: &'a Aligned<'a>,
}

/// Writes beads as they come: all of a long text would take as much memory as the text itself.
fn beads_one_by_one<Target: Serializer>(aligned: &Aligned, target: Target) -> Result<Target::Ok, Target::Error> {
    target.collect_seq(beads(aligned))
}

/// A bead.
#[derive(Serialize)]
pub struct BeadOutput<'a> {
    id: usize,
    source: Vec<usize>,
    target: Vec<usize>,
    score: f64,
    evidence: Vec<EvidenceOutput<'a>>,
}

impl<'a> AlignOutput<'a> {
    /// The alignment with both documents.
    pub fn of(aligned: &'a Aligned) -> AlignOutput<'a> {
        let matrix = aligned.matrix;
        AlignOutput {
            schema: "jjak/align/1",
            mode: aligned.alignment.mode,
            source: (&matrix.source.document).into(),
            target: (&matrix.target.document).into(),
            beads: aligned,
        }
    }
}

/// The beads of an alignment, in order.
pub fn beads<'a>(aligned: &'a Aligned) -> impl Iterator<Item = BeadOutput<'a>> {
    let (source, target) = (&aligned.matrix.source.document, &aligned.matrix.target.document);
    aligned.alignment.beads.iter().enumerate().map(|(index, bead)| BeadOutput {
        id: index + 1,
        source: numbers(&bead.source),
        target: numbers(&bead.target),
        score: (bead.score * 1000.0).round() / 1000.0,
        evidence: bead.evidence.iter().map(|evidence| EvidenceOutput::of(evidence, source, target)).collect(),
    })
}

/// What a check found.
#[derive(Serialize)]
pub struct CheckOutput<'a> {
    schema: &'static str,
    mode: Option<Mode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<DocumentOutput<'a>>,
    target: DocumentOutput<'a>,
    ledger: Vec<RowOutput<'a>>,
    findings: Vec<FindingOutput<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    silenced: Vec<FindingOutput<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    omitted: Option<Vec<OmissionOutput<'a>>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
}

impl<'a> CheckOutput<'a> {
    /// Everything that was found, with both documents.
    pub fn of(checked: &'a Checked) -> CheckOutput<'a> {
        let examination = checked.examination;
        CheckOutput {
            schema: "jjak/check/1",
            mode: checked.mode,
            source: examination.source.map(|side| (&side.document).into()),
            target: (&examination.target.document).into(),
            ledger: examination.ledger.iter().map(|row| RowOutput::of(examination, row)).collect(),
            findings: checked.findings.iter().map(|finding| FindingOutput::of(examination, finding, None)).collect(),
            silenced: silenced(checked).collect(),
            omitted: checked.omitted.map(|_| omitted(checked).collect()),
            notes: checked.notes,
        }
    }
}

/// The silenced findings, each with its reason.
pub fn silenced<'a>(checked: &'a Checked) -> impl Iterator<Item = FindingOutput<'a>> {
    checked.silenced.iter().map(|silenced| FindingOutput::of(checked.examination, &silenced.finding, Some(silenced)))
}

/// What the original says and the target does not, by weight.
pub fn omitted<'a>(checked: &'a Checked<'a>) -> impl Iterator<Item = OmissionOutput<'a>> {
    let document = checked.examination.source.map(|side| &side.document);
    let omissions = document.into_iter().flat_map(|document| checked.omitted.into_iter().flatten().map(move |one| (document, one)));
    omissions.map(|(document, omission)| OmissionOutput {
        source: omission.source_index + 1,
        weight: (omission.weight * 100.0).round() / 100.0,
        reasons: &omission.reasons,
        facts: omission.facts.iter().map(|fact| MissingOutput::of(document, fact)).collect(),
    })
}

/// A source segment that the target does not carry.
#[derive(Serialize)]
pub struct OmissionOutput<'a> {
    source: usize,
    weight: f64,
    reasons: &'a [&'static str],
    facts: Vec<MissingOutput<'a>>,
}

/// A row of the ledger.
#[derive(Serialize)]
pub struct RowOutput<'a> {
    target: usize,
    verdict: Verdict,
    support: f64,
    sources: Vec<usize>,
    evidence: Vec<EvidenceOutput<'a>>,
    missing: Vec<MissingOutput<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unsupported: Option<Span>,
}

#[derive(Serialize)]
struct MissingOutput<'a> {
    kind: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> MissingOutput<'a> {
    fn of(document: &'a Document, (kind, span): &'a (&'static str, Span)) -> MissingOutput<'a> {
        let Span { start, end } = document.span_as_read(*span);
        MissingOutput { kind, start, end, text: document.text_as_read(*span) }
    }
}

impl<'a> RowOutput<'a> {
    /// A row with its evidence.
    pub fn of(examination: &'a Examination, row: &'a Row) -> RowOutput<'a> {
        let target = &examination.target.document;
        let source = place::document(examination, Place::Source);
        RowOutput {
            target: row.target_index + 1,
            verdict: row.verdict,
            support: (row.support * 10_000.0).round() / 10_000.0,
            sources: numbers(&row.sources),
            evidence: row.evidence.iter().map(|evidence| EvidenceOutput::of(evidence, source, target)).collect(),
            missing: row.missing.iter().map(|missing| MissingOutput::of(target, missing)).collect(),
            unsupported: row.unsupported_span.map(|span| target.span_as_read(span)),
        }
    }
}

/// A finding.
#[derive(Serialize)]
pub struct FindingOutput<'a> {
    id: String,
    check: &'a str,
    severity: Severity,
    side: Place,
    segment: usize,
    start: usize,
    end: usize,
    message: &'a str,
    related: Vec<RelatedOutput>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<By>,
}

#[derive(Serialize)]
struct RelatedOutput {
    side: Place,
    segment: usize,
    start: usize,
    end: usize,
}

impl<'a> FindingOutput<'a> {
    /// A finding, with the reason why it is silenced, where it is.
    pub fn of(examination: &Examination, finding: &'a Finding, silenced: Option<&'a Silenced>) -> FindingOutput<'a> {
        let as_read = |place, span| place::document(examination, place).span_as_read(span);
        let related = finding.related.iter().map(|related| {
            let Span { start, end } = as_read(related.place, related.span);
            RelatedOutput { side: related.place, segment: related.segment_index + 1, start, end }
        });
        let Span { start, end } = as_read(finding.place, finding.span);
        FindingOutput {
            id: finding.fingerprint(examination),
            check: finding.check,
            severity: finding.severity,
            side: finding.place,
            segment: finding.segment_index + 1,
            start,
            end,
            message: &finding.message,
            related: related.collect(),
            suggestion: finding.suggestion.as_deref(),
            reason: silenced.map(|silenced| silenced.reason.as_str()),
            by: silenced.map(|silenced| silenced.by),
        }
    }
}
