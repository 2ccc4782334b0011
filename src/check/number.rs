//! `number`: a number of the English that the original does not have.

use super::comparison::{Doubt, doubts, is_derived, is_like, quantity};
use super::{Examination, Finding, Severity};
use crate::anchor::Anchor;
use crate::anchor::numeral::Form;
use crate::anchor::quantity::Unit;
use crate::support::facts::FOUND;

/// Compares the numbers.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for doubt in doubts(examination, is_number, are_alike) {
        findings.extend(severity(&doubt).map(|severity| doubt.finding("number", severity)));
    }
}

fn is_number(anchor: &Anchor) -> bool {
    quantity(anchor).is_some_and(|quantity| matches!(quantity.unit, Unit::Count | Unit::Multiple | Unit::Order | Unit::Share))
}

fn severity(doubt: &Doubt) -> Option<Severity> {
    let number = quantity(doubt.anchor)?;
    if number.is_weak() || is_derived(doubt) {
        return None;
    }
    match doubt.fact.agreement {
        agreement if agreement < FOUND && number.form == Form::Vague && doubt.rivals.is_empty() => Some(Severity::Minor),
        agreement if agreement < FOUND => Some(Severity::Critical),
        _ if doubt.rivals.is_empty() => None,
        _ => Some(Severity::Major),
    }
}

fn are_alike(rival: &Anchor, changed: &Anchor) -> bool {
    matches!((quantity(rival), quantity(changed)), (Some(rival), Some(changed)) if is_like(rival, changed))
}
