//! `country`: a country of the English that the original does not have.

use super::comparison::{Doubt, doubts};
use super::{Examination, Finding, Severity};
use crate::anchor::Anchor;
use crate::support::facts::FOUND;

/// Compares the numbers.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for doubt in doubts(examination, is_country, |rival, _| is_country(rival)) {
        findings.extend(severity(&doubt).map(|severity| doubt.finding("country", severity)));
    }
}

fn is_country(anchor: &Anchor) -> bool {
    anchor.kind == "country"
}

fn severity(doubt: &Doubt) -> Option<Severity> {
    match doubt.fact.agreement {
        agreement if agreement < FOUND => Some(Severity::Critical),
        _ if doubt.rivals.is_empty() => None,
        _ => Some(Severity::Major),
    }
}
