//! `untranslated`: a Korean sentence that was not translated, and Korean words merely written in Latin letters.

use super::{Examination, Finding, Severity};
use crate::text::{Language, is_hangul};

/// Reports Korean sentences and romanised Korean.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    for (segment_index, segment) in document.segments.iter().enumerate() {
        let text = segment.span.of(&document.text);
        if is_untouched(text) {
            let message = "a Korean sentence stands untranslated; translate or delete it".to_string();
            findings.push(Finding::in_target("untranslated", Severity::Major, segment_index, segment.span, message));
        }
    }
}

/// Whether a segment is a whole Korean sentence: mostly Hangul, of four words and more, and closed.
pub fn is_untouched(text: &str) -> bool {
    let is_closed = || text.trim_end_matches(['”', '"', '’', ')', ' ']).ends_with(['.', '!', '?']);
    let is_long = || text.split_whitespace().filter(|word| word.chars().any(is_hangul)).nth(3).is_some();
    text.contains(is_hangul) && Language::detect(text) == Some(Language::Korean) && is_closed() && is_long()
}
