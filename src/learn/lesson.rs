//! What a unit can teach: the words of either side that the built-in lexicon does not explain by the other.

use crate::glossary::lexicon::{self, Hit};
use crate::text::{Folded, is_hangul};
use crate::word::{english, korean};
use rustc_hash::FxHashSet;

/// A Korean word as it is learnt: a headword, or an unknown word without its particles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// What it is learnt by.
    pub form: &'a str,
    /// First byte in the text given.
    pub start: usize,
    /// Byte after the last, particles not counted.
    pub end: usize,
    /// The index of the hit that reads it, if the lexicon knows it.
    pub hit: Option<usize>,
}

/// A reading that is less sure than this is not learnt from: a rival, or a word inside a longer one.
const SURE: f32 = 1.0;

/// The words of a folded Korean text, in text order, given what the lexicon reads in it.
pub fn words<'a>(text: &'a str, hits: &[Hit]) -> Vec<Word<'a>> {
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    for (start, end) in lexicon::eojeols(text) {
        let first = at;
        while hits.get(at).is_some_and(|hit| hit.start < end) {
            at += 1;
        }
        let known = (first..at).filter(|&index| hits[index].quality >= SURE);
        let begins = known.clone().map(|index| hits[index].start).min().unwrap_or(end);
        let is_reached = words.last().is_some_and(|word| word.end > start);
        if !is_reached {
            words.extend(unknown(text, start, begins.clamp(start, end), begins >= end));
        }
        words.extend(known.map(|index| Word {
            form: hits[index].entry.headword(),
            start: hits[index].start,
            end: hits[index].end,
            hit: Some(index),
        }));
    }
    words
}

/// The unknown word at the start of an eojeol: without its particles where nothing known follows.
fn unknown(text: &str, start: usize, end: usize, is_whole: bool) -> Option<Word<'_>> {
    let word = &text[start..end];
    let form = if is_whole { korean::without_particles(word).first().copied().unwrap_or(word) } else { word };
    let is_word = form.chars().nth(1).is_some() && form.chars().all(is_hangul) && form.len() <= LONGEST;
    is_word.then_some(Word { form, start, end: start + form.len(), hit: None })
}

/// Bytes of the longest word that is learnt: ten syllables.
const LONGEST: usize = 30;

/// The words that a unit leaves unexplained, each once, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lesson {
    /// Korean words.
    pub source: Vec<String>,
    /// English stems.
    pub target: Vec<String>,
}

/// Unexplained words of one side of a unit beyond which it is no sentence and teaches little.
const MOST_WORDS: usize = 40;

impl Lesson {
    /// What a unit teaches; nothing where all is explained, or too much is not.
    pub fn of(source: &str, target: &str) -> Lesson {
        let (source, target) = (Folded::new(source), Folded::new(target));
        let stems: FxHashSet<String> = english::tokens(target.text())
            .into_iter()
            .filter(|token| token.is_content && token.stem.starts_with(char::is_alphabetic))
            .map(|token| token.stem)
            .collect();
        let hits = lexicon::find(source.text());
        let mut numbers: FxHashSet<u32> = stems.iter().filter_map(|stem| Some(lexicon::stem(stem)?.0)).collect();
        let is_explained: Vec<bool> = hits.iter().map(|hit| explains(hit, &numbers)).collect();
        for stem in hits.iter().flat_map(|hit| hit.entry.equivalents().flatten()) {
            numbers.remove(&stem.0);
        }
        let is_open = |stem: &String| lexicon::stem(stem).is_none_or(|number| numbers.contains(&number.0));
        let unread = words(source.text(), &hits).into_iter().filter(|word| word.hit.is_none_or(|hit| !is_explained[hit]));
        Lesson::sorted(unread.map(|word| word.form.to_string()).collect(), stems.into_iter().filter(is_open).collect())
    }

    fn sorted(mut source: Vec<String>, mut target: Vec<String>) -> Lesson {
        for side in [&mut source, &mut target] {
            side.sort_unstable();
            side.dedup();
        }
        let teaches = |side: &Vec<String>| (1..=MOST_WORDS).contains(&side.len());
        if teaches(&source) && teaches(&target) { Lesson { source, target } } else { Lesson::default() }
    }

    /// Whether it teaches nothing.
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }
}

/// Lessons of so many words on a side are not alike by chance.
const TELLING: usize = 4;

/// Lessons without those that repeat what one before left unexplained on either side: a text that stands in a memory twice,
/// or in two translations, is one witness.
pub fn distinct(lessons: Vec<Lesson>) -> Vec<Lesson> {
    let mut seen: FxHashSet<(bool, Vec<String>)> = FxHashSet::default();
    let mut is_new = |side: bool, words: &Vec<String>| words.len() < TELLING || seen.insert((side, words.clone()));
    lessons.into_iter().filter(|lesson| is_new(false, &lesson.source) & is_new(true, &lesson.target)).collect()
}

/// Whether some equivalent of a headword stands in the English whole.
fn explains(hit: &Hit, stems: &FxHashSet<u32>) -> bool {
    hit.entry.equivalents().any(|mut equivalent| equivalent.all(|stem| stems.contains(&stem.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_lexicon_explains_is_not_learnt_again() {
        let lesson = Lesson::of("정부는 뷁뷁을 발표했다.", "The government announced the snorkeloid.");
        assert_eq!(lesson.source, ["뷁뷁"]);
        assert_eq!(lesson.target, ["snorkeloid"]);
        assert!(Lesson::of("정부는 발표했다.", "The government announced it.").is_empty());
    }
}
