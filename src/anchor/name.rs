//! Names: the capitalised words of the English, and the Korean words that sound like them.

use super::reading::{Reading, hangul_runs};
use super::sound::{self, Hangul, Latin, Rows, skeleton};
use super::words::{Shape, Word, words};
use super::{Anchor, Fact, country, latin, text_key};
use crate::document::{Document, Kind};
use crate::glossary::lexicon;
use crate::text::{Folded, Language, Span};
use crate::word::english;
use crate::word::korean::{follows_noun, is_particle};
use rayon::prelude::*;
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
    /// Korean words as they stand, with what is heard in them.
    korean: FxHashMap<String, Heard>,
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
        let title = is_title_case(text, &words, kind);
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
        let index = Index::of(entries);
        let folded = Folded::new(&source.text);
        let text = folded.text();
        let words: FxHashSet<&str> = hangul_runs(text).map(|(start, end)| &text[start..end]).collect();
        let words: Vec<&str> = words.into_iter().collect();
        self.korean = words.into_par_iter().map_init(Rows::default, |rows, word| (word.to_string(), index.hear(word, rows))).collect();
        let mut before = "";
        let mut end_before = 0;
        for (start, end) in hangul_runs(text) {
            let word = &text[start..end];
            if !before.is_empty() && &text[end_before..start] == " " {
                self.listen_to_both(before, word, &index);
            }
            (before, end_before) = (word, end);
        }
        self.heard.extend(self.korean.values().flat_map(|heard| &heard.sounds_like).map(|(key, _)| *key));
    }

    /// A first name that was heard makes its second name believable, however short: 마빈 쿡, Marvin Cooke. A surname alone is
    /// believed before a title: 윤 대통령.
    fn listen_to_both(&mut self, first: &str, second: &str, index: &Index) {
        let heard = |word: &str| self.korean.get(word).is_some_and(|heard| !heard.sounds_like.is_empty());
        if heard(first) && !heard(second) && second.chars().count() <= 4 {
            let found = index.hear_after(first, second, &self.korean[first].sounds_like);
            if !found.sounds_like.is_empty() {
                self.korean.insert(second.to_string(), found);
            }
        } else if !heard(first) && first.chars().count() == 1 && TITLES.iter().any(|title| second.starts_with(title)) {
            let found = index.hear_surname(first);
            self.korean.insert(first.to_string(), found);
        }
    }

    /// Whether an English word is a name as far as the document shows: capitalised inside a sentence, never in lower case.
    fn is_name(&self, word: &str) -> bool {
        self.inside.contains(&sound::letters(word)) && !self.lower.contains(&word.to_lowercase())
    }
}

/// What is heard in a Korean word.
#[derive(Default)]
struct Heard {
    /// How many bytes of the word are the name.
    length: usize,
    /// The English names it sounds like, by key.
    sounds_like: Vec<(u64, f32)>,
}

/// Titles behind which a single syllable is a surname.
const TITLES: &[&str] = &[
    "대통령",
    "총리",
    "장관",
    "차관",
    "위원장",
    "의원",
    "대표",
    "주석",
    "총재",
    "대사",
    "교수",
    "박사",
    "소장",
    "사령관",
    "실장",
    "회장",
    "사장",
    "시장",
    "지사",
    "총장",
    "원장",
    "국장",
    "부장",
    "후보",
    "씨",
    "전 ",
    "당선인",
    "특사",
    "부부장",
    "부장관",
    "연구위원",
    "연구원",
    "센터장",
    "비서관",
    "보좌관",
];

/// An English name, ready to be compared.
struct Ready<'a> {
    entry: &'a Entry,
    latin: Latin,
}

