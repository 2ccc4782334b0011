//! `residue`: Korean left in the English.

use super::{Examination, Finding, Place, Severity};
use crate::text::{Span, is_hangul};

/// Reports runs of Hangul outside brackets and quotation marks.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    for (segment_index, segment) in document.segments.iter().enumerate() {
        let text = segment.span.of(&document.text);
        for span in runs(text).into_iter().filter(|span| !is_cited(text, *span)) {
            let message = format!("Korean left in the English: \u{201C}{}\u{201D}; translate or delete it", span.of(text));
            findings.push(Finding {
                check: "residue",
                severity: Severity::Major,
                place: Place::Target,
                segment_index,
                span: span.shifted(segment.span.start),
                message,
                related: Vec::new(),
                suggestion: None,
            });
        }
    }
}

/// Runs of Hangul words with single spaces between them.
fn runs(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (at, character) in text.char_indices().filter(|&(_, character)| is_hangul(character)) {
        let end = at + character.len_utf8();
        match found.last_mut() {
            Some(last)
                if text[last.end..at].chars().all(|between| between == ' ' || between.is_ascii_punctuation() && between != '.')
                    && at - last.end <= 2 =>
            {
                last.end = end
            }
            _ => found.push(Span::new(at, end)),
        }
    }
    found
}

/// Whether a run is cited: in brackets or quotation marks, as the title of a Korean work or a term in the original.
fn is_cited(text: &str, span: Span) -> bool {
    const PAIRS: [(char, char); 8] =
        [('(', ')'), ('[', ']'), ('『', '』'), ('「', '」'), ('“', '”'), ('‘', '’'), ('《', '》'), ('〈', '〉')];
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let bracketed =
        PAIRS.iter().any(|&(open, close)| before.rfind(open).is_some_and(|at| !before[at..].contains(close)) && after.contains(close));
    bracketed || before.matches('"').count() % 2 == 1 && after.contains('"')
}
