//! `jjak check`: the ledger of a pair, and everything to look at before publication.

use super::config::{Config, FailOn, ProfileChoice};
use super::note::note;
use super::pair::{self, PairArguments};
use super::progress::Progress;
use super::silence::{Baseline, Sorted};
use super::{format, terminal};
use crate::align::evidence::Matrix;
use crate::align::{Side, align};
use crate::anchor::Given;
use crate::check::{self, Check, Examination, Finding};
use crate::report::{Checked, Format};
use crate::support::omitted::omitted;
use crate::text::Language;
use crate::{read, support};
use anyhow::{Result, bail};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// What to look at before publication: passages without a source, changed facts, artefacts
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak check brief.ko.txt summary.en.txt\n  jjak check summary.en.txt                                   what the English alone shows\n  jjak check brief.ko.txt summary.en.txt --glossary house.tsv --date 2025-06-19\n  jjak check brief.ko.txt summary.en.txt --format html > report.html\n  jjak check brief.ko.txt summary.en.txt --omitted\n  jjak check brief.ko.txt summary.en.txt --profile strict --fail-on critical\n\nExit codes: 0 no finding at or above --fail-on, 1 there is one, 2 a document could not be read.\njjak explain NAME says what a check finds and what it leaves alone, jjak explain configuration how a house sets its checks"
)]
pub struct Arguments {
    /// The Korean original; or, alone, the English text
    source: String,
    /// The English translation or summary
    target: Option<String>,
    /// Exit with 1 when a finding is at least this severe: major, if nothing else is said
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Which checks run: those for publication, if nothing else is said
    #[arg(long, value_enum, value_name = "PROFILE")]
    profile: Option<ProfileChoice>,
    /// An earlier run's JSON, JSON Lines or SARIF: what was found then is known and does not count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Show what the Korean says and the English does not, the weightiest first
    #[arg(long, requires = "target")]
    omitted: bool,
    /// The output form
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = format::that_can(|format| format.check.is_some()))]
    format: &'static Format,
    #[command(flatten)]
    pair: PairArguments,
}

/// Checks a pair, or a target alone.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let baseline = arguments.baseline.as_deref().map(Baseline::read).transpose()?;
    let (given, config) = arguments.pair.given(arguments.target.as_ref().unwrap_or(&arguments.source))?;
    let (source, target) = match &arguments.target {
        Some(target) => {
            pair::read_pair(&arguments.source, target, &given, arguments.pair.memory()).map(|(source, target)| (Some(source), target))?
        }
        None => (None, target_alone(&arguments.source, &given)?),
    };
    let progress = source.as_ref().map(|source| Progress::waiting(pair::sizes(source, &target)));
    let matrix = source.as_ref().map(|source| Matrix::new(source, &target));
    let ledger = matrix.as_ref().map(support::ledger).unwrap_or_default();
    let mode = matrix.as_ref().map(|matrix| arguments.pair.mode().unwrap_or_else(|| align(matrix, None).mode));
    let examination = matrix
        .as_ref()
        .map_or_else(|| Examination::alone(&target), |matrix| Examination::of(matrix, &ledger))
        .with_terms(given.terms.clone());
    tracing::info!(rows = ledger.len(), mode = ?mode, "ledger");
    let omitted = matrix.as_ref().filter(|_| arguments.omitted).map(|matrix| omitted(matrix, &ledger));
    let checks = config.checks(arguments.profile.or(config.profile()).unwrap_or(ProfileChoice::Publication));
    let silences = config.silences(&target.document.path)?;
    let sorted = Sorted::of(found(&examination, &checks, &config), &examination, &checks, &silences, baseline.as_ref());
    tracing::info!(findings = sorted.open.len(), silenced = sorted.silenced.len(), "checked");
    drop(progress);
    sorted.notes.iter().for_each(note);
    let checked = Checked {
        examination: &examination,
        mode,
        checks: &checks,
        findings: &sorted.open,
        silenced: &sorted.silenced,
        omitted: omitted.as_deref(),
        notes: &sorted.notes,
        fail_on: arguments.fail_on.or(config.fail_on()).unwrap_or(FailOn::Major).severity(),
        width: terminal::width(),
        elapsed: started.elapsed(),
    };
    format::print(arguments.format, |out| arguments.format.check.map_or(Ok(()), |check| check(&checked, out)))?;
    Ok(if sorted.open.iter().any(|finding| checked.fails(finding)) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// What the checks find, as severe as the house has it.
fn found(examination: &Examination, checks: &[&'static Check], config: &Config) -> Vec<Finding> {
    let mut findings = check::run_these(examination, checks.iter().copied());
    for finding in &mut findings {
        finding.severity = config.severity(finding.check).unwrap_or(finding.severity);
    }
    findings
}

fn target_alone(path: &str, given: &Given) -> Result<Side> {
    let document = read::file(path)?;
    if document.language == Language::Korean {
        bail!("{path}: expected English text, found Korean; to check a summary against it, name the English second");
    }
    pair::expect(&document, Language::English)?;
    Ok(Side::alone(document, given))
}
