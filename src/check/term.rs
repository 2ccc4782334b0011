//! `term`: a term that the glossary forbids, or one that it prescribes and the English does not use.

use super::passage::Passage;
use super::{Examination, Finding, Place, Severity};
use crate::align::Side;
use crate::glossary::matcher::What;
use crate::glossary::{Concept, Glossary, Matcher, Status, built_in};
use crate::support::{Row, Verdict};
use crate::text::{Language, Span};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Compares the terms of the user's glossary, and what the house forbids.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let own = examination.terms.as_deref();
    let Some(source) = examination.source else {
        findings.extend(own.into_iter().flat_map(|own| forbidden_anywhere(examination, own)));
        return;
    };
    if let Some(own) = own {
        let mut reader = Reader { examination, source, matcher: own, is_own: true, korean: BTreeMap::new() };
        findings.extend(reader.forbidden());
        findings.extend(reader.unused());
    }
    if let Some(house) = house(examination, own) {
        findings.extend(Reader { examination, source, matcher: &house, is_own: false, korean: BTreeMap::new() }.forbidden());
    }
}

/// The house terms of which all words of a forbidden form stand in the English; those that the user's glossary has are the user's.
/// Only forms of two words and more: single ones ("secretary") are right for somebody else's office.
fn house(examination: &Examination, own: Option<&Matcher>) -> Option<Matcher> {
    let lower = examination.target.document.text.to_lowercase();
    let words: FxHashSet<&str> = lower.split(|character: char| !character.is_alphanumeric()).collect();
    let stands = |term: &str| {
        term.to_lowercase().split(|character: char| !character.is_alphanumeric()).all(|word| word.is_empty() || words.contains(word))
    };
    let taken: FxHashSet<&str> = own.into_iter().flat_map(Matcher::concepts).map(Concept::headword).collect();
    let is_wrong =
        |concept: &Concept| concept.target().any(|term| term.status == Status::Forbidden && !term.text.contains('{') && stands(&term.text));
    let concepts: Vec<Concept> =
        built_in::concepts().into_iter().filter(|concept| is_wrong(concept) && !taken.contains(concept.headword())).collect();
    (!concepts.is_empty()).then(|| Matcher::new(&Glossary::empty().with_concepts(concepts)))
}

/// Without the original only what the user forbids is certain.
fn forbidden_anywhere(examination: &Examination, own: &Matcher) -> Vec<Finding> {
    let document = &examination.target.document;
    let mut found = Vec::new();
    for passage in super::passage::passages(document) {
        for occurrence in own.find(passage.text(), Language::English) {
            let What::Term { concept_index, term_index } = occurrence.what else { continue };
            let concept = &own.concepts()[concept_index];
            if concept.terms[term_index].status == Status::Forbidden {
                let span = passage.original(occurrence.span);
                found.push(forbidden(concept, span.of(&document.text), passage.segment_index, span, Severity::Minor));
            }
        }
    }
    found
}

fn forbidden(concept: &Concept, written: &str, segment_index: usize, span: Span, severity: Severity) -> Finding {
    let right = concept.target().find(|term| term.status == Status::Preferred).map(|term| term.text.as_str());
    let instead = right.map(|right| format!("; write “{right}”")).unwrap_or_default();
    let message = format!("“{written}” is not to be used for {}{instead}", concept.headword());
    let finding = Finding::in_target("term", severity, segment_index, span, message);
    match right {
        Some(right) => finding.with_suggestion(right),
        None => finding,
    }
}

/// The terms of both texts.
struct Reader<'a> {
    examination: &'a Examination<'a>,
    source: &'a Side,
    matcher: &'a Matcher,
    is_own: bool,
    /// The concepts of a source segment, by its index, with their bytes.
    korean: BTreeMap<usize, Vec<(usize, Span)>>,
}

impl<'a> Reader<'a> {
    fn rows(&self) -> impl Iterator<Item = &'a Row> + use<'a> {
        self.examination.ledger.iter().filter(|row| matches!(row.verdict, Verdict::Supported | Verdict::Partial))
    }

    /// The concepts that a source segment names.
    fn named(&mut self, segment_index: usize) -> &[(usize, Span)] {
        let (source, matcher) = (self.source, self.matcher);
        self.korean.entry(segment_index).or_insert_with(|| {
            let passage = Passage::of(&source.document, segment_index);
            let occurrences = matcher.find(passage.text(), Language::Korean).into_iter();
            let terms = occurrences.filter_map(|occurrence| match occurrence.what {
                What::Term { concept_index, .. } => Some((concept_index, passage.original(occurrence.span))),
                What::Countries(_) => None,
            });
            terms.collect()
        })
    }

