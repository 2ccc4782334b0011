//! JSON Lines: a line on the documents, then one a row and a finding, or one a bead, each with its text.

use super::json::{self, BeadOutput, FindingOutput, OmissionOutput, RowOutput};
use super::{Aligned, Checked, Format};
use crate::align::Mode;
use crate::document::Document;
use serde::Serialize;
use std::io::{self, Write};

/// JSON Lines.
pub const FORMAT: Format = Format {
    name: "jsonl",
    about: "JSON Lines: one a row and a finding, or one a bead",
    is_for_terminals: false,
    check: Some(check),
    align: Some(align),
};

/// A line; `type` tells which.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Documents {
        schema: &'static str,
        mode: Option<Mode>,
        source: Option<&'a str>,
        target: &'a str,
    },
    Row {
        #[serde(flatten)]
        row: RowOutput<'a>,
        text: &'a str,
    },
    Finding {
        #[serde(flatten)]
        finding: FindingOutput<'a>,
    },
    Silenced {
        #[serde(flatten)]
        finding: FindingOutput<'a>,
    },
    Omitted {
        #[serde(flatten)]
        omission: OmissionOutput<'a>,
    },
    Bead {
        #[serde(flatten)]
        bead: BeadOutput<'a>,
        source_text: Vec<&'a str>,
        target_text: Vec<&'a str>,
    },
}

fn check(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let examination = checked.examination;
    let target = &examination.target.document;
    let source = examination.source.map(|side| side.document.path.as_str());
    json::document(&Line::Documents { schema: "jjak/check-lines/1", mode: checked.mode, source, target: &target.path }, out)?;
    for row in examination.ledger {
        let text = target.segment_text(row.target_index);
        json::document(&Line::Row { row: RowOutput::of(examination, row), text }, out)?;
    }
    for finding in checked.findings {
        json::document(&Line::Finding { finding: FindingOutput::of(examination, finding, None) }, out)?;
    }
    json::silenced(checked).try_for_each(|finding| json::document(&Line::Silenced { finding }, out))?;
    json::omitted(checked).try_for_each(|omission| json::document(&Line::Omitted { omission }, out))
}

fn align(aligned: &Aligned, out: &mut dyn Write) -> io::Result<()> {
    let (source, target) = (&aligned.matrix.source.document, &aligned.matrix.target.document);
    let mode = Some(aligned.alignment.mode);
    json::document(&Line::Documents { schema: "jjak/align-lines/1", mode, source: Some(&source.path), target: &target.path }, out)?;
    for (output, bead) in json::beads(aligned).zip(&aligned.alignment.beads) {
        let (source_text, target_text) = (texts(source, &bead.source), texts(target, &bead.target));
        json::document(&Line::Bead { bead: output, source_text, target_text }, out)?;
    }
    Ok(())
}

fn texts<'a>(document: &'a Document, segments: &[usize]) -> Vec<&'a str> {
    segments.iter().map(|&index| document.segment_text(index)).collect()
}
