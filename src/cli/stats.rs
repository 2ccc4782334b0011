//! `jjak stats`: what the memory holds.

use super::format::Form;
use crate::cli::memory::Memory;
use crate::exchange::date::readable;
use crate::store::Statistics;
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// What the memory holds
#[derive(Args)]
#[command(after_help = "Examples:\n  jjak stats\n  jjak stats --memory desk.jjak --format json")]
pub struct Arguments {
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    #[command(flatten)]
    memory: Memory,
}

/// Counts and prints.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let path = arguments.memory.path()?;
    let statistics = match arguments.memory.open_to_read()? {
        Some(store) => store.statistics()?,
        None => Statistics::default(),
    };
    match arguments.format {
        Form::Text => print(&path, &statistics)?,
        Form::Json => writeln!(io::stdout(), "{}", serde_json::to_string(&Output { schema: "jjak/stats/1", memory: &path, statistics })?)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn print(path: &Path, statistics: &Statistics) -> io::Result<()> {
    let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
    writeln!(io::stdout(), "memory   {}", path.display())?;
    let (texts, index) = (megabytes(statistics.text_bytes), megabytes(statistics.index_bytes));
    writeln!(io::stdout(), "size     {}: texts {texts}, index {index}", megabytes(statistics.bytes))?;
    writeln!(io::stdout(), "units    {}", statistics.units)?;
    for (count, what) in [(statistics.unindexed, "not in the index yet"), (statistics.removed, "removed, in the history")] {
        if count > 0 {
            writeln!(io::stdout(), "         {count} {what}")?;
        }
    }
    writeln!(io::stdout(), "pairs    {}", statistics.pairs)?;
    writeln!(io::stdout(), "terms    {}", statistics.terms)?;
    writeln!(io::stdout(), "actions  {}", statistics.actions)?;
    if let (Some(first), Some(last)) = (statistics.first, statistics.last) {
        writeln!(io::stdout(), "dates    {} to {}", readable(first), readable(last))?;
    }
    for source in &statistics.documents {
        writeln!(io::stdout(), "{:>9}  {} {}, {}", source.units, source.kind, source.name, readable(source.last))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    memory: &'a Path,
    #[serde(flatten)]
    statistics: Statistics,
}
