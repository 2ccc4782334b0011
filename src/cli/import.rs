//! `jjak import`: units from the files of other tools.

use crate::cli::memory::Memory;
use crate::exchange::{self, Error, Format};
use crate::store::{Imported, Store};
use anyhow::{Context, Result};
use clap::Args;
use std::fs::File;
use std::process::ExitCode;

/// Brings units from other tools' files into the memory; what is there already is not doubled
#[derive(Args)]
#[command(after_help = "Examples:\n  jjak import memory.tsv\n  jjak import --as tsv export.txt")]
pub struct Arguments {
    /// The files; the format is told by the ending
    #[arg(required = true)]
    files: Vec<String>,
    /// The format, whatever the ending
    #[arg(long = "as", value_name = "FORMAT")]
    format: Option<String>,
    #[command(flatten)]
    memory: Memory,
}

/// Imports every file and says what was done.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut store = arguments.memory.open()?;
    for file in &arguments.files {
        let imported = import(&mut store, file, format(file, arguments.format.as_deref())?)?;
        println!("{file}: {} units added, {} known, {} without text on one side", imported.added, imported.known, imported.empty);
    }
    Ok(ExitCode::SUCCESS)
}

/// The format by name or by a file's ending.
pub fn format(file: &str, name: Option<&str>) -> Result<&'static Format> {
    let found = match name {
        Some(name) => exchange::format_named(name),
        None => exchange::format_of(file),
    };
    found.with_context(|| {
        let names: Vec<&str> = exchange::FORMATS.iter().map(|format| format.name).collect();
        format!("{file}: expected one of the formats {}; name it with --as", names.join(", "))
    })
}

/// What to know about the units before the place where a file broke off.
fn kept(count: u64) -> String {
    match count {
        0 => String::new(),
        _ => format!(" ({count} units before that were read; mend the file and import it again, nothing will be doubled)"),
    }
}

fn import(store: &mut Store, file: &str, format: &Format) -> Result<Imported> {
    let mut data = File::open(file).with_context(|| format!("{file}: cannot be opened; check the name and the permissions"))?;
    let mut import = store.import(file)?;
    let result = (format.read)(&mut data, &mut |unit| import.add(unit).map_err(|error| Error::Other(error.into())));
    let count = import.count();
    let losses = result.map_err(|error| anyhow::anyhow!("{file}:{error}{}", kept(count)))?;
    losses.sentences().into_iter().for_each(|sentence| eprintln!("note: {file}: not carried: {sentence}"));
    Ok(import.finish()?)
}
