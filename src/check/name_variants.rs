//! `name-variants`: one name in two spellings.

use super::passage::{Passage, passages, segment_at};
use super::{Examination, Finding, Place, Severity};
use crate::document::{Document, Kind};
use crate::glossary::lexicon;
use crate::text::Span;
use crate::word::english;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Reports the rarer spelling of a name, each once.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    let names = Names::of(document);
    findings.extend(names.joined_differently(document));
    findings.extend(names.spelled_differently(document));
}

/// A word that may be a name: a capital, then small letters, hyphens inside.
#[derive(Clone, Copy)]
struct Token<'a> {
    written: &'a str,
    span: Span,
}

/// The names of a document.
#[derive(Default)]
struct Names {
    /// Names of two and three words by their letters alone: each way to write them, and where.
    joined: BTreeMap<String, BTreeMap<String, Vec<Span>>>,
    /// Single words that stand capitalised inside sentences: where, and with which words before them.
    words: BTreeMap<String, Word>,
}

#[derive(Default)]
struct Word {
    places: Vec<Span>,
    before: BTreeSet<String>,
}

impl Names {
    fn of(document: &Document) -> Names {
        let mut names = Names::default();
        for passage in passages(document).filter(|passage| matches!(passage.kind, Kind::Sentence | Kind::Item | Kind::Note)) {
            let tokens = tokens(passage.text());
            if tokens.iter().filter(|token| token.is_some()).count() * 3 <= tokens.len() * 2 {
                names.read(&passage, &tokens);
            }
        }
        names
    }

    fn read(&mut self, passage: &Passage, tokens: &[Option<Token>]) {
        for (index, token) in tokens.iter().enumerate() {
            let Some(token) = token else { continue };
            self.add_word(passage, tokens, index, *token);
            for length in [2, 3] {
                let Some(parts) = tokens.get(index..index + length).and_then(|parts| parts.iter().copied().collect::<Option<Vec<_>>>())
                else {
                    break;
                };
                let span = Span::new(parts[0].span.start, parts[length - 1].span.end);
                let is_name = span.of(passage.text()).split(' ').count() == length && parts.iter().any(|part| !is_plain(part.written));
                if is_name {
                    self.add_joined(passage, span);
                }
            }
            if token.written.contains('-') && !is_plain(token.written) {
                self.add_joined(passage, token.span);
            }
        }
    }

    fn add_joined(&mut self, passage: &Passage, span: Span) {
        let written = span.of(passage.text());
        let key: String = written.chars().filter(|character| character.is_alphabetic()).flat_map(char::to_lowercase).collect();
        let forms = self.joined.entry(key).or_default();
        forms.entry(written.to_string()).or_default().push(passage.original(span));
    }

    fn add_word(&mut self, passage: &Passage, tokens: &[Option<Token>], index: usize, token: Token) {
        let text = passage.text();
        let is_first = starts_sentence(text, token.span.start);
        if token.written.chars().count() < SHORTEST || is_first || is_plain(token.written) {
            return;
        }
        let word = self.words.entry(token.written.to_string()).or_default();
        word.places.push(passage.original(token.span));
        let before = index.checked_sub(1).and_then(|before| tokens[before]);
        word.before
            .extend(before.filter(|before| &text[before.span.end..token.span.start] == " ").map(|before| before.written.to_string()));
    }

    /// Kim Jong-un and Kim Jong Un.
    fn joined_differently(&self, document: &Document) -> Vec<Finding> {
        let mut found = Vec::new();
        for forms in self.joined.values().filter(|forms| forms.len() > 1) {
            let mut forms: Vec<(&String, &Vec<Span>)> = forms.iter().collect();
            forms.sort_by_key(|(_, places)| (std::cmp::Reverse(places.len()), places[0]));
            let (usual, of_usual) = forms[0];
            found.extend(forms[1..].iter().map(|(rare, places)| finding(document, rare, places[0], usual, of_usual)));
        }
        found
    }

    /// Zelensky and Zelenski: one letter differs.
    fn spelled_differently(&self, document: &Document) -> Vec<Finding> {
        let words: Vec<(&String, &Word)> = self.words.iter().collect();
        let mut by_rest: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (index, (word, _)) in words.iter().enumerate().filter(|(_, (word, _))| word.len() <= LONGEST) {
            for rest in rests(word) {
                let alike = by_rest.entry(rest).or_default();
                if alike.len() < MOST {
                    pairs.extend(alike.iter().map(|&other| (other, index)));
                    alike.push(index);
                }
            }
        }
        let alike = |&(one, other): &(usize, usize)| is_variant(words[one].0, words[other].0) && may_be_one(words[one].1, words[other].1);
        let pairs = pairs.into_iter().filter(alike);
        pairs
            .filter_map(|(one, other)| {
                let ((one, of_one), (other, of_other)) = (words[one], words[other]);
                let one_is_usual = (of_one.places.len(), other) > (of_other.places.len(), one);
                let ((rare, of_rare), (usual, of_usual)) =
                    if one_is_usual { ((other, of_other), (one, of_one)) } else { ((one, of_one), (other, of_other)) };
                (of_rare.places.len() * 2 <= of_usual.places.len() + 1)
                    .then(|| finding(document, rare, of_rare.places[0], usual, &of_usual.places))
            })
            .collect()
    }
}

