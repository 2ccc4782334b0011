//! `untranslated`: a Korean sentence that was not translated, and Korean words merely written in Latin letters.

use super::passage::{passages, segment_at};
use super::{Examination, Finding, Place, Severity};
use crate::align::Side;
use crate::anchor::name::is_plain;
use crate::anchor::words::{Shape, words};
use crate::document::Document;
use crate::glossary::lexicon;
use crate::text::{Language, Span, is_hangul};
use crate::word::english;
use crate::word::korean::without_particles;
use rustc_hash::{FxHashMap, FxHashSet};

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
    if let Some(source) = examination.source {
        romanised_words(&examination.target.document, source, findings);
    }
}

/// Small-lettered words that no dictionary here knows and that spell a Korean word of the original; each once.
fn romanised_words(document: &Document, source: &Side, findings: &mut Vec<Finding>) {
    let mut korean: FxHashMap<String, Span> = FxHashMap::default();
    for segment in &source.document.segments {
        for word in words_of(segment.span.of(&source.document.text)) {
            for stem in without_particles(word).into_iter().filter(|stem| stem.chars().nth(1).is_some()) {
                let start = stem.as_ptr() as usize - source.document.text.as_ptr() as usize;
                korean.entry(romanised(stem)).or_insert(Span::new(start, start + stem.len()));
            }
        }
    }
    let mut seen = FxHashSet::default();
    for passage in passages(document) {
        for word in words(passage.text()).into_iter().filter(|word| word.shape == Shape::Lower && word.end - word.start >= SHORTEST) {
            let written = word.of(passage.text());
            let Some(&place) = korean.get(written) else { continue };
            let is_korean = is_plain(place.of(&source.document.text)) || MARKS.iter().any(|letters| written.contains(letters));
            if !is_korean
                || ENGLISH.contains(&written)
                || lexicon::stem(&english::stem(written)).is_some()
                || !seen.insert(written.to_string())
            {
                continue;
            }
            let message = format!("“{written}” only spells “{}” in Latin letters; translate it", place.of(&source.document.text));
            let finding =
                Finding::in_target("untranslated", Severity::Minor, passage.segment_index, passage.original(word.span()), message);
            findings.push(finding.with_related(Place::Source, segment_at(&source.document, place.start), place));
        }
    }
}

/// Letters that romanised Korean has and other languages hardly. Without them the Korean word must be an everyday one: "heparin"
/// is no Korean word, although Korean spells it so.
const MARKS: [&str; 6] = ["eo", "eu", "kk", "tt", "jj", "pp"];

/// Letters of the shortest word that is compared: shorter ones spell something by chance.
const SHORTEST: usize = 6;

/// Korean words that English dictionaries have.
const ENGLISH: &[&str] = &[
    "bibimbap",
    "bulgogi",
    "chaebol",
    "gochujang",
    "hallyu",
    "hanbok",
    "hangul",
    "japchae",
    "jeonse",
    "kimchi",
    "makgeolli",
    "mukbang",
    "ondol",
    "pansori",
    "samgyeopsal",
    "taekwondo",
    "tteokbokki",
];

/// The runs of Hangul of a text.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !is_hangul(character)).filter(|word| !word.is_empty() && word.len() < LONGEST)
}

/// Bytes of the longest Korean word that is spelled out.
const LONGEST: usize = 60;

/// A Korean word in the Revised Romanization, syllable by syllable; a final consonant before a vowel is linked to it.
fn romanised(word: &str) -> String {
    let syllables: Vec<u32> =
        word.chars().map(|character| (character as u32).wrapping_sub(0xAC00)).filter(|&index| index < 11_172).collect();
    let mut latin = String::with_capacity(word.len());
    for (at, index) in syllables.iter().enumerate() {
        let next = syllables.get(at + 1).map(|next| next / 588);
        let last = (index % 28) as usize;
        latin += INITIALS[(index / 588) as usize];
        latin += VOWELS[(index % 588 / 28) as usize];
        latin += if next == Some(11) { LINKED[last] } else { FINALS[last] };
    }
    latin
}

const INITIALS: [&str; 19] = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const VOWELS: [&str; 21] =
    ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p",
    "t",
];
const LINKED: [&str; 28] = [
    "", "g", "kk", "ks", "n", "nj", "n", "d", "r", "lg", "lm", "lb", "ls", "lt", "lp", "r", "m", "b", "ps", "s", "ss", "ng", "j", "ch",
    "k", "t", "p", "",
];

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
