//! `glued`: letters stuck to the full stop of a sentence.

use super::{Examination, Finding, Severity};
use crate::glossary::lexicon;
use crate::text::Span;
use crate::word::english;

/// Reports a full stop with letters directly after it that are no abbreviation, file name or address.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    let text = &document.text;
    for (segment_index, segment) in document.segments.iter().enumerate() {
        for (start, word) in words(segment.span.of(text)) {
            let sentence = segment.span.of(text);
            let stuck = glued(word).or_else(|| glued_ending(&sentence[..start], word, &sentence[start + word.len()..]));
            if let Some((span, tail)) = stuck {
                let span = span.shifted(segment.span.start + start);
                let message = format!("\u{201C}{tail}\u{201D} is stuck to the full stop; delete it or put a space");
                findings.push(Finding::in_target("glued", Severity::Major, segment_index, span, message));
            }
        }
    }
    between_segments(examination, findings);
}

/// A segment that starts with a letter directly after the full stop of the one before.
fn between_segments(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    for (segment_index, pair) in document.segments.windows(2).enumerate() {
        let (before, after) = (pair[0].span.of(&document.text), pair[1].span.of(&document.text));
        let touches = pair[0].span.end == pair[1].span.start && before.ends_with(['.', '!', '?']) && after.starts_with(char::is_alphabetic);
        if touches {
            let length = after.find(|character: char| !character.is_alphabetic()).unwrap_or(after.len());
            let span = Span::new(pair[0].span.end - 1, pair[1].span.start + length);
            let message = format!("\u{201C}{}\u{201D} is stuck to the full stop; delete it or put a space", &after[..length]);
            findings.push(Finding::in_target("glued", Severity::Major, segment_index + 1, span, message));
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// From the full stop in a word on, and the letters stuck to it.
fn glued(word: &str) -> Option<(Span, &str)> {
    let is_address = word.contains(['/', '@', ':', '_']) || word.matches('.').count() > 3 || word.starts_with("www");
    let stop = word.rfind(['.', '!', '?']).filter(|_| !is_address)?;
    let tail = word[stop + 1..].trim_start_matches(CLOSING);
    let letters = &tail[..tail.find(|character: char| !character.is_alphabetic()).unwrap_or(tail.len())];
    let is_closed = word[stop + 1..].starts_with(CLOSING);
    let fits = !ENDINGS.contains(&letters) && (is_closed || ends_sentence(&word[..stop], letters));
    let span = Span::new(stop, word.len() - tail.len() + letters.len());
    (!letters.is_empty() && stop > 0 && fits).then_some((span, letters))
}

/// "by the institute's estimate.kr": the ending of an address stuck to a word of the language at the end of a sentence, where nothing
/// before it leads to an address.
fn glued_ending<'a>(before: &str, word: &'a str, after: &str) -> Option<(Span, &'a str)> {
    let (stem, ending) = word.split_once('.')?;
    let ends = after.trim_start().chars().next().is_none_or(char::is_uppercase);
    let leads = before.split_whitespace().next_back().is_none_or(|last| LEADING.contains(&last.to_ascii_lowercase().as_str()));
    let is_word = stem.len() > 3 && stem.bytes().all(|byte| byte.is_ascii_lowercase()) && lexicon::stem(&english::stem(stem)).is_some();
    (ends && !leads && is_word && COUNTRIES.contains(&ending)).then(|| (Span::new(stem.len(), word.len()), ending))
}

/// Words that lead to an address: "see naver.kr".
const LEADING: &[&str] = &["at", "on", "visit", "see", "via", "from", "by", "to", "of", "and", "or", "website", "site", "called", "with"];

/// Endings of addresses that are letters as likely.
const COUNTRIES: &[&str] = &["kr", "jp", "cn", "ru", "eu", "uk", "io", "ai", "co", "go", "or", "re", "ac"];

/// Marks that close a quotation or an aside.
const CLOSING: [char; 4] = ['”', '"', ')', '’'];

/// Whether what stands before a full stop can end a sentence, so that the letters behind it belong to nothing: a word, a year,
/// a share, an abbreviation in capitals, a closing mark. Dotted words ("e.g", "3.b", "v2.x") are none.
fn ends_sentence(before: &str, letters: &str) -> bool {
    let dotted = before.contains('.');
    let is_lower = letters.starts_with(char::is_lowercase);
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let capitals = before.bytes().rev().take_while(u8::is_ascii_uppercase).count();
    let is_word = !dotted && before.chars().filter(|character| character.is_lowercase()).count() >= 3;
    let is_figure = !dotted && (digits >= 4 || digits >= 2 && letters.len() >= 2) && is_lower;
    let is_initials = dotted && before.split('.').all(|part| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_uppercase()));
    let is_acronym = !dotted && capitals >= 3 && capitals == before.len();
    is_word || is_figure || (is_initials || is_acronym) && is_lower || before.ends_with(CLOSING) || before.ends_with('%')
}

/// Endings of domain and file names.
const ENDINGS: &[&str] = &[
    "com", "org", "net", "kr", "gov", "edu", "int", "co", "io", "uk", "jp", "cn", "ru", "eu", "pdf", "docx", "hwp", "hwpx", "html", "htm",
    "txt", "xlsx", "js", "csv", "info", "mil", "go", "or", "re", "ac", "ai",
];
