//! Checks: what an editor should look at before publication.

pub mod comparison;
pub mod acronym;
pub mod article;
pub mod condition;
pub mod country;
pub mod currency;
pub mod date;
pub mod glued;
pub mod marks;
pub mod term_variants;
pub mod term;
pub mod quotation;
pub mod original;
pub mod name_variants;
pub mod list_count;
pub mod length;
pub mod acronym_defined;
pub mod url;
pub mod spaces;
pub mod quotes;
pub mod mojibake;
pub mod heading;
pub mod ignore;
pub mod doubled_word;
pub mod brackets;
pub mod modality;
pub mod name;
pub mod negation;
pub mod number;
pub mod passage;
pub mod percent;
pub mod residue;
pub mod unit;
pub mod unsupported;
pub mod untranslated;

use crate::align::Side;
use crate::align::evidence::Matrix;
use crate::glossary::Matcher;
use crate::support::Row;
use crate::support::facts::Facts;
use crate::text::Span;
use serde::Serialize;
use std::sync::Arc;

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

/// How much an editor wants to see. Each profile has the checks of those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// What is wrong in any text, finished or not.
    Draft,
    /// What should be right before a text is published.
    #[default]
    Publication,
    /// Matters of house style, and checks that are often wrong (see benches/records/noise.md).
    Strict,
}

impl Profile {
    /// The name, as given to `--profile`.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Draft => "draft",
            Profile::Publication => "publication",
            Profile::Strict => "strict",
        }
    }
}

/// A kind of thing to find. Its page is its manual and its test.
pub struct Check {
    /// Its name, as `explain` takes it and findings carry it.
    pub name: &'static str,
    /// The ITS 2.0 localization quality issue type.
    pub issue_type: &'static str,
    /// One line on what it finds.
    pub summary: &'static str,
    /// The first profile that it runs in.
    pub profile: Profile,
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
        profile: Profile::Draft,
        page: include_str!("acronym.md"),
        run: acronym::run,
    },
    Check {
        name: "acronym-defined",
        issue_type: "terminology",
        summary: "an acronym that is not explained",
        profile: Profile::Publication,
        page: include_str!("acronym-defined.md"),
        run: acronym_defined::run,
    },
    Check {
        name: "article",
        issue_type: "numbers",
        summary: "an article or other numbered thing that the original does not have",
        profile: Profile::Draft,
        page: include_str!("article.md"),
        run: article::run,
    },
    Check {
        name: "brackets",
        issue_type: "typographical",
        summary: "brackets that do not match",
        profile: Profile::Publication,
        page: include_str!("brackets.md"),
        run: brackets::run,
    },
    Check {
        name: "condition",
        issue_type: "mistranslation",
        summary: "a condition added, lost or turned",
        profile: Profile::Draft,
        page: include_str!("condition.md"),
        run: condition::run,
    },
    Check {
        name: "country",
        issue_type: "inconsistent-entities",
        summary: "a country that the original does not name",
        profile: Profile::Draft,
        page: include_str!("country.md"),
        run: country::run,
    },
    Check {
        name: "currency",
        issue_type: "numbers",
        summary: "a sum of money that the original does not have",
        profile: Profile::Draft,
        page: include_str!("currency.md"),
        run: currency::run,
    },
    Check {
        name: "date",
        issue_type: "numbers",
        summary: "a date that the original does not have",
        profile: Profile::Draft,
        page: include_str!("date.md"),
        run: date::run,
    },
    Check {
        name: "doubled-word",
        issue_type: "duplication",
        summary: "a word written twice",
        profile: Profile::Draft,
        page: include_str!("doubled-word.md"),
        run: doubled_word::run,
    },
    Check {
        name: "glued",
        issue_type: "typographical",
        summary: "letters stuck to a full stop",
        profile: Profile::Draft,
        page: include_str!("glued.md"),
        run: glued::run,
    },
    Check {
        name: "heading",
        issue_type: "inconsistency",
        summary: "a numbered heading that is missing or counted twice",
        profile: Profile::Publication,
        page: include_str!("heading.md"),
        run: heading::run,
    },
    Check {
        name: "length",
        issue_type: "length",
        summary: "a sentence far longer or shorter than its source",
        profile: Profile::Strict,
        page: include_str!("length.md"),
        run: length::run,
    },
    Check {
        name: "list-count",
        issue_type: "numbers",
        summary: "a number of things that the list does not have",
        profile: Profile::Publication,
        page: include_str!("list-count.md"),
        run: list_count::run,
    },
    Check {
        name: "modality",
        issue_type: "mistranslation",
        summary: "must for may, or may for must",
        profile: Profile::Draft,
        page: include_str!("modality.md"),
        run: modality::run,
    },
    Check {
        name: "mojibake",
        issue_type: "characters",
        summary: "characters in the wrong encoding",
        profile: Profile::Draft,
        page: include_str!("mojibake.md"),
        run: mojibake::run,
    },
    Check {
        name: "name",
        issue_type: "inconsistent-entities",
        summary: "a name that the original does not have",
        profile: Profile::Draft,
        page: include_str!("name.md"),
        run: name::run,
    },
    Check {
        name: "name-variants",
        issue_type: "inconsistent-entities",
        summary: "one name in two spellings",
        profile: Profile::Publication,
        page: include_str!("name-variants.md"),
        run: name_variants::run,
    },
    Check {
        name: "negation",
        issue_type: "mistranslation",
        summary: "a negation added or lost",
        profile: Profile::Draft,
        page: include_str!("negation.md"),
        run: negation::run,
    },
    Check {
        name: "number",
        issue_type: "numbers",
        summary: "a number that the original does not have",
        profile: Profile::Draft,
        page: include_str!("number.md"),
        run: number::run,
    },
    Check {
        name: "original",
        issue_type: "other",
        summary: "the original that the text names is missing",
        profile: Profile::Publication,
        page: include_str!("original.md"),
        run: original::run,
    },
    Check {
        name: "percent",
        issue_type: "numbers",
        summary: "a percentage that the original does not have",
        profile: Profile::Draft,
        page: include_str!("percent.md"),
        run: percent::run,
    },
    Check {
        name: "quotation",
        issue_type: "addition",
        summary: "words in quotation marks that the original does not quote",
        profile: Profile::Publication,
        page: include_str!("quotation.md"),
        run: quotation::run,
    },
    Check {
        name: "quotes",
        issue_type: "typographical",
        summary: "quotation marks that do not match",
        profile: Profile::Publication,
        page: include_str!("quotes.md"),
        run: quotes::run,
    },
    Check {
        name: "residue",
        issue_type: "untranslated",
        summary: "Korean left in the English",
        profile: Profile::Draft,
        page: include_str!("residue.md"),
        run: residue::run,
    },
    Check {
        name: "spaces",
        issue_type: "whitespace",
        summary: "spaces too many, missing or in the wrong place",
        profile: Profile::Publication,
        page: include_str!("spaces.md"),
        run: spaces::run,
    },
    Check {
        name: "term",
        issue_type: "terminology",
        summary: "a forbidden term, or one of the glossary that is not used",
        profile: Profile::Publication,
        page: include_str!("term.md"),
        run: term::run,
    },
    Check {
        name: "term-variants",
        issue_type: "inconsistency",
        summary: "one thing written in two ways",
        profile: Profile::Publication,
        page: include_str!("term-variants.md"),
        run: term_variants::run,
    },
    Check {
        name: "unit",
        issue_type: "numbers",
        summary: "a measure that the original does not have",
        profile: Profile::Draft,
        page: include_str!("unit.md"),
        run: unit::run,
    },
    Check {
        name: "unsupported",
        issue_type: "addition",
        summary: "a passage without a source",
        profile: Profile::Draft,
        page: include_str!("unsupported.md"),
        run: unsupported::run,
    },
    Check {
        name: "untranslated",
        issue_type: "untranslated",
        summary: "a Korean sentence, or Korean in Latin letters",
        profile: Profile::Draft,
        page: include_str!("untranslated.md"),
        run: untranslated::run,
    },
    Check {
        name: "url",
        issue_type: "non-conformance",
        summary: "an address that cannot work",
        profile: Profile::Publication,
        page: include_str!("url.md"),
        run: url::run,
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
    /// Terms that the user brings along.
    pub terms: Option<Arc<Matcher>>,
}

