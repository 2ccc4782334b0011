//! Looking a term up: either language, forgiving of spaces, particles, case and small slips, best answers first.

use super::compound::is_word_character;
use super::{Concept, Glossary, Status, Term, countries};
use crate::text::{Folded, Language};
use crate::word::keyboard;
use crate::word::korean::without_particles;

/// An entry that answers a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The concept, its English terms written out in the house style.
    pub concept: Concept,
    /// How well it answers, 0 to 1: 1 is the very term, from [`EXACT`] on it is the term in another form.
    pub rank: f32,
    /// Whether it is a group of countries read by its syllables, and no row of the glossary.
    pub is_group: bool,
}

/// From this rank on an entry is what was asked for; below it is near it.
pub const EXACT: f32 = 0.9;

/// What is one slip away is nearer than a part of the query or of the term; where something is nearer still, nobody slipped.
const SLIP: f32 = 0.6;

/// What was typed with the keyboard in the other language is near, not the very term.
const MISTYPED: f32 = 0.8;

/// The entries that answer a query, best first; none for an empty query.
pub fn look_up(glossary: &Glossary, query: &str) -> Vec<Found> {
    let folded = Folded::new(query);
    let query = folded.text().trim();
    let found = answers(glossary, query);
    if !found.is_empty() {
        return found;
    }
    let typed: Option<Vec<String>> = query.split_whitespace().map(keyboard::other_language).collect();
    let found = typed.map_or_else(Vec::new, |words| answers(glossary, &words.join(" ")));
    // A slip in what was typed so is too much to forgive.
    found.into_iter().filter(|found| found.rank > SLIP).map(|found| Found { rank: found.rank * MISTYPED, ..found }).collect()
}

fn answers(glossary: &Glossary, query: &str) -> Vec<Found> {
    let question = Question::of(query);
    if question.key.is_empty() {
        return Vec::new();
    }
    let mut ranked: Vec<(f32, usize)> = Vec::new();
    let mut buffer = String::new();
    for (index, concept) in glossary.concepts.iter().enumerate() {
        let rank = concept.terms.iter().map(|term| question.rank(glossary, term, &mut buffer)).fold(0.0, f32::max);
        if rank > 0.0 {
            ranked.push((rank, index));
        }
    }
    if ranked.iter().all(|&(rank, _)| rank < SLIP) {
        for (rank, index) in slips(glossary, &question) {
            match ranked.iter_mut().find(|known| known.1 == index) {
                Some(known) => known.0 = known.0.max(rank),
                None => ranked.push((rank, index)),
            }
        }
    }
    let mut found: Vec<Found> = group(glossary, &question).into_iter().collect();
    found.extend(ranked.iter().map(|&(rank, index)| Found {
        concept: glossary.written_out(&glossary.concepts[index]),
        rank,
        is_group: false,
    }));
    order(&mut found);
    found
}

/// Best first; among equals a later source (memory, files) before the built-in one, then the shorter headword.
fn order(found: &mut Vec<Found>) {
    found.sort_by(|one, other| {
        let built_in = |found: &Found| found.concept.origin == "built-in";
        let length = |found: &Found| found.concept.headword().chars().count();
        other
            .rank
            .total_cmp(&one.rank)
            .then(built_in(one).cmp(&built_in(other)))
            .then(length(one).cmp(&length(other)))
            .then_with(|| one.concept.headword().cmp(other.concept.headword()))
    });
    // A row of the house says more than the group alone.
    let rows: Vec<String> = found.iter().filter(|found| !found.is_group && found.rank >= EXACT).flat_map(sources).collect();
    found.retain(|found| !found.is_group || !rows.iter().any(|row| row == found.concept.headword()));
}

fn sources(found: &Found) -> Vec<String> {
    found.concept.source().map(|term| term.text.clone()).collect()
}

/// A query in the forms in which it is compared.
struct Question {
    text: String,
    key: String,
    /// Keys without the particles the query may carry.
    bare: Vec<String>,
    /// The keys of its words, of two characters or more; empty for a single word.
    words: Vec<String>,
    /// The bytes of its key at which words begin and end.
    edges: Vec<usize>,
    /// Whether it is nothing but consonants that syllables begin with: ㅎㅁㄷㅁ for 한미동맹.
    is_initials: bool,
}

