//! Names: the capitalised words of the English, and the Korean words that sound like them.

use super::reading::Reading;
use super::sound::{self, Hangul, skeleton};
use super::words::{Shape, Word, words};
use super::{Anchor, Fact, country, latin, text_key};
use crate::document::{Document, Kind};
use crate::glossary::lexicon;
use crate::text::{Folded, Language, Span};
use crate::word::english;
use crate::word::korean::is_particle;
use rustc_hash::{FxHashMap, FxHashSet};

/// A name in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// For a Korean word the English names it sounds like, with how alike they are; for an English name itself.
    pub sounds_like: Vec<(u64, f32)>,
}

/// Likeness from which two words are taken for the same name.
pub const ALIKE: f32 = 0.72;

const NAME: u64 = 9;

/// The keys of an English name.
pub fn keys(name: &str) -> Vec<u64> {
    vec![text_key(NAME, &sound::letters(name))]
}

/// Adds the names of a segment.
pub fn find(reading: &mut Reading) {
    match reading.language {
        Language::Korean => korean(reading),
        Language::English => english(reading),
    }
}

/// How well two names agree: as far as they sound alike.
pub fn agree(source: &Anchor, target: &Anchor) -> f32 {
    match (&source.fact, &target.fact) {
        (Fact::Name(name), _) => {
            name.sounds_like.iter().filter(|(key, _)| target.keys.contains(key)).map(|(_, likeness)| *likeness).fold(0.0, f32::max)
        }
        _ => 0.0,
    }
}

/// The names of the English, and the Korean words that sound like them.
#[derive(Default)]
pub struct Names {
    /// Korean words as they stand, with the bytes of the name in them and the names they sound like.
    korean: FxHashMap<String, (usize, Vec<(u64, f32)>)>,
    /// English words that stand capitalised inside a sentence, in lower-case letters.
    inside: FxHashSet<String>,
    /// English words that stand in lower case.
    lower: FxHashSet<String>,
    /// Keys of English names that a Korean word sounds like.
    heard: FxHashSet<u64>,
}

/// An English name to be looked for: its letters, and the keys of all names it is made of.
struct Entry {
    letters: String,
    keys: Vec<u64>,
}

impl Names {
    /// Collects the names of a pair.
    pub fn of(source: Option<&Document>, target: &Document) -> Names {
        let mut names = Names::default();
        let mut entries = Vec::new();
        for segment in &target.segments {
            let folded = Folded::without(segment.span.of(&target.text), &target.markup_within(segment.span));
            names.collect(folded.text(), segment.kind, &mut entries);
        }
        if let Some(source) = source {
            names.listen(source, &entries);
        }
        names
    }

    fn collect(&mut self, text: &str, kind: Kind, entries: &mut Vec<Entry>) {
        let words = words(text);
        let title = is_title_case(&words, kind);
        let mut index = 0;
        while index < words.len() {
            let word = words[index];
            if word.shape == Shape::Lower {
                self.lower.insert(word.of(text).to_string());
            }
            if !is_candidate(text, &words, index) {
                index += 1;
                continue;
            }
            if !title && !starts_sentence(text, &words, index) {
                self.inside.insert(sound::letters(word.of(text)));
            }
            let run = run_length(text, &words, index);
            for offset in 0..run {
                entries.extend(entry(text, &words[index + offset..=index + offset]));
                for length in 2..=(run - offset).min(3) {
                    entries.extend(entry(text, &words[index + offset..index + offset + length]));
                }
            }
            index += run;
        }
    }

