//! `jjak import`: units from the files of other tools.

use crate::cli::memory::Memory;
use crate::exchange::{self, Error, Format};
use crate::store::{Imported, Merge, Store};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::fs::File;
use std::process::ExitCode;

/// Brings units from other tools' files into the memory; what is there already is not doubled
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak import memory.tsv\n  jjak import --as tsv export.txt\n  jjak import --merge newest-key project.tmx"
)]
pub struct Arguments {
    /// The files; the format is told by the ending
    #[arg(required = true)]
    files: Vec<String>,
    /// The format, whatever the ending
    #[arg(long = "as", value_name = "FORMAT")]
    format: Option<String>,
    /// What happens to units that are like others but not the same
    #[arg(long, value_enum, default_value_t = MergeChoice::KeepAll)]
    merge: MergeChoice,
    #[command(flatten)]
    memory: Memory,
}

#[derive(Clone, Copy, ValueEnum)]
enum MergeChoice {
    /// Different translations of one text stay side by side
    KeepAll,
    /// Of units with the same source text the newest stays
    NewestText,
    /// Of units with the same key (tuid) the newest stays
    NewestKey,
}

impl MergeChoice {
    fn merge(self) -> Merge {
        match self {
            MergeChoice::KeepAll => Merge::KeepAll,
            MergeChoice::NewestText => Merge::NewestText,
            MergeChoice::NewestKey => Merge::NewestKey,
        }
    }
}

/// Imports every file and says what was done.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut store = arguments.memory.open()?;
    for file in &arguments.files {
        let imported = import(&mut store, file, format(file, arguments.format.as_deref())?, arguments.merge.merge())?;
        println!("{file}: {}", sentence(&imported));
    }
    Ok(ExitCode::SUCCESS)
}

/// What was done, without what was not.
fn sentence(imported: &Imported) -> String {
    let mut sentence = format!("{} units added, {} known", imported.added, imported.known);
    let parts = [
        (imported.replaced, "older ones replaced"),
        (imported.outdated, "left out since the memory has newer ones"),
        (imported.empty, "left out since one side is empty"),
    ];
    for (count, what) in parts.into_iter().filter(|(count, _)| *count > 0) {
        sentence += &format!(", {count} {what}");
    }
    sentence
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

fn import(store: &mut Store, file: &str, format: &Format, merge: Merge) -> Result<Imported> {
    let mut data = File::open(file).with_context(|| format!("{file}: cannot be opened; check the name and the permissions"))?;
    let mut import = store.import(file)?.merging(merge);
    let result = (format.read)(&mut data, &mut |unit| import.add(unit).map_err(|error| Error::Other(error.into())));
    if let Err(Error::Other(error)) = result {
        return Err(anyhow::anyhow!("{file}: {error}"));
    }
    // What came before the place where a file breaks off is whole and stays.
    let imported = import.finish()?;
    let losses = result.map_err(|error| anyhow::anyhow!("{file}:{error}{}", kept(&imported)))?;
    losses.sentences().into_iter().for_each(|sentence| eprintln!("note: {file}: not carried: {sentence}"));
    Ok(imported)
}

fn kept(imported: &Imported) -> String {
    match imported.added {
        0 => String::new(),
        added => format!(" ({added} units before that were added; mend the file and import it again, nothing will be doubled)"),
    }
}
