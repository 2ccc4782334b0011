//! `jjak check`: the ledger of a pair, and everything to look at before publication.

use super::pair::{self, PairArguments};
use super::progress::Progress;
use super::{format, terminal};
use crate::align::evidence::Matrix;
use crate::align::{Side, align};
use crate::anchor::Given;
use crate::check::{self, Examination, Severity};
use crate::report::{Checked, Format};
use crate::text::Language;
use crate::{read, support};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
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
    /// The output form
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = format::that_can(|format| format.check.is_some()))]
    format: &'static Format,
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

/// Checks a pair, or a target alone.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let given = arguments.pair.given()?;
    let (source, target) = match &arguments.target {
        Some(target) => pair::read_pair(&arguments.source, target, &given).map(|(source, target)| (Some(source), target))?,
        None => (None, target_alone(&arguments.source, &given)?),
    };
    let progress = source.as_ref().map(|source| Progress::waiting(pair::sizes(source, &target)));
    let matrix = source.as_ref().map(|source| Matrix::new(source, &target));
    let ledger = matrix.as_ref().map(support::ledger).unwrap_or_default();
    let mode = matrix.as_ref().map(|matrix| arguments.pair.mode().unwrap_or_else(|| align(matrix, None).mode));
    let examination = matrix.as_ref().map_or_else(|| Examination::alone(&target), |matrix| Examination::of(matrix, &ledger));
    tracing::info!(rows = ledger.len(), mode = ?mode, "ledger");
    let findings = check::run(&examination);
    tracing::info!(findings = findings.len(), "checked");
    drop(progress);
    let checked = Checked {
        examination: &examination,
        mode,
        checks: &check::CHECKS.iter().collect::<Vec<_>>(),
        findings: &findings,
        silenced: &[],
        notes: &[],
        fail_on: arguments.fail_on.severity(),
        width: terminal::width(),
        elapsed: started.elapsed(),
    };
    format::print(arguments.format, |out| arguments.format.check.map_or(Ok(()), |check| check(&checked, out)))?;
    Ok(if findings.iter().any(|finding| checked.fails(finding)) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn target_alone(path: &str, given: &Given) -> Result<Side> {
    let document = read::file(path)?;
    if document.language == Language::Korean {
        bail!("{path}: expected English text, found Korean; to check a summary against it, name the English second");
    }
    pair::expect(&document, Language::English)?;
    Ok(Side::alone(document, given))
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Minor => Some(Severity::Minor),
            FailOn::Major => Some(Severity::Major),
            FailOn::Critical => Some(Severity::Critical),
            FailOn::Never => None,
        }
    }
}
