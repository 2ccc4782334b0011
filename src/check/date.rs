//! `date`: a date of the English that the original does not have.

use super::comparison::{Doubt, doubts, is_as_full};
use super::{Examination, Finding, Severity};
use crate::anchor::{Anchor, Fact};
use crate::support::facts::FOUND;

/// Compares the numbers.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for doubt in doubts(examination, is_date, are_alike) {
        findings.extend(severity(&doubt).map(|severity| doubt.finding("date", severity)));
    }
}

fn is_date(anchor: &Anchor) -> bool {
    anchor.kind == "date"
}

fn severity(doubt: &Doubt) -> Option<Severity> {
    match doubt.fact.agreement {
        agreement if agreement < FOUND => Some(Severity::Critical),
        _ if doubt.rivals.is_empty() => None,
        _ => Some(Severity::Major),
    }
}

fn are_alike(rival: &Anchor, changed: &Anchor) -> bool {
    matches!((&rival.fact, &changed.fact), (Fact::Date(rival), Fact::Date(changed)) if is_as_full(rival, changed))
}
