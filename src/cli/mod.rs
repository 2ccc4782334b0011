//! The command line: a file per subcommand, each parsing, calling the rooms and printing.

mod align;
mod check;
mod explain;
mod pair;
mod segment;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Translation memory and aligner for Korean-English policy briefs.
#[derive(Parser)]
#[command(name = "jjak", version, about, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Segment(segment::Arguments),
    Align(align::Arguments),
    Check(check::Arguments),
    Explain(explain::Arguments),
}

/// Runs the command line; the error is printed by the caller and means exit code 2.
pub fn run() -> anyhow::Result<ExitCode> {
    match Arguments::parse().command {
        Command::Segment(arguments) => segment::run(&arguments),
        Command::Align(arguments) => align::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
    }
}
