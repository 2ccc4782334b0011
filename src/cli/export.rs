//! `jjak export`: the memory for other tools.

use crate::cli::import::format;
use crate::cli::memory::Memory;
use crate::exchange::Error;
use anyhow::{Context, Result};
use clap::Args;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

/// Writes the units of the memory for other tools
#[derive(Args)]
#[command(after_help = "Examples:\n  jjak export memory.tsv\n  jjak export --as tsv - | head")]
pub struct Arguments {
    /// The file to write; the format is told by the ending; - writes to standard output
    file: String,
    /// The format, whatever the ending
    #[arg(long = "as", value_name = "FORMAT")]
    format: Option<String>,
    #[command(flatten)]
    memory: Memory,
}

/// Writes every unit.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let format = format(&arguments.file, arguments.format.as_deref())?;
    let store = arguments.memory.open_to_read()?;
    let mut out: Box<dyn Write> = if arguments.file == "-" {
        Box::new(BufWriter::new(std::io::stdout().lock()))
    } else {
        let file = File::create(&arguments.file);
        Box::new(BufWriter::new(
            file.with_context(|| format!("{}: cannot be written; check the folder and the permissions", arguments.file))?,
        ))
    };
    let losses = (format.write)(&mut out, &mut |take| match &store {
        Some(store) => store.each_unit(|unit| take(unit.unit)),
        None => Ok(()),
    })?;
    out.flush()?;
    losses.sentences().into_iter().for_each(|sentence| eprintln!("note: {}: not carried: {sentence}", arguments.file));
    Ok(ExitCode::SUCCESS)
}

impl From<crate::store::Error> for Error {
    fn from(error: crate::store::Error) -> Error {
        Error::Other(Box::new(error))
    }
}
