//! Terms of a glossary that the user brings along.

use super::reading::Reading;
use super::{Anchor, Fact, key};
use crate::glossary::matcher::What;

/// Adds the terms of a segment. Standing before names and acronyms, it takes their words; countries and figures keep theirs.
pub fn find(reading: &mut Reading) {
    let Some(terms) = reading.context.terms() else { return };
    for occurrence in terms.find(reading.text, reading.language) {
        let What::Term { concept_index, .. } = occurrence.what else { continue };
        if reading.is_free(occurrence.span) {
            let value = terms.concepts()[concept_index].headword().to_string();
            reading.add("term", occurrence.span, value, vec![key(9, concept_index as u64)], Fact::Text);
        }
    }
}

/// Whether both name the same concept.
pub fn agree(source: &Anchor, target: &Anchor) -> f32 {
    if target.kind == "term" && source.keys == target.keys { 1.0 } else { 0.0 }
}
