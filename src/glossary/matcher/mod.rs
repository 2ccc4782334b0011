//! Finding all terms in running text at once, in either language.

mod english;
mod korean;
mod squeezed;

use super::countries::Country;
use super::{Concept, Glossary};
use crate::text::{Language, Span};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use std::collections::BTreeMap;

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
    korean: Automaton,
    english: Automaton,
}

/// A way to write a term, and the terms that are written so: (concept, term), the weightiest last.
struct Form {
    terms: Vec<(u32, u32)>,
}

/// The forms of one language; none at all has no automaton.
struct Automaton {
    forms: Vec<Form>,
    scan: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
}

impl Matcher {
    /// Makes a matcher of a glossary: about 1 µs a term.
    pub fn new(glossary: &Glossary) -> Matcher {
        let concepts: Vec<Concept> = glossary.concepts().iter().map(|concept| glossary.written_out(concept)).collect();
        let korean = Automaton::of(&concepts, Language::Korean, korean::keys);
        let english = Automaton::of(&concepts, Language::English, english::keys);
        Matcher { concepts, korean, english }
    }

    /// The concepts that occurrences name.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// Every term in a folded text, in text order, none overlapping: the leftmost, and of those the longest.
    pub fn find(&self, text: &str, language: Language) -> Vec<Occurrence> {
        let found = match language {
            Language::Korean => korean::find(self, text),
            Language::English => english::find(self, text),
        };
        leftmost_longest(found)
    }
}

impl Automaton {
    fn of(concepts: &[Concept], language: Language, keys: fn(&str) -> Vec<String>) -> Automaton {
        let mut forms: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
        for (concept_index, concept) in concepts.iter().enumerate() {
            for (term_index, term) in concept.terms.iter().enumerate().filter(|(_, term)| term.language == language) {
                for key in keys(&term.text).into_iter().filter(|key| !key.is_empty()) {
                    forms.entry(key).or_default().push((concept_index as u32, term_index as u32));
                }
            }
        }
        let keyed: Vec<(String, u32)> = forms.keys().cloned().zip(0..).collect();
        let scan = (!keyed.is_empty()).then(|| CharwiseDoubleArrayAhoCorasickBuilder::new().build_with_values(keyed).ok()).flatten();
        Automaton { forms: forms.into_values().map(|terms| Form { terms }).collect(), scan }
    }
}

fn leftmost_longest(mut found: Vec<Occurrence>) -> Vec<Occurrence> {
    let is_term = |occurrence: &Occurrence| matches!(occurrence.what, What::Term { .. });
    found.sort_by_key(|occurrence| (occurrence.span.start, std::cmp::Reverse(occurrence.span.end), !is_term(occurrence)));
    let mut end = 0;
    found.retain(|occurrence| {
        let stays = occurrence.span.start >= end;
        end = if stays { occurrence.span.end } else { end };
        stays
    });
    found
}
