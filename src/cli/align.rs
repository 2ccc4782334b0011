//! `jjak align`: the aligned pairs of two documents.

use super::note::note;
use super::pair::{self, PairArguments};
use super::progress::Progress;
use super::{format, terminal};
use crate::align::evidence::Matrix;
use crate::align::{self, Alignment};
use crate::report::{Aligned, Format};
use crate::store::Store;
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;

/// The aligned pairs of two documents
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak align brief.ko.txt brief.en.txt\n  jjak align --save brief.ko.txt brief.en.txt\n  jjak align --mode summary brief.ko.txt summary.en.txt --format json\n  pdftotext brief.pdf - | jjak align - brief.en.txt"
)]
pub struct Arguments {
    /// The Korean original; - reads standard input
    source: String,
    /// The English translation or summary
    target: String,
    /// The output form
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = format::that_can(|format| format.align.is_some()))]
    format: &'static Format,
    /// Put the pair into the memory; what is confirmed there of an earlier version is kept
    #[arg(long)]
    save: bool,
    #[command(flatten)]
    pair: PairArguments,
}

/// Prints the beads.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    // Made first if there is none: reading its terms is then as good as any memory's.
    let mut memory = if arguments.save { Some(arguments.pair.memory().open()?) } else { None };
    let (given, _) = arguments.pair.given(&arguments.target)?;
    let (source, target) = pair::read_pair(&arguments.source, &arguments.target, &given)?;
    let progress = Progress::waiting(pair::sizes(&source, &target));
    let matrix = Matrix::new(&source, &target);
    let alignment = align::align(&matrix, arguments.pair.mode());
    drop(progress);
    tracing::info!(beads = alignment.beads.len(), mode = ?alignment.mode, "aligned");
    if let Some(memory) = &mut memory {
        save(memory, &matrix, &alignment)?;
    }
    let aligned = Aligned { matrix: &matrix, alignment: &alignment, width: terminal::width() };
    format::print(arguments.format, |out| arguments.format.align.map_or(Ok(()), |align| align(&aligned, out)))?;
    Ok(ExitCode::SUCCESS)
}

/// Saves the pair and says on stderr what that did.
fn save(memory: &mut Store, matrix: &Matrix, alignment: &Alignment) -> Result<()> {
    let saved = memory.save_pair(&matrix.source.document, &matrix.target.document, &alignment.beads)?;
    match saved.changed {
        true => note(format_args!("saved as pair {}: {} new units, {} confirmed beads kept", saved.pair, saved.added, saved.kept)),
        false => note(format_args!("pair {} is in the memory already; nothing has changed", saved.pair)),
    }
    Ok(())
}
