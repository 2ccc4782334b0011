//! Comparing the facts of the English with the Korean: which are in doubt, why, and what the source has instead.

pub mod statement;

use super::{Examination, Finding, Place, Related, Severity};
use crate::anchor::date::Date;
use crate::anchor::quantity::{Quantity, Unit};
use crate::anchor::{Anchor, Fact as Value};
use crate::support::facts::{FOUND, Fact, Standing};
use crate::support::{Row, Verdict};
use crate::text::Span;

/// A fact of the English that does not stand in the sources of its sentence.
pub struct Doubt<'a> {
    /// All that is known.
    pub examination: &'a Examination<'a>,
    /// The row of its sentence.
    pub row: &'a Row,
    /// Where the fact stands.
    pub fact: &'a Fact,
    /// The fact as it is read.
    pub anchor: &'a Anchor,
    /// What the sources have of the same sort and the English does not: source segment and anchor.
    pub rivals: Vec<(usize, &'a Anchor)>,
}

/// The facts of a sort that are in doubt, in order.
pub fn doubts<'a>(
    examination: &'a Examination<'a>,
    is_of_sort: impl Fn(&Anchor) -> bool,
    is_rival: impl Fn(&Anchor, &Anchor) -> bool,
) -> Vec<Doubt<'a>> {
    let Some(source) = examination.source else { return Vec::new() };
    let mut found = Vec::new();
    for (row_index, row) in examination.ledger.iter().enumerate() {
        let anchors = &examination.target.anchors[row.target_index];
        for fact in examination.facts.of_row(row_index) {
            let anchor = &anchors[fact.anchor_index];
            if !is_of_sort(anchor) || fact.standing == Standing::Home && fact.agreement >= FOUND {
                continue;
            }
            let segments = if fact.agreement >= FOUND { fact.home.into_iter().collect() } else { row.sources.clone() };
            let unclaimed = |segment: usize| {
                let found = examination.facts.unclaimed(source, examination.target, row, row_index, segment);
                found.into_iter().map(move |at| (segment, &source.anchors[segment][at]))
            };
            let rivals = segments.into_iter().flat_map(unclaimed).filter(|(_, rival)| is_rival(rival, anchor)).collect();
            found.push(Doubt { examination, row, fact, anchor, rivals });
        }
    }
    found
}

impl<'a> Doubt<'a> {
    /// Whether the sentence has sources to compare with.
    pub fn has_sources(&self) -> bool {
        !self.row.sources.is_empty() && matches!(self.row.verdict, Verdict::Supported | Verdict::Partial)
    }

    /// The finding, with both values and where they stand.
    pub fn finding(&self, check: &'static str, severity: Severity) -> Finding {
        let text = self.anchor.span.of(&self.examination.target.document.text);
        let place = match self.fact.found {
            Some(found) if self.fact.agreement >= FOUND => {
                format!("stands in sentence {}, not in the source of these words", found.segment + 1)
            }
            Some(found) if self.fact.standing <= Standing::Sources => {
                format!("does not follow from sentence {} (“{}”)", found.segment + 1, self.text_at(found.span))
            }
            _ => "stands nowhere in the original".to_string(),
        };
        let rivals: Vec<String> = self
            .rivals
            .iter()
            .take(2)
            .map(|(segment, rival)| format!("sentence {} has “{}” ({})", segment + 1, self.text_at(rival.span), rival.value))
            .collect();
        let instead = if rivals.is_empty() { String::new() } else { format!("; {}", rivals.join(", ")) };
        Finding {
            check,
            severity,
            place: Place::Target,
            segment_index: self.row.target_index,
            span: self.anchor.span,
            message: format!("“{text}” ({}) {place}{instead}", self.anchor.value),
            related: self.related(),
            suggestion: None,
        }
    }

    fn text_at(&self, span: Span) -> &'a str {
        self.examination.source.map_or("", |source| span.of(&source.document.text))
    }

    fn related(&self) -> Vec<Related> {
        let rivals = self.rivals.iter().take(2).map(|(segment, rival)| (*segment, rival.span));
        let found = self.fact.found.map(|found| (found.segment, found.span));
        rivals.chain(found).map(|(segment_index, span)| Related { place: Place::Source, segment_index, span }).collect()
    }
}

/// The quantity of an anchor, if it is one.
pub fn quantity(anchor: &Anchor) -> Option<&Quantity> {
    match &anchor.fact {
        Value::Quantity(quantity) => Some(quantity),
        _ => None,
    }
}

/// Whether a quantity of the source may be what another one was before it was changed: of the same unit, not a word of
/// grammar, and where it is small no more than a digit larger or smaller.
pub fn is_like(rival: &Quantity, changed: &Quantity) -> bool {
    let ratio = rival.high.max(changed.high) / rival.high.min(changed.high).max(1e-9);
    std::mem::discriminant(&rival.unit) == std::mem::discriminant(&changed.unit)
        && !rival.is_weak()
        && (ratio < 13.0 || changed.low >= 100.0 && rival.low >= 100.0)
}

/// Whether a date of the source tells everything that another one tells.
pub fn is_as_full(rival: &Date, changed: &Date) -> bool {
    let covers = |has: bool, wanted: bool| has || !wanted;
    covers(rival.year.is_some(), changed.year.is_some())
        && covers(rival.month.is_some(), changed.month.is_some())
        && covers(rival.day.is_some(), changed.day.is_some())
        && covers(rival.weekday.is_some(), changed.weekday.is_some())
        && covers(rival.period.is_some(), changed.period.is_some())
        && covers(rival.time.is_some(), changed.time.is_some())
        && covers(rival.relative.is_some(), changed.relative.is_some() && changed.year.is_none())
}

/// Whether a number can be worked out from two numbers of the sources: their sum, difference, ratio, or change in percent.
pub fn is_derived(doubt: &Doubt) -> bool {
    let (Some(target), Some(source)) = (quantity(doubt.anchor), doubt.examination.source) else { return false };
    if !target.is_single() || target.low < 10.0 && matches!(target.unit, Unit::Count | Unit::Order) {
        return false;
    }
    doubt.fact.home.is_some_and(|segment| {
        let numbers: Vec<&Quantity> = source.anchors[segment].iter().filter_map(quantity).filter(|number| number.is_single()).collect();
        numbers.iter().enumerate().any(|(at, one)| numbers[at + 1..].iter().any(|other| follows(target, one, other)))
    })
}

/// Whether a number follows from two others.
fn follows(target: &Quantity, one: &Quantity, other: &Quantity) -> bool {
    let (large, small) = if one.low >= other.low { (one.low, other.low) } else { (other.low, one.low) };
    let near = |value: f64| (value - target.low).abs() <= 0.02 * target.low.abs().max(1e-9);
    let same = std::mem::discriminant(&one.unit) == std::mem::discriminant(&other.unit);
    if !same || small <= 0.0 || large == small {
        return false;
    }
    let telling = small >= 10.0 || small.fract() != 0.0;
    let additive = telling && std::mem::discriminant(&one.unit) == std::mem::discriminant(&target.unit)
        || matches!((one.unit, target.unit), (Unit::Percent, Unit::Point));
    let ratio = large / small;
    match target.unit {
        Unit::Multiple => near(ratio) || near(ratio.round()),
        Unit::Percent => {
            near((ratio - 1.0) * 100.0)
                || near((1.0 - small / large) * 100.0)
                || near(small / large * 100.0)
                || additive && (near(large - small) || near(large + small))
        }
        Unit::Share => near(small / large),
        _ => additive && (near(large - small) || near(large + small)),
    }
}
