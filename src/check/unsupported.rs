//! `unsupported`: a passage of the target that has no source.

use super::{Examination, Finding, Place, Related, Severity};
use crate::support::{Row, Verdict};
use crate::text::Span;

/// Reports every row of the ledger without a source.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let rows = examination.ledger.iter().filter(|row| matches!(row.verdict, Verdict::Unsupported | Verdict::Partial));
    findings.extend(rows.map(|row| finding(examination, row)));
}

fn finding(examination: &Examination, row: &Row) -> Finding {
    let document = &examination.target.document;
    let segment = document.segments[row.target_index].span;
    let span = row.unsupported_span.unwrap_or(segment);
    let words: Vec<String> = row
        .missing
        .iter()
        .filter(|(_, missing)| span.overlaps(*missing))
        .take(5)
        .map(|(_, missing)| format!("\u{201C}{}\u{201D}", missing.of(&document.text)))
        .collect();
    let lacking = if words.is_empty() { String::new() } else { format!("; nothing there on {}", words.join(", ")) };
    let nearest = row.sources.first().map_or(String::new(), |source| format!("; nearest is sentence {}", source + 1));
    let message = match row.verdict {
        Verdict::Partial => format!("this part has no source in the original{lacking}"),
        _ => format!("no source found in the original{nearest}{lacking}"),
    };
    Finding {
        check: "unsupported",
        severity: Severity::Major,
        place: Place::Target,
        segment_index: row.target_index,
        span,
        message,
        related: related(examination, row),
        suggestion: None,
    }
}

fn related(examination: &Examination, row: &Row) -> Vec<Related> {
    let segments = |index: usize| examination.source.map(|side| side.document.segments[index].span);
    let nearest = row.sources.iter().take(2).filter_map(|&index| segments(index).map(|span: Span| (index, span)));
    nearest.map(|(segment_index, span)| Related { place: Place::Source, segment_index, span }).collect()
}
