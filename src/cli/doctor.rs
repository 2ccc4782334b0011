//! `jjak doctor`: examines the memory and mends what can be mended.

use crate::cli::memory::Memory;
use crate::store::{Diagnosis, rescue};
use anyhow::{Result, bail};
use clap::Args;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Examines the whole memory and makes its index again from the units if it is wrong
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak doctor\n  jjak doctor --check                 only says what is wrong\n  jjak doctor --rescue saved.jjak     what can be read of a damaged memory\n\nExit codes: 0 all is well, or was mended; 1 something is wrong (--check); 2 the file is damaged"
)]
pub struct Arguments {
    /// Only say what is wrong
    #[arg(long, conflicts_with = "rescue")]
    check: bool,
    /// Copy whatever can be read of a damaged memory into a new one
    #[arg(long, value_name = "NEW")]
    rescue: Option<PathBuf>,
    #[command(flatten)]
    memory: Memory,
}

/// Examines, and mends or rescues as asked.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    if let Some(new) = &arguments.rescue {
        return save_what_can_be_read(&arguments.memory.path()?, new);
    }
    let Some(store) = arguments.memory.open_to_read()? else {
        bail!("{}: expected a memory to examine, found no file", arguments.memory.path()?.display());
    };
    let diagnosis = store.examine()?;
    drop(store);
    print(&diagnosis)?;
    if diagnosis.is_well() {
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.check {
        return Ok(ExitCode::from(1));
    }
    let mut store = arguments.memory.open()?;
    store.mend(&diagnosis)?;
    let left = store.examine()?;
    if left.is_well() {
        writeln!(io::stdout(), "mended")?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&left)?;
    Ok(ExitCode::from(1))
}

fn print(diagnosis: &Diagnosis) -> io::Result<()> {
    if diagnosis.is_well() {
        writeln!(io::stdout(), "all is well")?;
    }
    diagnosis.file.iter().try_for_each(|finding| writeln!(io::stdout(), "file: {finding}"))?;
    diagnosis.index.iter().try_for_each(|finding| writeln!(io::stdout(), "index: {finding}"))?;
    if diagnosis.orphans > 0 {
        writeln!(io::stdout(), "{} rows speak of others that are not there", diagnosis.orphans)?;
    }
    if diagnosis.counts > 0 {
        writeln!(io::stdout(), "{} actions have another number of units than the log says", diagnosis.counts)?;
    }
    Ok(())
}

fn save_what_can_be_read(from: &Path, to: &Path) -> Result<ExitCode> {
    let rescued = rescue(from, to)?;
    for (table, rows) in rescued.rows.iter().filter(|(_, rows)| *rows > 0) {
        writeln!(io::stdout(), "{table}: {rows} rows saved")?;
    }
    match rescued.lost {
        0 => writeln!(io::stdout(), "nothing was lost")?,
        lost => writeln!(io::stdout(), "{lost} places could not be read")?,
    }
    Ok(ExitCode::SUCCESS)
}
