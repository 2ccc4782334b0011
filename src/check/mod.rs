//! Checks: what an editor should look at before publication.

pub mod comparison;
pub mod acronym;
pub mod article;
pub mod condition;
pub mod country;
pub mod currency;
pub mod date;
pub mod glued;
pub mod modality;
pub mod name;
pub mod negation;
pub mod number;
pub mod percent;
pub mod residue;
pub mod unit;
pub mod unsupported;

use crate::align::Side;
use crate::align::evidence::Matrix;
use crate::support::Row;
use crate::support::facts::Facts;
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

impl Severity {
    /// The name used in every output form.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Minor => "minor",
            Severity::Major => "major",
            Severity::Critical => "critical",
        }
    }
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

/// All checks, by name.
pub const CHECKS: &[Check] = &[
    Check {
        name: "acronym",
        issue_type: "inconsistent-entities",
        summary: "an acronym that the original does not have",
        page: include_str!("acronym.md"),
        run: acronym::run,
    },
    Check {
        name: "article",
        issue_type: "numbers",
        summary: "an article or other numbered thing that the original does not have",
        page: include_str!("article.md"),
        run: article::run,
    },
    Check {
        name: "condition",
        issue_type: "mistranslation",
        summary: "a condition added, lost or turned",
        page: include_str!("condition.md"),
        run: condition::run,
    },
    Check {
        name: "country",
        issue_type: "inconsistent-entities",
        summary: "a country that the original does not name",
        page: include_str!("country.md"),
        run: country::run,
    },
    Check {
        name: "currency",
        issue_type: "numbers",
        summary: "a sum of money that the original does not have",
        page: include_str!("currency.md"),
        run: currency::run,
    },
    Check {
        name: "date",
        issue_type: "numbers",
        summary: "a date that the original does not have",
        page: include_str!("date.md"),
        run: date::run,
    },
    Check {
        name: "glued",
        issue_type: "typographical",
        summary: "letters stuck to a full stop",
        page: include_str!("glued.md"),
        run: glued::run,
    },
    Check {
        name: "modality",
        issue_type: "mistranslation",
        summary: "must for may, or may for must",
        page: include_str!("modality.md"),
        run: modality::run,
    },
    Check {
        name: "name",
        issue_type: "inconsistent-entities",
        summary: "a name that the original does not have",
        page: include_str!("name.md"),
        run: name::run,
    },
    Check {
        name: "negation",
        issue_type: "mistranslation",
        summary: "a negation added or lost",
        page: include_str!("negation.md"),
        run: negation::run,
    },
    Check {
        name: "number",
        issue_type: "numbers",
        summary: "a number that the original does not have",
        page: include_str!("number.md"),
        run: number::run,
    },
    Check {
        name: "percent",
        issue_type: "numbers",
        summary: "a percentage that the original does not have",
        page: include_str!("percent.md"),
        run: percent::run,
    },
    Check {
        name: "residue",
        issue_type: "untranslated",
        summary: "Korean left in the English",
        page: include_str!("residue.md"),
        run: residue::run,
    },
    Check {
        name: "unit",
        issue_type: "numbers",
        summary: "a measure that the original does not have",
        page: include_str!("unit.md"),
        run: unit::run,
    },
    Check {
        name: "unsupported",
        issue_type: "addition",
        summary: "a passage without a source",
        page: include_str!("unsupported.md"),
        run: unsupported::run,
    },
];

/// What a check may look at.
pub struct Examination<'a> {
    /// The original, when there is one.
    pub source: Option<&'a Side>,
    /// The text that is checked.
    pub target: &'a Side,
    /// The ledger; empty without an original.
    pub ledger: &'a [Row],
    /// Where the facts of each row stand in the original.
    pub facts: Facts,
    /// All evidence between the two.
    pub matrix: Option<&'a Matrix<'a>>,
}

impl<'a> Examination<'a> {
    /// A target without an original.
    pub fn alone(target: &'a Side) -> Examination<'a> {
        Examination { source: None, target, ledger: &[], facts: Facts::default(), matrix: None }
    }

    /// A target with its original; looks up its facts there.
    pub fn of(matrix: &'a Matrix<'a>, ledger: &'a [Row]) -> Examination<'a> {
        Examination { source: Some(matrix.source), target: matrix.target, ledger, facts: Facts::of(matrix, ledger), matrix: Some(matrix) }
    }
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

/// Runs every check; findings by place in the text.
pub fn run(examination: &Examination) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in CHECKS {
        (check.run)(examination, &mut findings);
    }
    findings.sort_by(|a, b| (b.place, a.span, a.check, &a.message).cmp(&(a.place, b.span, b.check, &b.message)));
    findings
}

impl Finding {
    /// A fingerprint of the check and the texts it is about, which stays the same when other parts of the document change.
    pub fn fingerprint(&self, examination: &Examination) -> String {
        let document = match self.place {
            Place::Target => &examination.target.document,
            Place::Source => &examination.source.unwrap_or(examination.target).document,
        };
        let words: Vec<&str> = document.segment_text(self.segment_index).split_whitespace().collect();
        let text = format!("{}\u{1F}{}\u{1F}{}", self.check, words.join(" "), self.span.of(&document.text));
        format!("{:016x}", fingerprint(text.as_bytes()))
    }
}

/// FNV-1a, 64 bit: short, and the same on every machine and in every version.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
