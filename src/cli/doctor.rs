//! `jjak doctor`: examines the memory and mends what can be mended.

use super::format::{Form, print_json};
use crate::cli::memory::Memory;
use crate::store::{Diagnosis, Rescued, rescue};
use anyhow::{Result, bail};
use clap::Args;
use serde::Serialize;
use std::collections::BTreeMap;
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
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    #[command(flatten)]
    memory: Memory,
}

/// Examines, and mends or rescues as asked.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    if let Some(new) = &arguments.rescue {
        return save_what_can_be_read(&arguments.memory.path()?, new, arguments.format);
    }
    let Some(store) = arguments.memory.open_to_read()? else {
        bail!("{}: expected a memory to examine, found no file", arguments.memory.path()?.display());
    };
    let diagnosis = store.examine()?;
    drop(store);
    if let Form::Text = arguments.format {
        print(&diagnosis)?;
    }
    let left = if diagnosis.is_well() || arguments.check { None } else { Some(mend(&arguments.memory, &diagnosis)?) };
    let is_mended = left.as_ref().is_some_and(Diagnosis::is_well);
    match (arguments.format, &left) {
        (Form::Json, _) => print_json(&Output::new(&diagnosis, left.as_ref()))?,
        (Form::Text, Some(_)) if is_mended => writeln!(io::stdout(), "mended")?,
        (Form::Text, Some(left)) => print(left)?,
        (Form::Text, None) => {}
    }
    Ok(if diagnosis.is_well() || is_mended { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Mends what can be mended; gives what is wrong afterwards.
fn mend(memory: &Memory, diagnosis: &Diagnosis) -> Result<Diagnosis> {
    let mut store = memory.open()?;
    store.mend(diagnosis)?;
    Ok(store.examine()?)
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    well: bool,
    #[serde(flatten)]
    diagnosis: &'a Diagnosis,
    /// Whether all was mended; none where nothing was tried.
    mended: Option<bool>,
}

impl<'a> Output<'a> {
    fn new(diagnosis: &'a Diagnosis, left: Option<&Diagnosis>) -> Output<'a> {
        Output { schema: "jjak/doctor/1", well: diagnosis.is_well(), diagnosis, mended: left.map(Diagnosis::is_well) }
    }
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

fn save_what_can_be_read(from: &Path, to: &Path, format: Form) -> Result<ExitCode> {
    let rescued = rescue(from, to)?;
    match format {
        Form::Text => print_rescued(&rescued)?,
        Form::Json => {
            let rows = rescued.rows.iter().copied().collect();
            print_json(&RescueOutput { schema: "jjak/rescue/1", path: &to.display().to_string(), rows, lost: rescued.lost })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print_rescued(rescued: &Rescued) -> io::Result<()> {
    for (table, rows) in rescued.rows.iter().filter(|(_, rows)| *rows > 0) {
        writeln!(io::stdout(), "{table}: {rows} rows saved")?;
    }
    match rescued.lost {
        0 => writeln!(io::stdout(), "nothing was lost"),
        lost => writeln!(io::stdout(), "{lost} places could not be read"),
    }
}

#[derive(Serialize)]
struct RescueOutput<'a> {
    schema: &'static str,
    path: &'a str,
    rows: BTreeMap<&'static str, u64>,
    lost: u64,
}
