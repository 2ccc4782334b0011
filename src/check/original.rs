//! `original`: the Korean original that the text itself names, when it is not at hand.

use super::{Examination, Finding, Severity};
use crate::document::Kind;
use crate::text::is_hangul;

/// Reports the line that names the original of an English text checked alone.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    if examination.source.is_some() {
        return;
    }
    let document = &examination.target.document;
    let count = document.segments.len();
    let at_edge = |index: &usize| *index < EDGE || index + EDGE >= count;
    let names = (0..count).filter(at_edge).find(|&index| names_original(document.segment_text(index), document.segments[index].kind));
    findings.extend(names.map(|segment_index| {
        let span = document.segments[segment_index].span;
        let message = "the original named here is missing; with it every sentence is checked for its source".to_string();
        Finding::in_target("original", Severity::Minor, segment_index, span, message)
    }));
}

/// So many segments at the beginning and at the end may name the original.
const EDGE: usize = 12;
/// Bytes of the longest such line.
const LONGEST: usize = 500;

/// Whether a line says that the text was made of another: it says so, and names that by a Korean title, a title in quotation
/// marks or italics, or a number such as 2024-19.
fn names_original(text: &str, kind: Kind) -> bool {
    if text.len() > LONGEST || kind == Kind::Heading {
        return false;
    }
    let lower = text.to_lowercase();
    let says = SAYS.iter().any(|words| lower.contains(words));
    let names = text.contains(is_hangul) || text.contains(['“', '"', '「', '『', '*', '_']) || has_number(text) || lower.contains("korean");
    says && names
}

/// The words by which a text says so.
const SAYS: &[&str] = &[
    "abridged from",
    "abridged version",
    "abridged english version",
    "adapted from",
    "condensed from",
    "condensed version",
    "digest of",
    "english summary of",
    "english translation of",
    "english version of",
    "originally published in korean",
    "originally written in korean",
    "rearranged from",
    "summarised from",
    "summarized from",
    "summary of the",
    "this is a summary of",
    "this is a translation of",
    "translated from",
];

/// A number such as 2024-19 or 2024-제19호.
fn has_number(text: &str) -> bool {
    text.match_indices('-').any(|(at, _)| {
        let before = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let after = text[at + 1..].trim_start_matches(['제', ' ']).bytes().take_while(u8::is_ascii_digit).count();
        before == 4 && (1..=3).contains(&after)
    })
}
