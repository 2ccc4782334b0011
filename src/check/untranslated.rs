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

/// Whether a segment is a whole Korean sentence: mostly Hangul, of four words and more, and closed. What stands in quotation
/// marks and brackets is cited.
pub fn is_untouched(text: &str) -> bool {
    if !text.contains(is_hangul) {
        return false;
    }
    let own = outside(text);
    let is_closed = own.trim_end().ends_with(['.', '!', '?']);
    let is_long = own.split_whitespace().filter(|word| word.chars().any(is_hangul)).nth(3).is_some();
    is_closed && is_long && Language::detect(&own) == Some(Language::Korean)
}

/// A text without what stands in brackets and quotation marks.
fn outside(text: &str) -> String {
    let mut depth = 0_usize;
    let mut own = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '(' | '[' | '「' | '『' | '《' | '〈' | '“' => depth += 1,
            ')' | ']' | '」' | '』' | '》' | '〉' | '”' => depth = depth.saturating_sub(1),
            _ if depth == 0 => own.push(character),
            _ => {}
        }
    }
    own
}