impl Question {
    fn of(text: &str) -> Question {
        let key = key_of(text);
        let mut words: Vec<String> = text.split_whitespace().map(key_of).filter(|word| word.chars().nth(1).is_some()).collect();
        if words.len() < 2 {
            words.clear();
        }
        let is_sign = |character: char| matches!(character, '+' | '&' | '%');
        let parts = text.split(|character: char| !is_word_character(character) && !is_sign(character));
        let mut edges = vec![0];
        edges.extend(parts.scan(0, |end, part| {
            *end += key_of(part).len();
            Some(*end)
        }));
        let is_initials = key.chars().nth(1).is_some() && key.chars().all(keyboard::is_initial);
        let bare = without_particles(&key).into_iter().filter(|bare| *bare != key).map(str::to_string).collect();
        Question { text: text.to_string(), key, bare, words, edges, is_initials }
    }

    /// How well a term answers.
    fn rank(&self, glossary: &Glossary, term: &Term, buffer: &mut String) -> f32 {
        if !term.text.contains('{') {
            write_key(&term.text, buffer);
            return self.rank_key(buffer, term.status);
        }
        let written = glossary.expand(&term.text, term.status);
        let ranks = written.iter().map(|(text, status)| self.rank_key(&key_of(text), *status));
        ranks.fold(0.0, f32::max)
    }

    fn rank_key(&self, key: &str, status: Status) -> f32 {
        let standing = match status {
            Status::Preferred => 0.0,
            Status::Admitted => 0.02,
            Status::Deprecated => 0.03,
            Status::Forbidden => 0.04,
        };
        if key == self.key {
            return 1.0 - standing;
        }
        if self.bare.iter().any(|bare| bare == key) || singular(key) == singular(&self.key) {
            return 0.95 - standing;
        }
        let near = self.nearness(key);
        if near > 0.0 { near - standing / 2.0 } else { 0.0 }
    }

    /// Partial matches: the query begins or lies in the term, the term lies in the query, or all words of the query occur.
    fn nearness(&self, key: &str) -> f32 {
        let share = |part: &str, whole: &str| part.len() as f32 / whole.len() as f32;
        if self.is_initials {
            return self.initials(key);
        }
        if key.starts_with(&self.key) {
            return 0.6 + 0.2 * share(&self.key, key);
        }
        if self.is_long_enough(&self.key) && key.contains(&self.key) {
            return 0.4 + 0.2 * share(&self.key, key);
        }
        if self.is_long_enough(key) && self.holds(key) {
            return 0.3 + 0.3 * share(key, &self.key);
        }
        let (short, long) = if key.len() < self.key.len() { (key, self.key.as_str()) } else { (self.key.as_str(), key) };
        if is_abbreviation(short, long) {
            return 0.4 + 0.2 * share(short, long);
        }
        if !self.words.is_empty() && self.words.iter().all(|word| key.contains(word.as_str())) {
            return 0.35;
        }
        0.0
    }

    /// How well a term answers that begins with these consonants, or has just these.
    fn initials(&self, key: &str) -> f32 {
        let mut letters = key.chars().map(keyboard::initial);
        match self.key.chars().all(|letter| letters.next() == Some(Some(letter))) {
            true if letters.next().is_none() => 0.8,
            true if self.key.chars().nth(2).is_some() => 0.6,
            _ => 0.0,
        }
    }

    /// Whether a term stands in the query: of Latin letters as whole words, so that "industry" holds no USTR.
    fn holds(&self, key: &str) -> bool {
        let is_edge = |at: usize| self.edges.contains(&at);
        let ends = |end: usize| is_edge(end) || self.key[end..].starts_with('s') && is_edge(end + 1);
        self.key.match_indices(key).any(|(at, _)| !key.is_ascii() || is_edge(at) && ends(at + key.len()))
    }

    /// Two syllables of Hangul, or three letters: less is in everything.
    fn is_long_enough(&self, key: &str) -> bool {
        key.len() >= if key.is_ascii() { 3 } else { 6 }
    }
}

/// Whether a Korean word has the syllables of a longer one with some left out in the middle: 전시작전권 of 전시작전통제권,
/// 외교부 of 외교통상부.
fn is_abbreviation(short: &str, long: &str) -> bool {
    let syllables = short.chars().count();
    if short.is_ascii() || syllables < 3 || syllables * 2 < long.chars().count() || short.chars().next_back() != long.chars().next_back() {
        return false;
    }
    let mut rest = long.chars();
    short.starts_with(|first| long.starts_with(first)) && short.chars().all(|syllable| rest.any(|other| other == syllable))
}

/// What queries and terms are compared by: small letters and digits, without spaces, points, hyphens and marks.
fn key_of(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    write_key(text, &mut key);
    key
}

