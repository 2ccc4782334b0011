//! `article`: a article of the English that the original does not have.

use super::comparison::{Doubt, doubts};
use super::{Examination, Finding, Severity};
use crate::anchor::Anchor;
use crate::support::facts::FOUND;

/// Compares the numbers.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for doubt in doubts(examination, is_item, |rival, _| is_item(rival)) {
        findings.extend(severity(&doubt).map(|severity| doubt.finding("article", severity)));
    }
}

fn is_item(anchor: &Anchor) -> bool {
    anchor.kind == "article"
}

fn severity(doubt: &Doubt) -> Option<Severity> {
    match doubt.fact.agreement {
        agreement if agreement < FOUND => Some(Severity::Critical),
        _ if doubt.rivals.is_empty() => None,
        _ => Some(Severity::Major),
    }
}
