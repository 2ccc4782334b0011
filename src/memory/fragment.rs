//! Where the translation of a part of a sentence lies.

use crate::glossary::lexicon::{self, Stem};
use crate::text::{Folded, Language, Span};
use crate::word::english;
use crate::word::korean::without_particles;
use std::collections::BTreeSet;

/// A word of the text in which the translation is looked for.
struct Word {
    span: Span,
    /// What it is known by in other texts.
    key: String,
    is_content: bool,
    /// Whether the lexicon has it as a translation of the fragment.
    is_known: bool,
}

/// What a word adds to a stretch: known to the lexicon; found in most other translations of the fragment; neither; a word that
/// only builds sentences. Chosen by hand: two of three words of a stretch should speak for it.
const KNOWN: f64 = 1.0;
const SHARED: f64 = 0.7;
const STRANGE: f64 = -0.8;
const EMPTY: f64 = -0.1;

/// The share of the other translations that a word must be in to count as shared.
const MOST: f64 = 0.6;

/// The stretch of `target` that most likely translates `fragment`, told by the lexicon and by what other translations of
/// sentences with the same fragment have in common with this one. `None` where nothing speaks for any word.
pub fn locate(fragment: &str, target: &str, others: &[&str]) -> Option<Span> {
    let language = Language::detect(target)?;
    let words = words(target, fragment, language);
    let others: Vec<BTreeSet<String>> = others.iter().map(|text| keys(text, language)).collect();
    let worths: Vec<f64> = words.iter().map(|word| worth(word, &others)).collect();
    let (first, last) = best_stretch(&worths)?;
    Some(Span::new(words[first].span.start, words[last].span.end))
}

fn worth(word: &Word, others: &[BTreeSet<String>]) -> f64 {
    let holders = others.iter().filter(|keys| keys.contains(&word.key)).count();
    let is_shared = others.len() >= 2 && holders as f64 >= MOST * others.len() as f64;
    match word.is_content {
        _ if word.is_known => KNOWN,
        false => EMPTY,
        true if is_shared => SHARED,
        true => STRANGE,
    }
}

/// The stretch with the greatest sum, if that is above nothing (Kadane).
fn best_stretch(worths: &[f64]) -> Option<(usize, usize)> {
    let (mut sum, mut start) = (0.0, 0);
    let (mut best, mut stretch) = (0.0, None);
    for (at, worth) in worths.iter().enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        sum += worth;
        if sum > best {
            (best, stretch) = (sum, Some((start, at)));
        }
    }
    stretch
}

fn words(target: &str, fragment: &str, language: Language) -> Vec<Word> {
    let folded = Folded::new(target);
    match language {
        Language::English => english_words(&folded, &korean_stems(fragment)),
        Language::Korean => korean_words(&folded, &english_stems(fragment)),
    }
}

fn english_words(folded: &Folded, known: &BTreeSet<Stem>) -> Vec<Word> {
    let tokens = english::tokens(folded.text()).into_iter();
    let word = |token: english::Token| {
        let is_known = token.is_content && lexicon::stem(&token.stem).is_some_and(|stem| known.contains(&stem));
        Word { span: folded.original(Span::new(token.start, token.end)), key: token.stem, is_content: token.is_content, is_known }
    };
    tokens.map(word).collect()
}

fn korean_words(folded: &Folded, known: &BTreeSet<Stem>) -> Vec<Word> {
    let text = folded.text();
    let hits: Vec<lexicon::Hit> = lexicon::find(text).into_iter().filter(|hit| means(hit, known)).collect();
    let word = |(start, end): (usize, usize)| Word {
        span: folded.original(Span::new(start, end)),
        key: korean_key(&text[start..end]),
        is_content: true,
        is_known: hits.iter().any(|hit| hit.start >= start && hit.start < end),
    };
    lexicon::eojeols(text).map(word).collect()
}

fn korean_key(word: &str) -> String {
    without_particles(word).first().copied().unwrap_or(word).to_string()
}

fn means(hit: &lexicon::Hit, stems: &BTreeSet<Stem>) -> bool {
    hit.entry.equivalents().any(|mut equivalent| equivalent.any(|stem| stems.contains(&stem)))
}

/// Stems of all English words that the Korean fragment can mean.
fn korean_stems(fragment: &str) -> BTreeSet<Stem> {
    lexicon::find(Folded::new(fragment).text()).iter().flat_map(|hit| hit.entry.equivalents().flatten().collect::<Vec<_>>()).collect()
}

fn english_stems(fragment: &str) -> BTreeSet<Stem> {
    let tokens = english::tokens(Folded::new(fragment).text()).into_iter();
    tokens.filter(|token| token.is_content).filter_map(|token| lexicon::stem(&token.stem)).collect()
}

fn keys(text: &str, language: Language) -> BTreeSet<String> {
    let folded = Folded::new(text);
    match language {
        Language::English => english::tokens(folded.text()).into_iter().map(|token| token.stem).collect(),
        Language::Korean => lexicon::eojeols(folded.text()).map(|(start, end)| korean_key(&folded.text()[start..end])).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located<'a>(fragment: &str, target: &'a str, others: &[&str]) -> Option<&'a str> {
        locate(fragment, target, others).map(|span| span.of(target))
    }

    #[test]
    fn the_lexicon_tells_where_a_fragment_is_translated() {
        let target = "In Pyongyang the two leaders signed a treaty on security cooperation last June.";
        assert_eq!(located("안보 협력에 관한 조약", target, &[]), Some("treaty on security cooperation"));
        assert_eq!(located("security cooperation", "두 정상은 지난 6월 안보 협력에 합의했다.", &[]), Some("안보 협력에"));
        assert_eq!(located("안보", "Nothing of the kind stands here.", &[]), None);
    }

    #[test]
    fn what_other_translations_share_tells_it_too() {
        let target = "Yesterday the Kaesong complex was closed.";
        let others = ["The Kaesong complex employs many.", "He visited the Kaesong complex."];
        assert_eq!(located("개성공단", target, &others), Some("Kaesong complex"));
    }
}
