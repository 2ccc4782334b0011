//! `percent`: a percent of the English that the original does not have.

use super::comparison::figure;
use super::{Examination, Finding};
use crate::anchor::quantity::Unit;

/// Compares the percentages.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    figure::run("percent", |unit| matches!(unit, Unit::Percent | Unit::Point), examination, findings);
}
