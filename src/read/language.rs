//! Telling texts that are neither Korean nor English: by their script, and English from its neighbours in script where that is in doubt.

use crate::document::Document;
use crate::text::{Language, is_hangul, is_hanja};
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

/// The script that most letters of a text are in, if it is neither Hangul nor Latin: what a Korean or English rule
/// makes of it means nothing. A Hangul syllable counts three times, as in [`Language::detect`]: Korean may quote hanja.
pub fn other_script(text: &str) -> Option<&'static str> {
    let mut ours = 0_usize;
    let mut others = [0_usize; SCRIPTS.len()];
    for letter in text.chars().filter(|letter| matches!(letter, '가'..='힣') || letter.is_alphabetic()).take(LETTERS) {
        match SCRIPTS.iter().position(|(_, holds)| holds(letter)) {
            Some(script) => others[script] += 1,
            None => ours += if is_hangul(letter) { 3 } else { 1 },
        }
    }
    let most = others.iter().sum::<usize>() > ours;
    most.then(|| SCRIPTS.iter().zip(others).find(|(_, count)| *count > 0).map(|((name, _), _)| *name)).flatten()
}

/// Letters of a text that are looked at.
const LETTERS: usize = 4_000;

/// A script by a name that a reader knows, and whether a letter is of it. Japanese has Chinese characters too, so it comes first.
type Script = (&'static str, fn(char) -> bool);

const SCRIPTS: &[Script] = &[
    ("Japanese", |letter| matches!(letter, '\u{3040}'..='\u{30FF}')),
    ("Chinese", is_hanja),
    ("Cyrillic letters", |letter| matches!(letter, '\u{0400}'..='\u{052F}')),
    ("Arabic letters", |letter| matches!(letter, '\u{0600}'..='\u{06FF}')),
    ("Greek letters", |letter| matches!(letter, '\u{0370}'..='\u{03FF}')),
    ("Thai letters", |letter| matches!(letter, '\u{0E00}'..='\u{0E7F}')),
];

fn english_share(words: &[&str]) -> f64 {
    let known = words.iter().filter(|word| FUNCTION_WORDS.contains(&word.to_ascii_lowercase().as_str())).count();
    known as f64 / words.len() as f64
}