fn write_key(text: &str, key: &mut String) {
    key.clear();
    for character in text.chars().filter(|&character| is_word_character(character) || matches!(character, '+' | '&' | '%')) {
        match character {
            '가'..='힣' => key.push(character),
            _ if character.is_ascii() => key.push(character.to_ascii_lowercase()),
            _ => key.extend(character.to_lowercase()),
        }
    }
}

fn singular(key: &str) -> &str {
    key.strip_suffix('s').filter(|key| key.len() > 3).unwrap_or(key)
}

/// The group of countries that the query names, as an entry.
fn group(glossary: &Glossary, question: &Question) -> Option<Found> {
    let bare = std::iter::once(question.text.as_str()).chain(without_particles(&question.text)).chain([question.key.as_str()]);
    let read = bare.filter_map(countries::read).next().or_else(|| countries::enumerated(&question.text));
    let within = || Some(countries::groups(&question.text).first()?.countries());
    let (countries, rank) = read.map(|group| (group, 0.99)).or_else(|| within().map(|group| (group, 0.5)))?;
    let mut terms = vec![Term { language: Language::Korean, text: countries::korean(&countries), status: Status::Preferred }];
    let renderings = glossary.style.renderings(&countries).into_iter();
    terms.extend(renderings.map(|(text, status)| Term { language: Language::English, text, status }));
    Some(Found { concept: Concept { terms, origin: "built-in".to_string(), ..Concept::default() }, rank, is_group: true })
}

/// Terms that are a slip away: letters wrong, missing or too many; or words of the query in another order, with a slip each.
fn slips(glossary: &Glossary, question: &Question) -> Vec<(f32, usize)> {
    let query = letters(&question.key);
    if query.len() < 4 {
        return Vec::new();
    }
    let mut words: Vec<(&str, Vec<char>)> = question.words.iter().map(|word| (word.as_str(), letters(word))).collect();
    if words.is_empty() && query.len() >= LONG_WORD {
        words.push((question.key.as_str(), query.clone()));
    }
    let rank = |term: &Term| {
        let key = key_of(&term.text);
        let is_near = key.len().abs_diff(question.key.len()) <= 8 && shares_letters(&question.key, &key);
        let slip = is_near.then(|| slip(&query, &letters(&key))).flatten();
        slip.map(|slips| SLIP - 0.05 * slips as f32).or_else(|| in_another_order(&words, &term.text, &key).then_some(SLIP - 0.15))
    };
    let best = |concept: &Concept| concept.terms.iter().filter_map(rank).max_by(f32::total_cmp);
    glossary.concepts.iter().enumerate().filter_map(|(index, concept)| Some((best(concept)?, index))).collect()
}

/// From so many letters on a single word with a slip is looked for among the words of terms too: extendd deterrence.
const LONG_WORD: usize = 6;

/// The slips by which two words differ, if they are few for their length.
fn slip(one: &[char], other: &[char]) -> Option<usize> {
    let allowed = match one.len() {
        0..=3 => 0,
        4..=11 => 1,
        _ => 2,
    };
    Some(distance(one, other, allowed)).filter(|&slips| slips <= allowed)
}

/// Whether one word has so many letters of another that few slips may lie between them: before words are taken apart.
fn shares_letters(one: &str, other: &str) -> bool {
    let (mut shared, mut all) = (0, 0);
    for letter in one.chars() {
        all += 1;
        shared += usize::from(other.contains(letter));
    }
    // A slip spoils one letter or two syllables; two are the most that are forgiven.
    shared + if all >= 12 { 4 } else { 2 } >= all && shared > 0
}

/// Whether every word of a query is in a term, perhaps with a slip: unification minstry for Ministry of Unification.
fn in_another_order(words: &[(&str, Vec<char>)], term: &str, key: &str) -> bool {
    if words.is_empty() || !words.iter().all(|(word, _)| shares_letters(word, key)) {
        return false;
    }
    let parts: Vec<Vec<char>> = term.split([' ', '-']).map(|part| letters(&key_of(part))).collect();
    words.iter().all(|(_, word)| parts.iter().any(|part| slip(word, part).is_some()))
}

/// The letters of a key, Hangul taken apart.
fn letters(key: &str) -> Vec<char> {
    use unicode_normalization::UnicodeNormalization;
    key.nfd().collect()
}

/// Edits from one to the other, or more than `allowed`.
fn distance(one: &[char], other: &[char], allowed: usize) -> usize {
    if one.len().abs_diff(other.len()) > allowed {
        return allowed + 1;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for column in 1..=other.len() {
            let kept = diagonal + usize::from(*letter != other[column - 1]);
            diagonal = row[column];
            row[column] = kept.min(diagonal + 1).min(row[column - 1] + 1);
        }
    }
    row[other.len()]
}
