//! Finding all terms in running text at once, in either language.

mod english;
mod korean;
mod trie;

use super::compound::is_word_character;
use super::countries::{self, Country};
use super::{Case, Concept, Glossary, Term};
use crate::text::{Language, Span};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use trie::{Head, Trie};

/// A term or a group of countries found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Its bytes: particles and endings are not part of it.
    pub span: Span,
    /// What was found.
    pub what: What,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A term.
    Term {
        /// Index of its concept in [`Matcher::concepts`].
        concept_index: usize,
        /// Index of the term in the terms of the concept.
        term_index: usize,
    },
    /// Countries named in one breath that no term of the glossary names.
    Countries(Vec<Country>),
}

/// All terms of a glossary, ready to be found.
pub struct Matcher {
    concepts: Vec<Concept>,
    korean: OnceLock<Forms>,
    english: OnceLock<Forms>,
}

/// The ways to write the terms of one language.
struct Forms {
    trie: Trie,
    /// By the number of the form the terms that are written so: (concept, term), the weightiest last.
    terms: Vec<Vec<(u32, u32)>>,
    /// By the number of the form what can be told without looking at its terms.
    kinds: Vec<Kind>,
    letters: Letters,
    /// Whether one of them is a single letter.
    has_single: bool,
}

/// What is known of a form before its terms are looked at: they lie far apart in memory.
#[derive(Clone, Copy)]
struct Kind {
    /// Bytes of the form: what is written in as many has no marks inside.
    length: u32,
    /// Whether it stands for one term whatever the capitals and the words around it.
    is_plain: bool,
}

/// What a letter may be, by its number in Unicode, a byte each: a sum of [`FIRST`], [`SECOND`], [`COUNTRY`] and [`MARK`].
struct Letters(Box<[u8; LETTERS]>);

/// The numbers of letters that UTF-8 writes in three bytes or less.
const LETTERS: usize = 0x1_0000;

/// A form begins with the letter.
const FIRST: u8 = 1;
/// It is the second letter of a form: twice [`FIRST`].
const SECOND: u8 = 2;
/// It stands for a country in groups.
const COUNTRY: u8 = 4;
/// It is no letter of a word.
const MARK: u8 = 8;

impl Letters {
    fn of<'a>(forms: impl Iterator<Item = &'a String>) -> Letters {
        let mut letters = Box::new([0; LETTERS]);
        let mut add = |character: char, kind: u8| {
            if let Some(letter) = letters.get_mut(character as usize) {
                *letter |= kind;
            }
        };
        for form in forms {
            for (character, kind) in form.chars().zip([FIRST, SECOND]) {
                add(character, kind);
                add(character.to_ascii_uppercase(), kind);
            }
        }
        ('가'..='힣').filter(|&letter| countries::may_be_syllable(letter)).for_each(|letter| add(letter, COUNTRY));
        ('\0'..='\x7F').filter(|&letter| !is_word_character(letter)).for_each(|letter| add(letter, MARK));
        Letters(letters)
    }
}

impl Matcher {
    /// Makes a matcher of a glossary; what a language needs is made when the first text of that language comes.
    pub fn new(glossary: &Glossary) -> Matcher {
        let concepts: Vec<Concept> = glossary.concepts().iter().map(|concept| glossary.written_out(concept)).collect();
        Matcher { concepts, korean: OnceLock::new(), english: OnceLock::new() }
    }

    fn korean(&self) -> &Forms {
        self.korean.get_or_init(|| Forms::of(&self.concepts, korean::keys, korean::head))
    }

    fn english(&self) -> &Forms {
        self.english.get_or_init(|| Forms::of(&self.concepts, english::keys, english::head))
    }

    /// The concepts that occurrences name.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// Every term in a folded text, in text order, none overlapping: of those that do the longest, then the leftmost.
    pub fn find(&self, text: &str, language: Language) -> Vec<Occurrence> {
        let found = match language {
            Language::Korean => korean::find(self, text),
            Language::English => english::find(self, text),
        };
        longest(found)
    }
}

impl Forms {
    fn of(concepts: &[Concept], keys: fn(&Term) -> Vec<String>, head: fn(&[char]) -> Option<(usize, Head)>) -> Forms {
        let mut forms: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
        for (concept_index, concept) in concepts.iter().enumerate() {
            for (term_index, term) in concept.terms.iter().enumerate() {
                for key in keys(term).into_iter().filter(|key| !key.is_empty()) {
                    forms.entry(key).or_default().push((concept_index as u32, term_index as u32));
                }
            }
        }
        let is_plain = |terms: &Vec<(u32, u32)>| {
            let [(concept, term)] = terms[..] else { return false };
            let (concept, text) = (&concepts[concept as usize], &concepts[concept as usize].terms[term as usize].text);
            concept.case == Case::Usual && concept.apart.is_empty() && !text.bytes().any(|byte| byte.is_ascii_alphabetic())
        };
        let kinds = forms.iter().map(|(form, terms)| Kind { length: form.len() as u32, is_plain: is_plain(terms) }).collect();
        let has_single = forms.keys().any(|form| form.chars().nth(1).is_none());
        let letters = Letters::of(forms.keys());
        Forms { letters, trie: Trie::of(forms.keys().map(String::as_str), head), terms: forms.into_values().collect(), kinds, has_single }
    }
}

/// A form as it is looked for: in small letters (ASCII), without the marks that spelling may put or leave.
fn squeezed(text: &str, is_mark: fn(char) -> bool) -> String {
    text.chars().filter(|&character| !is_mark(character)).map(|character| character.to_ascii_lowercase()).collect()
}

/// Of overlapping candidates the longest stands, of equally long ones the leftmost: 미·국무장관, not 미국·무장관.
fn longest(mut found: Vec<Occurrence>) -> Vec<Occurrence> {
    let is_term = |occurrence: &Occurrence| matches!(occurrence.what, What::Term { .. });
    found.sort_by_key(|occurrence| (occurrence.span.start, std::cmp::Reverse(occurrence.span.end), !is_term(occurrence)));
    if found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start) {
        return found;
    }
    let mut standing: Vec<Occurrence> = Vec::with_capacity(found.len());
    for occurrence in found {
        let overlapped = standing.iter().rev().take_while(|other| other.span.end > occurrence.span.start).count();
        let rivals = &standing[standing.len() - overlapped..];
        if rivals.iter().all(|rival| rival.span.len() < occurrence.span.len()) {
            standing.truncate(standing.len() - overlapped);
            standing.push(occurrence);
        }
    }
    standing
}
