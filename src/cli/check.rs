//! `jjak check`: the ledger of a pair, and everything to look at before publication.

use super::pair::{self, EvidenceOutput, PairArguments};
use super::segment::DocumentOutput;
use super::terminal;
use crate::align::evidence::Matrix;
use crate::align::{Mode, Side, align};
use crate::anchor::Given;
use crate::check::{self, Examination, Finding, Place, Severity};
use crate::support::{self, Row, Verdict};
use crate::text::Language;
use crate::{read, report};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::time::Instant;

/// What to look at before publication: passages without a source, changed facts, artefacts
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak check brief.ko.txt summary.en.txt\n  jjak check summary.en.txt                                   what the English alone shows\n  jjak check brief.ko.txt summary.en.txt --glossary house.tsv --date 2025-06-19\n  jjak check brief.ko.txt summary.en.txt --format json --fail-on critical\n\nExit codes: 0 no finding at or above --fail-on, 1 there is one, 2 a document could not be read.\njjak explain NAME says what a check finds and what it leaves alone"
)]
pub struct Arguments {
    /// The Korean original; or, alone, the English text
    source: String,
    /// The English translation or summary
    target: Option<String>,
    /// Exit with 1 when a finding is at least this severe
    #[arg(long, value_enum, default_value_t = FailOn::Major)]
    fail_on: FailOn,
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    pair: PairArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Minor,
    Major,
    Critical,
    Never,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Checks a pair, or a target alone.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let given = arguments.pair.given()?;
    let (source, target) = match &arguments.target {
        Some(target) => pair::read_pair(&arguments.source, target, &given).map(|(source, target)| (Some(source), target))?,
        None => (None, target_alone(&arguments.source, &given)?),
    };
    let matrix = source.as_ref().map(|source| Matrix::new(source, &target));
    let ledger = matrix.as_ref().map(support::ledger).unwrap_or_default();
    let mode = matrix.as_ref().map(|matrix| arguments.pair.mode().unwrap_or_else(|| align(matrix, None).mode));
    let examination = matrix.as_ref().map_or_else(|| Examination::alone(&target), |matrix| Examination::of(matrix, &ledger));
    tracing::info!(rows = ledger.len(), mode = ?mode, "ledger");
    let findings = check::run(&examination);
    tracing::info!(findings = findings.len(), "checked");
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout()));
    match arguments.format {
        Format::Text => report::text::check(&examination, &findings, terminal::width(), started.elapsed(), &mut out)?,
        Format::Json => {
            serde_json::to_writer(&mut out, &output(&examination, mode, &findings))?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(if findings.iter().any(|finding| fails(arguments.fail_on, finding.severity)) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn target_alone(path: &str, given: &Given) -> Result<Side> {
    let document = read::file(path)?;
    if document.language != Language::English {
        bail!("{path}: expected English text, found Korean; to check a summary against it, name the English second");
    }
    Ok(Side::alone(document, given))
}

fn fails(limit: FailOn, severity: Severity) -> bool {
    match limit {
        FailOn::Minor => true,
        FailOn::Major => severity >= Severity::Major,
        FailOn::Critical => severity >= Severity::Critical,
        FailOn::Never => false,
    }
}

fn output<'a>(examination: &'a Examination, mode: Option<Mode>, findings: &'a [Finding]) -> Output<'a> {
    Output {
        schema: "jjak/check/1",
        mode,
        source: examination.source.map(|side| (&side.document).into()),
        target: (&examination.target.document).into(),
        ledger: examination.ledger.iter().map(|row| row_output(examination, row)).collect(),
        findings: findings.iter().map(|finding| finding_output(examination, finding)).collect(),
    }
}

fn row_output<'a>(examination: &'a Examination, row: &'a Row) -> RowOutput<'a> {
    let text = &examination.target.document.text;
    RowOutput {
        target: row.target_index + 1,
        verdict: row.verdict,
        support: (row.support * 10_000.0).round() / 10_000.0,
        sources: pair::numbers(&row.sources),
        evidence: row.evidence.iter().map(EvidenceOutput::from).collect(),
        missing: row
            .missing
            .iter()
            .map(|(kind, span)| MissingOutput { kind, start: span.start, end: span.end, text: span.of(text) })
            .collect(),
        unsupported: row.unsupported_span.map(|span| RangeOutput { start: span.start, end: span.end }),
    }
}

fn finding_output<'a>(examination: &'a Examination, finding: &'a Finding) -> FindingOutput<'a> {
    let related = finding.related.iter().map(|related| RelatedOutput {
        side: related.place,
        segment: related.segment_index + 1,
        start: related.span.start,
        end: related.span.end,
    });
    FindingOutput {
        id: finding.fingerprint(examination),
        check: finding.check,
        severity: finding.severity,
        side: finding.place,
        segment: finding.segment_index + 1,
        start: finding.span.start,
        end: finding.span.end,
        message: &finding.message,
        related: related.collect(),
        suggestion: finding.suggestion.as_deref(),
    }
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    mode: Option<Mode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<DocumentOutput<'a>>,
    target: DocumentOutput<'a>,
    ledger: Vec<RowOutput<'a>>,
    findings: Vec<FindingOutput<'a>>,
}

#[derive(Serialize)]
struct RowOutput<'a> {
    target: usize,
    verdict: Verdict,
    support: f64,
    sources: Vec<usize>,
    evidence: Vec<EvidenceOutput<'a>>,
    missing: Vec<MissingOutput<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unsupported: Option<RangeOutput>,
}

#[derive(Serialize)]
struct MissingOutput<'a> {
    kind: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct RangeOutput {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct FindingOutput<'a> {
    id: String,
    check: &'a str,
    severity: Severity,
    side: Place,
    segment: usize,
    start: usize,
    end: usize,
    message: &'a str,
    related: Vec<RelatedOutput>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<&'a str>,
}

#[derive(Serialize)]
struct RelatedOutput {
    side: Place,
    segment: usize,
    start: usize,
    end: usize,
}
