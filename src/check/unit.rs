//! `unit`: a unit of the English that the original does not have.

use super::comparison::{figure, period};
use super::{Examination, Finding};
use crate::anchor::quantity::Unit;

/// Compares the measures.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    figure::run("unit", |unit| matches!(unit, Unit::Measure(_)), examination, findings);
    period::compare(examination, findings);
}
