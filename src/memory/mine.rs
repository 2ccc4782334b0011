//! Terms that documents and confirmed units propose, with the passages that show them. Nothing enters a glossary unasked.

use crate::anchor::gloss::{Gloss, harvest_korean};
use crate::glossary::search::EXACT;
use crate::glossary::{Glossary, lexicon};
use crate::memory::TranslationUnit;
use crate::text::{Folded, Position, is_hangul};
use crate::word::english::tokens;
use crate::word::korean::without_particles;
use std::collections::{BTreeMap, BTreeSet};

/// A term that could be entered.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The Korean form.
    pub korean: String,
    /// English forms, the likeliest first.
    pub english: Vec<String>,
    /// Passages that show it, at most [`MOST_EVIDENCE`].
    pub evidence: Vec<Passage>,
    /// How many passages show it.
    pub count: usize,
    /// Whether the glossary has it already.
    pub standing: Standing,
}

/// A passage that shows a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The document, with its line, or what the unit came from.
    pub place: String,
    /// The Korean.
    pub source: String,
    /// The English; empty for an inline gloss, whose English stands in the Korean.
    pub target: String,
}

/// What the glossary says of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It has no such Korean form.
    New,
    /// It has the form, with other English terms.
    Differs,
    /// It has both.
    Known,
}

impl Standing {
    /// The name used in answers.
    pub fn name(self) -> &'static str {
        match self {
            Standing::New => "new",
            Standing::Differs => "differs",
            Standing::Known => "known",
        }
    }
}

/// Most passages kept for a proposal.
pub const MOST_EVIDENCE: usize = 3;

/// What has been found so far.
#[derive(Default)]
pub struct Mine {
    glosses: BTreeMap<String, Glossed>,
    pairs: Pairs,
}

/// A Korean term that texts gloss.
#[derive(Default)]
struct Glossed {
    /// How often each English form.
    forms: BTreeMap<String, usize>,
    evidence: Vec<Passage>,
    count: usize,
}

impl Mine {
    /// Takes in the inline glosses of a Korean document.
    pub fn document(&mut self, path: &str, text: &str) {
        let folded = Folded::new(text);
        for gloss in glosses(folded.text()) {
            let at = find_gloss(folded.text(), &gloss.korean);
            let line = at.map_or(1, |at| Position::of(text, folded.original(crate::text::Span::new(at, at)).start).line);
            let place = format!("{path}:{line}");
            self.gloss(&gloss.korean, &gloss.english, Passage { place, source: around(folded.text(), at), target: String::new() });
        }
    }

    /// Takes in a confirmed unit: its inline glosses, and what goes with what.
    pub fn unit(&mut self, origin: &str, unit: &TranslationUnit) {
        for gloss in glosses(Folded::new(&unit.source).text()) {
            let passage = Passage { place: origin.to_string(), source: unit.source.clone(), target: unit.target.clone() };
            self.gloss(&gloss.korean, &gloss.english, passage);
        }
        self.pairs.add(origin, unit);
    }

    fn gloss(&mut self, korean: &str, english: &[String], passage: Passage) {
        let glossed = self.glosses.entry(korean.to_string()).or_default();
        for form in english {
            *glossed.forms.entry(form.clone()).or_default() += 1;
        }
        glossed.count += 1;
        if glossed.evidence.len() < MOST_EVIDENCE && !glossed.evidence.contains(&passage) {
            glossed.evidence.push(passage);
        }
    }

    /// The proposals, those the glossary does not have first, then by the number of passages.
    pub fn proposals(self, glossary: &Glossary) -> Vec<Proposal> {
        let mut found: Vec<Proposal> = Vec::new();
        for (korean, Glossed { forms, evidence, count }) in self.glosses {
            let mut english: Vec<(String, usize)> = forms.into_iter().collect();
            english.sort_by_key(|(form, count)| (is_acronym(form), std::cmp::Reverse(*count)));
            let english = english.into_iter().map(|(form, _)| form).collect();
            found.push(Proposal { korean, english, evidence, count, standing: Standing::New });
        }
        let glossed: BTreeSet<String> = found.iter().map(|proposal| proposal.korean.clone()).collect();
        found.extend(self.pairs.proposals().into_iter().filter(|proposal| !glossed.contains(&proposal.korean)));
        for proposal in &mut found {
            proposal.standing = standing(glossary, proposal);
        }
        found.sort_by_key(|proposal| (proposal.standing, std::cmp::Reverse(proposal.count), proposal.korean.clone()));
        found
    }
}

/// The inline glosses of a text in Latin letters: Chinese characters say how a word is written, not what it is called. Of
/// 블라디미르 푸틴(Vladimir Putin) only the whole name is proposed.
fn glosses(text: &str) -> Vec<Gloss> {
    let mut found = harvest_korean(text);
    found.iter_mut().for_each(|gloss| gloss.english.retain(|form| form.bytes().any(|byte| byte.is_ascii_alphabetic())));
    let holds = |whole: &str, part: &str| whole.len() > part.len() && whole.split(' ').any(|word| word == part);
    let is_part = |gloss: &Gloss| {
        let english = |whole: &Gloss| whole.english.iter().any(|whole| gloss.english.iter().any(|part| holds(whole, part)));
        found.iter().any(|whole| holds(&whole.korean, &gloss.korean) && english(whole))
    };
    found.iter().filter(|gloss| !gloss.english.is_empty() && !is_part(gloss)).cloned().collect()
}

fn is_acronym(form: &str) -> bool {
    !form.contains(' ') && form.chars().filter(|character| character.is_uppercase()).count() >= 2
}

