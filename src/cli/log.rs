//! `jjak log`: what was done to the memory.

use super::format::Form;
use crate::cli::memory::Memory;
use crate::exchange::date::readable;
use crate::store::Action;
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// What was done to the memory and when, newest first
#[derive(Args)]
#[command(after_help = "Examples:\n  jjak log\n  jjak log --limit 100 --format json")]
pub struct Arguments {
    /// The most actions
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    #[command(flatten)]
    memory: Memory,
}

/// Prints the newest actions; exit code 1 where there are none.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let actions = match arguments.memory.open_to_read()? {
        Some(store) => store.actions(arguments.limit)?,
        None => Vec::new(),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        Form::Text => actions.iter().try_for_each(|action| writeln!(out, "{}", line(action)))?,
        Form::Json => {
            serde_json::to_writer(&mut out, &Output { schema: "jjak/log/1", actions: &actions })?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(if actions.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The number, the time, what was done, and what of it is in the memory now.
pub fn line(action: &Action) -> String {
    let mut line = format!("{:>5}  {}  {:<8} {}", action.id, readable(action.at), action.kind, action.name);
    let parts = [(action.units, "units"), (action.removed, "units removed")];
    for (count, what) in parts.into_iter().filter(|(count, _)| *count > 0) {
        line += &format!(", {count} {what}");
    }
    if let Some(by) = action.undone_by {
        line += &format!(" (undone by {by})");
    }
    line
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    actions: &'a [Action],
}
