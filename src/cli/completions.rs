//! `jjak completions`: what makes a shell complete the command line.

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use std::io::{self, Write};
use std::process::ExitCode;

/// Writes what makes your shell complete commands and options
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak completions bash > ~/.local/share/bash-completion/completions/jjak\n  jjak completions zsh > ~/.zfunc/_jjak\n  jjak completions fish > ~/.config/fish/completions/jjak.fish"
)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut script = Vec::new();
    generate(arguments.shell, &mut super::Arguments::command(), "jjak", &mut script);
    io::stdout().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
