//! `quotes`: quotation marks without a partner, and two sorts of them in one text.

use super::marks::{Mark, Marks};
use super::passage::segment_at;
use super::{Examination, Finding, Severity};
use crate::document::Document;
use crate::text::Span;

/// Reports double quotation marks; single ones cannot be told from apostrophes.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    let marks = Marks::of(document);
    let doubles = marks.alone.iter().filter(|(mark, ..)| matches!(mark, Mark::Double | Mark::Straight));
    for &(_, span, opens) in doubles.filter(|(_, span, opens)| !(*opens && goes_on(document, *span))) {
        let message = match opens {
            true => "this quotation mark has no partner".to_string(),
            false => "this quotation mark closes what nothing opens".to_string(),
        };
        findings.push(Finding::in_target("quotes", Severity::Minor, segment_at(document, span.start), span, message));
    }
    findings.extend(mixed(document, &marks));
}

/// A quotation over several paragraphs is opened in each and closed in the last.
fn goes_on(document: &Document, span: Span) -> bool {
    let next = document.blocks.get(document.blocks.partition_point(|block| block.span.start <= span.start));
    next.is_some_and(|block| block.span.of(&document.text).starts_with(span.of(&document.text)))
}

/// The first of the rarer sort, where a text has both straight and curly ones.
fn mixed(document: &Document, marks: &Marks) -> Option<Finding> {
    let of = |wanted: Mark| marks.enclosures.iter().filter(move |enclosure| enclosure.mark == wanted);
    let (straight, curly) = (of(Mark::Straight).count(), of(Mark::Double).count());
    if straight == 0 || curly == 0 {
        return None;
    }
    let (rare, name, other) = if straight <= curly { (Mark::Straight, "straight", "curly") } else { (Mark::Double, "curly", "straight") };
    let first = of(rare).next()?.outer;
    let message = format!("{name} quotation marks here ({}), {other} ones elsewhere ({})", straight.min(curly), straight.max(curly));
    Some(Finding::in_target("quotes", Severity::Minor, segment_at(document, first.start), first, message))
}
