//! `acronym`: an acronym of the English that the original does not have.

use super::comparison::{Doubt, doubts};
use super::{Examination, Finding, Severity};
use crate::anchor::Anchor;
use crate::glossary::lexicon;
use crate::support::facts::FOUND;
use crate::word::english;

/// Compares the acronyms.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for doubt in doubts(examination, is_acronym, |rival, _| is_latin(rival)) {
        findings.push(doubt.finding("acronym", severity(&doubt)));
    }
}

fn is_acronym(anchor: &Anchor) -> bool {
    anchor.kind == "acronym"
}

/// Whether a Latin string of the Korean is an acronym: two capitals at least.
fn is_latin(anchor: &Anchor) -> bool {
    anchor.kind == "latin" && anchor.value.bytes().filter(u8::is_ascii_uppercase).count() >= 2
}

/// Whether the letters stand in a source of the sentence, where no acronym is read: behind a figure, before a syllable (4,800TEU급).
fn stands_in_letters(doubt: &Doubt) -> bool {
    let Some(source) = doubt.examination.source else { return false };
    doubt.row.sources.iter().any(|&segment| source.document.segment_text(segment).contains(&doubt.anchor.value))
}

/// English makes acronyms where Korean writes words (MP, CEO); but in the place of another one, or when the lexicon knows its
/// Korean and that is not there, it is wrong.
fn severity(doubt: &Doubt) -> Severity {
    let nowhere = doubt.fact.agreement < FOUND;
    let letters = doubt.anchor.value.len();
    let is_known = lexicon::stem(&english::stem(&doubt.anchor.value)).is_some_and(lexicon::Stem::is_name);
    let in_its_place = doubt.rivals.iter().any(|rival| Some(rival.segment) == doubt.fact.home && rival.anchor.value.len() >= 3);
    match (nowhere, in_its_place) {
        _ if letters < 3 || nowhere && stands_in_letters(doubt) => Severity::Minor,
        (_, true) => Severity::Major,
        (true, false) if is_known => Severity::Major,
        _ => Severity::Minor,
    }
}
