//! `quotation`: words in quotation marks that the original does not quote.

use super::marks::{Mark, Marks};
use super::passage::segment_at;
use super::{Examination, Finding, Place, Severity};
use crate::align::Side;
use crate::support::Verdict;
use crate::text::Span;
use crate::word::english::is_function_word;

/// Reports quotations of whole sentences whose source has neither quotation marks nor reported speech.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let Some(source) = examination.source else { return };
    let document = &examination.target.document;
    for enclosure in Marks::of(document).enclosures.iter().filter(|enclosure| matches!(enclosure.mark, Mark::Double | Mark::Straight)) {
        if !is_speech(enclosure.inner.of(&document.text)) {
            continue;
        }
        let segment_index = segment_at(document, enclosure.inner.start);
        let row = examination.ledger.binary_search_by_key(&segment_index, |row| row.target_index).ok().map(|at| &examination.ledger[at]);
        let Some(row) = row.filter(|row| matches!(row.verdict, Verdict::Supported | Verdict::Partial)) else { continue };
        if let Some(&best) = row.sources.first().filter(|_| !row.sources.iter().any(|&index| quotes(source, index))) {
            let message = format!("sentence {} of the original quotes nobody; these are not the speaker's own words", best + 1);
            let finding = Finding::in_target("quotation", Severity::Minor, segment_index, enclosure.outer, message);
            findings.push(finding.with_related(Place::Source, best, source.document.segments[best].span));
        }
    }
}

/// Whether words in quotation marks are somebody's speech: five and more, some of them function words, and no title in capitals.
fn is_speech(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(LONGEST).collect();
    let small = |word: &&&str| is_function_word(word.trim_matches(|character: char| !character.is_alphanumeric()));
    let capital = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    words.len() >= 5 && words.iter().filter(small).count() >= 2 && capital * 2 < words.len()
}

/// So many words of a quotation are looked at.
const LONGEST: usize = 60;

/// Whether a Korean sentence or one beside it quotes or reports speech.
fn quotes(source: &Side, segment_index: usize) -> bool {
    let segments = &source.document.segments;
    let first = segment_index.saturating_sub(1);
    let last = (segment_index + 1).min(segments.len() - 1);
    let span = Span::new(segments[first].span.start, segments[last].span.end);
    let text = span.of(&source.document.text);
    text.contains(['“', '”', '‘', '’', '"', '\'', '「', '『']) || SAYS.iter().any(|words| text.contains(words))
}

/// The endings of reported speech.
const SAYS: &[&str] = &[
    "다고 ",
    "라고 ",
    "자고 ",
    "냐고 ",
    "다며 ",
    "라며 ",
    "다면서",
    "라면서",
    "다는 ",
    "라는 ",
    "고 말",
    "고 밝",
    "고 했",
    "고 답",
    "고 평",
];
