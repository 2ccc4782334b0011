//! `doubled-word`: a word or a pair of words written twice.

use super::passage::{Passage, passages};
use super::{Examination, Finding, Severity};
use crate::anchor::words::{Shape, Word, words};
use crate::text::Span;
use crate::word::english::is_function_word;

/// Reports words and pairs of words that stand twice with nothing but a space between.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for passage in passages(&examination.target.document) {
        let words = words(passage.text());
        for index in 1..words.len() {
            findings.extend(single(&passage, &words, index).or_else(|| pair(&passage, &words, index)));
        }
    }
}

/// "the the"; names such as Baden Baden and words that stand twice in good English are left alone.
fn single(passage: &Passage, words: &[Word], index: usize) -> Option<Finding> {
    let text = passage.text();
    let (first, second) = (words[index - 1], words[index]);
    let written = second.of(text);
    let is_name = first.shape != Shape::Lower && second.shape != Shape::Lower && !is_function_word(written);
    let is_good = second.shape == Shape::Digits || is_name || TWICE.contains(&written.to_lowercase().as_str());
    let doubled = written.len() > 1 && written.eq_ignore_ascii_case(first.of(text)) && is_spaced(text, first, second);
    if !doubled || is_good || second.shape == Shape::Capital {
        return None;
    }
    let severity = if NEVER_TWICE.contains(&written) { Severity::Major } else { Severity::Minor };
    Some(finding(passage, severity, Span::new(first.start, second.end), written))
}

/// "of the of the": a pair that holds an article, so that "step by step by step" is left alone.
fn pair(passage: &Passage, words: &[Word], index: usize) -> Option<Finding> {
    let text = passage.text();
    let [.., a, b, c, d] = words.get(..=index)? else { return None };
    let same = |one: &Word, other: &Word| other.shape == Shape::Lower && one.of(text).eq_ignore_ascii_case(other.of(text));
    let joined = is_spaced(text, *a, *b) && is_spaced(text, *b, *c) && is_spaced(text, *c, *d);
    let has_article = [c, d].iter().any(|word| ["the", "a", "an", "its", "their", "this"].contains(&word.of(text)));
    let differ = !c.of(text).eq_ignore_ascii_case(d.of(text));
    let doubled = joined && has_article && differ && same(a, c) && same(b, d);
    doubled.then(|| finding(passage, Severity::Major, Span::new(a.start, d.end), &text[c.start..d.end]))
}

fn is_spaced(text: &str, first: Word, second: Word) -> bool {
    let gap = &text[first.end..second.start];
    !gap.is_empty() && gap.bytes().all(|byte| byte == b' ')
}

fn finding(passage: &Passage, severity: Severity, span: Span, written: &str) -> Finding {
    let message = format!("“{written}” stands twice");
    Finding::in_target("doubled-word", severity, passage.segment_index, passage.original(span), message).with_suggestion(written)
}

/// Words that stand twice in good English: "had had", "the fact that that day", "very very", "what it is is", "came in in May".
const TWICE: &[&str] =
    &["aye", "bye", "do", "had", "ha", "her", "in", "is", "long", "many", "much", "no", "on", "so", "that", "very", "yes"];

/// Words of which a second is always wrong.
const NEVER_TWICE: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "has", "have", "he", "into", "it", "its", "of", "or", "she",
    "than", "the", "their", "they", "this", "to", "was", "we", "were", "which", "will", "with", "would",
];
