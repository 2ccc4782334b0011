//! `jjak optimise`: brings the index of the memory up to date.

use super::format::{Form, print_json};
use crate::cli::memory::Memory;
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::io::{self, Write};
use std::process::ExitCode;

/// Brings the memory's index up to date, so that look-ups after many small additions are as fast as can be
#[derive(Args)]
#[command(after_help = "Example:\n  jjak optimise")]
pub struct Arguments {
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    #[command(flatten)]
    memory: Memory,
}

/// Writes what parts of the index are due.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let parts = arguments.memory.open_existing()?.optimise()?;
    if let Form::Json = arguments.format {
        print_json(&Output { schema: "jjak/optimise/1", parts })?;
        return Ok(ExitCode::SUCCESS);
    }
    match parts {
        0 => writeln!(io::stdout(), "the index is up to date")?,
        1 => writeln!(io::stdout(), "one part of the index written")?,
        count => writeln!(io::stdout(), "{count} parts of the index written")?,
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct Output {
    schema: &'static str,
    /// Parts of the index that were written.
    parts: usize,
}