fn standing(glossary: &Glossary, proposal: &Proposal) -> Standing {
    let entries = glossary.look_up(&proposal.korean);
    let same: Vec<_> = entries.iter().filter(|found| found.rank >= EXACT && !found.is_group).collect();
    let has = |form: &String| {
        same.iter().any(|found| found.concept.target().any(|term| term.text.eq_ignore_ascii_case(form.trim_start_matches("the "))))
    };
    match () {
        () if same.is_empty() => Standing::New,
        () if proposal.english.iter().any(has) => Standing::Known,
        () => Standing::Differs,
    }
}

/// Where the gloss of a term stands: the term with a bracket after it, or in a bracket.
fn find_gloss(text: &str, korean: &str) -> Option<usize> {
    let before_bracket =
        |at: &usize| text[at + korean.len()..].trim_start_matches(['’', '”', '」', '』', '>', '》', ' ']).starts_with(['(', ')']);
    text.match_indices(korean).map(|(at, _)| at).find(before_bracket)
}

/// The sentence at a place, or the stretch of it nearest to the place where it is long.
fn around(text: &str, at: Option<usize>) -> String {
    let at = at.unwrap_or(0);
    let before = text[..at].char_indices().rev().take(60).last().map_or(at, |(start, _)| start);
    let start = text[before..at].rfind(". ").map_or(before, |stop| before + stop + 2);
    let after = text[at..].char_indices().nth(100).map_or(text.len(), |(length, _)| at + length);
    let end = text[at..after].find(". ").map_or(after, |stop| at + stop + 1);
    text[start..end].trim().to_string()
}

/// Korean compounds and English phrases that occur together in units.
#[derive(Default)]
struct Pairs {
    units: Vec<(String, String, String)>,
    korean: BTreeMap<String, Vec<u32>>,
    english: BTreeMap<String, Vec<u32>>,
}

/// A pair must be shown by so many units.
const LEAST_COUNT: usize = 3;
/// Share of the occurrences of both that are together (Dice). Below it a frequent neighbour is taken for the translation.
const LEAST_TOGETHER: f64 = 0.7;

impl Pairs {
    fn add(&mut self, origin: &str, unit: &TranslationUnit) {
        let number = self.units.len() as u32;
        self.units.push((origin.to_string(), unit.source.clone(), unit.target.clone()));
        for term in korean_candidates(Folded::new(&unit.source).text()) {
            self.korean.entry(term).or_default().push(number);
        }
        for phrase in english_candidates(Folded::new(&unit.target).text()) {
            self.english.entry(phrase).or_default().push(number);
        }
    }

    fn proposals(mut self) -> Vec<Proposal> {
        self.korean.retain(|_, units| units.len() >= LEAST_COUNT);
        self.english.retain(|_, units| units.len() >= LEAST_COUNT);
        let mut by_unit: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        for (phrase, units) in &self.english {
            units.iter().for_each(|unit| by_unit.entry(*unit).or_default().push(phrase));
        }
        self.korean.iter().filter_map(|(term, units)| self.proposal(term, units, &by_unit)).collect()
    }

    fn proposal(&self, term: &str, units: &[u32], by_unit: &BTreeMap<u32, Vec<&str>>) -> Option<Proposal> {
        let mut together: BTreeMap<&str, usize> = BTreeMap::new();
        for phrase in units.iter().filter_map(|unit| by_unit.get(unit)).flatten() {
            *together.entry(phrase).or_default() += 1;
        }
        let score = |phrase: &str, count: usize| 2.0 * count as f64 / (units.len() + self.english[phrase].len()) as f64;
        let best = together.into_iter().filter(|(_, count)| *count >= LEAST_COUNT);
        let best = best.map(|(phrase, count)| (score(phrase, count), phrase.len(), phrase, count));
        let (score, _, phrase, count) = best.max_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)))?;
        let evidence = units.iter().map(|unit| &self.units[*unit as usize]).filter(|unit| unit.2.contains(phrase)).take(MOST_EVIDENCE);
        let evidence =
            evidence.map(|(place, source, target)| Passage { place: place.clone(), source: source.clone(), target: target.clone() });
        (score >= LEAST_TOGETHER).then(|| Proposal {
            korean: term.to_string(),
            english: vec![phrase.to_string()],
            evidence: evidence.collect(),
            count,
            standing: Standing::New,
        })
    }
}

/// Words of three syllables or more that the lexicon does not hold as they are, without their particles.
fn korean_candidates(text: &str) -> BTreeSet<String> {
    let words = lexicon::eojeols(text).map(|(start, end)| &text[start..end]);
    let long = words.filter(|word| word.chars().count() >= 3 && word.chars().all(is_hangul));
    let bare = long.map(|word| without_particles(word)[0]).filter(|word| word.chars().count() >= 3);
    bare.filter(|word| lexicon::find(word).iter().all(|hit| hit.end - hit.start < word.len())).map(str::to_string).collect()
}

/// Phrases of two to five words that begin and end with a word of content.
fn english_candidates(text: &str) -> BTreeSet<String> {
    let words = tokens(text);
    let mut found = BTreeSet::new();
    for first in (0..words.len()).filter(|&first| words[first].is_content) {
        for last in first + 1..words.len().min(first + 5) {
            let gap = &text[words[last - 1].end..words[last].start];
            if !matches!(gap, " " | "-") {
                break;
            }
            if words[last].is_content {
                found.insert(text[words[first].start..words[last].end].to_string());
            }
        }
    }
    found
}