    /// Looks for the English names among the words of the Korean.
    fn listen(&mut self, source: &Document, entries: &[Entry]) {
        let mut index: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        let mut seen = FxHashSet::default();
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| seen.insert(entry.letters.clone())) {
            for key in skeleton::of_latin(&entry.letters) {
                index.entry(key).or_default().push(at);
            }
        }
        let folded = Folded::new(&source.text);
        for (start, end) in lexicon::eojeols(folded.text()) {
            let word = &folded.text()[start..end];
            if !self.korean.contains_key(word) && word.chars().all(|character| ('가'..='힣').contains(&character)) {
                let found = hear(word, entries, &index);
                self.heard.extend(found.1.iter().map(|(key, _)| *key));
                self.korean.insert(word.to_string(), found);
            }
        }
    }

    /// Whether an English word is a name as far as the document shows: capitalised inside a sentence, never in lower case.
    fn is_name(&self, word: &str) -> bool {
        self.inside.contains(&sound::letters(word)) && !self.lower.contains(&word.to_lowercase())
    }
}

/// The names that a Korean word sounds like, and how many of its bytes are the name.
fn hear(word: &str, entries: &[Entry], index: &FxHashMap<u32, Vec<usize>>) -> (usize, Vec<(u64, f32)>) {
    let hangul = Hangul::of(word);
    let cuts = cuts(word);
    let mut candidates: Vec<usize> =
        cuts.iter().flat_map(|&cut| skeleton::of_hangul(&hangul, cut)).filter_map(|key| index.get(&key)).flatten().copied().collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut found: Vec<(u64, f32)> = Vec::new();
    let (mut best_cut, mut best) = (0, 0.0);
    let mut plain: Option<bool> = None;
    for entry in candidates.into_iter().map(|at| &entries[at]) {
        let heard = sound::best(&hangul, &entry.letters, &cuts).filter(|(cut, likeness)| *likeness >= threshold(*cut));
        let Some((cut, likeness)) = heard.filter(|(_, likeness)| *likeness >= PLAIN || !*plain.get_or_insert_with(|| is_plain(word)))
        else {
            continue;
        };
        if likeness > best {
            (best_cut, best) = (cut, likeness);
        }
        found.extend(entry.keys.iter().map(|&key| (key, likeness)));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    found.dedup_by_key(|(key, _)| *key);
    let length = word.char_indices().nth(best_cut).map_or(word.len(), |(at, _)| at);
    (length, found)
}

/// Likeness from which even a plain word of the lexicon is taken for a name.
const PLAIN: f32 = 0.9;

/// Whether the lexicon reads an eojeol whole, with nothing but an ending behind it.
fn is_plain(word: &str) -> bool {
    lexicon::find(word).iter().any(|hit| hit.start == 0 && hit.quality == 1.0)
}

/// Short words sound like many others; a single syllable says nothing.
fn threshold(syllables: usize) -> f32 {
    match syllables {
        1 => 2.0,
        2 => ALIKE + 0.1,
        _ => ALIKE,
    }
}

/// The places, in syllables, at which a name may end inside an eojeol: before particles, and at the end.
fn cuts(word: &str) -> Vec<usize> {
    let places: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let mut cuts: Vec<usize> = (1..places.len())
        .filter(|&cut| cut >= 2 && is_particle(&word[places[cut]..]) || cut == 1 && places.len() == 2 && is_particle(&word[places[cut]..]))
        .collect();
    cuts.push(places.len());
    cuts
}

/// Whether a segment is written in title case: a heading most of whose words are capitalised.
fn is_title_case(words: &[Word], kind: Kind) -> bool {
    if !matches!(kind, Kind::Title | Kind::Heading | Kind::Byline | Kind::Furniture | Kind::Caption) {
        return false;
    }
    let letters = words.iter().filter(|word| word.shape != Shape::Digits && word.end - word.start > 3);
    let (capital, all) = letters.fold((0, 0), |(capital, all), word| (capital + usize::from(word.shape != Shape::Lower), all + 1));
    capital * 3 > all * 2
}

fn starts_sentence(text: &str, words: &[Word], index: usize) -> bool {
    let before = text[..words[index].start].trim_end_matches([' ', '"', '“', '‘', '\'', '(', '[']);
    before.is_empty()
        || before.ends_with(['.', '!', '?', ':', '•', '–', '—'])
            && !before.ends_with("Mr.")
            && !before.ends_with("Mrs.")
            && !before.ends_with("Ms.")
            && !before.ends_with("Dr.")
            && !ends_in_initial(before)
}

/// Whether a text ends in an initial with its point: "J.", "U.S.".
fn ends_in_initial(before: &str) -> bool {
    let mut characters = before.chars().rev().skip(1);
    characters.next().is_some_and(|character| character.is_ascii_uppercase())
        && characters.next().is_none_or(|character| !character.is_ascii_alphabetic())
}

/// Whether a word may be a name: capitalised, no function word, no month or weekday, no country.
fn is_candidate(text: &str, words: &[Word], index: usize) -> bool {
    let word = words[index];
    let written = word.of(text);
    let shape = matches!(word.shape, Shape::Capital | Shape::Mixed) || word.shape == Shape::Upper && !written.contains('.');
    shape
        && written.chars().count() >= 2
        && !english::is_function_word(written)
        && !is_calendar(written)
        && country::english_at(text, words, index).is_none()
}

fn is_calendar(word: &str) -> bool {
    const WORDS: [&str; 21] = [
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Mr",
        "Mrs",
        "Ms",
    ];
    WORDS.contains(&word)
}

/// How many words from an index on are candidates with nothing but a space or hyphen between them; Korean given names may
/// go on in lower case after a hyphen (Suk-yeol).
fn run_length(text: &str, words: &[Word], index: usize) -> usize {
    let mut length = 1;
    while let Some(word) = words.get(index + length) {
        let gap = &text[words[index + length - 1].end..word.start];
        let joins = gap == " " && is_candidate(text, words, index + length)
            || gap == "-" && (is_candidate(text, words, index + length) || word.shape == Shape::Lower && word.end - word.start <= 6);
        if !joins || length >= 6 {
            break;
        }
        length += 1;
    }
    length
}

fn entry(text: &str, words: &[Word]) -> Option<Entry> {
    let letters: String = words.iter().map(|word| sound::letters(word.of(text))).collect();
    let keys = words.iter().filter(|word| word.shape != Shape::Lower).flat_map(|word| keys(word.of(text))).collect();
    (letters.len() >= 2 && letters.len() <= 40).then_some(Entry { letters, keys })
}

fn korean(reading: &mut Reading) {
    let names = reading.context.names();
    let found: Vec<(Span, Vec<(u64, f32)>)> = lexicon::eojeols(reading.text)
        .filter_map(|(start, end)| {
            let (length, sounds_like) = names.korean.get(&reading.text[start..end]).filter(|(_, found)| !found.is_empty())?;
            Some((Span::new(start, start + length), sounds_like.clone()))
        })
        .collect();
    for (span, sounds_like) in found {
        if reading.is_free(span) {
            let keys = sounds_like.iter().map(|(key, _)| *key).collect();
            reading.add("name", span, span.of(reading.text).to_string(), keys, Fact::Name(Name { sounds_like }));
        }
    }
}

fn english(reading: &mut Reading) {
    let title = is_title_case(&reading.words, reading.kind);
    for index in 0..reading.words.len() {
        let word = reading.words[index];
        if !is_candidate(reading.text, &reading.words, index) || !reading.is_free(word.span()) {
            continue;
        }
        let written = word.of(reading.text);
        let keys = keys(written);
        let names = reading.context.names();
        let heard = names.heard.contains(&keys[0]);
        let first = starts_sentence(reading.text, &reading.words, index) || title;
        let known = || lexicon::stem(&english::stem(written)).is_some();
        let is_name = if first { names.is_name(written) && (heard || !known()) } else { heard || !known() };
        if is_name {
            let fact = Fact::Name(Name { sounds_like: vec![(keys[0], 1.0)] });
            let all = keys.into_iter().chain(latin::keys(written)).collect();
            reading.add("name", word.span(), written.to_string(), all, fact);
        }
    }
}
