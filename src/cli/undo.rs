//! `jjak undo`: takes back what a command did to the memory.

use super::format::{Form, print_json};
use crate::cli::log::line;
use crate::cli::memory::Memory;
use crate::store::{Action, Undone};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::io::{self, Write};
use std::process::ExitCode;

/// Takes back what a command did to the memory; an undo can be undone
#[derive(Args)]
#[command(after_help = "Examples:\n  jjak undo            the newest action\n  jjak undo 12         the action that jjak log calls 12")]
pub struct Arguments {
    /// The action's number in `jjak log`; by default the newest that has not been undone
    action: Option<i64>,
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    #[command(flatten)]
    memory: Memory,
}

/// Undoes one action and says what that was.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let undone = arguments.memory.open_existing()?.undo(arguments.action)?;
    match arguments.format {
        Form::Text => print(&undone)?,
        Form::Json => print_json(&Output::new(&undone))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn print(undone: &Undone) -> Result<()> {
    writeln!(io::stdout(), "undone: {}", line(&undone.undone).trim_start())?;
    let parts = [(undone.removed, "units removed"), (undone.restored, "units back"), (undone.changed, "other changes taken back")];
    let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    writeln!(
        io::stdout(),
        "{}; jjak undo {} does it again",
        if parts.is_empty() { "nothing changed".into() } else { parts.join(", ") },
        undone.action
    )?;
    Ok(())
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    action: i64,
    undone: &'a Action,
    removed: u64,
    restored: u64,
    changed: u64,
}

impl<'a> Output<'a> {
    fn new(undone: &'a Undone) -> Output<'a> {
        let Undone { action, undone, removed, restored, changed } = undone;
        Output { schema: "jjak/undo/1", action: *action, undone, removed: *removed, restored: *restored, changed: *changed }
    }
}
