//! Checks: what an editor should look at before publication.

use crate::align::Side;
use crate::support::Row;
use crate::text::Span;
use serde::Serialize;

/// How much a finding matters (MQM).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look.
    Minor,
    /// Should be mended.
    Major,
    /// Must not be published.
    Critical,
}

/// Which document a finding is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The Korean original.
    Source,
    /// The English text.
    Target,
}

/// A kind of thing to find. Its page is its manual and its test.
pub struct Check {
    /// Its name, as `explain` takes it and findings carry it.
    pub name: &'static str,
    /// The ITS 2.0 localization quality issue type.
    pub issue_type: &'static str,
    /// One line on what it finds.
    pub summary: &'static str,
    /// The manual page, in Markdown.
    pub page: &'static str,
    /// Finds.
    pub run: fn(&Examination, &mut Vec<Finding>),
}

/// What a check may look at.
pub struct Examination<'a> {
    /// The original, when there is one.
    pub source: Option<&'a Side>,
    /// The text that is checked.
    pub target: &'a Side,
    /// The ledger; empty without an original.
    pub ledger: &'a [Row],
}

/// Something to look at before publication.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The check that found it.
    pub check: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The document it is in.
    pub place: Place,
    /// Index from 0 of the segment it is in.
    pub segment_index: usize,
    /// The bytes it is about, in that document.
    pub span: Span,
    /// What is wrong, with the evidence.
    pub message: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// What to write instead, where that is certain.
    pub suggestion: Option<String>,
}

/// A place that explains a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Related {
    /// The document.
    pub place: Place,
    /// Index from 0 of the segment.
    pub segment_index: usize,
    /// The bytes, in that document.
    pub span: Span,
}
