//! `number`: a number of the English that the original does not have.

use super::comparison::figure;
use super::{Examination, Finding};
use crate::anchor::quantity::Unit;

/// Compares the numbers.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    figure::run("number", |unit| matches!(unit, Unit::Count | Unit::Multiple | Unit::Order | Unit::Share), examination, findings);
}
