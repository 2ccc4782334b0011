//! `jjak man`: the manual as man pages.

use anyhow::{Result, bail};
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use std::io::{self, Write};
use std::process::ExitCode;

/// Writes the man page of jjak, or of one of its commands
#[derive(Args)]
#[command(after_help = "Examples:\n  jjak man | man -l -\n  jjak man check | man -l -\n  jjak man term add > jjak-term-add.1")]
pub struct Arguments {
    /// The command, with its own subcommand if it has one; none for jjak as a whole
    command: Vec<String>,
}

/// Prints the page.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut whole = super::Arguments::command();
    whole.build();
    let mut command = &whole;
    for name in &arguments.command {
        command = match command.find_subcommand(name) {
            Some(found) => found,
            None => bail!("expected a command, found {name:?}; there are {}", names(command)),
        };
    }
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    io::stdout().write_all(&page)?;
    Ok(ExitCode::SUCCESS)
}

fn names(command: &Command) -> String {
    command.get_subcommands().map(Command::get_name).collect::<Vec<_>>().join(", ")
}
