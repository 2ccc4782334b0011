//! `date`: a date of the English that the original does not have.

use super::comparison::{Doubt, doubts, is_as_full};
use super::{Examination, Finding, Severity};
use crate::anchor::date::Date;
use crate::anchor::{Anchor, Fact};
use crate::support::facts::FOUND;

/// Compares the dates.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for doubt in doubts(examination, is_date, are_alike) {
        findings.extend(severity(&doubt).map(|severity| doubt.finding("date", severity)));
    }
}

fn is_date(anchor: &Anchor) -> bool {
    anchor.kind == "date"
}

/// A weekday alone is doubted only where the source has another one: Korean news gives the day of the month instead.
fn severity(doubt: &Doubt) -> Option<Severity> {
    let is_weekday = matches!(&doubt.anchor.fact, Fact::Date(date) if *date == Date { weekday: date.weekday, ..Date::default() });
    match doubt.fact.agreement {
        _ if is_seen_from_another(doubt) => None,
        agreement if agreement < FOUND && is_weekday && doubt.rivals.is_empty() => Some(Severity::Minor),
        agreement if agreement < FOUND => Some(Severity::Critical),
        _ if doubt.rivals.is_empty() => None,
        _ => Some(Severity::Major),
    }
}

/// Whether a date says no more than how far it lies from one that was spoken of: the next month, a year earlier.
fn is_seen_from_another(doubt: &Doubt) -> bool {
    matches!(&doubt.anchor.fact, Fact::Date(date)
        if date.relative.is_some_and(|relative| !relative.is_from_now) && *date == Date { relative: date.relative, ..Date::default() })
}

fn are_alike(rival: &Anchor, changed: &Anchor) -> bool {
    matches!((&rival.fact, &changed.fact), (Fact::Date(rival), Fact::Date(changed)) if is_as_full(rival, changed))
}
