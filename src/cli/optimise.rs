//! `jjak optimise`: brings the index of the memory up to date.

use crate::cli::memory::Memory;
use anyhow::Result;
use clap::Args;
use std::io::{self, Write};
use std::process::ExitCode;

/// Brings the memory's index up to date, so that look-ups after many small additions are as fast as can be
#[derive(Args)]
#[command(after_help = "Example:\n  jjak optimise")]
pub struct Arguments {
    #[command(flatten)]
    memory: Memory,
}

/// Writes what parts of the index are due.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    match arguments.memory.open_existing()?.optimise()? {
        0 => writeln!(io::stdout(), "the index is up to date")?,
        1 => writeln!(io::stdout(), "one part of the index written")?,
        count => writeln!(io::stdout(), "{count} parts of the index written")?,
    }
    Ok(ExitCode::SUCCESS)
}
