//! `jjak export`: the memory for other tools.

use super::format::{Form, print_json};
use crate::cli::import::format;
use crate::cli::memory::Memory;
use crate::cli::note::note;
use crate::cli::progress::Progress;
use crate::exchange::Error;
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

/// Writes the units of the memory for other tools
#[derive(Args)]
#[command(after_help = "Examples:\n  jjak export memory.tmx\n  jjak export --as tsv - | head")]
pub struct Arguments {
    /// The file to write; the format is told by the ending; - writes to standard output
    file: String,
    /// The format, whatever the ending
    #[arg(long = "as", value_name = "FORMAT")]
    as_format: Option<String>,
    /// What was done, as text for people or JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    #[command(flatten)]
    memory: Memory,
}

/// Writes every unit.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let format = format(&arguments.file, arguments.as_format.as_deref())?;
    let is_json = matches!(arguments.format, Form::Json);
    if is_json && arguments.file == "-" {
        bail!("--format json: expected a file to export to, found -, which writes the units themselves to standard output");
    }
    let store = arguments.memory.open_to_read()?;
    let mut out: Box<dyn Write> = if arguments.file == "-" {
        Box::new(BufWriter::new(std::io::stdout().lock()))
    } else {
        let file = File::create(&arguments.file);
        Box::new(BufWriter::new(
            file.with_context(|| format!("{}: cannot be written; check the folder and the permissions", arguments.file))?,
        ))
    };
    let units = store.as_ref().map(|store| store.statistics()).transpose()?.map_or(0, |statistics| statistics.units);
    let progress = Progress::of_things(units, format!("exporting to {}", arguments.file));
    let mut count = 0_u64;
    let losses = (format.write)(&mut out, &mut |take| match &store {
        Some(store) => store.each_unit(|unit| {
            count += 1;
            progress.add(1);
            take(unit.unit)
        }),
        None => Ok(()),
    });
    let written = losses.and_then(|losses| out.flush().map(|()| losses).map_err(Error::from));
    drop(progress);
    let losses = written.map_err(|error| failure(&arguments.file, error))?;
    if is_json {
        print_json(&Output { schema: "jjak/export/1", path: &arguments.file, units: count, not_carried: losses.sentences() })?;
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.file != "-" {
        note(format_args!("{}: {count} units written", arguments.file));
    }
    losses.sentences().into_iter().for_each(|sentence| note(format_args!("{}: not carried: {sentence}", arguments.file)));
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    path: &'a str,
    units: u64,
    not_carried: Vec<String>,
}

/// Standard output is told by the kind of the failure, a file by its name.
fn failure(file: &str, error: Error) -> anyhow::Error {
    match error {
        Error::System(error) if file == "-" => error.into(),
        Error::Other(error) => anyhow!("{error}"),
        error => anyhow!("{file}: cannot be written ({}); make room, or name another file", error.to_string().trim()),
    }
}

impl From<crate::store::Error> for Error {
    fn from(error: crate::store::Error) -> Error {
        Error::Other(Box::new(error))
    }
}