impl<'a> Examination<'a> {
    /// A target without an original.
    pub fn alone(target: &'a Side) -> Examination<'a> {
        Examination { source: None, target, ledger: &[], facts: Facts::default(), matrix: None, terms: None }
    }

    /// A target with its original; looks up its facts there.
    pub fn of(matrix: &'a Matrix<'a>, ledger: &'a [Row]) -> Examination<'a> {
        Examination {
            source: Some(matrix.source),
            target: matrix.target,
            ledger,
            facts: Facts::of(matrix, ledger),
            matrix: Some(matrix),
            terms: None,
        }
    }
}

impl Examination<'_> {
    /// Where a row stands in the ledger.
    pub fn row_index(&self, row: &Row) -> usize {
        self.ledger.partition_point(|other| other.target_index < row.target_index)
    }

    /// The same with the terms of the user's glossary.
    pub fn with_terms(self, terms: Option<Arc<Matcher>>) -> Self {
        Examination { terms, ..self }
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

/// Runs the checks of the usual profile; findings by place in the text.
pub fn run(examination: &Examination) -> Vec<Finding> {
    run_in(examination, Profile::default())
}

/// Runs the checks of a profile; findings by place in the text.
pub fn run_in(examination: &Examination, profile: Profile) -> Vec<Finding> {
    run_these(examination, CHECKS.iter().filter(|check| check.profile <= profile))
}

/// Runs some checks; findings by place in the text.
pub fn run_these<'c>(examination: &Examination, checks: impl IntoIterator<Item = &'c Check>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in checks {
        (check.run)(examination, &mut findings);
    }
    findings.sort_by(|a, b| (b.place, a.span, a.check, &a.message).cmp(&(a.place, b.span, b.check, &b.message)));
    findings
}

impl Finding {
    /// Something in the English, with no more to say of it than a message.
    pub fn in_target(check: &'static str, severity: Severity, segment_index: usize, span: Span, message: String) -> Finding {
        Finding { check, severity, place: Place::Target, segment_index, span, message, related: Vec::new(), suggestion: None }
    }

    /// The same with what to write instead.
    pub fn with_suggestion(self, suggestion: impl Into<String>) -> Finding {
        Finding { suggestion: Some(suggestion.into()), ..self }
    }

    /// The same with a place that explains it.
    pub fn with_related(mut self, place: Place, segment_index: usize, span: Span) -> Finding {
        self.related.push(Related { place, segment_index, span });
        self
    }

    /// A fingerprint of the check and the texts it is about, which stays the same when other parts of the document change.
    pub fn fingerprint(&self, examination: &Examination) -> String {
        let document = match self.place {
            Place::Target => &examination.target.document,
            Place::Source => &examination.source.unwrap_or(examination.target).document,
        };
        let words: Vec<&str> = document.segment_text(self.segment_index).split_whitespace().collect();
        let text = format!("{}\u{1F}{}\u{1F}{}", self.check, words.join(" "), self.span.of(&document.text));
        format!("{:016x}", crate::text::fnv(text.bytes()))
    }
}
