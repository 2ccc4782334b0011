//! `brackets`: brackets that are opened and not closed, or closed and not opened.

use super::marks::Marks;
use super::passage::segment_at;
use super::{Examination, Finding, Severity};

/// Reports brackets without a partner in their paragraph.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    for &(_, span, opens) in Marks::of(document).alone.iter().filter(|(mark, ..)| !mark.is_quote()) {
        let written = span.of(&document.text);
        let message = match opens {
            true => format!("“{written}” is not closed in its paragraph"),
            false => format!("“{written}” closes what nothing in its paragraph opens"),
        };
        findings.push(Finding::in_target("brackets", Severity::Minor, segment_at(document, span.start), span, message));
    }
}
