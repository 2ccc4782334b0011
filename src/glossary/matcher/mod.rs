//! Finding all terms in running text at once, in either language.

mod english;
mod korean;
mod trie;

use super::countries::{self, Country};
use super::{Case, Concept, Glossary, Term};
use crate::text::{Language, Span};
use crate::word::korean::{SYLLABLES, syllable_at};
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
    /// By the number of a Hangul syllable what it may be.
    syllables: Box<[Letter; SYLLABLES]>,
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

/// What a letter may be in the forms, and in groups of countries.
#[derive(Clone, Copy, Default)]
struct Letter {
    /// Whether a form begins with it.
    is_first: bool,
    /// Whether it is the second letter of a form.
    is_second: bool,
    /// Whether it stands for a country.
    is_country: bool,
}

/// What each Hangul syllable may be.
fn letters<'a>(forms: impl Iterator<Item = &'a String>) -> Box<[Letter; SYLLABLES]> {
    let mut letters = Box::new([Letter::default(); SYLLABLES]);
    for form in forms {
        if let Some(first) = syllable_at(form, 0) {
            letters[first].is_first = true;
        }
        if let Some(second) = form.chars().next().and_then(|first| syllable_at(form, first.len_utf8())) {
            letters[second].is_second = true;
        }
    }
    for (syllable, letter) in letters.iter_mut().enumerate() {
        letter.is_country = countries::is_country_syllable(syllable);
    }
    letters
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
        let syllables = letters(forms.keys());
        Forms { syllables, trie: Trie::of(forms.keys().map(String::as_str), head), terms: forms.into_values().collect(), kinds, has_single }
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
