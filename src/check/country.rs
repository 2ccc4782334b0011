//! `country`: a country of the English that the original does not have.

use super::comparison::{Doubt, doubts};
use super::{Examination, Finding, Severity};
use crate::anchor::country::Form;
use crate::anchor::{Anchor, Fact};
use crate::glossary::lexicon;
use crate::support::facts::{FOUND, Standing};
use crate::word::english;

/// Compares the countries.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for doubt in doubts(examination, is_country, |rival, _| is_country(rival)) {
        findings.extend(severity(&doubt).map(|severity| doubt.finding("country", severity)));
    }
}

fn is_country(anchor: &Anchor) -> bool {
    anchor.kind == "country"
}

/// A capital that the lexicon does not have may be a place of its own, which the original spells in its own way.
fn is_little_known(doubt: &Doubt) -> bool {
    let text = doubt.anchor.span.of(&doubt.examination.target.document.text);
    let known = text.split(' ').all(|word| lexicon::stem(&english::stem(word)).is_some_and(lexicon::Stem::is_proper));
    matches!(&doubt.anchor.fact, Fact::Country(place) if place.form == Form::Capital) && !known
}

fn severity(doubt: &Doubt) -> Option<Severity> {
    match doubt.fact.standing {
        _ if doubt.fact.agreement < FOUND && is_little_known(doubt) && doubt.rivals.is_empty() => Some(Severity::Minor),
        _ if doubt.fact.agreement < FOUND => Some(Severity::Critical),
        Standing::Home | Standing::Sources => None,
        _ if doubt.rivals.is_empty() => None,
        _ => Some(Severity::Major),
    }
}