/// The English names by how they sound.
struct Index<'a> {
    /// Each name once.
    entries: Vec<Ready<'a>>,
    by_sound: FxHashMap<u32, Vec<usize>>,
    /// The entry with some letters.
    by_letters: FxHashMap<&'a str, usize>,
    /// Entries of two words and more by the key of their first word.
    by_first: FxHashMap<u64, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(entries: &'a [Entry]) -> Index<'a> {
        let mut index =
            Index { entries: Vec::new(), by_sound: FxHashMap::default(), by_letters: FxHashMap::default(), by_first: FxHashMap::default() };
        let mut seen = FxHashSet::default();
        for (at, entry) in entries.iter().filter(|entry| seen.insert(entry.letters.as_str())).enumerate() {
            for key in skeleton::of_latin(&entry.letters) {
                index.by_sound.entry(key).or_default().push(at);
            }
            if entry.keys.len() == 2 {
                index.by_first.entry(entry.keys[0]).or_default().push(at);
            }
            index.by_letters.insert(&entry.letters, at);
            index.entries.push(Ready { entry, latin: Latin::of(&entry.letters) });
        }
        index
    }

    /// The names that a Korean word sounds like.
    fn hear(&self, word: &str, rows: &mut Rows) -> Heard {
        let hangul = Hangul::of(word);
        let cuts = cuts(word);
        let keys = cuts.iter().filter(|&&cut| cut > 1).flat_map(|&cut| skeleton::of_hangul(&hangul, cut));
        let mut candidates: Vec<usize> = keys.filter_map(|key| self.by_sound.get(&key)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut plain: Option<bool> = None;
        let mut found = Vec::new();
        let least = cuts.iter().map(|&cut| threshold(cut.max(2))).fold(1.0, f32::min);
        for &Ready { entry, ref latin } in candidates.into_iter().map(|at| &self.entries[at]) {
            let heard = sound::best_from(&hangul, latin, &cuts, least, rows).filter(|(cut, likeness)| *likeness >= threshold(*cut));
            let sure = |(cut, likeness): &(usize, f32)| *cut > 2 && *likeness >= PLAIN;
            let believed = heard.filter(|heard| sure(heard) || !*plain.get_or_insert_with(|| is_plain(word)));
            found.extend(believed.map(|(cut, likeness)| (cut, likeness, entry)));
        }
        best_of(word, found)
    }

    /// The second names of two-word names whose first word was heard in the word before.
    fn hear_after(&self, first: &str, second: &str, heard: &[(u64, f32)]) -> Heard {
        let cuts_of_second = cuts(second);
        let mut found = Vec::new();
        let first = &first[..without_particle(first)];
        let joined = format!("{first}{second}");
        let hangul = Hangul::of(&joined);
        let offset = first.chars().count();
        let cuts: Vec<usize> = cuts_of_second.iter().map(|cut| cut + offset).collect();
        let mut rows = Rows::default();
        for &Ready { entry, ref latin } in heard.iter().filter_map(|(key, _)| self.by_first.get(key)).flatten().map(|&at| &self.entries[at])
        {
            let heard = sound::best_from(&hangul, latin, &cuts, ALIKE, &mut rows);
            found.extend(heard.map(|(cut, likeness)| (cut - offset, likeness, entry)));
        }
        best_of(second, found)
    }

    /// The names that sound like a single syllable.
    fn hear_surname(&self, syllable: &str) -> Heard {
        let hangul = Hangul::of(syllable);
        let candidates = skeleton::of_hangul(&hangul, 1).into_iter().filter_map(|key| self.by_sound.get(&key)).flatten();
        let surnames = surname_spellings(syllable);
        let spelled = surnames.iter().filter_map(|letters| self.by_letters.get(letters));
        let mut found = Vec::new();
        for &Ready { entry, .. } in candidates.chain(spelled).map(|&at| &self.entries[at]) {
            let spelled = surnames.contains(&entry.letters.as_str());
            let likeness = if spelled { 0.95 } else { sound::best(&hangul, &entry.letters, &[1]).map_or(0.0, |(_, likeness)| likeness) };
            if likeness >= SURNAME {
                found.push((1, likeness, entry));
            }
        }
        best_of(syllable, found)
    }
}

/// Likeness from which a syllable before a title is a surname.
const SURNAME: f32 = 0.85;

/// Personal spellings of surnames that their sound alone does not give.
fn surname_spellings(syllable: &str) -> &'static [&'static str] {
    match syllable {
        "이" => &["lee", "yi", "rhee", "ri", "rhie", "li"],
        "박" => &["park", "pak"],
        "최" => &["choi", "choe"],
        "임" => &["lim", "im", "yim", "rim"],
        "유" | "류" => &["yoo", "yu", "ryu", "lyu", "ryoo", "you"],
        "노" => &["roh", "noh", "ro", "no"],
        "여" => &["yeo", "lyuh", "ryo"],
        "양" => &["yang", "ryang"],
        "나" => &["na", "ra", "nah"],
        "우" => &["woo", "u", "wu"],
        "오" => &["oh", "o"],
        "안" => &["ahn", "an"],
        "허" => &["huh", "hur", "heo", "her"],
        "정" => &["jung", "chung", "jeong", "cheong", "joung"],
        "전" => &["jun", "jeon", "chun", "chon", "cheon"],
        "조" => &["cho", "jo", "joh"],
        "서" => &["seo", "suh", "so"],
        "심" => &["shim", "sim"],
        "신" => &["shin", "sin"],
        "곽" => &["kwak", "gwak"],
        "구" => &["koo", "ku", "gu"],
        "현" => &["hyun", "hyon", "hyeon"],
        "주" => &["joo", "ju", "chu"],
        _ => &[],
    }
}

/// The best cut of those found, and every name that was heard.
fn best_of(word: &str, found: Vec<(usize, f32, &Entry)>) -> Heard {
    let best_cut = found.iter().max_by(|one, other| one.1.total_cmp(&other.1)).map_or(0, |(cut, ..)| *cut);
    let mut sounds_like: Vec<(u64, f32)> =
        found.iter().flat_map(|(_, likeness, entry)| entry.keys.iter().map(|&key| (key, *likeness))).collect();
    sounds_like.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    sounds_like.dedup_by_key(|(key, _)| *key);
    Heard { length: word.char_indices().nth(best_cut).map_or(word.len(), |(at, _)| at), sounds_like }
}

