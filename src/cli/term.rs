//! `jjak term`: what a term is called in the other language.

use crate::glossary::{Concept, Glossary, Status, Term};
use crate::report;
use crate::text::Language;
use anyhow::{Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
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
    List(List),
    Export(Export),
}

/// All terms, a line each
#[derive(Args)]
struct List {
    /// Text for people, JSON for programs, a table of terms
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    terms: Terms,
}

/// Writes all terms as a table that `jjak term import` reads again
#[derive(Args)]
struct Export {
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

/// Which terms a command uses beside the built-in ones.
#[derive(Args, Clone, Debug)]
pub struct Terms {
    /// A further list of terms, TSV or CSV (may be given again)
    #[arg(long, value_name = "FILE")]
    glossary: Vec<String>,
}

impl Terms {
    /// The glossary: the built-in terms and those of the files.
    pub fn glossary(&self) -> Result<Glossary> {
        let mut glossary = Glossary::built_in();
        for file in &self.glossary {
            glossary = glossary.with_file(file)?;
        }
        Ok(glossary)
    }
}

/// Looks up, or does what the subcommand says.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    match &arguments.action {
        None => look_up(arguments),
        Some(Action::List(list)) => show(&list.terms.glossary()?, list.format),
        Some(Action::Export(export)) => write_table(export),
    }
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
        eprintln!("note: no term found for \"{query}\"");
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
    let concepts = written_out(&export.terms.glossary()?);
    let delimiter = if export.file.to_lowercase().ends_with(".csv") { b',' } else { b'\t' };
    let mut table = Vec::new();
    report::term::table(&concepts, delimiter, &mut table)?;
    match export.file.as_str() {
        "-" => io::stdout().lock().write_all(&table)?,
        file => {
            std::fs::write(file, table)
                .map_err(|error| anyhow::anyhow!("{file}: cannot be written ({error}); check the folder and the permissions"))?;
            eprintln!("{file}: {} terms written", concepts.len());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn written_out(glossary: &Glossary) -> Vec<Concept> {
    glossary.concepts().iter().map(|concept| glossary.written_out(concept)).collect()
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    query: &'a str,
    entries: Vec<EntryOutput<'a>>,
}

#[derive(Serialize)]
struct EntryOutput<'a> {
    source: Vec<&'a str>,
    target: Vec<TermOutput<'a>>,
    note: &'a str,
    origin: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    do_not_translate: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    valid_from: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    valid_until: &'a str,
}

#[derive(Serialize)]
struct TermOutput<'a> {
    text: &'a str,
    status: Status,
}

fn is_false(holds: &bool) -> bool {
    !holds
}

fn json<'a>(query: &str, concepts: impl Iterator<Item = &'a Concept>, out: &mut impl Write) -> Result<()> {
    let entries = concepts.map(EntryOutput::from).collect();
    serde_json::to_writer(&mut *out, &Output { schema: "jjak/term/1", query, entries })?;
    Ok(writeln!(out)?)
}

impl<'a> From<&'a Concept> for EntryOutput<'a> {
    fn from(concept: &'a Concept) -> Self {
        let texts = |language| concept.terms.iter().filter(move |term: &&Term| term.language == language);
        EntryOutput {
            source: texts(Language::Korean).map(|term| term.text.as_str()).collect(),
            target: texts(Language::English).map(|term| TermOutput { text: &term.text, status: term.status }).collect(),
            note: &concept.note,
            origin: &concept.origin,
            do_not_translate: concept.do_not_translate,
            valid_from: &concept.valid_from,
            valid_until: &concept.valid_until,
        }
    }
}