    /// The terms of a target segment: concept, status and bytes.
    fn written(&self, segment_index: usize) -> Vec<(usize, Status, Span)> {
        let passage = Passage::of(&self.examination.target.document, segment_index);
        let occurrences = self.matcher.find(passage.text(), Language::English).into_iter();
        let terms = occurrences.filter_map(|occurrence| match occurrence.what {
            What::Term { concept_index, term_index } => {
                let status = self.matcher.concepts()[concept_index].terms[term_index].status;
                Some((concept_index, status, passage.original(occurrence.span)))
            }
            What::Countries(_) => None,
        });
        terms.collect()
    }

    /// Forbidden terms where a source of the sentence has the Korean.
    fn forbidden(&mut self) -> Vec<Finding> {
        let matcher = self.matcher;
        let mut found = Vec::new();
        for row in self.rows() {
            let wrong = if self.is_own { Status::Deprecated } else { Status::Forbidden };
            for (concept_index, status, span) in self.written(row.target_index).into_iter().filter(|(_, status, _)| *status >= wrong) {
                let home = row.sources.iter().find_map(|&index| {
                    let named = self.named(index).iter().find(|(named, _)| *named == concept_index)?;
                    Some((index, named.1))
                });
                let Some((home, place)) = home else { continue };
                let written = span.of(&self.examination.target.document.text);
                let is_name = written.starts_with(char::is_uppercase);
                if !self.is_own && (is_name || !written.contains([' ', '-'])) {
                    continue;
                }
                let severity = if self.is_own && status == Status::Forbidden { Severity::Major } else { Severity::Minor };
                let finding = forbidden(&matcher.concepts()[concept_index], written, row.target_index, span, severity);
                found.push(finding.with_related(Place::Source, home, place));
            }
        }
        found
    }

    /// Terms of the best source that the sentence renders in words of its own: two neighbouring words and more are counterparts
    /// of the Korean ones, and none is part of a term of the concept. A single word is paraphrase more often than not.
    fn unused(&mut self) -> Vec<Finding> {
        let matcher = self.matcher;
        let text = &self.examination.target.document.text;
        let mut found = Vec::new();
        for row in self.rows() {
            let Some(&best) = row.sources.first() else { continue };
            let written = self.written(row.target_index);
            for (concept_index, place) in self.named(best).to_vec() {
                let concept = &matcher.concepts()[concept_index];
                let Some(right) = concept.target().find(|term| term.status == Status::Preferred).filter(|_| place.len() >= LONG) else {
                    continue;
                };
                let counterparts = row.evidence.iter().filter(|link| link.source_index == best && link.source_span.overlaps(place));
                let spans: Vec<Span> = counterparts.filter(|link| link.kind == "lexicon").map(|link| link.target_span).collect();
                let covered: usize = row
                    .evidence
                    .iter()
                    .filter(|link| link.source_index == best && place.contains(link.source_span))
                    .map(|link| link.source_span.len())
                    .max()
                    .unwrap_or(0);
                let is_part = |span: &Span| concept.target().any(|term| holds_word(&term.text, span.of(text)));
                if covered * 2 < place.len()
                    || spans.is_empty()
                    || spans.iter().any(is_part)
                    || written.iter().any(|(used, ..)| *used == concept_index)
                {
                    continue;
                }
                let span =
                    Span::new(spans.iter().map(|span| span.start).min().unwrap_or(0), spans.iter().map(|span| span.end).max().unwrap_or(0));
                let words = span.of(text).split([' ', '-']).count();
                if spans.len() < 2 || words > spans.len() + 1 {
                    continue;
                }
                let message =
                    format!("“{}” for {}; the glossary has “{}”", span.of(text), place.of(&self.source.document.text), right.text);
                let finding =
                    Finding::in_target("term", Severity::Minor, row.target_index, span, message).with_suggestion(right.text.as_str());
                found.push(finding.with_related(Place::Source, best, place));
            }
        }
        found
    }
}

/// Bytes of the shortest Korean term that must be rendered by the glossary: three syllables; of two there are too many meanings.
const LONG: usize = 9;

/// Whether a word is one of a term's, in any form: "alliance" of "ROK-U.S. alliance".
fn holds_word(term: &str, words: &str) -> bool {
    let stem = |word: &str| crate::word::english::stem(word);
    let parts = |text: &str| text.split([' ', '-']).map(stem).collect::<Vec<_>>();
    let own = parts(term);
    parts(words).iter().any(|word| own.contains(word))
}
