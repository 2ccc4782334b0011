//! `jjak import`: units from the files of other tools.

use crate::cli::memory::Memory;
use crate::cli::note::note;
use crate::cli::progress::Progress;
use crate::exchange::{self, Error, Format};
use crate::store::{Imported, Merge, Store};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::fs::File;
use std::io::{self, Read, Write};
use std::process::ExitCode;

/// Brings units from other tools' files into the memory; what is there already is not doubled
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak import memory.tmx\n  jjak import --as tsv export.txt\n  jjak import --merge newest-key project.tmx\n  zcat memory.tmx.gz | jjak import --as tmx -"
)]
pub struct Arguments {
    /// The files; the format is told by the ending; - reads standard input
    #[arg(required = true)]
    files: Vec<String>,
    /// The format, whatever the ending
    #[arg(long = "as", value_name = "FORMAT")]
    as_format: Option<String>,
    /// What happens to units that are like others but not the same
    #[arg(long, value_enum, default_value_t = MergeChoice::KeepAll)]
    merge: MergeChoice,
    /// What was done, as text for people or JSON for programs
    #[arg(long, value_enum, default_value_t = OutputForm::Text)]
    format: OutputForm,
    #[command(flatten)]
    memory: Memory,
}

#[derive(Clone, Copy, ValueEnum)]
enum OutputForm {
    Text,
    Json,
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
    let formats = arguments.files.iter().map(|file| format(file, arguments.as_format.as_deref())).collect::<Result<Vec<_>>>()?;
    let mut store = arguments.memory.open()?;
    let mut files = Vec::new();
    for (file, format) in arguments.files.iter().zip(formats) {
        let imported = import(&mut store, file, format, arguments.merge.merge())?;
        if let OutputForm::Text = arguments.format {
            writeln!(io::stdout(), "{file}: {}", sentence(&imported))?;
        }
        files.push(FileOutput::new(file, &imported));
    }
    if let OutputForm::Json = arguments.format {
        writeln!(io::stdout(), "{}", serde_json::to_string(&Output { schema: "jjak/import/1", files })?)?;
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    files: Vec<FileOutput<'a>>,
}

#[derive(Serialize)]
struct FileOutput<'a> {
    path: &'a str,
    added: u64,
    known: u64,
    replaced: u64,
    outdated: u64,
    empty: u64,
}

impl<'a> FileOutput<'a> {
    fn new(path: &'a str, imported: &Imported) -> FileOutput<'a> {
        let &Imported { added, known, replaced, outdated, empty, .. } = imported;
        FileOutput { path, added, known, replaced, outdated, empty }
    }
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
    let (data, bytes) = open(file)?;
    let progress = Progress::of_bytes(bytes, format!("importing {file}"));
    let mut import = store.import(file)?.merging(merge);
    let result = (format.read)(&mut progress.reading(data), &mut |unit| import.add(unit).map_err(|error| Error::Other(error.into())));
    if let Err(Error::Other(error)) = result {
        return Err(anyhow::anyhow!("{file}: {error}"));
    }
    // What came before the place where a file breaks off is whole and stays.
    progress.now(format!("making the index of {file}"));
    let imported = import.finish()?;
    drop(progress);
    tracing::info!(path = file, added = imported.added, known = imported.known, "imported");
    let losses = result.map_err(|error| anyhow::anyhow!("{file}:{error}{}", kept(&imported)))?;
    losses.sentences().into_iter().for_each(|sentence| note(format_args!("{file}: not carried: {sentence}")));
    Ok(imported)
}

/// A file with its length, standard input with none.
fn open(file: &str) -> Result<(Box<dyn Read>, u64)> {
    if file == "-" {
        return Ok((Box::new(io::stdin().lock()), 0));
    }
    let data = File::open(file).with_context(|| format!("{file}: cannot be opened; check the name and the permissions"))?;
    let about = data.metadata().with_context(|| format!("{file}: cannot be read; check the name and the permissions"))?;
    if about.is_dir() {
        bail!("{file}: expected a file to import, found a folder; name the files in it");
    }
    Ok((Box::new(data), about.len()))
}

fn kept(imported: &Imported) -> String {
    match imported.added {
        0 => String::new(),
        added => format!(" ({added} units before that were added; mend the file and import it again, nothing will be doubled)"),
    }
}
