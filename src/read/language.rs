//! Telling English from its neighbours in script, where that is in doubt.

use crate::document::Document;
use crate::text::Language;
use lingua::LanguageDetectorBuilder;

/// The share of function words below which a text may not be English: English prose has .30 to .45 of these, French,
/// German and Spanish under .05 ("in", "a", "on" are theirs too).
const ENGLISH_SHARE: f64 = 0.12;

/// Words of a text that are looked at; a brief shows its language within its first page.
const SAMPLE: usize = 600;

const FUNCTION_WORDS: &[&str] = &[
    "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "is", "it", "its", "not", "of", "that", "the", "their", "this",
    "to", "was", "were", "which", "will", "with",
];

/// The name of the language that a document given as English is really in ("French"), if it is another.
///
/// English is known by its function words; only where these are rare is the statistical detector loaded.
pub fn foreign(document: &Document) -> Option<String> {
    let words: Vec<&str> = document.text.split_whitespace().take(SAMPLE).collect();
    if document.language != Language::English || words.len() < 8 || english_share(&words) >= ENGLISH_SHARE {
        return None;
    }
    use lingua::Language::{English, French, German, Spanish};
    let detector = LanguageDetectorBuilder::from_languages(&[English, French, German, Spanish]).with_minimum_relative_distance(0.2).build();
    detector.detect_language_of(words.join(" ")).filter(|&language| language != English).map(|language| language.to_string())
}

fn english_share(words: &[&str]) -> f64 {
    let known = words.iter().filter(|word| FUNCTION_WORDS.contains(&word.to_ascii_lowercase().as_str())).count();
    known as f64 / words.len() as f64
}
