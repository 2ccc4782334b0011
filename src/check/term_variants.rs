//! `term-variants`: one relation between countries, or one term, written in two ways.

use super::passage::{passages, segment_at};
use super::{Examination, Finding, Place, Severity};
use crate::document::{Document, Kind};
use crate::glossary::countries::{Country, english_groups};
use crate::glossary::matcher::What;
use crate::text::{Language, Span};
use std::collections::BTreeMap;

/// Reports the rarer ways, at their first places.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    for ways in groups(document).values().chain(terms(examination).values()) {
        findings.extend(rarer(document, ways));
    }
}

/// The ways to write something, and where each stands.
type Ways = BTreeMap<String, Vec<Span>>;

/// Groups of countries by their codes: DPRK-Russia and North Korea-Russia are one. Adjectives (Sino-Russian) are another matter.
fn groups(document: &Document) -> BTreeMap<String, Ways> {
    let mut found: BTreeMap<String, Ways> = BTreeMap::new();
    for passage in passages(document).filter(|passage| passage.kind != Kind::Furniture) {
        let text = passage.text();
        for group in english_groups(text) {
            let is_noun = |(country, span): &(Country, Span)| {
                !country.names().adjectives.contains(&span.of(text)) && !span.of(text).eq_ignore_ascii_case("inter-Korean")
            };
            if group.members.iter().all(is_noun) {
                let mut codes: Vec<&str> = group.members.iter().map(|(country, _)| country.names().code).collect();
                codes.sort_unstable();
                let written: Vec<&str> = group.members.iter().map(|(_, span)| span.of(text)).collect();
                found.entry(codes.join("-")).or_default().entry(written.join("-")).or_default().push(passage.original(group.span));
            }
        }
    }
    found
}

/// Terms of the user's glossary by concept. An acronym and what it stands for are one way, and so are a term and its short form;
/// single words have too many meanings.
fn terms(examination: &Examination) -> BTreeMap<usize, Ways> {
    let mut found: BTreeMap<usize, Ways> = BTreeMap::new();
    let Some(terms) = &examination.terms else { return found };
    for passage in passages(&examination.target.document) {
        for occurrence in terms.find(passage.text(), Language::English) {
            let What::Term { concept_index, term_index } = occurrence.what else { continue };
            let written = terms.concepts()[concept_index].terms[term_index].text.clone();
            found.entry(concept_index).or_default().entry(written).or_default().push(passage.original(occurrence.span));
        }
    }
    for ways in found.values_mut() {
        let texts: Vec<String> = ways.keys().cloned().collect();
        ways.retain(|text, _| text.contains(' ') && !texts.iter().any(|other| other != text && is_short_for(text, other)));
    }
    found
}

/// Whether a term is an acronym, or only words of a longer one.
fn is_short_for(text: &str, other: &str) -> bool {
    let is_acronym = text.chars().filter(|character| character.is_uppercase()).count() >= 2 && !text.contains(' ');
    let (text, other) = (text.to_lowercase(), other.to_lowercase());
    let words: Vec<&str> = other.split(' ').collect();
    is_acronym || text.len() < other.len() && text.split(' ').all(|word| words.contains(&word))
}

fn rarer(document: &Document, ways: &Ways) -> Vec<Finding> {
    let mut ways: Vec<(&String, &Vec<Span>)> = ways.iter().collect();
    ways.sort_by_key(|(_, places)| (std::cmp::Reverse(places.len()), places[0]));
    let Some(((usual, of_usual), rest)) = ways.split_first() else { return Vec::new() };
    rest.iter()
        .map(|(rare, places)| {
            let place = places[0];
            let message = format!("“{rare}” ({}) stands here, “{usual}” ({}) elsewhere", places.len(), of_usual.len());
            let finding = Finding::in_target("term-variants", Severity::Minor, segment_at(document, place.start), place, message);
            let first = of_usual[0];
            finding.with_related(Place::Target, segment_at(document, first.start), first).with_suggestion(usual.as_str())
        })
        .collect()
}
