//! `name`: a name of the English that the original does not have.

use super::comparison::{Doubt, Rival, doubts, institution};
use super::{Examination, Finding, Severity};
use crate::anchor::name::is_plain;
use crate::anchor::sound::{self, Hangul};
use crate::anchor::{Anchor, Fact};
use crate::glossary::lexicon;
use crate::support::facts::{FOUND, Standing};
use crate::text::Span;
use crate::word::english;

/// Compares the names.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for mut doubt in doubts(examination, is_name, |rival, _| is_clear_name(rival)) {
        doubt.rivals.retain(|rival| !is_explained(examination, doubt.row.target_index, rival));
        let is_wrong = match doubt.anchor.kind {
            "gloss" => doubt.is_found() && doubt.fact.standing <= Standing::Sources && !doubt.rivals.is_empty(),
            _ => !has_known_neighbour(&doubt) && !is_misheard(&doubt),
        };
        if is_wrong {
            findings.push(doubt.finding("name", severity(&doubt)));
        }
    }
    findings.extend(examination.ledger.iter().filter_map(|row| institution::other(examination, row)));
}

/// A name by its sound, or one that the text itself glosses: 오라노(Orano).
fn is_name(anchor: &Anchor) -> bool {
    anchor.kind == "name" || anchor.kind == "gloss" && matches!(anchor.fact, Fact::Gloss(_)) && !anchor.value.contains(' ')
}

/// Likeness from which a Korean word is a name beyond doubt.
const CLEAR: f32 = 0.85;

/// Whether a Korean word sounds so much like a name of the English that it must be one.
fn is_clear_name(anchor: &Anchor) -> bool {
    match &anchor.fact {
        Fact::Name(name) => {
            name.sounds_like.iter().any(|(_, likeness)| *likeness >= CLEAR) && anchor.value.chars().count() > 1 && !is_plain(&anchor.value)
        }
        // A gloss in small letters explains a word, not a name: 회색지대(gray zone).
        Fact::Gloss(_) => anchor.keys.len() > 1,
        _ => false,
    }
}

/// Whether a word of the sentence is the counterpart of a rival, as far as the lexicon tells.
fn is_explained(examination: &Examination, target_index: usize, rival: &Rival) -> bool {
    let Some(matrix) = examination.matrix else { return false };
    let words = &matrix.sources[rival.segment].words;
    let mut matches = matrix.matches(rival.segment, target_index).iter();
    matches.any(|found| words[found.word as usize].span.overlaps(rival.anchor.span))
}

/// A name that the matcher may simply not recognise is worth a look; one that the lexicon knows in Korean, or in whose place
/// the Korean has another, should be mended.
fn severity(doubt: &Doubt) -> Severity {
    let nowhere = doubt.fact.agreement < FOUND;
    let away = doubt.fact.standing == Standing::Elsewhere;
    let beside = doubt.rivals.first().is_some_and(|rival| rival.pull >= PULL);
    let in_its_place = doubt.rivals.iter().any(|rival| Some(rival.segment) == doubt.fact.home) && doubt.fact.pull >= PULL;
    match (nowhere && is_known(doubt), in_its_place && (nowhere || away && beside)) {
        _ if doubt.anchor.value.len() < 3 => Severity::Minor,
        (true, _) | (_, true) => Severity::Major,
        _ if doubt.anchor.kind == "gloss" => Severity::Major,
        _ => Severity::Minor,
    }
}

/// How well the source must explain the words around a name before a name in its place counts, in nats.
const PULL: f64 = 2.0;
/// Likeness from which a word of the source may be the name, spelled in a way of its own.
const MISHEARD: f32 = 0.55;

/// Whether a word of the sources sounds a little like the name.
fn is_misheard(doubt: &Doubt) -> bool {
    let Some(source) = doubt.examination.source else { return false };
    let letters = sound::letters(&doubt.anchor.value);
    let mut segments = doubt.row.sources.iter().map(|&segment| source.document.segment_text(segment));
    segments.any(|text| {
        lexicon::eojeols(text).any(|(start, end)| {
            if is_plain(&text[start..end]) {
                return false;
            }
            let hangul = Hangul::of(&text[start..end]);
            let cuts: Vec<usize> = (2..=hangul.syllables()).collect();
            sound::best(&hangul, &letters, &cuts).is_some_and(|(_, likeness)| likeness >= MISHEARD)
        })
    })
}

/// Whether the lexicon has the name, and it alone, in Korean.
fn is_known(doubt: &Doubt) -> bool {
    lexicon::stem(&english::stem(&doubt.anchor.value)).is_some_and(lexicon::Stem::is_name)
}

/// Whether another word of the same name is found: John beside O'Hagan.
fn has_known_neighbour(doubt: &Doubt) -> bool {
    let text = &doubt.examination.target.document.text;
    let anchors = &doubt.examination.target.anchors[doubt.row.target_index];
    let joined = |other: Span| {
        let (first, second) = if other < doubt.anchor.span { (other, doubt.anchor.span) } else { (doubt.anchor.span, other) };
        second.start.checked_sub(first.end).is_some_and(|gap| gap <= 4)
            && text[first.end..second.start].chars().all(|character| " -.".contains(character) || character.is_uppercase())
    };
    let row = doubt.examination.ledger.iter().position(|row| row.target_index == doubt.row.target_index);
    let facts = row.map_or(&[][..], |row_index| doubt.examination.facts.of_row(row_index));
    facts.iter().any(|fact| fact.agreement >= FOUND && joined(anchors[fact.anchor_index].span))
}
