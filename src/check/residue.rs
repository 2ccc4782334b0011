//! `residue`: Korean left in the English.

use super::marks::{Enclosure, Mark, Marks};
use super::{Examination, Finding, Severity};
use crate::anchor::sound;
use crate::document::Document;
use crate::text::{Language, Span, is_hangul, is_hanja};

/// Reports runs of Hangul that cite nothing, and brackets that only spell an English word in Hangul.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    let marks = Marks::of(document);
    for (segment_index, segment) in document.segments.iter().enumerate() {
        if super::untranslated::is_untouched(segment.span.of(&document.text)) {
            continue;
        }
        for span in runs(segment.span.of(&document.text)).into_iter().map(|span| span.shifted(segment.span.start)) {
            let written = span.of(&document.text);
            if let Some(bracket) = spelled(document, &marks, span) {
                let message = format!("“{written}” only spells the English word before it in Korean letters; delete it");
                findings.push(Finding::in_target("residue", Severity::Minor, segment_index, bracket, message));
            } else if !is_cited(document, &marks, segment.span, span) {
                let message = format!("Korean left in the English: “{written}”; translate or delete it");
                findings.push(Finding::in_target("residue", Severity::Major, segment_index, span, message));
            }
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
                if at - last.end <= 2
                    && text[last.end..at].chars().all(|between| between == ' ' || between.is_ascii_punctuation() && between != '.') =>
            {
                last.end = end
            }
            _ => found.push(Span::new(at, end)),
        }
    }
    found
}

/// Whether a run is cited: the title of a Korean work and what belongs to it, a term in the original, or a Korean quotation.
fn is_cited(document: &Document, marks: &Marks, segment: Span, span: Span) -> bool {
    let cites = |enclosure: &Enclosure| match enclosure.mark {
        Mark::Curly => false,
        mark if mark.is_quote() => is_korean(enclosure.inner.of(&document.text)),
        _ => true,
    };
    marks.around(span).any(cites) || belongs_to_title(document, segment, span)
}

/// A quotation in Korean cites; one in English that holds a Korean word has it left over.
fn is_korean(quotation: &str) -> bool {
    quotation.len() < LONGEST && Language::detect(quotation) == Some(Language::Korean)
}

/// Bytes of the longest quotation that is looked at.
const LONGEST: usize = 600;

/// Author and number of a Korean work, with nothing but marks and figures between them and the title: 정해윤, 「…」, 제12호.
fn belongs_to_title(document: &Document, segment: Span, span: Span) -> bool {
    let text = &document.text;
    let is_joint = |between: char| !between.is_alphabetic() || is_hangul(between) || is_hanja(between);
    let before = &text[text.ceil_char_boundary(segment.start.max(span.start.saturating_sub(TITLE)))..span.start];
    let after = &text[span.end..text.floor_char_boundary(segment.end.min(span.end + TITLE))];
    let to_title = after.find(['「', '『', '《', '〈']).is_some_and(|at| after[..at].chars().all(is_joint));
    let from_title = before.rfind(['」', '』', '》', '〉']).is_some_and(|at| before[at..].chars().all(is_joint));
    to_title || from_title
}

/// Within how many bytes of a title its author and number stand.
const TITLE: usize = 90;

/// The bracket around a single Korean word that sounds like the small-lettered English word before it: deepfakes (딥페이크).
/// A name in brackets identifies, a term in brackets explains; this does neither.
fn spelled(document: &Document, marks: &Marks, span: Span) -> Option<Span> {
    let text = &document.text;
    let bracket = marks.around(span).find(|enclosure| enclosure.mark == Mark::Round && enclosure.inner == span)?.outer;
    let before = text[text.floor_char_boundary(bracket.start.saturating_sub(40))..bracket.start].trim_end();
    let word = &before[before.rfind(|character: char| !character.is_ascii_lowercase()).map_or(0, |at| text_after(before, at))..];
    let singular = word.strip_suffix('s').unwrap_or(word);
    let likeness = [word, singular].into_iter().map(|word| sound::similarity(span.of(text), word)).fold(0.0, f32::max);
    (word.len() > 3 && likeness >= SPELLED).then_some(bracket)
}

fn text_after(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Likeness from which a Korean word is the English one in Hangul.
const SPELLED: f32 = 0.8;
