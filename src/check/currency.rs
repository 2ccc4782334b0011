//! `currency`: a currency of the English that the original does not have.

use super::comparison::figure;
use super::{Examination, Finding};
use crate::anchor::quantity::Unit;

/// Compares the sums of money.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    figure::run("currency", |unit| matches!(unit, Unit::Money(_)), examination, findings);
}