/// Likeness from which even a plain word of the lexicon is taken for a name.
const PLAIN: f32 = 0.9;

/// Whether the lexicon reads an eojeol whole, with nothing but an ending behind it, and as something other than a name.
pub fn is_plain(word: &str) -> bool {
    let mut reached = 0;
    for hit in lexicon::find(word).iter().filter(|hit| hit.quality == 1.0) {
        let is_name = hit.entry.equivalents().flatten().all(lexicon::Stem::is_proper);
        if hit.start <= reached && !is_name {
            reached = reached.max(hit.end);
        }
    }
    reached > 0 && follows_noun(&word[reached..])
}

/// Short words sound like many others; a single syllable says nothing.
fn threshold(syllables: usize) -> f32 {
    match syllables {
        1 => 2.0,
        2 => ALIKE + 0.1,
        _ => ALIKE,
    }
}

/// The places, in syllables, at which a name may end inside an eojeol: before particles and suffixes, and at the end.
fn cuts(word: &str) -> Vec<usize> {
    let places: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let ends = |cut: usize| {
        let tail = &word[places[cut]..];
        if cut == 1 { places.len() <= 3 && is_particle(tail) } else { follows_noun(tail) || is_of_place(tail) }
    };
    let mut cuts: Vec<usize> = (1..places.len()).filter(|&cut| ends(cut)).collect();
    cuts.push(places.len());
    cuts
}

/// 시, 군, 섬, 족 …, with particles: what may stand behind the name of a place or people.
fn is_of_place(tail: &str) -> bool {
    const SUFFIXES: [&str; 16] = ["시", "군", "구", "읍", "도", "주", "현", "성", "섬", "강", "산", "항", "만", "족", "어", "호"];
    SUFFIXES.iter().any(|suffix| tail.strip_prefix(suffix).is_some_and(|rest| rest.is_empty() || is_particle(rest)))
}

/// Where the shortest particle of a word begins; its end if it has none.
fn without_particle(word: &str) -> usize {
    word.char_indices().skip(2).map(|(at, _)| at).find(|&at| is_particle(&word[at..])).unwrap_or(word.len())
}

/// Whether a segment is written in title case: a heading most of whose words are capitalised. A sentence with many names has
/// plain words in lower case as well.
fn is_title_case(text: &str, words: &[Word], kind: Kind) -> bool {
    let letters = || words.iter().filter(|word| word.shape != Shape::Digits && word.end - word.start > 3);
    let (capital, all) = letters().fold((0, 0), |(capital, all), word| (capital + usize::from(word.shape != Shape::Lower), all + 1));
    let plain = || letters().any(|word| word.shape == Shape::Lower && !english::is_function_word(word.of(text)));
    match kind {
        Kind::Title | Kind::Heading | Kind::Byline | Kind::Furniture | Kind::Caption => capital * 3 > all * 2,
        _ => all >= 4 && capital * 5 >= all * 4 && !plain(),
    }
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
        && !is_contraction(written)
        && (!english::is_function_word(written) || is_given(text, words, index))
        && !is_calendar(written)
        && country::english_at(text, words, index).is_none()
}

/// The Do of Kim Do-hyun: the first syllable of a Korean given name, which may look like a word of grammar.
fn is_given(text: &str, words: &[Word], index: usize) -> bool {
    let gap = |at: usize| words.get(at).map_or("", |word| &text[words[at - 1].end..word.start]);
    let hyphened = gap(index + 1) == "-" && words[index + 1].end - words[index + 1].start <= 6;
    hyphened && index > 0 && gap(index) == " " && words[index - 1].shape == Shape::Capital
}

/// I'm, Didn't, We've.
fn is_contraction(word: &str) -> bool {
    word.split_once(['\'', '’']).is_some_and(|(_, rest)| matches!(rest, "m" | "t" | "ve" | "re" | "ll" | "d"))
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
    if names.heard.is_empty() {
        return;
    }
    let found: Vec<(Span, Vec<(u64, f32)>)> = hangul_runs(reading.text)
        .filter_map(|(start, end)| {
            let heard = names.korean.get(&reading.text[start..end]).filter(|heard| !heard.sounds_like.is_empty())?;
            Some((Span::new(start, start + heard.length), heard.sounds_like.clone()))
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
    let title = is_title_case(reading.text, &reading.words, reading.kind);
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
        let known = || lexicon::stem(&english::stem(written)).is_some_and(|stem| !stem.is_proper());
        let is_name =
            if first { (heard || names.is_name(written)) && !known() || heard && names.is_name(written) } else { heard || !known() };
        if is_name {
            let fact = Fact::Name(Name { sounds_like: vec![(keys[0], 1.0)] });
            let all = keys.into_iter().chain(latin::keys(written)).collect();
            reading.add("name", word.span(), written.to_string(), all, fact);
        }
    }
}
