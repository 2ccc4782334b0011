//! What numbers, percentages, sums and measures have in common when they are compared.

use super::derived::{Derivation, derivation, is_list};
use super::{Doubt, Rival, doubts, quantity};
use crate::anchor::Anchor;
use crate::anchor::numeral::Form;
use crate::anchor::quantity::{Quantity, Unit, compare};
use crate::check::{Examination, Finding, Severity};
use crate::support::facts::Standing;

/// Compares the figures of some units.
pub fn run(check: &'static str, is_of_sort: fn(Unit) -> bool, examination: &Examination, findings: &mut Vec<Finding>) {
    let sort = |anchor: &Anchor| quantity(anchor).is_some_and(|quantity| is_of_sort(quantity.unit));
    for mut doubt in doubts(examination, sort, are_alike) {
        keep_of_unit(&mut doubt);
        findings.extend(severity(&doubt).map(|severity| doubt.finding(check, severity)));
    }
}

/// Leaves out rivals of other units where there are some of the same.
fn keep_of_unit(doubt: &mut Doubt) {
    let Some(unit) = quantity(doubt.anchor).map(|number| std::mem::discriminant(&number.unit)) else { return };
    let is_of_unit = |rival: &Rival| quantity(rival.anchor).is_some_and(|number| std::mem::discriminant(&number.unit) == unit);
    if doubt.rivals.iter().any(is_of_unit) {
        doubt.rivals.retain(is_of_unit);
    }
}

/// What stands nowhere is critical, unless it can be worked out; what stands beside other words is major.
fn severity(doubt: &Doubt) -> Option<Severity> {
    let number = quantity(doubt.anchor)?;
    if number.is_weak() {
        return None;
    }
    // The 3 of Article 83(3) is a paragraph, which the source may name with its article elsewhere.
    let is_bracketed = doubt.examination.target.document.text[..doubt.anchor.span.start].ends_with('(');
    if is_conversion(doubt) || is_bracketed && doubt.is_found() {
        return None;
    }
    match derivation(doubt) {
        _ if is_list(doubt) => None,
        _ if doubt.is_found() && doubt.fact.standing <= Standing::Sources => Some(Severity::Major),
        Some(Derivation::Plain) => None,
        Some(Derivation::Possible) => Some(Severity::Minor),
        _ if doubt.is_found() => Some(Severity::Major),
        None if number.form == Form::Vague && doubt.rivals.is_empty() => Some(Severity::Minor),
        None => Some(Severity::Critical),
    }
}

/// Whether a sum or measure only says in other units, in brackets, what stands before it: 10,000 meters (32,800 feet).
fn is_conversion(doubt: &Doubt) -> bool {
    let Some(target) = quantity(doubt.anchor).filter(|number| matches!(number.unit, Unit::Money(_) | Unit::Measure(_))) else {
        return false;
    };
    let text = &doubt.examination.target.document.text;
    let anchors = &doubt.examination.target.anchors[doubt.row.target_index];
    let Some(before) = anchors.iter().rev().find(|other| other.span.end <= doubt.anchor.span.start) else { return false };
    let between = text[before.span.end..doubt.anchor.span.start].trim();
    let brackets = matches!(between, "(" | "[" | "(about" | "(some" | "(approximately" | ", or" | ", or about" | "(around" | "(roughly");
    brackets && quantity(before).is_some_and(|quantity| quantity.unit != target.unit && compare(quantity, target) > 0.0)
}

fn are_alike(rival: &Anchor, changed: &Anchor) -> bool {
    matches!((quantity(rival), quantity(changed)), (Some(rival), Some(changed)) if is_like(rival, changed))
}

/// Whether a quantity of the source may be what another one was before it was changed: of the same unit, or of any where
/// the English gives none (from 28 to 17 percent), not a word of grammar, and where it is small no more than a digit larger or smaller.
fn is_like(rival: &Quantity, changed: &Quantity) -> bool {
    let ratio = rival.high.max(changed.high) / rival.high.min(changed.high).max(1e-9);
    let is_bare = matches!(changed.unit, Unit::Count) && changed.form == Form::Digits;
    (is_bare || std::mem::discriminant(&rival.unit) == std::mem::discriminant(&changed.unit))
        && !rival.is_weak()
        && rival.form != Form::Vague
        && !(matches!(rival.unit, Unit::Count) && rival.high == 1.0)
        && (ratio < 13.0 || changed.low >= 100.0 && rival.low >= 100.0)
}