/// Letters of the shortest word whose spelling is compared, and of the longest.
const SHORTEST: usize = 6;
const LONGEST: usize = 24;
/// So many words with the same rest are compared.
const MOST: usize = 8;

/// The words of a text; nothing stands for those that are no names.
fn tokens(text: &str) -> Vec<Option<Token<'_>>> {
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '-' | '’' | '\'');
    let words = text.split(|character: char| !is_part(character)).filter(|word| !word.is_empty());
    words.map(|word| token(text, word)).collect()
}

fn token<'a>(text: &'a str, word: &'a str) -> Option<Token<'a>> {
    let start = word.as_ptr() as usize - text.as_ptr() as usize;
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let bare = bare.trim_end_matches(['\'', '’', '-']);
    let lower = bare.chars().skip(1).any(char::is_lowercase);
    let rest = &text[start + word.len()..];
    let is_initials = rest.starts_with('.') && rest[1..].starts_with(char::is_alphanumeric);
    let is_name = !is_initials
        && bare.starts_with(char::is_uppercase)
        && lower
        && bare.chars().all(|character| character.is_alphabetic() || character == '-');
    is_name.then(|| Token { written: bare, span: Span::new(start, start + bare.len()) })
}

/// Whether a word is an everyday one that only happens to be capitalised, any of its parts for one with hyphens.
fn is_plain(word: &str) -> bool {
    let plain = |part: &str| {
        english::is_function_word(part) || lexicon::stem(&english::stem(&part.to_lowercase())).is_some_and(|stem| !stem.is_proper())
    };
    plain(word) || word.contains('-') && word.split('-').filter(|part| part.len() > 3).any(plain)
}

fn starts_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '"', '“', '‘', '\'', '(', '[']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':'])
}

/// A word in small letters without each of its letters in turn, and whole.
fn rests(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    let without =
        |left_out: usize| letters.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, letter)| letter).collect::<String>();
    let mut rests: Vec<String> = (0..=letters.len()).map(without).collect();
    rests.sort();
    rests.dedup();
    rests
}

/// Whether two words differ as two spellings of one name do: by one letter, or two neighbours exchanged, but not by an ending.
fn is_variant(one: &str, other: &str) -> bool {
    let letters = |word: &str| word.to_lowercase().trim_end_matches('s').chars().collect::<Vec<char>>();
    let (one, other) = (letters(one), letters(other));
    let shared = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (rest, of_other) = (&one[shared..], &other[shared..]);
    let tail = rest.iter().rev().zip(of_other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (middle, of_middle) = (&rest[..rest.len() - tail], &of_other[..of_other.len() - tail]);
    match (middle, of_middle) {
        ([], []) => false,
        ([letter], []) | ([], [letter]) => shared > 0 && (tail > 0 || one[shared - 1] == *letter),
        ([a], [b]) => shared > 0 && sound_alike(*a, *b),
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// Whether two letters may spell the same sound: two vowels, or consonants that stand for each other in transcriptions.
fn sound_alike(one: char, other: char) -> bool {
    const ALIKE: [&str; 11] = ["aeiouy", "ckq", "sz", "cs", "bpv", "vwf", "dt", "gk", "gjyi", "lr", "hx"];
    ALIKE.iter().any(|group| group.contains(one) && group.contains(other))
}

/// Two people have two first names; one person has one, or none where only the surname stands.
fn may_be_one(one: &Word, other: &Word) -> bool {
    one.before.is_empty() || other.before.is_empty() || one.before.intersection(&other.before).next().is_some()
}

fn finding(document: &Document, rare: &str, place: Span, usual: &str, places: &[Span]) -> Finding {
    let message = format!("“{rare}” stands here, “{usual}” elsewhere ({})", places.len());
    let finding = Finding::in_target("name-variants", Severity::Minor, segment_at(document, place.start), place, message);
    finding.with_related(Place::Target, segment_at(document, places[0].start), places[0]).with_suggestion(usual)
}
