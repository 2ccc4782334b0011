//! `jjak backup`: a copy of the memory as it is now.

use crate::cli::memory::Memory;
use anyhow::{Result, bail};
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Copies the memory as it is now to another file, while others may go on writing
#[derive(Args)]
#[command(after_help = "Example:\n  jjak backup /mnt/backups/memory.jjak")]
pub struct Arguments {
    /// The copy; an older backup of that name is replaced once the new one is whole
    file: PathBuf,
    #[command(flatten)]
    memory: Memory,
}

/// Makes the copy and says how large it is.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let Some(store) = arguments.memory.open_to_read()? else {
        bail!("{}: expected a memory to copy, found no file", arguments.memory.path()?.display());
    };
    let bytes = store.back_up(&arguments.file)?;
    writeln!(io::stdout(), "{}: {:.1} MB", arguments.file.display(), bytes as f64 / 1e6)?;
    Ok(ExitCode::SUCCESS)
}
