//! `jjak backup`: a copy of the memory as it is now.

use super::format::{Form, print_json};
use crate::cli::memory::Memory;
use anyhow::{Result, bail};
use clap::Args;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Copies the memory as it is now to another file, while others may go on writing
#[derive(Args)]
#[command(after_help = "Example:\n  jjak backup /mnt/backups/memory.jjak")]
pub struct Arguments {
    /// The copy; an older backup of that name is replaced once the new one is whole
    file: PathBuf,
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    #[command(flatten)]
    memory: Memory,
}

/// Makes the copy and says how large it is.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let Some(store) = arguments.memory.open_to_read()? else {
        bail!("{}: expected a memory to copy, found no file", arguments.memory.path()?.display());
    };
    let bytes = store.back_up(&arguments.file)?;
    let path = arguments.file.display().to_string();
    match arguments.format {
        Form::Text => writeln!(io::stdout(), "{path}: {:.1} MB", bytes as f64 / 1e6)?,
        Form::Json => print_json(&Output { schema: "jjak/backup/1", path: &path, bytes })?,
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    path: &'a str,
    bytes: u64,
}
