//! `jjak align`: the aligned pairs of two documents.

use super::pair::{self, EvidenceOutput, PairArguments};
use super::segment::DocumentOutput;
use super::terminal;
use crate::align::evidence::Matrix;
use crate::align::{self, Alignment, Mode};
use crate::report;
use crate::store::Store;
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::io::{self, BufWriter, Write};
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
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Put the pair into the memory; what is confirmed there of an earlier version is kept
    #[arg(long)]
    save: bool,
    #[command(flatten)]
    pair: PairArguments,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Prints the beads.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    // Made first if there is none: reading its terms is then as good as any memory's.
    let mut memory = if arguments.save { Some(arguments.pair.memory().open()?) } else { None };
    let (source, target) = pair::read_pair(&arguments.source, &arguments.target, &arguments.pair.given()?)?;
    let matrix = Matrix::new(&source, &target);
    let alignment = align::align(&matrix, arguments.pair.mode());
    tracing::info!(beads = alignment.beads.len(), mode = ?alignment.mode, "aligned");
    if let Some(memory) = &mut memory {
        save(memory, &matrix, &alignment)?;
    }
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout()));
    match arguments.format {
        Format::Text => report::text::alignment(&source, &target, &alignment, terminal::width(), &mut out)?,
        Format::Json => {
            serde_json::to_writer(&mut out, &output(&matrix, &alignment))?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Saves the pair and says on stderr what that did.
fn save(memory: &mut Store, matrix: &Matrix, alignment: &Alignment) -> Result<()> {
    let saved = memory.save_pair(&matrix.source.document, &matrix.target.document, &alignment.beads)?;
    match saved.changed {
        true => eprintln!("note: saved as pair {}: {} new units, {} confirmed beads kept", saved.pair, saved.added, saved.kept),
        false => eprintln!("note: pair {} is in the memory already; nothing has changed", saved.pair),
    }
    Ok(())
}

fn output<'a>(matrix: &'a Matrix, alignment: &'a Alignment) -> Output<'a> {
    let (source, target) = pair::documents(matrix.source, matrix.target);
    let beads = alignment.beads.iter().enumerate().map(|(index, bead)| BeadOutput {
        id: index + 1,
        source: pair::numbers(&bead.source),
        target: pair::numbers(&bead.target),
        score: (bead.score * 1000.0).round() / 1000.0,
        evidence: bead.evidence.iter().map(EvidenceOutput::from).collect(),
    });
    Output { schema: "jjak/align/1", mode: alignment.mode, source, target, beads: beads.collect() }
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    mode: Mode,
    source: DocumentOutput<'a>,
    target: DocumentOutput<'a>,
    beads: Vec<BeadOutput<'a>>,
}

#[derive(Serialize)]
struct BeadOutput<'a> {
    id: usize,
    source: Vec<usize>,
    target: Vec<usize>,
    score: f64,
    evidence: Vec<EvidenceOutput<'a>>,
}
