//! `jjak term`: what a term is called in the other language.

mod change;
mod mine;
mod output;

use crate::cli::note::note;
use crate::cli::terms::Terms;
use crate::glossary::{Concept, Glossary};
use crate::report;
use anyhow::{Result, bail};
use change::{Add, Import, Remove};
use clap::{Args, Subcommand, ValueEnum};
use mine::Mine;
use output::json;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// What a term is called in the other language, and what not to call it
#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true,
    after_help = "Examples:\n  jjak term 전작권\n  jjak term 북러\n  jjak term \"extended deterrence\"\n  jjak term export > terms.tsv"
)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Words in either language; spaces, particles and capitals do not matter
    #[arg(required = true)]
    query: Vec<String>,
    /// The most entries
    #[arg(long, default_value_t = 12, value_name = "N")]
    limit: usize,
    /// Text for people, JSON for programs, a table of terms
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    terms: Terms,
}

#[derive(Subcommand)]
enum Action {
    Add(Add),
    Remove(Remove),
    List(List),
    Import(Import),
    Export(Export),
    Mine(Mine),
}

/// All terms, a line each
#[derive(Args)]
#[command(after_help = "Examples:\n  jjak term list | less\n  jjak term list --own --format json")]
struct List {
    /// Only your own terms: those of the memory and of --glossary
    #[arg(long)]
    own: bool,
    /// Text for people, JSON for programs, a table of terms
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    terms: Terms,
}

/// Writes all terms as a table that `jjak term import` reads again
#[derive(Args)]
#[command(after_help = "Examples:\n  jjak term export > terms.tsv\n  jjak term export --own ours.csv")]
struct Export {
    /// Only your own terms: those of the memory and of --glossary
    #[arg(long)]
    own: bool,
    /// Where to; - is standard output. A name in .csv gets commas, any other tabs
    #[arg(default_value = "-")]
    file: String,
    #[command(flatten)]
    terms: Terms,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Tsv,
}

/// Looks up, or does what the subcommand says.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    match &arguments.action {
        None => look_up(arguments),
        Some(Action::Add(add)) => change::add(add),
        Some(Action::Remove(remove)) => change::remove(remove),
        Some(Action::List(list)) => show(&chosen(&list.terms, list.own)?, list.format),
        Some(Action::Import(import)) => change::import(import),
        Some(Action::Export(export)) => write_table(export),
        Some(Action::Mine(mine)) => mine::run(mine),
    }
}

fn chosen(terms: &Terms, own: bool) -> Result<Glossary> {
    if own { terms.own() } else { terms.glossary() }
}

fn look_up(arguments: &Arguments) -> Result<ExitCode> {
    let query = arguments.query.join(" ");
    if query.trim().is_empty() {
        bail!("expected a term to look up, found nothing but white space");
    }
    let found = arguments.terms.glossary()?.look_up(&query);
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout()));
    match arguments.format {
        Format::Text => report::term::answers(&found, arguments.limit, &mut out)?,
        Format::Json => json(&query, found.iter().take(arguments.limit).map(|found| &found.concept), &mut out)?,
        Format::Tsv => report::term::table(found.iter().take(arguments.limit).map(|found| &found.concept), b'\t', &mut out)?,
    }
    out.flush()?;
    if found.is_empty() {
        note(format_args!("no term found for \"{query}\""));
    }
    Ok(if found.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn show(glossary: &Glossary, format: Format) -> Result<ExitCode> {
    let concepts = written_out(glossary);
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout()));
    match format {
        Format::Text => report::term::lines(&concepts.iter().collect::<Vec<_>>(), &mut out)?,
        Format::Json => json("", concepts.iter(), &mut out)?,
        Format::Tsv => report::term::table(&concepts, b'\t', &mut out)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn write_table(export: &Export) -> Result<ExitCode> {
    let ending = std::path::Path::new(&export.file).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    if let Some(other) = ending.filter(|ending| ["json", "tbx", "tmx", "xml", "xlsx", "xls"].contains(&ending.as_str())) {
        bail!("{}: a table is TSV or CSV, not {other}; give a name in .tsv or .csv (for JSON: jjak term list --format json)", export.file);
    }
    let concepts = written_out(&chosen(&export.terms, export.own)?);
    let delimiter = if export.file.to_lowercase().ends_with(".csv") { b',' } else { b'\t' };
    let mut table = Vec::new();
    report::term::table(&concepts, delimiter, &mut table)?;
    match export.file.as_str() {
        "-" => io::stdout().lock().write_all(&table)?,
        file => {
            std::fs::write(file, table)
                .map_err(|error| anyhow::anyhow!("{file}: cannot be written ({error}); check the folder and the permissions"))?;
            note(format_args!("{file}: {} terms written", concepts.len()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn written_out(glossary: &Glossary) -> Vec<Concept> {
    glossary.concepts().iter().map(|concept| glossary.written_out(concept)).collect()
}
