//! The command line: a file per subcommand, each parsing, calling the rooms and printing.

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
}

/// Runs the command line; the error is printed by the caller and means exit code 2.
pub fn run() -> anyhow::Result<ExitCode> {
    match Arguments::parse().command {
        Command::Segment(arguments) => segment::run(&arguments),
    }
}
